//! One page of CloudTrail events: query and result. [`Trace`](super::trace::Trace) summarizes many pages.

use super::{Caller, Timestamp};

/// Whose events to look up.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Traced {
    /// Events signed with this access key id.
    Key(String),
    /// Root's events, with any credential.
    Root,
}

impl Traced {
    /// The access key id, if any.
    #[must_use]
    pub fn key(&self) -> Option<&str> {
        match self {
            Self::Key(id) => Some(id),
            Self::Root => None,
        }
    }
}

/// A query for one page of events in one Region, newest first.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TrailQuery {
    pub of: Traced,
    /// The Region whose event history is read.
    pub region: String,
    /// Earliest event; `None`: all ninety days that CloudTrail keeps.
    pub since: Option<Timestamp>,
    /// Token from the previous page; `None`: first page.
    pub after: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TrailPage {
    /// Newest first; at most fifty.
    pub events: Vec<TrailEvent>,
    /// Token of the next page, if any.
    pub next: Option<String>,
}

/// An event. All texts come from the requester or from AWS and are untrusted until they are drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrailEvent {
    pub at: Timestamp,
    /// Event source, e.g. `ec2.amazonaws.com`.
    pub source: String,
    /// Event name, e.g. `RunInstances`.
    pub name: String,
    /// The Region in the event.
    pub region: String,
    /// Source address, or an AWS service's name.
    pub address: String,
    /// User agent, as the client sent it.
    pub agent: String,
    /// AWS's error code, if the call was refused.
    pub error: Option<String>,
    /// `AwsApiCall`; other kinds are not calls and need no permission.
    pub kind: String,
    /// Id of the signing access key; empty if none.
    pub key: String,
    /// Whether MFA was used, if the record tells.
    pub mfa: Option<bool>,
    /// `userIdentity.type`: `Root`, `IAMUser`; empty if the record lacks it.
    pub identity: String,
}

/// Root's recent events, newest first, as far as read.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RootActivity {
    /// Without this session's own events.
    pub events: Vec<TrailEvent>,
    /// Number of this session's own events.
    pub own: u64,
    /// The oldest event read, if older ones exist.
    pub read_back_to: Option<Timestamp>,
}

impl RootActivity {
    /// Adds a page. Only events signed with `caller`'s own key are excluded: anybody can send lockroot's user agent.
    pub fn take(&mut self, page: impl Iterator<Item = TrailEvent>, caller: &Caller) {
        for event in page {
            self.read_back_to = Some(self.read_back_to.map_or(event.at, |oldest| oldest.min(event.at)));
            if event.is_own() && caller.signed_with(&event.key) {
                self.own += 1;
            } else {
                self.events.push(event);
            }
        }
    }
}

impl TrailEvent {
    /// The mark in lockroot's user agent.
    pub const OWN_MARK: &'static str = "app/lockroot";

    /// Whether the user agent claims to be lockroot, now or earlier. Anybody can send it.
    #[must_use]
    pub fn is_own(&self) -> bool {
        self.agent.split(' ').any(|word| word == Self::OWN_MARK)
    }

    /// Whether the event may be root's. CloudTrail looks up events by user name, and a user or session may be called
    /// root.
    #[must_use]
    pub fn may_be_of_root(&self) -> bool {
        let others =
            ["IAMUser", "AssumedRole", "Role", "FederatedUser", "SAMLUser", "WebIdentityUser", "IdentityCenterUser"];
        !others.contains(&self.identity.as_str())
    }

    /// Whether it only reads, as far as its name tells.
    #[must_use]
    pub fn is_read(&self) -> bool {
        ["Describe", "Get", "List", "Lookup"].iter().any(|verb| self.name.starts_with(verb))
    }

    /// Whether it is an API call, rather than a sign-in or a service event.
    #[must_use]
    pub fn is_call(&self) -> bool {
        self.kind.is_empty() || self.kind == "AwsApiCall"
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_user_or_a_session_called_root_is_not_root() {
        let of = |identity: &str| TrailEvent {
            at: Timestamp::UNIX_EPOCH,
            source: String::new(),
            name: String::new(),
            region: String::new(),
            address: String::new(),
            agent: String::new(),
            error: None,
            kind: String::new(),
            key: String::new(),
            mfa: None,
            identity: identity.to_owned(),
        };
        for root in ["Root", "", "AWSService"] {
            assert!(of(root).may_be_of_root(), "{root}");
        }
        for other in ["IAMUser", "AssumedRole", "FederatedUser"] {
            assert!(!of(other).may_be_of_root(), "{other}");
        }
    }
}
