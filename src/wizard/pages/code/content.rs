//! The form for an MFA code, and AWS's answer to the last one.

use crate::steps::session::problems;
use crate::wizard::World;
use crate::wizard::content::Meaning::{Accent, Dim, Text};
use crate::wizard::content::{Block, Blocks, Content, Glyph, failure, form, phone, sign, words};
use crate::wizard::pages::Code;

pub(super) fn of<'p>(world: &'p World, page: &'p Code) -> Content<'p> {
    let title = page.form.title.as_deref().unwrap_or_default();
    let mut body = form::body(title, &page.form, &problems(&page.form), page.pending.is_none());
    if let Some(device) = &page.phone {
        body.gap();
        body.say(Dim, "Practice phone");
        body.append(phone::lines(&device.seed, world.now()));
    }
    if let Some(failure) = &page.refused {
        body.gap();
        failure::four_lines(&mut body, "A session with MFA", failure);
    }
    let mut foot = Blocks::default();
    if page.pending.is_some() {
        foot.line([sign(Accent, Glyph::Spinner), words(Text, " Asking AWS…")]);
        foot.line([]);
        return Content::tight(body, foot);
    }
    let hint = page
        .form
        .focused()
        .map_or("One call: sts:GetSessionToken. It changes nothing in the account.", |field| &field.hint);
    foot.0.push(Block::Hint(hint.into()));
    Content::long(body, foot)
}
