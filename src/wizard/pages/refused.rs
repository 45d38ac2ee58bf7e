//! A failed call: reads the account again, then goes on or back. It waits for the person first.

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

/// The page for a failed call.
#[derive(Debug, PartialEq)]
pub struct Refused {
    /// The call, in words.
    pub tried: String,
    pub failure: Failure,
    /// The change, if it was one. A fresh read may show that it happened anyway.
    pub(in crate::wizard) change: Option<Change>,
    /// Calls that AWS accepted before it.
    pub done: Vec<Change>,
    /// Calls that were not made because of it, in words.
    pub left: Vec<String>,
    /// New secrets from the calls before it.
    pub(in crate::wizard) issued: IssuedSecrets,
    /// Source of the plan. Going back returns there.
    pub(in crate::wizard) source: PlanSource,
}

/// AWS refused a call, but the account already has the wanted state.
const BY_OTHERS: &str =
    "AWS refused this call, but the account already shows the result: somebody else made the change.";

/// A younger key was created by the call whose reply was lost.
const MAX_KEY_AGE: time::Duration = time::Duration::minutes(5);

impl Refused {
    /// Reads the account again.
    pub(super) fn read_what_is_true(self, world: &mut World) -> Self {
        let further = shown_by(self.done.iter().chain(&self.change));
        world.read_afresh(self.source.step(), further);
        self
    }

    /// Goes on, once the account has been read again.
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
        // The account has been read, so the next start has nothing to find out.
        world.note(Note::CallEnded);
        self.note_unsure_password();
        // Only an administrator could set another password, so this one must not be lost.
        if let (true, Some(change @ Change::ChangePassword { .. })) = (self.failure.may_have_happened, &self.change) {
            self.issued.keep(change, Outcome::Done);
        }
        // New secrets are shown before anything else, because AWS never returns them again.
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

    /// Whether to leave the QR code's page although the device stays: AWS's own policy lets users create one but not
    /// delete it.
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
            // The form is kept as a draft, without its secrets: some have been used.
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
        // Earlier changes stay, and are recorded.
        let record = Record::of(self.source.step(), &self.done, &self.issued, world);
        world.note_done(&record.lines);
        world.remember(&self.done);
        // The user may have this password already, and AWS would not accept it twice.
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

    /// Whether the change happened: its reply was lost, and a fresh read proves it. A refused change does not count,
    /// whatever a read shows. Nor does one with a secret in its reply or one that sets a password, because somebody
    /// else's looks the same.
    #[must_use]
    pub fn has_happened(&self, facts: &Facts) -> bool {
        let is_proven = |change: &Change| change.shows_in(facts) == Some(true) && !change.declares().brings_secret();
        self.failure.may_have_happened && self.change.as_ref().is_some_and(is_proven)
    }

    /// AWS may have set the password. The form notes the user, so that the next plan sets a new one.
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

    /// A note about a change that does not count as made.
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

/// The fate of a new key of `user` whose reply was lost. A key created within [`MAX_KEY_AGE`] is that key.
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
            _ => self.unhandled(),
        }
    }

    fn leaving(&self, _: &World) -> Leaving {
        // If the refusal came together with the signal to end, nobody has read this page.
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
