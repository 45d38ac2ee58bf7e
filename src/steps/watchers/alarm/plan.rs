//! The plan for the alarm on the use of root: topic, policy, subscriptions, rule and target.

use serde_json::json;

use super::{Missing, addresses, arn_of, missing};
use crate::account::root_use::{EVENT_PATTERN, RuleSettings};
use crate::account::topics::{Subscription, topic_name};
use crate::account::{AlarmPart, Caller, Change, Facts};
use crate::steps::{Call, FieldId, Form, Plan, READ_AGAIN, signed_in};

/// SNS's default statement for the account, and one that lets EventBridge publish. AWS: conditions are not supported
/// there, so none can limit it to the rule.
fn policy(arn: &str, account: &str) -> String {
    let own = [
        "AddPermission",
        "DeleteTopic",
        "GetTopicAttributes",
        "ListSubscriptionsByTopic",
        "Publish",
        "RemovePermission",
        "SetTopicAttributes",
        "Subscribe",
    ];
    json!({
        "Version": "2008-10-17",
        "Id": "__default_policy_ID",
        "Statement": [
            {
                "Sid": "__default_statement_ID",
                "Effect": "Allow",
                "Principal": { "AWS": "*" },
                "Action": own.map(|action| format!("SNS:{action}")),
                "Resource": arn,
                "Condition": { "StringEquals": { "AWS:SourceOwner": account } },
            },
            {
                "Sid": "LetEventBridgePublish",
                "Effect": "Allow",
                "Principal": { "Service": "events.amazonaws.com" },
                "Action": "sns:Publish",
                "Resource": arn,
            },
        ],
    })
    .to_string()
}

pub(in crate::steps::watchers) fn plan(form: Option<&Form>, facts: &Facts) -> Result<Plan, String> {
    let caller = signed_in(facts)?;
    let missing = missing(facts).ok_or_else(|| format!("Nothing is missing any more. {READ_AGAIN}"))?;
    let named = form.map(|form| form.text(FieldId::TopicName)).unwrap_or_default();
    let arn = missing.topic.map_or_else(|| arn_of(named, caller), |target| target.arn.clone());
    let topic = topic_name(&arn).to_owned();
    let mut calls = Vec::new();
    if missing.lacks_reader() {
        let form = form.ok_or_else(|| "The form is empty.".to_owned())?;
        calls.extend(readers(&missing, &arn, form, (caller, facts)));
    }
    let rule = match missing.rule {
        Some(rule) => rule.name.clone(),
        None => form.map(|form| form.text(FieldId::RuleName).to_owned()).unwrap_or_default(),
    };
    if missing.puts_rule() {
        let new = || RuleSettings {
            pattern: EVENT_PATTERN.to_owned(),
            description: Some("Notifies when the root user is used.".to_owned()),
            ..RuleSettings::default()
        };
        let settings = Box::new(missing.rule.map_or_else(new, |rule| rule.settings.clone()));
        let before = if missing.rule.is_some() { "disabled" } else { "none" };
        calls.push(call(AlarmPart::Rule { name: rule.clone(), settings }, caller, "Rule", (before, "on")));
    }
    if missing.lacks_target() {
        calls.push(call(AlarmPart::Target { rule, topic: arn }, caller, "Target", ("none", &topic)));
    }
    if calls.is_empty() {
        return Err("These addresses are subscribed already. Confirm the subscription from the e-mail.".into());
    }
    Ok(Plan {
        title: "Get notified when root is used".into(),
        notes: notes(&missing, caller, facts),
        calls,
        ..Plan::default()
    })
}

fn call(part: AlarmPart, caller: &Caller, what: &'static str, (before, after): (&str, &str)) -> Call {
    let region = caller.partition().home_region().to_owned();
    Call::new(Change::Alarm { part, region }, what, before, after)
}

/// The topic (`arn`) if it does not exist, and the subscriptions of the addresses in the form.
fn readers(missing: &Missing<'_>, arn: &str, form: &Form, (caller, facts): (&Caller, &Facts)) -> Vec<Call> {
    let mut calls = Vec::new();
    let there = facts.sns_topics.get(arn).and_then(|reading| reading.known()?.as_ref());
    if missing.topic.is_none() && there.is_none() {
        let part = AlarmPart::Topic { policy: policy(arn, &caller.account), arn: arn.to_owned() };
        calls.push(call(part, caller, "Topic", ("none", topic_name(arn))));
    }
    let at_topic = missing.topic.and_then(|target| target.subscriptions.known());
    let subscribed: &[Subscription] =
        at_topic.map(Vec::as_slice).or_else(|| there.map(|topic| topic.subscriptions.as_slice())).unwrap_or_default();
    // AWS sends another mail to an address that has not confirmed, so only if nothing else is to do.
    let is_all = !missing.puts_rule() && !missing.lacks_target();
    let is_known = |address: &str| subscribed.iter().find(|one| one.is_mail_to(address)).map(|one| one.confirmed);
    for address in addresses(form) {
        let before = match is_known(address) {
            None => "none",
            Some(false) if is_all => "not confirmed",
            Some(_) => continue,
        };
        let part = AlarmPart::Subscription { topic: arn.to_owned(), address: address.to_owned() };
        calls.push(call(part, caller, "Subscription", (before, "waits for confirmation")));
    }
    calls
}

fn notes(missing: &Missing<'_>, caller: &Caller, facts: &Facts) -> Vec<String> {
    let mut notes = Vec::new();
    if missing.lacks_reader() {
        notes.push("AWS sends an e-mail to each address. Messages arrive only after its recipient has confirmed: nobody else can.".to_owned());
    }
    let kept = missing.topic.map(|target| target.arn.as_str());
    let there = kept.and_then(|arn| Some((arn, facts.sns_topics.get(arn)?.known()?.as_ref()?)));
    let doubt = there.and_then(|(arn, topic)| match topic.access.event_bridge_may_publish(arn) {
        Some(true) => None,
        Some(false) => Some(format!("EventBridge may not publish to the topic {}: no message comes until you correct its policy or its encryption in the SNS console.", topic_name(arn))),
        None => Some(format!("lockroot can't tell whether EventBridge may publish to the topic {}. Sign in as root once, and see whether the message comes.", topic_name(arn))),
    });
    notes.extend(doubt);
    notes.push("EventBridge is free for this. SNS charges a little for e-mail beyond its free allowance.".to_owned());
    let is_heard = |trail: &crate::account::facts::TrailState| {
        trail.records_home
            && trail.logging == Some(true)
            && trail.management.known().is_none_or(|all| all.tells_of_root())
    };
    if facts.trails.known().is_some_and(|trails| !trails.iter().any(is_heard)) {
        notes.push("No trail records root here, so the rule gets no events: see the row CloudTrail.".to_owned());
    }
    if caller.is_root() {
        notes.push("You are root: from then on each call of lockroot sends a message too. Sign in as the administrator for the rest, or warn the recipients.".to_owned());
    }
    notes
}
