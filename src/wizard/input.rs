//! The types between machine and page: what a page receives, returns and declares.

use super::chosen_action::ChosenAction;
use super::event::{Reply, Ticket};
use super::keys::Intent;
use super::pages::Page;
use super::{Drawn, Place};

/// An input to a page.
#[derive(Debug)]
pub enum Input {
    /// A key of the page. Only the front page gets it.
    Do(Intent),
    /// A character that is no key of the page. Only the front page gets it.
    Text(char),
    /// The page was drawn; how much of it could be seen. Only the front page gets it.
    Drawn(Drawn),
    /// New facts about the account. Every page gets it.
    Facts,
    /// Time has passed. Every page gets it.
    Tick,
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

/// What happens to a page after an input. A page that is not returned is dropped.
#[derive(Debug)]
pub enum Next {
    /// The page stays.
    Stay(Page),
    /// The page stays, and the wizard handles the key as on every page.
    Pass(Page),
    /// That page replaces it.
    Go(Page),
    /// That page replaces it, and the page beneath keeps the chosen action.
    GoKeeping(Page, ChosenAction),
    /// That page opens over it, in the same place.
    Over(Page, Page),
    /// Back to the page beneath.
    Back,
    /// Back to the page beneath, with the chosen action: what was filled in is kept.
    BackWith(ChosenAction),
    /// Show the next place, or the one before. The page stays if it is returned here.
    Turn(Option<Page>, isize),
    /// Keep or replace the page by that one, and show that place.
    Show(Page, Place),
    /// Close the page, and show that place.
    Away(Place),
    /// Keep or replace the page by that one, and open the sign-in page.
    SignIn(Page),
    /// The page is done, and the program may end.
    Quit,
}

/// What quitting means for a page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Leaving {
    /// Nothing is lost.
    Free,
    /// Something was begun and not sent: it is lost.
    HalfWay,
    /// A call is pending, and lockroot waits for its answer.
    Waits,
    /// Something is lost for good; these sentences say what.
    Loses(Vec<String>),
}

/// What the checklist shows for a step while this page is open.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Status {
    /// A call is pending.
    Busy,
    /// The page asks AWS again and again.
    Watching,
    /// The step is skipped.
    Later,
}

/// What a page shows on a screen that is too small for the whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum SmallScreen {
    /// Its content, from the first line in view.
    Whole,
    /// This sentence alone.
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
