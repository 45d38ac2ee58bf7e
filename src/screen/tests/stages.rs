//! Every stage of the wizard as it can be met, built from literals, each with a name for its snapshot.

mod account;
mod guard;
mod hostile;
mod keys;
mod ways;

pub use account::NOW;
use account::{caller, fact, hardened, neglected, read};
pub use hostile::hostile;

use crate::account::facts::*;
use crate::account::*;
use crate::secret::Secret;
use crate::steps::{ActionId, FieldId, Form, Opening, StepId, Value};
use crate::wizard::stage::*;
use crate::wizard::{Effect, Event, Key, KeyPress, Mode, Overlay, Place, Session, Stage, Wizard, update};

pub const PASSWORD: &str = "k0O1l-Tq8#vZ3wYp%b7RmX2s";
pub const SECRET_KEY: &str = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
pub const SEED: &str = "GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQMFZWIZTHNBVGY3TQOJQXG5DVPB4XE3DP";

pub fn practice() -> Mode {
    Mode::Practice { scenario: "fresh".into() }
}

/// A wizard that has read all of `facts`, and waits.
pub fn having_read(mode: Mode, facts: Facts) -> Wizard {
    let (mut wizard, mut effects) = Wizard::start(mode, NOW);
    while let Some(effect) = effects.pop() {
        let event = match effect {
            Effect::Connect(ticket, _) => Event::Connected(ticket, Ok(())),
            Effect::Read(ticket, question) => Event::Learned(ticket, question.clone(), fact(&facts, question)),
            _ => continue,
        };
        effects.extend(update(&mut wizard, NOW, event));
    }
    wizard.facts = facts;
    wizard.place = Place::SignIn;
    wizard
}

/// The step `id` of the neglected practice account, in `stage`.
pub fn at(id: StepId, stage: Stage) -> Wizard {
    with(having_read(practice(), neglected()), id, stage)
}

fn with(mut wizard: Wizard, id: StepId, stage: Stage) -> Wizard {
    wizard.place = Place::Step(id);
    wizard.steps[id as usize].stage = stage;
    wizard
}

fn live() -> Wizard {
    having_read(Mode::Live, neglected())
}

fn form(id: StepId) -> Form {
    match id.definition().open(ActionId::FillIn, &neglected()) {
        Opening::Form(form) => form,
        _ => unreachable!("{id:?} has a form"),
    }
}

fn draft(form: Option<Form>) -> Draft {
    Draft { action: ActionId::FillIn, item: 0, subject: None, form }
}

fn filling(id: StepId, edit: impl FnOnce(&mut Form)) -> Wizard {
    let mut form = form(id);
    edit(&mut form);
    at(id, Stage::Filling(draft(Some(form))))
}

fn administrator_form() -> Form {
    let mut form = form(StepId::Administrator);
    form.put(FieldId::GeneratedPassword, Value::Secret(Secret::new(PASSWORD)));
    form
}

fn confirming(id: StepId, action: ActionId, item: usize, form: Option<Form>, focus: ReviewFocus) -> Wizard {
    let plan = id.definition().plan(action, item, form.as_ref(), &neglected()).unwrap();
    let origin = Origin::Draft(draft(form));
    at(id, Stage::Confirming(Review { plan, focus, typed: String::new(), scroll: 0, origin }))
}

fn typed(text: &str) -> Wizard {
    let mut wizard = confirming(StepId::RootKeys, ActionId::Delete, 1, None, ReviewFocus::Ahead);
    wizard.mode = Mode::Live;
    if let Stage::Confirming(review) = &mut wizard.steps[0].stage {
        review.typed = text.into();
    }
    wizard
}

fn administrator_changes() -> Vec<Change> {
    let form = administrator_form();
    let plan = StepId::Administrator.definition().plan(ActionId::FillIn, 0, Some(&form), &neglected()).unwrap();
    plan.calls.into_iter().map(|call| call.change).collect()
}

fn changing() -> Stage {
    let mut changes = administrator_changes();
    let waiting: Vec<Change> = changes.split_off(3).into_iter().rev().collect();
    let running = changes.pop().unwrap();
    Stage::Changing(Progress {
        title: "Set up the administrator administrator".into(),
        done: changes,
        running: (running.words(), running.action()),
        waiting,
        kept: Keepsakes::default(),
        origin: Origin::Draft(draft(Some(administrator_form()))),
    })
}

fn proving(tries: u32, again_at: Option<Timestamp>) -> Stage {
    Stage::Proving(Proof { applied: administrator_changes(), tries, again_at, kept: Keepsakes::default() })
}

