//! Each rule of the account password policy by itself, as Security Hub and Prowler count them.

use super::{Judgement, evidence, known};
use crate::account::{Facts, PasswordPolicy, Question};

const FIX: &str = "Raise it: the step \"Password policy\" of lockroot, preset CIS. By hand, send every field: what is left out is reset.";
const FIX_EXPIRY: &str =
    "Set an expiry: the step \"Password policy\" of lockroot. By hand, send every field: what is left out is reset.";

/// What a rule says of a policy: the field's value, whether it is enough, and a sentence.
type Rule = (String, bool, String);

pub(super) fn length(facts: &Facts) -> Result<Judgement, Judgement> {
    let wanted = facts.parameters.password_length;
    judge(facts, "MinimumPasswordLength", FIX, |policy| {
        let length = policy.minimum_length;
        (length.to_string(), length >= wanted, format!("At least {length} characters; {wanted} are asked for."))
    })
}

pub(super) fn reuse(facts: &Facts) -> Result<Judgement, Judgement> {
    let wanted = facts.parameters.password_reuse;
    judge(facts, "PasswordReusePrevention", FIX, |policy| {
        let count = policy.reuse_prevention;
        let value = count.map_or("absent".to_owned(), |count| count.to_string());
        let count = count.unwrap_or(0);
        (value, count >= wanted, format!("{count} old passwords are refused; {wanted} are asked for."))
    })
}

pub(super) fn uppercase(facts: &Facts) -> Result<Judgement, Judgement> {
    class(facts, "RequireUppercaseCharacters", "an uppercase letter", |policy| policy.require_uppercase)
}

pub(super) fn lowercase(facts: &Facts) -> Result<Judgement, Judgement> {
    class(facts, "RequireLowercaseCharacters", "a lowercase letter", |policy| policy.require_lowercase)
}

pub(super) fn number(facts: &Facts) -> Result<Judgement, Judgement> {
    class(facts, "RequireNumbers", "a digit", |policy| policy.require_numbers)
}

pub(super) fn symbol(facts: &Facts) -> Result<Judgement, Judgement> {
    class(facts, "RequireSymbols", "a symbol", |policy| policy.require_symbols)
}

/// Only judged where somebody asks for it: changing good passwords makes them worse (NIST SP 800-63B).
pub(super) fn expiry(facts: &Facts) -> Result<Judgement, Judgement> {
    let Some(wanted) = facts.parameters.password_expiry_days else {
        // What AWS says does not matter then, so that it need not be read either.
        known(&facts.caller, &Question::Caller)?;
        let asked = evidence(&facts.caller, "configuration", "password_expiry_days", "not set");
        return Ok(Judgement::not_applicable("No expiry is asked for here.", asked.into_iter().collect()));
    };
    judge(facts, "MaxPasswordAge", FIX_EXPIRY, |policy| {
        let value = policy.max_age.map_or("absent".to_owned(), |days| days.to_string());
        let words = policy.max_age.map_or("never".to_owned(), |days| format!("after {days} days"));
        let enough = policy.max_age.is_some_and(|days| days <= wanted);
        (value, enough, format!("Passwords expire {words}; {wanted} days at most are asked for."))
    })
}

fn class(facts: &Facts, field: &str, what: &str, asks: fn(&PasswordPolicy) -> bool) -> Result<Judgement, Judgement> {
    judge(facts, field, FIX, |policy| {
        let asks = asks(policy);
        let words =
            if asks { format!("A password must have {what}.") } else { format!("A password need not have {what}.") };
        (asks.to_string(), asks, words)
    })
}

fn judge(
    facts: &Facts,
    field: &str,
    fix: &'static str,
    rule: impl Fn(&PasswordPolicy) -> Rule,
) -> Result<Judgement, Judgement> {
    let call = Question::PasswordPolicy.action();
    let reading = &facts.password_policy;
    let Some(policy) = known(reading, &Question::PasswordPolicy)? else {
        let proof = evidence(reading, call, "PasswordPolicy", "NoSuchEntity: AWS's default is in force");
        let words =
            "Only AWS's default is in force: 8 characters of three classes, old passwords may come back, no expiry.";
        return Ok(Judgement::fail(words, proof.into_iter().collect(), fix));
    };
    let (value, enough, words) = rule(policy);
    let proof = evidence(reading, call, field, value).into_iter().collect();
    Ok(if enough { Judgement::pass(words, proof) } else { Judgement::fail(words, proof, fix) })
}
