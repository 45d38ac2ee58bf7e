//! Shared by the controls on users' credentials: credential report rows, corrected by live reads, and the report's
//! age.

use std::borrow::Cow;
use std::collections::BTreeSet;

use super::{Assessment, Directory, Evidence, evidence, known, live};
use crate::account::age::ago;
use crate::account::facts::{ReportRow, User};
pub(super) use crate::account::moment::rfc3339 as when;
use crate::account::{CredentialReport, Facts, Question, Timestamp};

/// Maximum names in a sentence.
pub(crate) const NAMED: usize = 8;

/// A rule's result on one user.
#[derive(Debug, Default)]
pub struct RuleOutcome {
    /// Violations: the report's column, and its value for people.
    pub found: Vec<(&'static str, String)>,
    /// What could not be decided.
    pub unclear: Vec<String>,
    /// Where report and live read disagree; the live read counts.
    pub overtaken: Vec<String>,
}

/// A rule on one user.
pub type Rule = fn(&ReportRow, &Directory<'_>, Timestamp) -> RuleOutcome;

/// A rule with the wording of its control.
pub(super) struct CredentialRule {
    pub rule: Rule,
    /// Comes before the names: `Unused for 45 days or more`.
    pub wrong: String,
    /// For a pass.
    pub right: String,
    pub fix: &'static str,
    /// Whether users newer than the report can violate it.
    pub concerns_newer: bool,
}

/// The report's users who still exist, and newer users who were read completely.
pub(super) struct Users<'a> {
    pub rows: Vec<Row<'a>>,
    /// Users missing from the report, or recreated since, who were not read completely.
    pub newer: Vec<&'a str>,
}

/// A user's current row.
pub(super) struct Row<'a> {
    /// The report's row; `None` for a user missing from the report.
    reported: Option<&'a ReportRow>,
    /// The row corrected by later reads.
    pub now: Cow<'a, ReportRow>,
}

/// Applies `law` to all users.
pub(super) fn assess(facts: &Facts, law: &CredentialRule) -> Result<Assessment, Assessment> {
    let report = known(&facts.credential_report, &Question::CredentialReport)?;
    let now = facts.credential_report.at().unwrap_or(Timestamp::UNIX_EPOCH);
    let live = Directory::new(facts);
    let users = users(&live, report);
    let by = by_report(report, now);
    let mut proof: Vec<Evidence> = generated(facts, report).into_iter().collect();
    if users.rows.is_empty() && users.newer.is_empty() && report.unreadable.is_empty() {
        return Ok(Assessment::not_applicable(format!("The account has no IAM users. {by}"), proof));
    }
    let (mut wrong, mut unclear, mut overtaken) = (Vec::new(), Vec::new(), Vec::new());
    for Row { reported, now: row } in &users.rows {
        let mut outcome = (law.rule)(row, &live, now);
        for (column, value) in &outcome.found {
            proof.extend(proof_of(facts, row, column, value, report.generated));
        }
        if let (Cow::Owned(_), Some(reported)) = (row, reported) {
            let before = (law.rule)(reported, &live, now);
            if before.found.is_empty() != outcome.found.is_empty() && outcome.overtaken.is_empty() {
                outcome.overtaken.push("AWS's live data differs".into());
            }
        }
        if !outcome.found.is_empty() {
            wrong.push(row.user.as_str());
        }
        unclear.extend(outcome.unclear.into_iter().map(|what| format!("{}: {what}", row.user)));
        overtaken.extend(outcome.overtaken.into_iter().map(|what| format!("{}: {what}", row.user)));
    }
    unclear.extend(report.unreadable.iter().map(|begins| format!("the row that begins with {begins:?}")));
    let behind =
        if overtaken.is_empty() { String::new() } else { format!(" The report is out of date: {}.", some(&overtaken)) };
    if !wrong.is_empty() {
        return Ok(Assessment::fail(format!("{}: {}. {by}{behind}", law.wrong, some(&wrong)), proof, law.fix));
    }
    if !unclear.is_empty() {
        return Ok(Assessment::unknown(format!("The report lacks values: {}. {by}{behind}", some(&unclear)), proof));
    }
    if law.concerns_newer && !users.newer.is_empty() {
        let why = format!("Not in the report yet: {}. {by}{behind}", some(&users.newer));
        return Ok(Assessment::unknown(why, proof));
    }
    Ok(Assessment::pass(format!("{} {by}{behind}", law.right), proof))
}

/// Evidence on a column of a user, from the call that provided it.
fn proof_of(facts: &Facts, row: &ReportRow, column: &str, value: &str, written: Option<Timestamp>) -> Option<Evidence> {
    let field = format!("{} {column}", row.user);
    match facts.user_keys.get(&row.user) {
        Some(reading) if column.starts_with("access_key") && live::keys(facts, &row.user, written).is_some() => {
            evidence(reading, Question::UserKeys(String::new()).action(), field, value)
        }
        _ => evidence(&facts.credential_report, Question::CredentialReport.action(), field, value),
    }
}

/// Deleted users are left out. Users created since the report, even under an old name, are listed as newer unless
/// read completely.
pub(super) fn users<'a>(live: &Directory<'a>, report: &'a CredentialReport) -> Users<'a> {
    let row = |row: &'a ReportRow| Row { reported: Some(row), now: live::with_live_reads(row, live, report.generated) };
    let Some(people) = live.facts.people.known() else {
        return Users { rows: report.users().map(row).collect(), newer: Vec::new() };
    };
    let key = str::to_ascii_lowercase;
    let reported: BTreeSet<String> = report.users().map(|row| key(&row.user)).collect();
    let made_since = |user: &User| user.created.zip(report.generated).is_some_and(|(made, written)| made > written);
    let is_old = |row: &&ReportRow| live.user(&row.user).is_some_and(|user| !made_since(user));
    let is_newer = |user: &&User| !reported.contains(&key(&user.name)) || made_since(user);
    let mut users = Users { rows: report.users().filter(is_old).map(row).collect(), newer: Vec::new() };
    for user in people.users.iter().filter(is_newer) {
        match live::row_of(user, live) {
            Some(row) => users.rows.push(Row { reported: None, now: Cow::Owned(row) }),
            None => users.newer.push(&user.name),
        }
    }
    users
}

/// E.g. `Source: credential report, 3 h ago.`
pub(crate) fn by_report(report: &CredentialReport, now: Timestamp) -> String {
    match report.generated {
        Some(generated) => format!("Source: credential report, {}.", ago(generated, now)),
        None => "Source: credential report of unknown age.".into(),
    }
}

/// Evidence on the report's generation time.
pub(super) fn generated(facts: &Facts, report: &CredentialReport) -> Option<Evidence> {
    let value = report.generated.map_or("absent".to_owned(), when);
    evidence(&facts.credential_report, Question::CredentialReport.action(), "GeneratedTime", value)
}

/// The first of `names`, and the number of the rest.
pub(crate) fn some<T: AsRef<str>>(names: &[T]) -> String {
    let first: Vec<&str> = names.iter().take(NAMED).map(AsRef::as_ref).collect();
    match names.len().saturating_sub(NAMED) {
        0 => first.join(", "),
        more => format!("{} and {more} more", first.join(", ")),
    }
}

pub(super) fn days(moment: Timestamp, now: Timestamp) -> i64 {
    (now - moment).whole_days()
}
