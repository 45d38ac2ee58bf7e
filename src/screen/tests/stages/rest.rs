//! What is skipped, the summary, and what lies over the main pane.

use super::devices::enrolling;
use super::*;

pub fn rest() -> Vec<(&'static str, Wizard)> {
    let place = |mut wizard: Wizard, place| {
        wizard.place() = place;
        wizard
    };
    let reason = "AWS support is changing the account's phone number; again on Monday";
    vec![
        ("skipping", at(StepId::RootMfa, Stage::Skipping("Waits for the".into()))),
        ("skipped", at(StepId::RootMfa, Stage::Skipped(reason.into()))),
        ("summary", place(live(), Place::Summary)),
        ("summary-green", place(having_read(practice(), hardened()), Place::Summary)),
        ("help", over(at(StepId::RootKeys, Stage::default()), Overlay::Help(0))),
        ("guide", over(at(StepId::RootKeys, Stage::default()), Overlay::Guide(0))),
        ("clock", moved(over(having_read(practice(), hardened()), Overlay::Clock))),
        ("users", over(having_read(practice(), hardened()), Overlay::Users(1))),
        ("user", over(having_read(practice(), hardened()), Overlay::User(1, 0))),
        ("users-unread", over(having_read(practice(), Facts::default()), Overlay::Users(0))),
        ("leaving", over(having_read(practice(), hardened()), Overlay::Leaving)),
        ("leaving-half-way", over(enrolling(false, None, ("", "")), Overlay::Leaving)),
    ]
}

/// Its clock was moved.
fn moved(mut wizard: Wizard) -> Wizard {
    wizard.clock_ahead = std::time::Duration::from_secs(90 * 86_400 + 4 * 3600);
    wizard
}
