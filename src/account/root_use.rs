//! EventBridge rules and CloudWatch alarms that report root use. A pattern is tested against sample events of root
//! and of a user.

mod event_pattern;
mod filter_pattern;
mod glob;
mod occasion;

pub use occasion::Occasion;

use super::topics::Target;

/// Root's sign-ins and calls, as EventBridge hears of them: the pattern of the rule that lockroot makes.
pub const EVENT_PATTERN: &str = r#"{"detail-type":["AWS API Call via CloudTrail","AWS Console Sign In via CloudTrail"],"detail":{"userIdentity":{"type":["Root"]}}}"#;

/// Whether an event pattern of EventBridge lets `event` through; `None`: it says something that is not understood here.
#[must_use]
pub fn lets_through(pattern: &str, event: &serde_json::Value) -> Option<bool> {
    event_pattern::matches(pattern, event)
}

/// What a pattern lets through.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Notice {
    /// What root does, and not the same done by a user.
    Root,
    /// What root does, and the same done by anybody.
    Everybody,
    /// Not what root does.
    Nothing,
    /// It says something that is not understood here.
    Unclear,
}

impl Notice {
    /// Of an event pattern of EventBridge, which is JSON.
    #[must_use]
    pub fn of_event_pattern(pattern: &str, occasion: &Occasion) -> Self {
        Self::of(
            event_pattern::matches(pattern, &occasion.event(true)),
            event_pattern::matches(pattern, &occasion.event(false)),
        )
    }

    /// Of a filter pattern of CloudWatch Logs, tried on CloudTrail's records.
    #[must_use]
    pub fn of_filter_pattern(pattern: &str, occasion: &Occasion) -> Self {
        Self::of(
            filter_pattern::matches(pattern, &occasion.record(true)),
            filter_pattern::matches(pattern, &occasion.record(false)),
        )
    }

    fn of(root: Option<bool>, user: Option<bool>) -> Self {
        match (root, user) {
            (Some(false), _) => Self::Nothing,
            (Some(true), Some(false)) => Self::Root,
            (Some(true), Some(true)) => Self::Everybody,
            (None, _) | (Some(true), None) => Self::Unclear,
        }
    }

    /// In words.
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::Root => "matches root",
            Self::Everybody => "matches everybody",
            Self::Nothing => "does not match root",
            Self::Unclear => "not understood",
        }
    }
}

/// A rule of EventBridge's default bus in the home region.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RootRule {
    /// Its name.
    pub name: String,
    /// Whether it is switched on.
    pub enabled: bool,
    /// Whether calls that only read come to it too: its state is [`RootRule::ALL_EVENTS`].
    pub sees_reads: bool,
    /// What it lets through. Of one that lets nothing of root's through only its name counts.
    pub notice: Notice,
    /// What it writes to; not asked of one that lets nothing of root's through.
    pub targets: Vec<Target>,
    /// The rest of it: what has to be sent along where it is put again, as that replaces the whole rule.
    pub settings: RuleSettings,
}

/// What a rule of EventBridge is beside its name and its state.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RuleSettings {
    /// Its event pattern, as JSON.
    pub pattern: String,
    /// Its description.
    pub description: Option<String>,
    /// When it runs by the clock too.
    pub schedule: Option<String>,
    /// The role that it acts as.
    pub role: Option<String>,
    /// The AWS service that made it and alone may change it.
    pub managed_by: Option<String>,
}

impl RootRule {
    /// The state in which a rule gets calls that only read. Source: EventBridge User Guide, "AWS service events delivered via
    /// CloudTrail".
    pub const ALL_EVENTS: &'static str = "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS";

    /// Whether it is on and what it writes to may reach somebody.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.enabled && self.targets.iter().any(|target| !target.reaches_nobody())
    }
}

/// What alarms on the log groups that trails of all regions write to.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LogAlarms {
    /// Metric filters whose pattern lets root through, or may.
    pub filters: Vec<RootFilter>,
    /// The log groups that were looked at.
    pub groups: Vec<String>,
    /// ARNs of log groups of other accounts, into which nobody here can look.
    pub elsewhere: Vec<String>,
}

/// A metric filter of CloudWatch Logs on a trail's log group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RootFilter {
    /// Its name.
    pub name: String,
    /// The log group's name.
    pub group: String,
    /// Its ARN, as the trails that write to it name it.
    pub group_arn: String,
    /// What it counts; never nothing.
    pub notice: Notice,
    /// The alarms on the metric that it counts into.
    pub alarms: Vec<MetricAlarm>,
}

/// An alarm of CloudWatch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MetricAlarm {
    /// Its name.
    pub name: String,
    /// Whether it does anything when it goes off: it has actions, and they are enabled.
    pub acts: bool,
}

#[cfg(test)]
mod tests;
