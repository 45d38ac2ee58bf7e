//! The form for the profile's name.

use crate::steps::profile::problems;
use crate::wizard::content::Meaning::{Accent, Text};
use crate::wizard::content::{Block, Blocks, Content, Glyph, form, sign, words};
use crate::wizard::pages::Save;
use crate::wizard::{Mode, World};

pub(super) fn of<'p>(world: &'p World, naming: &'p Save) -> Content<'p> {
    let form = &naming.form;
    let body = form::body("Save the access key as a profile", form, &problems(form), naming.pending.is_none());
    let mut foot = Blocks::default();
    if naming.pending.is_some() {
        foot.line([sign(Accent, Glyph::Spinner), words(Text, " Writing…")]);
        foot.line([]);
        return Content::tight(body, foot);
    }
    let hint = form.focused().map_or(where_it_goes(world.mode()), |field| &field.hint);
    foot.0.push(Block::Hint(hint.into()));
    Content::long(body, foot)
}

/// Path of the credentials file.
fn where_it_goes(mode: &Mode) -> &'static str {
    match mode {
        Mode::Live => "In AWS_SHARED_CREDENTIALS_FILE, else ~/.aws/credentials; readable only by you (600).",
        Mode::Practice { .. } => {
            "In practice: in aws-credentials-practice, where you started lockroot; readable only by you."
        }
    }
}
