//! Skipped steps, the summary, and overlays.

use super::devices::enrolling;
use super::*;
use crate::steps::users::mfa_message;
use crate::wizard::pages;

pub fn rest() -> Vec<(&'static str, Wizard)> {
    let place = |mut wizard: Wizard, place| {
        wizard.set_place(place);
        wizard
    };
    let reason = "AWS support is changing the account's phone number; again on Monday";
    vec![
        (
            "skipping",
            at(
                StepId::RootMfa,
                Skip { step: StepId::RootMfa, reason: "Waits for the".into(), stage: skip::SkipStage::Typing },
            ),
        ),
        (
            "skipped",
            at(StepId::RootMfa, Skip { step: StepId::RootMfa, reason: reason.into(), stage: skip::SkipStage::Skipped }),
        ),
        ("summary", place(live(), Place::Summary)),
        ("summary-green", place(having_read(practice(), hardened()), Place::Summary)),
        ("by-hand", by_hand(having_read(Mode::Live, unwatched()), "cloudtrail-on", None)),
        ("by-hand-accepted", by_hand(having_read(Mode::Live, with_risks()), "cloudtrail-on", None)),
        ("by-hand-unknown", by_hand(having_read(Mode::Live, refusing()), "support-role", None)),
        ("by-hand-passed", by_hand(having_read(Mode::Live, half_done()), "support-role", Some(NOW))),
        ("by-hand-mail", by_hand(having_read(practice(), unconfirmed()), "root-use-alarm", None)),
        ("by-hand-trial", by_hand(having_read(Mode::Live, hardened()), "root-use-alarm", Some(NOW))),
        ("summary-risks", place(having_read(Mode::Live, with_risks()), Place::Summary)),
        ("risks-password-policy", place(having_read(Mode::Live, with_risks()), Place::Step(StepId::PasswordPolicy))),
        ("accepting", accepting(accept::AcceptStage::Filling)),
        ("accepting-review", accepting(shown())),
        ("help", over(at(StepId::RootKeys, Home::new(StepId::RootKeys)), pages::TextPage::of(text_page::Text::Help))),
        (
            "guide",
            over(
                at(StepId::RootKeys, Home::new(StepId::RootKeys)),
                pages::TextPage::of(text_page::Text::Guide(Place::Step(StepId::RootKeys))),
            ),
        ),
        ("message", message()),
        ("clock", moved(over(having_read(practice(), hardened()), Clock))),
        ("users", over(having_read(practice(), hardened()), Users { picked: 1, detail: None })),
        ("user", over(having_read(practice(), hardened()), Users { picked: 1, detail: Some(0) })),
        ("users-unread", over(having_read(practice(), Facts::default()), Users::default())),
        ("break-glass", over(having_read(practice(), hardened()), Sheet::default())),
        ("leaving", over(having_read(practice(), hardened()), Leave)),
        ("leaving-half-way", over(enrolling(false, None, ("", "")), Leave)),
    ]
}

/// A message to a user without MFA.
fn message() -> Wizard {
    let text = mfa_message("your user sam", "https://northwind.signin.aws.amazon.com/console", "a passkey");
    let chosen = ChosenAction { step: StepId::Users, action: ActionId::Message, item: 0, subject: None, form: None };
    over(at(StepId::Users, Home::new(StepId::Users)), pages::TextPage::message(text, chosen))
}

/// The page for manual work on that control, watched for 40 s.
fn by_hand(mut wizard: Wizard, control: &str, passed: Option<Timestamp>) -> Wizard {
    let control = crate::checks::control(control).expect("there is one");
    let mut page = ByHand::new(control, NOW - time::Duration::seconds(40));
    (page.watch.next, page.watch.polls) = (NOW + time::Duration::seconds(5), 3);
    page.stage = passed.map_or(HandOffStage::Open, |at| HandOffStage::Done(at, TestSignIn::Pending));
    if wizard.world.is_practice() {
        page.mail = Some("To: security@example.com\nSubject: AWS Notification - Subscription Confirmation".into());
    }
    wizard.set_place(Place::Summary);
    wizard.set_page(Place::Summary, page);
    wizard
}

fn risk(id: &str, until: time::Date) -> Suppression {
    let (reason, owner) = ("waits for the budget of next year, OPS-71".into(), "dana@acme.example".into());
    Suppression { id: id.into(), reason, owner, until }
}

const END: time::Date = time::macros::date!(2027 - 02 - 19);

/// The alarm's topic has a subscription that its recipient has not confirmed.
fn unconfirmed() -> Facts {
    let mut facts = hardened();
    let Reading::Known { value: rules, .. } = &mut facts.root_rules else { return facts };
    for target in rules.iter_mut().flat_map(|rule| &mut rule.targets) {
        if let Reading::Known { value, .. } = &mut target.subscriptions {
            value.iter_mut().for_each(|one| one.confirmed = false);
        }
    }
    facts
}

/// An account without a trail.
fn unwatched() -> Facts {
    let accepted =
        Acceptances { file: Some("/home/dana/.config/lockroot/config.toml".into()), ..Acceptances::default() };
    Facts { trails: read(Vec::new()), accepted, ..hardened() }
}

/// Two risks are accepted; a third one was.
fn with_risks() -> Facts {
    let past = time::macros::date!(2026 - 10 - 31);
    let all = vec![risk("cloudtrail-on", END), risk("password-policy", END), risk("support-role", past)];
    let on = Some(day(NOW));
    let accepted = Acceptances { account: "123456789012".into(), all, on, ..Acceptances::default() };
    let support = read(PolicyHolders::default());
    Facts { accepted, support, password_policy: read(None), ..unwatched() }
}

fn shown() -> accept::AcceptStage {
    let (risk, account) = (risk("cloudtrail-on", END), "123456789012".into());
    let (focus, seen, since) = (ReviewFocus::Back, Default::default(), NOW);
    accept::AcceptStage::Review(accept::ReviewedRisk { risk, account, focus, seen, since })
}

/// The risk of GuardDuty being off is about to be accepted.
fn accepting(stage: accept::AcceptStage) -> Wizard {
    let mut wizard = having_read(Mode::Live, unwatched());
    let control = crate::checks::control("cloudtrail-on").expect("there is one");
    let mut form = crate::steps::acceptance::form(control, "dana@acme.example", day(NOW));
    form.put_text(FieldId::Reason, "waits for the budget of next year, OPS-71");
    wizard.set_place(Place::Summary);
    wizard.set_page(Place::Summary, Accept { control, form, stage });
    wizard
}

/// The support role could not be read.
fn refusing() -> Facts {
    Facts { support: Reading::Failed(denied()), ..neglected() }
}

/// A user has the support policy, and GuardDuty is off.
fn half_done() -> Facts {
    Facts { guard_duty: neglected().guard_duty, ..hardened() }
}

/// A practice account with its clock ahead by 90 days and 4 hours.
fn moved(mut wizard: Wizard) -> Wizard {
    wizard.world.set_clock_ahead(std::time::Duration::from_secs(90 * 86_400 + 4 * 3600));
    wizard
}
