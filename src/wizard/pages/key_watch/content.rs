//! What AWS shows of a deactivated key, and how to activate it again.

use crate::account::age::{age, ago};
use crate::account::facts::KeyStatus;
use crate::account::{Reading, TrailEvent, TrailPage};
use crate::wizard::World;
use crate::wizard::content::Meaning::{Accent, Dim, Good, Text, Warn};
use crate::wizard::content::{Blocks, Content, Glyph, phrases};
use crate::wizard::pages::KeyWatch;

const NAMES: usize = 10;

/// Maximum number of events in the list.
const MAX_EVENTS: usize = 12;

pub(super) fn of<'p>(world: &'p World, watch: &'p KeyWatch) -> Content<'p> {
    let mut body = Blocks::default();
    body.title(format!("Watching {}", watch.key));
    let key = world.facts().key(&watch.key);
    match key.map(|key| &key.status) {
        Some(KeyStatus::Inactive) => {
            body.signed(Good, Glyph::Pass, Text, "It is inactive: programs that used it fail now.");
        }
        Some(status) => {
            let text = format!("AWS shows it as {}.", status.wire());
            body.signed(Warn, Glyph::Partial, Warn, text);
        }
        None if is_gone(world, &watch.key) => {
            body.signed(Warn, Glyph::Partial, Warn, "Somebody deleted it. There is nothing left to watch.");
        }
        None => body.say(Dim, "Its state is unknown right now."),
    }
    body.gap();
    body.pair("Since", NAMES, Text, ago(watch.watch.since, world.now()));
    let used = match key.map(|key| &key.last_used) {
        Some(Reading::Known { value: Some(used), .. }) => {
            let late = if used.at > watch.watch.since { ", after it was deactivated" } else { "" };
            format!("{}, {} in {}{late}", ago(used.at, world.now()), used.service, used.region)
        }
        Some(Reading::Known { value: None, .. }) => "never".into(),
        Some(Reading::Failed(failure)) => format!("unknown: {failure}"),
        _ => "not read".into(),
    };
    body.pair("Last use", NAMES, Text, used);
    attempts(&mut body, world, watch);
    body.gap();
    body.say(Dim, "AWS seldom records attempts with a deactivated key, so no events here prove nothing. Watch what stops working: builds, backups, reports.");
    body.say(
        Dim,
        "Wait at least 14 days, or 31 if something runs once a month. Then delete the key. lockroot remembers it.",
    );
    Content::long(body, foot(world, watch))
}

/// Whether the key is missing in AWS's list of its owner's keys.
fn is_gone(world: &World, key: &str) -> bool {
    let owner = world.facts().waits.get(key).map(|wait| &wait.owner);
    owner.and_then(|owner| world.facts().keys_of(owner)).is_some_and(|keys| keys.iter().all(|known| known.id != key))
}

/// The events since the deactivation, newest first.
fn attempts<'p>(sheet: &mut Blocks<'p>, world: &World, watch: &'p KeyWatch) {
    let mut events: Vec<&TrailEvent> = Vec::new();
    let (mut read, mut failed) = (Vec::new(), Vec::new());
    for ((key, region), reading) in &world.facts().attempts {
        let reading: &Reading<TrailPage> = reading;
        match reading {
            _ if *key != watch.key => {}
            Reading::Known { value: page, .. } => {
                read.push(region.as_str());
                events.extend(page.events.iter().filter(|event| event.at > watch.watch.since && !event.is_own()));
            }
            Reading::Failed(failure) => failed.push(format!("{region}: {failure}")),
            Reading::Unread | Reading::Closed(_) => {}
        }
    }
    events.sort_by_key(|event| std::cmp::Reverse(event.at));
    let seen = match (events.len(), read.is_empty()) {
        (0, true) => "not read yet".to_owned(),
        (0, false) => format!("nothing recorded since ({})", read.join(", ")),
        (count, _) => format!("{} since ({})", phrases::count(count, "event", "events"), read.join(", ")),
    };
    sheet.pair("CloudTrail", NAMES, Text, seen);
    for reason in failed {
        sheet.signed(Warn, Glyph::Unknown, Warn, format!("unknown, {reason}"));
    }
    for event in events.iter().take(MAX_EVENTS) {
        let error = event.error.as_deref().map_or(String::new(), |error| format!(", refused: {error}"));
        let service = event.source.strip_suffix(".amazonaws.com").unwrap_or(&event.source);
        let text = format!("{} {service} {} from {}{error}", ago(event.at, world.now()), event.name, event.address);
        sheet.signed(Warn, Glyph::Bullet, Text, text);
    }
}

fn foot<'p>(world: &'p World, watch: &'p KeyWatch) -> Blocks<'p> {
    let mut foot = Blocks::default();
    foot.say(Text, "If something broke, a activates the key again, after a review.");
    let looks = phrases::looks(&watch.watch, world.is_busy(), world.now());
    let since = match age(watch.watch.since, world.now()).as_str() {
        "now" => "just now".to_owned(),
        age => format!("{age} ago"),
    };
    let text = format!("Deactivated {since}, {looks}");
    foot.signed(Accent, Glyph::Spinner, Dim, text);
    foot.button(match watch.step.definition().next_item(world.facts(), world.now()) {
        Some(_) => "Go on with this step",
        None => "Next step",
    });
    foot
}
