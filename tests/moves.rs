//! Properties of the plans about people: whatever is there and whatever is answered, nobody is left with less than the plan
//! says, the last administrator stays one, and root is never touched.

use std::collections::{BTreeMap, BTreeSet};

use lockroot::account::facts::*;
use lockroot::account::*;
use lockroot::secret::Secret;
use lockroot::steps::{ActionId, FieldId, Form, Opening, StepId, Value};
use proptest::prelude::*;

const NOW: Timestamp = time::macros::datetime!(2026-11-21 12:00:00 UTC);
const POLICIES: [&str; 4] = [
    "arn:aws:iam::aws:policy/AdministratorAccess",
    "arn:aws:iam::aws:policy/ReadOnlyAccess",
    "arn:aws:iam::123456789012:policy/deploy",
    "arn:aws:iam::aws:policy/job-function/Billing",
];
const TEXTS: [&str; 3] = [
    r#"{"Version":"2012-10-17","Statement":[]}"#,
    r#"{ "Version": "2012-10-17", "Statement": [] }"#,
    r#"{"Version":"2012-10-17","Statement":[{"Effect":"Deny","Action":"s3:*","Resource":"*"}]}"#,
];
const GROUPS: [&str; 5] = ["Administrators", "ReadOnlyAccess", "ada-permissions", "deploy", "Billing"];
const USERS: [&str; 4] = ["administrator", "ada", "bea", "cy"];

fn read<T>(value: T) -> Reading<T> {
    Reading::Known { value, at: NOW }
}

fn policies() -> impl Strategy<Value = Vec<String>> {
    proptest::sample::subsequence(POLICIES.to_vec(), 0..=4)
        .prop_map(|arns| arns.into_iter().map(str::to_owned).collect())
}

fn texts() -> impl Strategy<Value = BTreeMap<String, String>> {
    proptest::collection::btree_map("[ab]", proptest::sample::select(TEXTS.to_vec()).prop_map(str::to_owned), 0..3)
}

fn group(name: &'static str) -> impl Strategy<Value = Group> {
    (policies(), texts()).prop_map(move |(attached_policies, inline_policies)| Group {
        name: name.into(),
        attached_policies,
        inline_policies,
    })
}

fn user(name: &'static str) -> impl Strategy<Value = User> {
    let member = proptest::sample::subsequence(GROUPS.to_vec(), 0..=4);
    let sign_in = (any::<bool>(), any::<bool>());
    (policies(), texts(), member, any::<bool>(), 0..12usize, 0..8u8, sign_in).prop_map(
        move |(attached_policies, inline, groups, untold, many, bounded, (password, device))| {
            let mut groups: Vec<String> = groups.into_iter().map(str::to_owned).collect();
            // Sometimes in as many groups as AWS allows.
            if many > 9 {
                groups.extend((groups.len()..10).map(|n| format!("other-{n}")));
            }
            let profile = LoginProfile { created: None, reset_required: false };
            let serial = format!("arn:aws:iam::123456789012:mfa/{name}");
            User {
                name: name.into(),
                attached_policies,
                inline_policies: inline.keys().cloned().collect(),
                inline_documents: if untold { BTreeMap::new() } else { inline },
                groups,
                boundary: (bounded == 0).then(|| POLICIES[1].to_owned()),
                sign_in: Some(SignIn {
                    password: read(password.then_some(profile)),
                    devices: read(device.then_some(MfaDevice { serial, enabled: None }).into_iter().collect()),
                }),
                ..User::default()
            }
        },
    )
}

prop_compose! {
    fn people()(
        users in (user(USERS[0]), user(USERS[1]), user(USERS[2])),
        groups in (group(GROUPS[0]), group(GROUPS[1]), group(GROUPS[2]), group(GROUPS[3])),
        kept in 0..5usize,
    ) -> People {
        let mut groups = vec![groups.0, groups.1, groups.2, groups.3];
        groups.truncate(kept);
        let others = (0..10).map(|n| Group { name: format!("other-{n}"), ..Group::default() });
        groups.extend(others);
        let mut users = vec![users.0, users.1, users.2];
        // A user is in no group that is not there.
        for user in &mut users {
            user.groups.retain(|name| groups.iter().any(|group| group.name == *name));
        }
        People { users, groups, ..People::default() }
    }
}

