//! Who uses a key: what CloudTrail recorded, summed up, while it is read and afterwards; what to do instead; a policy to
//! start from.

use super::sheet::{Pane, Sheet};
use super::{Look, words};
use crate::account::age::{age, ago};
use crate::account::trace::{Sender, Tally, Trace, Values};
use crate::account::{Reading, Timestamp};
use crate::steps::root_keys::{advice, regions, starting_policy};
use crate::wizard::Wizard;
use crate::wizard::stage::Examination;

/// Lines of calls and of senders that are drawn, the most frequent first.
const MOST: usize = 60;

const NO_PROOF: &str = "No record is not proof of no use: S3 objects and other data events are not in it, nor what is older than 90 days or younger than 15 minutes.";

/// The page.
pub(super) fn pane<'a>(wizard: &'a Wizard, look: &'a Look, columns: u16, shown: &Examination) -> Pane<'a> {
    let mut body = Sheet::new(look, columns);
    let empty = Trace::default();
    let trace = wizard.facts.traces.get(&shown.key).unwrap_or(&empty);
    if shown.policy {
        policy(&mut body, trace, wizard.is_examined(&shown.key));
    } else {
        evidence(&mut body, wizard, &shown.key, trace);
    }
    Pane::roomy(body, foot(wizard, look, columns, shown, trace))
}

fn evidence(sheet: &mut Sheet<'_>, wizard: &Wizard, key: &str, trace: &Trace) {
    let (theme, now) = (sheet.look.theme, wizard.now);
    sheet.title(&format!("Who uses {key}?"));
    last_use(sheet, wizard, key);
    let found = match (trace.events, trace.span()) {
        (0, _) => "CloudTrail, as far as it is read: no event.".to_owned(),
        (events, Some((first, last))) => format!(
            "CloudTrail, as far as it is read: {}, the first {}, the last {}.",
            words::count(events as usize, "event", "events"),
            ago(first, now),
            ago(last, now)
        ),
        (events, None) => format!("CloudTrail: {}.", words::count(events as usize, "event", "events")),
    };
    sheet.say(theme.text, &found);
    sheet.say(theme.dim, NO_PROOF);
    unreadable(sheet, wizard, trace);
    if trace.own.count > 0 {
        let by = trace.own.addresses.by_count().join(", ");
        let own = words::count(trace.own.count as usize, "further call", "further calls");
        sheet.say(theme.dim, &format!("Set apart: {own} by lockroot itself, by the user agent, from {by}."));
    }
    if trace.events == 0 {
        return;
    }
    sheet.gap();
    sheet.title("What it called");
    let mut uses: Vec<_> = trace.uses.iter().collect();
    uses.sort_by(|(a, of_a), (b, of_b)| of_b.count.cmp(&of_a.count).then(a.cmp(b)));
    for ((source, event), tally) in uses.iter().take(MOST) {
        let service = source.strip_suffix(".amazonaws.com").unwrap_or(source);
        sheet.marked((theme.text, ""), theme.text, &format!("{service} {event}"), &times(tally.count));
        sheet.hang(&[(theme.text, "    ")], theme.dim, &details(tally, now));
    }
    beyond(sheet, uses.len().saturating_sub(MOST), trace.uses_beyond);
    sheet.gap();
    sheet.title("Who called");
    let mut senders: Vec<_> = trace.senders.iter().collect();
    senders.sort_by(|(a, of_a), (b, of_b)| of_b.count.cmp(&of_a.count).then(a.cmp(b)));
    for ((address, program), sender) in senders.iter().take(MOST) {
        sheet.marked((theme.text, ""), theme.text, &named(address, program), &times(sender.count));
        sheet.hang(&[(theme.text, "    ")], theme.dim, &services(sender, now));
    }
    beyond(sheet, senders.len().saturating_sub(MOST), trace.senders_beyond);
    sheet.gap();
    sheet.title("What to do instead");
    for (who, what) in advice(trace) {
        sheet.hang(&[(theme.accent, sheet.look.glyphs().bullet), (theme.text, " ")], theme.text, &who);
        sheet.hang(&[(theme.text, "  ")], theme.dim, what);
    }
    sheet.say(theme.text, "p shows a policy to start from, made of the recorded actions.");
}

fn last_use(sheet: &mut Sheet<'_>, wizard: &Wizard, key: &str) {
    let found = wizard.facts.root_keys.known().and_then(|keys| keys.iter().find(|found| found.id == key));
    let words = match found.map(|found| &found.last_used) {
        Some(Reading::Known { value: Some(used), .. }) => {
            format!("IAM, last use: {}, {} in {}.", ago(used.at, wizard.now), used.service, used.region)
        }
        Some(Reading::Known { value: None, .. }) => "IAM, last use: never.".into(),
        Some(Reading::Failed(failure)) => format!("IAM, last use: unknown. {failure}"),
        _ => "IAM, last use: not read.".into(),
    };
    sheet.say(sheet.look.theme.text, &words);
}

/// Regions that could not be looked at, those with the same reason together.
fn unreadable(sheet: &mut Sheet<'_>, wizard: &Wizard, trace: &Trace) {
    let theme = sheet.look.theme;
    let sign = [(theme.warn, sheet.look.glyphs().unknown), (theme.text, " ")];
    if let Some(failure) = wizard.facts.regions.failure() {
        let words = format!("Unknown: the other regions. Their list could not be read: {failure}");
        sheet.hang(&sign, theme.warn, &words);
    }
    let mut reasons: Vec<(String, Vec<&str>)> = Vec::new();
    for (region, failure) in trace.unreadable() {
        let kind = failure.code.clone().unwrap_or_default();
        match reasons.iter_mut().find(|(said, _)| said.starts_with(&kind) && !kind.is_empty()) {
            Some((_, regions)) => regions.push(region),
            None => reasons.push((format!("{kind}: {}", failure.said), vec![region])),
        }
    }
    for (reason, regions) in reasons {
        let words = format!("Unknown, not unused: {}. {}", regions.join(", "), reason.trim_start_matches(": "));
        sheet.hang(&sign, theme.warn, &words);
    }
}

