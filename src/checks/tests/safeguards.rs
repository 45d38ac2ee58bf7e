//! Policies that allow everything indirectly, credentials that no report lists, and the organization.

use super::*;

const ADMINISTRATOR: &str = "arn:aws:iam::aws:policy/AdministratorAccess";
const CLOUDSHELL: &str = "arn:aws:iam::aws:policy/AWSCloudShellFullAccess";
const ALL: &str = r#"{"Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}"#;
const SOME: &str = r#"{"Statement":{"Effect":"Allow","Action":"s3:*","Resource":"*"}}"#;
const BUT: &str = r#"{"Statement":{"Effect":"Allow","NotAction":"iam:*","Resource":"*"}}"#;

fn with(people: People) -> Facts {
    Facts { people: read(people), ..root() }
}

fn assess(id: &str, facts: &Facts) -> Assessment {
    let assessment = control(id).unwrap().assess(facts);
    assert!(assessment.verdict == Verdict::Unknown || !assessment.evidence.is_empty(), "{id}: {}", assessment.why);
    assessment
}

fn inline(text: &str) -> std::collections::BTreeMap<String, String> {
    [("policy".to_owned(), text.to_owned())].into()
}

fn user(text: &str) -> People {
    let alice = User {
        name: "alice".into(),
        inline_policies: vec!["policy".into()],
        inline_documents: inline(text),
        ..User::default()
    };
    People { users: vec![alice], ..People::default() }
}

fn group(text: &str) -> People {
    let group = Group { name: "staff".into(), inline_policies: inline(text), ..Group::default() };
    People { groups: vec![group], ..People::default() }
}

fn role(text: &str, path: &str) -> People {
    let inline_policies = [("policy".to_owned(), FullAdmin::of(text))].into();
    let role = RolePolicies { name: "deploy".into(), path: path.into(), inline_policies, ..RolePolicies::default() };
    People { roles: vec![role], ..People::default() }
}

#[test]
fn an_inline_policy_that_allows_everything_fails_for_every_holder() {
    for (people, holder) in [(user(ALL), "user alice"), (group(ALL), "group staff"), (role(ALL, "/"), "role deploy")] {
        let assessment = assess("inline-full-admin", &with(people));
        assert_eq!(assessment.verdict, Verdict::Fail);
        assert!(assessment.why.contains(holder), "{}", assessment.why);
    }
    for people in [user(SOME), group(SOME), role(SOME, "/"), People::default()] {
        assert_eq!(assess("inline-full-admin", &with(people)).verdict, Verdict::Pass);
    }
    for people in [user(BUT), group(BUT), role(BUT, "/"), group("")] {
        assert_eq!(assess("inline-full-admin", &with(people)).verdict, Verdict::Unknown);
    }
    let mut unsent = user(ALL);
    unsent.users[0].inline_documents.clear();
    assert_eq!(assess("inline-full-admin", &with(unsent)).verdict, Verdict::Unknown, "its text was not sent");
    for path in ["/aws-service-role/support.amazonaws.com/", "/aws-reserved/sso.amazonaws.com/"] {
        assert_eq!(assess("inline-full-admin", &with(role(ALL, path))).verdict, Verdict::Pass, "{path} is AWS's");
    }
}

fn attached(users: &[&str], groups: &[&str], roles: &[(&str, &str)]) -> Facts {
    let policies = |arn: &&str| vec![(*arn).to_owned()];
    let user = |arn| User { name: "alice".into(), attached_policies: policies(arn), ..User::default() };
    let group = |arn| Group { name: "staff".into(), attached_policies: policies(arn), ..Group::default() };
    let role = |(path, arn): &(&str, &str)| RolePolicies {
        name: "deploy".into(),
        path: (*path).into(),
        attached_policies: policies(arn),
        ..RolePolicies::default()
    };
    with(People {
        users: users.iter().map(user).collect(),
        groups: groups.iter().map(group).collect(),
        roles: roles.iter().map(role).collect(),
        ..People::default()
    })
}

