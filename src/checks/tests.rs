//! For every control: pass, fail, unknown and not applicable, from facts written out by hand.

mod account;
mod identity_center;
mod passwords;
mod peers;
mod regional;
mod root;
mod root_use;
mod safeguards;
mod users;

use time::macros::datetime;

use super::*;
use crate::account::facts::*;
use crate::account::*;

fn read<T>(value: T) -> Reading<T> {
    Reading::Known { value, at: datetime!(2026-11-21 12:00 UTC) }
}

fn denied<T>() -> Reading<T> {
    let mut failure = Failure::new(Fault::AccessDenied, "iam:Anything", "not authorized");
    failure.code = Some("AccessDenied".into());
    Reading::Failed(failure)
}

fn caller(arn: &str) -> Reading<Caller> {
    read(Caller {
        account: "123456789012".into(),
        arn: arn.into(),
        principal: Principal::of_arn(arn),
        credential: Credential {
            access_key_id: "ASIAEXAMPLE".into(),
            kind: CredentialKind::Temporary,
            source: "test".into(),
            base: None,
        },
        clock_ahead: None,
    })
}

fn summary(numbers: &[(&str, i32)]) -> Reading<Summary> {
    read(Summary(numbers.iter().map(|(name, number)| ((*name).to_owned(), *number)).collect()))
}

fn key(status: KeyStatus) -> AccessKey {
    AccessKey { id: "AKIAEXAMPLE".into(), status, created: None, last_used: read(None) }
}

fn administrator(password: bool, devices: usize) -> User {
    let device = MfaDevice { serial: "arn:aws:iam::123456789012:mfa/alice".into(), enabled: None };
    User {
        name: "alice".into(),
        groups: vec!["Administrators".into()],
        sign_in: Some(SignIn {
            password: read(password.then_some(LoginProfile { created: None, reset_required: false })),
            devices: read(vec![device; devices]),
        }),
        ..User::default()
    }
}

fn people(users: Vec<User>) -> Reading<People> {
    let policy = "arn:aws:iam::aws:policy/AdministratorAccess".to_owned();
    read(People {
        users,
        groups: vec![Group { name: "Administrators".into(), attached_policies: vec![policy], ..Group::default() }],
        ..People::default()
    })
}

fn root() -> Facts {
    Facts { caller: caller("arn:aws:iam::123456789012:root"), ..Facts::default() }
}

fn verdict(id: &str, facts: &Facts) -> Verdict {
    let assessment = control(id).unwrap().assess(facts);
    assert!(!assessment.why.is_empty());
    assert_eq!(assessment.fix.is_some(), assessment.verdict == Verdict::Fail, "{id}: a fix goes with a failure");
    assessment.verdict
}

#[test]
fn nothing_unread_passes() {
    for control in CONTROLS {
        assert_eq!(verdict(control.id, &root()), Verdict::Unknown, "{}", control.id);
        assert_eq!(verdict(control.id, &Facts::default()), Verdict::Unknown, "{}", control.id);
    }
}

#[test]
fn a_denied_read_is_never_a_pass_and_never_a_fail() {
    let facts = Facts {
        alias: denied(),
        summary: denied(),
        root_keys: denied(),
        root_devices: denied(),
        virtual_devices: denied(),
        contacts: [denied(), denied(), denied()],
        contact_information: denied(),
        people: denied(),
        password_policy: denied(),
        credential_report: denied(),
        trails: denied(),
        root_activity: denied(),
        central_root: denied(),
        support: denied(),
        server_certificates: denied(),
        service_credentials: denied(),
        guard_duty: denied(),
        security_hub: denied(),
        access_analyzers: denied(),
        root_rules: denied(),
        log_alarms: denied(),
        ..root()
    };
    for control in CONTROLS {
        let assessment = control.assess(&facts);
        assert_eq!(assessment.verdict, Verdict::Unknown, "{}", control.id);
        assert!(assessment.why.contains("AccessDenied"), "{}: {}", control.id, assessment.why);
    }
}

