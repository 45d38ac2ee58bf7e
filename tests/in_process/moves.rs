//! Property tests of plans about people: nobody gets less than the plan says, the last administrator stays one, and
//! root is never changed.

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
        // A user is only in groups that exist.
        for user in &mut users {
            user.groups.retain(|name| groups.iter().any(|group| group.name == *name));
        }
        People { users, groups, ..People::default() }
    }
}

/// Who can be signed in: root, a user, or a role that a user's key assumed.
const CALLERS: [(&str, Option<&str>); 3] = [
    ("arn:aws:iam::123456789012:root", None),
    ("arn:aws:iam::123456789012:user/ada", None),
    ("arn:aws:sts::123456789012:assumed-role/admin/ada", Some("AKIAADA")),
];

fn facts(people: &People) -> Facts {
    facts_as(people, CALLERS[0])
}

fn facts_as(people: &People, (arn, base): (&str, Option<&str>)) -> Facts {
    let key = AccessKey { id: "AKIAADA".into(), status: KeyStatus::Active, created: Some(NOW), last_used: read(None) };
    Facts {
        caller: read(Caller {
            account: "123456789012".into(),
            arn: arn.into(),
            principal: Principal::of_arn(arn),
            credential: Credential {
                access_key_id: "ASIASESSION".into(),
                kind: CredentialKind::Temporary,
                source: "the test".into(),
                base: base.map(str::to_owned),
            },
            clock_ahead: None,
        }),
        people: read(people.clone()),
        virtual_devices: read(Vec::new()),
        password_policy: read(None),
        user_keys: [("ada".to_owned(), read(vec![key]))].into(),
        ..Facts::default()
    }
}

/// A policy without its white space.
fn without_blanks(text: &str) -> String {
    text.split_whitespace().collect()
}

/// All policies of `user`, own and through groups: ARNs and documents. An unread document counts by its name.
fn given(people: &People, user: &User) -> BTreeSet<String> {
    let own = user.inline_policies.iter().map(|name| {
        user.inline_documents
            .get(name)
            .map_or_else(|| format!("{}'s own {name}", user.name), |text| without_blanks(text))
    });
    let mut given: BTreeSet<String> = user.attached_policies.iter().cloned().chain(own).collect();
    for group in user.groups.iter().filter_map(|name| people.group(name)) {
        given.extend(group.attached_policies.iter().cloned());
        given.extend(group.inline_policies.values().map(|text| without_blanks(text)));
    }
    given
}

fn all_given(people: &People) -> BTreeMap<String, BTreeSet<String>> {
    people.users.iter().map(|user| (user.name.clone(), given(people, user))).collect()
}

/// Users with AdministratorAccess, own or through a group, and without a boundary.
fn count_administrators(people: &People) -> usize {
    let is_administrator = |user: &&User| user.boundary.is_none() && given(people, user).contains(POLICIES[0]);
    people.users.iter().filter(is_administrator).count()
}

/// The same, of those with a console password.
fn count_with_password(people: &People) -> usize {
    let has_password =
        |user: &User| user.sign_in.as_ref().is_some_and(|sign_in| matches!(sign_in.password.known(), Some(Some(_))));
    let users = people.users.iter().filter(|user| has_password(user)).cloned().collect();
    count_administrators(&People { users, ..people.clone() })
}

/// Applies a call as AWS documents it. Panics if AWS would refuse it.
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
        Change::CreateUser { user, tags } => {
            assert!(people.user(user).is_none(), "it is not there yet");
            let sign_in = Some(SignIn { password: read(None), devices: read(Vec::new()) });
            people.users.push(User { name: user.clone(), tags: tags.clone(), sign_in, ..User::default() });
        }
        Change::TagUser { user, tags } => {
            let place = user_of(people, user);
            for tag in tags {
                let own = &mut people.users[place].tags;
                // Only the note of a review is replaced.
                own.retain(|own| own.key != tag.key || !own.key.starts_with("lockroot:reviewed:"));
                assert!(!own.iter().any(|own| own.key.eq_ignore_ascii_case(&tag.key)), "no tag is written over");
                own.push(tag.clone());
            }
        }
        Change::AddUserToGroup { user, group } => {
            assert!(there(people, group).is_some(), "the group is there");
            let place = user_of(people, user);
            people.users[place].groups.push(group.clone());
            assert!(people.users[place].groups.len() <= 10, "AWS allows ten groups");
        }
        Change::RemoveUserFromGroup { user, group } => {
            let place = user_of(people, user);
            assert!(people.users[place].groups.contains(group), "{user} is in {group}");
            people.users[place].groups.retain(|name| name != group);
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
        Change::CreateDevice { .. } | Change::CreateKey { .. } | Change::ResyncDevice { .. } => {}
        other => panic!("no plan about people makes this call: {other:?}"),
    }
}

