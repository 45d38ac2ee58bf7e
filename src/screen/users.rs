//! Every user: a line each, what is known of the one that is picked below, and on a page of its own as a whole.

use super::sheet::{Pane, Sheet};
use super::text::{clean, cut, cut_middle, pad, width};
use super::words::count;
use super::{Look, page};
use crate::account::age::ago;
use crate::account::facts::{Field, ReportRow};
use crate::account::{Reading, Timestamp};
use crate::checks::users::{Entry, Listing, words};
use crate::checks::{self, Verdict};
use crate::wizard::Wizard;

/// Columns of everything but the name.
const PASSWORD: usize = 10;
const MFA: usize = 3;
const KEYS: usize = 8;
const WRONG: usize = 5;
/// Lines further away than this from the picked one are in no terminal's view, and are not drawn.
const TALLEST: usize = 400;
/// Columns of the names of what is known of a user.
const LABELS: usize = 8;

/// The list, with the user in the line `picked` of it.
pub(super) fn list<'a>(wizard: &'a Wizard, look: &'a Look, columns: u16, picked: usize) -> Pane<'a> {
    let listing = wizard.facts.listing();
    let picked = picked.min(listing.len().saturating_sub(1));
    let mut body = Sheet::new(look, columns);
    let mut foot = Sheet::new(look, columns);
    heading(&mut body, wizard, listing);
    if let Some(entry) = &listing.entry(&wizard.facts, picked) {
        let longest = listing.entries(&wizard.facts).map(|entry| width(entry.name)).max().unwrap_or(0).max(4);
        let others = 2 + PASSWORD + 2 + MFA + 2 + KEYS + 2 + WRONG + 2;
        let names = longest.min(usize::from(columns).saturating_sub(others));
        let head = line(look, names, ["USER", "PASSWORD", "MFA", "KEYS", "WRONG"]);
        body.line(&[(look.theme.text, "  "), (look.theme.dim, &head)]);
        for line in 0..listing.len() {
            match listing.entry(&wizard.facts, line).filter(|_| line.abs_diff(picked) < TALLEST) {
                Some(entry) => one(&mut body, &entry, names, wizard.now, line == picked),
                None => body.line(&[]),
            }
        }
        let now = wizard.now;
        for (label, text) in details(entry, now) {
            let text = cut(
                &clean(&text, look.unicode),
                usize::from(columns).saturating_sub(LABELS + 2),
                look.glyphs().ellipsis,
            );
            foot.pair(label, LABELS, look.theme.text, &text);
        }
        let wrong = match entry.findings.len() {
            0 => "nothing by the controls on users".to_owned(),
            some => format!("{}: Enter says which", count(some, "finding", "findings")),
        };
        foot.pair("Wrong", LABELS, if entry.findings.is_empty() { look.theme.dim } else { look.theme.bad }, &wrong);
    }
    Pane::tight(body, foot)
}

/// All that is known of the user in the line `picked` of the list.
pub(super) fn detail<'a>(wizard: &'a Wizard, look: &'a Look, columns: u16, picked: usize) -> Pane<'a> {
    let theme = &look.theme;
    let listing = wizard.facts.listing();
    let mut body = Sheet::new(look, columns);
    let foot = Sheet::new(look, columns);
    let Some(entry) = &listing.entry(&wizard.facts, picked.min(listing.len().saturating_sub(1))) else {
        heading(&mut body, wizard, listing);
        return Pane::roomy(body, foot);
    };
    body.title(entry.name);
    if let Some(note) = entry.note {
        body.hang(
            &[(theme.warn, look.glyphs().partial), (theme.text, " ")],
            theme.text,
            &format!("This user is {note}."),
        );
    }
    body.gap();
    for (label, text) in details(entry, wizard.now) {
        body.pair(label, LABELS, theme.text, &text);
    }
    if let Some(row) = entry.row {
        if let Field::Value(made) = row.created {
            body.pair("Made", LABELS, theme.text, &ago(made, wizard.now));
        }
        if let Field::Value(changed) = row.password_changed {
            body.pair("", LABELS, theme.text, &format!("password changed {}", ago(changed, wizard.now)));
        }
        if !row.arn.is_empty() {
            body.pair("ARN", LABELS, theme.text, &row.arn);
        }
    }
    body.gap();
    body.title("Findings");
    if entry.findings.is_empty() {
        let text = match entry.row {
            Some(row) if row.is_root() => "The controls on users are not about root: the steps are.",
            Some(_) => "None of the controls on users finds anything wrong.",
            None => "The credential report does not tell of this user, so that most controls can't.",
        };
        body.say(theme.dim, text);
    }
    for control in entry.findings.iter().filter_map(|id| checks::control(id)) {
        page::control(&mut body, wizard, control.title, Some(Verdict::Fail), "");
    }
    Pane::roomy(body, foot)
}

