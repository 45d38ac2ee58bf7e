use super::*;
use crate::account::facts::{AccessKey, Group, LoginProfile, RolePolicies, SignIn};
use crate::account::{Credential, CredentialKind, Reading};

const NOON: Timestamp = time::macros::datetime!(2026-11-21 12:00 UTC);

fn known<T>(value: T) -> Reading<T> {
    Reading::Known { value, at: NOON }
}

fn caller(account: &str, resource: &str) -> Caller {
    let service = if resource.starts_with("assumed-role") || resource.starts_with("federated") { "sts" } else { "iam" };
    let arn = format!("arn:aws:{service}::{account}:{resource}");
    Caller {
        account: account.into(),
        principal: Principal::of_arn(&arn),
        arn,
        credential: Credential {
            access_key_id: "ASIAIOSFODNN7EXAMPLE".into(),
            kind: CredentialKind::Temporary,
            source: "a test".into(),
            base: None,
        },
        clock_ahead: None,
    }
}

/// Root is signed in. alice is an administrator; her password was set at noon and last used at `used`. bob has no
/// rights.
fn facts(used: Option<Timestamp>) -> Facts {
    let alice = User {
        name: "alice".into(),
        groups: vec!["admins".into()],
        sign_in: Some(SignIn {
            password: known(Some(LoginProfile { created: Some(NOON), reset_required: true })),
            devices: known(Vec::new()),
        }),
        password_used: known(used),
        ..User::default()
    };
    let bob = User { name: "bob".into(), password_used: known(Some(NOON)), ..User::default() };
    let policy = "arn:aws:iam::aws:policy/AdministratorAccess".to_owned();
    let group = Group { name: "admins".into(), attached_policies: vec![policy], ..Group::default() };
    Facts {
        caller: known(caller("123456789012", "root")),
        people: known(People { users: vec![alice, bob], groups: vec![group], ..People::default() }),
        ..Facts::default()
    }
}

fn accepted() -> SecondWay {
    SecondWay { how: ProofKind::Accepted, at: NOON }
}

#[test]
fn only_a_password_used_since_it_was_set_proves_a_way_in() {
    assert_eq!(second_way(&facts(None)), None);
    assert_eq!(second_way(&facts(Some(NOON - time::Duration::seconds(1)))), None, "that was the password before it");
    let way = second_way(&facts(Some(NOON + time::Duration::hours(1)))).expect("a sign-in");
    assert_eq!(way, SecondWay { how: ProofKind::Seen("alice".into()), at: NOON + time::Duration::hours(1) });
    assert_eq!(way.words(), "proven by alice's console sign-in, 2026-11-21");
}

#[test]
fn a_signed_in_administrator_is_a_way_in_and_root_is_not() {
    let mut facts = facts(None);
    assert_eq!(found(&facts), None);
    facts.caller = known(caller("123456789012", "user/bob"));
    assert_eq!(found(&facts), None, "bob may hardly anything");
    facts.caller = known(caller("123456789012", "assumed-role/Admin/ada"));
    assert_eq!(found(&facts), None, "what a role may was not read");
    facts.caller = known(caller("123456789012", "user/alice"));
    assert!(found(&facts).is_some_and(|way| way.words().contains("IAM user alice")));
}

#[test]
fn only_credentials_of_this_account_other_than_roots_prove_a_way_in() {
    let facts = facts(None);
    let by = |account: &str, resource: &str| SecondWay::by(&caller(account, resource), None, &facts, NOON);
    for (account, resource, said) in [
        ("210987654321", "user/alice", "another account: 210987654321"),
        ("123456789012", "root", "root again"),
        ("123456789012", "user/bob", "no AdministratorAccess"),
        ("123456789012", "federated-user/alice", "another user's credentials created"),
    ] {
        let error = by(account, resource).expect_err(resource);
        assert!(error.contains(said), "{error}");
    }
    assert!(by("123456789012", "user/alice").is_ok() && by("123456789012", "assumed-role/Admin/ada").is_ok());
    let china =
        Caller { arn: "arn:aws-cn:iam::123456789012:user/alice".into(), ..caller("123456789012", "user/alice") };
    assert!(SecondWay::by(&china, None, &facts, NOON).is_err());
    assert!(SecondWay::by(&caller("123456789012", "user/alice"), None, &Facts::default(), NOON).is_err());
}

