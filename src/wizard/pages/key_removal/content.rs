//! The deleted key, the ended session, and who confirms it.

use super::super::second_way;
use crate::wizard::content::Meaning::{Accent, Good, Text, Warn};
use crate::wizard::content::{Blocks, Content, Glyph};
use crate::wizard::pages::KeyRemoval;
use crate::wizard::{Mode, Removal, World};

pub(super) fn of<'p>(world: &'p World, parting: &'p KeyRemoval) -> Content<'p> {
    let mut body = Blocks::default();
    body.title("Root access keys");
    if let Some(removal) = world.removal() {
        heading(&mut body, removal);
    }
    body.gap();
    let mut foot = Blocks::default();
    if world.sign_in().over.is_some() {
        body.say(Text, "Now sign in as the administrator, to confirm that it is deleted.");
        body.gap();
        second_way::content::line(&mut body, world.second_way().as_ref());
        let button = match (world.mode(), world.successor()) {
            (Mode::Practice { .. }, Some(user)) => format!("Sign in as {user}"),
            _ => "Sign in".into(),
        };
        foot.button(button);
        return Content::tight(body, foot);
    }
    let who = world.caller().map(|caller| caller.principal.words()).unwrap_or_default();
    body.say(Text, format!("Signed in as {who}."));
    let summary = &world.facts().summary;
    if world.is_busy() || parting.next.is_some() {
        let text = "Reading whether it is deleted. IAM may take a moment to show it.";
        body.signed(Accent, Glyph::Spinner, Text, text);
    } else if let Some(failure) = summary.failure() {
        let text = format!("Could not read whether it is deleted: {failure}. {}", failure.advice());
        body.signed(Warn, Glyph::Unknown, Text, text);
    } else {
        let text = if world.removal().is_some_and(|removal| removal.is_sure) {
            "AWS accepted the deletion, but its summary still counts a root key. Read again (r) in a few minutes."
        } else {
            "AWS still counts a root key: it was not deleted. Sign in as root again to delete it."
        };
        body.signed(Warn, Glyph::Partial, Warn, text);
    }
    foot.button("Read again");
    Content::tight(body, foot)
}

/// Whether AWS deleted the key, in two lines.
pub(in crate::wizard::pages) fn heading<'p>(sheet: &mut Blocks<'p>, parting: &'p Removal) {
    let last_four = parting.last_four();
    let (style, sign, text) = if parting.is_sure {
        let text = format!("AWS has deleted root key …{last_four}. This session ended with it, as planned.");
        (Good, Glyph::Pass, text)
    } else {
        let text = format!(
            "AWS's answer was lost: root key …{last_four} may be deleted, and this session may have ended with it."
        );
        (Warn, Glyph::Partial, text)
    };
    sheet.signed(style, sign, style, text);
}
