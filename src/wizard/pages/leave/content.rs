//! The question whether to quit. It replaces the page, which may show secrets.

use crate::wizard::content::Meaning::{Focus, Text};
use crate::wizard::content::{Blocks, Content, Room, words};
use crate::wizard::{Place, World};

/// Columns of the box.
const COLUMNS: u16 = 50;

/// The question.
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

/// What is lost, and what is not.
fn half_way(world: &World) -> Vec<String> {
    if world.is_changing() {
        return vec![
            "A change is on its way. lockroot ends as soon as AWS has answered, and says how it ended.".into(),
        ];
    }
    let mut lines = Vec::new();
    if world.second_way().is_none() && world.root_was_touched() {
        lines.push("Root was changed, and nobody else is known to get in. Esc, then i: prove a second way in.".into());
    }
    if let Some(key) = world.removal() {
        lines.push(format!("Nobody else has seen yet that root key …{} is gone.", key.last_four()));
    }
    let title = |place| match place {
        Place::Step(id) => Some(id.definition().title()),
        Place::SignIn | Place::Summary => None,
    };
    let titles: Vec<&str> = world.half_way().filter_map(title).collect();
    if titles.is_empty() {
        if lines.is_empty() {
            lines.push("Nothing is half-way.".into());
        }
        lines.push("What was done stays done; run lockroot again at any time.".into());
        return lines;
    }
    lines.push(format!("Half-way: {}. What was filled in but not sent is forgotten.", titles.join(", ")));
    lines.push("What AWS has taken stays; the next run goes on from there.".into());
    lines
}
