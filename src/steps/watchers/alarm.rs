//! The root alarm: an EventBridge rule, its topic and subscriptions. Existing parts are completed, not created twice.

mod plan;

pub(super) use plan::plan;

use super::{Action, ActionId, Facts, FieldId, Form, Opening, Problem, Question};
use crate::account::Caller;
use crate::account::contact::email_problem;
use crate::account::root_use::{Notice, RootRule};
use crate::account::topics::{SnsTopic, Target, topic_arn, topic_name};
use crate::checks::Verdict;
use crate::steps::Field;

/// The control that this item passes.
pub(super) const CONTROL: &str = "root-use-alarm";

/// Name of a new topic and a new rule, unless taken.
const NAME: &str = "root-use";
/// Longest names of a topic and of a rule, in characters.
const MAX_TOPIC_LEN: usize = 256;
const MAX_RULE_LEN: usize = 64;

/// Parts that are missing until somebody gets the alarm.
struct Missing<'a> {
    /// The rule to complete; `None`: create one.
    rule: Option<&'a RootRule>,
    /// The topic in this account that the rule writes to, and that nobody reads.
    topic: Option<&'a Target>,
}

impl Missing<'_> {
    /// Whether to create or enable the rule.
    fn puts_rule(&self) -> bool {
        self.rule.is_none_or(|rule| !rule.enabled)
    }

    /// Whether the rule has no target that accepts its events.
    fn lacks_target(&self) -> bool {
        self.rule.is_none_or(|rule| rule.targets.iter().all(Target::denies_event_bridge))
    }

    /// Whether somebody has to subscribe.
    fn lacks_reader(&self) -> bool {
        self.lacks_target() || self.rule.is_some_and(|rule| rule.targets.iter().all(Target::reaches_nobody))
    }
}

/// The missing parts. `None`: no call of this step would add anything, or the facts are unknown.
fn missing(facts: &Facts) -> Option<Missing<'_>> {
    let of_root = || facts.root_rules.known().into_iter().flatten().filter(|rule| rule.notice == Notice::Root);
    facts.root_rules.known()?;
    let passes = crate::checks::control(CONTROL).is_some_and(|control| control.assess(facts).verdict == Verdict::Pass);
    if passes || of_root().any(RootRule::is_complete) {
        return None;
    }
    // A rule that an AWS service manages can be changed only by that service.
    let own = of_root().filter(|rule| rule.settings.managed_by.is_none());
    let rule = own.max_by_key(|rule| (!rule.targets.is_empty(), rule.enabled));
    let topic = rule
        .and_then(|rule| rule.targets.iter().find(|target| target.reaches_nobody() && !target.denies_event_bridge()));
    Some(Missing { rule, topic })
}

/// The topic and the addresses that have not confirmed their subscription, if nothing else is missing.
pub fn awaited(facts: &Facts) -> Option<(&str, Vec<&str>)> {
    let missing = missing(facts)?;
    let topic = missing.topic.filter(|_| !missing.puts_rule())?;
    let waiting: Vec<&str> = topic.waiting().collect();
    (!waiting.is_empty()).then(|| (topic_name(&topic.arn), waiting))
}

pub(super) fn actions(facts: &Facts) -> Vec<Action> {
    let action = |id, label: &str| Action { id, label: label.into(), blocked: None };
    match (awaited(facts), missing(facts)) {
        (Some(_), _) => vec![
            action(ActionId::ByHand, "Watch for the confirmation"),
            action(ActionId::FillIn, "Subscribe another address"),
        ],
        (None, Some(missing)) => {
            let label = if missing.rule.is_some() { "Complete the root alarm" } else { "Set up the root alarm" };
            vec![action(ActionId::FillIn, label), action(ActionId::ByHand, "By hand, and watch")]
        }
        (None, None) => vec![action(ActionId::ByHand, "By hand, and watch")],
    }
}

/// The note on the page.
pub(super) fn note(facts: &Facts) -> Option<String> {
    let (topic, waiting) = awaited(facts)?;
    let readers = waiting.join(", ");
    Some(format!(
        "Root alarm: {readers} must confirm the subscription to the topic {topic}. Only the recipient of the e-mail can confirm it."
    ))
}

pub(super) fn open(facts: &Facts) -> Opening {
    let Some(missing) = missing(facts) else { return Opening::Form(form(None, facts)) };
    if missing.lacks_reader() { Opening::Form(form(Some(&missing), facts)) } else { Opening::Plan }
}

fn form(missing: Option<&Missing<'_>>, facts: &Facts) -> Form {
    let mut fields = vec![Field::text(
        FieldId::Addresses,
        "E-mail",
        "Who gets a message when root is used. Separate addresses with blanks. Each recipient must confirm.",
        "",
    )];
    if missing.is_none_or(|missing| missing.topic.is_none()) {
        let hint = "The SNS topic that the rule writes to.";
        fields.push(Field::text(FieldId::TopicName, "Topic", hint, free_topic(facts)).at_most(MAX_TOPIC_LEN));
    }
    if missing.is_none_or(|missing| missing.rule.is_none()) {
        let hint = "The EventBridge rule that matches root's use.";
        fields.push(Field::text(FieldId::RuleName, "Rule", hint, free_rule(facts)).at_most(MAX_RULE_LEN));
    }
    Form::new(fields, "Review").titled("Get notified when root is used".into())
}

/// Possible names for something new.
fn names() -> impl Iterator<Item = String> {
    std::iter::once(NAME.to_owned()).chain((2..).map(|number| format!("{NAME}-{number}")))
}