fn facts(people: &People) -> Facts {
    let arn = "arn:aws:iam::123456789012:root";
    Facts {
        caller: read(Caller {
            account: "123456789012".into(),
            arn: arn.into(),
            principal: Principal::Root,
            credential: Credential {
                access_key_id: "ASIASESSION".into(),
                kind: CredentialKind::Temporary,
                source: "the test".into(),
            },
            clock_ahead: None,
        }),
        people: read(people.clone()),
        virtual_devices: read(Vec::new()),
        password_policy: read(None),
        ..Facts::default()
    }
}

/// What a policy says, whatever its blanks.
fn plain(text: &str) -> String {
    text.split_whitespace().collect()
}

/// Everything that `user` is given: ARNs and texts. A text that AWS did not tell stands by its name.
fn given(people: &People, user: &User) -> BTreeSet<String> {
    let own = user.inline_policies.iter().map(|name| {
        user.inline_documents.get(name).map_or_else(|| format!("{}'s own {name}", user.name), |text| plain(text))
    });
    let mut given: BTreeSet<String> = user.attached_policies.iter().cloned().chain(own).collect();
    for group in user.groups.iter().filter_map(|name| people.group(name)) {
        given.extend(group.attached_policies.iter().cloned());
        given.extend(group.inline_policies.values().map(|text| plain(text)));
    }
    given
}

fn all_given(people: &People) -> BTreeMap<String, BTreeSet<String>> {
    people.users.iter().map(|user| (user.name.clone(), given(people, user))).collect()
}

/// Who can do everything: by a group or by an own policy, and not bounded.
fn masters(people: &People) -> usize {
    let is_master = |user: &&User| user.boundary.is_none() && given(people, user).contains(POLICIES[0]);
    people.users.iter().filter(is_master).count()
}

/// What a call does to people, as AWS documents it; what AWS would refuse fails the test.
fn apply(people: &mut People, change: &Change) {
    let there = |people: &People, group: &str| people.groups.iter().position(|g| g.name.eq_ignore_ascii_case(group));
    let user_of =
        |people: &People, user: &str| people.users.iter().position(|u| u.name == user).expect("the user is there");
    match change {
        Change::CreateGroup { group } => {
            assert_eq!(there(people, group), None, "it is not there yet");
            people.groups.push(Group { name: group.clone(), ..Group::default() });
        }
        Change::AttachGroupPolicy { group, policy } => {
            let place = there(people, group).expect("the group is there");
            people.groups[place].attached_policies.push(policy.clone());
        }
        Change::PutGroupPolicy { group, name, document } => {
            let place = there(people, group).expect("the group is there");
            people.groups[place].inline_policies.insert(name.clone(), document.clone());
        }
        Change::CreateUser { user, .. } => {
            assert!(people.user(user).is_none(), "it is not there yet");
            people.users.push(User { name: user.clone(), ..User::default() });
        }
        Change::AddUserToGroup { user, group } => {
            assert!(there(people, group).is_some(), "the group is there");
            let place = user_of(people, user);
            people.users[place].groups.push(group.clone());
            assert!(people.users[place].groups.len() <= 10, "AWS allows ten groups");
        }
        Change::DetachUserPolicy { user, policy } => {
            let place = user_of(people, user);
            people.users[place].attached_policies.retain(|arn| arn != policy);
        }
        Change::DeleteUserPolicy { user, name } => {
            let place = user_of(people, user);
            people.users[place].inline_policies.retain(|own| own != name);
            people.users[place].inline_documents.remove(name);
        }
        Change::CreateLoginProfile { user, reset_required, .. } | Change::SetPassword { user, reset_required, .. } => {
            let place = user_of(people, user);
            if let Some(sign_in) = &mut people.users[place].sign_in {
                sign_in.password = read(Some(LoginProfile { created: None, reset_required: *reset_required }));
            }
        }
        Change::CreateDevice { .. } | Change::CreateKey { .. } => {}
        other => panic!("no plan about people makes this call: {other:?}"),
    }
}

