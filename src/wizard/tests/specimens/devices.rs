//! Secrets, QR codes, the console.

use super::*;
use crate::wizard::pages;

pub fn devices() -> Vec<(&'static str, Wizard)> {
    let root = at(StepId::RootMfa, enrolment(Enrolee::Root));
    let wrong = "That is the same code twice. The next one comes in 12 s: type that as the second.";
    vec![
        ("showing", showing(false)),
        ("showing-revealed", showing(true)),
        ("showing-first-of-two", first_of_two()),
        ("profile", profile("Default")),
        ("showing-root", showing_root(false)),
        ("showing-root-revealed", showing_root(true)),
        ("enrolling", enrolling(false, None, ("", ""))),
        ("enrolling-phone", enrolling(true, Some(wrong), ("123456", "1234"))),
        ("enrolling-root", root),
        ("handed-off", at(StepId::RootMfa, watch())),
        ("handed-off-live", with(live(), StepId::RootMfa, watch())),
        ("seed-empty", seed_copy("", false)),
        ("seed-wrong", seed_copy("GEZDGNBVGY3TQ0J0", false)),
        ("seed-drawn", seed_copy(SEED, true)),
        ("address", over(at(StepId::RootMfa, watch()), Address)),
    ]
}

fn showing_root(revealed: bool) -> Wizard {
    let hand_over = HandOver {
        address: "https://console.aws.amazon.com/iam/home#/security_credentials".into(),
        account: "123456789012".into(),
        user: Enrolee::Root,
        password: Some(Secret::new(PASSWORD)),
        key: None,
        visibility: if revealed { Visibility::Open } else { Visibility::Unseen },
        next: None,
        rest: Vec::new(),
        record: Record::new(StepId::Administrator, Vec::new()),
    };
    at(StepId::RootSignIn, hand_over)
}

/// The console's secret key, pasted while AWS is watched.
fn seed_copy(text: &str, drawn: bool) -> Wizard {
    let mut wizard = over(with(live(), StepId::RootMfa, watch()), PastedSeed::default());
    let mut press = |key| update(&mut wizard, NOW, Event::Key(KeyPress::from(key)));
    press(Key::Paste(text.into()));
    if !text.is_empty() {
        press(Key::Enter);
    }
    assert!(matches!(wizard.front(), Page::PastedSeed(page) if page.drawn.is_some() == drawn));
    wizard
}

fn showing(revealed: bool) -> Wizard {
    let record = Record::shown(StepId::Administrator, "Create the user administrator");
    at(
        StepId::Administrator,
        HandOver {
            address: "https://123456789012.signin.aws.amazon.com/console".into(),
            account: "123456789012".into(),
            user: Enrolee::User("administrator".into()),
            password: Some(Secret::new(PASSWORD)),
            key: Some(("AKIAI44QH8DHBEXAMPLE".into(), Secret::new(SECRET_KEY))),
            visibility: if revealed { Visibility::Open } else { Visibility::Unseen },
            next: None,
            rest: Vec::new(),
            record,
        },
    )
}

/// New secrets of the first of two users.
fn first_of_two() -> Wizard {
    let mut wizard = showing(false);
    if let Page::HandOver(hand_over) = wizard.page_mut(Place::Step(StepId::Administrator)) {
        hand_over.rest = vec![UserSecrets { user: "bea".into(), ..UserSecrets::default() }];
    }
    wizard
}

/// The form that saves a key as a profile, with that name.
fn profile(name: &str) -> Wizard {
    let mut shown = showing(false);
    let page = std::mem::replace(
        shown.page_mut(Place::Step(StepId::Administrator)),
        Record::new(StepId::Administrator, Vec::new()).into(),
    );
    let Page::HandOver(hand_over) = page else { unreachable!("secrets are shown") };
    let mut form = crate::steps::profile::form("administrator");
    form.put_text(FieldId::ProfileName, name);
    at(StepId::Administrator, Save { form, hand_over: *hand_over, pending: None })
}

pub fn enrolling(phone: bool, problem: Option<&str>, codes: (&str, &str)) -> Wizard {
    let mut enrolment = enrolment(Enrolee::User("administrator".into()));
    enrolment.phone = phone;
    enrolment.problem = problem.map(str::to_owned);
    enrolment.codes = (codes.0.into(), codes.1.into());
    enrolment.focus = if codes.0.is_empty() { CodeField::First } else { CodeField::Second };
    at(StepId::Administrator, enrolment)
}

pub fn watch() -> Page {
    let seconds = time::Duration::seconds;
    let (since, next) = (NOW - seconds(47), NOW + seconds(4));
    let watch = crate::wizard::watch::Watch { since, next, polls: 9 };
    pages::Console { step: StepId::RootMfa, watch, had: 0 }.into()
}
