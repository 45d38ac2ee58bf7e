//! A first policy from recorded events. CloudTrail's events are nearly IAM's actions; a table has the known
//! differences. Source: Service Authorization Reference; "CloudTrail concepts" for the names of events.

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use crate::account::Trace;

/// The policy as text, and the events that it leaves out.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Starting {
    /// JSON document.
    pub text: String,
    /// Number of actions that it allows.
    pub actions: usize,
    /// Recorded events without an action, with the reason.
    pub left_out: Vec<(String, &'static str)>,
}

#[derive(Serialize)]
struct Policy {
    #[serde(rename = "Version")]
    version: &'static str,
    #[serde(rename = "Statement")]
    statement: Vec<Statement>,
}

#[derive(Serialize)]
struct Statement {
    #[serde(rename = "Effect")]
    effect: &'static str,
    #[serde(rename = "Action")]
    action: Vec<String>,
    #[serde(rename = "Resource")]
    resource: &'static str,
}

/// Services whose event source differs from their action prefix.
const PREFIXES: [(&str, &str); 8] = [
    ("monitoring", "cloudwatch"),
    ("tagging", "tag"),
    ("streams.dynamodb", "dynamodb"),
    ("runtime.sagemaker", "sagemaker"),
    ("models.lex", "lex"),
    ("runtime.lex", "lex"),
    ("cloudcontrolapi", "cloudformation"),
    ("email", "ses"),
];

/// Events whose action has another name.
const NAMES: [(&str, &str, &[&str]); 26] = [
    ("s3", "ListBuckets", &["ListAllMyBuckets"]),
    ("s3", "HeadBucket", &["ListBucket"]),
    ("s3", "ListObjects", &["ListBucket"]),
    ("s3", "ListObjectsV2", &["ListBucket"]),
    ("s3", "ListObjectVersions", &["ListBucketVersions"]),
    ("s3", "HeadObject", &["GetObject"]),
    ("s3", "CopyObject", &["GetObject", "PutObject"]),
    ("s3", "DeleteObjects", &["DeleteObject"]),
    ("s3", "CreateMultipartUpload", &["PutObject"]),
    ("s3", "UploadPart", &["PutObject"]),
    ("s3", "CompleteMultipartUpload", &["PutObject"]),
    ("s3", "GetBucketLifecycle", &["GetLifecycleConfiguration"]),
    ("s3", "GetBucketLifecycleConfiguration", &["GetLifecycleConfiguration"]),
    ("s3", "PutBucketLifecycle", &["PutLifecycleConfiguration"]),
    ("s3", "PutBucketLifecycleConfiguration", &["PutLifecycleConfiguration"]),
    ("s3", "GetBucketEncryption", &["GetEncryptionConfiguration"]),
    ("s3", "PutBucketEncryption", &["PutEncryptionConfiguration"]),
    ("s3", "DeleteBucketEncryption", &["PutEncryptionConfiguration"]),
    ("s3", "GetBucketReplication", &["GetReplicationConfiguration"]),
    ("s3", "PutBucketReplication", &["PutReplicationConfiguration"]),
    ("s3", "GetBucketCors", &["GetBucketCORS"]),
    ("s3", "PutBucketCors", &["PutBucketCORS"]),
    ("s3", "GetPublicAccessBlock", &["GetBucketPublicAccessBlock"]),
    ("s3", "PutPublicAccessBlock", &["PutBucketPublicAccessBlock"]),
    ("s3", "DeleteBucketTagging", &["PutBucketTagging"]),
    ("lambda", "Invoke", &["InvokeFunction"]),
];

/// A policy for the events in `trace`. It is a start, to narrow down and test.
#[must_use]
pub fn starting_policy(trace: &Trace) -> Starting {
    let mut services: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
    let mut left_out = Vec::new();
    for ((source, event), tally) in &trace.uses {
        let left = match () {
            () if !tally.is_call => Some("not an API call: needs no permission"),
            () if tally.refused == tally.count => Some("refused every time"),
            () if source == "sts.amazonaws.com" && event == "GetCallerIdentity" => Some("needs no permission"),
            () => None,
        };
        let found = actions(source, event);
        match (left, found) {
            (Some(why), _) => left_out.push((format!("{source} {event}"), why)),
            (None, None) => left_out.push((format!("{source} {event}"), "its action is not known")),
            (None, Some((prefix, names))) => services.entry(prefix).or_default().extend(names),
        }
    }
    let statement: Vec<Statement> = services
        .into_iter()
        .map(|(prefix, names)| Statement {
            effect: "Allow",
            action: names.into_iter().map(|name| format!("{prefix}:{name}")).collect(),
            resource: "*",
        })
        .collect();
    let actions = statement.iter().map(|statement| statement.action.len()).sum();
    // Names contain only letters, digits and hyphens here, so serialization can't fail.
    let text = serde_json::to_string_pretty(&Policy { version: "2012-10-17", statement }).unwrap_or_default();
    Starting { text, actions, left_out }
}

