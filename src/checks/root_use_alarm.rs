//! Somebody is told when root is used: by a rule of EventBridge, or by an alarm on the log group of a trail.

use super::{Evidence, Judgement, evidence, known};
use crate::account::facts::TrailState;
use crate::account::root_use::{LogAlarms, Notice, RootFilter, RootRule};
use crate::account::{Facts, Partition, Question};

const FIX: &str = "Make a rule in the home region's EventBridge for sign-ins and calls with userIdentity type Root, and let it write to a topic that somebody reads: `lockroot explain root-use-alarm` has the commands.";

const FIX_TRAIL: &str = "Start the logging of a trail that records every region: without one EventBridge hears nothing of root, and an alarm hears only of what a trail writes to its log group.";

const FIX_PARTS: &str = "Complete it: switch the rule on and give it a target, or enable the alarm's actions.";

pub(super) fn judge(facts: &Facts) -> Result<Judgement, Judgement> {
    let caller = known(&facts.caller, &Question::Caller)?;
    if caller.partition() == Partition::China {
        return Ok(Judgement::not_applicable("Accounts in AWS China have no root user.", Vec::new()));
    }
    let home = caller.partition().home_region();
    let rules: &[RootRule] = facts.root_rules.known().map_or(&[], Vec::as_slice);
    let filters: &[RootFilter] = facts.log_alarms.known().map_or(&[], |alarms| &alarms.filters);
    let proof = proof(facts, rules, filters);
    let tells = |notice: Notice| ways(rules, filters, notice);
    let [of_root, of_everybody] = [Notice::Root, Notice::Everybody].map(tells);
    if !of_root.is_empty() || !of_everybody.is_empty() {
        let trails = known(&facts.trails, &Question::Trails)?;
        return Ok(complete(&of_root, &of_everybody, trails, proof));
    }
    // Nothing was found in what could be read: the rest has to be read before anything is said.
    known(&facts.root_rules, &Question::RootRules)?;
    let alarms = known(&facts.log_alarms, &Question::LogAlarms)?;
    if let Some(way) = tells(Notice::Unclear).first() {
        return Ok(Judgement::unknown(format!("{} has a pattern that lockroot does not understand.", way.name), proof));
    }
    if let Some(group) = alarms.elsewhere.first() {
        let why = format!(
            "A trail writes to {group}, a log group of another account: whether it alarms there, only that account shows."
        );
        return Ok(Judgement::manual(why, proof));
    }
    Ok(match nearly(rules, filters) {
        Some(lack) => Judgement::fail(format!("{lack}, so that nobody is told when root is used."), proof, FIX_PARTS),
        None => {
            Judgement::fail(format!("{} so that nobody is told when root is used.", nothing(alarms, home)), proof, FIX)
        }
    })
}

/// Something that is complete in itself.
struct Way<'a> {
    name: String,
    /// The log group that it hears from; `None`: EventBridge, which hears from any trail that logs.
    group: Option<&'a str>,
}

impl Way<'_> {
    /// What works without a trail that logs is nothing: both ways hear of root through one.
    fn hears(&self, trails: &[TrailState]) -> bool {
        let mut logging = trails.iter().filter(|trail| trail.records_home && trail.logging == Some(true));
        logging.any(|trail| self.group.is_none() || trail.log_group.as_deref() == self.group)
    }
}

/// The verdict on what is complete in itself: at least one of both lists is there.
fn complete(of_root: &[Way<'_>], of_everybody: &[Way<'_>], trails: &[TrailState], proof: Vec<Evidence>) -> Judgement {
    if let Some(way) = of_root.iter().find(|way| way.hears(trails)) {
        return Judgement::pass(format!("{} tells when root is used.", way.name), proof);
    }
    if let Some(way) = of_everybody.iter().find(|way| way.hears(trails)) {
        let why = format!(
            "{} gets root's sign-ins among everybody's. Whether somebody is told of root's, only you can know.",
            way.name
        );
        return Judgement::manual(why, proof);
    }
    let deaf = of_root.iter().chain(of_everybody).next().map_or("It", |way| way.name.as_str());
    let why = match trails.iter().any(|trail| trail.logging == Some(true)) {
        false => format!("{deaf} would tell when root is used. But no trail logs, so that nothing comes to it."),
        true => format!(
            "{deaf} would tell when root is used. But no trail that logs writes to its log group, so that nothing comes to it."
        ),
    };
    Judgement::fail(why, proof, FIX_TRAIL)
}

