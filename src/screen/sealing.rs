//! Saving secrets encrypted, and for whom; or an access key as a profile, under which name.

use super::form;
use crate::steps::FieldId;
use crate::steps::sealing::problems;
use crate::wizard::content::Meaning::{Accent, Text};
use crate::wizard::content::{Block, Blocks, Content, Glyph, sign, words};
use crate::wizard::stage::Sealing;
use crate::wizard::{Mode, Wizard};

/// The form.
pub(super) fn content<'p>(wizard: &'p Wizard, sealing: &'p Sealing) -> Content<'p> {
    let form = &sealing.form;
    let is_profile = form.field(FieldId::ProfileName).is_some();
    let title = if is_profile { "The access key as a profile" } else { "Save it encrypted" };
    let body = form::body(title, form, &problems(form), !sealing.busy);
    let mut foot = Blocks::default();
    if sealing.busy {
        let writing = if is_profile { " Writing…" } else { " Encrypting…" };
        foot.line([sign(Accent, Glyph::Spinner), words(Text, writing)]);
        foot.line([]);
        return Content::tight(body, foot);
    }
    let hint = form.focused().map_or(if is_profile { profile_hint(&wizard.mode) } else { FILE }, |field| &field.hint);
    foot.0.push(Block::Hint(hint.into()));
    Content::long(body, foot)
}

const FILE: &str = "A new file in the folder where lockroot was started, readable by you alone.";

/// Where the profile goes.
fn profile_hint(mode: &Mode) -> &'static str {
    match mode {
        Mode::Live => "Into the file of AWS_SHARED_CREDENTIALS_FILE, else ~/.aws/credentials; yours alone (600).",
        Mode::Practice { .. } => "In practice into aws-credentials-practice, where lockroot was started; yours alone.",
    }
}
