//! The question whether to quit. It replaces the page, which may show secrets.

use crate::wizard::content::Meaning::{Focus, Text};
use crate::wizard::content::{Blocks, Content, Room, words};
use crate::wizard::{Place, World};

/// Width in columns.
const COLUMNS: u16 = 50;

pub(super) fn of<'p>(world: &'p World) -> Content<'p> {
    let mut body = Blocks::default();
    body.title("Leave lockroot?");
    body.gap();
    for line in half_way(world) {
        body.say(Text, line);
    }
    body.gap();
    body.line([words(Focus, " y "), words(Text, " leave    "), words(Focus, " Esc "), words(Text, " stay")]);
    Content::tight(body, Blocks::default()).in_room(Room::Box(COLUMNS))
}

/// Names what quitting loses and what it keeps.
fn half_way(world: &World) -> Vec<String> {
    if world.is_changing() {
        return vec!["A call is in progress. lockroot quits when AWS has answered, and reports the result.".into()];
    }
    let mut lines = Vec::new();
    if world.second_way().is_none() && world.root_was_touched() {
        lines.push(
            "Root was changed, but nobody else is known to be able to sign in. Press Esc, then i to prove it.".into(),
        );
    }
    if let Some(key) = world.removal() {
        lines.push(format!("The deletion of root key …{} is not confirmed yet.", key.last_four()));
    }
    let title = |place| match place {
        Place::Step(id) => Some(id.definition().title()),
        Place::SignIn | Place::Summary => None,
    };
    let titles: Vec<&str> = world.half_way().filter_map(title).collect();
    if titles.is_empty() {
        if lines.is_empty() {
            lines.push("Nothing is unfinished.".into());
        }
        lines.push("Completed changes stay. Run lockroot again at any time.".into());
        return lines;
    }
    lines.push(format!("Unfinished: {}. Input that was not sent is lost.", titles.join(", ")));
    lines.push("Calls that AWS accepted stay; the next run continues from there.".into());
    lines
}