/// What is complete in itself.
fn ways<'a>(rules: &[RootRule], filters: &'a [RootFilter], notice: Notice) -> Vec<Way<'a>> {
    let rules = rules.iter().filter(|rule| rule.notice == notice && rule.enabled && !rule.targets.is_empty());
    let rules = rules.map(|rule| Way { name: format!("The EventBridge rule {}", rule.name), group: None });
    let filters = filters.iter().filter(|filter| filter.notice == notice);
    let alarms = filters.flat_map(|filter| {
        let acting = filter.alarms.iter().filter(|alarm| alarm.acts);
        acting.map(|alarm| Way { name: format!("The alarm {}", alarm.name), group: Some(filter.group_arn.as_str()) })
    });
    rules.chain(alarms).collect()
}

/// What is there, but lacks something.
fn nearly(rules: &[RootRule], filters: &[RootFilter]) -> Option<String> {
    let rule = rules.iter().find(|rule| rule.notice == Notice::Root);
    let rule = rule.map(|rule| match rule.enabled {
        true => format!("The EventBridge rule {} has no target", rule.name),
        false => format!("The EventBridge rule {} is disabled", rule.name),
    });
    let filter = filters.iter().find(|filter| filter.notice == Notice::Root);
    rule.or_else(|| {
        let filter = filter?;
        Some(match filter.alarms.first() {
            Some(alarm) => format!("The alarm {} does nothing when it goes off", alarm.name),
            None => format!("The metric filter {} counts root's use, but no alarm looks at it", filter.name),
        })
    })
}

fn nothing(alarms: &LogAlarms, home: &str) -> String {
    match alarms.groups.as_slice() {
        [] => format!("No EventBridge rule in {home} is about root, and no trail writes to CloudWatch Logs,"),
        groups => {
            format!("No EventBridge rule in {home} is about root, and no metric filter on {},", groups.join(", "))
        }
    }
}

fn proof(facts: &Facts, rules: &[RootRule], filters: &[RootFilter]) -> Vec<Evidence> {
    let count = |count: usize, what: &str| format!("{count} {what}{}", if count == 1 { "" } else { "s" });
    let rule = |rule: &RootRule| {
        let (call, value) = match rule.enabled {
            true => ("events:ListTargetsByRule", format!("enabled, {}", count(rule.targets.len(), "target"))),
            false => ("events:ListRules", "disabled".to_owned()),
        };
        evidence(&facts.root_rules, call, rule.name.clone(), format!("{}, {value}", rule.notice.words()))
    };
    let filter = |filter: &RootFilter| {
        let acting = filter.alarms.iter().filter(|alarm| alarm.acts).count();
        let value = format!("{}, {} with actions", filter.notice.words(), count(acting, "alarm"));
        let field = format!("{} on {}", filter.name, filter.group);
        evidence(&facts.log_alarms, "cloudwatch:DescribeAlarmsForMetric", field, value)
    };
    let found: Vec<Evidence> = rules.iter().filter_map(rule).chain(filters.iter().filter_map(filter)).collect();
    if !found.is_empty() {
        return found;
    }
    let none = [
        evidence(&facts.root_rules, Question::RootRules.action(), "Rules", "none lets root through"),
        evidence(&facts.log_alarms, Question::LogAlarms.action(), "metricFilters", "none counts root's use"),
    ];
    none.into_iter().flatten().collect()
}