fn refused(failure: Failure) -> Stage {
    let mut changes = administrator_changes();
    let left = changes.split_off(3).iter().map(Change::words).collect();
    let change = changes.pop().unwrap();
    Stage::Refused(Refusal {
        tried: change.words(),
        failure,
        change: Some(change),
        done: changes,
        left,
        kept: Keepsakes::default(),
        origin: Origin::Draft(draft(Some(administrator_form()))),
    })
}

pub fn denied() -> Failure {
    Failure {
        code: Some("AccessDenied".into()),
        request_id: Some("0f1e2d3c-4b5a-6978-8796-a5b4c3d2e1f0".into()),
        ..Failure::new(
            Fault::AccessDenied,
            "iam:CreateUser",
            "User: arn:aws:iam::123456789012:root is not authorized to perform: iam:CreateUser on resource: administrator with an explicit deny in a service control policy",
        )
    }
}

fn broken() -> Failure {
    let failure = Failure::new(Fault::Broken, "iam:CreateUser", "connection reset by peer");
    Failure { may_have_happened: true, ..failure }
}

fn showing_root(revealed: bool) -> Wizard {
    let hand_over = HandOver {
        address: "https://console.aws.amazon.com/iam/home#/security_credentials".into(),
        account: "123456789012".into(),
        user: Enrolee::Root,
        password: Some(Secret::new(PASSWORD)),
        key: None,
        sight: if revealed { Sight::Open } else { Sight::Unseen },
        next: None,
        record: Record::default(),
    };
    at(StepId::RootSignIn, Stage::Showing(hand_over))
}

/// Phone and e-mail are confirmed, AWS has refused to do it here, and a device was left behind.
fn orphan() -> Wizard {
    let mut wizard = at(StepId::RootMfa, Stage::default());
    let facts = &mut wizard.facts;
    facts.virtual_devices = read(vec![VirtualDevice {
        serial: "arn:aws:iam::123456789012:mfa/root-account-mfa-device".into(),
        owner: DeviceOwner::Nobody,
        enabled: None,
    }]);
    let refused = Failure {
        code: Some("NoSuchEntity".into()),
        ..Failure::new(Fault::Absent, "iam:EnableMFADevice", "The user with name root cannot be found.")
    };
    facts.root_door = read(Door::Closed(refused));
    facts.answers = [
        (Topic::RecoveryPhone, Answer::new(Said::Sound, NOW - time::Duration::days(2))),
        (Topic::RecoveryEmail, Answer::new(Said::Unsound, NOW)),
    ]
    .into();
    wizard
}

fn way_back() -> Wizard {
    let Opening::Form(mut form) = StepId::RootMfa.definition().open(ActionId::Answer, &neglected()) else {
        unreachable!("the answers have a form")
    };
    form.tried = true;
    let draft = Draft { action: ActionId::Answer, item: 0, subject: None, form: Some(form) };
    at(StepId::RootMfa, Stage::Filling(draft))
}

/// The console's secret key, pasted while AWS is watched.
fn seed_copy(text: &str, drawn: bool) -> Wizard {
    let mut wizard = over(with(live(), StepId::RootMfa, watch()), Overlay::Seed);
    let mut press = |key| update(&mut wizard, NOW, Event::Key(KeyPress::from(key)));
    press(Key::Paste(text.into()));
    if !text.is_empty() {
        press(Key::Enter);
    }
    assert_eq!(wizard.seed_copy.drawn.is_some(), drawn);
    wizard
}

fn showing(revealed: bool) -> Wizard {
    let record = Record { lines: vec![("Create the user administrator".into(), Seen::Shown)] };
    at(
        StepId::Administrator,
        Stage::Showing(HandOver {
            address: "https://123456789012.signin.aws.amazon.com/console".into(),
            account: "123456789012".into(),
            user: Enrolee::User("administrator".into()),
            password: Some(Secret::new(PASSWORD)),
            key: Some(("AKIAI44QH8DHBEXAMPLE".into(), Secret::new(SECRET_KEY))),
            sight: if revealed { Sight::Open } else { Sight::Unseen },
            next: None,
            record,
        }),
    )
}

/// The same secrets about to be saved, with a passphrase that is too weak.
fn sealing() -> Wizard {
    let Stage::Showing(hand_over) = std::mem::take(&mut showing(false).steps[StepId::Administrator as usize].stage)
    else {
        unreachable!("secrets are shown")
    };
    let mut form = crate::steps::sealing::form();
    form.put(FieldId::Passphrase, Value::Secret(Secret::new("tulip")));
    form.tried = true;
    at(StepId::Administrator, Stage::Sealing(Sealing { form, hand_over, busy: false }))
}

