//! The list of users with details of the selected one, and a user's own page.

use super::Users;
use crate::account::age::ago;
use crate::account::facts::{Field, ReportRow};
use crate::account::{Reading, Timestamp};
use crate::checks::users::{Listing, UserEntry, words};
use crate::checks::{self, Verdict};
use crate::wizard::World;
use crate::wizard::content::Meaning::{Bad, Dim, Text, Warn};
use crate::wizard::content::{Block, Blocks, Cell, Column, Content, Glyph, Table, controls, phrases};

/// Widths of the columns except the name, in characters.
const PASSWORD: usize = 10;
const MFA: usize = 3;
const KEYS: usize = 8;
const WRONG: usize = 5;
/// Width of the names in a user's details, in characters.
const LABELS: usize = 8;

pub(super) fn of<'p>(world: &'p World, page: &Users) -> Content<'p> {
    match page.detail {
        Some(_) => detail(world, page.picked),
        None => list(world, page.picked),
    }
}

/// The list with details of the selected user.
fn list<'p>(world: &'p World, picked: usize) -> Content<'p> {
    let listing = world.facts().listing();
    let picked = picked.min(listing.len().saturating_sub(1));
    let mut body = Blocks::default();
    let mut foot = Blocks::default();
    heading(&mut body, world, listing);
    if let Some(entry) = &listing.entry(world.facts(), picked) {
        body.0.push(Block::Table(table(world, listing, picked)));
        for (label, text) in details(entry, world.now()) {
            foot.0.push(Block::Short { name: label, names: LABELS, value: text.into() });
        }
        let wrong = match entry.findings.len() {
            0 => "nothing found".to_owned(),
            some => format!("{}: Enter says which", phrases::count(some, "finding", "findings")),
        };
        foot.pair("Wrong", LABELS, if entry.findings.is_empty() { Dim } else { Bad }, wrong);
    }
    Content::tight(body, foot)
}

/// One row for each user. Rows are made only near the selected one.
fn table<'p>(world: &'p World, listing: &'p Listing, picked: usize) -> Table<'p> {
    let longest = listing.entries(world.facts()).map(|entry| entry.name.chars().count()).max().unwrap_or(0).max(4);
    let column = |head, characters| Column { head, characters: Some(characters), least: characters };
    let columns = vec![
        Column { least: 0, ..column("USER", longest) },
        column("PASSWORD", PASSWORD),
        column("MFA", MFA),
        column("KEYS", KEYS),
        column("WRONG", WRONG),
    ];
    let row = |i: usize| listing.entry(world.facts(), i).map_or(Vec::new(), |entry| cells(&entry, world.now()));
    Table { columns, len: listing.len(), picked, row: Box::new(row) }
}

/// The details of the user with index `picked`.
fn detail<'p>(world: &'p World, picked: usize) -> Content<'p> {
    let listing = world.facts().listing();
    let mut body = Blocks::default();
    let foot = Blocks::default();
    let Some(entry) = &listing.entry(world.facts(), picked.min(listing.len().saturating_sub(1))) else {
        heading(&mut body, world, listing);
        return Content::long(body, foot);
    };
    body.title(entry.name);
    if let Some(note) = entry.note {
        body.signed(Warn, Glyph::Partial, Text, format!("This user is {note}."));
    }
    body.gap();
    for (label, text) in details(entry, world.now()) {
        body.pair(label, LABELS, Text, text);
    }
    if let Some(row) = entry.row {
        if let Field::Value(made) = row.created {
            body.pair("Made", LABELS, Text, ago(made, world.now()));
        }
        if let Field::Value(changed) = row.password_changed {
            body.pair("", LABELS, Text, format!("password changed {}", ago(changed, world.now())));
        }
        if !row.arn.is_empty() {
            body.pair("ARN", LABELS, Text, &row.arn);
        }
    }
    body.gap();
    body.title("Findings");
    if entry.findings.is_empty() {
        let text = match entry.row {
            Some(row) if row.is_root() => "None of the controls on root finds anything wrong.",
            Some(_) => "None of the controls on users finds anything wrong.",
            None => "The credential report lacks this user, so most controls are unknown.",
        };
        body.say(Dim, text);
    }
    for control in entry.findings.iter().filter_map(|id| checks::control(id)) {
        controls::one(&mut body, world, control, Some(Verdict::Fail), "");
    }
    Content::long(body, foot)
}

