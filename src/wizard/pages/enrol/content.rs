//! The QR code on the left; the seed and two fields on the right. It uses the whole screen, because the code needs the
//! room at 80×24.

use crate::account::Caller;
use crate::account::change::device_name;
use crate::totp::{STEP, seconds_left};
use crate::wizard::World;
use crate::wizard::content::Meaning::{Accent, Bad, Dim, Text, Warn};
use crate::wizard::content::{Block, Blocks, Content, Glyph, Qr, Room, Span, phone, words};
use crate::wizard::pages::Enrol;
use crate::wizard::pages::enrol::{CodeField, Enrolee};

/// Pieces of the bar that shows how long the code is valid.
const BAR: usize = 10;

pub(super) fn of<'p>(world: &'p World, enrolment: &'p Enrol) -> Content<'p> {
    let phone = enrolment.phone.then(|| ("practice phone", phone::lines(&enrolment.device.seed, world.now())));
    let content = Content::tight(body(world, enrolment), foot(world, enrolment)).in_room(Room::Whole);
    Content { qr: Some(Qr::Beside(&enrolment.uri)), below: phone, ..content }
}

/// The page's text in the main pane, without the QR code, while facts are read.
pub(in crate::wizard::pages) fn preparing<'p>(world: &'p World, enrolment: &'p Enrol) -> Content<'p> {
    Content { below: None, ..of(world, enrolment).in_room(Room::Readable) }
}

fn body<'p>(world: &'p World, enrolment: &'p Enrol) -> Blocks<'p> {
    let mut body = Blocks::default();
    match &enrolment.enrolee {
        Enrolee::User(user) => body.title(format!("MFA for {user}")),
        Enrolee::Oneself(user) => body.title(format!("Your MFA, {user}")),
        Enrolee::Root => body.title("MFA for root: practice console"),
        Enrolee::RootHere => body.title("MFA for root"),
    }
    body.line([words(Dim, "device "), words(Text, device_name(&enrolment.device.serial))]);
    body.gap();
    let scan = Block::Say(Text, "Scan it, or type it in:".into());
    body.0.push(Block::Scan(vec![scan], |size| {
        let mut instead = Blocks::default();
        instead.say(Warn, format!("The QR code needs a terminal of {size}. Type this into the app instead:"));
        instead
    }));
    body.0.push(Block::Seed(&enrolment.device.seed));
    body.gap();
    body.say(Text, "Then two codes, in order:");
    for (name, typed, field) in
        [("First code ", &enrolment.codes.0, CodeField::First), ("Second code", &enrolment.codes.1, CodeField::Second)]
    {
        body.0.push(Block::Code { name, typed, focused: enrolment.focus == field });
    }
    countdown(&mut body, world);
    if let Some(words) = world.caller().and_then(Caller::clock_words) {
        body.signed(Warn, Glyph::Partial, Text, words);
    }
    if let Some(problem) = &enrolment.problem {
        body.signed(Bad, Glyph::Fail, Bad, problem);
    }
    body
}

fn foot<'p>(world: &'p World, enrolment: &'p Enrol) -> Blocks<'p> {
    let mut foot = Blocks::default();
    if let Some(remark) = world.remark() {
        foot.signed(Warn, Glyph::Partial, Warn, remark);
    }
    let sends = match &enrolment.enrolee {
        Enrolee::User(_) | Enrolee::Oneself(_) | Enrolee::RootHere => "Enter: iam:EnableMFADevice",
        Enrolee::Root => "Enter: the practice console",
    };
    foot.say(Dim, sends);
    foot
}

/// Seconds until the app shows the next code.
fn countdown(body: &mut Blocks<'_>, world: &World) {
    let left = seconds_left(world.aws_unix());
    let done = (left as usize * BAR).div_ceil(STEP as usize);
    let bar = Span::Bar { meaning: Accent, done, of: BAR, parts: Some(BAR) };
    body.line([words(Text, "  "), bar, words(Dim, format!(" next in {left:>2} s"))]);
}
