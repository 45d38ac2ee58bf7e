//! A step's page: why, the current state, the actions. It is the bottom of the step's stack.

mod content;

use super::super::keys::common::{
    accepting, columns, enter, esc, evidence, general, incident, one, quiet, rows, scrolling, turning,
};
use super::super::keys::{Binding, Intent, Key};
use super::by_hand::ByHand;
use super::code::Code;
use super::console::Console;
use super::examine::Examine;
use super::fill_in::FillIn;
use super::hand_over::HandOver;
use super::key_watch::KeyWatch;
use super::prepare::Prepare;
use super::skip::Skip;
use super::text_page::TextPage;
use super::{Accept, Changeover, ClockMoves, Content, Input, Leaving, Next, Page, PageBehaviour, World};
use crate::account::Timestamp;
use crate::checks::{Control, Verdict};
use crate::steps::{ActionId, Opening, StepId};
use crate::wizard::Place;
use crate::wizard::chosen_action::{ChosenAction, PlanSource};
use crate::wizard::content::beside;
use crate::wizard::watch::{Pace, Watch};

#[derive(Debug, PartialEq)]
pub struct Home {
    step: StepId,
    /// Index of the selected row.
    pub item: usize,
    /// Index of the action in focus.
    action: usize,
    /// Name of the row that the person selected. Rows come and go, so the selection follows the name.
    subject: Option<String>,
    /// The action that the person moved to, for the same reason.
    chosen: Option<ActionId>,
    /// A form that the person left, so that nothing typed is lost.
    draft: Option<ChosenAction>,
    /// The watch on what other people change. It starts when the page is first drawn.
    watch: Option<Watch>,
}

impl Home {
    #[must_use]
    pub fn new(step: StepId) -> Self {
        Self { step, item: 0, action: 0, subject: None, chosen: None, draft: None, watch: None }
    }

    /// The page with a selected row and an action in focus.
    #[must_use]
    pub fn at(step: StepId, item: usize, action: usize) -> Self {
        Self { item, action, ..Self::new(step) }
    }

    /// Whether a form was left half completed.
    #[must_use]
    pub fn has_draft(&self) -> bool {
        self.draft.is_some()
    }

    fn choose(mut self, world: &mut World) -> Next {
        let page = world.step_view(self.step, self.item);
        let Some(action) = page.actions.into_iter().nth(self.action) else { return self.stay() };
        if let Some(blocked) = action.blocked {
            world.say(blocked);
            return self.stay();
        }
        let subject = page.table.subject(self.item).cloned();
        let chosen = ChosenAction { step: self.step, action: action.id, item: self.item, subject, form: None };
        world.reserve_overlay();
        let opening = self.step.definition().open(chosen.action, chosen.item, world.facts());
        let page: Option<Page> = match (opening, chosen) {
            (Opening::Form(form), chosen) => {
                let kept = self.draft.take().filter(|kept| kept.serves(&chosen));
                Some(FillIn::open(kept.unwrap_or(chosen), form, world))
            }
            (Opening::Plan, chosen) => Some(Prepare::for_review(PlanSource::Action(chosen), world).into()),
            (Opening::Code(form), _) => Some(Code::ask(form).into()),
            (Opening::Console, _) => Some(Console::watch(self.step, world).into()),
            (Opening::Password, _) => Some(HandOver::of_root(self.step, world).into()),
            (Opening::ByHand(id), _) => crate::checks::control(id).map(|control| ByHand::watch(control, world).into()),
            (Opening::Evidence(of), _) => Some(Examine::of(of, self.step, world).into()),
            (Opening::Watch(key), _) => {
                let since = world.facts().waits.get(&key).map_or(world.now(), |wait| wait.since);
                Some(KeyWatch::start(key, self.step, since, world).into())
            }
            (Opening::Message(text), chosen) => Some(TextPage::message(text, chosen).into()),
            (Opening::Record(text), chosen) => Some(TextPage::message(with_done(text, world), chosen).into()),
        };
        match page {
            Some(page) => Next::Over(self.into(), page),
            None => self.stay(),
        }
    }

    /// The worst failed control of this step whose risk is not accepted.
    fn failing(&self, world: &World) -> Option<&'static Control> {
        let assessed = world.facts().assessments();
        let of_step = assessed.iter().filter(|(control, _)| control.remedy.step() == Some(self.step));
        let fails = of_step
            .filter(|(control, assessment)| assessment.verdict == Verdict::Fail && !assessed.is_accepted(control.id));
        fails.map(|(control, _)| *control).min_by_key(|control| control.severity)
    }

    /// Asks the questions about single users that the page shows.
    fn ask_live(&self, world: &mut World, is_shown: bool) {
        let questions = self.step.definition().live_questions(world.facts(), is_shown);
        world.ask_in_turn(questions);
    }

    /// Reads what other people change, if the watch is due.
    fn look(&mut self, world: &mut World) {
        let Some(watch) = self.watch.as_mut().filter(|watch| watch.is_due(world)) else { return };
        watch.ask(Pace::Patient, world.now());
        let awaited = self.step.definition().awaited(world.facts());
        world.ask_in_turn(awaited);
    }

    /// Keeps the selection on its row. If the row is gone, selects the first one.
    fn follow(&mut self, world: &World) {
        let table = world.step_view(self.step, self.item).table;
        self.item = match &self.subject {
            Some(subject) => table.row_of(subject).unwrap_or(0),
            None => self.first_item(world).unwrap_or(self.item.min(table.rows.len().saturating_sub(1))),
        };
        let actions = world.step_view(self.step, self.item).actions;
        self.action = match self.chosen {
            Some(chosen) => actions.iter().position(|action| action.id == chosen).unwrap_or(0),
            None => self.action.min(actions.len().saturating_sub(1)),
        };
    }

    /// Selects the row of `chosen` again. A form that was filled in waits for the person to go on.
    fn returned(&mut self, chosen: ChosenAction, world: &World) {
        if chosen.form.is_none() || chosen.subject.is_some() {
            (self.item, self.subject) = (chosen.item, chosen.subject.clone());
        }
        if self.subject.is_some() {
            self.follow(world);
        }
        if chosen.form.is_some() {
            self.draft = Some(chosen);
        }
    }

    fn first_item(&self, world: &World) -> Option<usize> {
        self.step.definition().first_item(world.facts())
    }

    fn pick(&mut self, item: usize, world: &World) {
        self.subject = world.step_view(self.step, item).table.subject(item).cloned();
        (self.item, self.action, self.chosen) = (item, 0, None);
    }
}

