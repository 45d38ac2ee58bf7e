//! The first page: who is signed in, with what, from where; or how to sign in. Nothing else is shown before it.

use super::sheet::{Pane, Sheet};
use super::{Look, refused, words};
use crate::account::{Caller, CredentialKind, Failure, Fault, Reading};
use crate::steps::root_keys;
use crate::wizard::{Mode, Session, Wizard};

const NAMES: usize = 10;

/// The page.
pub(super) fn pane<'a>(wizard: &'a Wizard, look: &'a Look, columns: u16) -> Pane<'a> {
    let mut body = Sheet::new(look, columns);
    let mut foot = Sheet::new(look, columns);
    match &wizard.session {
        Session::Absent(failure) => absent(&mut body, wizard, failure),
        Session::Connecting | Session::Established => {
            body.title("Who is signed in");
            body.gap();
            rows(&mut body, wizard);
            body.gap();
            remarks(&mut body, wizard);
            for words in root_keys::waiting(&wizard.facts, wizard.now) {
                let sign = [(look.theme.warn, look.glyphs().partial), (look.theme.text, " ")];
                body.hang(&sign, look.theme.text, &format!("Root key {words}"));
            }
            if wizard.caller().is_some() {
                foot.line(&[(look.theme.focus, "[ Begin ]")]);
            }
        }
    }
    Pane { body, foot, scroll: None }
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

fn remarks(sheet: &mut Sheet<'_>, wizard: &Wizard) {
    let (theme, glyphs) = (sheet.look.theme, sheet.look.glyphs());
    let note = [(theme.warn, glyphs.partial), (theme.text, " ")];
    match wizard.caller() {
        Some(caller) if caller.is_root() && caller.credential.kind == CredentialKind::LongTerm => sheet.hang(
            &note,
            theme.text,
            "lockroot itself is signed with a root access key. That key goes last, once an administrator can sign in.",
        ),
        Some(caller) if !caller.is_root() => sheet.hang(
            &note,
            theme.text,
            "Not root: everything can be checked as far as this principal may read, but root's keys and MFA only root can change.",
        ),
        Some(_) => sheet.say(theme.dim, "Nothing changes before you have seen every call and confirmed it."),
        None => {}
    }
}

fn absent(sheet: &mut Sheet<'_>, wizard: &Wizard, failure: &Failure) {
    let theme = sheet.look.theme;
    sheet.hang(&[(theme.bad, sheet.look.glyphs().fail), (theme.text, " ")], theme.bad, "Not signed in");
    sheet.gap();
    if failure.fault == Fault::NoCredentials {
        sheet.say(theme.text, &sentence(&failure.said));
    } else {
        refused::four_lines(sheet, "Find out who is signed in", failure);
    }
    sheet.gap();
    if wizard.mode == Mode::Live {
        sheet.title("To sign in");
        sheet.hang(&[(theme.dim, "1 ")], theme.text, "In another terminal (AWS CLI 2.32 or newer):");
        sheet.line(&[(theme.text, "    "), (theme.accent, "aws login")]);
        sheet.hang(
            &[(theme.dim, "2 ")],
            theme.text,
            "In the browser choose “Root user”. The session ends by itself, and no root key has to exist.",
        );
        sheet.hang(&[(theme.dim, "3 ")], theme.text, "Press c here to connect again.");
        sheet.gap();
        sheet.title("Or practise first");
        sheet.say(theme.text, "Press p: an account inside the program, in which nothing is real.");
    } else {
        sheet.say(theme.text, "Press c to connect again.");
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
