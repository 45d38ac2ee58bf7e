//! Sends the calls of a confirmed plan, one at a time. No other page changes the account.

pub(super) mod content;

use super::super::keys::Binding;
use super::super::keys::Intent;
use super::super::keys::Key;
use super::super::keys::common::{help, one};
use super::enrol::{Enrol, Enrolee};
use super::key_removal::KeyRemoval;
use super::proof::Proof;
use super::refused::Refused;
use super::{Content, Input, Leaving, Next, PageBehaviour, World};
use crate::account::{Change, Failure, Fault, Outcome, RootMfaApi, Subject};
use crate::steps::StepId;
use crate::wizard::chosen_action::PlanSource;
use crate::wizard::event::{Reply, Ticket};
use crate::wizard::input::Status;
use crate::wizard::secrets::{IssuedSecrets, RootMfa, failed, unshown};
use crate::wizard::world::Removal;
use crate::wizard::{Mode, Place};

/// The right to send a change. Only this page can create one.
pub struct Permit(());

/// The page that sends the calls.
#[derive(Debug, PartialEq)]
pub struct Calls {
    /// Title of the plan.
    pub(in crate::wizard) title: String,
    /// Calls that AWS accepted.
    pub(in crate::wizard) done: Vec<Change>,
    /// Calls that AWS refused in one Region. Other Regions may still accept them.
    pub(in crate::wizard) refused: Vec<(Change, Failure)>,
    /// The running call, in words and as an IAM action.
    pub(in crate::wizard) running: (String, &'static str),
    /// Remaining calls, in reverse order.
    pub(in crate::wizard) waiting: Vec<Change>,
    /// New secrets from AWS.
    pub(in crate::wizard) issued: IssuedSecrets,
    /// Source of the plan. A refusal returns there.
    pub(in crate::wizard) source: PlanSource,
    /// Ticket of the running call.
    pub(in crate::wizard) ticket: Ticket,
}

impl Calls {
    /// Sends the first of `waiting`, which is in reverse order.
    pub(super) fn begin(title: String, mut waiting: Vec<Change>, mut source: PlanSource, world: &mut World) -> Next {
        // The last check before a call, whatever page led here.
        if let Some(why) = world.why_read_only() {
            world.say(why);
            return source.back();
        }
        let Some(change) = waiting.pop() else {
            let issued = IssuedSecrets { people: source.take_rest(), ..IssuedSecrets::default() };
            return Next::Go(Proof::of(source.step(), Vec::new(), issued, world).into());
        };
        let running = (change.words(), change.action());
        let ticket = world.apply(change, Permit(()));
        let (done, refused, issued) = (Vec::new(), Vec::new(), IssuedSecrets::default());
        Next::Go(Self { title, done, refused, running, waiting, issued, source, ticket }.into())
    }

    /// Sends the next call, or starts the read-back.
    fn send_next(mut self, world: &mut World) -> Next {
        let Some(change) = self.waiting.pop() else {
            if !self.refused.is_empty() {
                let (change, failure) = self.refused.remove(0);
                return self.ends_refused(change, failure, world);
            }
            self.issued.people.extend(self.source.take_rest());
            return Next::Go(Proof::of(self.source.step(), self.done, self.issued, world).into());
        };
        self.running = (change.words(), change.action());
        self.ticket = world.apply(change, Permit(()));
        Next::Go(self.into())
    }

    fn answered(mut self, change: Change, result: Result<Outcome, Failure>, world: &mut World) -> Next {
        if world.is_quitting() {
            return self.quit(change, result, world);
        }
        if let Some(removal) = removal(self.source.step(), &change, &result, world) {
            return removed(removal, &change, world);
        }
        match result {
            Ok(Outcome::RootMfaApi(RootMfaApi::Open)) => self.root_mfa_api_is_open(world),
            Ok(Outcome::RootMfaApi(RootMfaApi::Closed(failure))) => {
                // AWS refused for another reason than the codes: delete the device, as planned, and use the console.
                world.note_root_mfa_api(RootMfaApi::Closed(failure));
                self.issued.root_mfa = RootMfa::Refused;
                self.done.clear();
                self.send_next(world)
            }
            Ok(outcome) => {
                self.issued.keep(&change, outcome);
                self.done.push(change);
                self.send_next(world)
            }
            // Another Region may accept the call, because each has its own limits.
            Err(failure)
                if change.is_one_of_many_regions()
                    && failure.fault.is_of_one_region()
                    && !failure.may_have_happened =>
            {
                self.refused.push((change, failure));
                self.send_next(world)
            }
            Err(failure) => self.ends_refused(change, failure, world),
        }
    }

