//! The pages, one per file: data, keys, inputs, quitting. Each page's content is in a folder of its own. No page sees
//! another page's data; they share [`World`]. `pub` fields are for tests.

pub mod accept;
pub mod address;
pub mod by_hand;
pub mod calls;
pub mod clock;
pub mod code;
pub mod console;
pub mod enrol;
pub mod examine;
pub mod fill_in;
pub mod hand_over;
pub mod home;
pub mod key_removal;
pub mod key_watch;
pub mod leave;
pub mod pasted_seed;
pub mod prepare;
pub mod proof;
pub mod record;
pub mod refused;
pub mod review;
pub mod save;
pub mod second_way;
pub mod sheet;
pub mod sign_in;
pub mod skip;
pub mod summary;
pub mod text_page;
pub mod users;
pub mod ways;

use super::content::Content;
use super::input::{ClockMoves, Input, Leaving, Next, SmallScreen, Status};
use super::keys::Binding;
use super::world::World;
use crate::account::{Caller, Timestamp};

/// The behaviour of a page. [`Page`] delegates to it, so the compiler asks every new page for all of it.
pub(super) trait PageBehaviour: Sized + Into<Page> {
    fn content<'p>(&'p self, world: &'p World) -> Content<'p>;

    /// Content of the third pane in a wide terminal. In a narrower one, a key shows it.
    fn third_pane<'p>(&'p self, _world: &'p World) -> Option<Content<'p>> {
        None
    }

    /// Content for a screen that is too small for the page. `None`: the page can't be used there.
    fn small_screen(&self) -> Option<SmallScreen> {
        None
    }

    /// First visible line, if the page stores its own scroll position.
    fn line(&self) -> Option<u16> {
        None
    }

    /// An address that must stay on one line, because no terminal makes a broken address clickable.
    fn unbroken(&self, _world: &World) -> Option<String> {
        None
    }

    /// The page's keys, most useful first. The footer, the help and the handler use this list.
    fn keys(&self, world: &World) -> Vec<Binding>;

    /// Handles an input and decides what happens next. It takes the page by value: a page that is not returned is
    /// dropped.
    fn on(self, input: Input, world: &mut World) -> Next;

    fn leaving(&self, world: &World) -> Leaving;

    /// Whether the page shows secrets that can't be retrieved again and that the person has not saved.
    fn holds_secrets(&self) -> bool {
        false
    }

    /// Whether the page takes typed characters.
    fn types(&self) -> bool {
        false
    }

    /// Whether the practice account's clock can be moved on this page.
    fn clock_moves(&self) -> ClockMoves {
        ClockMoves::Never
    }

    /// When the page needs the next tick. `is_shown`: the page is on top at the current place.
    fn wakes_at(&self, _world: &World, _is_shown: bool) -> Option<Timestamp> {
        None
    }

    /// What happens to the page when another principal signs in. By default it is dropped, and the farewell names what
    /// is lost.
    fn survives(self, _change: &Changeover<'_>, world: &mut World) -> Option<Page> {
        if let Leaving::Loses(lines) = self.leaving(world) {
            world.tell_at_end(lines);
        }
        None
    }

    /// The page's mark on its step in the checklist.
    fn status(&self) -> Option<Status> {
        None
    }

    /// Why the person skipped the step.
    fn skip_reason(&self) -> Option<&str> {
        None
    }

    fn stay(self) -> Next {
        Next::Stay(self.into())
    }

    fn unhandled(self) -> Next {
        Next::Unhandled(self.into())
    }
}

/// Another principal has signed in.
pub(super) struct Changeover<'a> {
    pub before: &'a Caller,
    /// Whether it is in the same account.
    pub same_account: bool,
}

#[cfg(test)]
mod tests;

