//! Saving secrets encrypted: for whom, and that nothing is written in plain text.

use super::sheet::{Pane, Sheet};
use super::text::{clean, wrap};
use super::{Look, form, words};
use crate::steps::sealing::problems;
use crate::wizard::Wizard;
use crate::wizard::stage::Sealing;

/// The form.
pub(super) fn pane<'a>(wizard: &'a Wizard, look: &'a Look, columns: u16, sealing: &Sealing) -> Pane<'a> {
    let title = "Save it encrypted";
    let form = &sealing.form;
    let body = form::body(look, columns, title, form, &problems(form), !sealing.busy);
    let mut foot = Sheet::new(look, columns);
    if sealing.busy {
        let spinner = words::spinner(look, wizard.now);
        foot.line(&[(look.theme.accent, spinner), (look.theme.text, " Encrypting…")]);
        foot.line(&[]);
        return Pane { body, foot, scroll: None };
    }
    let hint = form
        .focused()
        .map_or("A new file in the folder where lockroot was started, readable by you alone.", |f| &f.hint);
    let hint = wrap(&clean(hint, look.unicode), usize::from(columns));
    for i in 0..2 {
        foot.line(&[(look.theme.dim, hint.get(i).map_or("", String::as_str))]);
    }
    Pane { body, foot, scroll: Some(0) }
}
