//! The scenario tables for regional services and the root alarm.

use serde::Deserialize;
use toml::Spanned;

use super::check::Wrong;
use super::schema::{Scenario, us_east_1, yes};
use crate::practice::account_management::regions;
use crate::practice::identifiers::Identifiers;
use crate::practice::state::State;
use crate::practice::watchers::access_analyzer::Analyzer;
use crate::practice::watchers::alarms::Alarm;
use crate::practice::watchers::event_bridge::{Rule, Target};
use crate::practice::watchers::guard_duty::Detector;
use crate::practice::watchers::metric_filters::MetricFilter;
use crate::practice::watchers::sns::Topic;

/// Every enabled Region.
const EVERY_REGION: &str = "*";

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DetectorTable {
    pub regions: Vec<Spanned<String>>,
    #[serde(default = "yes")]
    pub enabled: bool,
}

#[derive(Debug, Clone, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct HubTable {
    pub regions: Vec<Spanned<String>>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AnalyzerTable {
    pub name: String,
    pub regions: Vec<Spanned<String>>,
    #[serde(default, rename = "type")]
    pub kind: AnalyzerKind,
    #[serde(default)]
    pub status: AnalyzerStatus,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(super) enum AnalyzerKind {
    #[default]
    Account,
    Organization,
    AccountUnusedAccess,
    OrganizationUnusedAccess,
    AccountInternalAccess,
    OrganizationInternalAccess,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "SCREAMING_SNAKE_CASE")]
pub(super) enum AnalyzerStatus {
    #[default]
    Active,
    Creating,
    Disabled,
    Failed,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct RuleTable {
    pub name: Spanned<String>,
    #[serde(default = "at_home")]
    pub region: Spanned<String>,
    pub pattern: Spanned<String>,
    #[serde(default = "yes")]
    pub enabled: bool,
    /// Whether it also receives read-only calls.
    #[serde(default)]
    pub reads: bool,
    #[serde(default)]
    pub targets: Vec<String>,
}

/// An SNS topic that lets EventBridge publish.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct TopicTable {
    pub name: String,
    #[serde(default = "at_home")]
    pub region: Spanned<String>,
    /// Confirmed e-mail addresses.
    #[serde(default)]
    pub confirmed: Vec<String>,
    /// Unconfirmed e-mail addresses.
    #[serde(default)]
    pub pending: Vec<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct FilterTable {
    pub name: String,
    pub log_group: String,
    #[serde(default = "at_home")]
    pub region: Spanned<String>,
    pub pattern: String,
    pub namespace: String,
    pub metric: String,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct AlarmTable {
    pub name: String,
    #[serde(default = "at_home")]
    pub region: Spanned<String>,
    pub namespace: String,
    pub metric: String,
    #[serde(default)]
    pub actions: Vec<String>,
    #[serde(default = "yes")]
    pub actions_enabled: bool,
}

fn at_home() -> Spanned<String> {
    Spanned::new(0..0, us_east_1())
}

impl Scenario {
    /// Regions must exist and be enabled, and a rule's pattern must be JSON.
    pub(super) fn check_watchers(&self) -> Result<(), Wrong> {
        for region in &self.regions {
            let name = region.get_ref();
            if !regions::is_opt_in(name) {
                let expected = "no Region to opt in to; expected one such as \"eu-central-2\"";
                return Err((region.span(), format!("{name:?} is {expected}")));
            }
        }
        let several =
            self.guardduty.iter().map(|table| &table.regions).chain(self.security_hub.iter().map(|t| &t.regions));
        let several = several.chain(self.access_analyzers.iter().map(|table| &table.regions)).flatten();
        let single = self.event_rules.iter().map(|rule| &rule.region);
        let single = single.chain(self.topics.iter().map(|topic| &topic.region));
        let single = single.chain(self.metric_filters.iter().map(|filter| &filter.region));
        let single = single.chain(self.alarms.iter().map(|alarm| &alarm.region));
        let enabled = self.enabled();
        for region in several.clone().filter(|region| region.get_ref() != EVERY_REGION).chain(single) {
            let name = region.get_ref();
            if !enabled.contains(name) {
                let expected = "is not an enabled Region; one to opt in to has to stand in `regions`";
                return Err((region.span(), format!("{name:?} {expected}")));
            }
        }
        for rule in &self.event_rules {
            if let Err(error) =
                serde_json::from_str::<serde_json::Map<String, serde_json::Value>>(rule.pattern.get_ref())
            {
                return Err((rule.pattern.span(), format!("no event pattern: {error}")));
            }
        }
        Ok(())
    }

    fn enabled(&self) -> Vec<String> {
        let opted: Vec<String> = self.regions.iter().map(|region| region.get_ref().clone()).collect();
        regions::enabled_with(&opted).into_iter().map(str::to_owned).collect()
    }

    /// Creates what the tables describe.
    pub(super) fn open_watchers(&self, state: &mut State) {
        state.regions_enabled = self.regions.iter().map(|region| region.get_ref().clone()).collect();
        let enabled = self.enabled();
        let each = |regions: &[Spanned<String>]| -> Vec<String> {
            if regions.iter().any(|region| region.get_ref() == EVERY_REGION) {
                return enabled.clone();
            }
            regions.iter().map(|region| region.get_ref().clone()).collect()
        };
        let since = state.created;
        let mut ids = Identifiers::seeded_by(&format!("{} guardduty", state.account));
        for table in &self.guardduty {
            for region in each(&table.regions) {
                let id = ids.request().replace('-', "");
                state.watchers.detectors.push(Detector { id, region, enabled: table.enabled, since });
            }
        }
        state.watchers.hubs = self.security_hub.as_ref().map(|table| each(&table.regions)).unwrap_or_default();
        for table in &self.access_analyzers {
            let analyzer = |region| Analyzer {
                name: table.name.clone(),
                region,
                kind: table.kind.wire().to_owned(),
                status: table.status.wire().to_owned(),
            };
            state.watchers.analyzers.extend(each(&table.regions).into_iter().map(analyzer));
        }
        state.watchers.rules = self.event_rules.iter().map(RuleTable::open).collect();
        for table in &self.topics {
            table.open(state);
        }
        state.watchers.filters = self.metric_filters.iter().map(FilterTable::open).collect();
        state.watchers.alarms = self.alarms.iter().map(AlarmTable::open).collect();
    }
}

impl AnalyzerKind {
    fn wire(self) -> &'static str {
        match self {
            Self::Account => "ACCOUNT",
            Self::Organization => "ORGANIZATION",
            Self::AccountUnusedAccess => "ACCOUNT_UNUSED_ACCESS",
            Self::OrganizationUnusedAccess => "ORGANIZATION_UNUSED_ACCESS",
            Self::AccountInternalAccess => "ACCOUNT_INTERNAL_ACCESS",
            Self::OrganizationInternalAccess => "ORGANIZATION_INTERNAL_ACCESS",
        }
    }
}

impl AnalyzerStatus {
    fn wire(self) -> &'static str {
        match self {
            Self::Active => "ACTIVE",
            Self::Creating => "CREATING",
            Self::Disabled => "DISABLED",
            Self::Failed => "FAILED",
        }
    }
}

