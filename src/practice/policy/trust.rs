//! Evaluates trust policies of roles. Source: IAM User Guide, "IAM JSON policy elements: Principal" and "Policy
//! evaluation logic" (within one account).

use serde_json::Value;

use super::condition::Condition;
use super::{Context, Patterns};

/// A trust policy's decision about a caller.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Trusted {
    /// No statement applies.
    No,
    /// It trusts the account, so the caller's own policies decide.
    AsOneOfTheAccount,
    /// It names the caller, who then needs no policy.
    ByName,
    /// It denies the caller, whatever else it says.
    Denied,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trust(Vec<Statement>);

#[derive(Debug, Clone, PartialEq, Eq)]
struct Statement {
    denies: bool,
    principals: Vec<String>,
    actions: Patterns,
    conditions: Vec<Condition>,
}

/// A caller of AssumeRole.
#[derive(Debug, Clone, Copy)]
pub struct Asking<'a> {
    /// The account id of caller and role; 12 digits.
    pub account: &'a str,
    /// The caller's ARN; for a session also its role's.
    pub arns: &'a [String],
}

impl Trust {
    /// Parses a trust policy.
    ///
    /// # Errors
    /// The problem, as a sentence.
    pub fn parse(text: &str) -> Result<Self, String> {
        let json: Value = serde_json::from_str(text).map_err(|_| "This policy contains invalid Json".to_owned())?;
        let statements = match json.get("Statement").ok_or("Syntax errors in policy.")? {
            Value::Array(statements) => statements.iter().map(Statement::read).collect::<Result<_, _>>()?,
            single => vec![Statement::read(single)?],
        };
        Ok(Self(statements))
    }

    /// The decision about `who` calling `sts:AssumeRole` in `context`.
    pub fn decide(&self, who: Asking, context: &Context) -> Trusted {
        self.0.iter().map(|statement| statement.decide(who, context)).max().unwrap_or(Trusted::No)
    }
}

impl Statement {
    fn read(json: &Value) -> Result<Self, String> {
        let denies = match json.get("Effect").and_then(Value::as_str) {
            Some("Allow") => false,
            Some("Deny") => true,
            _ => return Err("Syntax errors in policy.".into()),
        };
        if json.get("Resource").is_some() || json.get("NotResource").is_some() {
            return Err("Has prohibited field Resource".into());
        }
        let principals = match json.get("Principal") {
            Some(Value::String(all)) if all == "*" => vec!["*".to_owned()],
            // Services and identity providers are principals too, but none signs requests here.
            Some(Value::Object(kinds)) => kinds.get("AWS").map(texts).unwrap_or_default(),
            _ => return Err("Missing required field Principal".into()),
        };
        let actions = Patterns::read(json, "Action", "NotAction")?;
        Ok(Self { denies, principals, actions, conditions: Condition::read_all(json.get("Condition"))? })
    }

    fn decide(&self, who: Asking, context: &Context) -> Trusted {
        let root = |partition: &str| format!("arn:{partition}:iam::{}:root", who.account);
        let names = |principal: &String| match principal.as_str() {
            principal if who.arns.iter().any(|arn| arn == principal) => Trusted::ByName,
            "*" => Trusted::AsOneOfTheAccount,
            principal if principal == who.account => Trusted::AsOneOfTheAccount,
            principal if ["aws", "aws-cn", "aws-us-gov"].iter().any(|partition| principal == root(partition)) => {
                Trusted::AsOneOfTheAccount
            }
            _ => Trusted::No,
        };
        let trusted = self.principals.iter().map(names).max().unwrap_or(Trusted::No);
        let holds: Vec<Option<bool>> = self.conditions.iter().map(|condition| condition.holds(context)).collect();
        if trusted == Trusted::No || !self.actions.apply("sts:assumerole", |pattern| Some(pattern.to_owned())) {
            return Trusted::No;
        }
        match (self.denies, holds.contains(&Some(false)), holds.contains(&None)) {
            (_, true, _) => Trusted::No,
            (true, ..) => Trusted::Denied,
            // An unsupported condition never allows.
            (false, _, true) => Trusted::No,
            (false, ..) => trusted,
        }
    }
}

fn texts(value: &Value) -> Vec<String> {
    match value {
        Value::String(one) => vec![one.clone()],
        Value::Array(many) => many.iter().filter_map(Value::as_str).map(str::to_owned).collect(),
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decide(statement: &str, context: &Context) -> Trusted {
        let who = Asking { account: "123456789012", arns: &["arn:aws:iam::123456789012:user/alice".to_owned()] };
        Trust::parse(&format!("{{\"Statement\":[{statement}]}}")).unwrap().decide(who, context)
    }

    fn to(principal: &str) -> String {
        format!(r#"{{"Effect":"Allow","Principal":{principal},"Action":"sts:AssumeRole"}}"#)
    }

    #[test]
    fn a_role_trusts_only_its_account_or_named_principals() {
        let none = Context::default();
        for principal in [r#""*""#, r#"{"AWS":"123456789012"}"#, r#"{"AWS":["arn:aws:iam::123456789012:root"]}"#] {
            assert_eq!(decide(&to(principal), &none), Trusted::AsOneOfTheAccount, "{principal}");
        }
        assert_eq!(decide(&to(r#"{"AWS":"arn:aws:iam::123456789012:user/alice"}"#), &none), Trusted::ByName);
        for principal in [
            r#"{"AWS":"arn:aws:iam::123456789012:user/bob"}"#,
            r#"{"AWS":"210987654321"}"#,
            r#"{"Service":"ec2.amazonaws.com"}"#,
        ] {
            assert_eq!(decide(&to(principal), &none), Trusted::No, "{principal}");
        }
    }

    #[test]
    fn trust_policies_honour_conditions_and_denies() {
        let mfa = to(r#""*""#)
            .replace("\"Action\"", r#""Condition":{"Bool":{"aws:MultiFactorAuthPresent":"true"}},"Action""#);
        assert_eq!(decide(&mfa, &Context::default()), Trusted::No);
        let present = Context::default().with("aws:MultiFactorAuthPresent", "true");
        assert_eq!(decide(&mfa, &present), Trusted::AsOneOfTheAccount);
        let both = format!("{},{}", to(r#""*""#), to(r#"{"AWS":"123456789012"}"#).replace("Allow", "Deny"));
        assert_eq!(decide(&both, &present), Trusted::Denied);
        let external =
            to(r#""*""#).replace("\"Action\"", r#""Condition":{"StringEquals":{"sts:ExternalId":"x1"}},"Action""#);
        assert_eq!(decide(&external, &Context::default().with("sts:ExternalId", "x2")), Trusted::No);
        assert_eq!(decide(&external, &Context::default().with("sts:ExternalId", "x1")), Trusted::AsOneOfTheAccount);
    }

    #[test]
    fn an_invalid_trust_policy_is_refused() {
        for text in ["{", "{}", r#"{"Statement":{"Effect":"Allow","Action":"sts:AssumeRole"}}"#] {
            assert!(Trust::parse(text).is_err(), "{text}");
        }
        let resource = to(r#""*""#).replace("\"Action\"", r#""Resource":"*","Action""#);
        assert!(Trust::parse(&format!("{{\"Statement\":{resource}}}")).is_err());
    }
}
