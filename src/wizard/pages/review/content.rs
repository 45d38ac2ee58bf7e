//! The review: every call with its parameters. Buttons and the confirmation line stay visible.

use crate::account::change::TakesAway;
use crate::steps::{Call, Consent, Plan};
use crate::wizard::content::Meaning::{Accent, Danger, Dim, Text, Warn};
use crate::wizard::content::{Block, Blocks, Button, Content, Glyph, TextInput, phrases, sign, words as span};
use crate::wizard::pages::Review;
use crate::wizard::pages::review::{ReviewFocus, unfolded};

pub(super) fn of<'p>(review: &'p Review) -> Content<'p> {
    let mut body = Blocks::default();
    body.title(&review.plan.title);
    moved(&mut body, &review.moved, &review.by_whom);
    plan(&mut body, &review.plan, &review.unfolded);
    Content::long(body, consent(review))
}

/// The confirmed plan, while the facts are read again.
pub(in crate::wizard::pages) fn checking<'p>(confirmed: &'p Plan) -> Content<'p> {
    let mut body = Blocks::default();
    body.title(&confirmed.title);
    plan(&mut body, confirmed, &unfolded(confirmed));
    let mut foot = Blocks::default();
    let text = "Reading again whether this is still true. Nothing has been sent yet.";
    foot.signed(Accent, Glyph::Spinner, Text, text);
    Content::long(body, foot)
}

/// Width for names of parameters, with the blanks before them.
const NAMES: usize = 33;

fn moved<'p>(body: &mut Blocks<'p>, moved: &'p [String], by_whom: &'p [String]) {
    if moved.is_empty() {
        return;
    }
    body.say(Danger, "The account changed after you read the review. Nothing was sent. Read it again:");
    for line in moved {
        body.signed(Danger, Glyph::Partial, Text, line);
    }
    for line in by_whom {
        body.say(Text, line);
    }
    body.gap();
}

fn plan<'p>(body: &mut Blocks<'p>, plan: &'p Plan, unfolded: &[bool]) {
    let calls = match plan.calls.len() {
        1 => "One call will be sent, exactly as shown:".to_owned(),
        count => format!("{count} calls will be sent in order, exactly as shown:"),
    };
    // Before the calls, because a note below them could be off the screen.
    for note in &plan.notes {
        body.signed(Warn, Glyph::Partial, Warn, note);
    }
    body.say(Dim, calls);
    let whole = |i: usize| unfolded.get(i).copied().unwrap_or(true);
    for (i, calls) in plan.groups().enumerate() {
        // Folded calls have no gap between them, as in a list.
        if i == 0 || whole(i) || whole(i - 1) {
            body.gap();
        }
        describe_all(body, i + 1, calls, whole(i));
    }
    for listing in &plan.listings {
        body.gap();
        body.say(Warn, &listing.title);
        for line in &listing.lines {
            body.indented(Text, line);
        }
    }
}

/// All calls with their parameters. Without it if the main pane shows them all.
pub(super) fn third_pane<'p>(review: &'p Review) -> Option<Content<'p>> {
    if review.unfolded.iter().all(|unfolded| *unfolded) {
        return None;
    }
    let mut body = Blocks::default();
    body.title("What is sent");
    for (i, calls) in review.plan.groups().enumerate() {
        body.gap();
        describe_all(&mut body, i + 1, calls, true);
    }
    let key = if matches!(review.plan.consent, Consent::Typed { .. }) { "Tab" } else { "a" };
    let mut foot = Blocks::default();
    foot.say(Dim, format!("{key} shows all of it on the left."));
    Some(Content::long(body, foot))
}

/// Calls that differ only in their Region: the Regions, the shared parameters and the effects. `whole`: each call's
/// command too. A single call is shown as usual.
fn describe_all<'p>(sheet: &mut Blocks<'p>, number: usize, calls: &'p [Call], whole: bool) {
    let (first, regions) = match calls {
        [] => return,
        [call] => return describe(sheet, number, call, whole),
        [first, ..] => (first, calls.iter().filter_map(|call| call.change.region()).collect::<Vec<_>>()),
    };
    let (_, name) = first.change.action().split_once(':').unwrap_or_default();
    let words = format!("{name} in {} Regions", regions.len());
    sheet.hang([span(Dim, format!("{number:>2} "))], Accent, words);
    let mut parameters = Blocks::default();
    parameters.pair("     Regions", None, Text, regions.join(", "));
    for (name, value) in first.change.parameters() {
        parameters.pair(format!("     {name}"), None, Text, value);
    }
    sheet.0.push(Block::Aligned(NAMES, parameters.0));
    effects(sheet, first);
    if whole {
        for call in calls {
            sheet.hang([span(Dim, "   $ ")], Dim, call.change.cli());
        }
    }
}

/// Adds the state before and after a call.
fn effects<'p>(sheet: &mut Blocks<'p>, call: &'p Call) {
    for (what, before, after) in &call.effect {
        let (before, after) = (before.into(), after.into());
        sheet.0.push(Block::Becomes { what: (*what).into(), before, after });
    }
}

/// Adds a call in words, marked if it takes something away, with the state before and after. `whole`: with its
/// parameters and its command.
fn describe<'p>(sheet: &mut Blocks<'p>, number: usize, call: &'p Call, whole: bool) {
    sheet.hang([span(Dim, format!("{number:>2} "))], Accent, call.change.words());
    let mut marked =
        |meaning, text| sheet.hang([span(Text, "   "), sign(meaning, Glyph::Partial), span(Text, " ")], meaning, text);
    match call.change.declares().takes_away {
        TakesAway::ForGood => marked(Danger, "Removes something for good."),
        TakesAway::UntilRestored => marked(Warn, "Removes something; you can restore it."),
        TakesAway::Nothing => {}
    }
    if whole {
        sheet.line([span(Text, "   "), span(Text, call.change.action())]);
        let mut parameters = Blocks::default();
        for (name, value) in call.change.parameters() {
            parameters.pair(format!("     {name}"), None, Text, value);
        }
        sheet.0.push(Block::Aligned(NAMES, parameters.0));
    }
    effects(sheet, call);
    if whole {
        sheet.hang([span(Dim, "   $ ")], Dim, call.change.cli());
    }
}

fn consent<'p>(review: &'p Review) -> Blocks<'p> {
    let ahead = match review.plan.calls.len() {
        1 => "Make this call".to_owned(),
        count => format!("Make these {}", phrases::count(count, "call", "calls")),
    };
    let mut foot = Blocks::default();
    let Consent::Typed { what, expected } = &review.plan.consent else {
        let focus = usize::from(review.focus == ReviewFocus::Ahead);
        let buttons = vec![Button::new("Go back"), Button::new(ahead)];
        foot.0.push(Block::Buttons(buttons, Some(focus)));
        return foot;
    };
    foot.say(Danger, format!("To confirm, type {what}"));
    let hint = if review.plan.consent.is_given_by(&review.typed) {
        format!("Enter: {}", ahead.to_lowercase())
    } else {
        "Esc: go back".to_owned()
    };
    let characters = expected.chars().count().max(4) + 4;
    foot.0.push(Block::TextInput(TextInput { typed: &review.typed, characters, hint: Some(hint.into()) }));
    foot
}
