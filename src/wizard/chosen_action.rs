//! The chosen action with its form, and the plan made from it. It moves from page to page and is never copied, because
//! it may hold a password.

use super::input::Next;
use super::pages::{Enrol, FillIn};
use super::secrets::UserSecrets;
use super::world::World;
use crate::account::{Question, Timestamp};
use crate::steps::{ActionId, Form, Plan, StepId};

/// The action that the person chose on a step's page.
#[derive(Debug, PartialEq)]
pub struct ChosenAction {
    pub step: StepId,
    pub action: ActionId,
    /// Index of the selected row in the step's table.
    pub item: usize,
    /// Name of the item in that row. When the plan is made, the table may have changed.
    pub subject: Option<String>,
    /// The completed form, if the action has one.
    pub form: Option<Form>,
}

impl ChosenAction {
    /// Whether the action is about the selected row. Most forms are about no row.
    fn is_of_row(&self) -> bool {
        self.form.is_none() || self.is_of_one()
    }

    /// Whether the action is about the selected row even though it has a form.
    fn is_of_one(&self) -> bool {
        matches!(
            self.action,
            ActionId::ResetPassword | ActionId::ResyncMfa | ActionId::TurnOn | ActionId::ReducePermissions
        )
    }

    /// Whether a form completed for this action may be reused for `other`. A password typed for one user must not be
    /// used for another.
    pub(super) fn serves(&self, other: &Self) -> bool {
        self.action == other.action && (!self.is_of_one() || self.subject == other.subject)
    }

    /// Finds the selected row by its name in the current table.
    pub(super) fn row(&self, world: &World) -> Result<usize, String> {
        let (true, Some(subject)) = (self.is_of_row(), &self.subject) else { return Ok(self.item) };
        let table = self.step.definition().view(world.facts(), 0, world.now()).table;
        table.row_of(subject).ok_or_else(|| format!("{subject} no longer exists. Read again (r) and choose another."))
    }

    pub(super) fn plan_questions(&self, world: &World) -> Vec<Question> {
        let item = self.row(world).unwrap_or(self.item);
        self.step.definition().plan_questions(self.action, item, self.form.as_ref(), world.facts())
    }

    fn plan(&self, world: &World, as_of: Timestamp) -> Result<Plan, String> {
        let item = self.row(world)?;
        let page = self.step.definition().view(world.facts(), item, as_of);
        let chosen = page.actions.into_iter().find(|action| action.id == self.action);
        if let Some(blocked) = chosen.and_then(|action| action.blocked) {
            return Err(blocked);
        }
        self.step.definition().plan(self.action, item, self.form.as_ref(), world.facts(), as_of)
    }
}

/// The source of a plan. It returns to its page if the plan is not carried out.
#[derive(Debug, PartialEq)]
pub enum PlanSource {
    /// The action chosen on a step's page, with its form.
    Action(ChosenAction),
    /// The page with the QR code, when the person leaves it: the plan deletes the device.
    Enrol(Box<Enrol>),
}

impl PlanSource {
    /// The step that the plan belongs to.
    #[must_use]
    pub fn step(&self) -> StepId {
        match self {
            Self::Action(chosen) => chosen.step,
            Self::Enrol(enrol) => enrol.step,
        }
    }

    /// Everything that must be read before planning.
    pub(super) fn questions(&self, world: &World) -> Vec<Question> {
        let mut questions = self.step().questions(world.facts());
        if let Self::Action(chosen) = self {
            questions.extend(chosen.plan_questions(world));
        }
        questions
    }

    /// Questions that only the answers so far reveal, such as how a user signs in who has just been created. Never the
    /// credential report: AWS returns the same one for four hours.
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

    /// Makes the plan from the current facts, or says why there is none. Ages in it count up to `as_of`.
    pub(super) fn plan(&self, world: &World, as_of: Timestamp) -> Result<Plan, String> {
        match self {
            Self::Action(chosen) => chosen.plan(world, as_of),
            Self::Enrol(enrol) => enrol.plan_to_leave(world.facts()),
        }
    }

    /// Returns to the page it came from, with everything the person typed.
    pub(super) fn back(self) -> Next {
        match self {
            Self::Action(ChosenAction { form: Some(form), step, action, item, subject }) => {
                Next::Go(FillIn { chosen: ChosenAction { step, action, item, subject, form: None }, form }.into())
            }
            Self::Action(chosen) => Next::BackWith(chosen),
            Self::Enrol(enrol) => Next::Go((*enrol).into()),
        }
    }

    /// Users whose new secrets are still to be shown.
    #[must_use]
    pub fn rest(&self) -> &[UserSecrets] {
        match self {
            Self::Action(_) => &[],
            Self::Enrol(enrol) => &enrol.rest,
        }
    }

    /// Takes the users out whose new secrets are still to be shown.
    pub(super) fn take_rest(&mut self) -> Vec<UserSecrets> {
        match self {
            Self::Action(_) => Vec::new(),
            Self::Enrol(enrol) => std::mem::take(&mut enrol.rest),
        }
    }
}
