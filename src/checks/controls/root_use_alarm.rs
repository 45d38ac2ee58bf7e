//! Root use triggers a notification: through an EventBridge rule, or an alarm on a trail's log group.

use crate::account::facts::TrailState;
use crate::account::management_events::ManagementEvents;
use crate::account::root_use::{LogAlarms, Notice, RootFilter, RootRule};
use crate::account::topics::{Target, TopicAccess, topic_name};
use crate::account::{Facts, Failure, Question, Reading};
use crate::checks::StepId;
use crate::checks::partition::without_root;
use crate::checks::{
    Assess, Assessment, Awaits, Control, Evidence, HandOff, References, Remedy, Severity, console, evidence, known,
};

pub(super) const CONTROL: Control = Control {
    id: "root-use-alarm",
    title: "Root use triggers a notification",
    severity: Severity::Low,
    questions: &[Question::Caller, Question::Trails, Question::RootRules, Question::LogAlarms],
    references: References {
        cis: &[("5.0", "4.3"), ("6.0", "5.3"), ("7.0", "5.3")],
        security_hub: &["CloudWatch.1"],
        prowler: &["cloudwatch_log_metric_filter_root_usage"],
    },
    differs: "an EventBridge rule is enough here; the policy of this account's topic must let EventBridge publish, and a subscription must be confirmed",
    console: Some(console::EVENTS),
    remedy: Remedy::StepOrHandOff(
        StepId::Watchers,
        HandOff {
            steps: &[
                "You need a trail that is logging: fix cloudtrail-on first.",
                "SNS, in the home Region (us-east-1; us-gov-west-1 in GovCloud): Topics, Create topic, Standard. Create a subscription with an e-mail address that somebody reads, and confirm it from the mail.",
                "EventBridge, in the same Region: Rules, Create rule, Rule with an event pattern. Pattern and target: w shows both, and the same as commands.",
                "Sign in as root once, and check that the message arrives.",
            ],
            costs: Some(
                "Events of AWS services are free in EventBridge. SNS charges a little for e-mail beyond its free allowance.",
            ),
            awaits: Awaits::PassAndTest,
        },
    ),
    text: include_str!("../../../assets/explain/root-use-alarm.md"),
    assess: Assess::Facts(assess),
};

const FIX: &str = "Create an EventBridge rule in the home Region for sign-ins and calls with userIdentity type Root. Let it write to a topic that somebody reads: lockroot, the step \"Watch over the account\", or `lockroot explain root-use-alarm` for the commands.";

const FIX_TRAIL: &str = "Start logging on a trail that records every Region. Without it EventBridge gets no events of root, and an alarm sees only what a trail writes to its log group.";

const FIX_PARTS: &str = "Complete it: enable the rule and give it a target, or enable the alarm's actions. lockroot completes a rule: the step \"Watch over the account\".";

const FIX_READERS: &str = "Confirm the subscription from the e-mail that AWS sent: only its recipient can. Or subscribe another address: lockroot, the step \"Watch over the account\".";

const FIX_KEY: &str = "EventBridge can't use that key. SNS, the topic, Edit, Encryption: turn it off, or choose a customer managed key whose policy allows events.amazonaws.com kms:GenerateDataKey* and kms:Decrypt. Or let lockroot make another topic: the step \"Watch over the account\".";
const FIX_SHUT: &str = "Let EventBridge publish: SNS, the topic, Edit, Access policy: a statement that allows events.amazonaws.com sns:Publish, without a condition. Or let lockroot make another topic: the step \"Watch over the account\".";