impl RuleTable {
    fn open(&self) -> Rule {
        Rule {
            name: self.name.get_ref().clone(),
            region: self.region.get_ref().clone(),
            pattern: self.pattern.get_ref().clone(),
            enabled: self.enabled,
            reads: self.reads,
            targets: Target::of_arns(&self.targets),
            description: None,
            role: None,
            schedule: None,
        }
    }
}

impl TopicTable {
    fn open(&self, state: &mut State) {
        let mut topic = Topic::new(&self.name, self.region.get_ref());
        let policy = Topic::policy_for_events(&topic.arn(&state.account));
        topic.attributes.insert("Policy".into(), policy);
        let mut ids = Identifiers::seeded_by(&format!("{} sns {}", state.account, self.name));
        for (addresses, confirmed) in [(&self.confirmed, true), (&self.pending, false)] {
            for address in addresses {
                topic.add(ids.request(), address, confirmed);
            }
        }
        state.watchers.topics.push(topic);
    }
}

impl FilterTable {
    fn open(&self) -> MetricFilter {
        MetricFilter {
            name: self.name.clone(),
            log_group: self.log_group.clone(),
            region: self.region.get_ref().clone(),
            pattern: self.pattern.clone(),
            namespace: self.namespace.clone(),
            metric: self.metric.clone(),
        }
    }
}

impl AlarmTable {
    fn open(&self) -> Alarm {
        Alarm {
            name: self.name.clone(),
            region: self.region.get_ref().clone(),
            namespace: self.namespace.clone(),
            metric: self.metric.clone(),
            actions: self.actions.clone(),
            actions_enabled: self.actions_enabled,
        }
    }
}
