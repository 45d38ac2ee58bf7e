//! The summary's content.

use super::super::{second_way, sheet};
use crate::checks::{Control, Verdict};
use crate::steps::StepId;
use crate::steps::ending::{Open, is_all_read};
use crate::wizard::World;
use crate::wizard::content::Meaning::{Accent, Dim, Good, Text, Warn};
use crate::wizard::content::{Blocks, Content, Glyph, Mark, beside, drift, lesson, marks, sign, words as span};
use crate::wizard::pages::Summary;

pub(super) fn of<'p>(world: &'p World, page: &Summary) -> Content<'p> {
    let open = world.open_items();
    let mut body = Blocks::default();
    body.title(title(world));
    score(&mut body, world);
    lesson::line(&mut body, world);
    if !world.has_own_sign_in_only() {
        second_way::content::line(&mut body, world.second_way().as_ref());
    }
    drift::say(&mut body, world);
    skipped(&mut body, world);
    let picked = page.picked(world);
    if !open.is_empty() {
        body.gap();
        let first = (picked + 1).saturating_sub(Summary::LISTED);
        let above = if first == 0 { String::new() } else { format!(" ({first} above)") };
        body.line([span(Dim, format!("{}, the most urgent first{above}", heading(&open)))]);
        for (i, item) in open.iter().enumerate().skip(first).take(Summary::LISTED) {
            entry(&mut body, world, item, i == picked);
        }
        more(&mut body, open.len().saturating_sub(first + Summary::LISTED));
    }
    if world.has_own_sign_in_only() {
        body.gap();
        body.signed(Dim, Glyph::Nothing, Dim, THE_ACCOUNT);
    }
    accepted(&mut body, world);
    done(&mut body, world);
    if world.score_of_root().is_full() {
        from_now_on(&mut body);
    }
    let mut foot = Blocks::default();
    match open.get(picked) {
        Some(item) => foot.button(button(item)),
        None if world.has_own_sign_in_only() => nothing_of_own(&mut foot, world),
        None if is_all_read(world.facts()) && world.facts().assessments().accepted().next().is_some() => foot.signed(
            Warn,
            Glyph::Partial,
            Warn,
            "Only accepted risks are open. Each counts again after its end date.",
        ),
        None if is_all_read(world.facts()) => {
            foot.signed(Good, Glyph::Pass, Good, "Nothing is open. Run `lockroot check` at any time to prove it again.")
        }
        None => foot.say(Dim, "Still reading…"),
    }
    Content::tight(body, foot)
}

/// For a user who may not read it.
const THE_ACCOUNT: &str = "The account: an administrator must run lockroot. 2 to 9 show what you may see of each step.";

fn nothing_of_own(foot: &mut Blocks<'_>, world: &World) {
    if world.is_finished() {
        foot.signed(Good, Glyph::Pass, Good, "Nothing of yours is open. m shows a record of it to send.");
    } else {
        foot.say(Dim, "Still reading…");
    }
}

fn title(world: &World) -> &'static str {
    if world.has_own_sign_in_only() {
        return "Your own sign-in";
    }
    let score = world.score_of_root();
    match (score.is_full(), world.second_way()) {
        (true, Some(way)) if way.is_proof() && score.accepted == 0 => "Root is locked away",
        (true, _) => "Root is almost locked away",
        (false, _) => "What is left to do",
    }
}

fn score<'p>(sheet: &mut Blocks<'p>, world: &World) {
    let score = world.score();
    let is_whole = score.is_full() && score.accepted == 0;
    let proof = if is_whole { ", and read back from AWS" } else { "" };
    let text = format!("{score}{proof}.");
    let (meaning, glyph) = if is_whole { (Good, Glyph::Pass) } else { (Warn, Glyph::Partial) };
    sheet.signed(meaning, glyph, Text, text);
}

/// Title of the list. Once the steps are done, only optional work is left.
fn heading(open: &[Open<'_>]) -> &'static str {
    let is_beyond = |item: &Open<'_>| matches!(item, Open::Beyond(..) | Open::Control(..));
    if open.iter().all(is_beyond) { "Beyond the steps" } else { "Still open" }
}

/// The skipped steps with their reasons.
fn skipped<'p>(sheet: &mut Blocks<'p>, world: &World) {
    for (step, reason) in world.skipped_steps() {
        let reason = if reason.trim().is_empty() { "no reason given" } else { reason };
        let text = format!("You skipped {}: {reason}", step.definition().title());
        sheet.signed(Warn, Glyph::Nothing, Text, text);
    }
}

/// An open item: sign and name, and the reason if it is selected.
fn entry<'p>(sheet: &mut Blocks<'p>, world: &World, item: &Open<'p>, picked: bool) {
    let pointer = if picked { sign(Accent, Glyph::Pointer) } else { span(Text, " ") };
    let (mark, text, why) = said(item, world);
    let name = if picked { Accent } else { Text };
    sheet.keep(picked, |inner| {
        inner.hang([pointer, span(Text, " "), sign(mark.meaning, mark.glyph), span(Text, " ")], name, text);
        if picked {
            inner.hang([span(Text, "    ")], Dim, why);
            if let Some((one, reach)) =
                control_of(item).and_then(|control| world.facts().assessments().acceptance(control.id))
            {
                inner.hang([span(Text, "    ")], Warn, reach.words(one));
            }
        }
    });
}