#[test]
fn nobody_proves_a_way_in_whose_rights_are_unread_or_too_few() {
    let mut facts = facts(None);
    let by = |resource: &str, facts: &Facts| SecondWay::by(&caller("123456789012", resource), None, facts, NOON);
    let Reading::Known { value: people, .. } = &mut facts.people else { panic!() };
    let role = |name: &str, policy: &str| RolePolicies {
        name: name.into(),
        attached_policies: vec![format!("arn:aws:iam::{policy}")],
        ..RolePolicies::default()
    };
    people.roles = vec![
        role("Admin", "aws:policy/AdministratorAccess"),
        role("Audit", "aws:policy/SecurityAudit"),
        role("Own", "123456789012:policy/unread"),
    ];
    for name in ["Admin", "Own", "Elsewhere"] {
        assert!(by(&format!("assumed-role/{name}/ada"), &facts).is_ok(), "{name}");
    }
    assert!(by("assumed-role/Audit/ada", &facts).unwrap_err().contains("not an administrator"));
    let denied = Facts { people: Reading::Unread, ..facts };
    for resource in ["user/alice", "assumed-role/Admin/ada"] {
        assert!(by(resource, &denied).unwrap_err().contains("could not read whether"), "{resource}");
    }
}

#[test]
fn a_recorded_proof_counts_while_the_user_is_an_administrator() {
    let way = |name: &str| SecondWay { how: ProofKind::Seen(name.into()), at: NOON };
    let with = |way| Facts { second_way: Some(way), ..facts(None) };
    assert_eq!(second_way(&with(way("alice"))), Some(way("alice")));
    assert_eq!(second_way(&with(way("bob"))), None);
    assert_eq!(second_way(&Facts { people: Reading::Unread, ..with(way("bob")) }), Some(way("bob")), "nothing says no");
    assert_eq!(second_way(&with(accepted())), Some(accepted()));
    let seen = facts(Some(NOON + time::Duration::hours(1)));
    let better = second_way(&Facts { second_way: Some(accepted()), ..seen }).expect("proof");
    assert!(better.is_proof() && !accepted().is_proof(), "a proof is worth more than a risk");
}

#[test]
fn a_user_without_any_credential_is_no_way_in() {
    let without_password = |facts: &mut Facts| {
        let Reading::Known { value: people, .. } = &mut facts.people else { panic!() };
        people.users[0].sign_in.as_mut().unwrap().password = known(None);
    };
    let way = |how| SecondWay { how, at: NOON };
    let answered = || ProofKind::Answered { arn: "arn:aws:iam::123456789012:user/alice".into(), profile: None };
    let mut facts = facts(Some(NOON));
    for how in [ProofKind::Seen("alice".into()), answered()] {
        assert!(way(how).stands(&facts));
    }
    without_password(&mut facts);
    assert!(!way(ProofKind::Seen("alice".into())).stands(&facts), "it was the password's sign-in");
    assert!(way(answered()).stands(&facts), "a key may have answered, and nobody knows of keys yet");
    let key = |status| AccessKey { id: "AKIA1".into(), status, created: None, last_used: Reading::Unread };
    facts.user_keys.insert("alice".into(), known(vec![key(KeyStatus::Active)]));
    assert!(way(answered()).stands(&facts));
    facts.user_keys.insert("alice".into(), known(vec![key(KeyStatus::Inactive)]));
    assert!(!way(answered()).stands(&facts));
}
