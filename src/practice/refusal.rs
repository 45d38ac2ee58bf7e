//! An AWS error before it is written: code, HTTP status, message. Codes are those of the query protocol;
//! `rest_json` translates them for the Account service.

/// What AWS refuses a request with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    /// AWS's error code.
    pub code: &'static str,
    /// The HTTP status that goes with it.
    pub status: u16,
    /// AWS's words.
    pub message: String,
    /// What else AWS tells in it, in JSON.
    pub members: Vec<(&'static str, String)>,
}

impl Refusal {
    pub fn new(code: &'static str, status: u16, message: impl Into<String>) -> Self {
        Self { code, status, message: message.into(), members: Vec::new() }
    }

    /// Tells one more thing.
    #[must_use]
    pub fn with(mut self, member: &'static str, text: &str) -> Self {
        self.members.push((member, text.to_owned()));
        self
    }

    pub fn no_such_entity(message: impl Into<String>) -> Self {
        Self::new("NoSuchEntity", 404, message)
    }

    pub fn already_exists(message: impl Into<String>) -> Self {
        Self::new("EntityAlreadyExists", 409, message)
    }

    /// A quota: `what` as IAM names it, e.g. `AccessKeysPerUser`.
    pub fn limit(what: &str, most: usize) -> Self {
        Self::new("LimitExceeded", 409, format!("Cannot exceed quota for {what}: {most}"))
    }

    pub fn delete_conflict(message: impl Into<String>) -> Self {
        Self::new("DeleteConflict", 409, message)
    }

    pub fn validation(message: impl Into<String>) -> Self {
        Self::new("ValidationError", 400, message)
    }

    pub fn access_denied(message: impl Into<String>) -> Self {
        Self::new("AccessDenied", 403, message)
    }

    /// One value that breaks the model's constraint, worded as AWS does. `value`: none for one that is missing.
    pub fn constraint(value: Option<&str>, member: &str, constraint: &str) -> Self {
        let value = value.map_or_else(|| "null".to_owned(), |value| format!("'{value}'"));
        Self::validation(format!(
            "1 validation error detected: Value {value} at '{}' failed to satisfy constraint: {constraint}",
            camel(member)
        ))
    }
}

/// `UserName` as AWS spells it in its messages: `userName`.
fn camel(member: &str) -> String {
    let mut rest = member.chars();
    rest.next().map_or_else(String::new, |first| first.to_lowercase().chain(rest).collect())
}