/// The control of an open item.
fn control_of(item: &Open<'_>) -> Option<&'static Control> {
    match item {
        Open::Step(_, control, ..) | Open::Beyond(_, control, ..) | Open::Control(control, _) => Some(control),
        Open::SecondWay | Open::Own(..) => None,
    }
}

fn said<'p>(item: &Open<'p>, world: &World) -> (Mark, String, String) {
    match item {
        Open::Step(step, control, assessment, more) => {
            let name = step.definition().short_title();
            let text = format!("Step {}, {name}: {}{}", step.number(), control.title, others(*more));
            (marks::verdict(assessment.verdict), text, assessment.why.clone())
        }
        Open::Beyond(_, control, assessment, more) => {
            (marks::verdict(assessment.verdict), format!("{}{}", control.title, others(*more)), assessment.why.clone())
        }
        Open::Control(control, assessment) => {
            (marks::verdict(assessment.verdict), control.title.to_owned(), assessment.why.clone())
        }
        Open::Own(own, verdict) => {
            let why = own.assess(world.facts()).map(|(_, why)| why).unwrap_or_default();
            (marks::verdict(*verdict), own.title().to_owned(), why)
        }
        Open::SecondWay => (
            marks::verdict(Verdict::Fail),
            "Prove that someone other than root can sign in".to_owned(),
            "Without this proof, you can't be sure that you no longer need root.".to_owned(),
        ),
    }
}

fn others(more: usize) -> String {
    if more == 0 { String::new() } else { format!(" (and {more} more)") }
}

/// Name of an open item on a button.
pub(in crate::wizard::pages) fn name(item: &Open<'_>) -> String {
    match item {
        Open::Step(step, ..) => format!("step {}, {}", step.number(), step.definition().short_title()),
        Open::Beyond(_, control, ..) | Open::Control(control, _) => control.title.to_owned(),
        Open::SecondWay => "the second way in".to_owned(),
        Open::Own(..) => "your own sign-in".to_owned(),
    }
}

fn more<'p>(sheet: &mut Blocks<'p>, count: usize) {
    if count > 0 {
        sheet.indented(Dim, format!("and {count} more. e lists every control; so does `lockroot check`."));
    }
}

/// The accepted risks. They never count as passed, and are due again at their end date.
fn accepted<'p>(sheet: &mut Blocks<'p>, world: &'p World) {
    let all: Vec<_> = world.facts().assessments().accepted().collect();
    if all.is_empty() {
        return;
    }
    sheet.gap();
    sheet.line([span(Dim, "Accepted risks")]);
    for (control, one) in all.iter().take(Summary::LISTED) {
        let text = format!("fails: {}. {} accepted it until {}", control.title, one.owner, one.until);
        sheet.signed(Warn, Glyph::Partial, Text, text);
    }
    let more = all.len().saturating_sub(Summary::LISTED);
    if more > 0 {
        sheet.indented(Dim, format!("and {more} more. `lockroot check` lists every one."));
    }
}

/// The changes of this run.
fn done<'p>(sheet: &mut Blocks<'p>, world: &'p World) {
    if world.done().is_empty() {
        return;
    }
    sheet.gap();
    sheet.line([span(Dim, "What you did")]);
    for (line, seen) in world.done() {
        let mark = marks::seen(*seen);
        sheet.signed(mark.meaning, mark.glyph, Text, line);
    }
}

/// How to keep the account safe from now on.
const FROM_NOW_ON: [&str; 3] = [
    "Work as an administrator. Root is for the few tasks that only root can do.",
    "Run `lockroot check` every 90 days, and when somebody leaves, a service is dropped, software is added or removed, or something looks wrong.",
    "Print the break-glass sheet (b): it says how to recover root, and what to do if an attacker has it.",
];

fn from_now_on(sheet: &mut Blocks<'_>) {
    sheet.gap();
    sheet.line([span(Dim, "From now on")]);
    for line in FROM_NOW_ON {
        sheet.signed(Dim, Glyph::Bullet, Text, line);
    }
}

fn button(item: &Open<'_>) -> String {
    match item {
        Open::Step(step, ..) | Open::Beyond(step, ..) => {
            format!("Go to step {}: {}", step.number(), step.definition().short_title())
        }
        Open::Control(..) => "Fix it by hand, while lockroot watches".to_owned(),
        Open::SecondWay => "Prove it now".to_owned(),
        Open::Own(..) => "Go to your own sign-in".to_owned(),
    }
}

/// The explanation of the selected item. If nothing is open, the break-glass sheet.
pub(super) fn third_pane<'p>(world: &'p World, page: &Summary) -> Option<Content<'p>> {
    match world.open_items().get(page.picked(world)) {
        Some(Open::Step(_, control, ..) | Open::Beyond(_, control, ..) | Open::Control(control, _)) => {
            Some(beside::control(control.id))
        }
        Some(Open::SecondWay) => Some(beside::why(StepId::Administrator)),
        Some(Open::Own(..)) => Some(beside::why(StepId::OwnSignIn)),
        None if world.has_own_sign_in_only() => None,
        None if is_all_read(world.facts()) => {
            let mut foot = Blocks::default();
            foot.say(Dim, "b shows the whole sheet.");
            Some(Content { foot, ..sheet::content(world) })
        }
        None => None,
    }
}

#[cfg(test)]
mod tests {
    use super::FROM_NOW_ON;
    use crate::account::{Facts, Timestamp};
    use crate::break_glass::markdown;

    #[test]
    fn the_ending_and_the_sheet_name_the_same_occasions_to_look_again() {
        let sheet = markdown(&Facts::default(), false, Timestamp::UNIX_EPOCH);
        let (_, sheet) = sheet.split_once("## When to look again").unwrap();
        let ending = FROM_NOW_ON.join(" ");
        for occasion in ["somebody leaves", "a service is ", "software ", "is added or removed", "looks wrong"] {
            assert!(ending.contains(occasion) && sheet.contains(occasion), "{occasion}");
        }
    }
}
