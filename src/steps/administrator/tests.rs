use super::*;
use crate::account::facts::*;
use crate::account::{Caller, Change, Credential, CredentialKind, Principal, Reading};
use crate::secret::Secret;
use crate::steps::{Form, Value};

const NOW: Timestamp = time::macros::datetime!(2026-11-21 12:00:00 UTC);

fn read<T>(value: T) -> Reading<T> {
    Reading::Known { value, at: NOW }
}

fn facts(users: Vec<User>, groups: Vec<Group>) -> Facts {
    Facts {
        caller: read(Caller {
            account: "123456789012".into(),
            arn: "arn:aws:iam::123456789012:root".into(),
            principal: Principal::Root,
            credential: Credential {
                access_key_id: "ASIASESSION".into(),
                kind: CredentialKind::Temporary,
                source: "the test".into(),
                base: None,
            },
            clock_ahead: None,
        }),
        people: read(People { users, groups, ..People::default() }),
        virtual_devices: read(Vec::new()),
        password_policy: read(None),
        ..Facts::default()
    }
}

fn filled(facts: &Facts, names: &str) -> Form {
    let Opening::Form(mut form) = Administrator.open(ActionId::FillIn, 0, facts) else { panic!("a form") };
    form.put_text(FieldId::UserName, names);
    for _ in 0..MAX_USERS_AT_ONCE {
        form.keep_made(Secret::generate(24));
    }
    form
}

fn changes(form: &Form, facts: &Facts) -> Vec<Change> {
    assert_eq!(Administrator.problems(form, facts), []);
    let plan = Administrator.plan(ActionId::FillIn, 0, Some(form), facts, NOW).unwrap();
    plan.calls.into_iter().map(|call| call.change).collect()
}

#[test]
fn form_hints_fit_their_lines() {
    let policy = "arn:aws:iam::aws:policy/AdministratorAccess".to_owned();
    let ada = User { name: "ada".into(), attached_policies: vec![policy], ..User::default() };
    let facts = facts(vec![ada], Vec::new());
    for action in [ActionId::FillIn, ActionId::AddDailyUser, ActionId::ResetPassword, ActionId::ResyncMfa] {
        let Opening::Form(form) = Administrator.open(action, 0, &facts) else { panic!("a form") };
        for field in form.fields {
            assert!(field.hint.chars().count() <= 88, "{}", field.hint);
        }
    }
}

#[test]
fn several_users_are_one_plan_with_a_password_and_a_device_each() {
    let facts = facts(Vec::new(), Vec::new());
    let changes = changes(&filled(&facts, "ada bea"), &facts);
    let actions: Vec<&str> = changes.iter().map(Change::action).collect();
    let person = ["iam:CreateUser", "iam:AddUserToGroup", "iam:CreateLoginProfile", "iam:CreateVirtualMFADevice"];
    assert_eq!(actions, [&["iam:CreateGroup", "iam:AttachGroupPolicy"][..], &person, &person].concat());
    let passwords: Vec<&Secret> = changes
        .iter()
        .filter_map(|change| match change {
            Change::CreateLoginProfile { password, .. } => Some(password),
            _ => None,
        })
        .collect();
    assert_ne!(passwords[0], passwords[1], "each has its own");
}

#[test]
fn each_device_of_a_plan_gets_a_different_name() {
    let mut facts = facts(Vec::new(), Vec::new());
    let serial = "arn:aws:iam::123456789012:mfa/ada".into();
    facts.virtual_devices =
        read(vec![VirtualDevice { serial, owner: DeviceOwner::User("somebody".into()), enabled: None }]);
    let names: Vec<String> = changes(&filled(&facts, "ada ada-2"), &facts)
        .into_iter()
        .filter_map(|change| match change {
            Change::CreateDevice { name, .. } => Some(name),
            _ => None,
        })
        .collect();
    assert_eq!(names, ["ada-2", "ada-2-2"]);
}

#[test]
fn a_typed_password_is_for_one_user_only() {
    let facts = facts(Vec::new(), Vec::new());
    let mut form = filled(&facts, "ada bea");
    form.put(FieldId::PasswordSource, Value::Choice { options: &["generated", "typed"], chosen: 1 });
    for field in [FieldId::Password, FieldId::PasswordAgain] {
        form.put(field, Value::Secret(Secret::new("Tulip7-Walnut+Battery")));
    }
    let problems = Administrator.problems(&form, &facts);
    assert!(problems.iter().any(|problem| problem.words.contains("for one user")), "{problems:?}");
    form.put_text(FieldId::UserName, "ada");
    assert_eq!(Administrator.problems(&form, &facts), []);
}

