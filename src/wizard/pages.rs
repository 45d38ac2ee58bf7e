//! The pages, one in each file: data, keys, inputs, quitting; the content is in a folder beside it. No page sees
//! another's data; [`World`] is what they share. Fields that are `pub` are for tests.

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

/// What every page says of itself. Nothing is dispatched by it: [`Page`] delegates, and the compiler asks each page for all.
pub(super) trait PageBehaviour: Sized + Into<Page> {
    /// What it says.
    fn content<'p>(&'p self, world: &'p World) -> Content<'p>;

    /// What stands beside it in a wide terminal, and a key shows in a narrower one.
    fn third_pane<'p>(&'p self, _world: &'p World) -> Option<Content<'p>> {
        None
    }

    /// What is left of it on a screen that is too small for anything else; `None`: it can't be used there.
    fn small_screen(&self) -> Option<SmallScreen> {
        None
    }

    /// The first line in view, where it is a long text of which it keeps the place.
    fn line(&self) -> Option<u16> {
        None
    }

    /// An address on it that has to stand in one line: broken, no terminal lets it be clicked.
    fn unbroken(&self, _world: &World) -> Option<String> {
        None
    }

    /// The keys that work in it, the most useful first: the bar, the help and the handler are made of them.
    fn keys(&self, world: &World) -> Vec<Binding>;

    /// Takes in what it is told, and says where that leads. By value: a page that is not given back is gone.
    fn on(self, input: Input, world: &mut World) -> Next;

    /// What quitting means for it.
    fn leaving(&self, world: &World) -> Leaving;

    /// Whether it has secrets that only the person can keep, and that can't be had again.
    fn holds_secrets(&self) -> bool {
        false
    }

    /// Whether a character that is no key of its own is typed.
    fn types(&self) -> bool {
        false
    }

    /// Whether the practice account's clock can be moved while it is in front.
    fn clock_moves(&self) -> ClockMoves {
        ClockMoves::Never
    }

    /// When it wants to be told the time. `is_shown`: nothing lies over it, and its place is in front.
    fn wakes_at(&self, _world: &World, _is_shown: bool) -> Option<Timestamp> {
        None
    }

    /// What becomes of it when somebody else signs in. Usually it goes, and what is lost with it is named.
    fn survives(self, _change: &Changeover<'_>, world: &mut World) -> Option<Page> {
        if let Leaving::Loses(lines) = self.leaving(world) {
            world.tell_at_end(lines);
        }
        None
    }

    /// What the list on the left says because of it.
    fn status(&self) -> Option<Status> {
        None
    }

    /// The reason for which it puts its step off.
    fn put_off(&self) -> Option<&str> {
        None
    }

    fn stay(self) -> Next {
        Next::Stay(self.into())
    }

    fn pass(self) -> Next {
        Next::Pass(self.into())
    }
}

/// Somebody else is signed in than before.
pub(super) struct Changeover<'a> {
    pub before: &'a Caller,
    /// It is the same account.
    pub same_account: bool,
}

#[cfg(test)]
mod tests;

macro_rules! pages {
    ($($page:ident: $module:ident),* $(,)?) => {
        $(pub use $module::$page;)*

        /// A page.
        #[derive(Debug, PartialEq)]
        pub enum Page { $(#[doc = concat!("See [`", stringify!($page), "`].")] $page(Box<$page>)),* }

        /// The name of a page.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
        pub enum PageKind { $(#[doc = concat!("Of [`", stringify!($page), "`].")] $page),* }

        impl PageKind {
            /// All of them.
            pub const ALL: &[Self] = &[$(Self::$page),*];
        }

        $(impl From<$page> for Page {
            fn from(page: $page) -> Self {
                Self::$page(Box::new(page))
            }
        })*

        impl Page {
            /// Which one it is.
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

            /// What is left of it on a screen that is too small for anything else.
            #[must_use]
            pub fn small_screen(&self) -> Option<SmallScreen> {
                match self { $(Self::$page(page) => page.small_screen()),* }
            }

            pub(super) fn line(&self) -> Option<u16> {
                match self { $(Self::$page(page) => page.line()),* }
            }

            /// An address on it that has to stand in one line.
            #[must_use]
            pub fn unbroken(&self, world: &World) -> Option<String> {
                match self { $(Self::$page(page) => page.unbroken(world)),* }
            }

            pub(super) fn put_off(&self) -> Option<&str> {
                match self { $(Self::$page(page) => page.put_off()),* }
            }

            pub(super) fn keys(&self, world: &World) -> Vec<Binding> {
                match self { $(Self::$page(page) => page.keys(world)),* }
            }

            pub(super) fn on(self, input: Input, world: &mut World) -> Next {
                match self { $(Self::$page(page) => page.on(input, world)),* }
            }

            /// What quitting means for it.
            #[must_use]
            pub fn leaving(&self, world: &World) -> Leaving {
                match self { $(Self::$page(page) => page.leaving(world)),* }
            }

            /// Whether it has secrets that only the person can keep.
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

            /// What the list on the left says because of it.
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