#[test]
fn administrator_access_belongs_on_groups() {
    const ID: &str = "administrator-access-on-groups";
    let other = "arn:aws:iam::123456789012:policy/AdministratorAccess";
    for (facts, expected) in [
        (attached(&[], &[ADMINISTRATOR], &[]), Verdict::Pass),
        (attached(&[other], &[], &[("/", other)]), Verdict::Pass),
        (attached(&[], &[], &[("/aws-reserved/sso.amazonaws.com/", ADMINISTRATOR)]), Verdict::Pass),
        (attached(&[ADMINISTRATOR], &[], &[]), Verdict::Fail),
        (attached(&[ADMINISTRATOR], &[], &[("/", ADMINISTRATOR)]), Verdict::Fail),
        (attached(&[], &[], &[("/", ADMINISTRATOR)]), Verdict::Manual),
    ] {
        assert_eq!(assess(ID, &facts).verdict, expected, "{facts:?}");
    }
    let both = assess(ID, &attached(&[ADMINISTRATOR], &[], &[("/", ADMINISTRATOR)])).why;
    assert!(both.contains("user alice") && both.contains("role deploy"), "{both}");
}

#[test]
fn cloudshell_full_access_fails_on_users_groups_and_roles() {
    const ID: &str = "cloudshell-full-access";
    assert_eq!(assess(ID, &attached(&[ADMINISTRATOR], &[ADMINISTRATOR], &[])).verdict, Verdict::Pass);
    for (facts, holder) in [
        (attached(&[CLOUDSHELL], &[], &[]), "user alice"),
        (attached(&[], &[CLOUDSHELL], &[]), "group staff"),
        (attached(&[], &[], &[("/", CLOUDSHELL)]), "role deploy"),
    ] {
        let assessment = assess(ID, &facts);
        assert!(assessment.verdict == Verdict::Fail && assessment.why.contains(holder), "{}", assessment.why);
    }
}

#[test]
fn an_administrator_needs_a_device_that_is_not_virtual() {
    const ID: &str = "administrator-hardware-mfa";
    let with_devices = |serials: &[&str]| {
        let mut alice = administrator(true, 0);
        let device = |serial: &&str| MfaDevice { serial: (*serial).into(), enabled: None };
        let sign_in = alice.sign_in.as_mut().unwrap();
        sign_in.devices = read(serials.iter().map(device).collect());
        Facts { people: people(vec![alice]), ..root() }
    };
    let (app, passkey) = ("arn:aws:iam::123456789012:mfa/alice", "arn:aws:iam::123456789012:u2f/user/alice/key");
    assert_eq!(assess(ID, &with_devices(&[])).verdict, Verdict::Fail);
    assert_eq!(assess(ID, &with_devices(&[app])).verdict, Verdict::Fail);
    assert_eq!(assess(ID, &with_devices(&[app, passkey])).verdict, Verdict::Pass);
    assert_eq!(assess(ID, &with_devices(&["GAHT12345678"])).verdict, Verdict::Pass);
    let nobody = Facts { people: people(vec![administrator(false, 0)]), ..root() };
    assert_eq!(assess(ID, &nobody).verdict, Verdict::NotApplicable);
    let mut unread = administrator(true, 0);
    unread.sign_in.as_mut().unwrap().devices = denied();
    assert_eq!(assess(ID, &Facts { people: people(vec![unread]), ..root() }).verdict, Verdict::Unknown);
    let alone = || User { groups: vec![], ..administrator(true, 1) };
    let directly = User { attached_policies: vec![ADMINISTRATOR.into()], ..alone() };
    assert_eq!(assess(ID, &Facts { people: people(vec![directly]), ..root() }).verdict, Verdict::Fail, "by any path");
    let unsent = User { inline_policies: vec!["p".into()], ..alone() };
    assert_eq!(assess(ID, &Facts { people: people(vec![unsent]), ..root() }).verdict, Verdict::Unknown);
}