#[test]
fn new_users_are_created_with_tags_and_existing_ones_get_missing_tags() {
    let sign_in = SignIn { password: read(None), devices: read(Vec::new()) };
    let tags = vec![crate::account::Tag { key: "team".into(), value: "red".into() }];
    let ada = User { name: "ada".into(), tags, sign_in: Some(sign_in), ..User::default() };
    let facts = facts(vec![ada], Vec::new());
    let mut form = filled(&facts, "ada bea");
    form.put_text(FieldId::Tags, "Team=blue, cost=42");
    let plan = Administrator.plan(ActionId::FillIn, 0, Some(&form), &facts, NOW).unwrap();
    let mut tagged = plan.calls.iter().filter_map(|call| match &call.change {
        Change::TagUser { user, tags } => Some(("tag", user, tags.len())),
        Change::CreateUser { user, tags } => Some(("create", user, tags.len())),
        _ => None,
    });
    assert_eq!(tagged.next(), Some(("tag", &"ada".to_owned(), 1)), "team stays red");
    assert_eq!(tagged.next(), Some(("create", &"bea".to_owned(), 2)));
    assert!(plan.notes.iter().any(|note| note.contains("ada's tag team=red")), "{:?}", plan.notes);
    form.put_text(FieldId::Tags, "aws:x=1");
    let problems = Administrator.problems(&form, &facts);
    assert!(problems.iter().any(|problem| problem.field == FieldId::Tags && problem.at_once), "{problems:?}");
}

#[test]
fn a_resync_sends_two_consecutive_codes_for_the_chosen_device() {
    let device = |serial: &str| MfaDevice { serial: serial.into(), enabled: None };
    let devices = read(vec![
        device("arn:aws:iam::123456789012:u2f/user/ada/key"),
        device("arn:aws:iam::123456789012:mfa/phone-2"),
        device("arn:aws:iam::123456789012:mfa/phone"),
    ]);
    let sign_in = SignIn { password: read(None), devices };
    let ada = User { name: "ada".into(), groups: vec!["A".into()], sign_in: Some(sign_in), ..User::default() };
    let policy = "arn:aws:iam::aws:policy/AdministratorAccess".to_owned();
    let group = Group { name: "A".into(), attached_policies: vec![policy], ..Group::default() };
    let facts = facts(vec![ada], vec![group]);
    assert!(Administrator.view(&facts, 0, NOW).actions.iter().any(|action| action.id == ActionId::ResyncMfa));
    let ada = facts.people.known().unwrap().user("ada").unwrap();
    let mut form = resync::form(ada, &facts);
    let Opening::Form(opened) = Administrator.open(ActionId::ResyncMfa, 0, &facts) else { panic!("a form") };
    assert_eq!(opened, form);
    assert!(form.fields[0].hint.starts_with("In this order: phone, phone-2."), "a passkey shows no codes");
    let said = |form: &Form| Administrator.problems(form, &facts).iter().map(|p| p.words.clone()).collect::<Vec<_>>();
    assert_eq!(said(&form).len(), 2, "both are needed");
    form.put_text(FieldId::FirstCode, "12345a");
    form.put_text(FieldId::SecondCode, "1234567");
    assert_eq!(said(&form), ["digits only", "6 digits"]);
    form.put_text(FieldId::FirstCode, "123456");
    form.put_text(FieldId::SecondCode, "123456");
    assert!(said(&form)[0].contains("the same as the first"));
    form.put_text(FieldId::SecondCode, "654321");
    let plan = |form: &Form| Administrator.plan(ActionId::ResyncMfa, 0, Some(form), &facts, NOW);
    let sent = |form: &Form| match &plan(form).unwrap().calls[0].change {
        Change::ResyncDevice { serial, codes, .. } => (serial.clone(), codes.clone()),
        other => panic!("{other:?}"),
    };
    let codes = ("123456".to_owned(), "654321".to_owned());
    assert_eq!(sent(&form), ("arn:aws:iam::123456789012:mfa/phone".to_owned(), codes));
    form.focus_on(FieldId::WhichDevice);
    form.focused_mut().unwrap().value.shift(1);
    assert!(sent(&form).0.ends_with("phone-2"));
    // One of the two is gone meanwhile.
    let mut fewer = facts.clone();
    let Reading::Known { value: people, .. } = &mut fewer.people else { panic!() };
    let Some(SignIn { devices: Reading::Known { value: devices, .. }, .. }) = &mut people.users[0].sign_in else {
        panic!()
    };
    devices.retain(|device| !device.serial.ends_with("phone-2"));
    let refused = Administrator.plan(ActionId::ResyncMfa, 0, Some(&form), &fewer, NOW).unwrap_err();
    assert!(refused.contains("one device that shows codes: phone."), "{refused}");
    let ada = fewer.people.known().unwrap().user("ada").unwrap();
    let one = resync::form(ada, &fewer);
    assert_eq!(one.title.as_deref(), Some("Codes of phone, the MFA device of ada"));
    assert!(one.field(FieldId::WhichDevice).is_none());
    let advised = |facts: &Facts| {
        Administrator.view(facts, 0, NOW).notes.iter().any(|note| note.contains("Add a passkey as the second"))
    };
    assert!(!advised(&facts) && !advised(&fewer), "a passkey is there");
    let Reading::Known { value: people, .. } = &mut fewer.people else { panic!() };
    let Some(SignIn { devices: Reading::Known { value: devices, .. }, .. }) = &mut people.users[0].sign_in else {
        panic!()
    };
    devices.retain(|device| device.serial.ends_with("phone"));
    assert!(advised(&fewer), "{:?}", Administrator.view(&fewer, 0, NOW).notes);
}