#[test]
fn root_keys_count_active_or_not() {
    let with = |present: i32, keys: Option<Vec<AccessKey>>| Facts {
        summary: summary(&[("AccountAccessKeysPresent", present)]),
        root_keys: keys.map_or(Reading::Closed("only root can list its own access keys"), read),
        ..root()
    };
    assert_eq!(verdict("root-access-keys", &with(0, Some(vec![]))), Verdict::Pass);
    assert_eq!(verdict("root-access-keys", &with(0, None)), Verdict::Pass, "an administrator sees the summary only");
    assert_eq!(verdict("root-access-keys", &with(1, None)), Verdict::Fail);
    assert_eq!(verdict("root-access-keys", &with(1, Some(vec![key(KeyStatus::Inactive)]))), Verdict::Fail);
    assert_eq!(
        verdict("root-access-keys", &with(0, Some(vec![key(KeyStatus::Active)]))),
        Verdict::Unknown,
        "they disagree"
    );
    assert_eq!(verdict("root-access-keys", &with(1, Some(vec![]))), Verdict::Unknown, "they disagree");
    let silent = Facts { summary: summary(&[]), root_keys: Reading::Closed("not root"), ..root() };
    assert_eq!(verdict("root-access-keys", &silent), Verdict::Unknown, "an absent number is not zero");
    let china = Facts { caller: caller("arn:aws-cn:iam::123456789012:user/a"), ..Facts::default() };
    assert_eq!(verdict("root-access-keys", &china), Verdict::NotApplicable);
}

#[test]
fn root_certificates_count_active_or_not() {
    use crate::account::facts::SigningCertificate;
    let with = |present: Option<i32>, listed: Option<usize>| {
        let numbers: Vec<(&str, i32)> =
            present.into_iter().map(|count| ("AccountSigningCertificatesPresent", count)).collect();
        let certificate = SigningCertificate { id: "TEST".into(), status: KeyStatus::Inactive, uploaded: None };
        let closed = Reading::Closed("only root can list its own signing certificates");
        let root_certificates = listed.map_or(closed, |count| read(vec![certificate; count]));
        verdict("root-signing-certificates", &Facts { summary: summary(&numbers), root_certificates, ..root() })
    };
    for (present, listed, wanted) in [
        (Some(0), None, Verdict::Pass),
        (Some(0), Some(0), Verdict::Pass),
        (None, Some(0), Verdict::Pass),
        (Some(1), None, Verdict::Fail),
        (Some(1), Some(2), Verdict::Fail),
        (None, Some(1), Verdict::Fail),
        (Some(0), Some(1), Verdict::Unknown),
        (Some(1), Some(0), Verdict::Unknown),
        (None, None, Verdict::Unknown),
    ] {
        assert_eq!(with(present, listed), wanted, "{present:?} {listed:?}");
    }
    let refused = |root_certificates| Facts { summary: denied(), root_certificates, ..root() };
    let (own, closed) = (refused(read(Vec::new())), refused(Reading::Closed("not root")));
    assert_eq!(verdict("root-signing-certificates", &own), Verdict::Pass, "root's own list is proof enough");
    assert_eq!(verdict("root-signing-certificates", &closed), Verdict::Unknown);
}

#[test]
fn a_root_key_in_use_is_named_with_its_use_and_is_to_be_deactivated_first() {
    let used = |days: i64| AccessKey {
        last_used: read(Some(LastUse {
            at: datetime!(2026-11-21 12:00 UTC) - time::Duration::days(days),
            service: "s3".into(),
            region: "eu-west-1".into(),
        })),
        ..key(KeyStatus::Active)
    };
    let assess = |days: i64| {
        let summary = summary(&[("AccountAccessKeysPresent", 1)]);
        control("root-access-keys").unwrap().assess(&Facts { summary, root_keys: read(vec![used(days)]), ..root() })
    };
    let in_use = assess(3);
    assert!(in_use.why.contains("In use: …MPLE, 3 d ago, s3 eu-west-1."), "{}", in_use.why);
    assert!(in_use.fix.unwrap().contains("deactivate it first"));
    assert!(in_use.evidence.iter().any(|evidence| evidence.call == "iam:GetAccessKeyLastUsed"));
    let deactivated = AccessKey { status: KeyStatus::Inactive, ..used(3) };
    let summary = summary(&[("AccountAccessKeysPresent", 1)]);
    let facts = Facts { summary, root_keys: read(vec![deactivated]), ..root() };
    let assessment = control("root-access-keys").unwrap().assess(&facts);
    assert!(
        !assessment.why.contains("In use") && !assessment.fix.unwrap().contains("first"),
        "it is deactivated already"
    );
    assert!(
        assessment.why.contains("an inactive access key") && !assessment.why.contains("everything"),
        "{}",
        assessment.why
    );
    let forgotten = assess(91);
    assert!(!forgotten.why.contains("In use") && !forgotten.fix.unwrap().contains("first"), "{}", forgotten.why);
}

