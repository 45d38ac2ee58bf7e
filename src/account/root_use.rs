//! EventBridge rules and CloudWatch alarms that report root use. A pattern is tested against sample events of root
//! and of a user.

mod event_pattern;
mod filter_pattern;
mod glob;
mod occasion;

pub use occasion::Occasion;

use super::topics::Target;

/// The event pattern of lockroot's own rule: root's sign-ins and calls.
pub const EVENT_PATTERN: &str = r#"{"detail-type":["AWS API Call via CloudTrail","AWS Console Sign In via CloudTrail"],"detail":{"userIdentity":{"type":["Root"]}}}"#;

/// Whether the EventBridge pattern matches `event`; `None`: lockroot does not understand the pattern.
#[must_use]
pub fn matches_event(pattern: &str, event: &serde_json::Value) -> Option<bool> {
    event_pattern::matches(pattern, event)
}

/// Which principals a pattern matches.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Notice {
    /// Root only.
    Root,
    /// Root and everybody else.
    Everybody,
    /// Not root.
    Nothing,
    /// lockroot does not understand the pattern.
    Unclear,
}

impl Notice {
    /// Tests an EventBridge event pattern (JSON).
    #[must_use]
    pub fn of_event_pattern(pattern: &str, occasion: &Occasion) -> Self {
        Self::of(
            event_pattern::matches(pattern, &occasion.event(true)),
            event_pattern::matches(pattern, &occasion.event(false)),
        )
    }

    /// Tests a CloudWatch Logs filter pattern against CloudTrail records.
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

/// A rule on EventBridge's default bus in the home Region.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RootRule {
    pub name: String,
    pub enabled: bool,
    /// Whether it also receives read-only calls: its state is [`RootRule::ALL_EVENTS`].
    pub sees_reads: bool,
    /// Whom its pattern matches. If it does not match root, only the rule's name matters.
    pub notice: Notice,
    /// Its targets; not read if the pattern does not match root.
    pub targets: Vec<Target>,
    /// The other settings. `PutRule` replaces the whole rule, so they must be sent again.
    pub settings: RuleSettings,
}

/// Settings of an EventBridge rule besides name and state.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct RuleSettings {
    /// JSON.
    pub pattern: String,
    pub description: Option<String>,
    /// Schedule expression, if it also runs on a schedule.
    pub schedule: Option<String>,
    /// ARN of the role that the rule assumes.
    pub role: Option<String>,
    /// The AWS service that owns the rule and alone can change it.
    pub managed_by: Option<String>,
}

impl RootRule {
    /// The rule state that includes read-only calls. Source: EventBridge User Guide, "AWS service events delivered
    /// via CloudTrail".
    pub const ALL_EVENTS: &'static str = "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS";

    /// Whether it is enabled and one of its targets may reach somebody.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.enabled && self.targets.iter().any(|target| !target.reaches_nobody())
    }
}

/// Alarms on the log groups of multi-Region trails.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct LogAlarms {
    /// Metric filters that match root, or may.
    pub filters: Vec<RootFilter>,
    /// Names of the log groups that were read.
    pub groups: Vec<String>,
    /// ARNs of log groups in other accounts, which this account cannot read.
    pub elsewhere: Vec<String>,
}

/// A CloudWatch Logs metric filter on a trail's log group.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RootFilter {
    pub name: String,
    /// Log group name.
    pub group: String,
    /// Log group ARN, as the trails spell it.
    pub group_arn: String,
    /// Whom it counts; never [`Notice::Nothing`].
    pub notice: Notice,
    /// CloudWatch alarms on its metric.
    pub alarms: Vec<MetricAlarm>,
}

/// A CloudWatch alarm.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MetricAlarm {
    pub name: String,
    /// Whether it has actions and they are enabled.
    pub acts: bool,
}

#[cfg(test)]
mod tests;
