//! The lesson of a practice account: goals with ticks, and questions.

use super::Meaning::{Accent, Bad, Dim, Good, Text, Warn};
use super::{Blocks, Content, Glyph};
use crate::wizard::World;

pub(in crate::wizard) fn of(world: &World) -> Content<'_> {
    let mut body = Blocks::default();
    let Some(lesson) = world.lesson() else { return Content::long(body, Blocks::default()) };
    body.title("Goals of this practice account");
    body.say(Dim, lesson.title.as_str());
    body.gap();
    for (text, met) in world.goals() {
        let (meaning, glyph) = if met { (Good, Glyph::Pass) } else { (Bad, Glyph::Fail) };
        body.signed(meaning, glyph, Text, text);
    }
    if !lesson.questions.is_empty() {
        body.gap();
        body.title("Say why, in your own words");
    }
    for why in &lesson.questions {
        body.gap();
        body.say(Accent, why.question.as_str());
        body.say(Text, why.explanation.as_str());
    }
    Content::long(body, Blocks::default())
}

/// Adds one line with the number of goals reached.
pub(in crate::wizard) fn line<'p>(sheet: &mut Blocks<'p>, world: &World) {
    if let Some(words) = count(world) {
        let all = world.goals().iter().all(|(_, met)| *met);
        let (meaning, glyph) = if all { (Good, Glyph::Pass) } else { (Warn, Glyph::Partial) };
        sheet.signed(meaning, glyph, Text, format!("{words}."));
    }
}

/// The number of goals reached, in words. `None`: the lesson has no goals.
pub(in crate::wizard) fn count(world: &World) -> Option<String> {
    let goals = world.goals();
    let met = goals.iter().filter(|(_, met)| *met).count();
    (!goals.is_empty()).then(|| format!("{met} of {} goals are met; g lists them", goals.len()))
}