/// Adds the number of users, the age of the credential report, and failed reads.
fn heading<'p>(sheet: &mut Blocks<'p>, world: &World, listing: &'p Listing) {
    let users = listing.entries(world.facts()).filter(|entry| entry.name != ReportRow::ROOT).count();
    let wrong = listing.wrong();
    sheet.title(match wrong {
        _ if listing.is_empty() => "Users".to_owned(),
        0 => format!("Users: {users}"),
        _ => format!("Users: {users}, {wrong} with findings"),
    });
    let report = match &world.facts().credential_report {
        Reading::Known { value, .. } => match value.generated {
            Some(made) => format!("Source: credential report, {}.", ago(made, world.now())),
            None => "Source: credential report of unknown age.".to_owned(),
        },
        Reading::Failed(failure) => format!("The credential report could not be read: {failure}"),
        Reading::Closed(reason) => format!("The credential report could not be read: {reason}."),
        Reading::Unread => "The credential report has not been read yet.".to_owned(),
    };
    sheet.say(Dim, report);
    if let Reading::Failed(failure) = &world.facts().people {
        sheet.say(Warn, format!("Groups and policies could not be read: {failure}"));
    }
    sheet.gap();
}

fn cells<'p>(entry: &UserEntry<'p>, now: Timestamp) -> Vec<Cell<'p>> {
    let unknown = || "?".to_owned();
    let (password, mfa, keys) = entry
        .row
        .map_or_else(|| (unknown(), unknown(), unknown()), |row| (password(row, now), words::mfa(row), keys(row)));
    let mfa = if mfa.chars().count() > MFA { unknown() } else { mfa };
    let wrong = match entry.findings.len() {
        0 => Cell::new(""),
        some => Cell { meaning: Some(Bad), sign: Some(Glyph::Fail), text: some.to_string().into() },
    };
    vec![Cell::new(entry.name), Cell::new(password), Cell::new(mfa), Cell::new(keys), wrong]
}

/// When the password was last used, in a word or two; `none` without a password.
fn password(row: &ReportRow, now: Timestamp) -> String {
    match (&row.password, &row.password_used) {
        (Field::Value(false), _) => "none".into(),
        (_, Field::Value(at)) => ago(*at, now),
        (_, Field::NoInformation) => "unused".into(),
        _ => "?".into(),
    }
}

/// `2`, `1 +1 off`
fn keys(row: &ReportRow) -> String {
    let active = row.keys.iter().filter(|key| key.is_active()).count();
    match row.keys.iter().filter(|key| key.exists()).count() - active {
        0 => {
            if active == 0 {
                "none".into()
            } else {
                active.to_string()
            }
        }
        off => format!("{active} +{off} off"),
    }
}

/// The details of a user: names and values.
fn details(entry: &UserEntry<'_>, now: Timestamp) -> Vec<(&'static str, String)> {
    let mut details = Vec::new();
    match entry.row {
        Some(row) => {
            let [one, two] = row.keys.each_ref().map(|key| words::key(key, now));
            details.extend([
                ("Password", words::password(row, now)),
                ("MFA", words::mfa(row)),
                ("Key 1", one),
                ("Key 2", two),
            ]);
        }
        None => details.push(("Password", "not in the credential report".into())),
    }
    if let Some(user) = entry.user {
        let or_none = |text: String| if text.is_empty() { "none".to_owned() } else { text };
        details.push(("Groups", or_none(user.groups.join(", "))));
        details.push(("Policies", or_none(words::policies(user))));
    }
    details
}