#[test]
fn the_review_warns_of_policies_that_forbid_changing_the_password() {
    let sign_in = SignIn { password: read(None), devices: read(Vec::new()) };
    let boundary = Some("arn:aws:iam::aws:policy/ReadOnlyAccess".to_owned());
    let ada = User { name: "ada".into(), boundary, sign_in: Some(sign_in), ..User::default() };
    let mut facts = facts(vec![ada], Vec::new());
    let notes = |names: &str, facts: &Facts, change: fn(&mut Form)| {
        let mut form = filled(facts, names);
        change(&mut form);
        let plan = Administrator.plan(ActionId::FillIn, 0, Some(&form), facts, NOW).unwrap();
        let notes = plan.notes.iter().filter(|note| note.contains("iam:ChangePassword")).count();
        (notes, plan.consent == Consent::Careful)
    };
    let off = |form: &mut Form| form.put(FieldId::ResetRequired, Value::Toggle(false));
    let deny = |form: &mut Form| form.put(FieldId::DenyUnlessMfa, Value::Toggle(true));
    assert_eq!(notes("ada", &facts, |_| {}), (1, true), "a boundary");
    assert_eq!(notes("ada", &facts, off).0, 0, "nothing has to be changed");
    assert_eq!(notes("bea", &facts, |_| {}), (0, false));
    assert_eq!(notes("bea", &facts, deny), (1, true), "the policy of the group");
    facts.central_root = read(crate::account::safeguards::CentralRoot::Member);
    assert_eq!(notes("bea", &facts, |_| {}), (1, false), "what nobody can read is worth a word, not care");
}

fn signs_in(name: &str, groups: &[&str]) -> User {
    let password = read(Some(LoginProfile { created: None, reset_required: false }));
    let sign_in = SignIn { password, devices: read(Vec::new()) };
    let groups = groups.iter().map(|group| (*group).to_owned()).collect();
    User { name: name.into(), groups, sign_in: Some(sign_in), ..User::default() }
}

fn carrying(name: &str, policy: &str) -> Group {
    let attached_policies = vec![format!("arn:aws:iam::aws:policy/{policy}")];
    Group { name: name.into(), attached_policies, ..Group::default() }
}

fn daily(facts: &Facts, name: &str, chosen: usize, group: &str) -> Form {
    let Opening::Form(mut form) = Administrator.open(ActionId::AddDailyUser, 0, facts) else { panic!("a form") };
    form.put_text(FieldId::UserName, name);
    form.focus_on(FieldId::SmallerPolicy);
    form.focused_mut().unwrap().value.shift(chosen.cast_signed() - 1);
    form.put_text(FieldId::GroupName, group);
    for _ in 0..MAX_USERS_AT_ONCE {
        form.keep_made(Secret::generate(24));
    }
    form
}

