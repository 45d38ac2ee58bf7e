//! The machine at a glance: which page leads to which, in the same place. Going back is to the page beneath, and is not listed.

use super::Kind;
#[cfg(debug_assertions)]
use super::Page;
#[cfg(debug_assertions)]
use crate::wizard::input::Next;

/// From each page, the pages that come in its place or over it. The picture in docs/architecture.md is drawn from it.
pub const WAYS: &[(Kind, &[Kind])] = &[
    (Kind::SignIn, &[]),
    (Kind::Summary, &[]),
    (
        Kind::Home,
        &[Kind::FillIn, Kind::Prepare, Kind::Console, Kind::HandOver, Kind::Examine, Kind::KeyWatch, Kind::Skip],
    ),
    (Kind::FillIn, &[Kind::Prepare]),
    (Kind::Prepare, &[Kind::FillIn, Kind::Review, Kind::Calls, Kind::Enrol]),
    (Kind::Review, &[Kind::FillIn, Kind::Prepare, Kind::Enrol]),
    (Kind::Calls, &[Kind::Calls, Kind::Proof, Kind::Refused, Kind::Enrol, Kind::KeyRemoval]),
    (Kind::Proof, &[Kind::Record, Kind::HandOver, Kind::Enrol, Kind::Console, Kind::KeyWatch]),
    (Kind::Refused, &[Kind::FillIn, Kind::Enrol, Kind::Record, Kind::HandOver, Kind::Console]),
    (Kind::Record, &[]),
    (Kind::Skip, &[]),
    (Kind::HandOver, &[Kind::Save, Kind::Enrol, Kind::HandOver, Kind::Record]),
    (Kind::Save, &[Kind::HandOver]),
    (Kind::Enrol, &[Kind::Calls, Kind::Review, Kind::Console, Kind::Enrol]),
    (Kind::Console, &[Kind::Enrol, Kind::Record]),
    (Kind::Examine, &[Kind::Examine]),
    (Kind::KeyWatch, &[Kind::Examine, Kind::Prepare]),
    (Kind::KeyRemoval, &[Kind::Record]),
    (Kind::Reading, &[]),
    (Kind::Sheet, &[]),
    (Kind::Address, &[]),
    (Kind::PastedSeed, &[]),
    (Kind::Clock, &[]),
    (Kind::SecondWay, &[]),
    (Kind::Users, &[]),
    (Kind::Leave, &[]),
];

/// No page leads where the picture shows no way: every test that runs the machine holds it to the picture.
#[cfg(debug_assertions)]
pub(in crate::wizard) fn check(from: Kind, next: &Next) {
    let to: &Page = match next {
        Next::Go(page) | Next::GoKeeping(page, _) | Next::Over(_, page) => page,
        Next::Show(page, _) | Next::SignIn(page) if page.kind() != from => page,
        _ => return,
    };
    let known = WAYS.iter().find(|(page, _)| *page == from).is_some_and(|(_, to_those)| to_those.contains(&to.kind()));
    assert!(known, "no way leads from {from:?} to {:?}: add it to WAYS, or don't go there", to.kind());
}