fn details(tally: &Tally, now: Timestamp) -> String {
    let mut parts = vec![span(tally.span, now), format!("from {}", list(&tally.addresses))];
    parts.push(format!("in {}", list(&tally.regions)));
    parts.push(format!("by {}", list(&tally.agents)));
    if tally.refused > 0 {
        parts.push(format!("refused {}: {}", times(tally.refused), list(&tally.errors)));
    }
    parts.join("; ")
}

fn services(sender: &Sender, now: Timestamp) -> String {
    format!("{}; {}", span(sender.span, now), list(&sender.services).replace(".amazonaws.com", ""))
}

fn span(span: Option<(Timestamp, Timestamp)>, now: Timestamp) -> String {
    match span {
        Some((first, last)) if age(first, now) == age(last, now) => ago(last, now),
        Some((first, last)) => format!("first {}, last {}", ago(first, now), ago(last, now)),
        None => "no time".into(),
    }
}

fn named(address: &str, program: &str) -> String {
    let address = if address.is_empty() { "no address" } else { address };
    if program.is_empty() { address.to_owned() } else { format!("{address} {program}") }
}

/// The three most frequent, and how many more.
fn list(values: &Values) -> String {
    let all = values.by_count();
    let first: Vec<&str> =
        all.iter().take(3).copied().map(|value| if value.is_empty() { "?" } else { value }).collect();
    let more = all.len().saturating_sub(3);
    match (more, values.beyond) {
        (0, 0) => first.join(", "),
        (more, 0) => format!("{} and {more} more", first.join(", ")),
        _ => format!("{} and many more", first.join(", ")),
    }
}

fn times(count: u64) -> String {
    if count == 1 { "once".into() } else { format!("{count} times") }
}

fn beyond(sheet: &mut Sheet<'_>, kinds: usize, events: u64) {
    if kinds > 0 {
        sheet.say(sheet.look.theme.dim, &format!("  and {kinds} more, less frequent"));
    }
    if events > 0 {
        sheet.say(sheet.look.theme.dim, &format!("  and {events} events that are counted but not told apart"));
    }
}

fn policy(sheet: &mut Sheet<'_>, trace: &Trace, whole: bool) {
    let theme = sheet.look.theme;
    let policy = starting_policy(trace);
    sheet.title("A policy to start from");
    sheet.say(theme.text, "Made of the actions that CloudTrail recorded for this key. Narrow \"Resource\" to what is really used, and try it out: events are not actions one to one, and data events such as reading S3 objects are missing.");
    if !whole {
        sheet.say(theme.warn, "Not everything is read yet: more may come.");
    }
    sheet.gap();
    if policy.actions == 0 {
        sheet.say(theme.text, "No action was recorded, so there is nothing to start from.");
    } else {
        policy.text.lines().for_each(|line| sheet.line(&[(theme.accent, line)]));
    }
    if !policy.left_out.is_empty() {
        sheet.gap();
        sheet.say(theme.dim, "Left out:");
    }
    for (event, why) in policy.left_out.iter().take(MOST) {
        sheet.hang(&[(theme.text, "  ")], theme.dim, &format!("{event}: {why}"));
    }
}

/// How far it is: a bar, the regions, the events.
fn foot<'a>(wizard: &'a Wizard, look: &'a Look, columns: u16, shown: &Examination, trace: &Trace) -> Sheet<'a> {
    let (theme, glyphs) = (&look.theme, look.glyphs());
    let regions = regions(&wizard.facts, &shown.key);
    let (done, all) = (trace.ended(&regions), regions.len().max(1));
    let events = words::count((trace.events + trace.own.count) as usize, "event", "events");
    let unknown = trace.unreadable().count() + usize::from(wizard.facts.regions.failure().is_some());
    let mut foot = Sheet::new(look, columns);
    let whole = wizard.is_examined(&shown.key);
    let counted = format!("{done} of {all} regions, {events}");
    if whole && unknown == 0 {
        let text = format!("Read to the end: {counted}.");
        foot.hang(&[(theme.good, glyphs.pass), (theme.text, " ")], theme.text, &text);
        return foot;
    }
    if whole {
        let text = format!("Read as far as AWS let it be read: {counted}.");
        foot.hang(&[(theme.warn, glyphs.unknown), (theme.text, " ")], theme.text, &text);
        return foot;
    }
    let room = usize::from(columns).saturating_sub(counted.len() + 4).clamp(8, 30);
    let full = room * done / all;
    let (bar, rest) = (glyphs.full.repeat(full), glyphs.empty.repeat(room - full));
    let sign = if shown.stopped { glyphs.waiting } else { words::spinner(look, wizard.now) };
    foot.line(&[
        (theme.accent, sign),
        (theme.text, " "),
        (theme.accent, &bar),
        (theme.dim, &rest),
        (theme.text, " "),
        (theme.text, &counted),
    ]);
    let say =
        if shown.stopped { "Stopped; Enter reads on." } else { "Two requests a second and region, as AWS allows." };
    foot.say(theme.dim, say);
    foot
}
