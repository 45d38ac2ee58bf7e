//! Administrators who come through IAM Identity Center: what its roles show, and what they do not.

use super::users::NOW;
use super::*;

const CONTROLS_OF_ADMINISTRATORS: [&str; 3] = ["administrator", "administrator-mfa", "two-administrators"];

fn role(last_used: Option<Timestamp>) -> AssignedRole {
    AssignedRole {
        name: "AWSReservedSSO_AdministratorAccess_0123456789abcdef".into(),
        attached_policies: vec!["arn:aws:iam::aws:policy/AdministratorAccess".into()],
        is_handed_out: true,
        last_used,
        ..AssignedRole::default()
    }
}

fn verdicts(users: Vec<User>, assigned_roles: Vec<AssignedRole>) -> [Verdict; 3] {
    let Reading::Known { value, at } = people(users) else { panic!("it is known") };
    let people = Reading::Known { value: People { assigned_roles, ..value }, at };
    let facts = Facts { people, ..root() };
    CONTROLS_OF_ADMINISTRATORS.map(|id| verdict(id, &facts))
}

#[test]
fn a_used_role_is_a_way_in_with_unknown_users() {
    use Verdict::{Fail, Manual, NotApplicable, Pass};
    let used = || vec![role(Some(NOW))];
    assert_eq!(verdicts(vec![], used()), [Pass, NotApplicable, Manual]);
    assert_eq!(verdicts(vec![administrator(false, 0)], used()), [Pass, NotApplicable, Manual]);
    assert_eq!(verdicts(vec![administrator(true, 1)], used()), [Pass, Pass, Manual]);
    assert_eq!(verdicts(vec![administrator(true, 0)], used()), [Pass, Fail, Manual], "IAM users keep their own MFA");
}

#[test]
fn an_unused_role_proves_nothing() {
    let assess = |id: &str, assigned_roles| {
        let people = read(People { assigned_roles, ..People::default() });
        control(id).unwrap().assess(&Facts { people, ..root() })
    };
    for id in CONTROLS_OF_ADMINISTRATORS {
        assert_eq!(assess(id, vec![role(None)]).verdict, Verdict::Fail, "{id}");
    }
    let assessment = assess("administrator", vec![role(None)]);
    assert!(assessment.why.contains("nobody has used it"), "{}", assessment.why);
    assert!(assessment.why.contains("made an administrator role here (permission set "), "{}", assessment.why);
    assert!(assessment.fix.is_some_and(|fix| fix.contains("Sign in with it once")));
    assert!(assessment.evidence.iter().any(|evidence| evidence.value.contains("not used in 400 days")));
    let other = AssignedRole { attached_policies: Vec::new(), ..role(Some(NOW)) };
    assert_eq!(assess("administrator", vec![other]).verdict, Verdict::Fail, "another permission set");
    let both = assess("administrator", vec![role(None), role(Some(NOW))]);
    assert_eq!(both.verdict, Verdict::Pass, "the one that was used counts");
}

#[test]
fn unread_users_do_not_hide_another_way_in() {
    let mut unread = administrator(true, 1);
    unread.sign_in = Some(SignIn { password: denied(), devices: denied() });
    assert_eq!(verdicts(vec![unread], vec![role(Some(NOW))])[0], Verdict::Pass);
}
