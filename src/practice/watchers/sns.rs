//! SNS: topics, e-mail subscriptions, and sent messages. Source: SNS API, 2010-03-31.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::json;

use super::hide;
use crate::account::Timestamp;
use crate::account::moment::exact as moment;
use crate::account::moment::rfc3339;
use crate::account::topics::TopicAccess;
use crate::practice::form::Form;
use crate::practice::iam_request::{Answer, Call, IamRequest};
use crate::practice::refusal::Refusal;
use crate::practice::state::State;
use crate::practice::token;
use crate::practice::xml::Xml;

pub const CALLS: &[Call] = &[
    ("ConfirmSubscription", confirm),
    ("CreateTopic", create),
    ("GetTopicAttributes", attributes),
    ("ListSubscriptionsByTopic", subscriptions),
    ("Subscribe", subscribe),
];

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Topic {
    pub name: String,
    pub region: String,
    /// Attributes as set, e.g. `Policy`.
    pub attributes: BTreeMap<String, String>,
    pub subscriptions: Vec<Subscription>,
}

/// A subscribed e-mail address.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Subscription {
    /// The last part of its ARN.
    pub id: String,
    pub address: String,
    /// Token in the confirmation mail.
    pub token: String,
    pub confirmed: bool,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mail {
    pub to: String,
    pub subject: String,
    pub text: String,
    #[serde(with = "moment")]
    pub at: Timestamp,
}

/// Number of kept mails.
const MAX_MAIL: usize = 50;
/// Subscriptions on a page.
const PAGE: usize = 100;
/// Attributes that CreateTopic accepts.
const ATTRIBUTES: [&str; 4] = ["DeliveryPolicy", "DisplayName", "KmsMasterKeyId", "Policy"];

impl Topic {
    pub fn new(name: &str, region: &str) -> Self {
        Self { name: name.into(), region: region.into(), attributes: BTreeMap::new(), subscriptions: Vec::new() }
    }

    /// A policy that lets EventBridge publish.
    pub fn policy_for_events(arn: &str) -> String {
        let service = json!({ "Service": "events.amazonaws.com" });
        let statement = json!({ "Effect": "Allow", "Principal": service, "Action": "sns:Publish", "Resource": arn });
        json!({ "Version": "2012-10-17", "Statement": [statement] }).to_string()
    }

    pub fn arn(&self, account: &str) -> String {
        format!("arn:aws:sns:{}:{account}:{}", self.region, self.name)
    }

    /// The set policy, or SNS's default.
    fn policy(&self, account: &str) -> String {
        let own = || {
            let arn = self.arn(account);
            json!({
                "Version": "2008-10-17",
                "Id": "__default_policy_ID",
                "Statement": [{
                    "Sid": "__default_statement_ID",
                    "Effect": "Allow",
                    "Principal": { "AWS": "*" },
                    "Action": ["SNS:GetTopicAttributes", "SNS:SetTopicAttributes", "SNS:AddPermission", "SNS:RemovePermission", "SNS:DeleteTopic", "SNS:Subscribe", "SNS:ListSubscriptionsByTopic", "SNS:Publish"],
                    "Resource": arn,
                    "Condition": { "StringEquals": { "AWS:SourceOwner": account } },
                }],
            })
            .to_string()
        };
        self.attributes.get("Policy").cloned().unwrap_or_else(own)
    }

    /// Whether EventBridge may publish to it.
    pub fn event_bridge_may_publish(&self, account: &str) -> bool {
        let kms_key = self.attributes.get("KmsMasterKeyId").cloned();
        let access = TopicAccess { policy: self.policy(account), kms_key };
        access.event_bridge_may_publish(&self.arn(account)) == Some(true)
    }

    /// Subscribes `address`, confirmed or pending.
    pub fn add(&mut self, id: String, address: &str, confirmed: bool) {
        let token = id.replace('-', "");
        self.subscriptions.push(Subscription { id, address: address.into(), token, confirmed });
    }

    fn subscription_arn(&self, account: &str, subscription: &Subscription) -> String {
        format!("{}:{}", self.arn(account), subscription.id)
    }
}

/// Delivers a mail. If the mailbox is full, it replaces the oldest one.
pub fn send(state: &mut State, to: &str, subject: &str, text: String, at: Timestamp) {
    let mail = &mut state.watchers.mail;
    if mail.len() >= MAX_MAIL {
        mail.remove(0);
    }
    mail.push(Mail { to: to.into(), subject: subject.into(), text, at });
}

