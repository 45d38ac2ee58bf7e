//! New secrets: covered until the person asks, then unbroken for selection, with look-alikes told apart.

use crate::secret::Secret;
use crate::wizard::content::Meaning::{Accent, Dim, Text, Warn};
use crate::wizard::content::{Block, Blocks, Content, Glyph, marks, sign};
use crate::wizard::pages::HandOver;
use crate::wizard::pages::enrol::Enrolee;
use crate::wizard::pages::hand_over::Visibility;

const NAMES: usize = 10;

pub(super) fn of<'p>(hand_over: &'p HandOver) -> Content<'p> {
    let open = hand_over.visibility == Visibility::Open;
    let mut body = Blocks::default();
    let user = match &hand_over.user {
        Enrolee::User(user) | Enrolee::Oneself(user) => user,
        Enrolee::Root | Enrolee::RootHere => return for_root(hand_over),
    };
    body.title(match &hand_over.user {
        Enrolee::Oneself(_) if hand_over.password.is_some() => "Your new password".to_owned(),
        Enrolee::Oneself(_) => "Your new access key".to_owned(),
        _ => format!("{user} can sign in"),
    });
    body.gap();
    body.say(Dim, "Sign-in address");
    body.address(&hand_over.address);
    body.gap();
    body.pair("Account", NAMES, Accent, &hand_over.account);
    body.pair("User", NAMES, Accent, user);
    if let Some(password) = &hand_over.password {
        secret(&mut body, "Password", password, open);
    }
    if let Some((id, key)) = &hand_over.key {
        body.pair("Access key", NAMES, Accent, id);
        secret(&mut body, "Secret", key, open);
        if !open {
            body.say(Dim, "p adds the key as a profile for the AWS CLI.");
        }
        if matches!(hand_over.user, Enrolee::Oneself(_)) {
            body.say(Dim, "s signs in with it here. Then you can delete the old one.");
        }
    }
    if open {
        body.say(Dim, "Digits are underlined, symbols are bold: 0 is not O, 1 is not l.");
    }
    body.gap();
    let is_sure = !hand_over.record.lines.is_empty() || hand_over.password.is_none();
    if matches!(hand_over.user, Enrolee::Oneself(_)) && !is_sure {
        let words = "AWS's answer was lost. It may have set this password, or kept the current one. Keep both, and try this one first.";
        body.signed(Warn, Glyph::Partial, Warn, words);
    }
    let warning = "Shown only now. Save it in a password manager: nobody can read it again, not even AWS.";
    body.signed(Warn, Glyph::Partial, Warn, warning);
    if hand_over.next.is_some() {
        body.say(Text, "Next: MFA for this user, with a QR code.");
    }
    if let Some(then) = hand_over.rest.first() {
        body.say(Text, format!("Then comes {}.", then.user));
    }
    for (line, seen) in &hand_over.record.lines {
        let mark = marks::seen(*seen);
        body.marked(sign(mark.meaning, mark.glyph), Text, line, mark.word);
    }
    let mut foot = Blocks::default();
    foot.button("I have saved them");
    Content::tight(body, foot)
}

/// A generated password for root, which only the person can set.
fn for_root<'p>(hand_over: &'p HandOver) -> Content<'p> {
    let mut body = Blocks::default();
    body.title("A password for root");
    body.gap();
    body.say(Text, "Save it in a password manager first. Then set it in the console, as root:");
    body.address(&hand_over.address);
    body.gap();
    if let Some(password) = &hand_over.password {
        secret(&mut body, "Password", password, hand_over.visibility == Visibility::Open);
    }
    body.gap();
    body.say(Dim, "AWS's rules: 8 to 128 characters, three of the four classes, not the account's name or address.");
    let warning = "Shown only now, and saved nowhere. It is root's password only after you set it in the console.";
    body.signed(Warn, Glyph::Partial, Warn, warning);
    let mut foot = Blocks::default();
    foot.button("I have saved it");
    Content::tight(body, foot)
}

/// Adds a secret, aligned with the other names.
fn secret<'p>(sheet: &mut Blocks<'p>, name: &'static str, value: &'p Secret, visible: bool) {
    sheet.0.push(Block::Secret { name, names: NAMES, value, visible, hint: "(v shows it)" });
}
