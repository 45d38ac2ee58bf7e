//! The first page: who is signed in, with what, from where; or how to sign in. Nothing else is shown before it.

use super::sheet::{Pane, Sheet};
use super::{Look, drift, refused, ways, words};
use crate::account::{Caller, CredentialKind, Failure, Fault, Reading};
use crate::steps::StepId;
use crate::steps::reach::{self, Reach};
use crate::steps::root_keys;
use crate::wizard::{Mode, Place, Session, Wizard};

const NAMES: usize = 10;

/// The page.
pub(super) fn pane<'a>(wizard: &'a Wizard, look: &'a Look, columns: u16) -> Pane<'a> {
    if wizard.offers_ways() {
        return ways::pane(wizard, look, columns);
    }
    let mut body = Sheet::new(look, columns);
    let mut foot = Sheet::new(look, columns);
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
                body.hang(&[(look.theme.warn, look.glyphs().partial), (look.theme.text, " ")], look.theme.text, &words);
                body.gap();
            }
            for words in root_keys::waiting(&wizard.facts, wizard.now) {
                let sign = [(look.theme.warn, look.glyphs().partial), (look.theme.text, " ")];
                body.hang(&sign, look.theme.text, &format!("Root key {words}"));
                body.gap();
            }
            drift::say(&mut body, wizard);
            powers(&mut body, wizard);
            if wizard.caller().is_some() {
                foot.line(&[(look.theme.focus, "[ Begin ]")]);
            }
        }
    }
    Pane::roomy(body, foot)
}

fn rows(sheet: &mut Sheet<'_>, wizard: &Wizard) {
    let (theme, look) = (sheet.look.theme, sheet.look);
    let reading = format!("{} reading…", words::spinner(look, wizard.now));
    let caller = wizard.caller();
    let mut row = |name: &str, style, value: Option<String>| {
        let known = value.is_some();
        let style = if known { style } else { theme.dim };
        sheet.pair(name, NAMES, style, &value.unwrap_or_else(|| reading.clone()));
    };
    row("Account", theme.accent, caller.map(|caller| words::account_number(&caller.account)));
    row("Alias", theme.text, alias(wizard));
    row("Principal", theme.accent, caller.map(|caller| caller.principal.words()));
    row("ARN", theme.text, caller.map(|caller| caller.arn.clone()));
    row("Credential", theme.text, caller.map(credential));
    row("Found in", theme.text, caller.map(|caller| caller.credential.source.clone()));
    let mode = match &wizard.mode {
        Mode::Practice { scenario } => format!("PRACTICE, the scenario “{scenario}”"),
        Mode::Live => "LIVE, a real AWS account".to_owned(),
    };
    row("Mode", theme.text, Some(mode));
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
fn elsewhere(sheet: &mut Sheet<'_>, wizard: &Wizard) {
    let Some(caller) = wizard.caller() else { return };
    let (theme, glyphs) = (sheet.look.theme, sheet.look.glyphs());
    let contradictions = wizard.contradictions();
    if contradictions.is_empty() {
        return;
    }
    let words = format!("Two accounts: you are signed in to {}, but", words::account_number(&caller.account));
    sheet.hang(&[(theme.bad, glyphs.fail), (theme.text, " ")], theme.bad, &words);
    for line in contradictions {
        sheet.hang(&[(theme.text, "  ")], theme.text, &line);
    }
    sheet.gap();
}

/// What the kind of principal means.
fn remarks(sheet: &mut Sheet<'_>, wizard: &Wizard) {
    let Some(caller) = wizard.caller() else { return };
    let (theme, glyphs) = (sheet.look.theme, sheet.look.glyphs());
    let best =
        caller.is_root() && caller.credential.kind == CredentialKind::Temporary && !reach::lacks_mfa(&wizard.facts);
    let sign = if best { (theme.good, glyphs.pass) } else { (theme.warn, glyphs.partial) };
    sheet.hang(&[sign, (theme.text, " ")], theme.text, reach::standing_of(caller, &wizard.facts));
    sheet.gap();
}

/// What can be done here, step by step.
fn powers(sheet: &mut Sheet<'_>, wizard: &Wizard) {
    let Some(caller) = wizard.caller() else { return };
    let theme = sheet.look.theme;
    sheet.title("What can be done as this principal");
    for (i, step) in StepId::ALL.into_iter().enumerate() {
        let reach = reach::reach(step, caller, &wizard.facts);
        let style = match reach {
            Reach::Here(_) => theme.good,
            Reach::HandOff(_) | Reach::Unknown(_) => theme.warn,
            Reach::NotApplicable(_) => theme.dim,
            Reach::Refused(_) => theme.bad,
        };
        let name = format!("{} {:<14}", i + 2, words::name(Place::Step(step)));
        let word = format!("{:<9}", reach.word());
        sheet.hang(&[(theme.text, &name), (style, &word)], theme.text, reach.why());
    }
    sheet.gap();
    sheet.say(theme.dim, "Nothing changes before you have seen every call and confirmed it.");
}

fn absent(sheet: &mut Sheet<'_>, failure: &Failure) {
    why_absent(sheet, failure);
    sheet.gap();
    sheet.say(sheet.look.theme.text, "Press c to connect again.");
}

/// That nobody is signed in, and why.
pub(super) fn why_absent(sheet: &mut Sheet<'_>, failure: &Failure) {
    let theme = sheet.look.theme;
    sheet.hang(&[(theme.bad, sheet.look.glyphs().fail), (theme.text, " ")], theme.bad, "Not signed in");
    sheet.gap();
    match failure.fault {
        Fault::NoCredentials => sheet.say(theme.text, &sentence(&failure.said)),
        Fault::ExpiredSession => {
            sheet.say(theme.text, &sentence(&failure.said));
            sheet.say(theme.text, "The session is over. What you filled in is kept for when you are signed in again.");
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
