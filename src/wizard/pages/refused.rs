//! A failed call: reads the account again, then goes on or back. It never continues without the person.

mod content;

use super::super::keys::common::{enter, general, one, quiet, scrolling};
use super::super::keys::{Binding, Intent, Key};
use super::fill_in::FillIn;
use super::proof::after;
use super::record::Record;
use super::{Changeover, ClockMoves, Content, Input, Leaving, Next, Page, PageBehaviour, World};
use crate::account::change::device_name;
use crate::account::facts::AccessKey;
use crate::account::{Change, Facts, Failure, Fault, Outcome, Reading, Subject};
use crate::journal::Note;
use crate::wizard::chosen_action::{ChosenAction, PlanSource};
use crate::wizard::requests::shown_by;
use crate::wizard::secrets::{IssuedSecrets, failed, unshown, unshown_of};

/// A refused call.
#[derive(Debug, PartialEq)]
pub struct Refused {
    /// What was tried, in words.
    pub tried: String,
    /// What AWS said.
    pub failure: Failure,
    /// The change itself, if it was one: a fresh read may show that it happened all the same.
    pub(in crate::wizard) change: Option<Change>,
    /// Calls that had been taken before it.
    pub done: Vec<Change>,
    /// Calls that were not made because of it, in words.
    pub left: Vec<String>,
    /// What came back before it.
    pub(in crate::wizard) issued: IssuedSecrets,
    /// Where to return.
    pub(in crate::wizard) source: PlanSource,
}

/// Where AWS refused a call, and what it was to do is true all the same.
const BY_OTHERS: &str =
    "AWS refused this call, but the account already shows the result: somebody else made the change.";

/// A key that is younger was made by the call whose answer was lost.
const MAX_KEY_AGE: time::Duration = time::Duration::minutes(5);

impl Refused {
    /// The same, with what is true now being read.
    pub(super) fn read_what_is_true(self, world: &mut World) -> Self {
        let further = shown_by(self.done.iter().chain(&self.change));
        world.read_afresh(self.source.step(), further);
        self
    }

    /// The person goes on, once it has been read what is true now.
    fn go_on(mut self, world: &mut World) -> Next {
        if world.is_reading_for(self.source.step()) {
            world.say("Wait a moment: reading the account again.");
            return self.stay();
        }
        let has_happened = self.has_happened(world.facts());
        let happened = self.change.take_if(|_| has_happened);
        let ended_well = happened.is_some() && self.left.is_empty();
        if let Some(change) = happened {
            world.say("No answer came, but AWS shows that the call succeeded.");
            self.issued.keep(&change, Outcome::Done);
            self.done.push(change);
        } else if let Some(words) = self.words(world.facts()) {
            world.say(words);
        }
        // What is true now has been read: nothing is left to be found out at the next start.
        world.note(Note::CallEnded);
        self.note_unsure_password();
        // Nobody but an administrator could set another one, so it may not be lost.
        if let (true, Some(change @ Change::ChangePassword { .. })) = (self.failure.may_have_happened, &self.change) {
            self.issued.keep(change, Outcome::Done);
        }
        // What came back has to be shown, whatever comes after it: AWS never tells it again.
        if ended_well || !self.issued.people.is_empty() {
            return self.show_what_came_back(world);
        }
        if let PlanSource::Enrol(enrol) = &self.source
            && let Some(words) = enrol.is_over(&self.failure, world.facts())
        {
            world.say(words);
            return self.end_turn(world);
        }
        if self.keeps_on_page() {
            return self.leave_device(world);
        }
        self.back(world)
    }

    /// Whoever may make a device but not delete it could never leave the page of its QR code: AWS's own policy for users is so.
    fn keeps_on_page(&self) -> bool {
        let leaves = matches!((&self.source, &self.change), (PlanSource::Enrol(_), Some(Change::DeleteDevice { .. })));
        leaves && self.failure.fault == Fault::AccessDenied
    }

    fn leave_device(self, world: &mut World) -> Next {
        if let Some(Change::DeleteDevice { serial }) = &self.change {
            let name = device_name(serial);
            world.say(format!("The device {name} has no owner and protects nothing. An administrator can delete it."));
        }
        self.end_turn(world)
    }

    fn end_turn(self, world: &mut World) -> Next {
        if self.source.rest().is_empty() { Next::Back } else { self.show_what_came_back(world) }
    }

    fn show_what_came_back(mut self, world: &mut World) -> Next {
        self.issued.people.extend(self.source.take_rest());
        let page = after(self.source.step(), &self.done, self.issued, world);
        match self.source {
            // What was wanted is kept as a form that was left half filled in, without its secrets: some of them are spent.
            PlanSource::Action(ChosenAction { form: Some(mut form), step, action, item, subject })
                if !self.left.is_empty() =>
            {
                form.forget_secrets();
                Next::GoKeeping(page, ChosenAction { step, action, item, subject, form: Some(form) })
            }
            PlanSource::Action(_) | PlanSource::Enrol(_) => Next::Go(page),
        }
    }