#[test]
fn the_use_of_the_signing_root_key_is_named_as_lockroots_own() {
    let now = LastUse { at: datetime!(2026-11-21 12:00 UTC), service: "sts".into(), region: "us-east-1".into() };
    let said = |signs: &str| {
        let mut caller = caller("arn:aws:iam::123456789012:root");
        if let Reading::Known { value, .. } = &mut caller {
            value.credential.access_key_id = signs.into();
        }
        let keys = vec![AccessKey { last_used: read(Some(now.clone())), ..key(KeyStatus::Active) }];
        let summary = summary(&[("AccountAccessKeysPresent", 1)]);
        control("root-access-keys").unwrap().assess(&Facts {
            caller,
            summary,
            root_keys: read(keys),
            ..Facts::default()
        })
    };
    let own = said("AKIAEXAMPLE");
    assert!(own.why.contains("just now, sts us-east-1: that is lockroot, which signs with this key."), "{}", own.why);
    assert!(!own.why.contains("In use") && !own.fix.unwrap().contains("deactivate it first"), "{}", own.why);
    let somebodys = said("AKIAOTHER");
    assert!(somebodys.why.contains("In use: …MPLE, just now, sts us-east-1."), "{}", somebodys.why);
}

#[test]
fn root_mfa_is_read_from_the_summary_and_from_device_owners() {
    let with = |mfa: i32, password: i32, keys: i32, owner: DeviceOwner| Facts {
        summary: summary(&[
            ("AccountMFAEnabled", mfa),
            ("AccountPasswordPresent", password),
            ("AccountAccessKeysPresent", keys),
        ]),
        virtual_devices: read(vec![VirtualDevice {
            serial: "arn:aws:iam::123456789012:mfa/root-account-mfa-device".into(),
            owner,
            enabled: None,
        }]),
        root_devices: Reading::Closed("not root"),
        ..root()
    };
    let assess = |facts: &Facts| control("root-mfa").unwrap().assess(facts);
    assert!(assess(&with(1, 1, 0, DeviceOwner::Root)).why.contains("virtual"));
    let hardware = assess(&with(1, 1, 0, DeviceOwner::User("alice".into())));
    assert_eq!(hardware.verdict, Verdict::Pass);
    assert!(hardware.why.contains("hardware"), "a user's device of the old name is not root's: {}", hardware.why);
    assert_eq!(verdict("root-mfa", &with(0, 1, 0, DeviceOwner::Nobody)), Verdict::Fail);
    assert_eq!(verdict("root-mfa", &with(0, 1, 0, DeviceOwner::Root)), Verdict::Unknown, "they disagree");
    assert_eq!(verdict("root-mfa", &with(0, 0, 0, DeviceOwner::Nobody)), Verdict::NotApplicable, "removed centrally");
    let govcloud = Facts { caller: caller("arn:aws-us-gov:iam::123456789012:root"), ..Facts::default() };
    assert_eq!(verdict("root-mfa", &govcloud), Verdict::NotApplicable);
}

#[test]
fn each_contact_is_assessed_by_itself() {
    let contact = AlternateContact { name: "a".into(), title: "b".into(), email: "c@d.e".into(), phone: "1".into() };
    let facts = Facts { contacts: [read(Some(contact)), read(None), denied()], ..root() };
    assert_eq!(verdict("billing-contact", &facts), Verdict::Pass);
    assert_eq!(verdict("operations-contact", &facts), Verdict::Fail);
    assert_eq!(verdict("security-contact", &facts), Verdict::Unknown);
}

