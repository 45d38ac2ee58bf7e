//! The form for saving an access key as a profile. `commands` writes the file.

use super::{Field, FieldId, Form, LeadsTo, Problem};
use crate::account::new_profile::{MAX_NAME_LEN, name_problem, suggestion};

/// The form for an access key of `user`.
#[must_use]
pub fn form(user: &str) -> Form {
    let hint = "In plain text, as AWS's tools need it. Added to the end; no profile is overwritten.";
    let name = Field::text(FieldId::ProfileName, "Profile", hint, suggestion(user)).at_most(MAX_NAME_LEN);
    Form::new(vec![name], "Add the profile").leading_to(LeadsTo::File)
}

/// Problems of the form. Only the file shows whether the name is taken.
#[must_use]
pub fn problems(form: &Form) -> Vec<Problem> {
    let name = form.text(FieldId::ProfileName);
    let problem = |words| Problem { field: FieldId::ProfileName, words, at_once: !name.is_empty() };
    name_problem(name).map(problem).into_iter().collect()
}
