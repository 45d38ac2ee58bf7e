//! The first page: principal, account and source of credentials; or how to sign in.

use crate::account::{Caller, CredentialKind, Failure, Fault, Reading};
use crate::steps::reach::{self, Reach};
use crate::steps::root_keys;
use crate::steps::{Own, StepId, ending};
use crate::wizard::content::Meaning::{self, Accent, Bad, Dim, Good, Text, Warn};
use crate::wizard::content::{
    Block, Blocks, Button, Content, Glyph, Pair, beside, drift, failure, lesson, marks, phrases, sign, words as span,
};
use crate::wizard::pages::SignIn;
use crate::wizard::pages::sign_in::Destination;
use crate::wizard::{Mode, Session, World};

const NAMES: usize = 10;

const WELCOME: &str = "Root can do everything in this account, and no IAM policy can limit it. The list of steps locks it away in about a quarter of an hour. You see and confirm each call before lockroot sends it.";

/// Intro for a principal who may not read the account.
const KEPT_OUT: &str = "You may not read the account: an administrator must run lockroot for that.";

pub(super) fn of<'p>(world: &'p World, page: &SignIn) -> Content<'p> {
    if world.offers_ways() {
        return super::methods::of(world, page);
    }
    let mut body = Blocks::default();
    let mut foot = Blocks::default();
    match world.session() {
        Session::Absent(failure) => absent(&mut body, failure),
        Session::Connecting | Session::Established => {
            elsewhere(&mut body, world);
            welcome(&mut body, world);
            remarks(&mut body, world);
            drift::cut_off(&mut body, world);
            if let Some(words) = world.caller().and_then(Caller::skew_words) {
                body.signed(Warn, Glyph::Partial, Text, words);
                body.gap();
            }
            for words in root_keys::waiting(world.facts(), world.now()) {
                body.signed(Warn, Glyph::Partial, Text, format!("Root key {words}"));
                body.gap();
            }
            drift::say(&mut body, world);
            powers(&mut body, world);
            body.gap();
            body.title("Details");
            details(&mut body, world);
            if world.caller().is_some() {
                let buttons = SignIn::buttons(world).iter().map(|to| {
                    Button::new(match to {
                        Destination::Begin => "Begin",
                        Destination::OwnSignIn => "Your own sign-in",
                    })
                });
                foot.0.push(Block::Buttons(buttons.collect(), Some(page.focus(world))));
            }
        }
    }
    Content::long(body, foot)
}

/// Adds the intro, the principal and the state of the account.
fn welcome<'p>(sheet: &mut Blocks<'p>, world: &'p World) {
    let is_kept_out = reach::is_kept_out(world.facts());
    let (title, words) = if world.has_own_sign_in_only() {
        let yours = "Here you can manage your own MFA, password and access keys.";
        ("Your own sign-in", format!("{KEPT_OUT} {yours}"))
    } else {
        ("Lock away the root user", if is_kept_out { KEPT_OUT } else { WELCOME }.to_owned())
    };
    sheet.title(title);
    sheet.say(Text, words);
    sheet.gap();
    let caller = world.caller();
    let name =
        |caller: &Caller| format!("{}, account {}", caller.principal.words(), phrases::account_number(&caller.account));
    row(sheet, "You are", Accent, caller.map(name));
    row(sheet, "Found in", Text, caller.map(|caller| caller.credential.source.clone()));
    if ending::is_all_read(world.facts()) {
        if !is_kept_out {
            sheet.pair("So far", NAMES, Text, world.score().to_string());
        }
        if let Some(words) = lesson::count(world) {
            sheet.pair("Goals", NAMES, Text, words);
        }
    }
    sheet.gap();
}

/// Adds a value, or `reading…`.
fn row(sheet: &mut Blocks<'_>, name: &'static str, meaning: Meaning, value: Option<String>) {
    let busy = value.is_none();
    let meaning = if busy { Dim } else { meaning };
    let value = value.map_or("reading…".into(), Into::into);
    sheet.0.push(Block::Pair(Pair { name: name.into(), names: Some(NAMES), busy, meaning, value }));
}

fn details(sheet: &mut Blocks<'_>, world: &World) {
    let caller = world.caller();
    row(sheet, "Alias", Text, alias(world));
    row(sheet, "ARN", Text, caller.map(|caller| caller.arn.clone()));
    row(sheet, "Credential", Text, caller.map(credential));
    let mode = match world.mode() {
        Mode::Practice { scenario } => format!("PRACTICE, the scenario “{scenario}”"),
        Mode::Live => "LIVE, a real AWS account".to_owned(),
    };
    row(sheet, "Mode", Text, Some(mode));
}

