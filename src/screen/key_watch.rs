//! After a key was deactivated: what AWS shows of whoever misses it, and the way back.

use super::sheet::{Pane, Sheet};
use super::{Look, words};
use crate::account::age::{age, ago};
use crate::account::facts::KeyStatus;
use crate::account::{Reading, TrailEvent, TrailPage};
use crate::wizard::Wizard;
use crate::wizard::stage::KeyWatch;

const NAMES: usize = 10;

/// Events that are listed.
const MOST: usize = 12;

/// The page.
pub(super) fn pane<'a>(wizard: &'a Wizard, look: &'a Look, columns: u16, watch: &KeyWatch) -> Pane<'a> {
    let (theme, glyphs, now) = (&look.theme, look.glyphs(), wizard.now);
    let mut body = Sheet::new(look, columns);
    body.title(&format!("Watching {}", watch.key));
    let key = wizard.facts.root_keys.known().and_then(|keys| keys.iter().find(|key| key.id == watch.key));
    match key.map(|key| &key.status) {
        Some(KeyStatus::Inactive) => {
            body.hang(
                &[(theme.good, glyphs.pass), (theme.text, " ")],
                theme.text,
                "It is inactive: whatever used it fails now.",
            );
        }
        Some(status) => {
            let text = format!("AWS shows it as {}.", status.wire());
            body.hang(&[(theme.warn, glyphs.partial), (theme.text, " ")], theme.warn, &text);
        }
        None => body.say(theme.dim, "Its state is not known right now."),
    }
    body.gap();
    body.pair("Since", NAMES, theme.text, &ago(watch.since, now));
    let used = match key.map(|key| &key.last_used) {
        Some(Reading::Known { value: Some(used), .. }) => {
            let late = if used.at > watch.since { ", after it was deactivated" } else { "" };
            format!("{}, {} in {}{late}", ago(used.at, now), used.service, used.region)
        }
        Some(Reading::Known { value: None, .. }) => "never".into(),
        Some(Reading::Failed(failure)) => format!("unknown: {failure}"),
        _ => "not read".into(),
    };
    body.pair("Last use", NAMES, theme.text, &used);
    attempts(&mut body, wizard, watch);
    body.gap();
    body.say(theme.dim, "AWS seldom records attempts with a deactivated key, so silence here proves nothing. What tells is what stops working: builds, backups, reports.");
    body.say(theme.dim, "Wait at least 14 days, 31 if something runs once a month; then delete the key. lockroot remembers that it waits.");
    Pane::roomy(body, foot(wizard, look, columns, watch))
}

/// What CloudTrail shows since then, newest first.
fn attempts(sheet: &mut Sheet<'_>, wizard: &Wizard, watch: &KeyWatch) {
    let theme = sheet.look.theme;
    let mut events: Vec<&TrailEvent> = Vec::new();
    let (mut read, mut failed) = (Vec::new(), Vec::new());
    for ((key, region), reading) in &wizard.facts.attempts {
        let reading: &Reading<TrailPage> = reading;
        match reading {
            _ if *key != watch.key => {}
            Reading::Known { value: page, .. } => {
                read.push(region.as_str());
                events.extend(page.events.iter().filter(|event| event.at > watch.since && !event.is_own()));
            }
            Reading::Failed(failure) => failed.push(format!("{region}: {failure}")),
            Reading::Unread | Reading::Closed(_) => {}
        }
    }
    events.sort_by_key(|event| std::cmp::Reverse(event.at));
    let seen = match (events.len(), read.is_empty()) {
        (0, true) => "not read yet".to_owned(),
        (0, false) => format!("nothing recorded since ({})", read.join(", ")),
        (count, _) => format!("{} since ({})", words::count(count, "event", "events"), read.join(", ")),
    };
    sheet.pair("CloudTrail", NAMES, theme.text, &seen);
    for reason in failed {
        sheet.hang(
            &[(theme.warn, sheet.look.glyphs().unknown), (theme.text, " ")],
            theme.warn,
            &format!("unknown, {reason}"),
        );
    }
    for event in events.iter().take(MOST) {
        let error = event.error.as_deref().map_or(String::new(), |error| format!(", refused: {error}"));
        let service = event.source.strip_suffix(".amazonaws.com").unwrap_or(&event.source);
        let text = format!("{} {service} {} from {}{error}", ago(event.at, wizard.now), event.name, event.address);
        sheet.hang(&[(theme.warn, sheet.look.glyphs().bullet), (theme.text, " ")], theme.text, &text);
    }
}

fn foot<'a>(wizard: &'a Wizard, look: &'a Look, columns: u16, watch: &KeyWatch) -> Sheet<'a> {
    let theme = &look.theme;
    let mut foot = Sheet::new(look, columns);
    foot.say(theme.text, "Something broke? a activates the key again, after a review.");
    let looks = words::count(watch.polls as usize, "look", "looks");
    let next = if wizard.is_busy() {
        "looking now…".to_owned()
    } else {
        format!("next in {} s", (watch.next - wizard.now).whole_seconds().max(0))
    };
    let since = match age(watch.since, wizard.now).as_str() {
        "now" => "just now".to_owned(),
        age => format!("{age} ago"),
    };
    let text = format!("Deactivated {since}, {looks}, {next}");
    foot.hang(&[(theme.accent, words::spinner(look, wizard.now)), (theme.text, " ")], theme.dim, &text);
    foot
}
