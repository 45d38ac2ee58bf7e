//! The summary of CloudTrail's events, what to do instead, and a first policy.

use crate::account::age::{age, ago};
use crate::account::moment::rfc3339;
use crate::account::trace::{Sender, Tally, Trace, Values};
use crate::account::{Reading, Subject, Timestamp, Traced};
use crate::steps::root_keys::{advice, regions, starting_policy};
use crate::wizard::World;
use crate::wizard::content::Meaning::{Accent, Dim, Good, Text, Warn};
use crate::wizard::content::{Blocks, Content, Glyph, Span, phrases, sign, words as span};
use crate::wizard::pages::Examine;
use crate::wizard::pages::examine::ExamineView;

/// Maximum lines of calls and of senders, the most frequent first.
const MAX_LINES: usize = 60;

/// What CloudTrail's event history lacks.
const LIMITS: &str =
    "CloudTrail's history lacks data events such as S3 reads, goes back 90 days, and is up to 15 minutes late.";

pub(super) fn of<'p>(world: &'p World, shown: &'p Examine) -> Content<'p> {
    let mut body = Blocks::default();
    let empty = Trace::default();
    let trace = world.facts().traces.get(&shown.of).unwrap_or(&empty);
    match shown.shown {
        ExamineView::Policy => policy(&mut body, trace, shown.is_whole(world)),
        ExamineView::Events => {
            evidence(&mut body, world, &shown.of, trace);
            events(&mut body, world, trace);
        }
        ExamineView::Evidence => {
            evidence(&mut body, world, &shown.of, trace);
            sums(&mut body, world, &shown.of, trace);
        }
    }
    Content::long(body, foot(world, shown, trace))
}

fn evidence<'p>(sheet: &mut Blocks<'p>, world: &World, of: &Traced, trace: &Trace) {
    match of {
        Traced::Key(key) => {
            sheet.title(format!("Who uses {key}?"));
            last_use(sheet, world, key);
            if let Some(words) = world.holders_of(key) {
                sheet.say(Text, words);
            }
        }
        Traced::Root => {
            sheet.title("What did root do?");
            sheet.say(
                Text,
                "Activity of the root user in the last 90 days, by sign-in or key, in every enabled Region.",
            );
        }
    }
    sheet.say(
        Dim,
        match of {
            Traced::Key(_) => format!("A missing record does not prove that a key is unused: {LIMITS}"),
            Traced::Root => format!("This may not be all: {LIMITS}"),
        },
    );
    unreadable(sheet, world, trace);
}

/// Lists root's events. Their texts are foreign.
fn events<'p>(sheet: &mut Blocks<'p>, world: &World, trace: &Trace) {
    let own = (trace.events + trace.own.count).saturating_sub(trace.listed);
    if own > 0 {
        not_included(sheet, trace, phrases::count(own as usize, "read", "reads"));
    }
    sheet.gap();
    let count = phrases::count(trace.listed as usize, "event", "events");
    sheet.title(format!("{count}, the newest first"));
    for event in &trace.newest {
        let service = event.source.strip_suffix(".amazonaws.com").unwrap_or(&event.source);
        let at = format!("{} ", rfc3339(event.at));
        sheet.hang([span(Dim, at)], Text, format!("{service} {}", event.name));
        let when = format!("{}, in {}", ago(event.at, world.now()), or_none(&event.region, "no Region"));
        sheet.hang([span(Text, "    ")], Dim, when);
        if let Some(error) = &event.error {
            sheet.hang([span(Text, "    ")], Warn, format!("refused: {error}"));
        }
        let mfa = match event.mfa {
            Some(true) => "with MFA",
            Some(false) => "without MFA",
            None => "MFA not recorded",
        };
        let key = or_none(&event.key, "no key");
        sheet.hang([span(Text, "    ")], Dim, format!("{key}; {mfa}; from {}", or_none(&event.address, "no address")));
        sheet.hang([span(Text, "    ")], Dim, format!("by {}", or_none(&event.agent, "no program")));
    }
    let older = trace.listed.saturating_sub(trace.newest.len() as u64);
    if older > 0 {
        sheet.say(Dim, format!("  and {older} older events, which v sums up"));
    }
}

