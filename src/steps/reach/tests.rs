use super::*;
use crate::account::{Credential, Failure, Reading};
use crate::steps::StepId;

const NOW: crate::account::Timestamp = time::macros::datetime!(2026-11-21 12:00 UTC);

fn caller(arn: &str, kind: CredentialKind) -> Caller {
    Caller {
        account: "123456789012".into(),
        arn: arn.into(),
        principal: Principal::of_arn(arn),
        credential: Credential {
            access_key_id: "ASIAIOSFODNN7EXAMPLE".into(),
            kind,
            source: "a test".into(),
            base: None,
        },
        clock_ahead: None,
    }
}

fn facts(caller: &Caller, numbers: &[(&str, i32)]) -> Facts {
    let summary = Summary(numbers.iter().map(|(name, number)| ((*name).to_owned(), *number)).collect());
    Facts {
        caller: Reading::Known { value: caller.clone(), at: NOW },
        summary: Reading::Known { value: summary, at: NOW },
        ..Facts::default()
    }
}

fn words(caller: &Caller, facts: &Facts) -> Vec<&'static str> {
    StepId::CHECKLIST.into_iter().map(|step| step.definition().reach(caller, facts).word()).collect()
}

const KEYS: [(&str, i32); 3] =
    [("AccountAccessKeysPresent", 1), ("AccountMFAEnabled", 0), ("AccountPasswordPresent", 1)];

#[test]
fn root_does_everything_here_except_its_mfa_and_sign_in() {
    for kind in [CredentialKind::Temporary, CredentialKind::LongTerm] {
        let root = caller("arn:aws:iam::123456789012:root", kind);
        assert_eq!(
            words(&root, &facts(&root, &KEYS)),
            ["here", "hand-off", "here", "here", "here", "hand-off", "here", "here"]
        );
    }
    let said = |kind| {
        let root = caller("arn:aws:iam::123456789012:root", kind);
        describe_caller(&root, &facts(&root, &KEYS))
    };
    assert!(said(CredentialKind::Temporary).contains("the safest way"));
    assert!(said(CredentialKind::LongTerm).contains("itself is a problem"));
}

#[test]
fn administrators_hand_off_roots_own_steps() {
    for arn in ["arn:aws:iam::123456789012:user/ada", "arn:aws:sts::123456789012:assumed-role/Admin/ada"] {
        let admin = caller(arn, CredentialKind::Temporary);
        assert_eq!(
            words(&admin, &facts(&admin, &KEYS)),
            ["hand-off", "hand-off", "here", "here", "here", "hand-off", "here", "here"]
        );
        let without = [("AccountAccessKeysPresent", 0), ("AccountMFAEnabled", 0), ("AccountPasswordPresent", 1)];
        assert_eq!(words(&admin, &facts(&admin, &without))[0], "n/a", "there is no key to delete");
    }
}

#[test]
fn a_session_without_mfa_is_recognized_from_iams_and_sts_answers() {
    let refused = Failure {
        code: Some("InvalidClientTokenId".into()),
        ..Failure::new(
            Fault::UnknownKey,
            "iam:GetAccountSummary",
            "The security token included in the request is invalid",
        )
    };
    for arn in ["arn:aws:iam::123456789012:user/ada", "arn:aws:iam::123456789012:root"] {
        let caller = caller(arn, CredentialKind::Temporary);
        let mut facts = facts(&caller, &KEYS);
        facts.summary = Reading::Failed(refused.clone());
        assert!(lacks_mfa(&facts));
        assert_eq!(
            words(&caller, &facts),
            ["refused", "hand-off", "here", "refused", "refused", "hand-off", "refused", "here"]
        );
        assert!(describe_caller(&caller, &facts).contains("GetSessionToken without MFA"));
    }
    let key = caller("arn:aws:iam::123456789012:user/ada", CredentialKind::LongTerm);
    let mut others = facts(&key, &KEYS);
    others.summary = Reading::Failed(refused.clone());
    assert!(!lacks_mfa(&others), "a deactivated key is something else");
    let role = caller("arn:aws:sts::123456789012:assumed-role/Admin/ada", CredentialKind::Temporary);
    let mut others = facts(&role, &KEYS);
    others.summary = Reading::Failed(refused);
    assert!(!lacks_mfa(&others), "roles do not come from GetSessionToken");
}

#[test]
fn steps_in_partitions_without_a_root_console_say_why() {
    let root = caller("arn:aws-us-gov:iam::123456789012:root", CredentialKind::LongTerm);
    assert_eq!(words(&root, &facts(&root, &KEYS)), ["here", "n/a", "here", "here", "here", "n/a", "here", "here"]);
    let user = caller("arn:aws-us-gov:iam::123456789012:user/ada", CredentialKind::LongTerm);
    assert_eq!(words(&user, &facts(&user, &KEYS))[..2], ["hand-off", "n/a"]);
    let chinese = caller("arn:aws-cn:iam::123456789012:user/ada", CredentialKind::LongTerm);
    let facts_there = facts(&chinese, &KEYS);
    assert_eq!(words(&chinese, &facts_there)[..2], ["n/a", "n/a"]);
    assert!(StepId::RootKeys.definition().reach(&chinese, &facts_there).why().contains("no root user"));
    let sovereign = caller("arn:aws-eusc:iam::123456789012:root", CredentialKind::Temporary);
    assert_eq!(
        words(&sovereign, &facts(&sovereign, &KEYS)),
        ["unknown", "unknown", "here", "here", "here", "unknown", "here", "here"]
    );
}

#[test]
fn a_member_whose_root_was_removed_has_nothing_to_assign() {
    let admin = caller("arn:aws:iam::123456789012:user/ada", CredentialKind::Temporary);
    let none = [("AccountAccessKeysPresent", 0), ("AccountMFAEnabled", 0), ("AccountPasswordPresent", 0)];
    let facts = facts(&admin, &none);
    assert_eq!(words(&admin, &facts)[..2], ["n/a", "n/a"]);
    assert!(StepId::RootMfa.definition().reach(&admin, &facts).why().contains("member account"));
}

#[test]
fn a_step_whose_reads_were_denied_is_refused() {
    let denied = Failure::new(Fault::AccessDenied, "iam:GetAccountPasswordPolicy", "no");
    for (arn, words) in
        [("arn:aws:iam::123456789012:root", "organization"), ("arn:aws:iam::123456789012:user/ada", "administrator")]
    {
        let caller = caller(arn, CredentialKind::Temporary);
        let mut facts = facts(&caller, &KEYS);
        facts.password_policy = Reading::Failed(denied.clone());
        let reach = StepId::PasswordPolicy.definition().reach(&caller, &facts);
        assert!(reach.word() == "refused" && reach.why().contains(words), "{reach:?}");
    }
}
