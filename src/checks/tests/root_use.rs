//! The control on the root alarm.

use super::*;
use crate::account::management_events::ManagementEvents;
use crate::account::root_use::{LogAlarms, MetricAlarm, Notice, RootFilter, RootRule, RuleSettings};
use crate::account::topics::{Subscription, Target, TopicAccess};

const AT: crate::account::Timestamp = datetime!(2026-11-21 12:00 UTC);
const TOPIC: &str = "arn:aws:sns:us-east-1:1:alerts";
const GROUP: &str = "arn:aws:logs:us-east-1:123456789012:log-group:trail:*";

fn rule(notice: Notice, enabled: bool, targets: usize) -> RootRule {
    RootRule {
        name: "root-use".into(),
        enabled,
        sees_reads: false,
        notice,
        targets: vec![Target::unread("arn:aws:lambda:us-east-1:1:function:f".into()); targets],
        settings: RuleSettings::default(),
    }
}

fn filter(notice: Notice, alarms: &[bool]) -> RootFilter {
    let alarm = |acts: &bool| MetricAlarm { name: "RootUsage".into(), acts: *acts };
    let alarms = alarms.iter().map(alarm).collect();
    RootFilter { name: "f".into(), group: "trail".into(), group_arn: GROUP.into(), notice, alarms }
}

fn trail(logging: Option<bool>) -> TrailState {
    TrailState {
        name: "all".into(),
        multi_region: true,
        records_home: logging.is_some(),
        logging,
        log_group: Some(GROUP.into()),
        management: read(ManagementEvents::all()),
        ..TrailState::default()
    }
}

fn facts(rules: Vec<RootRule>, filters: Vec<RootFilter>) -> Facts {
    Facts {
        trails: read(vec![trail(Some(true))]),
        root_rules: read(rules),
        log_alarms: read(LogAlarms { filters, groups: vec!["trail".into()], elsewhere: Vec::new() }),
        ..root()
    }
}

fn assess(facts: &Facts) -> Assessment {
    control("root-use-alarm").unwrap().assess(facts)
}

/// A rule whose target is a topic of this account, with these subscriptions.
fn to_topic(subscriptions: Reading<Vec<Subscription>>) -> RootRule {
    let target = Target { subscriptions, ..Target::read_by(TOPIC.into(), Vec::new(), AT) };
    RootRule { targets: vec![target], ..rule(Notice::Root, true, 0) }
}

fn subscribed(confirmed: bool) -> Subscription {
    Subscription { protocol: "email".into(), endpoint: "sec@example.com".into(), confirmed }
}

#[test]
fn a_topic_without_a_confirmed_subscriber_alerts_nobody() {
    let assessed = |subscriptions| assess(&facts(vec![to_topic(subscriptions)], vec![]));
    assert_eq!(assessed(read(vec![subscribed(false), subscribed(true)])).verdict, Verdict::Pass);
    let pending = assessed(read(vec![subscribed(false)]));
    assert_eq!(pending.verdict, Verdict::Fail);
    assert!(pending.why.contains("is not confirmed by sec@example.com"), "{}", pending.why);
    assert!(pending.evidence[0].value.contains("alerts: 0 confirmed, 1 not"), "{:?}", pending.evidence);
    let nobody = assessed(read(vec![]));
    assert_eq!(
        (nobody.verdict, nobody.why.contains("no confirmed subscriber")),
        (Verdict::Fail, true),
        "{}",
        nobody.why
    );
    let denied = Failure::new(Fault::AccessDenied, "sns:ListSubscriptionsByTopic", "no");
    let unread = assessed(Reading::Failed(denied));
    assert_eq!(unread.verdict, Verdict::Unknown, "nobody has shown that a subscriber is there");
    assert!(unread.why.contains("alerts, whose subscriptions could not be read"), "{}", unread.why);
    assert!(unread.evidence[0].value.contains("its subscriptions could not be read"), "{:?}", unread.evidence);
    // One target that may reach somebody suffices.
    let mut both = to_topic(read(vec![]));
    both.targets.push(Target::unread("arn:aws:lambda:us-east-1:1:function:f".into()));
    assert_eq!(assess(&facts(vec![both], vec![])).verdict, Verdict::Pass);
}

