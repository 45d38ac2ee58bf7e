//! Compares docs/practice-calls.md with the implemented calls.

use std::collections::BTreeSet;

use super::service::Service;
use super::{iam, sts};

const DOCUMENT: &str = include_str!("../../docs/practice-calls.md");

/// Documented actions such as `iam:CreateUser`, from the rows of the tables.
fn documented() -> Vec<String> {
    let (_, tables) = DOCUMENT.split_once("## Call by call\n").expect("the chapter is there");
    let tables = tables.split("\n## ").next().unwrap_or_default();
    let mut calls = Vec::new();
    let mut service = "";
    for line in tables.lines() {
        if let Some(title) = line.strip_prefix("### ") {
            service = match title.split(':').next().unwrap_or_default() {
                "IAM" => "iam",
                "STS" => "sts",
                "Account Management" => "account",
                "CloudTrail" => "cloudtrail",
                "GuardDuty" => "guardduty",
                "Security Hub" => "securityhub",
                "IAM Access Analyzer" => "access-analyzer",
                "EventBridge" => "events",
                "CloudWatch Logs" => "logs",
                "CloudWatch" => "cloudwatch",
                "SNS" => "sns",
                other => panic!("a service that nobody knows: {other}"),
            };
        }
        let Some(row) = line.strip_prefix("| ").filter(|row| !row.starts_with("Call |")) else { continue };
        let names = row.split(" | ").next().unwrap_or_default();
        calls.extend(names.split(", ").map(|name| format!("{service}:{}", name.trim())));
    }
    calls
}

fn dispatched() -> BTreeSet<String> {
    let query = [("iam", iam::CALLS), ("sts", sts::CALLS), ("sns", super::watchers::sns::CALLS)];
    let json = [
        Service::Account,
        Service::CloudTrail,
        Service::GuardDuty,
        Service::SecurityHub,
        Service::AccessAnalyzer,
        Service::EventBridge,
        Service::Logs,
        Service::CloudWatch,
    ];
    let query =
        query.iter().flat_map(|(service, calls)| calls.iter().map(move |(name, _)| format!("{service}:{name}")));
    let json = json
        .into_iter()
        .flat_map(|service| service.json_calls().iter().map(move |(name, _)| format!("{}:{name}", service.prefix())));
    query.chain(json).collect()
}

#[test]
fn the_table_of_calls_in_the_docs_matches_the_program() {
    let rows = documented();
    let documented: BTreeSet<String> = rows.iter().cloned().collect();
    let twice: Vec<&String> = rows.iter().filter(|row| rows.iter().filter(|other| other == row).count() > 1).collect();
    assert_eq!(twice, Vec::<&String>::new(), "in the table twice");
    let dispatched = dispatched();
    assert!(dispatched.len() > 80);
    let missing: Vec<_> = dispatched.difference(&documented).collect();
    let invented: Vec<_> = documented.difference(&dispatched).collect();
    assert!(missing.is_empty(), "answered but not in the table of docs/practice-calls.md: {missing:?}");
    assert!(invented.is_empty(), "in the table of docs/practice-calls.md but not answered: {invented:?}");
}
