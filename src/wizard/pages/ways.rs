//! The machine at a glance: which page leads to which, in the same place. Going back is to the page beneath, and is not listed.

use super::Kind;
use crate::wizard::input::Next;

/// From each page, the pages that come in its place or over it. The picture in docs/architecture.md is drawn from it.
pub const WAYS: &[(Kind, &[Kind])] = &[
    (Kind::SignIn, &[]),
    (Kind::Summary, &[Kind::ByHand, Kind::Accept, Kind::SecondWay]),
    (Kind::ByHand, &[Kind::ByHand, Kind::Accept, Kind::Reading, Kind::SecondWay]),
    (Kind::Accept, &[]),
    (
        Kind::Home,
        &[
            Kind::FillIn,
            Kind::Prepare,
            Kind::ByHand,
            Kind::Reading,
            Kind::Console,
            Kind::HandOver,
            Kind::Examine,
            Kind::KeyWatch,
            Kind::Code,
            Kind::Skip,
            Kind::Accept,
        ],
    ),
    (Kind::FillIn, &[Kind::Prepare, Kind::Record]),
    (Kind::Prepare, &[Kind::FillIn, Kind::Review, Kind::Calls, Kind::Enrol]),
    (Kind::Review, &[Kind::FillIn, Kind::Prepare, Kind::Enrol]),
    (Kind::Calls, &[Kind::Calls, Kind::Proof, Kind::Refused, Kind::Enrol, Kind::KeyRemoval]),
    (Kind::Proof, &[Kind::ByHand, Kind::Record, Kind::HandOver, Kind::Enrol, Kind::Console, Kind::KeyWatch]),
    (Kind::Refused, &[Kind::FillIn, Kind::Enrol, Kind::Record, Kind::HandOver, Kind::Console]),
    (Kind::Record, &[]),
    (Kind::Skip, &[]),
    (Kind::HandOver, &[Kind::Save, Kind::Enrol, Kind::HandOver, Kind::Record]),
    (Kind::Save, &[Kind::HandOver]),
    (Kind::Code, &[]),
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

/// Whether `next` is a way out of `from` that the picture shows. Every test that runs the machine holds it to the picture.
pub(in crate::wizard) fn is_shown(from: Kind, next: &Next) -> bool {
    let to = match next {
        Next::Go(page) | Next::GoKeeping(page, _) | Next::Over(_, page) => page.kind(),
        Next::Show(page, _) | Next::SignIn(page) if page.kind() != from => page.kind(),
        _ => return true,
    };
    WAYS.iter().any(|(page, ways)| *page == from && ways.contains(&to))
}