#[test]
fn a_server_certificate_expires_to_the_second() {
    const ID: &str = "server-certificates-expired";
    let facts = |expires: &[Option<Timestamp>]| {
        let one = |expires: &Option<Timestamp>| ServerCertificate { name: "www".into(), expires: *expires };
        Facts { server_certificates: read(expires.iter().map(one).collect()), ..root() }
    };
    let now = datetime!(2026-11-21 12:00 UTC);
    let second = time::Duration::SECOND;
    assert_eq!(assess(ID, &facts(&[])).verdict, Verdict::NotApplicable);
    assert_eq!(assess(ID, &facts(&[Some(now + second)])).verdict, Verdict::Pass);
    assert_eq!(assess(ID, &facts(&[Some(now + second), Some(now)])).verdict, Verdict::Fail);
    assert_eq!(assess(ID, &facts(&[Some(now + second), None])).verdict, Verdict::Unknown);
    assert_eq!(assess(ID, &facts(&[None, Some(now)])).verdict, Verdict::Fail);
}

#[test]
fn a_service_credential_counts_while_it_is_usable() {
    const ID: &str = "long-term-service-credentials";
    let now = datetime!(2026-11-21 12:00 UTC);
    let facts = |all: &[(KeyStatus, Option<Timestamp>)]| {
        let one = |(status, expires): &(KeyStatus, Option<Timestamp>)| ServiceCredential {
            id: "ACCAEXAMPLE".into(),
            user: "alice".into(),
            service: "bedrock.amazonaws.com".into(),
            status: status.clone(),
            expires: *expires,
        };
        Facts { service_credentials: read(all.iter().map(one).collect()), ..root() }
    };
    let (hour, expired) = (time::Duration::HOUR, KeyStatus::Other("Expired".into()));
    for (all, expected) in [
        (vec![], Verdict::Pass),
        (vec![(KeyStatus::Inactive, None)], Verdict::Pass),
        (vec![(expired, Some(now - hour))], Verdict::Pass),
        (vec![(KeyStatus::Active, Some(now - hour))], Verdict::Pass),
        (vec![(KeyStatus::Active, Some(now + hour))], Verdict::Fail),
        (vec![(KeyStatus::Inactive, None), (KeyStatus::Active, None)], Verdict::Fail),
        (vec![(KeyStatus::Other("Pending".into()), None)], Verdict::Unknown),
    ] {
        let assessment = assess(ID, &facts(&all));
        assert_eq!(assessment.verdict, expected, "{all:?}");
        assert!(expected != Verdict::Fail || assessment.why.contains("alice (bedrock.amazonaws.com)"));
    }
}

#[test]
fn the_organization_is_known_from_iams_answer() {
    let features = |credentials, sessions| CentralRoot::Features { credentials, sessions };
    for (central, member, sessions) in [
        (CentralRoot::NoOrganization, Verdict::Manual, Verdict::NotApplicable),
        (CentralRoot::Member, Verdict::Pass, Verdict::NotApplicable),
        (CentralRoot::NoTrustedAccess, Verdict::Pass, Verdict::Fail),
        (CentralRoot::NotAllFeatures, Verdict::Pass, Verdict::Fail),
        (features(true, false), Verdict::Pass, Verdict::Fail),
        (features(true, true), Verdict::Pass, Verdict::Pass),
        (features(false, true), Verdict::Pass, Verdict::Pass),
    ] {
        let facts = Facts { central_root: read(central.clone()), ..root() };
        assert_eq!(assess("in-organization", &facts).verdict, member, "{central:?}");
        assert_eq!(assess("root-sessions", &facts).verdict, sessions, "{central:?}");
    }
}

#[test]
fn console_passwords_of_users_are_manual() {
    const ID: &str = "federated-sign-in";
    let facts = |passwords: Vec<Field<bool>>| {
        let row = |password| ReportRow { password, ..super::users::row("alice") };
        super::users::facts(passwords.into_iter().map(row).collect())
    };
    for (passwords, expected) in [
        (vec![], Verdict::Pass),
        (vec![Field::Value(false)], Verdict::Pass),
        (vec![Field::Value(false), Field::Value(true)], Verdict::Manual),
        (vec![Field::Absent], Verdict::Unknown),
        (vec![Field::Absent, Field::Value(true)], Verdict::Manual),
    ] {
        assert_eq!(assess(ID, &facts(passwords.clone())).verdict, expected, "{passwords:?}");
    }
}