fn not_included(sheet: &mut Blocks<'_>, trace: &Trace, calls: String) {
    let by = trace.own.addresses.by_count().join(", ");
    sheet.say(Dim, format!("Not included: {calls} by lockroot itself (by user agent), from {by}."));
}

fn or_none<'t>(text: &'t str, none: &'t str) -> &'t str {
    if text.is_empty() { none } else { text }
}

/// Sums up the events by call and by sender, and says what to do instead.
fn sums<'p>(sheet: &mut Blocks<'p>, world: &World, of: &Traced, trace: &Trace) {
    let now = world.now();
    let found = match (trace.events, trace.span()) {
        (0, _) => "CloudTrail so far: no event.".to_owned(),
        (events, Some((first, last))) => format!(
            "CloudTrail so far: {}, the first {}, the last {}.",
            phrases::count(events as usize, "event", "events"),
            ago(first, now),
            ago(last, now)
        ),
        (events, None) => format!("CloudTrail: {}.", phrases::count(events as usize, "event", "events")),
    };
    sheet.say(Text, found);
    if trace.own.count > 0 {
        not_included(sheet, trace, phrases::count(trace.own.count as usize, "further call", "further calls"));
    }
    if trace.events == 0 {
        return;
    }
    sheet.gap();
    sheet.title("What it called");
    let mut uses: Vec<_> = trace.uses.iter().collect();
    uses.sort_by(|(a, of_a), (b, of_b)| of_b.count.cmp(&of_a.count).then(a.cmp(b)));
    for ((source, event), tally) in uses.iter().take(MAX_LINES) {
        let service = source.strip_suffix(".amazonaws.com").unwrap_or(source);
        sheet.marked(span(Text, ""), Text, format!("{service} {event}"), times(tally.count));
        sheet.hang([span(Text, "    ")], Dim, details(tally, now));
    }
    beyond(sheet, uses.len().saturating_sub(MAX_LINES), trace.uses_beyond);
    sheet.gap();
    sheet.title("Who called");
    let mut senders: Vec<_> = trace.senders.iter().collect();
    senders.sort_by(|(a, of_a), (b, of_b)| of_b.count.cmp(&of_a.count).then(a.cmp(b)));
    for ((address, program), sender) in senders.iter().take(MAX_LINES) {
        sheet.marked(span(Text, ""), Text, named(address, program), times(sender.count));
        sheet.hang([span(Text, "    ")], Dim, services(sender, now));
        if *of == Traced::Root {
            sheet.hang([span(Text, "    ")], Dim, signed(sender));
        }
    }
    beyond(sheet, senders.len().saturating_sub(MAX_LINES), trace.senders_beyond);
    sheet.gap();
    sheet.title("What to do instead");
    let owner = of.key().map_or(Subject::Root, |key| world.facts().owner_of_key(key));
    for (who, what) in advice(trace, &owner) {
        sheet.signed(Accent, Glyph::Bullet, Text, who);
        sheet.indented(Dim, what);
    }
    sheet.say(Text, "p shows a first policy, based on the recorded actions.");
}

fn last_use<'p>(sheet: &mut Blocks<'p>, world: &World, key: &str) {
    let found = world.facts().key(key);
    let words = match found.map(|found| &found.last_used) {
        Some(Reading::Known { value: Some(used), .. }) => {
            format!("IAM, last use: {}, {} in {}.", ago(used.at, world.now()), used.service, used.region)
        }
        Some(Reading::Known { value: None, .. }) => "IAM, last use: never.".into(),
        Some(Reading::Failed(failure)) => format!("IAM, last use: unknown. {failure}"),
        _ => "IAM, last use: not read.".into(),
    };
    sheet.say(Text, words);
}

/// Regions that could not be read, grouped by reason.
fn unreadable<'p>(sheet: &mut Blocks<'p>, world: &World, trace: &Trace) {
    if let Some(failure) = world.facts().regions.failure() {
        let words = format!("Unknown: the other Regions. Their list could not be read: {failure}");
        sheet.signed(Warn, Glyph::Unknown, Warn, words);
    }
    let mut reasons: Vec<(String, Vec<&str>)> = Vec::new();
    for (region, failure) in trace.unreadable() {
        let kind = failure.code.clone().unwrap_or_default();
        match reasons.iter_mut().find(|(said, _)| said.starts_with(&kind) && !kind.is_empty()) {
            Some((_, regions)) => regions.push(region),
            None => reasons.push((format!("{kind}: {}", failure.message), vec![region])),
        }
    }
    for (reason, regions) in reasons {
        let words = format!("Unknown, not unused: {}. {}", regions.join(", "), reason.trim_start_matches(": "));
        sheet.signed(Warn, Glyph::Unknown, Warn, words);
    }
}

