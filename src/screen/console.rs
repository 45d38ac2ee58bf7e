//! The hand-off to the console: the address, the steps in order, and the watch on AWS that ends it by itself.

use super::{page, words};
use crate::account::age::age;
use crate::checks;
use crate::steps::{StepId, root_mfa};
use crate::wizard::content::Meaning::{Accent, Dim, Text};
use crate::wizard::content::{Blocks, Content, Glyph, words as span};
use crate::wizard::stage::Watch;
use crate::wizard::{Mode, Wizard};

/// The page.
pub(super) fn content<'p>(wizard: &'p Wizard, watch: Watch) -> Content<'p> {
    let mut body = Blocks::default();
    body.title("Root MFA: over to the console");
    body.gap();
    body.address(root_mfa::console_address(&wizard.facts));
    body.say(Dim, "y copies it, a shows it as a QR code for another machine.");
    body.gap();
    if let Mode::Practice { .. } = wizard.mode {
        body.signed(
            Accent,
            Glyph::Pointer,
            Text,
            "In practice the console is simulated here in the terminal: press Enter to open it.",
        );
        body.gap();
    }
    for (i, step) in root_mfa::CONSOLE_STEPS.iter().enumerate() {
        let number = format!("{} ", i + 1);
        body.hang([span(Dim, number)], Text, *step);
    }
    body.gap();
    body.say(Dim, "s draws the secret key of the console's dialogue as a QR code, for a second phone.");
    Content::tight(body, self::watch(wizard, watch))
}

/// What is true now, since when it is watched, and when AWS is asked next.
fn watch<'p>(wizard: &'p Wizard, watch: Watch) -> Blocks<'p> {
    let mut foot = Blocks::default();
    for control in StepId::RootMfa.definition().controls().iter().filter_map(|id| checks::control(id)) {
        let unread = control.questions.iter().any(|question| wizard.facts.is_unread(question));
        let verdict = wizard.facts.judged().verdict(control.id).filter(|_| !unread);
        page::control(&mut foot, wizard, control.title, verdict, "");
    }
    let since = match age(watch.since, wizard.now).as_str() {
        "now" => format!("{} s", (wizard.now - watch.since).whole_seconds().max(0)),
        age => age.to_owned(),
    };
    let asked = words::count(watch.polls as usize, "look", "looks");
    let next = if wizard.is_busy() {
        "looking now…".to_owned()
    } else {
        format!("next look in {} s", (watch.next - wizard.now).whole_seconds().max(0))
    };
    let text = format!("Watching AWS for {since}, {asked} so far, {next}");
    foot.signed(Accent, Glyph::Spinner, Dim, text);
    foot
}
