//! Reads the facts for a form or a plan: before the review, and again after the confirmation. A plan is sent only if it
//! is still valid.

mod content;

use super::super::keys::Binding;
use super::super::keys::Intent;
use super::super::keys::common::{esc, help, quiet};
use super::calls::Calls;
use super::fill_in::FillIn;
use super::review::Review;
use super::{Content, Input, Leaving, Next, PageBehaviour, World};
use crate::account::{Question, Timestamp};
use crate::steps::{Opening, Plan};
use crate::wizard::chosen_action::{ChosenAction, PlanSource};
use crate::wizard::event::Reply;
use crate::wizard::requests::Wait;

/// The page that waits for facts.
#[derive(Debug, PartialEq)]
pub struct Prepare {
    /// The source of the plan. Going back returns there.
    pub(in crate::wizard) source: PlanSource,
    /// The answers that the page waits for.
    pub(in crate::wizard) wait: Wait,
    pub(in crate::wizard) goal: Goal,
}

/// What happens after the reads.
#[derive(Debug, PartialEq)]
pub enum Goal {
    /// Show the form.
    Form,
    /// Plan and show the review.
    Review,
    /// Plan again, and send the calls if the plan equals the confirmed one.
    Send(Confirmed),
}

#[derive(Debug, PartialEq)]
pub struct Confirmed {
    pub(in crate::wizard) plan: Plan,
    /// The moment to which ages in the plan count.
    pub(in crate::wizard) as_of: Timestamp,
}

impl Prepare {
    /// Reads the facts that a form starts from.
    pub(super) fn for_form(chosen: ChosenAction, unread: Vec<Question>, world: &mut World) -> Self {
        let wait = world.wait_for(unread);
        Self { source: PlanSource::Action(chosen), wait, goal: Goal::Form }
    }

    /// Reads the facts for a plan, then shows its review.
    pub(super) fn for_review(source: PlanSource, world: &mut World) -> Self {
        Self::reading(source, Goal::Review, world)
    }

    /// Reads the facts again for a confirmed plan.
    pub(super) fn to_send(source: PlanSource, confirmed: Confirmed, world: &mut World) -> Self {
        Self::reading(source, Goal::Send(confirmed), world)
    }

    fn reading(source: PlanSource, goal: Goal, world: &mut World) -> Self {
        let mut questions = source.questions(world);
        // AWS returns the same credential report for four hours, so reading it again tells nothing new.
        questions.retain(|question| goal == Goal::Review || *question != Question::CredentialReport);
        questions.sort();
        questions.dedup();
        let wait = world.wait_for(questions);
        Self { source, wait, goal }
    }

    /// Goes on, after everything has been read.
    fn go_on(self, world: &mut World) -> Next {
        let Self { source, goal, .. } = self;
        let source = match source {
            PlanSource::Action(chosen) => match finished(chosen, &goal, world) {
                Ok(chosen) => PlanSource::Action(chosen),
                Err(next) => return *next,
            },
            source @ PlanSource::Enrol(_) => source,
        };
        match goal {
            Goal::Form => source.back(),
            Goal::Review => match source.plan(world, world.now()) {
                Ok(plan) => Review::of(plan, source, world),
                Err(words) => {
                    world.say(words);
                    source.back()
                }
            },
            Goal::Send(confirmed) => send(source, confirmed, world),
        }
    }
}

/// Returns the action if it can be planned. Otherwise it goes back to the form, or opens it.
fn finished(mut chosen: ChosenAction, goal: &Goal, world: &mut World) -> Result<ChosenAction, Box<Next>> {
    let item = chosen.row(world).unwrap_or(chosen.item);
    let opening = chosen.step.definition().open(chosen.action, item, world.facts());
    match (chosen.form.take(), opening) {
        (Some(form), _) if *goal == Goal::Form => Err(Box::new(Next::Go(FillIn::with(chosen, form, world).into()))),
        (Some(form), _) if !chosen.step.definition().problems(&form, world.facts()).is_empty() => {
            let next = FillIn { chosen, form }.submit(world);
            if matches!(goal, Goal::Send(_)) {
                world.say_first("Nothing was sent: the account changed after you read the review.");
            }
            Err(Box::new(next))
        }
        (Some(form), _) => Ok(ChosenAction { form: Some(form), ..chosen }),
        (None, Opening::Form(form)) => Err(Box::new(Next::Go(FillIn::with(chosen, form, world).into()))),
        (None, _) => Ok(chosen),
    }
}

/// Sends the confirmed plan if it is still the same. Otherwise it shows the new plan, or says why there is none.
fn send(source: PlanSource, confirmed: Confirmed, world: &mut World) -> Next {
    match source.plan(world, confirmed.as_of) {
        Ok(plan) if plan == confirmed.plan => {
            if world.is_occupied_and_says_so() {
                return Review::of(confirmed.plan, source, world);
            }
            let waiting = confirmed.plan.calls.into_iter().rev().map(|call| call.change).collect();
            Calls::begin(confirmed.plan.title, waiting, source, world)
        }
        Ok(plan) => {
            let moved = (plan.differences(&confirmed.plan), confirmed.as_of);
            let plan = source.plan(world, world.now()).unwrap_or(plan);
            Review::again(plan, moved, source, world)
        }
        Err(words) => {
            world.say(format!("Nothing was sent. {words}"));
            source.back()
        }
    }
}

impl PageBehaviour for Prepare {
    fn content<'p>(&'p self, world: &'p World) -> Content<'p> {
        content::of(world, self)
    }

    fn keys(&self, _: &World) -> Vec<Binding> {
        vec![esc("back"), quiet(help())]
    }

    fn on(mut self, input: Input, world: &mut World) -> Next {
        match input {
            Input::Do(Intent::Back) => return self.source.back(),
            Input::Facts => {
                self.wait = self.wait.with(self.source.further_questions(world));
                if world.has_come(&self.wait) {
                    return self.go_on(world);
                }
            }
            Input::Reply(_, Reply::Password(password)) => {
                if let PlanSource::Action(ChosenAction { form: Some(form), .. }) = &mut self.source {
                    form.keep_made(password);
                }
            }
            _ => return self.unhandled(),
        }
        self.stay()
    }

    fn leaving(&self, _: &World) -> Leaving {
        Leaving::HalfWay
    }
}
