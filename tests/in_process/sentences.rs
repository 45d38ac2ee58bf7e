//! Sentences about AWS that were once wrong, outdated or incomplete, with the correct statement.

use std::path::Path;

/// The subject, the page, the correct sentence, and the wrong one (empty: it was missing).
const SENTENCES: &[(&str, &str, &str, &str)] = &[
    ("two active keys at CIS", "docs/check.md", "| `two-active-keys` | 1.12 | 2.12 |", ""),
    ("full access at Prowler", "docs/truth.md", "`iam_customer_attached_policy_no_administrative_privileges`", ""),
    ("who IAM.18 takes", "docs/truth.md", "IAM.18 accepts a role, a group or a user", ""),
    ("how severe IAM.6 is", "docs/check.md", "IAM.6 is critical, `root-hardware-mfa` is medium", ""),
    (
        "a KMS key that nobody can manage",
        "docs/root-tasks.md",
        "an administrator opens a case with AWS Support",
        "ask AWS Support about a KMS key",
    ),
    ("what else is root's", "docs/root-tasks.md", "link the account to an MTurk Requester account", ""),
    ("billing", "docs/root-tasks.md", "and a few other billing tasks", ""),
    (
        "who closes members",
        "docs/root-tasks.md",
        "the management account or a delegated administrator",
        "Member accounts can be closed from",
    ),
    ("what no longer is root's", "docs/root-tasks.md", "| unblock port 25, set reverse DNS |", ""),
    ("the support plan", "docs/root-tasks.md", "| change the support plan |", ""),
    ("CloudFront's keys", "docs/root-tasks.md", "| make CloudFront key pairs |", ""),
    ("the canonical user id", "docs/root-tasks.md", "| find the canonical user id |", ""),
    (
        "AWS's list of root's tasks",
        "docs/root-tasks.md",
        "id_root-user.html#root-user-tasks",
        "UserGuide/root-user-tasks.html",
    ),
    (
        "what the credential report is for",
        "docs/root-tasks.md",
        "lockroot uses it for what no live read tells",
        "lockroot does not use it",
    ),
    ("what the credential report lacks", "docs/root-tasks.md", "every access key beyond a user's second", ""),
    ("what else it lacks", "docs/root-tasks.md", "service-specific credentials (for CodeCommit,", ""),
    ("what else it lacks", "docs/truth.md", "leaves out service-specific credentials and third keys", ""),
    ("ways to more rights", "docs/truth.md", "Privilege escalation is left out on purpose.", ""),
    ("a key without a last use", "docs/root-tasks.md", "not since 22 April 2015", ""),
    (
        "managed policies of a group",
        "assets/guide/users.md",
        "A group can have ten managed policies. AWS does not raise this quota.",
        "",
    ),
    ("the phone of the account", "docs/root-tasks.md", "It must receive text messages, can't be toll-free", ""),
    (
        "how a phone is verified",
        "docs/root-tasks.md",
        "`VerificationStatus` says whether it is",
        "has to be verified in the console",
    ),
    (
        "removing root's credentials centrally",
        "docs/root-tasks.md",
        "Enable root sessions too before you remove any",
        "",
    ),
    (
        "who can reset after a hard expiry",
        "assets/guide/password-policy.md",
        "has an active access key and may call iam:ChangePassword",
        "",
    ),
    ("the lost device", "docs/root-tasks.md", "choose *Troubleshoot MFA*", "choose the other ways to authenticate"),
    ("another factor, switched off", "docs/root-tasks.md", "AWS Support can switch this way off", ""),
    (
        "the alias",
        "assets/guide/alternate-contacts.md",
        "unique within the partition",
        "unique over all accounts of AWS",
    ),
    ("root's e-mail in an organization", "docs/root-tasks.md", "`aws account get-primary-email` a member's", ""),
    (
        "root's e-mail in an organization",
        "assets/explain/root-email.md",
        "DescribeOrganization tells the address of the management account's root",
        "",
    ),
    ("the page of root's e-mail", "assets/guide/root-sign-in.md", "Actions, Update email address and password", ""),
    ("the page of the password policy", "assets/explain/password-policy.md", "Edit, Custom:", ""),
    ("the page of Security Hub", "assets/explain/security-hub-on.md", "Go to Security Hub CSPM, Enable", ""),
    ("contacts that AWS denies", "docs/truth.md", "the verdict is unknown, not \"not applicable\"", ""),
    ("never used keys at others", "docs/check.md", "any key without a use, as CIS and Prowler audit it", ""),
    (
        "policies about signing in",
        "docs/root-tasks.md",
        "Sign-In resource policies (in the account) and resource control policies",
        "",
    ),
    ("sessions", "docs/root-tasks.md", "can list and revoke sessions", ""),
    ("the new sign-up", "docs/root-tasks.md", "a service control policy of AWS's denies alternate contacts", ""),
    (
        "Account access manager",
        "docs/root-tasks.md",
        "People come in through ordinary roles there (Account access manager)",
        "",
    ),
    ("the newer Security Hub", "docs/truth.md", "DescribeSecurityHubV2", ""),
    ("User Notifications", "docs/root-tasks.md", "AWS User Notifications", ""),
    (
        "conditions of a topic",
        "assets/explain/root-use-alarm.md",
        "for EventBridge it never holds, and no message comes",
        "",
    ),
];

#[test]
fn every_page_has_the_corrected_sentences_about_aws() {
    for (told, page, says, said) in SENTENCES {
        let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(page)).unwrap();
        let text = text.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(text.contains(says), "{told}: {page} does not say {says:?}");
        assert!(said.is_empty() || !text.contains(said), "{told}: {page} says {said:?}");
    }
}
