//! Property tests of plans about users' credentials: you keep your own sign-in, an administrator with console
//! access remains, nobody is locked out unnamed, and no key in use is deleted.

use std::collections::BTreeMap;

use lockroot::account::facts::*;
use lockroot::account::*;
use lockroot::steps::{Plan, StepId};
use proptest::prelude::*;

const NOW: Timestamp = time::macros::datetime!(2026-11-21 12:00:00 UTC);
const USERS: [&str; 4] = ["ada", "bea", "cy", "dee"];
const ADMINISTRATOR: &str = "arn:aws:iam::aws:policy/AdministratorAccess";

fn read<T>(value: T) -> Reading<T> {
    Reading::Known { value, at: NOW }
}

/// The test's model of a user.
#[derive(Debug, Clone)]
struct Someone {
    is_administrator: bool,
    password: bool,
    device: bool,
    /// Days since the last use of the password.
    used: i64,
    /// For each key: whether it is active, and the days since its last use, if any.
    keys: Vec<(String, bool, Option<i64>)>,
}

impl Someone {
    fn has_a_way(&self) -> bool {
        self.password || self.keys.iter().any(|(_, active, _)| *active)
    }
}

type Account = BTreeMap<&'static str, Someone>;

fn someone(name: &'static str) -> impl Strategy<Value = Someone> {
    let key = (any::<bool>(), proptest::option::of(0i64..400));
    let flags = (any::<bool>(), any::<bool>(), any::<bool>());
    (flags, 0i64..400, proptest::collection::vec(key, 0..=2)).prop_map(move |(flags, used, keys)| {
        let (is_administrator, password, device) = flags;
        let id = |n: usize| format!("AKIA{}{n}", name.to_uppercase());
        let keys = keys.into_iter().enumerate().map(|(n, (active, used))| (id(n), active, used)).collect();
        Someone { is_administrator, password, device, used, keys }
    })
}

prop_compose! {
    fn account()(a in someone(USERS[0]), b in someone(USERS[1]), c in someone(USERS[2]), d in someone(USERS[3])) -> Account {
        USERS.into_iter().zip([a, b, c, d]).collect()
    }
}

fn days(days: i64) -> Timestamp {
    NOW - time::Duration::days(days)
}

fn row(name: &str, someone: &Someone) -> ReportRow {
    let none = || ReportKey { active: Field::Value(false), made: Field::NotApplicable, ..ReportKey::default() };
    let key = |(_, active, used): &(String, bool, Option<i64>)| ReportKey {
        active: Field::Value(*active),
        made: Field::Value(days(500)),
        used: used.map_or(Field::NotApplicable, |used| Field::Value(days(used))),
        ..ReportKey::default()
    };
    ReportRow {
        user: name.into(),
        created: Field::Value(days(900)),
        password: Field::Value(someone.password),
        password_used: Field::Value(days(someone.used)),
        mfa: Field::Value(someone.device),
        keys: std::array::from_fn(|n| someone.keys.get(n).map_or_else(none, key)),
        ..ReportRow::default()
    }
}

/// Facts with users as they are `now`, and a report of some hours ago that shows `then`.
fn facts(then: &Account, now: &Account, arn: &str) -> Facts {
    let user = |(name, someone): (&&str, &Someone)| {
        let profile = LoginProfile { created: None, reset_required: false };
        let serial = format!("arn:aws:iam::123456789012:mfa/{name}");
        let devices: Vec<MfaDevice> =
            someone.device.then_some(MfaDevice { serial, enabled: None }).into_iter().collect();
        User {
            name: (*name).into(),
            created: Some(days(900)),
            groups: someone.is_administrator.then(|| "admins".into()).into_iter().collect(),
            sign_in: Some(SignIn { password: read(someone.password.then_some(profile)), devices: read(devices) }),
            ..User::default()
        }
    };
    let key = |(id, active, used): &(String, bool, Option<i64>)| AccessKey {
        id: id.clone(),
        status: if *active { KeyStatus::Active } else { KeyStatus::Inactive },
        created: Some(days(500)),
        last_used: read(used.map(|used| LastUse { at: days(used), service: "s3".into(), region: "eu-west-1".into() })),
    };
    let keys = |(name, someone): (&&str, &Someone)| ((*name).to_owned(), read(someone.keys.iter().map(key).collect()));
    let admins = Group { name: "admins".into(), attached_policies: vec![ADMINISTRATOR.into()], ..Group::default() };
    Facts {
        caller: read(Caller {
            account: "123456789012".into(),
            arn: arn.into(),
            principal: Principal::of_arn(arn),
            credential: Credential {
                access_key_id: "ASIASESSION".into(),
                kind: CredentialKind::Temporary,
                source: "the test".into(),
                base: None,
            },
            clock_ahead: None,
        }),
        people: read(People { users: now.iter().map(user).collect(), groups: vec![admins], ..People::default() }),
        virtual_devices: read(Vec::new()),
        service_credentials: read(Vec::new()),
        credential_report: read(CredentialReport {
            generated: Some(NOW - time::Duration::hours(3)),
            rows: then.iter().map(|(name, someone)| row(name, someone)).collect(),
            ..CredentialReport::default()
        }),
        user_keys: now.iter().map(keys).collect(),
        ..Facts::default()
    }
}