#[test]
fn a_topic_that_eventbridge_may_not_publish_to_alerts_nobody() {
    let to_access = |access: Reading<TopicAccess>| {
        let target = Target { access, ..Target::read_by(TOPIC.into(), vec![subscribed(true)], AT) };
        RootRule { targets: vec![target], ..rule(Notice::Root, true, 0) }
    };
    let to = |policy: &str| to_access(read(TopicAccess::by_policy(policy)));
    // SNS's default policy of a new topic: principals of the account, but no service.
    let usual = r#"{"Statement":[{"Effect":"Allow","Principal":{"AWS":"*"},"Action":"SNS:Publish","Resource":"arn:aws:sns:us-east-1:1:alerts","Condition":{"StringEquals":{"AWS:SourceOwner":"1"}}}]}"#;
    let shut = assess(&facts(vec![to(usual)], vec![]));
    assert_eq!(shut.verdict, Verdict::Fail, "{}", shut.why);
    assert!(shut.why.contains("the topic alerts, whose policy does not let EventBridge publish"), "{}", shut.why);
    assert!(shut.evidence[0].value.contains("EventBridge may not publish"), "{:?}", shut.evidence);
    let unclear = assess(&facts(vec![to("?")], vec![]));
    assert_eq!(unclear.verdict, Verdict::Unknown, "{}", unclear.why);
    assert!(!unclear.evidence.is_empty());
    let denied = Failure::new(Fault::AccessDenied, "sns:GetTopicAttributes", "no");
    let unread = assess(&facts(vec![to_access(Reading::Failed(denied))], vec![]));
    assert_eq!(unread.verdict, Verdict::Unknown, "{}", unread.why);
    assert!(
        unread.evidence[0].value.contains("whether EventBridge may publish could not be read"),
        "{:?}",
        unread.evidence
    );
    // One working target suffices, and so does another rule.
    let open = to_topic(read(vec![subscribed(true)]));
    let mut both = to("?");
    both.targets.extend(open.targets.clone());
    assert_eq!(assess(&facts(vec![both], vec![])).verdict, Verdict::Pass);
    assert_eq!(assess(&facts(vec![to("?"), open], vec![])).verdict, Verdict::Pass);
}

#[test]
fn an_encrypted_topic_alerts_only_if_its_key_lets_eventbridge_use_it() {
    let with = |key: &str| {
        let open = Target::read_by(TOPIC.into(), vec![subscribed(true)], AT);
        let policy = open.access.known().expect("it was read").policy.clone();
        let access = read(TopicAccess { policy, kms_key: Some(key.into()) });
        assess(&facts(
            vec![RootRule { targets: vec![Target { access, ..open }], ..rule(Notice::Root, true, 0) }],
            vec![],
        ))
    };
    for key in ["alias/aws/sns", "arn:aws:kms:us-east-1:123456789012:alias/aws/sns"] {
        let shut = with(key);
        assert_eq!(shut.verdict, Verdict::Fail, "{key}: no policy opens the AWS managed key");
        assert!(shut.why.contains("encrypted with the AWS managed key"), "{}", shut.why);
    }
    let unclear = with("arn:aws:kms:us-east-1:123456789012:key/1234abcd-12ab-34cd-56ef-1234567890ab");
    assert_eq!(unclear.verdict, Verdict::Unknown, "the policy of the key decides");
    assert!(unclear.why.contains("KMS key may not let EventBridge use it"), "{}", unclear.why);
}

#[test]
fn a_rule_with_a_target_or_an_alarm_that_acts_is_enough() {
    for (rules, filters) in [
        (vec![rule(Notice::Root, true, 1)], vec![]),
        (vec![], vec![filter(Notice::Root, &[true])]),
        (vec![rule(Notice::Root, false, 0)], vec![filter(Notice::Root, &[false, true])]),
    ] {
        assert_eq!(verdict("root-use-alarm", &facts(rules, filters)), Verdict::Pass);
    }
}

#[test]
fn an_incomplete_alarm_fails_and_its_missing_part_is_named() {
    for (rules, filters, words) in [
        (vec![], vec![], "No EventBridge rule in us-east-1 is about root, and no metric filter on trail:"),
        (vec![rule(Notice::Root, false, 0)], vec![], "The EventBridge rule root-use is disabled:"),
        (vec![rule(Notice::Root, true, 0)], vec![], "The EventBridge rule root-use has no target:"),
        (vec![], vec![filter(Notice::Root, &[])], "no alarm watches it:"),
        (vec![], vec![filter(Notice::Root, &[false])], "The alarm RootUsage has no enabled actions:"),
    ] {
        let assessment = assess(&facts(rules, filters));
        assert_eq!(assessment.verdict, Verdict::Fail, "{words}");
        assert!(assessment.why.contains(words), "{}", assessment.why);
        assert!(assessment.fix.is_some() && !assessment.evidence.is_empty());
    }
}

#[test]
fn the_root_alarm_fails_without_a_logging_trail() {
    for trails in [vec![], vec![trail(Some(false))], vec![trail(None)]] {
        let facts = Facts { trails: read(trails), ..facts(vec![rule(Notice::Root, true, 1)], vec![]) };
        let assessment = assess(&facts);
        assert_eq!(assessment.verdict, Verdict::Fail);
        assert!(assessment.why.contains("no trail is logging"), "{}", assessment.why);
    }
}

#[test]
fn an_alarm_sees_only_the_trail_that_writes_to_its_log_group() {
    let stopped = trail(Some(false));
    let other = TrailState { log_group: None, ..trail(Some(true)) };
    let alarmed = |trails: Vec<TrailState>, rules| Facts {
        trails: read(trails),
        ..facts(rules, vec![filter(Notice::Root, &[true])])
    };
    let assessment = assess(&alarmed(vec![stopped.clone(), other.clone()], vec![]));
    assert_eq!(assessment.verdict, Verdict::Fail);
    assert!(assessment.why.contains("The alarm RootUsage would report"), "{}", assessment.why);
    assert!(assessment.why.contains("no trail that is logging writes to its log group"), "{}", assessment.why);
    assert_eq!(assess(&alarmed(vec![stopped.clone(), trail(Some(true))], vec![])).verdict, Verdict::Pass);
    // EventBridge receives events of any trail.
    let with_rule = alarmed(vec![stopped.clone(), other.clone()], vec![rule(Notice::Root, true, 1)]);
    assert_eq!(assess(&with_rule).verdict, Verdict::Pass);
    let among_others = alarmed(vec![stopped, other], vec![rule(Notice::Everybody, true, 1)]);
    assert_eq!(assess(&among_others).verdict, Verdict::Manual);
}