/// The newest mail as text.
pub fn newest(state: &State) -> Option<String> {
    let mail = state.watchers.mail.last()?;
    Some(format!("To: {}\nDate: {}\nSubject: {}\n\n{}", mail.to, rfc3339(mail.at), mail.subject, mail.text))
}

/// Sends `address` the confirmation mail.
pub fn ask(state: &mut State, topic: &str, address: &str, token: &str, at: Timestamp) {
    let text = format!("You have chosen to subscribe to the topic\n{topic}\n[Confirm subscription] Token={token}");
    send(state, address, "AWS Notification - Subscription Confirmation", text, at);
}

/// The topic of a call, for permissions.
pub fn resource(account: &str, region: &str, form: &Form) -> String {
    match (form.text("TopicArn"), form.text("Name")) {
        (Some(arn), _) => arn.to_owned(),
        (None, Some(name)) => format!("arn:aws:sns:{region}:{account}:{name}"),
        (None, None) => "*".to_owned(),
    }
}

fn invalid(what: &str) -> Refusal {
    Refusal::new("InvalidParameter", 400, format!("Invalid parameter: {what}"))
}

fn create(request: &mut IamRequest) -> Answer {
    let name = request.form.text("Name").unwrap_or_default();
    let is_name = |name: &str| name.chars().all(|c| c.is_ascii_alphanumeric() || "-_".contains(c));
    if name.is_empty() || name.len() > 256 || !is_name(name) {
        return Err(invalid("Topic Name"));
    }
    let mut attributes = BTreeMap::new();
    for number in 1.. {
        let part = |part: &str| request.form.text(&format!("Attributes.entry.{number}.{part}"));
        let Some(key) = part("key") else { break };
        if !ATTRIBUTES.contains(&key) {
            return Err(invalid(&format!("Attributes Reason: Unknown attribute {key}")));
        }
        attributes.insert(key.to_owned(), part("value").unwrap_or_default().to_owned());
    }
    let is_document = |text: &String| serde_json::from_str::<serde_json::Map<String, serde_json::Value>>(text).is_ok();
    if attributes.get("Policy").is_some_and(|policy| !is_document(policy)) {
        return Err(invalid("Policy Error: null"));
    }
    let (region, account) = (request.region, request.state.account.clone());
    let mut topics = request.state.watchers.topics.iter();
    let arn = match topics.find(|topic| topic.name == name && topic.region == region) {
        Some(there) if attributes.iter().all(|(key, value)| there.attributes.get(key) == Some(value)) => {
            there.arn(&account)
        }
        Some(_) => return Err(invalid("Attributes Reason: Topic already exists with different attributes")),
        None => {
            let topic = Topic { attributes, ..Topic::new(name, region) };
            let arn = topic.arn(&account);
            request.state.watchers.topics.push(topic);
            hide(request.state, arn.clone(), request.now);
            arn
        }
    };
    Ok(Some(Xml::new().text("TopicArn", &arn)))
}

/// Index of the named topic, which must be in this account and Region.
fn place(request: &IamRequest) -> Result<usize, Refusal> {
    let arn = request.form.text("TopicArn").unwrap_or_default();
    let account = &request.state.account;
    let name = arn.strip_prefix(&format!("arn:aws:sns:{}:{account}:", request.region));
    let name = name.filter(|name| !name.is_empty() && !name.contains(':')).ok_or_else(|| invalid("TopicArn"))?;
    let is_it = |topic: &Topic| topic.name == name && topic.region == request.region;
    request.state.watchers.topics.iter().position(is_it).ok_or_else(no_topic)
}

fn no_topic() -> Refusal {
    Refusal::new("NotFound", 404, "Topic does not exist")
}

