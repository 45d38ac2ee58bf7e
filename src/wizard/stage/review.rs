//! What the person wants, and the plan made from it.

use super::super::reads::Awaited;
use super::{Enrolment, Kept};
use crate::account::Timestamp;
use crate::steps::{ActionId, Consent, Form, Plan};
use crate::wizard::Coverage;

/// What the person wants, as far as it has been said.
#[derive(Debug, Clone, PartialEq)]
pub struct Draft {
    /// The action.
    pub action: ActionId,
    /// The row of the page's table that it is about.
    pub item: usize,
    /// What stood first in that row. By the time of the plan the table may have changed, and another row be in its place.
    pub subject: Option<String>,
    /// What was filled in, if the action has a form.
    pub form: Option<Form>,
}

/// What a plan rests on is being read: before its review, and again when it was confirmed.
#[derive(Debug, PartialEq)]
pub struct Preparation {
    /// What the plan is made from; going back returns there.
    pub origin: Origin,
    /// The answers that the plan waits for.
    pub wait: Awaited,
    /// The plan that the person has confirmed. It is sent only if the answers lead to the very same one again.
    pub confirmed: Option<Confirmed>,
}

/// A plan that the person has confirmed.
#[derive(Debug, PartialEq)]
pub struct Confirmed {
    /// The plan.
    pub plan: Plan,
    /// The moment up to which the ages in it are counted.
    pub as_of: Timestamp,
}

/// A plan before the person.
#[derive(Debug, PartialEq)]
pub struct Review {
    /// What is shown, and what will be sent.
    pub plan: Plan,
    /// The moment up to which the ages in the plan are counted.
    pub as_of: Timestamp,
    /// What is different from the plan that was confirmed before, because somebody changed the account meanwhile.
    pub moved: Vec<String>,
    /// Where the focus is.
    pub focus: ReviewFocus,
    /// What was typed, where typing is asked for.
    pub typed: String,
    /// Lines scrolled.
    pub scroll: u16,
    /// How much of it was on the screen.
    pub seen: Coverage,
    /// Since when it stands there.
    pub since: Timestamp,
    /// What it was made from; going back returns there.
    pub origin: Origin,
}

impl Review {
    /// It takes something away, which is what [`Consent`] tells, and part of it was never on the screen.
    #[must_use]
    pub fn hides_a_loss(&self) -> bool {
        self.plan.consent != Consent::Plain && !self.seen.is_whole()
    }
}

/// What can have the focus in a review.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ReviewFocus {
    /// The button that goes back.
    Back,
    /// The button that goes ahead, or the line that is to be typed.
    Ahead,
}

/// Where a plan came from, so that nothing is lost when it is refused.
#[derive(Debug, PartialEq)]
pub enum Origin {
    /// The page or its form.
    Draft(Draft),
    /// The page with the QR code.
    Enrolment(Box<Enrolment>),
}

impl Origin {
    /// For whom something came back before, and who is still to be shown it.
    #[must_use]
    pub fn rest(&self) -> &[Kept] {
        match self {
            Self::Draft(_) => &[],
            Self::Enrolment(enrolment) => &enrolment.rest,
        }
    }

    /// The same, taken out.
    #[must_use]
    pub fn take_rest(&mut self) -> Vec<Kept> {
        match self {
            Self::Draft(_) => Vec::new(),
            Self::Enrolment(enrolment) => std::mem::take(&mut enrolment.rest),
        }
    }
}