/// Action prefix and action names of an event.
fn actions(source: &str, event: &str) -> Option<(String, Vec<String>)> {
    let service = source.strip_suffix(".amazonaws.com")?;
    let prefix = PREFIXES.iter().find(|(known, _)| *known == service).map_or(service, |(_, prefix)| prefix);
    let name = undated(event);
    let is_prefix =
        !prefix.is_empty() && prefix.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-');
    let is_name = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric());
    if !is_prefix || !is_name {
        return None;
    }
    if prefix == "apigateway" {
        return Some((prefix.to_owned(), vec![verb(name).to_owned()]));
    }
    let known = NAMES.iter().find(|(service, event, _)| *service == prefix && *event == name);
    let names = known.map_or_else(|| vec![name.to_owned()], |(.., names)| names.iter().map(|&n| n.into()).collect());
    Some((prefix.to_owned(), names))
}

/// API Gateway's actions are HTTP methods.
fn verb(event: &str) -> &'static str {
    match event {
        event if event.starts_with("Create") || event.starts_with("Import") => "POST",
        event if event.starts_with("Update") => "PATCH",
        event if event.starts_with("Delete") => "DELETE",
        event if event.starts_with("Put") || event.starts_with("Tag") => "PUT",
        _ => "GET",
    }
}

/// The event name without the version that some services append: `ListFunctions20150331`,
/// `UpdateFunctionCode20150331v2`, `ListDistributions2020_05_31`.
fn undated(event: &str) -> &str {
    let is_mark = |c: char| c.is_ascii_digit() || c == '_';
    let whole = match event.rsplit_once('v') {
        Some((front, version)) if !version.is_empty() && version.chars().all(|c| c.is_ascii_digit()) => front,
        _ => event,
    };
    let bare = whole.trim_end_matches(is_mark);
    let digits = whole[bare.len()..].chars().filter(char::is_ascii_digit).count();
    if digits == 8 { bare } else { event }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::account::trace::Tally;

    #[test]
    fn event_names_are_mapped_to_iam_actions() {
        for (source, event, action) in [
            ("monitoring.amazonaws.com", "PutMetricAlarm", "cloudwatch:PutMetricAlarm"),
            ("s3.amazonaws.com", "ListBuckets", "s3:ListAllMyBuckets"),
            ("s3.amazonaws.com", "HeadBucket", "s3:ListBucket"),
            ("lambda.amazonaws.com", "ListFunctions20150331", "lambda:ListFunctions"),
            ("lambda.amazonaws.com", "UpdateFunctionCode20150331v2", "lambda:UpdateFunctionCode"),
            ("cloudfront.amazonaws.com", "ListDistributions2020_05_31", "cloudfront:ListDistributions"),
            ("apigateway.amazonaws.com", "CreateRestApi", "apigateway:POST"),
            ("ec2.amazonaws.com", "DescribeInstances", "ec2:DescribeInstances"),
            ("s3.amazonaws.com", "ListObjectsV2", "s3:ListBucket"),
        ] {
            let (prefix, names) = actions(source, event).expect(event);
            assert_eq!(format!("{prefix}:{}", names[0]), action);
        }
        assert_eq!(actions("evil\"}.amazonaws.com", "X"), None);
        assert_eq!(actions("ec2.amazonaws.com", "X\",\"*"), None);
    }

    #[test]
    fn the_policy_allows_only_calls_that_succeeded() {
        let tally = |is_call, count, refused| Tally { count, refused, is_call, ..Tally::default() };
        let call = |source: &str, event: &str| (format!("{source}.amazonaws.com"), event.to_owned());
        let mut trace = Trace::default();
        trace.uses.insert(call("ec2", "DescribeInstances"), tally(true, 5, 1));
        trace.uses.insert(call("iam", "CreateUser"), tally(true, 3, 3));
        trace.uses.insert(call("signin", "ConsoleLogin"), tally(false, 1, 0));
        trace.uses.insert(call("sts", "GetCallerIdentity"), tally(true, 9, 0));
        let policy = starting_policy(&trace);
        let json: serde_json::Value = serde_json::from_str(&policy.text).expect("JSON");
        assert_eq!(json["Version"], "2012-10-17");
        assert_eq!(json["Statement"].as_array().map(Vec::len), Some(1));
        assert_eq!(json["Statement"][0]["Action"], serde_json::json!(["ec2:DescribeInstances"]));
        assert_eq!((policy.actions, policy.left_out.len()), (1, 3));
    }
}