fn free_rule(facts: &Facts) -> String {
    let rules = facts.root_rules.known().map_or(&[][..], Vec::as_slice);
    names().find(|name| rules.iter().all(|rule| rule.name != *name)).unwrap_or_default()
}

/// The first name without a topic, or with one that lets EventBridge publish. Unread names count as free.
fn free_topic(facts: &Facts) -> String {
    let is_taken = |name: &String| event_bridge_may_publish(name, facts).is_some_and(|lets| lets != Some(true));
    names().find(|name| !is_taken(name)).unwrap_or_default()
}

/// ARN of the topic `name`, and the topic if it is known to exist. `None`: nobody is signed in yet.
fn topic<'f>(name: &str, facts: &'f Facts) -> Option<(String, Option<&'f SnsTopic>)> {
    let arn = arn_of(name, facts.caller.known()?);
    let there = facts.sns_topics.get(&arn).and_then(|reading| reading.known()?.as_ref());
    Some((arn, there))
}

/// Whether the policy of an existing topic lets EventBridge publish, if it says. `None`: no such topic is known.
fn event_bridge_may_publish(name: &str, facts: &Facts) -> Option<Option<bool>> {
    let (arn, there) = topic(name, facts)?;
    Some(there?.access.event_bridge_may_publish(&arn))
}

fn arn_of(name: &str, caller: &Caller) -> String {
    let partition = caller.partition();
    topic_arn(&partition, partition.home_region(), &caller.account, name)
}

/// The question whether the suggested topic name is free, until it is answered.
pub(super) fn unasked(facts: &Facts) -> Vec<Question> {
    let needs_name = missing(facts).is_some_and(|missing| missing.topic.is_none() && missing.lacks_reader());
    let arn = topic(&free_topic(facts), facts).map(|(arn, _)| arn).filter(|_| needs_name);
    arn.filter(|arn| !facts.sns_topics.contains_key(arn)).map(Question::SnsTopic).into_iter().collect()
}

/// The topic in the form, and the one that the rule already writes to.
pub(super) fn questions(form: &Form, facts: &Facts) -> Vec<Question> {
    let name = Some(form.text(FieldId::TopicName)).filter(|name| !name.is_empty());
    let named = name.and_then(|name| topic(name, facts)).map(|(arn, _)| arn);
    let kept = missing(facts).and_then(|missing| missing.topic.map(|target| target.arn.clone()));
    named.into_iter().chain(kept).map(Question::SnsTopic).collect()
}

/// The typed addresses, without duplicates.
fn addresses(form: &Form) -> Vec<&str> {
    let mut addresses: Vec<&str> = Vec::new();
    for address in form.text(FieldId::Addresses).split([' ', ',', ';']).filter(|address| !address.is_empty()) {
        if !addresses.contains(&address) {
            addresses.push(address);
        }
    }
    addresses
}

pub(super) fn problems(form: &Form, facts: &Facts) -> Vec<Problem> {
    let mut problems = Vec::new();
    let mut say = |field, words: String, at_once| problems.push(Problem { field, words, at_once });
    let addresses = addresses(form);
    if addresses.is_empty() {
        say(FieldId::Addresses, "Name at least one address.".into(), false);
    }
    if let Some((address, words)) = addresses.iter().find_map(|one| Some((one, email_problem(one)?))) {
        say(FieldId::Addresses, format!("{address}: {words}"), false);
    }
    for (field, max, also) in [(FieldId::TopicName, MAX_TOPIC_LEN, "-_"), (FieldId::RuleName, MAX_RULE_LEN, "-_.")] {
        if form.field(field).is_none() {
            continue;
        }
        let name = form.text(field);
        let allowed = |c: char| c.is_ascii_alphanumeric() || also.contains(c);
        match name.chars().count() {
            0 => say(field, "The name is missing.".into(), false),
            count if count > max => say(field, format!("{max} characters at most"), true),
            _ if !name.chars().all(allowed) => {
                let marks: Vec<String> = also.chars().map(String::from).collect();
                say(field, format!("letters, digits and {} only", marks.join(" ")), true);
            }
            _ => {}
        }
    }
    problems.extend(taken_rule(form, facts));
    problems.extend(unusable_topic(form, facts));
    problems
}

/// A new rule may not have the name of another one. The rule about root is completed instead, whatever name was typed.
fn taken_rule(form: &Form, facts: &Facts) -> Option<Problem> {
    form.field(FieldId::RuleName)?;
    missing(facts).filter(|missing| missing.rule.is_none())?;
    let (name, rules) = (form.text(FieldId::RuleName), facts.root_rules.known()?);
    let words = format!("A rule {name} exists already, and AWS would replace it. Choose another name.");
    let is_taken = rules.iter().any(|other| other.name == name);
    is_taken.then_some(Problem { field: FieldId::RuleName, words, at_once: false })
}

/// EventBridge must be able to publish to a topic that is there already.
fn unusable_topic(form: &Form, facts: &Facts) -> Option<Problem> {
    let name = form.text(FieldId::TopicName);
    let why = match event_bridge_may_publish(name, facts)? {
        Some(true) => return None,
        Some(false) => "but EventBridge may not publish to it",
        None => "and lockroot can't tell whether EventBridge may publish to it",
    };
    let words = format!("There is a topic {name} already, {why}. Choose another name.");
    Some(Problem { field: FieldId::TopicName, words, at_once: false })
}