/// Carries out `calls` one by one: at no moment has anybody less than before, and there are never fewer administrators.
fn carry_out(people: &mut People, calls: &[lockroot::steps::Call]) {
    let before = all_given(people);
    let count = masters(people);
    for call in calls {
        apply(people, &call.change);
        for (name, had) in &before {
            let has = given(people, people.user(name).expect("nobody is deleted"));
            assert!(has.is_superset(had), "{name} lost something by {:?}", call.change);
        }
        assert!(masters(people) >= count, "an administrator fewer after {:?}", call.change);
        let is_device = matches!(call.change, Change::CreateDevice { .. });
        assert!(is_device || call.change.shows_in(&facts(people)) != Some(false), "it shows: {:?}", call.change);
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::with_cases(600) })]

    #[test]
    fn a_move_to_groups_takes_nothing_from_anybody(mut people in people(), picks in proptest::collection::vec((0..4usize, 0..4usize), 0..14)) {
        let step = StepId::Groups.definition();
        let before = all_given(&people);
        for (item, place) in picks {
            let page = step.page(&facts(&people), item, NOW);
            let Some(action) = page.actions.get(place) else { continue };
            if let Ok(plan) = step.plan(action.id, item, None, &facts(&people)) {
                prop_assert!(!plan.calls.is_empty());
                let detaches = |call: &lockroot::steps::Call| matches!(call.change, Change::DetachUserPolicy { .. } | Change::DeleteUserPolicy { .. });
                prop_assert!(plan.calls.iter().all(detaches) || !plan.calls.iter().any(detaches), "two reviews, a read between them");
                carry_out(&mut people, &plan.calls);
            }
        }
        prop_assert_eq!(all_given(&people), before, "nobody gained anything either");
    }

    #[test]
    fn moves_come_to_an_end_with_no_policy_on_any_user(mut people in people()) {
        let step = StepId::Groups.definition();
        for user in &mut people.users {
            // What AWS did not tell, or what has no room, is refused: another test's business.
            let known = &user.inline_documents;
            user.inline_policies.retain(|name| known.contains_key(name));
            user.groups.truncate(7);
        }
        for _ in 0..60 {
            let now = facts(&people);
            let Some(action) = step.page(&now, 0, NOW).actions.first().map(|action| action.id) else { break };
            let plan = step.plan(action, 0, None, &now).unwrap();
            // Broken off after the first call: the next look goes on from there.
            carry_out(&mut people, &plan.calls[..1]);
        }
        prop_assert!(people.users.iter().all(|user| user.attached_policies.is_empty() && user.inline_policies.is_empty()));
    }

    #[test]
    fn no_answer_in_the_administrators_form_takes_anything_away(
        mut people in people(),
        user in proptest::sample::select(USERS.to_vec()),
        group in proptest::sample::select(GROUPS.to_vec()),
        toggles in any::<[bool; 3]>(),
        action in proptest::sample::select(vec![ActionId::FillIn, ActionId::EnrolMfa, ActionId::ResetPassword]),
        item in 0..3usize,
    ) {
        let step = StepId::Administrator.definition();
        let now = facts(&people);
        let form = match step.open(action, &now) {
            Opening::Form(mut form) => {
                fill(&mut form, user, group, toggles);
                Some(form)
            }
            _ => None,
        };
        if let Ok(plan) = step.plan(action, item, form.as_ref(), &now) {
            carry_out(&mut people, &plan.calls);
            prop_assert!(plan.calls.iter().all(|call| step.changes().anybody.contains(&call.change.action())));
        }
    }
}

fn fill(form: &mut Form, user: &str, group: &str, [reset, key, deny]: [bool; 3]) {
    if form.field(FieldId::UserName).is_some() {
        form.put_text(FieldId::UserName, user);
        form.put_text(FieldId::GroupName, group);
        form.put(FieldId::AccessKey, Value::Toggle(key));
        form.put(FieldId::DenyUnlessMfa, Value::Toggle(deny));
    }
    form.put(FieldId::ResetRequired, Value::Toggle(reset));
    form.put(FieldId::GeneratedPassword, Value::Secret(Secret::generate(24)));
}

#[test]
fn a_group_that_says_more_than_a_user_is_not_taken_for_the_same() {
    // Two of the user's texts say the same, and so does one of the group's; the group's other says something else.
    let texts = |second: &str| -> BTreeMap<String, String> {
        [("a".to_owned(), TEXTS[0].to_owned()), ("b".to_owned(), second.to_owned())].into()
    };
    let offered = |second: &str| {
        let user = User {
            name: "bea".into(),
            inline_policies: vec!["a".into(), "b".into()],
            inline_documents: texts(TEXTS[1]),
            ..User::default()
        };
        let group = Group { name: "Administrators".into(), inline_policies: texts(second), ..Group::default() };
        let people = People { users: vec![user], groups: vec![group], ..People::default() };
        let page = StepId::Groups.definition().page(&facts(&people), 0, NOW);
        page.actions.iter().any(|action| action.id == ActionId::MoveToGroup)
    };
    assert!(offered(TEXTS[0]));
    assert!(!offered(TEXTS[2]), "bea would come to be denied what she was not");
}
