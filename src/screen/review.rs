//! The review: every call with all that is sent, before anything is sent. Buttons or the line to be typed stay in view.

use super::sheet::{Pane, Sheet};
use super::text::width;
use super::{Look, form, page, words};
use crate::steps::{Call, Consent, Plan};
use crate::wizard::Wizard;
use crate::wizard::stage::{Review, ReviewFocus};

/// The plan, waiting for consent.
pub(super) fn pane<'a>(look: &'a Look, columns: u16, review: &Review) -> Pane<'a> {
    let body = body(look, columns, &review.plan, &review.moved);
    Pane::roomy(body, consent(look, columns, review))
}

/// The plan, confirmed; whether it is still true is being read.
pub(super) fn checking<'a>(wizard: &'a Wizard, look: &'a Look, columns: u16, plan: &Plan) -> Pane<'a> {
    let theme = &look.theme;
    let mut foot = Sheet::new(look, columns);
    let spinner = words::spinner(look, wizard.now);
    let text = "Reading once more whether this is still true. Nothing has been sent yet.";
    foot.hang(&[(theme.accent, spinner), (theme.text, " ")], theme.text, text);
    Pane::roomy(body(look, columns, plan, &[]), foot)
}

fn body<'a>(look: &'a Look, columns: u16, plan: &Plan, moved: &[String]) -> Sheet<'a> {
    let theme = &look.theme;
    let mut body = Sheet::new(look, columns);
    body.title(&plan.title);
    if !moved.is_empty() {
        body.say(theme.danger, "The account changed after you read the review. Nothing was sent. Read it again:");
        for line in moved {
            body.hang(&[(theme.danger, look.glyphs().partial), (theme.text, " ")], theme.text, line);
        }
        body.gap();
    }
    let calls = match plan.calls.len() {
        1 => "One call will be sent, exactly as it stands here:".to_owned(),
        count => format!("{count} calls will be sent in this order, exactly as they stand here:"),
    };
    // Before the calls, not after them: what has to be known first must not hide below the last line.
    for note in &plan.notes {
        body.hang(&[(theme.warn, look.glyphs().partial), (theme.text, " ")], theme.warn, note);
    }
    body.say(theme.dim, &calls);
    for (i, call) in plan.calls.iter().enumerate() {
        body.gap();
        describe(&mut body, i + 1, call);
    }
    for listing in &plan.listings {
        body.gap();
        body.say(theme.warn, &listing.title);
        for line in &listing.lines {
            body.hang(&[(theme.text, "  ")], theme.text, line);
        }
    }
    body
}

fn describe(sheet: &mut Sheet<'_>, number: usize, call: &Call) {
    let (theme, glyphs) = (sheet.look.theme, sheet.look.glyphs());
    let number = format!("{number:>2} ");
    sheet.hang(&[(theme.dim, &number)], theme.accent, &call.change.words());
    sheet.line(&[(theme.text, "   "), (theme.text, call.change.action())]);
    let parameters = call.change.parameters();
    let names = parameters.iter().map(|(name, _)| width(name)).max().unwrap_or(0).min(28);
    for (name, value) in &parameters {
        sheet.pair(&format!("     {name}"), names + 5, theme.text, value);
    }
    for (what, before, after) in &call.effect {
        let lead = format!("   {what}: ");
        let after = format!("{before} {} {after}", glyphs.arrow);
        sheet.hang(&[(theme.dim, &lead)], theme.text, &after);
    }
    sheet.hang(&[(theme.dim, "   $ ")], theme.dim, &call.change.cli());
}

fn consent<'a>(look: &'a Look, columns: u16, review: &Review) -> Sheet<'a> {
    let theme = &look.theme;
    let ahead = match review.plan.calls.len() {
        1 => "Make this call".to_owned(),
        count => format!("Make these {}", words::count(count, "call", "calls")),
    };
    let Consent::Typed { what, expected } = &review.plan.consent else {
        let focus = usize::from(review.focus == ReviewFocus::Ahead);
        return page::buttons(look, columns, &[("Go back", false), (&ahead, false)], Some(focus));
    };
    let mut foot = Sheet::new(look, columns);
    let room = usize::from(columns).saturating_sub(24).clamp(4, width(expected).max(4) + 4);
    foot.hang(&[], theme.danger, &format!("To confirm, type {what}"));
    let typed = super::text::clean(&review.typed, look.unicode);
    let typed = super::text::tail(&typed, room.saturating_sub(1));
    let line = form::filled(typed, room, look);
    let underlined = theme.accent.add_modifier(ratatui::style::Modifier::UNDERLINED);
    let hint = if review.typed.trim() == expected {
        format!("Enter: {}", ahead.to_lowercase())
    } else {
        "Esc: go back".to_owned()
    };
    foot.line(&[(theme.accent, "> "), (underlined, &line), (theme.dim, "  "), (theme.dim, &hint)]);
    foot.put_cursor(2 + width(typed));
    foot
}