    fn back(self, world: &mut World) -> Next {
        // What was made before it stays made.
        let record = Record::of(self.source.step(), &self.done, world);
        world.note_done(&record.lines);
        world.remember(&self.done);
        // It may be the user's by now, and then AWS takes it no second time.
        if matches!(
            self.change,
            Some(Change::SetPassword { .. } | Change::CreateLoginProfile { .. } | Change::ChangePassword { .. })
        ) {
            FillIn::make_anew(world);
        }
        match self.source {
            PlanSource::Enrol(mut enrol) => {
                enrol.problem = Some(format!("{} {}", self.failure.message, self.failure.advice()));
                PlanSource::Enrol(enrol).back()
            }
            source @ PlanSource::Action(_) => source.back(),
        }
    }

    /// Whether the change was made: its answer was lost, and a fresh read proves it. One that AWS refused was not
    /// made by it, whatever a read shows; and one whose answer carries a secret, or that sets a password, can't be told
    /// from somebody else's.
    #[must_use]
    pub fn has_happened(&self, facts: &Facts) -> bool {
        let is_proven = |change: &Change| change.shows_in(facts) == Some(true) && !change.declares().brings_secret();
        self.failure.may_have_happened && self.change.as_ref().is_some_and(is_proven)
    }

    /// Whether a password was set is not known: the form remembers for whom, so that the next plan sets a new one.
    fn note_unsure_password(&mut self) {
        let Some(Change::CreateLoginProfile { user, .. }) =
            self.change.as_ref().filter(|_| self.failure.may_have_happened)
        else {
            return;
        };
        if let PlanSource::Action(ChosenAction { form: Some(form), .. }) = &mut self.source {
            form.unsure_passwords.push(user.clone());
        }
    }

    /// What to say of a change that can't be counted as made, if there is anything to say.
    #[must_use]
    pub fn words(&self, facts: &Facts) -> Option<String> {
        let change = self.change.as_ref()?;
        if !self.failure.may_have_happened {
            return (change.shows_in(facts) == Some(true)).then(|| BY_OTHERS.to_owned());
        }
        let words = match change {
            Change::CreateKey { user } => return Some(lost_key(user, facts)),
            Change::CreateLoginProfile { .. } | Change::SetPassword { .. } => {
                "AWS may not have accepted this password, so it is not shown. Set a new one."
            }
            Change::ChangePassword { .. } => {
                "AWS may have set the new password, or kept the current one. Next you see the new one: keep both, and try it first."
            }
            Change::CreateDevice { .. } => {
                "AWS may have created a device, but its seed is lost. Set up MFA again: a new device replaces it."
            }
            _ => return None,
        };
        Some(words.to_owned())
    }
}

/// What became of a new key of `user` whose answer was lost: one that was made a moment ago is it.
fn lost_key(user: &str, facts: &Facts) -> String {
    let Some(Reading::Known { value: keys, at }) = facts.user_keys.get(user) else {
        return format!(
            "AWS may have created a key for {user}, but its secret is lost. Look at {user}'s keys in the console, and delete it."
        );
    };
    let is_new = |key: &&AccessKey| key.created.is_some_and(|created| *at - created < MAX_KEY_AGE);
    match keys.iter().filter(is_new).max_by_key(|key| key.created) {
        None => format!("{user} has no new key so far. If one appears later, delete it: its secret is lost."),
        Some(key) => {
            let delete = Change::DeleteKey { owner: Subject::User(user.to_owned()), key: key.id.clone() };
            format!(
                "AWS created {} for {user}, but its secret is lost. Delete it before you create another: {}",
                key.id,
                delete.cli()
            )
        }
    }
}

impl PageBehaviour for Refused {
    fn content<'p>(&'p self, world: &'p World) -> Content<'p> {
        content::of(world, self)
    }

    fn keys(&self, _: &World) -> Vec<Binding> {
        let mut bindings =
            vec![enter("go on"), one(Key::Char('c'), "c", "connect again", Intent::Reconnect), quiet(scrolling())];
        bindings.extend(general());
        bindings
    }

    fn on(self, input: Input, world: &mut World) -> Next {
        match input {
            Input::Do(Intent::Choose) => self.go_on(world),
            _ => self.pass(),
        }
    }

    fn leaving(&self, _: &World) -> Leaving {
        // The refusal may have come together with the signal to end: then nobody has read its page.
        let told = std::iter::once(failed(&self.tried, &self.failure));
        let left = self.left.iter().map(|words| format!("Not done: {words}."));
        Leaving::Loses(told.chain(left).chain(unshown(&self.issued)).chain(unshown_of(self.source.rest())).collect())
    }

    fn clock_moves(&self) -> ClockMoves {
        ClockMoves::MovesAndReads
    }

    fn survives(self, _: &Changeover<'_>, world: &mut World) -> Option<Page> {
        world.tell_at_end(unshown(&self.issued));
        None
    }
}