/// Two users hold policies directly; a group carries what the first one holds.
fn groups() -> Wizard {
    let policy = |name: &str| format!("arn:aws:iam::aws:policy/{name}");
    let user = |name: &str, policies: &[&str]| User {
        name: name.into(),
        attached_policies: policies.iter().map(|name| policy(name)).collect(),
        ..User::default()
    };
    let mut wizard = at(StepId::Groups, Stage::default());
    wizard.facts.people = read(People {
        users: vec![user("ada", &["ReadOnlyAccess"]), user("bea", &["AmazonS3FullAccess", "job-function/Billing"])],
        groups: vec![Group {
            name: "Readers".into(),
            attached_policies: vec![policy("ReadOnlyAccess")],
            ..Group::default()
        }],
        ..People::default()
    });
    wizard
}

pub fn enrolment(enrolee: Enrolee) -> Enrolment {
    let device = NewDevice { serial: "arn:aws:iam::123456789012:mfa/administrator".into(), seed: Secret::new(SEED) };
    Enrolment::new(enrolee, device, "123456789012")
}

fn enrolling(phone: bool, problem: Option<&str>, codes: (&str, &str)) -> Wizard {
    let mut enrolment = enrolment(Enrolee::User("administrator".into()));
    enrolment.phone = phone;
    enrolment.problem = problem.map(str::to_owned);
    enrolment.codes = (codes.0.into(), codes.1.into());
    enrolment.focus = if codes.0.is_empty() { CodeField::First } else { CodeField::Second };
    at(StepId::Administrator, Stage::Enrolling(enrolment))
}

fn watch() -> Stage {
    let seconds = time::Duration::seconds;
    Stage::HandedOff(Watch { since: NOW - seconds(47), next: NOW + seconds(4), polls: 9, had: 0 })
}

fn settled() -> Wizard {
    let mut facts = neglected();
    facts.contacts = hardened().contacts;
    let lines = vec![
        ("Set the operations contact".to_owned(), Seen::Shown),
        ("Set the security contact".to_owned(), Seen::NotYet),
    ];
    with(having_read(practice(), facts), StepId::Contacts, Stage::Settled(Record { lines }))
}

fn over(mut wizard: Wizard, overlay: Overlay) -> Wizard {
    wizard.overlay = overlay;
    wizard
}

fn absent(mode: Mode) -> Wizard {
    let (mut wizard, effects) = Wizard::start(mode, NOW);
    let failure = Failure::new(Fault::NoCredentials, "credentials", "no credentials were found");
    for effect in effects {
        if let Effect::Connect(ticket, _) = effect {
            update(&mut wizard, NOW, Event::Connected(ticket, Err(failure.clone())));
        }
    }
    wizard
}

fn reading() -> Wizard {
    let mut wizard = Wizard::start(practice(), NOW).0;
    wizard.session = Session::Established;
    wizard.facts.caller = neglected().caller;
    wizard.place = Place::Step(StepId::Contacts);
    wizard
}

fn signed_in() -> Vec<(&'static str, Wizard)> {
    let mut user = neglected();
    user.caller = read(caller(
        "arn:aws:sts::123456789012:assumed-role/AWSReservedSSO_AdministratorAccess_0123456789abcdef/alice@acme.example",
        "ASIAIOSFODNN7EXAMPLE",
        CredentialKind::Temporary,
    ));
    vec![
        ("connecting", Wizard::start(Mode::Live, NOW).0),
        ("signed-in", having_read(practice(), hardened())),
        ("signed-in-root-key", live()),
        ("signed-in-role", having_read(Mode::Live, user)),
        ("not-signed-in", absent(Mode::Live)),
        ("not-signed-in-practice", absent(practice())),
    ]
}

fn pages() -> Vec<(&'static str, Wizard)> {
    let page = |id, item, action| at(id, Stage::Explaining(Cursor { item, action }));
    let mut denied_reads = neglected();
    denied_reads.people = Reading::Failed(denied());
    let mut remark = page(StepId::Contacts, 0, 0);
    remark.remark = Some("Nothing differs from what is set already.".into());
    vec![
        ("reading", reading()),
        ("page-root-keys", page(StepId::RootKeys, 1, 0)),
        ("page-root-keys-blocked", page(StepId::RootKeys, 0, 1)),
        ("page-root-mfa", page(StepId::RootMfa, 0, 0)),
        ("page-root-mfa-orphan", orphan()),
        ("page-contacts", page(StepId::Contacts, 0, 0)),
        ("page-administrator", page(StepId::Administrator, 0, 0)),
        ("page-administrator-done", with(having_read(practice(), hardened()), StepId::Administrator, Stage::default())),
        (
            "page-administrator-denied",
            with(having_read(Mode::Live, denied_reads), StepId::Administrator, Stage::default()),
        ),
        ("page-password-policy", page(StepId::PasswordPolicy, 0, 0)),
        ("page-root-sign-in", page(StepId::RootSignIn, 0, 0)),
        ("remark", remark),
    ]
}

