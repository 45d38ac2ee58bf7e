//! An AWS error before serialization: code, HTTP status, message. Codes are those of the query protocol; `rest_json`
//! translates them.

/// A refused request.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Refusal {
    pub code: &'static str,
    /// HTTP status.
    pub status: u16,
    /// AWS's wording.
    pub message: String,
    /// Additional JSON members.
    pub members: Vec<(&'static str, String)>,
}

impl Refusal {
    pub fn new(code: &'static str, status: u16, message: impl Into<String>) -> Self {
        Self { code, status, message: message.into(), members: Vec::new() }
    }

    /// Adds a member.
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

    /// A quota was exceeded; `what` is IAM's name for it, e.g. `AccessKeysPerUser`.
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

    /// A value violates the model's constraint, in AWS's wording. `value`: `None` if it is missing.
    pub fn constraint(value: Option<&str>, member: &str, constraint: &str) -> Self {
        let value = value.map_or_else(|| "null".to_owned(), |value| format!("'{value}'"));
        Self::validation(format!(
            "1 validation error detected: Value {value} at '{}' failed to satisfy constraint: {constraint}",
            camel(member)
        ))
    }
}

/// AWS's spelling in messages: `UserName` becomes `userName`.
fn camel(member: &str) -> String {
    let mut rest = member.chars();
    rest.next().map_or_else(String::new, |first| first.to_lowercase().chain(rest).collect())
}
