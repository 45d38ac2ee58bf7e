//! The types between machine and page: what a page receives, returns and declares.

use super::chosen_action::ChosenAction;
use super::event::{Reply, Ticket};
use super::keys::Intent;
use super::pages::Page;
use super::{Drawn, Place};

/// An input to a page.
#[derive(Debug)]
pub enum Input {
    /// A key that the page has bound. Only the front page gets it.
    Do(Intent),
    /// A character that the page has not bound. Only the front page gets it.
    Text(char),
    /// The page was drawn, with what was visible. Only the front page gets it.
    Drawn(Drawn),
    /// New facts about the account. Every page gets it.
    Facts,
    /// Time has passed. Every page gets it.
    Tick,
    /// The same, for the page in front alone: after every page was told.
    TickInFront,
    /// Another program gets the terminal now: hide all secrets. Every page gets it.
    Cover,
    /// The answer to the page's own request.
    Reply(Ticket, Reply),
    /// The page above was closed and hands back the chosen action.
    Returned(Option<ChosenAction>),
    /// The result of the page's own request, in a sentence.
    ProofAnswer(String),
    /// The list of ways to sign in has changed.
    SignInMethods {
        /// Whether to select the best way, whatever was selected before.
        reselect: bool,
    },
}

/// The page's reaction to an input. A page that is not returned is dropped.
#[derive(Debug)]
pub enum Next {
    /// Keep the page.
    Stay(Page),
    /// Keep the page. The wizard handles the key as on every page.
    Unhandled(Page),
    /// Replace the page.
    Go(Page),
    /// Replace the page, and give the chosen action to the page beneath.
    GoKeeping(Page, ChosenAction),
    /// Keep the first page, and open the second over it, in the same place.
    Over(Page, Page),
    /// Close the page.
    Back,
    /// Close the page, and give the chosen action back, so that the form keeps its values.
    BackWith(ChosenAction),
    /// Show the next or previous place. The page stays if it is returned here.
    Turn(Option<Page>, isize),
    /// Keep or replace the page, and show a place.
    Show(Page, Place),
    /// Close the page, and show a place.
    Away(Place),
    /// Keep or replace the page, and open the sign-in page.
    SignIn(Page),
    /// Close the page, and let the program end.
    Quit,
}

/// What quitting means for a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Leaving {
    /// Nothing is lost.
    Free,
    /// Unsent work is lost.
    HalfWay,
    /// A call is pending, and lockroot waits for its answer.
    Waits,
    /// Something is lost for good. The sentences name it.
    Loses(Vec<String>),
}

/// A page's mark on its step in the checklist.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// A call is pending.
    Busy,
    /// The page reads AWS repeatedly.
    Watching,
    /// The step is skipped.
    Later,
}

/// What a page shows on a small screen.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SmallScreen {
    /// Its content, from the first visible line.
    Whole,
    Sentence(&'static str),
}

/// Whether the practice account's clock can be moved on a page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ClockMoves {
    /// No: text is typed, or a decision waits.
    Never,
    /// Yes, and the page goes on at its own pace.
    Moves,
    /// Yes, and the page reads everything again.
    MovesAndReads,
}
