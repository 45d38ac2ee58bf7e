//! The second way in: whether it is proven, and the ways to prove it.

use super::sheet::{Pane, Sheet};
use super::text::{clean, tail, width};
use super::{Look, form, ways, words};
use crate::account::SecondWay;
use crate::wizard::{Proving, Wizard};

/// The page.
pub(super) fn pane<'a>(wizard: &'a Wizard, look: &'a Look, columns: u16) -> Pane<'a> {
    let theme = &look.theme;
    let mut body = Sheet::new(look, columns);
    body.title("A second way in");
    let found = wizard.second_way();
    line(&mut body, found.as_ref());
    body.gap();
    let provings = wizard.provings();
    body.say(
        theme.text,
        match &found {
            Some(way) if way.is_proof() && provings.is_empty() => "Somebody who is not root was seen to get in.",
            Some(way) if way.is_proof() => "Somebody who is not root was seen to get in. It can be shown anew:",
            _ => "Nothing is finished before somebody who is not root was seen to get in. One of these shows it:",
        },
    );
    body.gap();
    let nobody = wizard.facts.people.known().is_some_and(|people| people.administrators().next().is_none());
    if nobody && found.is_none() {
        body.say(theme.warn, "No administrator is there yet: the step \"Administrator\" sets one up.");
        body.gap();
    }
    for (i, way) in provings.iter().enumerate() {
        let picked = i == wizard.picked_proving();
        let pointer = if picked { (theme.accent, look.glyphs().pointer) } else { (theme.text, " ") };
        let style = if picked { theme.accent } else { theme.text };
        let first = body.len();
        body.hang(&[pointer, (theme.text, " ")], style, &what(way, wizard));
        if picked {
            body.keep_from(first);
        }
    }
    Pane::tight(body, foot(wizard, look, columns))
}

/// Whether it is proven, in a line.
pub(super) fn line(sheet: &mut Sheet<'_>, way: Option<&SecondWay>) {
    let (theme, glyphs) = (sheet.look.theme, sheet.look.glyphs());
    let (style, sign, text) = match way {
        Some(way) if way.is_proof() => (theme.good, glyphs.pass, way.words()),
        Some(way) => (theme.warn, glyphs.partial, way.words()),
        None => (theme.warn, glyphs.partial, "not proven yet".into()),
    };
    sheet.hang(&[(style, sign), (theme.text, " ")], style, &format!("Second way in: {text}"));
}

fn what(way: &Proving, wizard: &Wizard) -> String {
    match way {
        Proving::Console(None) => "an administrator signs in at the console".into(),
        Proving::Console(Some(user)) => format!("{user} signs in at the practice console"),
        Proving::Profile(name) => {
            let machine = wizard.sign_in.machine.as_ref();
            let about = machine.and_then(|machine| machine.profile(name)).map(ways::described).unwrap_or_default();
            format!("profile {name} ({about})")
        }
        Proving::Login(profile) => format!("aws login, profile {profile} (new)"),
        Proving::Session => "this session".into(),
        Proving::Accept => "none: accept the risk".into(),
    }
}

fn foot<'a>(wizard: &'a Wizard, look: &'a Look, columns: u16) -> Sheet<'a> {
    let theme = &look.theme;
    let mut foot = Sheet::new(look, columns);
    if let Some(said) = &wizard.guard.said {
        foot.hang(&[(theme.warn, look.glyphs().partial), (theme.text, " ")], theme.warn, said);
    }
    if let Some(typed) = &wizard.guard.typed {
        typing(&mut foot, wizard, typed);
        return foot;
    }
    if wizard.is_busy() {
        let spinner = words::spinner(look, wizard.now);
        foot.hang(&[(theme.accent, spinner), (theme.text, " ")], theme.dim, "asking AWS…");
    }
    let Some(way) = wizard.provings().into_iter().nth(wizard.picked_proving()) else { return foot };
    match way {
        Proving::Console(None) => console(&mut foot, wizard),
        Proving::Console(Some(user)) => {
            foot.say(theme.text, &format!("Enter: the simulated console signs {user} in, with password and MFA."));
        }
        Proving::Profile(_) => foot.say(
            theme.text,
            "Enter: asks it who it is, beside this session. It has to be of this account, and not root.",
        ),
        Proving::Login(_) => foot.say(
            theme.text,
            "Enter: gives the terminal to the AWS CLI. In the browser, sign in as the administrator, not as root.",
        ),
        Proving::Session => foot.say(
            theme.text,
            "Enter: whoever is signed in here is the way in. What a role may do was not read: you vouch for it.",
        ),
        Proving::Accept => foot.say(
            theme.text,
            "If nobody else gets in, root is the only way left. Enter: type the account's number to accept that.",
        ),
    }
    foot
}

fn console(sheet: &mut Sheet<'_>, wizard: &Wizard) {
    let theme = sheet.look.theme;
    let names = wizard.sign_in_names();
    if names.is_empty() {
        sheet
            .say(theme.warn, "No administrator with a console password was found: the step Administrator sets one up.");
        return;
    }
    let who = names.join(" or ");
    sheet.say(theme.accent, &wizard.sign_in_address());
    sheet.say(
        theme.text,
        &format!(
            "Sign in there as {who}, in a private window. IAM shows it after some minutes; AWS is asked every 15 s."
        ),
    );
}

fn typing(sheet: &mut Sheet<'_>, wizard: &Wizard, typed: &str) {
    let (look, theme) = (sheet.look, sheet.look.theme);
    let account = wizard.caller().map(|caller| caller.account.clone()).unwrap_or_default();
    sheet
        .say(theme.danger, &format!("To accept that nobody but root may get in, type the account's number: {account}"));
    let shown = clean(typed, look.unicode);
    let shown = tail(&shown, 15).to_owned();
    let line = form::filled(&shown, 16, look);
    let underlined = theme.accent.add_modifier(ratatui::style::Modifier::UNDERLINED);
    let hint = if typed.trim() == account { "Enter: accept the risk" } else { "Esc: go back" };
    sheet.line(&[(theme.accent, "> "), (underlined, &line), (theme.dim, "  "), (theme.dim, hint)]);
    sheet.put_cursor(2 + width(&shown));
}
