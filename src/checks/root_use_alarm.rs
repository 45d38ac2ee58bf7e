//! Somebody is told when root is used: by a rule of EventBridge, or by an alarm on the log group of a trail.

use super::{Evidence, Judgement, evidence, known};
use crate::account::root_use::{LogAlarms, Notice, RootFilter, RootRule};
use crate::account::{Facts, Partition, Question};

const FIX: &str = "Make a rule in the home region's EventBridge for sign-ins and calls with userIdentity type Root, and let it write to a topic that somebody reads: `lockroot explain root-use-alarm` has the commands.";

const FIX_TRAIL: &str =
    "Start a trail that records every region: without one neither EventBridge nor an alarm hears of root.";

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
    if let Some(way) = tells(Notice::Root).first() {
        return heard(facts, &format!("{way} tells when root is used."), proof, true);
    }
    if let Some(way) = tells(Notice::Everybody).first() {
        let why = format!(
            "{way} gets root's sign-ins among everybody's. Whether somebody is told of root's, only you can know."
        );
        return heard(facts, &why, proof, false);
    }
    // Nothing was found in what could be read: the rest has to be read before anything is said.
    known(&facts.root_rules, &Question::RootRules)?;
    let alarms = known(&facts.log_alarms, &Question::LogAlarms)?;
    if let Some(way) = tells(Notice::Unclear).first() {
        return Ok(Judgement::unknown(format!("{way} has a pattern that lockroot does not understand."), proof));
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

/// What works without a trail that logs is nothing: both ways hear of root through one.
fn heard(facts: &Facts, why: &str, proof: Vec<Evidence>, tells: bool) -> Result<Judgement, Judgement> {
    let trails = known(&facts.trails, &Question::Trails)?;
    let hears = trails.iter().any(|trail| trail.records_home && trail.logging == Some(true));
    Ok(match (hears, tells) {
        (true, true) => Judgement::pass(why, proof),
        (true, false) => Judgement::manual(why, proof),
        (false, _) => {
            Judgement::fail(format!("{why} But no trail logs, so that nothing comes to it."), proof, FIX_TRAIL)
        }
    })
}

/// What is complete, by its name.
fn ways(rules: &[RootRule], filters: &[RootFilter], notice: Notice) -> Vec<String> {
    let rules = rules.iter().filter(|rule| rule.notice == notice && rule.enabled && !rule.targets.is_empty());
    let filters = filters.iter().filter(|filter| filter.notice == notice);
    let alarms = filters.flat_map(|filter| filter.alarms.iter().filter(|alarm| alarm.acts));
    let rules = rules.map(|rule| format!("The EventBridge rule {}", rule.name));
    rules.chain(alarms.map(|alarm| format!("The alarm {}", alarm.name))).collect()
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
