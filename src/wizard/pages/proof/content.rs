//! The read-back of the calls, one line each.

use super::super::calls::content::call;
use super::Proof;
use crate::wizard::World;
use crate::wizard::content::Meaning::{Accent, Dim, Text};
use crate::wizard::content::{Blocks, Content, Glyph, Mark, marks, phrases};
use crate::wizard::pages::record::ReadBack;

pub(super) fn of<'p>(world: &'p World, proof: &'p Proof) -> Content<'p> {
    let mut body = Blocks::default();
    body.title("Reading it back");
    body.say(Dim, "AWS accepted every call. Green means that a fresh read confirms it.");
    body.gap();
    for (change, shows) in proof.applied.iter().zip(proof.issued.read_back(&proof.applied, world.facts())) {
        let mark = shown(world, shows);
        call(&mut body, (mark.meaning, mark.glyph), change.words(), change.action(), mark.word);
    }
    let mut foot = Blocks::default();
    let tries = match proof.tries {
        0 => String::new(),
        tries => format!(" Read {}; IAM sometimes takes a moment.", phrases::count(tries as usize, "time", "times")),
    };
    match proof.again_at {
        None => foot.signed(Accent, Glyph::Spinner, Text, format!("Asking AWS.{tries}")),
        Some(at) => {
            let seconds = (at - world.now()).whole_seconds().max(0);
            foot.say(Text, format!("AWS does not show all of it yet; next read in {seconds} s.{tries}"));
        }
    }
    Content::tight(body, foot)
}

fn shown(world: &World, shows: Option<bool>) -> Mark {
    match shows {
        Some(true) => marks::seen(ReadBack::Shown),
        Some(false) => marks::seen(ReadBack::NotYet),
        None => marks::unread(world),
    }
}
