//! What can be made to go wrong, per call and for a number of times.

use serde::Deserialize;

use super::policy::matches;
use super::refusal::Refusal;

/// A call that goes wrong.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fault {
    /// The call as IAM names actions; `*` and `?` stand for any characters: `iam:CreateUser`, `iam:List*`.
    pub call: String,
    /// What goes wrong.
    pub kind: FaultKind,
    /// How many times; then the call works again.
    #[serde(default = "once")]
    pub times: u32,
}

/// What goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum FaultKind {
    /// Too many requests.
    Throttle,
    /// AWS fails.
    Server,
    /// The connection breaks and nothing happens.
    ResetBefore,
    /// The change takes effect, then the connection breaks.
    ResetAfter,
    /// No answer ever comes, and nothing happens.
    Silence,
    /// Something that is not AWS answers.
    NotXml,
    /// The change takes effect, then the connection ends after half of the promised answer.
    TruncatedBody,
    /// The session is over.
    ExpiredToken,
    /// A permission is missing.
    AccessDenied,
}

fn once() -> u32 {
    1
}

/// Takes the first fault that is set for `call`, and uses it up by one.
pub fn take(faults: &mut Vec<Fault>, call: &str) -> Option<FaultKind> {
    let fault = faults.iter_mut().find(|fault| fault.times > 0 && matches(&fault.call, call))?;
    fault.times -= 1;
    let kind = fault.kind;
    faults.retain(|fault| fault.times > 0);
    Some(kind)
}

impl FaultKind {
    /// The error answer to `who`, for the kinds that are one.
    pub fn refusal(self, call: &str, who: &str) -> Option<Refusal> {
        match self {
            Self::Throttle => Some(Refusal::new("Throttling", 400, "Rate exceeded")),
            Self::Server => Some(Refusal::new(
                if call.starts_with("sts:") { "InternalFailure" } else { "ServiceFailure" },
                500,
                "The request processing has failed because of an unknown error, exception or failure.",
            )),
            Self::ExpiredToken => {
                Some(Refusal::new("ExpiredToken", 403, "The security token included in the request is expired"))
            }
            Self::AccessDenied => Some(Refusal::access_denied(format!(
                "User: {who} is not authorized to perform: {call} with an explicit deny in an identity-based policy"
            ))),
            Self::ResetBefore | Self::ResetAfter | Self::Silence | Self::NotXml | Self::TruncatedBody => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fault_is_used_up() {
        let mut faults = vec![Fault { call: "iam:List*".into(), kind: FaultKind::Throttle, times: 2 }];
        assert_eq!(take(&mut faults, "iam:GetUser"), None);
        assert_eq!(take(&mut faults, "iam:ListUsers"), Some(FaultKind::Throttle));
        assert_eq!(take(&mut faults, "iam:ListGroups"), Some(FaultKind::Throttle));
        assert_eq!(take(&mut faults, "iam:ListUsers"), None);
        assert!(faults.is_empty());
    }
}
