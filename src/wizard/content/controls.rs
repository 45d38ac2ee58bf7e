//! Controls with their verdicts, for every page.

use super::{Block, Blocks, Words, marks};
use crate::checks::{Assessment, Control, SuppressionScope, Verdict};
use crate::steps::StepId;
use crate::wizard::World;

/// Adds a control: its title, verdict and reason, and who accepted the risk. `None`: it is not read yet.
pub(in crate::wizard) fn one<'p>(
    body: &mut Blocks<'p>,
    world: &World,
    control: &'static Control,
    verdict: Option<Verdict>,
    why: impl Into<Words<'p>>,
) {
    let acceptance = verdict.and_then(|_| world.facts().assessments().acceptance(control.id));
    let mark = match (verdict, acceptance) {
        (Some(_), Some((_, SuppressionScope::Whole))) => marks::accepted(),
        (verdict, _) => verdict.map_or_else(|| marks::unread(world), marks::verdict),
    };
    let why = match acceptance {
        Some((one, reach)) => format!("{} {}", why.into(), reach.words(one)).trim_start().to_owned().into(),
        None => why.into(),
    };
    body.0.push(Block::Assessed(mark, control.title.into(), why));
}

/// Adds the controls of a step, each with its reason.
pub(in crate::wizard) fn of_step<'p>(sheet: &mut Blocks<'p>, world: &'p World, id: StepId) {
    for control in id.controls() {
        if let Some(assessment) = world.facts().assessments().assessment(control.id) {
            assessed(sheet, world, control, assessment, true);
        }
    }
}

/// Adds a control with its verdict, and with the reason if `why`.
pub(in crate::wizard) fn assessed<'p>(
    sheet: &mut Blocks<'p>,
    world: &World,
    control: &'static Control,
    assessment: &'p Assessment,
    why: bool,
) {
    if control.questions.iter().any(|question| world.facts().is_unread(question)) {
        return one(sheet, world, control, None, "");
    }
    let why = if why { assessment.why.as_str() } else { "" };
    one(sheet, world, control, Some(assessment.verdict), why);
}