    /// Reads the account again, and reports all calls that were refused or not made.
    fn ends_refused(self, change: Change, failure: Failure, world: &mut World) -> Next {
        world.note_end(Some(&failure));
        let said = |(change, failure): &(Change, Failure)| match &failure.code {
            Some(code) => format!("{} (AWS said {code})", change.words()),
            None => format!("{} ({})", change.words(), failure.message),
        };
        let further = self.refused.iter().map(said);
        let refused = Refused {
            tried: change.words(),
            failure,
            change: Some(change),
            left: further.chain(self.waiting.iter().rev().map(Change::words)).collect(),
            done: self.done,
            issued: self.issued,
            source: self.source,
        };
        Next::Go(refused.read_what_is_true(world).into())
    }

    /// AWS refused only the codes, so root's MFA can be set up here: continue with this device.
    fn root_mfa_api_is_open(mut self, world: &mut World) -> Next {
        world.note_root_mfa_api(RootMfaApi::Open);
        match std::mem::take(&mut self.issued.root_mfa) {
            RootMfa::Waits(device) => {
                Next::Go(Enrol::new(Enrolee::RootHere, self.source.step(), device, &world.account()).into())
            }
            RootMfa::Nothing | RootMfa::Refused => Next::Back,
        }
    }

    /// The running call has ended, and the program was waiting for it to quit.
    fn quit(mut self, change: Change, result: Result<Outcome, Failure>, world: &mut World) -> Next {
        let ends_session = ends_session(&change, world);
        match result {
            Ok(outcome) => {
                world.tell_at_end([format!("Done before quitting: {}.", change.words())]);
                self.issued.keep(&change, outcome);
            }
            Err(failure) => world.tell_at_end([failed(&change.words(), &failure)]),
        }
        world.tell_at_end(self.refused.iter().map(|(change, failure)| failed(&change.words(), failure)));
        world.tell_at_end(self.waiting.iter().rev().map(|change| format!("Not done: {}.", change.words())));
        self.issued.people.extend(self.source.take_rest());
        world.tell_at_end(unshown(&self.issued));
        if ends_session {
            let words = "This session ended with root's key. Sign in as the administrator and run `lockroot check`.";
            world.tell_at_end([words.into()]);
        }
        Next::Quit
    }
}

/// Whether `change` deletes the key that signs the session.
fn ends_session(change: &Change, world: &World) -> bool {
    match change {
        Change::DeleteKey { owner: Subject::Root, key } => world.caller().is_some_and(|caller| caller.signed_with(key)),
        _ => false,
    }
}

/// The removal of the key that signs the session. `None`: another call, or AWS refused it.
fn removal(step: StepId, change: &Change, result: &Result<Outcome, Failure>, world: &World) -> Option<Removal> {
    let is_sure = match result {
        Ok(_) => true,
        // The reply was lost, or the key that signs the request no longer exists.
        Err(failure) if failure.may_have_happened || failure.fault == Fault::UnknownKey => false,
        Err(_) => return None,
    };
    match change {
        Change::DeleteKey { key, .. } if ends_session(change, world) => {
            Some(Removal { step, key: key.clone(), is_sure, since: world.now() })
        }
        _ => None,
    }
}

/// The session ends as planned with its key, so its failures are no errors.
fn removed(removal: Removal, change: &Change, world: &mut World) -> Next {
    let step = removal.step;
    world.note_removal(removal);
    let said = "root's key is deleted, and this session ended with it";
    world.note_wanted_end(Failure::new(Fault::ExpiredSession, change.action(), said));
    let page = KeyRemoval::new().into();
    if *world.mode() == Mode::Live { Next::SignIn(page) } else { Next::Show(page, Place::Step(step)) }
}

/// Keys while a running call can't be stopped.
pub(super) fn waiting() -> Vec<Binding> {
    vec![help(), one(Key::Char('q'), "q", "quit after this call", Intent::Leave)]
}

impl PageBehaviour for Calls {
    fn content<'p>(&'p self, world: &'p World) -> Content<'p> {
        content::of(world, self)
    }

    fn keys(&self, _: &World) -> Vec<Binding> {
        waiting()
    }

    fn on(self, input: Input, world: &mut World) -> Next {
        match input {
            Input::Reply(ticket, Reply::Applied(change, result)) if ticket == self.ticket => {
                self.answered(change, result, world)
            }
            _ => self.unhandled(),
        }
    }

    fn leaving(&self, _: &World) -> Leaving {
        Leaving::Waits
    }

    fn status(&self) -> Option<Status> {
        Some(Status::Busy)
    }
}