/// Applies `calls` one by one. Panics if a call takes a permission from a user or an administrator from the account.
fn carry_out(people: &mut People, calls: &[lockroot::steps::Call]) {
    let before = all_given(people);
    let count = count_administrators(people);
    for call in calls {
        apply(people, &call.change);
        for (name, had) in &before {
            let has = given(people, people.user(name).expect("nobody is deleted"));
            assert!(has.is_superset(had), "{name} lost something by {:?}", call.change);
        }
        assert!(count_administrators(people) >= count, "an administrator fewer after {:?}", call.change);
        let is_device = matches!(call.change, Change::CreateDevice { .. });
        assert!(is_device || call.change.shows_in(&facts(people)) != Some(false), "it shows: {:?}", call.change);
    }
}

/// Applies the calls of a plan that gives `user` less. Panics if the user loses something before joining `group`, if another
/// user loses anything, or if a call does not show.
fn give_less(people: &mut People, calls: &[lockroot::steps::Call], user: &str, group: &str) {
    let before = people.clone();
    let is_in = |people: &People| people.user(user).unwrap().groups.iter().any(|name| name == group);
    for call in calls {
        apply(people, &call.change);
        let has = given(people, people.user(user).unwrap());
        let has_all = has.is_superset(&given(&before, before.user(user).unwrap()));
        assert!(has_all || is_in(people), "{user} joins {group} first: {calls:?}");
        assert_ne!(call.change.shows_in(&facts(people)), Some(false), "it shows: {:?}", call.change);
    }
    assert!(is_in(people), "{user} is in {group}: {calls:?}");
    for was in before.users.iter().filter(|was| was.name != user) {
        let has = given(people, people.user(&was.name).unwrap());
        assert!(has.is_superset(&given(&before, was)), "{} lost something: {calls:?}", was.name);
    }
}

