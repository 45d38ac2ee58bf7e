//! The form: which Regions.

use std::collections::BTreeSet;

use super::service::Service;
use super::{Facts, FieldId, Form, Problem, counted, named};
use crate::steps::Field;

/// The option for the Regions that the person lists.
pub(super) const LISTED: usize = 1;

pub(super) fn form(services: &[Service], facts: &Facts) -> Form {
    let off = off(services, facts);
    let list = off.iter().cloned().collect::<Vec<_>>().join(" ");
    let hint =
        format!("It is off in {}. A stolen key works in each of them, even where you run nothing.", counted(off.len()));
    let fields = vec![
        Field::choice(FieldId::RegionScope, "Regions", hint, &["all where it is off", "only those below"], 0),
        Field::text(FieldId::RegionList, "Only in", "Region codes such as eu-west-1, separated by blanks.", list)
            .only_if(FieldId::RegionScope, LISTED),
    ];
    Form::new(fields, "Review").titled(format!("Turn on {}", named(services)))
}

/// The typed Regions.
pub(super) fn listed(form: &Form) -> Vec<String> {
    let names = form.text(FieldId::RegionList).split([' ', ',']).filter(|name| !name.is_empty());
    names.map(str::to_ascii_lowercase).collect()
}

pub(super) fn problems(form: &Form, facts: &Facts) -> Vec<Problem> {
    if form.chosen(FieldId::RegionScope) != LISTED {
        return Vec::new();
    }
    let (names, off) = (listed(form), off(&Service::ALL, facts));
    let wrong = names.iter().find(|name| !off.contains(*name));
    let words = match wrong {
        Some(name) => format!("{name} is not an enabled Region where something is off."),
        None if names.is_empty() => "Name a Region.".to_owned(),
        None => return Vec::new(),
    };
    vec![Problem { field: FieldId::RegionList, words, at_once: false }]
}

fn off(services: &[Service], facts: &Facts) -> BTreeSet<String> {
    services.iter().flat_map(|service| service.off(facts)).map(|(region, _)| region).collect()
}