fn assess(facts: &Facts) -> Result<Assessment, Assessment> {
    let caller = known(&facts.caller, &Question::Caller)?;
    if let Some(none) = without_root(facts)? {
        return Ok(none);
    }
    let home = caller.partition().home_region();
    let rules: &[RootRule] = facts.root_rules.known().map_or(&[], Vec::as_slice);
    let filters: &[RootFilter] = facts.log_alarms.known().map_or(&[], |alarms| &alarms.filters);
    let proof = proof(facts, rules, filters);
    let tells = |notice: Notice| ways(rules, filters, notice);
    let [of_root, of_everybody] = [Notice::Root, Notice::Everybody].map(tells);
    let (of_root, doubtful): (Vec<_>, Vec<_>) = of_root.into_iter().partition(|way| way.doubt.is_none());
    if of_root.is_empty()
        && let Some(doubt) = doubtful.into_iter().find_map(|way| way.doubt)
    {
        return Err(Assessment { evidence: proof, ..doubt });
    }
    if !of_root.is_empty() || !of_everybody.is_empty() {
        let trails = known(&facts.trails, &Question::Trails)?;
        return complete(&of_root, &of_everybody, trails, proof);
    }
    // Nothing sufficient was found, so a verdict needs the unread rest.
    known(&facts.root_rules, &Question::RootRules)?;
    let alarms = known(&facts.log_alarms, &Question::LogAlarms)?;
    if let Some(way) = tells(Notice::Unclear).first() {
        return Ok(Assessment::unknown(
            format!("{} has a pattern that lockroot does not understand.", way.name),
            proof,
        ));
    }
    if let Some(group) = alarms.elsewhere.first() {
        let why = format!(
            "A trail writes to {group}, a log group of another account. Only that account shows whether it has an alarm."
        );
        return Ok(Assessment::manual(why, proof));
    }
    Ok(match incomplete_alarm(rules, filters) {
        Some((lack, fix)) => Assessment::fail(format!("{lack}: nobody is notified when root is used."), proof, fix),
        None => {
            Assessment::fail(format!("{}: nobody is notified when root is used.", nothing(alarms, home)), proof, FIX)
        }
    })
}

/// A complete notification path: an EventBridge rule or an alarm.
struct Channel<'a> {
    name: String,
    /// Log group of an alarm; `None` for EventBridge, which receives events of any logging trail.
    group: Option<&'a str>,
    /// Whether it receives read-only calls that a trail records.
    sees_reads: bool,
    /// Why its delivery is uncertain.
    doubt: Option<Assessment>,
}

impl Channel<'_> {
    /// Trails that deliver root's events to it; it needs at least one. A trail with unread events may be one.
    fn trails<'t>(&self, trails: &'t [TrailState]) -> impl Iterator<Item = &'t TrailState> {
        let group = self.group.map(str::to_owned);
        let logging = trails.iter().filter(|trail| trail.records_home && trail.logging == Some(true));
        // An alarm needs a multi-Region trail on its log group: another trail may write to the same group.
        let fits = logging.filter(move |trail| group.is_none() || trail.multi_region && trail.log_group == group);
        fits.filter(|trail| trail.management.known().is_none_or(ManagementEvents::tells_of_root))
    }

    /// Whether it receives root's events; the failure if that could not be read.
    fn receives_root_events(&self, trails: &[TrailState]) -> Result<bool, Assessment> {
        if self.trails(trails).any(|trail| trail.management.known().is_some()) {
            return Ok(true);
        }
        self.trails(trails).next().map_or(Ok(false), |trail| known(&trail.management, &Question::Trails).map(|_| true))
    }

    /// A sentence on the events that it misses.
    fn misses(&self, trails: &[TrailState]) -> &'static str {
        let reads = self.trails(trails).any(|trail| trail.management.known().is_some_and(|events| events.reads));
        match (reads, self.sees_reads) {
            (true, true) => "",
            (true, false) => {
                " It does not get root's read-only calls: that needs the state ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS."
            }
            (false, _) => " It does not get root's read-only calls: the trail does not record them.",
        }
    }
}

