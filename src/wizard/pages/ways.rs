//! The table of transitions: which page may lead to which. Going back is not listed.

use super::PageKind;
use crate::wizard::input::Next;

/// For each page, the pages that may replace it or open over it. docs/architecture.md is generated from it.
pub const WAYS: &[(PageKind, &[PageKind])] = &[
    (PageKind::SignIn, &[]),
    (PageKind::Summary, &[PageKind::ByHand, PageKind::Accept, PageKind::TextPage, PageKind::SecondWay]),
    (PageKind::ByHand, &[PageKind::ByHand, PageKind::Accept, PageKind::TextPage, PageKind::SecondWay]),
    (PageKind::Accept, &[]),
    (
        PageKind::Home,
        &[
            PageKind::FillIn,
            PageKind::Prepare,
            PageKind::ByHand,
            PageKind::TextPage,
            PageKind::Console,
            PageKind::HandOver,
            PageKind::Examine,
            PageKind::KeyWatch,
            PageKind::Code,
            PageKind::Skip,
            PageKind::Accept,
        ],
    ),
    (PageKind::FillIn, &[PageKind::Prepare, PageKind::Record]),
    (PageKind::Prepare, &[PageKind::FillIn, PageKind::Review, PageKind::Calls, PageKind::Enrol]),
    (PageKind::Review, &[PageKind::FillIn, PageKind::Prepare, PageKind::Enrol]),
    (PageKind::Calls, &[PageKind::Calls, PageKind::Proof, PageKind::Refused, PageKind::Enrol, PageKind::KeyRemoval]),
    (
        PageKind::Proof,
        &[
            PageKind::ByHand,
            PageKind::Record,
            PageKind::HandOver,
            PageKind::Enrol,
            PageKind::Console,
            PageKind::KeyWatch,
        ],
    ),
    (PageKind::Refused, &[PageKind::FillIn, PageKind::Enrol, PageKind::Record, PageKind::HandOver, PageKind::Console]),
    (PageKind::Record, &[PageKind::FillIn, PageKind::Prepare]),
    (PageKind::Skip, &[]),
    (PageKind::HandOver, &[PageKind::Save, PageKind::Enrol, PageKind::HandOver, PageKind::Record]),
    (PageKind::Save, &[PageKind::HandOver]),
    (PageKind::Code, &[]),
    (PageKind::Enrol, &[PageKind::Calls, PageKind::Review, PageKind::Console, PageKind::Enrol]),
    (PageKind::Console, &[PageKind::Enrol, PageKind::Record]),
    (PageKind::Examine, &[PageKind::Examine]),
    (PageKind::KeyWatch, &[PageKind::Examine, PageKind::Prepare]),
    (PageKind::KeyRemoval, &[PageKind::Record]),
    (PageKind::TextPage, &[]),
    (PageKind::Sheet, &[]),
    (PageKind::Address, &[]),
    (PageKind::PastedSeed, &[]),
    (PageKind::Clock, &[]),
    (PageKind::SecondWay, &[]),
    (PageKind::Users, &[]),
    (PageKind::Leave, &[]),
];

/// Whether the table allows `next` from `from`. Every test that runs the machine checks this.
pub(in crate::wizard) fn is_listed(from: PageKind, next: &Next) -> bool {
    let to = match next {
        Next::Go(page) | Next::GoKeeping(page, _) | Next::Over(_, page) => page.kind(),
        Next::Show(page, _) | Next::SignIn(page) if page.kind() != from => page.kind(),
        _ => return true,
    };
    WAYS.iter().any(|(page, ways)| *page == from && ways.contains(&to))
}
