//! Services that a principal's policies grant, and their last use, computed in a job. Source: IAM API,
//! `GenerateServiceLastAccessedDetails` and `GetServiceLastAccessedDetails`. A policy that allows everything grants
//! only what [`SERVICES`] lists.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::super::iam_request::{Answer, IamRequest};
use super::super::managed_policies;
use super::super::page::Page;
use super::super::principal::Principal;
use super::super::refusal::Refusal;
use super::super::rules;
use super::super::state::{KeyUse, State};
use super::super::xml::Xml;
use super::simulation;
use crate::account::{Subject, Timestamp};

/// Services by namespace, sorted.
const SERVICES: [(&str, &str); 24] = [
    ("access-analyzer", "IAM Access Analyzer"),
    ("account", "AWS Account Management"),
    ("cloudformation", "AWS CloudFormation"),
    ("cloudtrail", "AWS CloudTrail"),
    ("cloudwatch", "Amazon CloudWatch"),
    ("codecommit", "AWS CodeCommit"),
    ("dynamodb", "Amazon DynamoDB"),
    ("ec2", "Amazon EC2"),
    ("ecr", "Amazon Elastic Container Registry"),
    ("events", "Amazon EventBridge"),
    ("guardduty", "Amazon GuardDuty"),
    ("iam", "AWS Identity and Access Management"),
    ("kms", "AWS Key Management Service"),
    ("lambda", "AWS Lambda"),
    ("logs", "Amazon CloudWatch Logs"),
    ("rds", "Amazon RDS"),
    ("route53", "Amazon Route 53"),
    ("s3", "Amazon S3"),
    ("secretsmanager", "AWS Secrets Manager"),
    ("securityhub", "AWS Security Hub"),
    ("sns", "Amazon SNS"),
    ("sqs", "Amazon SQS"),
    ("sts", "AWS Security Token Service"),
    ("support", "AWS Support"),
];

/// AWS's tracking period. Source: IAM User Guide, "Refine permissions in AWS using last accessed information".
const TRACKED: time::Duration = time::Duration::days(400);

/// Maximum jobs kept; beyond it the oldest is dropped.
const MAX_JOBS: usize = 100;

/// A job, from its request on.
pub struct Job {
    arn: String,
    requested: Timestamp,
    ready: Timestamp,
    /// Last use by namespace.
    found: BTreeMap<String, Option<KeyUse>>,
}

pub fn generate(request: &mut IamRequest) -> Answer {
    let arn = request.form.required("Arn", &rules::POLICY_ARN)?;
    let principal = simulation::principal(request, arn)?;
    let found = granted(request.state, &principal);
    let used = uses(request.state, &principal, request.now);
    let found = found.into_iter().map(|namespace| (used.get(&namespace).cloned(), namespace));
    let (requested, ready) = (request.now, request.now + request.state.report_takes);
    let job = Job { arn: arn.to_owned(), requested, ready, found: found.map(|(used, name)| (name, used)).collect() };
    let id = request.state.ids.request();
    let jobs = &mut request.state.service_use_jobs;
    if jobs.len() >= MAX_JOBS
        && let Some(oldest) = jobs.iter().min_by_key(|(_, job)| job.requested).map(|(id, _)| id.clone())
    {
        jobs.remove(&oldest);
    }
    jobs.insert(id.clone(), job);
    Ok(Some(Xml::new().text("JobId", &id)))
}

pub fn read(request: &mut IamRequest) -> Answer {
    let id = request.form.required("JobId", &rules::JOB_ID)?;
    let absent = || Refusal::no_such_entity(format!("The job {id} cannot be found."));
    let job = request.state.service_use_jobs.get(id).ok_or_else(absent)?;
    let is_done = job.ready <= request.now;
    let items = job.found.iter().filter(|_| is_done).map(|(namespace, used)| (namespace.clone(), (namespace, used)));
    let page = Page::of(request.form, items)?;
    let service = |(namespace, used): &(&String, &Option<KeyUse>)| {
        let name = SERVICES.iter().find(|(known, _)| known == namespace).map_or(namespace.as_str(), |(_, name)| name);
        Xml::new()
            .text("ServiceName", name)
            .maybe_moment("LastAuthenticated", used.as_ref().map(|used| used.at))
            .text("ServiceNamespace", namespace)
            .maybe("LastAuthenticatedEntity", used.as_ref().map(|_| job.arn.as_str()))
            .maybe("LastAuthenticatedRegion", used.as_ref().map(|used| used.region.as_str()))
            .number("TotalAuthenticatedEntities", usize::from(used.is_some()))
    };
    let xml = Xml::new()
        .text("JobStatus", if is_done { "COMPLETED" } else { "IN_PROGRESS" })
        .text("JobType", "SERVICE_LEVEL")
        .moment("JobCreationDate", job.requested)
        .list("ServicesLastAccessed", page.items.iter().map(service))
        .moment("JobCompletionDate", if is_done { job.ready } else { job.requested });
    Ok(Some(page.end(xml)))
}