/// The verdict on complete channels; at least one list is not empty.
fn complete(
    of_root: &[Channel<'_>],
    of_everybody: &[Channel<'_>],
    trails: &[TrailState],
    mut proof: Vec<Evidence>,
) -> Result<Assessment, Assessment> {
    proof.extend(trails.iter().filter_map(|trail| {
        let words = format!("records {}", trail.management.known()?.words());
        evidence(&trail.management, "cloudtrail:GetEventSelectors", trail.arn.clone(), words)
    }));
    let heard =
        |ways: &'_ [Channel<'_>]| ways.iter().position(|way| matches!(way.receives_root_events(trails), Ok(true)));
    if let Some(way) = heard(of_root).and_then(|place| of_root.get(place)) {
        let why = format!("{} reports root use.{}", way.name, way.misses(trails));
        return Ok(Assessment::pass(why, proof));
    }
    if let Some(unknown) = of_root.iter().find_map(|way| way.receives_root_events(trails).err()) {
        return Err(Assessment { evidence: proof, ..unknown });
    }
    if let Some(way) = heard(of_everybody).and_then(|place| of_everybody.get(place)) {
        let why = format!(
            "{} receives everyone's sign-ins, root's included. Only you can tell whether somebody is alerted to root's.",
            way.name
        );
        return Ok(Assessment::manual(why, proof));
    }
    if let Some(unknown) = of_everybody.iter().find_map(|way| way.receives_root_events(trails).err()) {
        return Err(Assessment { evidence: proof, ..unknown });
    }
    let deaf = of_root.iter().chain(of_everybody).next();
    let name = deaf.map_or("It", |way| way.name.as_str());
    Ok(Assessment::fail(format!("{name} would report root use. But {}", why_no_events(deaf, trails)), proof, FIX_TRAIL))
}

/// Why `way` receives no events.
fn why_no_events(way: Option<&Channel<'_>>, trails: &[TrailState]) -> &'static str {
    let logging = || trails.iter().filter(|trail| trail.logging == Some(true));
    let group = way.and_then(|way| way.group);
    if logging().next().is_none() {
        "no trail is logging, so it gets no events."
    } else if logging().any(|trail| group.is_none() || trail.log_group.as_deref() == group) {
        "the trail behind it does not record root's sign-ins and changes: that needs write management events."
    } else {
        "no trail that is logging writes to its log group, so it gets no events."
    }
}

/// The complete channels.
fn ways<'a>(rules: &[RootRule], filters: &'a [RootFilter], notice: Notice) -> Vec<Channel<'a>> {
    let rules = rules.iter().filter(|rule| rule.notice == notice && rule.is_complete());
    let rules = rules.map(|rule| Channel {
        name: format!("The EventBridge rule {}", rule.name),
        group: None,
        sees_reads: rule.sees_reads,
        doubt: doubt(rule),
    });
    let filters = filters.iter().filter(|filter| filter.notice == notice);
    let alarms = filters.flat_map(|filter| {
        let acting = filter.alarms.iter().filter(|alarm| alarm.acts);
        acting.map(|alarm| Channel {
            name: format!("The alarm {}", alarm.name),
            group: Some(filter.group_arn.as_str()),
            sees_reads: true,
            doubt: None,
        })
    });
    rules.chain(alarms).collect()
}

/// Why it is uncertain that events reach somebody through `rule`. One target without a doubt suffices.
fn doubt(rule: &RootRule) -> Option<Assessment> {
    let mut hearing = rule.targets.iter().filter(|target| !target.reaches_nobody());
    let first = hearing.next()?;
    let why = first.doubt()?;
    if hearing.any(|target| target.doubt().is_none()) {
        return None;
    }
    let why = format!("The EventBridge rule {} writes to the topic {}, {why}.", rule.name, topic_name(&first.arn));
    Some(Assessment::unknown(why, Vec::new()))
}

/// An incomplete rule or alarm, and how to complete it.
fn incomplete_alarm(rules: &[RootRule], filters: &[RootFilter]) -> Option<(String, &'static str)> {
    let rule = rules.iter().filter(|rule| rule.notice == Notice::Root).max_by_key(|rule| rule.enabled);
    let rule = rule.map(|rule| match (rule.enabled, rule.targets.first()) {
        (false, _) => (format!("The EventBridge rule {} is disabled", rule.name), FIX_PARTS),
        (true, None) => (format!("The EventBridge rule {} has no target", rule.name), FIX_PARTS),
        (true, Some(target)) if target.access.known().is_some_and(TopicAccess::has_aws_key) => {
            (publish_denied(rule, target, "which is encrypted with the AWS managed key alias/aws/sns"), FIX_KEY)
        }
        (true, Some(target)) if target.denies_event_bridge() => {
            (publish_denied(rule, target, "whose policy does not let EventBridge publish"), FIX_SHUT)
        }
        (true, Some(target)) => (no_subscriber(rule, target), FIX_READERS),
    });
    let filter = filters.iter().find(|filter| filter.notice == Notice::Root);
    rule.or_else(|| {
        let filter = filter?;
        let lack = match filter.alarms.first() {
            Some(alarm) => format!("The alarm {} has no enabled actions", alarm.name),
            None => format!("The metric filter {} counts root use, but no alarm watches it", filter.name),
        };
        Some((lack, FIX_PARTS))
    })
}