macro_rules! pages {
    ($($page:ident: $module:ident),* $(,)?) => {
        $(pub use $module::$page;)*

        #[derive(Debug, PartialEq)]
        pub enum Page { $(#[doc = concat!("See [`", stringify!($page), "`].")] $page(Box<$page>)),* }

        /// The kind of a page.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum PageKind { $(#[doc = concat!("Of [`", stringify!($page), "`].")] $page),* }

        impl PageKind {
            pub const ALL: &[Self] = &[$(Self::$page),*];
        }

        $(impl From<$page> for Page {
            fn from(page: $page) -> Self {
                Self::$page(Box::new(page))
            }
        })*

        impl Page {
            #[must_use]
            pub fn kind(&self) -> PageKind {
                match self { $(Self::$page(_) => PageKind::$page),* }
            }

            pub(super) fn content<'p>(&'p self, world: &'p World) -> Content<'p> {
                match self { $(Self::$page(page) => page.content(world)),* }
            }

            pub(super) fn third_pane<'p>(&'p self, world: &'p World) -> Option<Content<'p>> {
                match self { $(Self::$page(page) => page.third_pane(world)),* }
            }

            /// Content for a screen that is too small for the page.
            #[must_use]
            pub fn small_screen(&self) -> Option<SmallScreen> {
                match self { $(Self::$page(page) => page.small_screen()),* }
            }

            pub(super) fn line(&self) -> Option<u16> {
                match self { $(Self::$page(page) => page.line()),* }
            }

            /// An address that must stay on one line.
            #[must_use]
            pub fn unbroken(&self, world: &World) -> Option<String> {
                match self { $(Self::$page(page) => page.unbroken(world)),* }
            }

            pub(super) fn skip_reason(&self) -> Option<&str> {
                match self { $(Self::$page(page) => page.skip_reason()),* }
            }

            pub(super) fn keys(&self, world: &World) -> Vec<Binding> {
                match self { $(Self::$page(page) => page.keys(world)),* }
            }

            pub(super) fn on(self, input: Input, world: &mut World) -> Next {
                match self { $(Self::$page(page) => page.on(input, world)),* }
            }

            #[must_use]
            pub fn leaving(&self, world: &World) -> Leaving {
                match self { $(Self::$page(page) => page.leaving(world)),* }
            }

            /// Whether the page shows secrets that the person has not saved.
            #[must_use]
            pub fn holds_secrets(&self) -> bool {
                match self { $(Self::$page(page) => page.holds_secrets()),* }
            }

            pub(super) fn types(&self) -> bool {
                match self { $(Self::$page(page) => page.types()),* }
            }

            pub(super) fn clock_moves(&self) -> ClockMoves {
                match self { $(Self::$page(page) => page.clock_moves()),* }
            }

            pub(super) fn wakes_at(&self, world: &World, is_shown: bool) -> Option<Timestamp> {
                match self { $(Self::$page(page) => page.wakes_at(world, is_shown)),* }
            }

            pub(super) fn survives(self, change: &Changeover<'_>, world: &mut World) -> Option<Page> {
                match self { $(Self::$page(page) => page.survives(change, world)),* }
            }

            /// The page's mark on its step in the checklist.
            #[must_use]
            pub fn status(&self) -> Option<Status> {
                match self { $(Self::$page(page) => page.status()),* }
            }
        }
    };
}

pages! {
    SignIn: sign_in,
    Summary: summary,
    ByHand: by_hand,
    Accept: accept,
    Home: home,
    FillIn: fill_in,
    Prepare: prepare,
    Review: review,
    Calls: calls,
    Proof: proof,
    Refused: refused,
    Record: record,
    Skip: skip,
    HandOver: hand_over,
    Save: save,
    Code: code,
    Enrol: enrol,
    Console: console,
    Examine: examine,
    KeyWatch: key_watch,
    KeyRemoval: key_removal,
    TextPage: text_page,
    Sheet: sheet,
    Address: address,
    PastedSeed: pasted_seed,
    Clock: clock,
    SecondWay: second_way,
    Users: users,
    Leave: leave,
}
