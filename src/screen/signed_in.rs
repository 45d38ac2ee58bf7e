//! The first page: who is signed in, with what, from where; or how to sign in. Nothing else is shown before it.

use super::{drift, refused, ways, words};
use crate::account::{Caller, CredentialKind, Failure, Fault, Reading};
use crate::steps::StepId;
use crate::steps::reach::{self, Reach};
use crate::steps::root_keys;
use crate::wizard::content::Meaning::{Accent, Bad, Dim, Good, Text, Warn};
use crate::wizard::content::{Block, Blocks, Content, Glyph, Pair, words as span};
use crate::wizard::{Mode, Place, Session, Wizard};

const NAMES: usize = 10;

/// The page.
pub(super) fn content<'p>(wizard: &'p Wizard) -> Content<'p> {
    if wizard.offers_ways() {
        return ways::content(wizard);
    }
    let mut body = Blocks::default();
    let mut foot = Blocks::default();
    match &wizard.session {
        Session::Absent(failure) => absent(&mut body, failure),
        Session::Connecting | Session::Established => {
            elsewhere(&mut body, wizard);
            body.title("Who is signed in");
            body.gap();
            rows(&mut body, wizard);
            body.gap();
            remarks(&mut body, wizard);
            drift::cut_off(&mut body, wizard);
            if let Some(words) = wizard.caller().and_then(Caller::skew_words) {
                body.signed(Warn, Glyph::Partial, Text, words);
                body.gap();
            }
            for words in root_keys::waiting(&wizard.facts, wizard.now) {
                body.signed(Warn, Glyph::Partial, Text, format!("Root key {words}"));
                body.gap();
            }
            drift::say(&mut body, wizard);
            powers(&mut body, wizard);
            if wizard.caller().is_some() {
                foot.button("Begin");
            }
        }
    }
    Content::long(body, foot)
}

fn rows<'p>(sheet: &mut Blocks<'p>, wizard: &Wizard) {
    let caller = wizard.caller();
    let mut row = |name: &'static str, meaning, value: Option<String>| {
        let busy = value.is_none();
        let meaning = if busy { Dim } else { meaning };
        let value = value.map_or("reading…".into(), Into::into);
        sheet.0.push(Block::Pair(Pair { name: name.into(), names: Some(NAMES), busy, meaning, value }));
    };
    row("Account", Accent, caller.map(|caller| words::account_number(&caller.account)));
    row("Alias", Text, alias(wizard));
    row("Principal", Accent, caller.map(|caller| caller.principal.words()));
    row("ARN", Text, caller.map(|caller| caller.arn.clone()));
    row("Credential", Text, caller.map(credential));
    row("Found in", Text, caller.map(|caller| caller.credential.source.clone()));
    let mode = match &wizard.mode {
        Mode::Practice { scenario } => format!("PRACTICE, the scenario “{scenario}”"),
        Mode::Live => "LIVE, a real AWS account".to_owned(),
    };
    row("Mode", Text, Some(mode));
}

fn alias(wizard: &Wizard) -> Option<String> {
    match &wizard.facts.alias {
        Reading::Known { value, .. } => Some(value.clone().unwrap_or_else(|| "none".into())),
        Reading::Failed(failure) => Some(format!("could not be read: {failure}")),
        Reading::Closed(reason) => Some(format!("could not be read: {reason}")),
        Reading::Unread => None,
    }
}

fn credential(caller: &Caller) -> String {
    format!("{}, {}", caller.credential.kind.words(), caller.credential.access_key_id)
}

/// What else on the machine points at another account. Above all else, because nothing else on the page tells it.
fn elsewhere<'p>(sheet: &mut Blocks<'p>, wizard: &Wizard) {
    let Some(caller) = wizard.caller() else { return };
    let contradictions = wizard.contradictions();
    if contradictions.is_empty() {
        return;
    }
    let words = format!("Two accounts: you are signed in to {}, but", words::account_number(&caller.account));
    sheet.signed(Bad, Glyph::Fail, Bad, words);
    for line in contradictions {
        sheet.indented(Text, line);
    }
    sheet.gap();
}

/// What the kind of principal means.
fn remarks<'p>(sheet: &mut Blocks<'p>, wizard: &Wizard) {
    let Some(caller) = wizard.caller() else { return };
    let best =
        caller.is_root() && caller.credential.kind == CredentialKind::Temporary && !reach::lacks_mfa(&wizard.facts);
    let (meaning, glyph) = if best { (Good, Glyph::Pass) } else { (Warn, Glyph::Partial) };
    sheet.signed(meaning, glyph, Text, reach::standing_of(caller, &wizard.facts));
    sheet.gap();
}

/// What can be done here, step by step.
fn powers<'p>(sheet: &mut Blocks<'p>, wizard: &Wizard) {
    let Some(caller) = wizard.caller() else { return };
    sheet.title("What can be done as this principal");
    for (i, step) in StepId::ALL.into_iter().enumerate() {
        let reach = reach::reach(step, caller, &wizard.facts);
        let style = match reach {
            Reach::Here(_) => Good,
            Reach::HandOff(_) | Reach::Unknown(_) => Warn,
            Reach::NotApplicable(_) => Dim,
            Reach::Refused(_) => Bad,
        };
        let name = format!("{} {:<14}", i + 2, words::name(Place::Step(step)));
        let word = format!("{:<9}", reach.word());
        sheet.hang([span(Text, name), span(style, word)], Text, reach.why());
    }
    sheet.gap();
    sheet.say(Dim, "Nothing changes before you have seen every call and confirmed it.");
}

fn absent<'p>(sheet: &mut Blocks<'p>, failure: &'p Failure) {
    why_absent(sheet, failure);
    sheet.gap();
    sheet.say(Text, "Press c to connect again.");
}

/// That nobody is signed in, and why.
pub(super) fn why_absent<'p>(sheet: &mut Blocks<'p>, failure: &'p Failure) {
    sheet.signed(Bad, Glyph::Fail, Bad, "Not signed in");
    sheet.gap();
    match failure.fault {
        Fault::NoCredentials => sheet.say(Text, sentence(&failure.said)),
        Fault::ExpiredSession => {
            sheet.say(Text, sentence(&failure.said));
            sheet.say(Text, "The session is over. What you filled in is kept for when you are signed in again.");
        }
        _ => refused::four_lines(sheet, "Find out who is signed in", failure),
    }
}

/// With a capital at its start and a full stop at its end.
fn sentence(text: &str) -> String {
    let mut characters = text.chars();
    let mut sentence: String = characters.next().map_or_else(String::new, |first| first.to_uppercase().collect());
    sentence.push_str(characters.as_str());
    if !sentence.ends_with(['.', '!', '?']) {
        sentence.push('.');
    }
    sentence
}
