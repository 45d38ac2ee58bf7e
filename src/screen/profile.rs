//! Adding an access key as a profile to the AWS credentials file: under which name.

use super::sheet::{Pane, Sheet};
use super::text::{clean, wrap};
use super::{Look, form, words};
use crate::steps::profile::problems;
use crate::wizard::stage::NamingProfile;
use crate::wizard::{Mode, Wizard};

/// The form.
pub(super) fn pane<'a>(wizard: &'a Wizard, look: &'a Look, columns: u16, naming: &NamingProfile) -> Pane<'a> {
    let form = &naming.form;
    let body = form::body(look, columns, "The access key as a profile", form, &problems(form), !naming.busy);
    let mut foot = Sheet::new(look, columns);
    if naming.busy {
        let spinner = words::spinner(look, wizard.now);
        foot.line(&[(look.theme.accent, spinner), (look.theme.text, " Writing…")]);
        foot.line(&[]);
        return Pane::tight(body, foot);
    }
    let hint = form.focused().map_or(where_it_goes(&wizard.mode), |field| &field.hint);
    let hint = wrap(&clean(hint, look.unicode), usize::from(columns));
    for i in 0..2 {
        foot.line(&[(look.theme.dim, hint.get(i).map_or("", String::as_str))]);
    }
    Pane::roomy(body, foot)
}

/// Where the profile goes.
fn where_it_goes(mode: &Mode) -> &'static str {
    match mode {
        Mode::Live => "Into the file of AWS_SHARED_CREDENTIALS_FILE, else ~/.aws/credentials; yours alone (600).",
        Mode::Practice { .. } => "In practice into aws-credentials-practice, where lockroot was started; yours alone.",
    }
}