proptest! {
    #![proptest_config(crate::support::cases::property(100, 600))]

    #[test]
    fn a_move_to_groups_changes_nobodys_permissions(mut people in people(), picks in proptest::collection::vec((0..4usize, 0..4usize), 0..14)) {
        let step = StepId::Users.definition();
        let before = all_given(&people);
        for (item, place) in picks {
            let page = step.view(&facts(&people), item, NOW);
            let Some(action) = page.actions.get(place) else { continue };
            if let Ok(plan) = step.plan(action.id, item, None, &facts(&people), NOW) {
                prop_assert!(!plan.calls.is_empty());
                let detaches = |call: &lockroot::steps::Call| matches!(call.change, Change::DetachUserPolicy { .. } | Change::DeleteUserPolicy { .. });
                prop_assert!(plan.calls.iter().all(detaches) || !plan.calls.iter().any(detaches), "two reviews, a read between them");
                carry_out(&mut people, &plan.calls);
            }
        }
        prop_assert_eq!(all_given(&people), before, "nobody gained anything either");
    }

    #[test]
    fn repeated_moves_leave_no_policy_on_any_user(mut people in people()) {
        let step = StepId::Users.definition();
        for user in &mut people.users {
            // Plans with unread policies or too many groups are refused, which other tests prove.
            let known = &user.inline_documents;
            user.inline_policies.retain(|name| known.contains_key(name));
            user.groups.truncate(7);
        }
        for _ in 0..60 {
            let now = facts(&people);
            let Some(item) = step.next_item(&now, NOW) else { break };
            let action = step.view(&now, item, NOW).actions[0].id;
            let plan = step.plan(action, item, None, &now, NOW).unwrap();
            // Only the first call is made. The next plan continues from there.
            carry_out(&mut people, &plan.calls[..1]);
        }
        prop_assert!(people.users.iter().all(|user| user.attached_policies.is_empty() && user.inline_policies.is_empty()));
    }

    #[test]
    fn no_answer_in_the_administrator_form_takes_permissions_away(
        mut people in people(),
        users in proptest::sample::subsequence(USERS.to_vec(), 1..=4),
        group in proptest::sample::select(GROUPS.to_vec()),
        tags in proptest::sample::select(vec!["", "team=red", "Team=blue, cost=42"]),
        tagged in any::<bool>(),
        toggles in any::<[bool; 3]>(),
        action in proptest::sample::select(ACTIONS.to_vec()),
        item in 0..3usize,
        devices in proptest::collection::vec((0..4usize, 0..3u8), 0..4),
    ) {
        let step = StepId::Administrator.definition();
        if tagged {
            people.users[0].tags = vec![Tag { key: "team".into(), value: "green".into() }];
        }
        let before = people.clone();
        let now = Facts { virtual_devices: read(virtual_devices(&devices)), ..facts(&people) };
        let form = match step.open(action, item, &now) {
            Opening::Form(mut form) => {
                fill(&mut form, &users.join(" "), group, toggles);
                form.put_text(FieldId::Tags, tags);
                form.put_text(FieldId::FirstCode, "123456");
                form.put_text(FieldId::SecondCode, "654321");
                Some(form)
            }
            _ => None,
        };
        if let Ok(plan) = step.plan(action, item, form.as_ref(), &now, NOW) {
            prop_assert!(plan.calls.iter().all(|call| step.changes().anybody.contains(&call.change.action())));
            assert_root_and_owned_devices_are_kept(&plan, now.virtual_devices.known().unwrap());
            let others: Vec<_> = plan.calls.into_iter().filter(|call| !is_of_device(&call.change)).collect();
            carry_out(&mut people, &others);
            if action == ActionId::AddDailyUser {
                prop_assert_eq!(count_administrators(&people), count_administrators(&before), "daily work makes no administrator");
            }
            for was in &before.users {
                let is = people.user(&was.name).unwrap();
                prop_assert!(was.tags.iter().all(|tag| is.tags.contains(tag)), "tags stay as they are");
            }
            if action == ActionId::FillIn {
                assert_planned_users_are_administrators(&people, &users, group);
            }
        }
    }

    #[test]
    fn fewer_permissions_concern_one_user_and_an_administrator_stays(
        mut people in people(),
        caller in proptest::sample::select(CALLERS.to_vec()),
        item in 0..8usize,
        chosen in 0..4usize,
        group in proptest::sample::select(GROUPS.to_vec()),
        left in proptest::option::of(proptest::sample::subsequence(GROUPS.to_vec(), 0..=4)),
    ) {
        let step = StepId::Users.definition();
        let now = facts_as(&people, caller);
        let page = step.view(&now, item, NOW);
        let action = page.actions.iter().find(|action| action.id == ActionId::ReducePermissions);
        let Some(action) = action else { return Ok(()) };
        let user = page.table.rows[item][0].clone();
        let Opening::Form(mut form) = step.open(action.id, item, &now) else { panic!("a form") };
        let Some(Value::Choice { options, .. }) = form.field(FieldId::SmallerPolicy).map(|field| field.value.clone()) else {
            panic!("a choice")
        };
        form.put(FieldId::SmallerPolicy, Value::Choice { options, chosen });
        form.put_text(FieldId::GroupName, group);
        if let Some(left) = left.filter(|_| form.field(FieldId::GroupsLeft).is_some()) {
            form.put_text(FieldId::GroupsLeft, left.join(" "));
        }
        let plan = step.plan(action.id, item, Some(&form), &now, NOW);
        prop_assert!(action.blocked.is_none() || plan.is_err(), "a blocked action can't be planned");
        if let Ok(plan) = plan {
            prop_assert!(plan.calls.iter().all(|call| step.changes().anybody.contains(&call.change.action())));
            prop_assert!(user != "ada" || caller == CALLERS[0], "the session does not depend on that user");
            let before = count_with_password(&people);
            give_less(&mut people, &plan.calls, &user, group);
            prop_assert!(count_with_password(&people) >= before.min(1), "no administrator can sign in to the console");
        }
    }

    #[test]
    fn groups_for_self_service_and_for_support_take_no_permissions_away(
        mut people in people(),
        users in proptest::sample::subsequence(USERS.to_vec(), 0..=4),
        group in proptest::sample::select(GROUPS.to_vec()),
        is_support in any::<bool>(),
    ) {
        let (step, action, field) = if is_support {
            (StepId::Watchers.definition(), ActionId::FillIn, FieldId::Members)
        } else {
            (StepId::Users.definition(), ActionId::AllowSelfService, FieldId::UserName)
        };
        let now = Facts { support: read(PolicyHolders::default()), ..facts(&people) };
        let form_of = |item| match step.open(action, item, &now) {
            Opening::Form(form) if form.field(field).is_some() => Some((item, form)),
            _ => None,
        };
        let mut rows = 0..step.view(&now, 0, NOW).table.rows.len();
        let Some((item, mut form)) = rows.find_map(form_of) else { return Ok(()) };
        form.put_text(field, users.join(" "));
        form.put_text(FieldId::GroupName, group);
        if !step.problems(&form, &now).is_empty() {
            return Ok(());
        }
        if let Ok(plan) = step.plan(action, item, Some(&form), &now, NOW) {
            prop_assert!(plan.calls.iter().all(|call| step.changes().anybody.contains(&call.change.action())));
            carry_out(&mut people, &plan.calls);
            for user in users {
                prop_assert!(people.user(user).unwrap().groups.iter().any(|name| name == group), "{user} is in {group}");
            }
        }
    }

    #[test]
    fn an_interrupted_plan_continues_with_its_remaining_calls(
        mut people in people(),
        users in proptest::sample::subsequence(USERS.to_vec(), 1..=4),
        group in proptest::sample::select(GROUPS.to_vec()),
        toggles in any::<[bool; 3]>(),
        done in 0..20usize,
    ) {
        let step = StepId::Administrator.definition();
        let plan = |people: &People| {
            let now = facts(people);
            let Opening::Form(mut form) = step.open(ActionId::FillIn, 0, &now) else { panic!("a form") };
            // Without keys and devices: each plan creates new ones.
            fill(&mut form, &users.join(" "), group, [toggles[0], false, toggles[2]]);
            let plan = step.plan(ActionId::FillIn, 0, Some(&form), &now, NOW)?;
            Ok::<_, String>(plan.calls.into_iter().filter(|call| !is_of_device(&call.change)).collect::<Vec<_>>())
        };
        if let Ok(calls) = plan(&people) {
            let done = done.min(calls.len());
            carry_out(&mut people, &calls[..done]);
            let rest = plan(&people).unwrap_or_default();
            let words = |calls: &[lockroot::steps::Call]| calls.iter().map(|call| call.change.words()).collect::<Vec<_>>();
            prop_assert_eq!(words(&rest), words(&calls[done..]), "no call twice, none forgotten");
        }
    }
}