/// Services of which some statement allows a call. Like AWS, it ignores deny statements.
fn granted(state: &State, principal: &Principal) -> BTreeSet<String> {
    let managed = |arn: &String| match managed_policies::with_arn(arn) {
        Some(policy) => Some(policy.document()),
        None => state.customer_policies.get(arn.rsplit('/').next().unwrap_or_default()).cloned(),
    };
    let mut texts: Vec<String> = Vec::new();
    match principal {
        Principal::Root => {}
        Principal::Role { role, .. } => {
            if let Some(role) = state.roles.get(role) {
                texts.extend(role.attached_policies.iter().filter_map(managed));
                texts.extend(role.inline_policies.values().map(|document| document.text.clone()));
            }
        }
        Principal::User(name) => {
            if let Ok(user) = state.user(name) {
                texts.extend(user.attached_policies.iter().filter_map(managed));
                texts.extend(user.inline_policies.values().map(|document| document.text.clone()));
                for group in user.groups.iter().filter_map(|place| state.groups.get(&place.group)) {
                    texts.extend(group.attached_policies.iter().filter_map(managed));
                    texts.extend(group.inline_policies.values().map(|document| document.text.clone()));
                }
            }
        }
    }
    texts.iter().flat_map(|text| namespaces(text)).collect()
}

/// The namespaces that a document allows.
fn namespaces(text: &str) -> Vec<String> {
    let all = || SERVICES.iter().map(|(namespace, _)| (*namespace).to_owned());
    let document: Value = serde_json::from_str(text).unwrap_or_default();
    let mut found = Vec::new();
    for statement in many(&document["Statement"]).filter(|statement| statement["Effect"] == "Allow") {
        if !statement["NotAction"].is_null() {
            found.extend(all());
        }
        for action in many(&statement["Action"]).filter_map(Value::as_str) {
            match action.split_once(':') {
                Some((namespace, _)) if !namespace.contains(['*', '?']) => found.push(namespace.to_ascii_lowercase()),
                _ => found.extend(all()),
            }
        }
    }
    found
}

/// Iterates over a list or a single value.
fn many(value: &Value) -> std::slice::Iter<'_, Value> {
    match value {
        Value::Array(items) => items.iter(),
        Value::Null => [].iter(),
        one => std::slice::from_ref(one).iter(),
    }
}

/// Last use of each service, from the principal's keys and CloudTrail events.
fn uses(state: &State, principal: &Principal, now: Timestamp) -> BTreeMap<String, KeyUse> {
    let Some(name) = principal.user_name() else { return BTreeMap::new() };
    let owner = Subject::User(name.to_owned());
    let by_keys = state.keys.iter().filter(|key| key.owner == owner).filter_map(|key| key.last_use.clone());
    let events = state.cloudtrail.all().filter(|event| event.recorded.user_name == name);
    let by_events = events.map(|event| KeyUse {
        at: event.at,
        service: event.recorded.source.trim_end_matches(".amazonaws.com").to_owned(),
        region: event.recorded.region.clone(),
    });
    let mut found: BTreeMap<String, KeyUse> = BTreeMap::new();
    for used in by_keys.chain(by_events).filter(|used| now - used.at <= TRACKED) {
        let latest = found.entry(used.service.clone()).or_insert_with(|| used.clone());
        if latest.at < used.at {
            *latest = used;
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::super::authentication::Signer;
    use super::super::super::form::Form;
    use super::super::super::scenario::Scenario;
    use super::*;

    #[test]
    fn unread_jobs_use_bounded_memory() {
        let now = time::macros::datetime!(2026-11-21 12:00 UTC);
        let mut state = Scenario::named("hardened").unwrap().open(now);
        let signer = Signer::root(&state);
        let arn = state.users.values().next().map(|user| state.user_arn(user)).unwrap();
        let form = Form::parse(format!("Arn={arn}").as_bytes());
        let mut last = String::new();
        for n in 0..2 * MAX_JOBS {
            let now = now + time::Duration::seconds(i64::try_from(n).unwrap());
            generate(&mut IamRequest { state: &mut state, signer: &signer, form: &form, now, region: "us-east-1" })
                .unwrap();
            let newest = state.service_use_jobs.iter().max_by_key(|(_, job)| job.requested).unwrap();
            last.clone_from(newest.0);
        }
        assert_eq!(state.service_use_jobs.len(), MAX_JOBS);
        assert!(state.service_use_jobs.contains_key(&last), "the oldest goes, not the newest");
    }

    #[test]
    fn a_policy_allows_the_services_of_its_namespaces() {
        let of = |statement: &str| namespaces(&format!("{{\"Statement\": {statement}}}"));
        assert_eq!(
            of(r#"{"Effect": "Allow", "Action": ["S3:Get*", "iam:ListUsers"], "Resource": "*"}"#),
            ["s3", "iam"]
        );
        assert_eq!(of(r#"{"Effect": "Deny", "Action": "s3:*", "Resource": "*"}"#), [""; 0]);
        for everything in [r#""Action": "*""#, r#""Action": "*:Get*""#, r#""NotAction": "iam:*""#] {
            let all = of(&format!("[{{\"Effect\": \"Allow\", {everything}, \"Resource\": \"*\"}}]"));
            assert_eq!(all.len(), SERVICES.len(), "{everything}");
        }
        assert_eq!(namespaces("{"), [""; 0]);
    }
}