fn subscribe(request: &mut IamRequest) -> Answer {
    let place = place(request)?;
    let address = request.form.text("Endpoint").unwrap_or_default();
    match request.form.text("Protocol") {
        Some("email") if address.contains('@') => {}
        Some("email") => return Err(invalid("Email address")),
        other => {
            return Err(invalid(&format!(
                "Amazon SNS does not support this protocol string: {}",
                other.unwrap_or_default()
            )));
        }
    }
    let account = request.state.account.clone();
    let topic = &request.state.watchers.topics[place];
    let (arn, there) = (topic.arn(&account), topic.subscriptions.iter().find(|one| one.address == address));
    if let Some(confirmed) = there.filter(|one| one.confirmed) {
        let arn = topic.subscription_arn(&account, confirmed);
        return Ok(Some(Xml::new().text("SubscriptionArn", &arn)));
    }
    let token = match there {
        Some(waiting) => waiting.token.clone(),
        None => {
            let id = request.state.ids.request();
            let topic = &mut request.state.watchers.topics[place];
            topic.add(id, address, false);
            let new = topic.subscriptions.last().map(|one| (topic.subscription_arn(&account, one), one.token.clone()));
            let (subscription, token) = new.unwrap_or_default();
            hide(request.state, subscription, request.now);
            token
        }
    };
    ask(request.state, &arn, address, &token, request.now);
    Ok(Some(Xml::new().text("SubscriptionArn", "pending confirmation")))
}

fn confirm(request: &mut IamRequest) -> Answer {
    let (place, account) = (place(request)?, request.state.account.clone());
    let token = request.form.text("Token").unwrap_or_default();
    let topic = &mut request.state.watchers.topics[place];
    let found = topic.subscriptions.iter_mut().find(|one| one.token == token);
    found.ok_or_else(|| invalid("Token"))?.confirmed = true;
    let confirmed = topic.subscriptions.iter().find(|one| one.token == token);
    let arn = confirmed.map(|one| topic.subscription_arn(&account, one)).unwrap_or_default();
    Ok(Some(Xml::new().text("SubscriptionArn", &arn)))
}

/// The named topic, unless it is too new for reads.
fn seen_topic<'a>(request: &'a IamRequest) -> Result<&'a Topic, Refusal> {
    let topic = &request.state.watchers.topics[place(request)?];
    let is_seen = request.state.watchers.shows(&topic.arn(&request.state.account), request.now);
    if is_seen { Ok(topic) } else { Err(no_topic()) }
}

fn subscriptions(request: &mut IamRequest) -> Answer {
    let (topic, account) = (seen_topic(request)?, &request.state.account);
    let arn = topic.arn(account);
    let watchers = &request.state.watchers;
    let is_seen = |one: &&Subscription| watchers.shows(&topic.subscription_arn(account, one), request.now);
    let seen: Vec<&Subscription> = topic.subscriptions.iter().filter(is_seen).collect();
    let begin = match request.form.text("NextToken") {
        None => 0,
        Some(text) => token::open(&arn, text)
            .and_then(|place| place.parse::<usize>().ok())
            .filter(|begin| *begin <= seen.len())
            .ok_or_else(|| invalid("NextToken"))?,
    };
    let end = (begin + PAGE).min(seen.len());
    let shape = |one: &Subscription| {
        let own = topic.subscription_arn(account, one);
        Xml::new()
            .text("SubscriptionArn", if one.confirmed { &own } else { "PendingConfirmation" })
            .text("Owner", account)
            .text("Protocol", "email")
            .text("Endpoint", &one.address)
            .text("TopicArn", &arn)
    };
    let next = (end < seen.len()).then(|| token::seal(&arn, &end.to_string()));
    let list = seen[begin..end].iter().copied().map(shape);
    Ok(Some(Xml::new().list("Subscriptions", list).maybe("NextToken", next.as_deref())))
}

fn attributes(request: &mut IamRequest) -> Answer {
    let (topic, account) = (seen_topic(request)?, &request.state.account);
    let count =
        |confirmed: bool| topic.subscriptions.iter().filter(|one| one.confirmed == confirmed).count().to_string();
    let mut all = topic.attributes.clone();
    for (name, value) in [
        ("Owner", account.clone()),
        ("Policy", topic.policy(account)),
        ("SubscriptionsConfirmed", count(true)),
        ("SubscriptionsDeleted", "0".to_owned()),
        ("SubscriptionsPending", count(false)),
        ("TopicArn", topic.arn(account)),
    ] {
        all.insert(name.to_owned(), value);
    }
    let entry = |(key, value): (String, String)| Xml::new().text("key", &key).text("value", &value);
    let entries = all.into_iter().map(entry).fold(Xml::new(), |list, entry| list.nested("entry", entry));
    Ok(Some(Xml::new().nested("Attributes", entries)))
}