const ACTIONS: [ActionId; 5] =
    [ActionId::FillIn, ActionId::AddDailyUser, ActionId::EnrolMfa, ActionId::ResetPassword, ActionId::ResyncMfa];

/// Devices with the users' names. Their owner is root, a stranger or nobody.
fn virtual_devices(picks: &[(usize, u8)]) -> Vec<VirtualDevice> {
    let device = |(name, owner): &(usize, u8)| VirtualDevice {
        serial: format!("arn:aws:iam::123456789012:mfa/{}", USERS[*name]),
        owner: match owner {
            0 => DeviceOwner::Nobody,
            1 => DeviceOwner::Root,
            _ => DeviceOwner::User("stranger".into()),
        },
        enabled: None,
    };
    let mut devices: Vec<VirtualDevice> = picks.iter().map(device).collect();
    devices.sort_by(|one, other| one.serial.cmp(&other.serial));
    devices.dedup_by(|one, other| one.serial == other.serial);
    devices
}

fn is_of_device(change: &Change) -> bool {
    matches!(change, Change::CreateDevice { .. } | Change::DeleteDevice { .. })
}

/// The plan changes nothing of root, deletes only devices without an owner, and gives each new device a free name.
fn assert_root_and_owned_devices_are_kept(plan: &lockroot::steps::Plan, devices: &[VirtualDevice]) {
    let mut names: BTreeSet<String> =
        devices.iter().map(|device| device.serial.rsplit('/').next().unwrap().to_owned()).collect();
    for call in &plan.calls {
        match &call.change {
            Change::DeleteDevice { serial } => {
                let found = devices.iter().find(|device| device.serial == *serial).expect("it is there");
                assert_eq!(found.owner, DeviceOwner::Nobody, "{serial}");
                names.remove(serial.rsplit('/').next().unwrap());
            }
            Change::CreateDevice { name, .. } => assert!(names.insert(name.clone()), "{name} is free"),
            change => {
                let words = format!("{change:?}");
                assert!(!words.contains("Root") && !words.contains(":root"), "{words}");
            }
        }
    }
}

/// Each planned user can sign in and is in the group, which carries AdministratorAccess.
fn assert_planned_users_are_administrators(people: &People, users: &[&str], group: &str) {
    assert!(people.group(group).is_some_and(Group::carries_administrator_access));
    for name in users {
        let user = people.user(name).expect("it is there");
        assert!(user.groups.iter().any(|own| own == group), "{name} is in {group}");
        let password = &user.sign_in.as_ref().expect("it was read").password;
        assert!(matches!(password.known(), Some(Some(_))), "{name} has a password");
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
    while form.lacks_passwords() > 0 {
        form.keep_made(Secret::generate(24));
    }
}

#[test]
fn a_group_with_a_policy_the_user_lacks_is_not_offered() {
    // Both policies of the user have the text of the group's first one. The group's second one differs.
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
        let page = StepId::Users.definition().view(&facts(&people), 0, NOW);
        page.actions.iter().any(|action| action.id == ActionId::MoveToGroup)
    };
    assert!(offered(TEXTS[0]));
    assert!(!offered(TEXTS[2]), "the group would deny bea more than today");
}