#[test]
fn a_user_for_daily_work_gets_a_group_with_less_a_password_and_mfa() {
    let facts = facts(vec![signs_in("ada", &["A"])], vec![carrying("A", "AdministratorAccess")]);
    let form = daily(&facts, "dana", 1, "PowerUsers");
    let changes = changes(&form, &facts);
    let actions: Vec<&str> = changes.iter().map(Change::action).collect();
    let person = ["iam:CreateUser", "iam:AddUserToGroup", "iam:CreateLoginProfile", "iam:CreateVirtualMFADevice"];
    assert_eq!(actions, [&["iam:CreateGroup", "iam:AttachGroupPolicy"][..], &person].concat());
    let policy = "arn:aws:iam::aws:policy/PowerUserAccess".to_owned();
    assert_eq!(changes[1], Change::AttachGroupPolicy { group: "PowerUsers".into(), policy });
    // A user who may not change the password must not be asked to at the first sign-in.
    assert!(!form.is_on(FieldId::ResetRequired), "AWS's default lets nobody change it");
}

#[test]
fn a_user_for_daily_work_never_becomes_an_administrator() {
    let groups = vec![carrying("A", "AdministratorAccess"), carrying("Readers", "ReadOnlyAccess")];
    let text = r#"{"Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}"#.to_owned();
    let hidden = Group { name: "Own".into(), inline_policies: [("all".to_owned(), text)].into(), ..Group::default() };
    let facts = facts(vec![signs_in("ada", &["A"])], [groups, vec![hidden]].concat());
    let said = |name: &str, chosen, group: &str| {
        let problems = Administrator.problems(&daily(&facts, name, chosen, group), &facts);
        problems.into_iter().map(|problem| problem.words).collect::<Vec<_>>().join(" ")
    };
    assert!(said("ada", 1, "PowerUsers").contains("ada has full access"));
    assert!(said("dana", 3, "A").contains("A gives full access"));
    assert!(said("dana", 3, "Own").contains("Own gives full access"));
    assert!(said("dana", 1, "A").contains("has other policies than"));
    assert!(said("dana", 3, "none").contains("No group is called none"));
    assert!(said("", 1, "PowerUsers").contains("the name is missing"));
    assert_eq!(said("dana", 3, "Readers"), "");
    // The facts may have changed since the form was completed.
    let form = daily(&facts, "ada", 1, "PowerUsers");
    let plan = Administrator.plan(ActionId::AddDailyUser, 0, Some(&form), &facts, NOW);
    assert!(plan.unwrap_err().contains("ada has full access"));
}

#[test]
fn existing_members_who_gain_permissions_make_the_review_careful() {
    let empty = Group { name: "PowerUsers".into(), ..Group::default() };
    let facts = facts(vec![signs_in("ada", &["A"]), signs_in("bea", &["PowerUsers"])], vec![empty]);
    let mut form = daily(&facts, "dana", 1, "PowerUsers");
    form.put(FieldId::ResetRequired, Value::Toggle(true));
    let plan = Administrator.plan(ActionId::AddDailyUser, 0, Some(&form), &facts, NOW).unwrap();
    let has = |words: &str| plan.notes.iter().any(|note| note.contains(words));
    assert!(has("who get PowerUserAccess: bea") && has("lets nobody change their own password"), "{:?}", plan.notes);
    assert_eq!(plan.consent, Consent::Careful);
}

#[test]
fn a_user_for_daily_work_is_offered_until_there_is_one() {
    let groups = || vec![carrying("A", "AdministratorAccess")];
    let offered = |users: Vec<User>| {
        let facts = facts(users, groups());
        let on_page = Administrator.view(&facts, 0, NOW).actions.iter().any(|a| a.id == ActionId::AddDailyUser);
        (on_page, Administrator.offers_beyond(&facts).is_some())
    };
    assert_eq!(offered(vec![signs_in("dana", &[])]), (false, false), "the administrator comes first");
    assert_eq!(offered(vec![signs_in("ada", &["A"])]), (true, true));
    assert_eq!(offered(vec![signs_in("ada", &["A"]), signs_in("dana", &[])]), (true, false));
}
