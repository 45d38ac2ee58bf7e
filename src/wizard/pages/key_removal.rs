//! After root's key deleted itself: the session has ended, and the administrator confirms that the key is deleted.

pub(super) mod content;

use super::super::keys::common::{enter, general, quiet, scrolling, turning};
use super::super::keys::{Binding, Intent};
use super::record::Record;
use super::{Changeover, Content, Input, Leaving, Next, Page, PageBehaviour, World};
use crate::account::{Question, Timestamp};
use crate::journal::Note;
use crate::wizard::world::Removal;

/// Number of reads before lockroot says that AWS still shows the key.
const MAX_READS: u32 = 6;

/// The page that waits for the confirmation. [`World`] knows the deleted key.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct KeyRemoval {
    /// Number of reads that still showed a key.
    tries: u32,
    /// Next read.
    next: Option<Timestamp>,
}

impl KeyRemoval {
    pub(super) fn new() -> Self {
        Self::default()
    }

    /// Everything has been read as the new principal. Checks that the key is gone.
    fn look(mut self, world: &mut World) -> Next {
        let (Some(caller), Some(removal), true) = (world.caller(), world.removal().cloned(), world.can_ask()) else {
            return self.stay();
        };
        let summary = &world.facts().summary;
        let read = summary.at().filter(|at| *at >= removal.since);
        let count = read.and_then(|_| summary.known()?.root_keys());
        if count == Some(0) {
            let line =
                format!("Root key …{} is deleted, confirmed by {}", removal.last_four(), caller.principal.words());
            world.note(Note::Settled { key: removal.key.clone() });
            world.end_removal();
            let record = Record::shown(removal.step, line);
            world.note_done(&record.lines);
            return Next::Go(record.into());
        }
        // IAM is eventually consistent: it may show the key for a while.
        if count.is_some() && self.next.is_none_or(|at| at <= world.now()) {
            self.next = (self.tries < MAX_READS).then(|| world.now() + time::Duration::seconds(1 << self.tries.min(3)));
            self.tries += 1;
        }
        self.stay()
    }
}

/// The farewell for a deletion that nobody has confirmed.
pub(in crate::wizard) fn unseen(account: &str, removal: &Removal) -> String {
    let last_four = removal.last_four();
    format!(
        "Root key …{last_four} of account {account}: its deletion is not confirmed yet. Sign in as the administrator and run `lockroot check`."
    )
}

impl PageBehaviour for KeyRemoval {
    fn content<'p>(&'p self, world: &'p World) -> Content<'p> {
        content::of(world, self)
    }

    fn keys(&self, _: &World) -> Vec<Binding> {
        [vec![enter("go on"), turning(), quiet(scrolling())], general()].concat()
    }

    fn on(self, input: Input, world: &mut World) -> Next {
        match input {
            Input::Do(Intent::Choose) if world.can_ask() => {
                let questions = world.removal().map(|removal| removal.step.questions(world.facts()));
                world.read(questions.unwrap_or_default());
                self.stay()
            }
            Input::Do(Intent::Choose) => Next::SignIn(self.into()),
            Input::Facts if world.removal().is_none_or(|removal| !world.is_reading_for(removal.step)) => {
                self.look(world)
            }
            Input::Tick => {
                let is_time = self.next.is_some_and(|at| at <= world.now());
                if is_time && world.can_ask() && !world.is_reading(&Question::Summary) {
                    world.read([Question::Summary]);
                }
                self.stay()
            }
            _ => self.unhandled(),
        }
    }

    fn leaving(&self, _: &World) -> Leaving {
        Leaving::Free
    }

    fn wakes_at(&self, world: &World, _: bool) -> Option<Timestamp> {
        self.next.filter(|_| world.can_ask())
    }

    /// Another principal of the same account can confirm the deletion, so the page stays.
    fn survives(self, change: &Changeover<'_>, world: &mut World) -> Option<Page> {
        if change.same_account {
            return Some(self.into());
        }
        let lines: Vec<String> =
            world.removal().map(|removal| unseen(&change.before.account, removal)).into_iter().collect();
        world.tell_at_end(lines);
        world.end_removal();
        None
    }
}