fn alias(world: &World) -> Option<String> {
    match &world.facts().alias {
        Reading::Known { value, .. } => Some(value.clone().unwrap_or_else(|| "none".into())),
        Reading::Failed(failure) => Some(format!("could not be read: {failure}")),
        Reading::Closed(reason) => Some(format!("could not be read: {reason}")),
        Reading::Unread => None,
    }
}

fn credential(caller: &Caller) -> String {
    format!("{}, {}", caller.credential.kind.words(), caller.credential.access_key_id)
}

/// Warns if another source on the machine belongs to another account. It comes first, because nothing else shows it.
fn elsewhere<'p>(sheet: &mut Blocks<'p>, world: &World) {
    let Some(caller) = world.caller() else { return };
    let contradictions = world.contradictions();
    if contradictions.is_empty() {
        return;
    }
    let words = format!("Two accounts: you are signed in to {}, but", phrases::account_number(&caller.account));
    sheet.signed(Bad, Glyph::Fail, Bad, words);
    for line in contradictions {
        sheet.indented(Text, line);
    }
    sheet.gap();
}

/// Adds what the kind of principal means.
fn remarks<'p>(sheet: &mut Blocks<'p>, world: &World) {
    let Some(caller) = world.caller().filter(|_| !world.has_own_sign_in_only()) else { return };
    let best =
        caller.is_root() && caller.credential.kind == CredentialKind::Temporary && !reach::lacks_mfa(world.facts());
    let (meaning, glyph) = if best { (Good, Glyph::Pass) } else { (Warn, Glyph::Partial) };
    sheet.signed(meaning, glyph, Text, reach::describe_caller(caller, world.facts()));
    sheet.gap();
}

/// Adds how far this principal can take each step.
fn powers<'p>(sheet: &mut Blocks<'p>, world: &World) {
    let Some(caller) = world.caller() else { return };
    if world.has_own_sign_in_only() {
        own(sheet, world);
        return;
    }
    sheet.title("What you can do as this principal");
    for step in StepId::CHECKLIST {
        let reach = step.definition().reach(caller, world.facts());
        let style = match reach {
            Reach::Here(_) => Good,
            Reach::HandOff(_) | Reach::Unknown(_) => Warn,
            Reach::NotApplicable(_) => Dim,
            Reach::Refused(_) => Bad,
        };
        let name = format!("{} {:<14}", step.number(), step.definition().short_title());
        let word = format!("{:<9}", reach.word());
        sheet.hang([span(Text, name), span(style, word)], Text, reach.why());
    }
}

/// What is theirs, and the account in one line.
fn own(sheet: &mut Blocks<'_>, world: &World) {
    for own in Own::ALL {
        let (mark, why) = match own.assess(world.facts()) {
            Some((verdict, why)) => (marks::verdict(verdict), why),
            None => (marks::unread(world), "reading…".to_owned()),
        };
        let name = format!("{:<12}", own.short_title());
        sheet.hang([sign(mark.meaning, mark.glyph), span(Text, " "), span(Text, name)], Text, why);
    }
    let name = format!("{:<12}", "Account");
    sheet.hang(
        [sign(Dim, Glyph::Nothing), span(Text, " "), span(Text, name)],
        Dim,
        "2 to 9 show what you may see of each step",
    );
}

fn absent<'p>(sheet: &mut Blocks<'p>, failure: &'p Failure) {
    why_absent(sheet, failure);
    sheet.gap();
    sheet.say(Text, "Press c to connect again.");
}

/// Adds why nobody is signed in.
pub(super) fn why_absent<'p>(sheet: &mut Blocks<'p>, failure: &'p Failure) {
    sheet.signed(Bad, Glyph::Fail, Bad, "Not signed in");
    sheet.gap();
    match failure.fault {
        Fault::NoCredentials => sheet.say(Text, failure.sentence()),
        Fault::ExpiredSession => {
            sheet.say(Text, failure.sentence());
            sheet.say(Text, "The session has expired. What you filled in is kept until you sign in again.");
        }
        _ => failure::four_lines(sheet, "Find out who is signed in", failure),
    }
}

/// The purpose of each step, from its own page.
pub(super) fn third_pane(world: &World) -> Content<'_> {
    if world.has_own_sign_in_only() {
        return beside::why(StepId::OwnSignIn);
    }
    let mut body = Blocks::default();
    body.title("What each step is for");
    for step in StepId::CHECKLIST {
        body.gap();
        body.say(Text, format!("{} {}", step.number(), step.definition().title()));
        body.say(Dim, world.step_view(step, 0).why);
    }
    Content::long(body, Blocks::default())
}
