//! What is skipped, the summary, and what lies over the main pane.

use super::devices::enrolling;
use super::*;
use crate::wizard::pages;

pub fn rest() -> Vec<(&'static str, Wizard)> {
    let place = |mut wizard: Wizard, place| {
        wizard.set_place(place);
        wizard
    };
    let reason = "AWS support is changing the account's phone number; again on Monday";
    vec![
        ("skipping", at(StepId::RootMfa, Skip { reason: "Waits for the".into(), stands: false })),
        ("skipped", at(StepId::RootMfa, Skip { reason: reason.into(), stands: true })),
        ("summary", place(live(), Place::Summary)),
        ("summary-green", place(having_read(practice(), hardened()), Place::Summary)),
        ("by-hand", by_hand(live(), "guardduty-on", None)),
        ("by-hand-unknown", by_hand(having_read(Mode::Live, refusing()), "support-role", None)),
        ("by-hand-passed", by_hand(having_read(Mode::Live, half_done()), "support-role", Some(NOW))),
        ("help", over(at(StepId::RootKeys, Home::new(StepId::RootKeys)), pages::Reading::of(reading::Text::Help))),
        ("guide", over(at(StepId::RootKeys, Home::new(StepId::RootKeys)), pages::Reading::of(reading::Text::Guide))),
        ("clock", moved(over(having_read(practice(), hardened()), Clock))),
        ("users", over(having_read(practice(), hardened()), Users { picked: 1, detail: None })),
        ("user", over(having_read(practice(), hardened()), Users { picked: 1, detail: Some(0) })),
        ("users-unread", over(having_read(practice(), Facts::default()), Users::default())),
        ("leaving", over(having_read(practice(), hardened()), Leave)),
        ("leaving-half-way", over(enrolling(false, None, ("", "")), Leave)),
    ]
}

/// What a person does for that control by hand, watched for a while.
fn by_hand(mut wizard: Wizard, control: &str, passed: Option<Timestamp>) -> Wizard {
    let control = by_hand::Handed(crate::checks::control(control).expect("there is one"));
    let (since, next) = (NOW - time::Duration::seconds(40), NOW + time::Duration::seconds(5));
    wizard.set_place(Place::Summary);
    wizard.set_page(Place::Summary, ByHand { control, since, next, polls: 3, passed });
    wizard
}

/// The support role could not be read.
fn refusing() -> Facts {
    Facts { support: Reading::Failed(denied()), ..neglected() }
}

/// Somebody carries the support policy, and GuardDuty is off.
fn half_done() -> Facts {
    Facts { guard_duty: neglected().guard_duty, ..hardened() }
}

/// Its clock was moved.
fn moved(mut wizard: Wizard) -> Wizard {
    wizard.world.set_clock_ahead(std::time::Duration::from_secs(90 * 86_400 + 4 * 3600));
    wizard
}