/// The number of administrators with a console password.
fn count_console_administrators(account: &Account) -> usize {
    account.values().filter(|someone| someone.is_administrator && someone.password).count()
}

/// Applies a call as AWS documents it.
fn apply(account: &mut Account, change: &Change) {
    let of = |account: &Account, user: &str| *account.keys().find(|name| **name == user).expect("the user is there");
    match change {
        Change::SetKeyStatus { owner: Subject::User(user), key, status } => {
            let name = of(account, user);
            let keys = &mut account.get_mut(name).unwrap().keys;
            keys.iter_mut().find(|(id, ..)| id == key).expect("its own key").1 = *status == KeyStatus::Active;
        }
        Change::DeleteKey { owner: Subject::User(user), key } => {
            let name = of(account, user);
            let keys = &mut account.get_mut(name).unwrap().keys;
            let place = keys.iter().position(|(id, ..)| id == key).expect("its own key");
            let (_, active, used) = keys.remove(place);
            assert!(!active || used.is_none_or(|used| used >= AccessKey::IN_USE), "a key in use is deleted: {key}");
        }
        Change::DeleteLoginProfile { user } => {
            let name = of(account, user);
            assert!(std::mem::take(&mut account.get_mut(name).unwrap().password), "there is a password");
        }
        Change::CreateDevice { user: Some(user), .. } => {
            let name = of(account, user);
            account.get_mut(name).unwrap().device = true;
        }
        // A note: nobody's way in depends on it.
        Change::TagUser { .. } => {}
        other => panic!("no plan about credentials makes this call: {other:?}"),
    }
}

/// Applies `plan` and asserts that it breaks no rule.
fn carry_out(account: &mut Account, plan: &Plan, me: Option<&str>) {
    let before = account.clone();
    for call in &plan.calls {
        apply(account, &call.change);
    }
    assert!(
        count_console_administrators(account) >= count_console_administrators(&before).min(1),
        "the last administrator's way in went: {plan:?}"
    );
    for (name, was) in &before {
        let is = &account[name];
        if me == Some(name) {
            let count = |someone: &Someone| someone.keys.iter().filter(|(_, active, _)| *active).count();
            assert!(
                is.password == was.password && count(is) >= count(was),
                "who is signed in lost something: {plan:?}"
            );
        }
        let is_named = plan.notes.iter().any(|note| note.contains("can't sign in:") && note.contains(name));
        assert!(!was.has_a_way() || is.has_a_way() || is_named, "{name} is shut out unnamed: {plan:?}");
    }
}

proptest! {
    #![proptest_config(crate::support::cases::property(200, 2000))]

    #[test]
    fn no_choice_takes_a_required_way_in_away(
        then in account(),
        is_root in any::<bool>(),
        picks in proptest::collection::vec((0..9usize, 0..5usize), 0..16),
    ) {
        let step = StepId::Users.definition();
        let (arn, me) = if is_root {
            ("arn:aws:iam::123456789012:root", None)
        } else {
            ("arn:aws:iam::123456789012:user/ada", Some("ada"))
        };
        let mut now = then.clone();
        for (item, place) in picks {
            let known = facts(&then, &now, arn);
            let page = step.view(&known, item, NOW);
            let subjects: std::collections::BTreeSet<_> = (0..page.table.rows.len()).map(|row| page.table.subject(row)).collect();
            prop_assert_eq!(subjects.len(), page.table.rows.len(), "each row has a name of its own");
            let Some(action) = page.actions.get(place) else { continue };
            let plan = step.plan(action.id, item, None, &known, NOW);
            if action.blocked.is_some() {
                prop_assert!(plan.is_err(), "what is blocked can't be planned either: {:?}", action);
            }
            if let Ok(plan) = plan {
                prop_assert!(!plan.calls.is_empty());
                prop_assert!(plan.calls.iter().all(|call| step.changes().anybody.contains(&call.change.action())));
                carry_out(&mut now, &plan, me);
            }
        }
    }

    #[test]
    fn following_the_first_action_fixes_every_user(then in account()) {
        let step = StepId::Users.definition();
        let mut now = then.clone();
        for _ in 0..40 {
            let known = facts(&then, &now, "arn:aws:iam::123456789012:root");
            let page = step.view(&known, 0, NOW);
            if step.next_item(&known, NOW).is_none() {
                break;
            }
            // Skip Examine, which offers to deactivate a key in use.
            let change = |action: &&lockroot::steps::Action| {
                action.blocked.is_none() && action.id != lockroot::steps::ActionId::Examine
            };
            let action = page.actions.iter().find(change).expect("something can be done").id;
            carry_out(&mut now, &step.plan(action, 0, None, &known, NOW).unwrap(), None);
        }
        let known = facts(&then, &now, "arn:aws:iam::123456789012:root");
        prop_assert_eq!(step.next_item(&known, NOW), None, "{:?}", step.view(&known, 0, NOW).table);
    }
}
