//! One page of CloudTrail events: the query, and the result. [`Trace`](super::trace::Trace) sums up many pages.

use super::{Caller, Timestamp};

/// Whose events are looked for.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Traced {
    /// What the access key of that id signed.
    Key(String),
    /// What the root user did, whatever it signed in with.
    Root,
}

impl Traced {
    /// The key's id, if it is one.
    #[must_use]
    pub fn key(&self) -> Option<&str> {
        match self {
            Self::Key(id) => Some(id),
            Self::Root => None,
        }
    }
}

/// One page of events in one region, the newest first.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct TrailQuery {
    /// Whose they are.
    pub of: Traced,
    /// The region whose event history is asked.
    pub region: String,
    /// Only what happened since then; `None`: all of the ninety days that CloudTrail keeps.
    pub since: Option<Timestamp>,
    /// Where the page before ended; `None`: the first page.
    pub after: Option<String>,
}

/// A page of events.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct TrailPage {
    /// The events, the newest first; fifty at most.
    pub events: Vec<TrailEvent>,
    /// Where the next page begins, if there is one.
    pub next: Option<String>,
}

/// An event. All texts come from whoever made the request, or from AWS: they are foreign until they are drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TrailEvent {
    /// When.
    pub at: Timestamp,
    /// The service, as CloudTrail names it: `ec2.amazonaws.com`.
    pub source: String,
    /// `RunInstances`
    pub name: String,
    /// The region that it was about, by the event itself.
    pub region: String,
    /// Where it came from: an address, or an AWS service's name.
    pub address: String,
    /// The program that asked, by its own word.
    pub agent: String,
    /// AWS's error code, if the call was refused.
    pub error: Option<String>,
    /// `AwsApiCall`; other kinds are no calls and need no permission.
    pub kind: String,
    /// The id of the access key that signed it; empty where there was none.
    pub key: String,
    /// Whether MFA was given, if the record says so.
    pub mfa: Option<bool>,
    /// Of which kind whoever did it is (`userIdentity.type`): `Root`, `IAMUser`; empty where the record does not say.
    pub identity: String,
}

/// What root did, as far as it is read: the newest first.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RootActivity {
    /// The events, without what this very session did.
    pub events: Vec<TrailEvent>,
    /// How many of this session's own were left out.
    pub own: u64,
    /// The oldest event that was looked at, if there is more before it.
    pub read_back_to: Option<Timestamp>,
}

impl RootActivity {
    /// Takes in a page. Only what `caller`'s own key signed is excused: anybody can send this program's name.
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
    /// What every user agent of this program contains.
    pub const OWN_MARK: &'static str = "app/lockroot";

    /// Whether this program made the call, now or earlier, as far as the user agent tells. Anybody can send it.
    #[must_use]
    pub fn is_own(&self) -> bool {
        self.agent.split(' ').any(|word| word == Self::OWN_MARK)
    }

    /// Whether root may have done it. CloudTrail lists events by a name, and users and sessions can be called root too.
    #[must_use]
    pub fn may_be_of_root(&self) -> bool {
        let others =
            ["IAMUser", "AssumedRole", "Role", "FederatedUser", "SAMLUser", "WebIdentityUser", "IdentityCenterUser"];
        !others.contains(&self.identity.as_str())
    }

    /// Whether it was a call, as opposed to a sign-in or to something that a service did by itself.
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
