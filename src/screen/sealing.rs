//! Saving secrets encrypted, and for whom; or an access key as a profile, under which name.

use super::sheet::{Pane, Sheet};
use super::text::{clean, wrap};
use super::{Look, form, words};
use crate::steps::FieldId;
use crate::steps::sealing::problems;
use crate::wizard::stage::Sealing;
use crate::wizard::{Mode, Wizard};

/// The form.
pub(super) fn pane<'a>(wizard: &'a Wizard, look: &'a Look, columns: u16, sealing: &Sealing) -> Pane<'a> {
    let form = &sealing.form;
    let is_profile = form.field(FieldId::ProfileName).is_some();
    let title = if is_profile { "The access key as a profile" } else { "Save it encrypted" };
    let body = form::body(look, columns, title, form, &problems(form), !sealing.busy);
    let mut foot = Sheet::new(look, columns);
    if sealing.busy {
        let spinner = words::spinner(look, wizard.now);
        foot.line(&[
            (look.theme.accent, spinner),
            (look.theme.text, if is_profile { " Writing…" } else { " Encrypting…" }),
        ]);
        foot.line(&[]);
        return Pane::tight(body, foot);
    }
    let hint = form.focused().map_or(if is_profile { profile_hint(&wizard.mode) } else { FILE }, |field| &field.hint);
    let hint = wrap(&clean(hint, look.unicode), usize::from(columns));
    for i in 0..2 {
        foot.line(&[(look.theme.dim, hint.get(i).map_or("", String::as_str))]);
    }
    Pane::roomy(body, foot)
}

const FILE: &str = "A new file in the folder where lockroot was started, readable by you alone.";

/// Where the profile goes.
fn profile_hint(mode: &Mode) -> &'static str {
    match mode {
        Mode::Live => "Into the file of AWS_SHARED_CREDENTIALS_FILE, else ~/.aws/credentials; yours alone (600).",
        Mode::Practice { .. } => "In practice into aws-credentials-practice, where lockroot was started; yours alone.",
    }
}