/// A record with what was changed since the program started.
pub(super) fn with_done(text: String, world: &World) -> String {
    let done: Vec<String> = world.done().iter().map(|(line, _)| format!("- {line}\n")).collect();
    if done.is_empty() { text } else { format!("{text}\nChanged with lockroot:\n{}", done.concat()) }
}

impl PageBehaviour for Home {
    fn content<'p>(&'p self, world: &'p World) -> Content<'p> {
        content::of(world, self)
    }

    fn keys(&self, world: &World) -> Vec<Binding> {
        let page = world.step_view(self.step, self.item);
        let mut bindings = Vec::new();
        if page.table.rows.len() > 1 {
            bindings.push(rows("pick"));
        }
        if page.actions.len() > 1 {
            bindings.push(columns("action"));
        }
        if !page.actions.is_empty() {
            bindings.push(enter("choose"));
        }
        bindings.push(one(Key::Char('w'), "w", "why", Intent::Guide));
        bindings.extend((self.step == StepId::RootSignIn).then(incident));
        if self.step.is_listed() {
            bindings.extend([evidence(), one(Key::Char('s'), "s", "skip", Intent::Skip)]);
        } else {
            bindings.push(esc("back"));
        }
        bindings.extend(self.failing(world).map(|_| quiet(accepting())));
        bindings.push(turning());
        if page.table.rows.len() <= 1 {
            bindings.push(quiet(scrolling()));
        }
        bindings.extend(general());
        bindings
    }

    fn on(mut self, input: Input, world: &mut World) -> Next {
        let within = |now: usize, by: isize, count: usize| now.saturating_add_signed(by).min(count.saturating_sub(1));
        match input {
            Input::Do(Intent::Choose) => return self.choose(world),
            Input::Do(Intent::Move(by)) => {
                let item = within(self.item, by, world.step_view(self.step, self.item).table.rows.len());
                self.pick(item, world);
            }
            Input::Do(Intent::Shift(by)) => {
                let actions = world.step_view(self.step, self.item).actions;
                self.action = within(self.action, by, actions.len());
                self.chosen = actions.get(self.action).map(|action| action.id);
                self.subject = world.step_view(self.step, self.item).table.subject(self.item).cloned();
            }
            Input::Do(Intent::AcceptRisk) => {
                if let Some(control) = self.failing(world) {
                    world.reserve_overlay();
                    let page = Accept::of(control, world);
                    return Next::Over(self.into(), page.into());
                }
            }
            Input::Do(Intent::Back) if !self.step.is_listed() => return Next::Show(self.into(), Place::SignIn),
            Input::Do(Intent::Skip) => {
                let skip = Skip::new(self.step);
                return Next::Over(self.into(), skip.into());
            }
            Input::Facts => {
                self.follow(world);
                self.ask_live(world, false);
            }
            Input::Drawn(_) => {
                self.watch.get_or_insert_with(|| Watch::later(Pace::Patient, world.now()));
                self.ask_live(world, true);
            }
            Input::TickInFront => self.look(world),
            Input::Returned(chosen) => {
                (self.item, self.action, self.subject, self.chosen) =
                    (self.first_item(world).unwrap_or(0), 0, None, None);
                if let Some(chosen) = chosen {
                    self.returned(chosen, world);
                }
            }
            _ => return self.unhandled(),
        }
        self.stay()
    }

    fn leaving(&self, _: &World) -> Leaving {
        Leaving::Free
    }

    fn third_pane<'p>(&'p self, world: &'p World) -> Option<Content<'p>> {
        Some(beside::evidence_and_why(world, self.step))
    }

    fn clock_moves(&self) -> ClockMoves {
        ClockMoves::MovesAndReads
    }

    fn wakes_at(&self, world: &World, is_shown: bool) -> Option<Timestamp> {
        let step = self.step.definition();
        let waits = world.can_ask() && !step.awaited(world.facts()).is_empty();
        let looks = self.watch.filter(|_| waits).map(|watch| watch.next);
        looks.into_iter().chain(step.changes_at(world.facts(), world.now())).min().filter(|_| is_shown)
    }

    fn survives(self, _: &Changeover<'_>, _: &mut World) -> Option<Page> {
        Some(Self::new(self.step).into())
    }
}
