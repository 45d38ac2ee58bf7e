//! The chosen action with its form, and the plan made from it. It moves from page to page and is never copied,
//! because it may hold a password.

use super::input::Next;
use super::pages::{Enrol, FillIn};
use super::secrets::UserSecrets;
use super::world::World;
use crate::account::{Question, Timestamp};
use crate::steps::{ActionId, Form, Plan, StepId};

/// What the person wants of a step.
#[derive(Debug, PartialEq)]
pub struct ChosenAction {
    /// The step.
    pub step: StepId,
    /// The action.
    pub action: ActionId,
    /// The row of the page's table that it is about.
    pub item: usize,
    /// What the thing in that row is called. By the time of the plan the table may have changed, and another row be in its place.
    pub subject: Option<String>,
    /// What was filled in, if the action has a form.
    pub form: Option<Form>,
}

impl ChosenAction {
    /// Whether it is about the row that was picked; a form is mostly about none.
    fn is_of_row(&self) -> bool {
        self.form.is_none() || self.is_of_one()
    }

    /// Whether even its form is about the picked row alone.
    fn is_of_one(&self) -> bool {
        matches!(
            self.action,
            ActionId::ResetPassword | ActionId::ResyncMfa | ActionId::TurnOn | ActionId::ReducePermissions
        )
    }

    /// Whether what was filled in for it may be gone on with for `other`: a password that was typed for one user is not
    /// another's.
    pub(super) fn serves(&self, other: &Self) -> bool {
        self.action == other.action && (!self.is_of_one() || self.subject == other.subject)
    }

    /// Where in the table, as it is now, the row is that was picked.
    pub(super) fn row(&self, world: &World) -> Result<usize, String> {
        let (true, Some(subject)) = (self.is_of_row(), &self.subject) else { return Ok(self.item) };
        let table = self.step.definition().page(world.facts(), 0, world.now()).table;
        table.row_of(subject).ok_or_else(|| format!("{subject} no longer exists. Read again (r) and choose another."))
    }

    pub(super) fn plan_questions(&self, world: &World) -> Vec<Question> {
        let item = self.row(world).unwrap_or(self.item);
        self.step.definition().plan_questions(self.action, item, self.form.as_ref(), world.facts())
    }

    fn plan(&self, world: &World, as_of: Timestamp) -> Result<Plan, String> {
        let item = self.row(world)?;
        let page = self.step.definition().page(world.facts(), item, as_of);
        let chosen = page.actions.into_iter().find(|action| action.id == self.action);
        if let Some(blocked) = chosen.and_then(|action| action.blocked) {
            return Err(blocked);
        }
        self.step.definition().plan(self.action, item, self.form.as_ref(), world.facts(), as_of)
    }
}

/// What a plan is made from, so that nothing is lost when it is not carried out.
#[derive(Debug, PartialEq)]
pub enum PlanSource {
    /// A step's page or its form.
    Action(ChosenAction),
    /// The page with the QR code, which is to be left.
    Enrol(Box<Enrol>),
}

impl PlanSource {
    /// Whose plan it is.
    #[must_use]
    pub fn step(&self) -> StepId {
        match self {
            Self::Action(chosen) => chosen.step,
            Self::Enrol(enrol) => enrol.step,
        }
    }

    /// What the plan rests on.
    pub(super) fn questions(&self, world: &World) -> Vec<Question> {
        let mut questions = self.step().questions(world.facts());
        if let Self::Action(chosen) = self {
            questions.extend(chosen.plan_questions(world));
        }
        questions
    }

    /// What the plan turned out to rest on besides, by the answers that have come: how a user signs in whom somebody has just
    /// made, for instance. AWS itself keeps the credential report for four hours: asked again, it tells nothing new.
    pub(super) fn further_questions(&self, world: &World) -> Vec<Question> {
        match self {
            Self::Action(chosen) => {
                let mut questions = chosen.plan_questions(world);
                questions.retain(|question| *question != Question::CredentialReport);
                questions
            }
            Self::Enrol(_) => Vec::new(),
        }
    }

    /// The plan that the facts lead to now, unless something forbids it. Ages in it are counted to `as_of`.
    pub(super) fn plan(&self, world: &World, as_of: Timestamp) -> Result<Plan, String> {
        match self {
            Self::Action(chosen) => chosen.plan(world, as_of),
            Self::Enrol(enrol) => enrol.plan_to_leave(world.facts()),
        }
    }

    /// Back to where it came from, with everything that was filled in.
    pub(super) fn back(self) -> Next {
        match self {
            Self::Action(ChosenAction { form: Some(form), step, action, item, subject }) => {
                Next::Go(FillIn { chosen: ChosenAction { step, action, item, subject, form: None }, form }.into())
            }
            Self::Action(chosen) => Next::BackWith(chosen),
            Self::Enrol(enrol) => Next::Go((*enrol).into()),
        }
    }

    /// For whom something came back before, and who is still to be shown it.
    #[must_use]
    pub fn rest(&self) -> &[UserSecrets] {
        match self {
            Self::Action(_) => &[],
            Self::Enrol(enrol) => &enrol.rest,
        }
    }

    /// The same, taken out.
    pub(super) fn take_rest(&mut self) -> Vec<UserSecrets> {
        match self {
            Self::Action(_) => Vec::new(),
            Self::Enrol(enrol) => std::mem::take(&mut enrol.rest),
        }
    }
}