#[test]
fn a_rule_for_everyones_sign_ins_is_manual() {
    for (rules, filters) in
        [(vec![rule(Notice::Everybody, true, 1)], vec![]), (vec![], vec![filter(Notice::Everybody, &[true])])]
    {
        assert_eq!(verdict("root-use-alarm", &facts(rules, filters)), Verdict::Manual);
    }
    assert_eq!(verdict("root-use-alarm", &facts(vec![rule(Notice::Everybody, true, 0)], vec![])), Verdict::Fail);
    let both = vec![rule(Notice::Everybody, true, 1), rule(Notice::Root, true, 1)];
    assert_eq!(verdict("root-use-alarm", &facts(both, vec![])), Verdict::Pass);
}

#[test]
fn an_unclear_pattern_is_unknown() {
    assert_eq!(verdict("root-use-alarm", &facts(vec![rule(Notice::Unclear, true, 1)], vec![])), Verdict::Unknown);
    assert_eq!(verdict("root-use-alarm", &facts(vec![], vec![filter(Notice::Unclear, &[true])])), Verdict::Unknown);
}

#[test]
fn a_log_group_of_another_account_is_manual() {
    let alarms = LogAlarms {
        elsewhere: vec!["arn:aws:logs:us-east-1:999999999999:log-group:org:*".into()],
        ..LogAlarms::default()
    };
    let organizations = Facts { log_alarms: read(alarms), ..facts(vec![], vec![]) };
    let assessment = assess(&organizations);
    assert_eq!(assessment.verdict, Verdict::Manual);
    assert!(assessment.why.contains("999999999999"), "{}", assessment.why);
}

#[test]
fn a_rule_or_an_alarm_is_enough_and_an_unread_one_matters_only_alone() {
    let told = || facts(vec![rule(Notice::Root, true, 1)], vec![filter(Notice::Root, &[true])]);
    assert_eq!(verdict("root-use-alarm", &Facts { log_alarms: denied(), ..told() }), Verdict::Pass);
    assert_eq!(verdict("root-use-alarm", &Facts { root_rules: denied(), ..told() }), Verdict::Pass);
    assert_eq!(verdict("root-use-alarm", &Facts { trails: denied(), ..told() }), Verdict::Unknown);
    let untold = || facts(vec![], vec![]);
    assert_eq!(verdict("root-use-alarm", &Facts { log_alarms: denied(), ..untold() }), Verdict::Unknown);
    assert_eq!(verdict("root-use-alarm", &Facts { root_rules: denied(), ..untold() }), Verdict::Unknown);
    assert_eq!(
        verdict("root-use-alarm", &Facts { trails: denied(), ..untold() }),
        Verdict::Fail,
        "nothing is there to hear"
    );
}

#[test]
fn the_root_alarm_does_not_apply_in_china() {
    let china = Facts { caller: caller("arn:aws-cn:iam::123456789012:user/a"), ..Facts::default() };
    assert_eq!(verdict("root-use-alarm", &china), Verdict::NotApplicable);
}

#[test]
fn without_write_events_nothing_alerts_and_the_rules_state_decides_on_reads() {
    let with = |reads: bool, writes: bool, sees_reads: bool| {
        let management = ManagementEvents { reads, writes, left_out: Vec::new() };
        let trail = TrailState { management: read(management), ..trail(Some(true)) };
        let rule = RootRule { sees_reads, ..rule(Notice::Root, true, 1) };
        assess(&Facts { trails: read(vec![trail]), ..facts(vec![rule], vec![]) })
    };
    assert_eq!(with(true, false, true).verdict, Verdict::Fail, "no write events, no sign-ins");
    assert_eq!(with(true, true, true).verdict, Verdict::Pass);
    assert!(!with(true, true, true).why.contains("read-only"));
    let enabled = with(true, true, false);
    assert!(enabled.verdict == Verdict::Pass && enabled.why.contains("ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS"));
    assert!(with(false, true, true).why.contains("the trail does not record them"));
}

#[test]
fn an_alarm_needs_a_trail_of_all_regions() {
    let alarmed = facts(Vec::new(), vec![filter(Notice::Root, &[true])]);
    assert_eq!(assess(&alarmed).verdict, Verdict::Pass);
    // The multi-Region trail does not log; one of the home Region writes to the same group.
    let local = TrailState { multi_region: false, ..trail(Some(true)) };
    let trails = read(vec![trail(Some(false)), local]);
    assert_eq!(assess(&Facts { trails, ..alarmed }).verdict, Verdict::Fail);
}
