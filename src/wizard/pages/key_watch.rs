//! Watches a deactivated key for programs that still try to use it.

mod content;

use super::super::keys::common::{enter, esc, general, one, quiet, scrolling};
use super::super::keys::{Binding, Intent, Key};
use super::examine::{Examine, wish_for};
use super::prepare::Prepare;
use super::record::onward;
use super::{Content, Input, Leaving, Next, PageBehaviour, World};
use crate::account::{Question, Subject, Timestamp, Traced, TrailQuery};
use crate::steps::root_keys::watched_regions;
use crate::steps::{ActionId, StepId};
use crate::wizard::chosen_action::{ChosenAction, PlanSource};
use crate::wizard::content::beside;
use crate::wizard::input::Status;
use crate::wizard::watch::{Pace, Watch};

/// The page that watches a deactivated key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyWatch {
    /// Key id.
    pub key: String,
    /// The step that the key belongs to.
    pub(in crate::wizard) step: StepId,
    /// The watch, which began when the key was deactivated.
    pub watch: Watch,
}

impl KeyWatch {
    /// Starts to watch a key that was deactivated at `since`.
    pub(super) fn start(key: String, step: StepId, since: Timestamp, world: &mut World) -> Self {
        world.forget_attempts_with(&key);
        let mut page = Self { key, step, watch: Watch { since, ..Watch::at(world.now()) } };
        page.look(world);
        page
    }

    /// Owner of the key. The journal has it for waiting keys.
    fn owner(&self, world: &World) -> Subject {
        let remembered = world.facts().waits.get(&self.key).map(|wait| wait.owner.clone());
        remembered.unwrap_or_else(|| world.facts().owner_of_key(&self.key))
    }

    /// Reads the key's state, if it is time.
    fn look(&mut self, world: &mut World) {
        if !self.watch.is_due(world) {
            return;
        }
        self.watch.ask(Pace::Patient, world.now());
        world.read([Question::keys_of(&self.owner(world))]);
        for region in watched_regions(world.facts(), &self.key) {
            if world.may_ask(&region) {
                world.ask_trail(TrailQuery {
                    of: Traced::Key(self.key.clone()),
                    region,
                    since: Some(self.watch.since),
                    after: None,
                });
            }
        }
    }
}

impl PageBehaviour for KeyWatch {
    fn content<'p>(&'p self, world: &'p World) -> Content<'p> {
        content::of(world, self)
    }

    fn keys(&self, _: &World) -> Vec<Binding> {
        let mut bindings = vec![
            enter("go on"),
            one(Key::Char('a'), "a", "activate again", Intent::Activate),
            one(Key::Char('u'), "u", "who uses it", Intent::Examine),
            esc("stop watching"),
            one(Key::Char('w'), "w", "why", Intent::Guide),
            quiet(scrolling()),
        ];
        bindings.extend(general());
        bindings
    }

    fn on(mut self, input: Input, world: &mut World) -> Next {
        match input {
            Input::Do(Intent::Choose) => match self.step.definition().next_item(world.facts(), world.now()) {
                Some(item) => Next::BackWith(ChosenAction {
                    item,
                    subject: None,
                    ..wish_for(ActionId::Watch, self.key, self.step, world)
                }),
                None => {
                    let by = onward(self.step, world);
                    Next::Turn(Some(self.into()), by)
                }
            },
            Input::Do(Intent::Back) => Next::BackWith(wish_for(ActionId::Watch, self.key, self.step, world)),
            Input::Do(Intent::Examine) => Next::Go(Examine::of(Traced::Key(self.key), self.step, world).into()),
            Input::Do(Intent::Activate) => {
                let chosen = wish_for(ActionId::Activate, self.key, self.step, world);
                Next::Go(Prepare::for_review(PlanSource::Action(chosen), world).into())
            }
            Input::Tick => {
                self.look(world);
                self.stay()
            }
            _ => self.unhandled(),
        }
    }

    fn leaving(&self, _: &World) -> Leaving {
        Leaving::Free
    }

    fn third_pane<'p>(&'p self, _: &'p World) -> Option<Content<'p>> {
        Some(beside::why(self.step))
    }

    fn wakes_at(&self, world: &World, _: bool) -> Option<Timestamp> {
        self.watch.wakes_at(world)
    }

    fn status(&self) -> Option<Status> {
        Some(Status::Watching)
    }
}
