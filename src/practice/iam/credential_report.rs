//! The credential report, generated in the background at most every four hours. Source: IAM User Guide, "Generate
//! credential reports for your AWS account".

use serde::{Deserialize, Serialize};

use super::super::base64;
use super::super::iam_request::{Answer, IamRequest};
use super::super::refusal::Refusal;
use super::super::state::{AccessKey, State};
use super::super::xml::Xml;
use crate::account::moment::exact as moment;
use crate::account::{Subject, Timestamp};

/// How long a report is returned before another can be generated.
const VALID_FOR: time::Duration = time::Duration::hours(4);

const HEADER: &str = "user,arn,user_creation_time,password_enabled,password_last_used,password_last_changed,\
    password_next_rotation,mfa_active,\
    access_key_1_active,access_key_1_last_rotated,access_key_1_last_used_date,access_key_1_last_used_region,\
    access_key_1_last_used_service,\
    access_key_2_active,access_key_2_last_rotated,access_key_2_last_used_date,access_key_2_last_used_region,\
    access_key_2_last_used_service,\
    cert_1_active,cert_1_last_rotated,cert_2_active,cert_2_last_rotated";

/// A report, from its request on.
#[derive(Serialize, Deserialize)]
pub struct Report {
    #[serde(with = "moment")]
    requested: Timestamp,
    #[serde(with = "moment")]
    ready: Timestamp,
    csv: String,
}

pub fn generate(request: &mut IamRequest) -> Answer {
    let now = request.now;
    let state = match &request.state.report {
        Some(report) if now - report.requested < VALID_FOR => {
            return Ok(Some(Xml::new().text("State", if report.ready <= now { "COMPLETE" } else { "INPROGRESS" })));
        }
        Some(_) | None => "STARTED",
    };
    let csv = write(request.state, request.now);
    request.state.report = Some(Report { requested: now, ready: now + request.state.report_takes, csv });
    let said = "No report exists. Starting a new report generation task";
    Ok(Some(Xml::new().text("State", state).text("Description", said)))
}

pub fn read(request: &mut IamRequest) -> Answer {
    let absent =
        || Refusal::new("ReportNotPresent", 410, "No report has been generated. Call GenerateCredentialReport.");
    let report = request.state.report.as_ref().ok_or_else(absent)?;
    if report.ready > request.now {
        return Err(Refusal::new("ReportInProgress", 404, "Report generation is in progress."));
    }
    if request.now - report.requested >= VALID_FOR {
        return Err(Refusal::new("ReportExpired", 410, "The most recent credential report has expired."));
    }
    let xml = Xml::new()
        .text("Content", &base64::encode(report.csv.as_bytes()))
        .text("ReportFormat", "text/csv")
        .moment("GeneratedTime", report.ready);
    Ok(Some(xml))
}

fn write(state: &State, now: Timestamp) -> String {
    let users = state.users.values().map(|user| {
        let owner = Subject::User(user.name.clone());
        let changed = user.login.as_ref().map(|login| login.changed);
        let password = password(changed, user.password_last_used, next_rotation(state, changed));
        row(state, now, &owner, [user.name.clone(), state.user_arn(user), moment(user.created)], password)
    });
    let root = {
        let changed = state.root.password.then_some(state.created);
        let password = password(changed, state.root.password_last_used, "not_supported".into());
        let who = ["<root_account>".to_owned(), state.arn("root"), moment(state.created)];
        row(state, now, &Subject::Root, who, password)
    };
    let rows: Vec<String> = [HEADER.to_owned(), root].into_iter().chain(users).collect();
    rows.join("\n")
}

fn row(state: &State, now: Timestamp, owner: &Subject, who: [String; 3], password: [String; 4]) -> String {
    let mut keys: Vec<&AccessKey> = state.seen_keys_of(owner, now).collect();
    keys.sort_by_key(|key| key.created);
    let certificates: Vec<_> = state.certificates.iter().filter(|certificate| certificate.owner == *owner).collect();
    let certificate = |n: usize| match certificates.get(n) {
        Some(certificate) => [certificate.active.to_string(), moment(certificate.uploaded)],
        None => ["false".to_owned(), "N/A".to_owned()],
    };
    let mut fields = Vec::with_capacity(22);
    fields.extend(who);
    fields.extend(password);
    fields.push(state.devices_of(owner).next().is_some().to_string());
    (0..2).for_each(|n| fields.extend(key_fields(keys.get(n).copied())));
    (0..2).for_each(|n| fields.extend(certificate(n)));
    fields.iter().map(|field| quoted(field)).collect::<Vec<_>>().join(",")
}

/// Quotes a field as in RFC 4180: a user name may contain commas.
fn quoted(field: &str) -> String {
    if field.contains([',', '"', '\n', '\r']) {
        format!("\"{}\"", field.replace('"', "\"\""))
    } else {
        field.to_owned()
    }
}

/// Enabled, last used, last changed, next rotation. `changed`: `None` without a password.
fn password(changed: Option<Timestamp>, used: Option<Timestamp>, rotation: String) -> [String; 4] {
    let used = match (changed, used) {
        (None, None) => "N/A".to_owned(),
        (Some(_), None) => "no_information".to_owned(),
        (_, Some(used)) => moment(used),
    };
    [changed.is_some().to_string(), used, changed.map_or_else(|| "N/A".to_owned(), moment), rotation]
}

fn next_rotation(state: &State, changed: Option<Timestamp>) -> String {
    let days = state.password_policy.as_ref().and_then(|policy| policy.max_age);
    match (changed, days) {
        (Some(changed), Some(days)) => moment(changed + time::Duration::days(days.into())),
        _ => "N/A".to_owned(),
    }
}

fn key_fields(key: Option<&AccessKey>) -> [String; 5] {
    let na = || "N/A".to_owned();
    let Some(key) = key else { return ["false".to_owned(), na(), na(), na(), na()] };
    let used = key.last_use.as_ref();
    [
        key.active.to_string(),
        moment(key.created),
        used.map_or_else(na, |used| moment(used.at)),
        used.map_or_else(na, |used| used.region.clone()),
        used.map_or_else(na, |used| used.service.clone()),
    ]
}

/// `2026-11-21T20:31:08+00:00`
fn moment(moment: Timestamp) -> String {
    crate::account::moment::rfc3339(moment).replace('Z', "+00:00")
}
