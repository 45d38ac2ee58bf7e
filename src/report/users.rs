//! The table of users: password, MFA, keys, last use, groups, policies, failed controls.

use std::fmt::Write;

use serde::Serialize;
use serde_json::{Value, json};
use unicode_width::UnicodeWidthStr;

use super::rfc3339;
use super::text::{Style, wrapped};
use crate::account::age::ago;
use crate::account::facts::{Field, ReportRow};
use crate::account::{Facts, Reading, Timestamp};
use crate::checks::users::{Listing, UserEntry, words};
use crate::plain::plain;

/// A user in JSON. AWS's placeholders stay as text (`N/A`, `no_information`, `not_supported`); null: absent.
#[derive(Debug, Serialize)]
pub struct Line {
    name: String,
    arn: Option<String>,
    created: Value,
    password: Value,
    password_last_used: Value,
    password_last_changed: Value,
    mfa: Value,
    keys: Vec<Key>,
    groups: Vec<String>,
    attached_policies: Vec<String>,
    inline_policies: Vec<String>,
    findings: Vec<&'static str>,
    note: Option<&'static str>,
}

#[derive(Debug, Serialize)]
struct Key {
    number: usize,
    active: Value,
    made: Value,
    last_used: Value,
    last_used_service: Value,
    last_used_region: Value,
}

/// When the credential report was generated, RFC 3339.
pub(super) fn generated(facts: &Facts) -> Option<String> {
    facts.credential_report.known()?.generated.map(rfc3339)
}

/// All users for JSON.
pub(super) fn lines(facts: &Facts) -> Vec<Line> {
    Listing::of(facts).entries(facts).map(|entry| line(&entry)).collect()
}

/// The table for people.
#[must_use]
pub fn write(facts: &Facts, style: Style) -> String {
    let mut text = heading(facts);
    let Some(now) = facts.credential_report.at().or(facts.people.at()) else { return text };
    let listing = Listing::of(facts);
    let entries: Vec<UserEntry<'_>> = listing.entries(facts).collect();
    let rows: Vec<[String; 5]> =
        std::iter::once(HEAD.map(str::to_owned)).chain(entries.iter().map(|entry| cells(entry, now))).collect();
    let widest = |n: usize| rows.iter().map(|row| plain(&row[n]).width()).max().unwrap_or(0);
    // Names may be long and are cut; the other columns are short.
    let widths = [widest(0).min(style.width / 3), widest(1), widest(2), widest(3), widest(4)];
    // Keys that do not fit the table are listed below it.
    let columns = if widths.iter().map(|width| width + 2).sum::<usize>() > style.width + 1 { KEYS } else { HEAD.len() };
    for (n, row) in rows.iter().enumerate() {
        let cells = row.iter().zip(&widths).take(columns).map(|(cell, width)| padded(cell, *width));
        let _ = writeln!(text, " {}", cells.collect::<Vec<_>>().join("  ").trim_end());
        let Some(entry) = n.checked_sub(1).and_then(|n| entries.get(n)) else { continue };
        let name = (plain(&row[0]).width() > widths[0]).then(|| ("name", plain(&row[0])));
        let keys = HEAD.into_iter().zip(row).skip(columns).filter(|(_, words)| *words != words::NO_KEY);
        let keys = keys.map(|(label, words)| (label, plain(words)));
        for (label, words) in name.into_iter().chain(keys).chain(details(entry)) {
            let lines = wrapped(&format!("{label}: {words}"), style.width.saturating_sub(5));
            lines.iter().for_each(|line| text.push_str(&format!("     {line}\n")));
        }
    }
    text
}

const HEAD: [&str; 5] = ["User", "Password", "MFA", "Key 1", "Key 2"];
/// Index of the first key column.
const KEYS: usize = 3;

fn heading(facts: &Facts) -> String {
    let list = match &facts.people {
        Reading::Failed(failure) => format!("Groups and policies could not be read: {failure}\n"),
        _ => String::new(),
    };
    match &facts.credential_report {
        Reading::Known { value, at } => {
            let unreadable = match value.unreadable.len() {
                0 => String::new(),
                count => format!("Rows of it that can't be read, because a name in them is cut in two: {count}\n"),
            };
            let made = value.generated.map_or("of unknown age".to_owned(), |generated| {
                format!("of {}, {}", rfc3339(generated), ago(generated, *at))
            });
            format!("\nUsers, by the credential report {made}\n{unreadable}{list}\n")
        }
        Reading::Failed(failure) => format!("\nUsers. The credential report could not be read: {failure}\n{list}\n"),
        Reading::Unread | Reading::Closed(_) => format!("\nUsers. The credential report was not read.\n{list}\n"),
    }
}

fn cells(entry: &UserEntry<'_>, now: Timestamp) -> [String; 5] {
    let unknown = || "not told".to_owned();
    let Some(row) = entry.row else { return [entry.name.to_owned(), unknown(), unknown(), unknown(), unknown()] };
    let [one, two] = &row.keys;
    [row.user.clone(), words::password(row, now), words::mfa(row), words::key(one, now), words::key(two, now)]
}

fn details(entry: &UserEntry<'_>) -> Vec<(&'static str, String)> {
    let mut details = Vec::new();
    if let Some(user) = entry.user {
        details.push(("groups", user.groups.join(", ")));
        details.push(("direct policies", words::policies(user)));
    }
    details.push(("findings", entry.findings.join(", ")));
    details.push(("note", entry.note.unwrap_or_default().to_owned()));
    details.retain(|(_, words)| !words.is_empty());
    details
}

/// Pads or cuts `cell` to exactly `width` columns.
fn padded(cell: &str, width: usize) -> String {
    let mut text = plain(cell);
    if text.width() > width {
        while text.width() >= width.max(1) {
            text.pop();
        }
        text.push('…');
    }
    text.push_str(&" ".repeat(width.saturating_sub(text.width())));
    text
}

fn line(entry: &UserEntry<'_>) -> Line {
    let none = ReportRow::default();
    let row = entry.row.unwrap_or(&none);
    let keys = row.keys.iter().enumerate().filter(|(_, key)| key.exists());
    let (groups, attached, inline) = entry.user.map_or_else(Default::default, |user| {
        (user.groups.clone(), user.attached_policies.clone(), user.inline_policies.clone())
    });
    Line {
        name: entry.name.to_owned(),
        arn: Some(row.arn.clone()).filter(|arn| !arn.is_empty()),
        created: moment(&row.created),
        password: flag(&row.password),
        password_last_used: moment(&row.password_used),
        password_last_changed: moment(&row.password_changed),
        mfa: flag(&row.mfa),
        keys: keys
            .map(|(n, key)| Key {
                number: n + 1,
                active: flag(&key.active),
                made: moment(&key.made),
                last_used: moment(&key.used),
                last_used_service: told(&key.service, |text| json!(text)),
                last_used_region: told(&key.region, |text| json!(text)),
            })
            .collect(),
        groups,
        attached_policies: attached,
        inline_policies: inline,
        findings: entry.findings.to_vec(),
        note: entry.note,
    }
}

fn moment(field: &Field<Timestamp>) -> Value {
    told(field, |at| json!(rfc3339(*at)))
}

fn flag(field: &Field<bool>) -> Value {
    told(field, |flag| json!(flag))
}

fn told<T>(field: &Field<T>, value: impl Fn(&T) -> Value) -> Value {
    match field {
        Field::Value(known) => value(known),
        Field::Absent => Value::Null,
        other => json!(other.words(|_| String::new())),
    }
}
