//! The form for the profile's name.

use crate::steps::profile::problems;
use crate::wizard::content::Meaning::{Accent, Text};
use crate::wizard::content::{Block, Blocks, Content, Glyph, form, sign, words};
use crate::wizard::pages::Save;
use crate::wizard::{Mode, World};

/// The form.
pub(super) fn of<'p>(world: &'p World, naming: &'p Save) -> Content<'p> {
    let form = &naming.form;
    let body = form::body("The access key as a profile", form, &problems(form), !naming.busy);
    let mut foot = Blocks::default();
    if naming.busy {
        foot.line([sign(Accent, Glyph::Spinner), words(Text, " Writing…")]);
        foot.line([]);
        return Content::tight(body, foot);
    }
    let hint = form.focused().map_or(where_it_goes(world.mode()), |field| &field.hint);
    foot.0.push(Block::Hint(hint.into()));
    Content::long(body, foot)
}

/// Where the profile goes.
fn where_it_goes(mode: &Mode) -> &'static str {
    match mode {
        Mode::Live => "Into the file of AWS_SHARED_CREDENTIALS_FILE, else ~/.aws/credentials; yours alone (600).",
        Mode::Practice { .. } => "In practice into aws-credentials-practice, where lockroot was started; yours alone.",
    }
}
