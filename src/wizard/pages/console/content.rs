//! The console's address, the steps in order, and the watch on AWS.

use crate::steps::root_mfa;
use crate::wizard::content::Meaning::{Accent, Dim, Text};
use crate::wizard::content::{Blocks, Content, Glyph, controls, phrases, words as span};
use crate::wizard::pages::Console;
use crate::wizard::{Mode, World};

pub(super) fn of<'p>(world: &'p World, watch: &Console) -> Content<'p> {
    let mut body = Blocks::default();
    body.title("Root MFA: use the console");
    body.gap();
    body.address(root_mfa::console_address(world.facts()));
    body.say(Dim, "y copies it, a shows it as a QR code for another machine.");
    body.gap();
    if let Mode::Practice { .. } = world.mode() {
        body.signed(
            Accent,
            Glyph::Pointer,
            Text,
            "In practice the console is simulated here in the terminal: press Enter to open it, or p to add a passkey.",
        );
        body.gap();
    }
    for (i, step) in root_mfa::CONSOLE_STEPS.iter().enumerate() {
        let number = format!("{} ", i + 1);
        body.hang([span(Dim, number)], Text, *step);
    }
    body.gap();
    body.say(Dim, "s draws the secret key of the console's dialog as a QR code, for a second phone.");
    Content::tight(body, self::watch(world, watch))
}

/// The current verdicts, how long AWS has been watched, and when it is asked next.
fn watch<'p>(world: &'p World, watch: &Console) -> Blocks<'p> {
    let mut foot = Blocks::default();
    for control in watch.step.controls() {
        let unread = control.questions.iter().any(|question| world.facts().is_unread(question));
        let verdict = world.facts().assessments().verdict(control.id).filter(|_| !unread);
        controls::one(&mut foot, world, control, verdict, "");
    }
    let text = phrases::watching(&watch.watch, world.is_busy(), world.now());
    foot.signed(Accent, Glyph::Spinner, Dim, text);
    foot
}
