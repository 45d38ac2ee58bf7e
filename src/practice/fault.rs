//! Faults to inject into a call a number of times.

use std::time::Duration;

use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

use super::policy::matches;
use super::refusal::Refusal;

/// A fault of matching calls.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InjectedFault {
    /// IAM action pattern with `*` and `?`: `iam:CreateUser`, `iam:List*`.
    #[serde(deserialize_with = "call_pattern")]
    pub call: String,
    pub kind: FaultKind,
    /// Number of calls that fail.
    #[serde(default = "once")]
    pub times: u32,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum FaultKind {
    /// Too many requests.
    Throttle,
    /// A server error.
    Server,
    /// The connection breaks before anything happens.
    ResetBefore,
    /// The change takes effect, then the connection breaks.
    ResetAfter,
    /// AWS never answers, and nothing happens.
    Silence,
    /// Something other than AWS answers.
    NotXml,
    /// The change takes effect, then the connection ends after half of the declared length.
    TruncatedBody,
    /// The session has expired.
    ExpiredToken,
    AccessDenied,
    /// PutTargets succeeds but takes no target; other calls work.
    FailedEntries,
    /// The call takes effect at once, but its answer is delayed.
    Latency(Duration),
}

/// Spellings of the kinds. A latency includes its duration: `latency-300ms`, `latency-2s`.
const KINDS: [&str; 11] = [
    "throttle",
    "server",
    "reset-before",
    "reset-after",
    "silence",
    "not-xml",
    "truncated-body",
    "expired-token",
    "access-denied",
    "failed-entries",
    "latency-2s",
];

/// Maximum latency. To clients, longer waits are the same as `silence`.
const MAX_LATENCY: Duration = Duration::from_secs(600);

impl<'de> Deserialize<'de> for FaultKind {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::read(&String::deserialize(deserializer)?).map_err(de::Error::custom)
    }
}

impl Serialize for FaultKind {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.text())
    }
}

/// Parses an IAM action pattern.
pub fn call_pattern<'de, D: Deserializer<'de>>(deserializer: D) -> Result<String, D::Error> {
    let text = String::deserialize(deserializer)?;
    check_pattern(&text).map_err(de::Error::custom)?;
    Ok(text)
}

/// Validates an action pattern; the error tells what was expected.
pub fn check_pattern(text: &str) -> Result<(), String> {
    let is_word = |text: &str| {
        !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '*' | '?' | '-'))
    };
    if text == "*" || text.split_once(':').is_some_and(|(service, call)| is_word(service) && is_word(call)) {
        return Ok(());
    }
    Err(format!("{text:?} is no call; expected one such as \"iam:CreateUser\" or \"account:*\""))
}

fn once() -> u32 {
    1
}

/// Uses up one occurrence of the first matching fault.
pub fn take(faults: &mut Vec<InjectedFault>, call: &str) -> Option<FaultKind> {
    let fault = faults.iter_mut().find(|fault| fault.times > 0 && matches(&fault.call, call))?;
    fault.times -= 1;
    let kind = fault.kind;
    faults.retain(|fault| fault.times > 0);
    Some(kind)
}

impl FaultKind {
    /// Parses the spelling in scenarios and on the command line.
    ///
    /// # Errors
    /// What was expected.
    pub fn read(text: &str) -> Result<Self, String> {
        if let Some(length) = text.strip_prefix("latency-") {
            return latency(length).map(Self::Latency);
        }
        match text {
            "throttle" => Ok(Self::Throttle),
            "server" => Ok(Self::Server),
            "reset-before" => Ok(Self::ResetBefore),
            "reset-after" => Ok(Self::ResetAfter),
            "silence" => Ok(Self::Silence),
            "not-xml" => Ok(Self::NotXml),
            "truncated-body" => Ok(Self::TruncatedBody),
            "expired-token" => Ok(Self::ExpiredToken),
            "access-denied" => Ok(Self::AccessDenied),
            "failed-entries" => Ok(Self::FailedEntries),
            _ => Err(format!("{text:?} is no kind of fault; expected one of {}", KINDS.join(", "))),
        }
    }

    /// The inverse of [`Self::read`].
    fn text(self) -> String {
        let text = match self {
            Self::Throttle => "throttle",
            Self::Server => "server",
            Self::ResetBefore => "reset-before",
            Self::ResetAfter => "reset-after",
            Self::Silence => "silence",
            Self::NotXml => "not-xml",
            Self::TruncatedBody => "truncated-body",
            Self::ExpiredToken => "expired-token",
            Self::AccessDenied => "access-denied",
            Self::FailedEntries => "failed-entries",
            Self::Latency(length) => return format!("latency-{}ms", length.as_millis()),
        };
        text.to_owned()
    }

    /// The error answer for `who`, if the kind is one.
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
            Self::ResetBefore
            | Self::ResetAfter
            | Self::Silence
            | Self::NotXml
            | Self::TruncatedBody
            | Self::FailedEntries
            | Self::Latency(_) => None,
        }
    }
}

/// Parses `300ms` or `2s`.
fn latency(text: &str) -> Result<Duration, String> {
    let (number, unit) = text.split_at(text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len()));
    let count: Option<u64> = number.parse().ok();
    let length = match unit {
        "ms" => count.map(Duration::from_millis),
        "s" => count.map(Duration::from_secs),
        _ => None,
    };
    let length = length.filter(|length| !length.is_zero() && *length <= MAX_LATENCY);
    length.ok_or_else(|| {
        format!("{text:?} is no latency; expected one such as \"latency-300ms\" or \"latency-2s\", 10 minutes at most")
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_fault_is_parsed_and_a_latency_has_a_length() {
        let kinds: std::collections::BTreeSet<String> =
            KINDS.iter().map(|text| format!("{:?}", FaultKind::read(text).unwrap())).collect();
        assert_eq!(kinds.len(), KINDS.len(), "no two are the same");
        for kind in KINDS.map(|text| FaultKind::read(text).unwrap()) {
            assert_eq!(FaultKind::read(&kind.text()), Ok(kind));
        }
        assert_eq!(FaultKind::read("latency-300ms"), Ok(FaultKind::Latency(Duration::from_millis(300))));
        for bad in ["latency", "latency-", "latency-0s", "latency-2", "latency-2m", "latency-601s", "latency--1s", ""] {
            assert!(FaultKind::read(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn a_fault_happens_a_limited_number_of_times() {
        let mut faults = vec![InjectedFault { call: "iam:List*".into(), kind: FaultKind::Throttle, times: 2 }];
        assert_eq!(take(&mut faults, "iam:GetUser"), None);
        assert_eq!(take(&mut faults, "iam:ListUsers"), Some(FaultKind::Throttle));
        assert_eq!(take(&mut faults, "iam:ListGroups"), Some(FaultKind::Throttle));
        assert_eq!(take(&mut faults, "iam:ListUsers"), None);
        assert!(faults.is_empty());
    }
}
