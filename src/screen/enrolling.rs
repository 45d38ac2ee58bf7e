//! The page with the QR code: the code on the left, on the right the seed for typing and the two fields. It has the
//! whole screen, because at 80×24 the code leaves room for nothing else.

use super::phone;
use crate::account::Caller;
use crate::account::change::device_name;
use crate::totp::{STEP, seconds_left};
use crate::wizard::Wizard;
use crate::wizard::content::Meaning::{Accent, Bad, Dim, Text, Warn};
use crate::wizard::content::{Block, Blocks, Content, Glyph, Qr, Room, Span, words};
use crate::wizard::stage::{CodeField, Enrolee, Enrolment};

/// Pieces of the bar that says how long the code still counts.
const BAR: usize = 10;

/// The page.
pub(super) fn content<'p>(wizard: &'p Wizard, enrolment: &'p Enrolment) -> Content<'p> {
    let phone = enrolment.phone.then(|| ("practice phone", phone::lines(&enrolment.device.seed, wizard.now)));
    let content = Content::tight(body(wizard, enrolment), foot(wizard, enrolment)).in_room(Room::Whole);
    Content { qr: Some(Qr::Beside(&enrolment.uri)), below: phone, ..content }
}

/// The same while what it rests on is being read: only the words.
pub(super) fn preparing<'p>(wizard: &'p Wizard, enrolment: &'p Enrolment) -> Content<'p> {
    Content { below: None, ..content(wizard, enrolment).in_room(Room::Readable) }
}

fn body<'p>(wizard: &'p Wizard, enrolment: &'p Enrolment) -> Blocks<'p> {
    let mut body = Blocks::default();
    match &enrolment.enrolee {
        Enrolee::User(user) => body.title(format!("MFA for {user}")),
        Enrolee::Root => body.title("MFA for root: practice console"),
        Enrolee::RootHere => body.title("MFA for root"),
    }
    body.line([words(Dim, "device "), words(Text, device_name(&enrolment.device.serial))]);
    body.gap();
    let scan = Block::Say(Text, "Scan it, or type it in:".into());
    body.0.push(Block::Scan(vec![scan], |size| {
        let mut instead = Blocks::default();
        instead.say(Warn, format!("The QR code takes a terminal of {size}. Type this into the app instead:"));
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
    countdown(&mut body, wizard);
    if let Some(words) = wizard.caller().and_then(Caller::clock_words) {
        body.signed(Warn, Glyph::Partial, Text, words);
    }
    if let Some(problem) = &enrolment.problem {
        body.signed(Bad, Glyph::Fail, Bad, problem);
    }
    body
}

fn foot<'p>(wizard: &'p Wizard, enrolment: &'p Enrolment) -> Blocks<'p> {
    let mut foot = Blocks::default();
    if let Some(remark) = &wizard.remark {
        foot.signed(Warn, Glyph::Partial, Warn, remark);
    }
    let sends = match &enrolment.enrolee {
        Enrolee::User(_) | Enrolee::RootHere => "Enter: iam:EnableMFADevice",
        Enrolee::Root => "Enter: the practice console",
    };
    foot.say(Dim, sends);
    foot
}

/// How long until the app shows another code.
fn countdown(body: &mut Blocks<'_>, wizard: &Wizard) {
    let left = seconds_left(wizard.aws_unix());
    let done = (left as usize * BAR).div_ceil(STEP as usize);
    let bar = Span::Bar { meaning: Accent, done, of: BAR, parts: Some(BAR) };
    body.line([words(Text, "  "), bar, words(Dim, format!(" next in {left:>2} s"))]);
}