#[test]
fn one_administrator_needs_a_password_and_all_need_mfa() {
    let with = |users: Vec<User>| Facts { people: people(users), ..root() };
    for (users, expected) in [
        (vec![], (Verdict::Fail, Verdict::Fail)),
        (vec![administrator(true, 1)], (Verdict::Pass, Verdict::Pass)),
        (vec![administrator(true, 0)], (Verdict::Pass, Verdict::Fail)),
        (vec![administrator(false, 0)], (Verdict::Fail, Verdict::Fail)),
        (vec![administrator(true, 1), administrator(true, 0)], (Verdict::Pass, Verdict::Fail)),
        (vec![administrator(true, 1), administrator(false, 0)], (Verdict::Pass, Verdict::Pass)),
    ] {
        let facts = with(users);
        assert_eq!((verdict("administrator", &facts), verdict("administrator-mfa", &facts)), expected);
    }
    let mut unread = administrator(true, 1);
    unread.sign_in = Some(SignIn { password: denied(), devices: denied() });
    let facts = with(vec![unread]);
    assert_eq!(
        (verdict("administrator", &facts), verdict("administrator-mfa", &facts)),
        (Verdict::Unknown, Verdict::Unknown)
    );
    let attached_policies = vec!["arn:aws:iam::aws:policy/AdministratorAccess".into()];
    let facts = with(vec![User { groups: vec![], attached_policies, ..administrator(true, 1) }]);
    let both = (verdict("administrator", &facts), verdict("administrator-mfa", &facts));
    assert_eq!(both, (Verdict::Fail, Verdict::Pass), "the one asks for the group, the other for any path");
}

#[test]
fn an_unread_policy_leaves_the_administrators_unknown() {
    let verdicts = |users: Vec<User>, texts: &[(&str, &str)]| {
        let mut people = people(users).known().unwrap().clone();
        people.groups[0].inline_policies = texts.iter().map(|(name, text)| ((*name).into(), (*text).into())).collect();
        let facts = Facts { people: read(people), ..root() };
        ["administrator", "two-administrators", "administrator-mfa"].map(|id| verdict(id, &facts))
    };
    let [pass, fail, unknown] = [Verdict::Pass, Verdict::Fail, Verdict::Unknown];
    let unsent = |user: User| User { inline_policies: vec!["p".into()], ..user };
    let bob =
        |password, devices| unsent(User { name: "bob".into(), groups: vec![], ..administrator(password, devices) });
    let alice = || administrator(true, 1);
    let carol = || User { name: "carol".into(), ..alice() };
    assert_eq!(verdicts(vec![alice(), carol()], &[]), [pass, pass, pass]);
    assert_eq!(verdicts(vec![unsent(alice()), carol()], &[]), [pass, unknown, pass], "it may deny alice everything");
    assert_eq!(verdicts(vec![unsent(alice())], &[]), [unknown, fail, pass], "one at most, and that one has MFA");
    assert_eq!(verdicts(vec![alice(), carol()], &[("p", "")]), [unknown, unknown, pass]);
    assert_eq!(verdicts(vec![alice(), bob(true, 0)], &[])[2], unknown, "it may allow bob everything");
    for harmless in [bob(true, 1), bob(false, 0)] {
        assert_eq!(verdicts(vec![alice(), harmless], &[])[2], pass, "bob has MFA, or can't sign in");
    }
    assert_eq!(verdicts(vec![administrator(true, 0), bob(true, 0)], &[])[2], fail, "that much is certain");
}

#[test]
fn roles_with_full_access_are_listed_beside_the_administrators() {
    let mut people = people(vec![administrator(true, 1)]).known().unwrap().clone();
    let role = |name: &str, path: &str| RolePolicies {
        name: name.into(),
        path: path.into(),
        full_access: Some("all".into()),
        ..RolePolicies::default()
    };
    people.roles = vec![role("deploy", "/"), role("AWSReservedSSO_a_1", "/aws-reserved/sso.amazonaws.com/")];
    let assessment = control("administrator-mfa").unwrap().assess(&Facts { people: read(people), ..root() });
    assert_eq!(assessment.verdict, Verdict::Pass);
    assert!(assessment.why.ends_with("Roles with full access: deploy."), "AWS's own are not named: {}", assessment.why);
    let listed =
        |field: &str| assessment.evidence.iter().any(|one| one.field == field && one.value.contains("all, an inline"));
    assert!(listed("role deploy") && listed("role AWSReservedSSO_a_1"), "{:?}", assessment.evidence);
}