fn publish_denied(rule: &RootRule, target: &Target, why: &str) -> String {
    format!("The EventBridge rule {} writes to the topic {}, {why}", rule.name, topic_name(&target.arn))
}

/// Why nobody receives what `rule` publishes to `target`.
fn no_subscriber(rule: &RootRule, target: &Target) -> String {
    let topic = topic_name(&target.arn);
    let waiting: Vec<&str> = target.waiting().collect();
    match waiting.as_slice() {
        [] => {
            format!("The EventBridge rule {} writes to the topic {topic}, which has no confirmed subscriber", rule.name)
        }
        several => format!(
            "The EventBridge rule {} writes to the topic {topic}, whose subscription is not confirmed by {}",
            rule.name,
            several.join(", ")
        ),
    }
}

fn nothing(alarms: &LogAlarms, home: &str) -> String {
    match alarms.groups.as_slice() {
        [] => format!("No EventBridge rule in {home} is about root, and no trail writes to CloudWatch Logs"),
        groups => {
            format!("No EventBridge rule in {home} is about root, and no metric filter on {}", groups.join(", "))
        }
    }
}

fn proof(facts: &Facts, rules: &[RootRule], filters: &[RootFilter]) -> Vec<Evidence> {
    let count = |count: usize, what: &str| format!("{count} {what}{}", if count == 1 { "" } else { "s" });
    let state = |rule: &RootRule| if rule.sees_reads { RootRule::ALL_EVENTS } else { "ENABLED" };
    let readers = |target: &Target| {
        let count = |confirmed: bool| {
            target.subscriptions.known().into_iter().flatten().filter(|one| one.confirmed == confirmed).count()
        };
        let why = |failure: &Failure| failure.code.as_deref().unwrap_or(&failure.message).to_owned();
        let readers = match &target.subscriptions {
            Reading::Known { .. } => {
                format!("; {}: {} confirmed, {} not", topic_name(&target.arn), count(true), count(false))
            }
            Reading::Failed(failure) => {
                format!("; {}: its subscriptions could not be read ({})", topic_name(&target.arn), why(failure))
            }
            Reading::Unread | Reading::Closed(_) => String::new(),
        };
        let publishes = match (target.event_bridge_may_publish(), target.access.failure()) {
            (Some(Some(true)), _) => "; EventBridge may publish".to_owned(),
            (Some(Some(false)), _) => "; EventBridge may not publish".to_owned(),
            (Some(None), _) => "; whether EventBridge may publish is not clear".to_owned(),
            (None, Some(failure)) => format!("; whether EventBridge may publish could not be read ({})", why(failure)),
            (None, None) => String::new(),
        };
        readers + &publishes
    };
    let rule = |rule: &RootRule| {
        let (call, value) = match rule.enabled {
            true => ("events:ListTargetsByRule", format!("{}, {}", state(rule), count(rule.targets.len(), "target"))),
            false => ("events:ListRules", "disabled".to_owned()),
        };
        let readers: String = rule.targets.iter().map(readers).collect();
        evidence(&facts.root_rules, call, rule.name.clone(), format!("{}, {value}{readers}", rule.notice.words()))
    };
    let filter = |filter: &RootFilter| {
        let acting = filter.alarms.iter().filter(|alarm| alarm.acts).count();
        let value = format!("{}, {} with actions", filter.notice.words(), count(acting, "alarm"));
        let field = format!("{} on {}", filter.name, filter.group);
        evidence(&facts.log_alarms, "cloudwatch:DescribeAlarmsForMetric", field, value)
    };
    let about_root = rules.iter().filter(|rule| rule.notice != Notice::Nothing);
    let found: Vec<Evidence> = about_root.filter_map(rule).chain(filters.iter().filter_map(filter)).collect();
    if !found.is_empty() {
        return found;
    }
    let none = [
        evidence(&facts.root_rules, Question::RootRules.action(), "Rules", "none lets root through"),
        evidence(&facts.log_alarms, Question::LogAlarms.action(), "metricFilters", "none counts root's use"),
    ];
    none.into_iter().flatten().collect()
}