fn forms() -> Vec<(&'static str, Wizard)> {
    let typed = |form: &mut Form| {
        form.put(FieldId::PasswordSource, Value::Choice { options: &["generated", "typed"], chosen: 1 });
        form.put(FieldId::Password, Value::Secret(Secret::new(PASSWORD)));
        form.put(FieldId::PasswordAgain, Value::Secret(Secret::new("other")));
        form.focus_on(FieldId::Password);
    };
    let wrong = |form: &mut Form| {
        form.tried = true;
        form.put_text(
            FieldId::Title(ContactType::Billing),
            "Head of the department of finance and of much more besides",
        );
        form.put_text(FieldId::Email(ContactType::Billing), "billing");
        form.focus_on(FieldId::Title(ContactType::Billing));
    };
    vec![
        ("form-contacts", filling(StepId::Contacts, |form| form.focus = 2)),
        ("form-contacts-problems", filling(StepId::Contacts, wrong)),
        ("form-contacts-button", filling(StepId::Contacts, |form| form.focus = form.visible().count())),
        ("form-administrator", filling(StepId::Administrator, |form: &mut Form| form.focus = 2)),
        ("form-administrator-typed", filling(StepId::Administrator, typed)),
        ("form-way-back", way_back()),
        ("form-root-sign-in", filling(StepId::RootSignIn, |form| form.focus = 3)),
        ("form-password-policy", filling(StepId::PasswordPolicy, |form| form.focus = 1)),
        ("preparing", at(StepId::Contacts, Stage::Preparing(draft(Some(form(StepId::Contacts)))))),
        ("preparing-no-form", at(StepId::RootKeys, Stage::Preparing(draft(None)))),
    ]
}

fn changes() -> Vec<(&'static str, Wizard)> {
    let id = StepId::Administrator;
    let policy = Some(form(StepId::PasswordPolicy));
    let later = NOW + time::Duration::seconds(3);
    vec![
        ("confirming", confirming(id, ActionId::FillIn, 0, Some(administrator_form()), ReviewFocus::Ahead)),
        ("confirming-policy", confirming(StepId::PasswordPolicy, ActionId::FillIn, 0, policy, ReviewFocus::Ahead)),
        ("confirming-careful", confirming(StepId::RootKeys, ActionId::Deactivate, 1, None, ReviewFocus::Back)),
        ("confirming-typed", typed("MP")),
        ("confirming-typed-right", typed("MPLE")),
        ("changing", at(id, changing())),
        ("proving", at(id, proving(0, None))),
        ("proving-again", at(id, proving(2, Some(later)))),
        ("refused", at(id, refused(denied()))),
        ("refused-unclear", at(id, refused(broken()))),
        ("settled", settled()),
    ]
}

fn devices() -> Vec<(&'static str, Wizard)> {
    let root = at(StepId::RootMfa, Stage::Enrolling(enrolment(Enrolee::Root)));
    let wrong = "That is the same code twice. The next one comes in 12 s: type that as the second.";
    vec![
        ("showing", showing(false)),
        ("showing-revealed", showing(true)),
        ("sealing", sealing()),
        ("groups", groups()),
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
        ("address", over(at(StepId::RootMfa, watch()), Overlay::Address)),
    ]
}

/// Its clock was moved.
fn moved(mut wizard: Wizard) -> Wizard {
    wizard.clock_ahead = std::time::Duration::from_secs(90 * 86_400 + 4 * 3600);
    wizard
}

fn rest() -> Vec<(&'static str, Wizard)> {
    let place = |mut wizard: Wizard, place| {
        wizard.place = place;
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
        ("leaving", over(having_read(practice(), hardened()), Overlay::Leaving)),
        ("leaving-half-way", over(enrolling(false, None, ("", "")), Overlay::Leaving)),
    ]
}

/// All of them.
pub fn all() -> Vec<(&'static str, Wizard)> {
    [signed_in(), pages(), forms(), changes(), devices(), keys::keys(), rest(), ways::ways(), guard::guards()]
        .into_iter()
        .flatten()
        .collect()
}