/// How many there are, by which report, and what could not be read.
fn heading(sheet: &mut Sheet<'_>, wizard: &Wizard, listing: &Listing) {
    let theme = &sheet.look.theme;
    let users = listing.entries(&wizard.facts).filter(|entry| entry.name != ReportRow::ROOT).count();
    let wrong = listing.wrong();
    sheet.title(&match wrong {
        _ if listing.is_empty() => "Users".to_owned(),
        0 => format!("Users: {users}"),
        _ => format!("Users: {users}, {wrong} with findings"),
    });
    let report = match &wizard.facts.credential_report {
        Reading::Known { value, .. } => match value.generated {
            Some(made) => format!("By the credential report, made {}.", ago(made, wizard.now)),
            None => "By a credential report of unknown age.".to_owned(),
        },
        Reading::Failed(failure) => format!("The credential report could not be read: {failure}"),
        Reading::Closed(reason) => format!("The credential report could not be read: {reason}."),
        Reading::Unread => "The credential report has not been read yet.".to_owned(),
    };
    sheet.say(theme.dim, &report);
    if let Reading::Failed(failure) = &wizard.facts.people {
        sheet.say(theme.warn, &format!("Groups and policies could not be read: {failure}"));
    }
    sheet.gap();
}

fn one(sheet: &mut Sheet<'_>, entry: &Entry<'_>, names: usize, now: Timestamp, picked: bool) {
    let (look, theme) = (sheet.look, sheet.look.theme);
    let name = cut_middle(&clean(entry.name, look.unicode), names, look.glyphs().ellipsis);
    let (password, mfa, keys) = entry.row.map_or_else(
        || ("?".to_owned(), "?".to_owned(), "?".to_owned()),
        |row| (password(row, now), words::mfa(row), keys(row)),
    );
    let mfa = if width(&mfa) > MFA { "?" } else { mfa.as_str() };
    let wrong = if entry.findings.is_empty() { String::new() } else { entry.findings.len().to_string() };
    let text = line(look, names, [&name, &password, mfa, &keys, ""]);
    let (pointer, style) = if picked { (look.glyphs().pointer, theme.accent) } else { (" ", theme.text) };
    let sign = if wrong.is_empty() { "" } else { look.glyphs().fail };
    sheet.line(&[
        (style, pointer),
        (theme.text, " "),
        (style, &text),
        (theme.bad, sign),
        (theme.bad, &format!(" {wrong}")),
    ]);
    if picked {
        sheet.keep_from(sheet.len() - 1);
    }
}

/// The password's last use in a word or two; `none`: there is no password.
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

fn line(look: &Look, names: usize, cells: [&str; 5]) -> String {
    let [name, password, mfa, keys, wrong] = cells;
    let cell = |text: &str, columns| pad(&cut(text, columns, look.glyphs().ellipsis), columns);
    format!("{}  {}  {}  {}  {wrong}", pad(name, names), cell(password, PASSWORD), cell(mfa, MFA), cell(keys, KEYS),)
}

/// What is known of a user, each under a name.
fn details(entry: &Entry<'_>, now: Timestamp) -> Vec<(&'static str, String)> {
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
