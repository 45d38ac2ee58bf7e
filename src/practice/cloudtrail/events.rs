//! An event of the history, and CloudTrail's JSON for it.

use serde::{Deserialize, Serialize};
use serde_json::{Map, Value, json};

use crate::account::Timestamp;
use crate::account::moment::exact as moment;
use crate::account::moment::rfc3339;
use crate::practice::authentication::Signer;
use crate::practice::principal::Principal;
use crate::practice::refusal::Refusal;

/// An event without its time.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct RecordedEvent {
    /// E.g. `CreateUser`
    pub name: String,
    /// E.g. `iam.amazonaws.com`
    pub source: String,
    pub region: String,
    /// CloudTrail's `userIdentity`.
    pub identity: Value,
    /// `root`, a user name or a role session name.
    pub user_name: String,
    pub access_key_id: String,
    pub source_address: String,
    pub user_agent: String,
    /// Request parameters; never a secret.
    pub parameters: Vec<(String, String)>,
    /// AWS's error code and message.
    pub error: Option<(String, String)>,
}

/// An entry of the history.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Event {
    pub id: String,
    #[serde(with = "moment")]
    pub at: Timestamp,
    /// Orders events of the same second.
    pub number: u64,
    /// Older kept accounts call it `happening`.
    #[serde(alias = "happening")]
    pub recorded: RecordedEvent,
}

/// Parameters that CloudTrail omits, or that only name the call.
const UNSAID: [&str; 10] = [
    "Action",
    "Version",
    "Password",
    "OldPassword",
    "NewPassword",
    "AuthenticationCode1",
    "AuthenticationCode2",
    "Token",
    "TokenCode",
    "CertificateBody",
];

/// The only event that is not a call: a console sign-in.
pub const SIGN_IN: &str = "ConsoleLogin";

/// Parameters that name resources, with CloudTrail's resource types.
const RESOURCES: [(&str, &str); 8] = [
    ("userName", "AWS::IAM::User"),
    ("groupName", "AWS::IAM::Group"),
    ("roleName", "AWS::IAM::Role"),
    ("roleArn", "AWS::IAM::Role"),
    ("policyArn", "AWS::IAM::Policy"),
    ("accessKeyId", "AWS::IAM::AccessKey"),
    ("serialNumber", "AWS::IAM::MfaDevice"),
    ("virtualMFADeviceName", "AWS::IAM::MfaDevice"),
];

impl RecordedEvent {
    /// An event of `signer`, without the call's own fields.
    pub fn of(signer: &Signer, account: &str) -> Self {
        Self {
            name: String::new(),
            source: String::new(),
            region: String::new(),
            identity: identity(signer, account),
            user_name: match &signer.principal {
                Principal::Root => "root".into(),
                Principal::User(name) => name.clone(),
                Principal::Role { session, .. } => session.clone(),
            },
            access_key_id: signer.access_key_id.clone(),
            source_address: "127.0.0.1".into(),
            user_agent: String::new(),
            parameters: Vec::new(),
            error: None,
        }
    }

    /// Adds the call's parameters as CloudTrail spells and censors them.
    pub fn asked<'a>(mut self, parameters: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        for (name, value) in parameters {
            if !UNSAID.contains(&name) {
                let mut rest = name.chars();
                let name = rest.next().map_or_else(String::new, |first| first.to_lowercase().chain(rest).collect());
                self.parameters.push((name, value.to_owned()));
            }
        }
        self
    }

    /// Adds the outcome.
    pub fn ended(mut self, refusal: Option<&Refusal>) -> Self {
        self.error = refusal.map(|refusal| (refusal.code.to_owned(), refusal.message.clone()));
        self
    }

    /// Whether the call is read-only.
    pub fn read_only(&self) -> bool {
        const READS: [&str; 7] = ["Get", "List", "Describe", "Lookup", "Generate", "Simulate", "AssumeRole"];
        READS.iter().any(|read| self.name.starts_with(read))
    }

    /// Type and name of the affected resources.
    pub fn resources(&self) -> Vec<(&'static str, &str)> {
        let kind = |name: &str| RESOURCES.iter().find(|(known, _)| *known == name).map(|(_, kind)| *kind);
        self.parameters.iter().filter_map(|(name, value)| Some((kind(name)?, value.as_str()))).collect()
    }
}

impl Event {
    /// The event's JSON in LookupEvents.
    pub fn listed(&self, account: &str) -> Value {
        let what = &self.recorded;
        let resources: Vec<Value> = what
            .resources()
            .into_iter()
            .map(|(kind, name)| json!({ "ResourceType": kind, "ResourceName": name }))
            .collect();
        json!({
            "EventId": self.id,
            "EventName": what.name,
            "ReadOnly": what.read_only().to_string(),
            "AccessKeyId": what.access_key_id,
            "EventTime": self.at.unix_timestamp(),
            "EventSource": what.source,
            "Username": what.user_name,
            "Resources": resources,
            "CloudTrailEvent": self.record(account).to_string(),
        })
    }

    /// The event's JSON in EventBridge.
    pub fn delivered(&self, account: &str) -> Value {
        let is_sign_in = self.recorded.name == SIGN_IN;
        let kind = if is_sign_in { "AWS Console Sign In via CloudTrail" } else { "AWS API Call via CloudTrail" };
        let service = self.recorded.source.split('.').next().unwrap_or_default();
        json!({
            "version": "0",
            "id": self.id,
            "detail-type": kind,
            "source": format!("aws.{service}"),
            "account": account,
            "time": rfc3339(self.at),
            "region": self.recorded.region,
            "resources": [],
            "detail": self.record(account),
        })
    }

    /// The event's JSON in trails.
    fn record(&self, account: &str) -> Value {
        let what = &self.recorded;
        let parameters: Map<String, Value> =
            what.parameters.iter().map(|(name, value)| (name.clone(), value.clone().into())).collect();
        let mut record = json!({
            "eventVersion": "1.11",
            "userIdentity": what.identity,
            "eventTime": rfc3339(self.at),
            "eventSource": what.source,
            "eventName": what.name,
            "awsRegion": what.region,
            "sourceIPAddress": what.source_address,
            "userAgent": what.user_agent,
            "requestParameters": if parameters.is_empty() { Value::Null } else { parameters.into() },
            "responseElements": null,
            "requestID": self.id,
            "eventID": self.id,
            "readOnly": what.read_only(),
            "eventType": if what.name == SIGN_IN { "AwsConsoleSignIn" } else { "AwsApiCall" },
            "managementEvent": true,
            "recipientAccountId": account,
            "eventCategory": "Management",
        });
        if let Some((code, message)) = &what.error {
            record["errorCode"] = code.as_str().into();
            record["errorMessage"] = message.as_str().into();
        }
        record
    }
}

/// Source: CloudTrail User Guide, "CloudTrail userIdentity element".
fn identity(signer: &Signer, account: &str) -> Value {
    let mut identity = json!({
        "type": match signer.principal {
            Principal::Root => "Root",
            Principal::User(_) => "IAMUser",
            Principal::Role { .. } => "AssumedRole",
        },
        "principalId": signer.id,
        "arn": signer.arn,
        "accountId": account,
        "accessKeyId": signer.access_key_id,
    });
    if let Some(name) = signer.principal.user_name() {
        identity["userName"] = name.into();
    }
    if let (Some(mfa), Some(since)) = (signer.mfa, signer.since) {
        let attributes = json!({ "creationDate": rfc3339(since), "mfaAuthenticated": mfa.to_string() });
        identity["sessionContext"] = json!({ "attributes": attributes });
    }
    identity
}
