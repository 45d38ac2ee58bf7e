//! A regional service: where it is on, how to turn it on, what it costs.

use crate::account::facts::{Analyzer, Detector, Hub, Reading};
use crate::account::{Caller, Facts, Partition, Regional, TurnOnCall};

/// A service that should be on in every enabled Region.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Service {
    AccessAnalyzer,
    GuardDuty,
    SecurityHub,
}

/// Name of a new analyzer, as in AWS's console. If it is taken, `-2` and so on follow.
const ANALYZER: &str = "external-access";

/// With more Regions than this, only their number is shown.
const MAX_NAMED: usize = 2;

/// State of the service in a Region.
enum State {
    On,
    Off(TurnOnCall),
    /// No call of lockroot can turn it on. The text is AWS's reason.
    Stuck(String),
    Unread,
}

impl Service {
    /// In the order of the table: services without cost first.
    pub const ALL: [Self; 3] = [Self::AccessAnalyzer, Self::GuardDuty, Self::SecurityHub];

    pub fn name(self) -> &'static str {
        match self {
            Self::AccessAnalyzer => "IAM Access Analyzer",
            Self::GuardDuty => "GuardDuty",
            Self::SecurityHub => "Security Hub CSPM",
        }
    }

    /// Short name for the table.
    pub fn label(self) -> &'static str {
        match self {
            Self::AccessAnalyzer => "Access Analyzer",
            Self::GuardDuty => "GuardDuty",
            Self::SecurityHub => "Security Hub",
        }
    }

    /// The cost in a word or two. The review has the details ([`Self::notes`]).
    pub fn costs(self) -> &'static str {
        match self {
            Self::AccessAnalyzer => "free",
            Self::GuardDuty | Self::SecurityHub => "30 days free",
        }
    }

    /// Notes about what is included and what it costs.
    pub fn notes(self, facts: &Facts) -> Vec<String> {
        let what = match self {
            Self::AccessAnalyzer => {
                "IAM Access Analyzer: external access analyzers are free. lockroot does not create the paid ones (unused and internal access)."
            }
            Self::GuardDuty => {
                "GuardDuty: a 30-day free trial in each Region. Then AWS charges by the events and data that it analyzes. A new detector comes with the protection plans that AWS offers there, except Runtime Monitoring."
            }
            Self::SecurityHub => {
                "Security Hub CSPM: a 30-day free trial. Then AWS charges by its checks, and by what AWS Config records. Two standards come with it: AWS Foundational Security Best Practices and CIS 1.2.0. Most of their checks need AWS Config, which this does not turn on."
            }
        };
        std::iter::once(what.to_owned()).chain(self.unread(facts)).chain(self.stuck(facts)).collect()
    }

    /// The control with the console's address, and what the organization's delegated administrator chooses there.
    fn central(self) -> (&'static str, &'static str) {
        match self {
            Self::AccessAnalyzer => ("access-analyzer-on", "Access analyzer, Analyzer settings"),
            Self::GuardDuty => ("guardduty-on", "Accounts"),
            Self::SecurityHub => ("security-hub-on", "Settings, Configuration"),
        }
    }

    /// Where the delegated administrator turns it on, in a sentence.
    pub fn centrally(self, facts: &Facts) -> String {
        let (control, choose) = self.central();
        let partition = facts.caller.known().map_or(Partition::Commercial, Caller::partition);
        let path = crate::checks::control(control).and_then(|control| control.console).unwrap_or_default();
        let (name, address) = (self.name(), partition.console(path));
        let further = match self {
            Self::AccessAnalyzer => " An analyzer of the organization does not show here: then accept the risk (x).",
            Self::GuardDuty | Self::SecurityHub => "",
        };
        format!("{name}, as its delegated administrator: {address}, {choose}.{further}")
    }

    /// A message that asks the organization to turn it on.
    pub fn request(self, facts: &Facts) -> String {
        let account = facts.caller.known().map_or("", |caller| caller.account.as_str());
        let off: Vec<String> = self.off(facts).into_iter().map(|(region, _)| region).collect();
        let name = self.name();
        format!(
            "Please turn on {name} for AWS account {account}, which is in your organization.\n\n\
             It is off in: {}.\n\n\
             {}\n\n\
             If {name} has no delegated administrator yet, the organization's management account names one in the same console.\n",
            off.join(", "),
            self.centrally(facts),
        )
    }

    /// The Regions where it is off, each with its call. Regions with the same call are next to each other.
    pub fn off(self, facts: &Facts) -> Vec<(String, TurnOnCall)> {
        let off = |(region, state)| match state {
            State::Off(call) => Some((region, call)),
            State::On | State::Stuck(_) | State::Unread => None,
        };
        let mut off: Vec<_> = self.states(facts).into_iter().filter_map(off).collect();
        off.sort_by(|(one, first), (other, second)| (first, one).cmp(&(second, other)));
        off
    }

    /// The Regions where it is on, for the table.
    pub fn words(self, facts: &Facts) -> String {
        let states = self.states(facts);
        if states.is_empty() {
            return if self.failed(facts) { "could not be read".into() } else { "reading…".into() };
        }
        let all = states.len();
        let on: Vec<&str> =
            states.iter().filter(|(_, state)| matches!(state, State::On)).map(|(region, _)| region.as_str()).collect();
        match on.len() {
            0 => format!("none of {all} Regions"),
            count if count == all && self.is_unlisted(facts) => format!("{all} Regions, more unknown"),
            count if count == all => format!("all {all} Regions"),
            count if count > MAX_NAMED => format!("{count} of {all} Regions"),
            count => format!("{} ({count} of {all})", on.join(", ")),
        }
    }

    /// A note about Regions that could not be read.
    pub fn unread(self, facts: &Facts) -> Option<String> {
        let states = self.states(facts);
        let unread =
            states.iter().filter(|(_, state)| matches!(state, State::Unread)).map(|(region, _)| region.as_str());
        let unread: Vec<&str> = unread.collect();
        let unlisted =
            "The list of enabled Regions could not be read. This covers only the Regions that every account has.";
        match (unread.is_empty(), self.is_unlisted(facts)) {
            (true, false) => None,
            (true, true) => Some(unlisted.to_owned()),
            (false, _) => Some(format!(
                "{} could not be read in {}: lockroot does not turn it on there.",
                self.name(),
                unread.join(", ")
            )),
        }
    }

    /// A note about Regions where it exists but does not work.
    pub fn stuck(self, facts: &Facts) -> Option<String> {
        let states = self.states(facts);
        let stuck: Vec<String> = states
            .into_iter()
            .filter_map(|(region, state)| match state {
                State::Stuck(status) => Some(format!("{region} ({status})")),
                State::On | State::Off(_) | State::Unread => None,
            })
            .collect();
        (!stuck.is_empty()).then(|| {
            let regions = stuck.join(", ");
            format!(
                "{} exists but does not work in {regions}. AWS allows no second one: look at it in the console.",
                self.name()
            )
        })
    }

    fn failed(self, facts: &Facts) -> bool {
        match self {
            Self::AccessAnalyzer => facts.access_analyzers.failure().is_some(),
            Self::GuardDuty => facts.guard_duty.failure().is_some(),
            Self::SecurityHub => facts.security_hub.failure().is_some(),
        }
    }

    /// Whether there may be enabled Regions that AWS did not list.
    fn is_unlisted(self, facts: &Facts) -> bool {
        match self {
            Self::AccessAnalyzer => facts.access_analyzers.known().is_some_and(|answer| answer.unlisted.is_some()),
            Self::GuardDuty => facts.guard_duty.known().is_some_and(|answer| answer.unlisted.is_some()),
            Self::SecurityHub => facts.security_hub.known().is_some_and(|answer| answer.unlisted.is_some()),
        }
    }

    fn states(self, facts: &Facts) -> Vec<(String, State)> {
        match self {
            Self::AccessAnalyzer => states(&facts.access_analyzers, |analyzers| analyzer(analyzers)),
            Self::GuardDuty => states(&facts.guard_duty, |detector| match detector {
                Detector::Enabled => State::On,
                Detector::Absent => State::Off(TurnOnCall::CreateDetector),
                Detector::Disabled { id } => State::Off(TurnOnCall::UpdateDetector { id: id.clone() }),
            }),
            Self::SecurityHub => states(&facts.security_hub, |hub| match hub {
                Hub::Subscribed => State::On,
                Hub::NotSubscribed => State::Off(TurnOnCall::EnableSecurityHub),
            }),
        }
    }
}

fn states<T>(reading: &Reading<Regional<T>>, of: impl Fn(&T) -> State) -> Vec<(String, State)> {
    let regions = reading.known().map(|answer| &answer.regions).into_iter().flatten();
    regions.map(|(region, answer)| (region.clone(), answer.as_ref().map_or(State::Unread, &of))).collect()
}

/// A Region has at most one external access analyzer.
fn analyzer(analyzers: &[Analyzer]) -> State {
    let external = || analyzers.iter().filter(|analyzer| analyzer.is_external());
    if external().any(Analyzer::is_active) {
        return State::On;
    }
    if let Some(one) = external().next() {
        return State::Stuck(one.status.clone());
    }
    let is_free = |name: &String| analyzers.iter().all(|analyzer| analyzer.name != *name);
    let further = (2..).map(|number| format!("{ANALYZER}-{number}"));
    let name = std::iter::once(ANALYZER.to_owned()).chain(further).find(is_free).unwrap_or_default();
    State::Off(TurnOnCall::CreateAnalyzer { name })
}
