//! The password policy meets CIS and Security Hub: length, reuse, four classes of characters. The expiry counts
//! only if it is configured.

use crate::account::{Facts, PasswordPolicy, Question};
use crate::checks::{
    Assess, Assessment, Control, References, Remedy, Rule, Severity, StepId, console, evidence, known,
};

pub(super) const CONTROL: Control = Control {
    id: "password-policy",
    title: "The password policy is strong",
    severity: Severity::Medium,
    questions: &[Question::PasswordPolicy],
    references: References::NONE,
    differs: "",
    console: Some(console::ACCOUNT_SETTINGS),
    remedy: Remedy::Step(StepId::PasswordPolicy),
    text: include_str!("../../../assets/explain/password-policy.md"),
    assess: Assess::Rules(RULES),
};

const FIX: &str = "Strengthen it: lockroot, the step \"Password policy\", preset CIS. By hand, send every field: AWS resets what you leave out.";
const FIX_EXPIRY: &str =
    "Set an expiry: lockroot, the step \"Password policy\". By hand, send every field: AWS resets what you leave out.";

/// As Security Hub and Prowler count them.
const RULES: &[Rule] = &[
    Rule {
        id: "password-policy-length",
        title: "Passwords are long enough",
        references: References {
            cis: &[("5.0", "1.7"), ("6.0", "2.7"), ("7.0", "2.8")],
            security_hub: &["IAM.15"],
            prowler: &["iam_password_policy_minimum_length_14"],
        },
        assess: |facts| {
            let wanted = facts.parameters.password_length;
            rule(facts, "MinimumPasswordLength", FIX, |policy| {
                let length = policy.minimum_length;
                let words = match length >= wanted {
                    true => format!("Minimum length is {length}."),
                    false => format!("Minimum length is {length}; {wanted} is required."),
                };
                (length.to_string(), length >= wanted, words)
            })
        },
    },
    Rule {
        id: "password-policy-reuse",
        title: "Old passwords can't be reused",
        references: References {
            cis: &[("5.0", "1.8"), ("6.0", "2.8"), ("7.0", "2.9")],
            security_hub: &["IAM.16"],
            prowler: &["iam_password_policy_reuse_24"],
        },
        assess: |facts| {
            let wanted = facts.parameters.password_reuse;
            rule(facts, "PasswordReusePrevention", FIX, |policy| {
                let value = policy.reuse_prevention.map_or("absent".to_owned(), |count| count.to_string());
                let count = policy.reuse_prevention.unwrap_or(0);
                let words = match count >= wanted {
                    true => format!("The last {count} passwords are refused."),
                    false => format!("{count} old passwords are refused; at least {wanted} are required."),
                };
                (value, count >= wanted, words)
            })
        },
    },
    Rule {
        id: "password-policy-uppercase",
        title: "Passwords have an uppercase letter",
        references: References { cis: &[], security_hub: &["IAM.11"], prowler: &["iam_password_policy_uppercase"] },
        assess: |facts| {
            class(facts, "RequireUppercaseCharacters", "an uppercase letter", |policy| policy.require_uppercase)
        },
    },
    Rule {
        id: "password-policy-lowercase",
        title: "Passwords have a lowercase letter",
        references: References { cis: &[], security_hub: &["IAM.12"], prowler: &["iam_password_policy_lowercase"] },
        assess: |facts| {
            class(facts, "RequireLowercaseCharacters", "a lowercase letter", |policy| policy.require_lowercase)
        },
    },
    Rule {
        id: "password-policy-symbol",
        title: "Passwords have a symbol",
        references: References { cis: &[], security_hub: &["IAM.13"], prowler: &["iam_password_policy_symbol"] },
        assess: |facts| class(facts, "RequireSymbols", "a symbol", |policy| policy.require_symbols),
    },
    Rule {
        id: "password-policy-number",
        title: "Passwords have a digit",
        references: References { cis: &[], security_hub: &["IAM.14"], prowler: &["iam_password_policy_number"] },
        assess: |facts| class(facts, "RequireNumbers", "a digit", |policy| policy.require_numbers),
    },
    Rule {
        id: "password-policy-expiry",
        title: "Passwords expire, if you require it",
        references: References {
            cis: &[],
            security_hub: &["IAM.17"],
            prowler: &["iam_password_policy_expires_passwords_within_90_days_or_less"],
        },
        assess: expiry,
    },
];

/// Assessed only if configured: changing good passwords makes them worse (NIST SP 800-63B).
fn expiry(facts: &Facts) -> Result<Assessment, Assessment> {
    let Some(wanted) = facts.parameters.password_expiry_days else {
        // AWS's setting does not matter then and need not be read.
        known(&facts.caller, &Question::Caller)?;
        let asked = evidence(&facts.caller, "configuration", "password_expiry_days", "not set");
        return Ok(Assessment::not_applicable("The configuration sets no expiry.", asked.into_iter().collect()));
    };
    rule(facts, "MaxPasswordAge", FIX_EXPIRY, |policy| {
        let value = policy.max_age.map_or("absent".to_owned(), |days| days.to_string());
        let words = policy.max_age.map_or("never".to_owned(), |days| format!("after {days} days"));
        let enough = policy.max_age.is_some_and(|days| days <= wanted);
        (value, enough, format!("Passwords expire {words}; {wanted} days at most are required."))
    })
}

fn class(facts: &Facts, field: &str, what: &str, asks: fn(&PasswordPolicy) -> bool) -> Result<Assessment, Assessment> {
    rule(facts, field, FIX, |policy| {
        let asks = asks(policy);
        let must = if asks { "must" } else { "need not" };
        (asks.to_string(), asks, format!("A password {must} have {what}."))
    })
}

/// `says`: the field's value, whether it suffices, and a sentence.
fn rule(
    facts: &Facts,
    field: &str,
    fix: &'static str,
    says: impl Fn(&PasswordPolicy) -> (String, bool, String),
) -> Result<Assessment, Assessment> {
    let call = Question::PasswordPolicy.action();
    let reading = &facts.password_policy;
    let Some(policy) = known(reading, &Question::PasswordPolicy)? else {
        let proof = evidence(reading, call, "PasswordPolicy", "NoSuchEntity: AWS's default is in force");
        let words = "Only AWS's default is in force: 8 characters of three classes, reuse allowed, no expiry.";
        return Ok(Assessment::fail(words, proof.into_iter().collect(), fix));
    };
    let (value, enough, words) = says(policy);
    let proof = evidence(reading, call, field, value).into_iter().collect();
    Ok(if enough { Assessment::pass(words, proof) } else { Assessment::fail(words, proof, fix) })
}