#[test]
fn attached_and_inline_policies_on_users_are_found() {
    let with = |users: Vec<User>| Facts { people: people(users), ..root() };
    let user = User { name: "bob".into(), ..User::default() };
    let inline = User { inline_policies: vec!["p".into()], ..user.clone() };
    let attached = User { attached_policies: vec!["arn:aws:iam::aws:policy/ReadOnlyAccess".into()], ..user.clone() };
    assert_eq!(verdict("permissions-through-groups", &with(vec![])), Verdict::NotApplicable);
    assert_eq!(verdict("permissions-through-groups", &with(vec![user])), Verdict::Pass);
    assert_eq!(verdict("permissions-through-groups", &with(vec![inline])), Verdict::Fail);
    assert_eq!(verdict("permissions-through-groups", &with(vec![attached])), Verdict::Fail);
}

#[test]
fn the_password_policy_is_compared_with_cis() {
    let with = |policy: Option<PasswordPolicy>| Facts { password_policy: read(policy), ..root() };
    let cis = PasswordPolicy::aws_default().raised_to_cis();
    assert_eq!(verdict("password-policy", &with(None)), Verdict::Fail);
    assert_eq!(verdict("password-policy", &with(Some(cis.clone()))), Verdict::Pass);
    assert_eq!(
        verdict("password-policy", &with(Some(PasswordPolicy { minimum_length: 13, ..cis.clone() }))),
        Verdict::Fail
    );
    assert_eq!(
        verdict("password-policy", &with(Some(PasswordPolicy { reuse_prevention: None, ..cis }))),
        Verdict::Fail
    );
}

#[test]
fn every_read_of_a_control_is_named_and_ids_are_unique() {
    let rules = CONTROLS.iter().flat_map(|control| control.rules()).map(|rule| rule.id);
    let mut ids: Vec<_> = CONTROLS.iter().map(|control| control.id).chain(rules).collect();
    let count = ids.len();
    ids.sort_unstable();
    ids.dedup();
    assert_eq!(ids.len(), count);
    let questions = questions();
    assert!(questions.contains(&Question::CredentialReport) && questions.contains(&Question::Alias));
    let more = |question: &Question| {
        use Question::{Regions, SignIn, Trail, UserKeys};
        matches!(question, SignIn(_) | UserKeys(_) | Trail(_) | Regions)
    };
    assert!(!questions.iter().any(more), "nothing whose cost grows with the users or the Regions");
}

#[test]
fn root_questions_are_manual_until_answered_and_again_after_a_year() {
    let with = |answers: &[(Topic, AnswerValue)], days: i64| Facts {
        summary: summary(&[("AccountPasswordPresent", 1)]),
        answers: answers
            .iter()
            .map(|(topic, said)| {
                let at = datetime!(2026-11-21 12:00 UTC) - time::Duration::days(days);
                (*topic, Answer::new(said.clone(), at))
            })
            .collect(),
        ..root()
    };
    for (id, topics) in [
        ("root-email", vec![Topic::RecoveryEmail, Topic::EmailDomain, Topic::EmailGroup]),
        ("root-password", vec![Topic::PasswordKept, Topic::PasswordNotShared, Topic::PasswordFresh]),
    ] {
        let mut all: Vec<_> = topics.into_iter().map(|topic| (topic, AnswerValue::Yes)).collect();
        assert_eq!(verdict(id, &with(&[], 0)), Verdict::Manual);
        assert_eq!(verdict(id, &with(&all[1..], 0)), Verdict::Manual, "one is missing");
        assert_eq!(verdict(id, &with(&all, 364)), Verdict::Pass);
        assert_eq!(verdict(id, &with(&all, 365)), Verdict::Manual, "that was a year ago");
        // Each answer with its date, besides whether a password exists.
        let proof = control(id).unwrap().assess(&with(&all, 3)).evidence;
        let said = datetime!(2026-11-18 12:00 UTC);
        assert_eq!(proof.iter().filter(|proof| proof.call == "a person" && proof.read_at == said).count(), all.len());
        all[0].1 = AnswerValue::No;
        assert_eq!(verdict(id, &with(&all[..1], 0)), Verdict::Fail);
        let removed = Facts { summary: summary(&[("AccountPasswordPresent", 0)]), ..root() };
        assert_eq!(verdict(id, &removed), Verdict::NotApplicable);
        let china = Facts { caller: caller("arn:aws-cn:iam::123456789012:user/a"), ..Facts::default() };
        assert_eq!(verdict(id, &china), Verdict::NotApplicable);
    }
}