fn details(tally: &Tally, now: Timestamp) -> String {
    let mut parts = vec![period(tally.span, now), format!("from {}", list(&tally.addresses))];
    parts.push(format!("in {}", list(&tally.regions)));
    parts.push(format!("by {}", list(&tally.agents)));
    if tally.refused > 0 {
        parts.push(format!("refused {}: {}", times(tally.refused), list(&tally.errors)));
    }
    parts.join("; ")
}

fn services(sender: &Sender, now: Timestamp) -> String {
    format!("{}; {}", period(sender.span, now), list(&sender.services).replace(".amazonaws.com", ""))
}

/// The keys that signed, and whether with MFA.
fn signed(sender: &Sender) -> String {
    let keys = if sender.keys.seen.is_empty() { "no key".to_owned() } else { list(&sender.keys) };
    let mfa = if sender.mfa.seen.is_empty() { "MFA not recorded".to_owned() } else { list(&sender.mfa) };
    format!("signed with {keys}; {mfa}")
}

fn period(span: Option<(Timestamp, Timestamp)>, now: Timestamp) -> String {
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

/// The three most frequent values, and the number of others.
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

fn beyond<'p>(sheet: &mut Blocks<'p>, kinds: usize, events: u64) {
    if kinds > 0 {
        sheet.say(Dim, format!("  and {kinds} more, less frequent"));
    }
    if events > 0 {
        sheet.say(Dim, format!("  and {events} events that are counted but not listed"));
    }
}

fn policy<'p>(sheet: &mut Blocks<'p>, trace: &Trace, whole: bool) {
    let policy = starting_policy(trace);
    sheet.title("A first policy");
    sheet.say(Text, "Based on the actions that CloudTrail recorded. Narrow \"Resource\" to what is used, and try it out: events don't map one to one to actions, and data events such as S3 reads are missing.");
    if !whole {
        sheet.say(Warn, "Still reading: more may come.");
    }
    sheet.gap();
    if policy.actions == 0 {
        sheet.say(Text, "No action was recorded, so there is no policy.");
    } else {
        policy.text.lines().for_each(|line| sheet.line([span(Accent, line.to_owned())]));
    }
    if !policy.left_out.is_empty() {
        sheet.gap();
        sheet.say(Dim, "Left out:");
    }
    for (event, why) in policy.left_out.iter().take(MAX_LINES) {
        sheet.indented(Dim, format!("{event}: {why}"));
    }
}

/// Progress: a bar, the Regions, the events.
fn foot<'p>(world: &'p World, shown: &'p Examine, trace: &Trace) -> Blocks<'p> {
    let regions = regions(world.facts(), &shown.of);
    let (done, all) = (trace.ended(&regions), regions.len().max(1));
    let events = phrases::count((trace.events + trace.own.count) as usize, "event", "events");
    let unknown = trace.unreadable().count() + usize::from(world.facts().regions.failure().is_some());
    let mut foot = Blocks::default();
    let whole = shown.is_whole(world);
    let counted = format!("{done} of {all} Regions, {events}");
    if whole && unknown == 0 {
        let text = format!("Complete: {counted}.");
        foot.signed(Good, Glyph::Pass, Text, text);
        return foot;
    }
    if whole {
        let text = format!("Complete, except what AWS refused: {counted}.");
        foot.signed(Warn, Glyph::Unknown, Text, text);
        return foot;
    }
    let glyph = if shown.stopped { Glyph::Waiting } else { Glyph::Spinner };
    let bar = Span::Bar { meaning: Accent, done, of: all, parts: None };
    foot.line([sign(Accent, glyph), span(Text, " "), bar, span(Text, " "), span(Text, counted)]);
    let say =
        if shown.stopped { "Stopped; Enter continues." } else { "Two requests per second and Region, AWS's limit." };
    foot.say(Dim, say);
    foot
}
