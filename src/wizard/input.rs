//! The types between machine and page: what a page receives, returns and declares.

use super::chosen_action::ChosenAction;
use super::event::{Reply, Ticket};
use super::keys::Intent;
use super::pages::Page;
use super::{Drawn, Place};

/// What a page is told.
#[derive(Debug)]
pub enum Input {
    /// A key that means something here. Only the page in front hears it.
    Do(Intent),
    /// A character that no key takes. Only the page in front hears it.
    Text(char),
    /// It was drawn; what of it could be seen. Only the page in front hears it.
    Drawn(Drawn),
    /// Something was learned about the account. Every page hears it.
    Facts,
    /// Time has passed. Every page hears it.
    Tick,
    /// The terminal is about to be given away: nothing secret may be seen on it. Every page hears it.
    Cover,
    /// Its own request was answered.
    Reply(Ticket, Reply),
    /// The page over it has gone, and left what was wanted there.
    Returned(Option<ChosenAction>),
    /// What came of its own request, in a sentence.
    ProofAnswer(String),
    /// The ways to sign in are other ones than before.
    Ways {
        /// The best of them is to be picked, whatever was picked before.
        anew: bool,
    },
}

/// Where a page leads. It is said each time: a page that says nothing does not exist.
#[derive(Debug)]
pub enum Next {
    /// It stays.
    Stay(Page),
    /// It stays, and what the key means is not its business: the wizard does what the key does everywhere.
    Pass(Page),
    /// That page comes in its place.
    Go(Page),
    /// That page comes in its place, and the one beneath keeps what was wanted.
    GoKeeping(Page, ChosenAction),
    /// That page comes over it, in the same place.
    Over(Page, Page),
    /// Back to the page beneath.
    Back,
    /// Back to the page beneath, with what was wanted: nothing that was filled in is lost.
    BackWith(ChosenAction),
    /// The next place is shown, or the one before; it stays, or is gone if it is not given back.
    Turn(Option<Page>, isize),
    /// That page stays or comes in its place, and that place is shown.
    Show(Page, Place),
    /// It is gone, and that place is shown.
    Away(Place),
    /// That page stays or comes in its place, and somebody signs in, again or for the first time.
    SignIn(Page),
    /// It is done, and the program may end now.
    Quit,
}

/// What quitting means for a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Leaving {
    /// Nothing is lost.
    Free,
    /// Something was begun and not sent: it is forgotten.
    HalfWay,
    /// A call is on its way, whose end is waited for.
    Waits,
    /// Something is lost that cannot be had again; what, in sentences.
    Loses(Vec<String>),
}

/// What the list on the left says of a step because of the page that is open there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// A call is on its way.
    Busy,
    /// AWS is looked at again and again.
    Watching,
    /// Put off.
    Later,
}

/// What is left of a page on a screen that is too small for anything else.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Small {
    /// All that it says, from its first line in view.
    Whole,
    /// That sentence.
    Sentence(&'static str),
}

/// Whether the practice account's clock can be moved while a page is in front.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Leap {
    /// No: text is typed, or a decision waits.
    Never,
    /// Yes, and the page goes on at its own pace.
    Moves,
    /// Yes, and everything here is read again, as it is by then.
    MovesAndReads,
}
