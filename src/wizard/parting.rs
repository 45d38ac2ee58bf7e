//! The key that signs this session goes last. What ends with it is meant to end, so nothing of it is an error: whether the
//! key is gone is seen by somebody else.

use super::stage::{Parting, Record, Seen, Stage};
use super::{Effect, Mode, Place, Way, Wizard};
use crate::account::{Change, Failure, Fault, Outcome, Principal, Question, Shown, Subject};
use crate::journal::Note;
use crate::steps::StepId;

/// How often AWS is asked whether the key is gone before the person is told that it does not show.
const TRIES: u32 = 6;

impl Wizard {
    /// Whether `change` deletes the very key that signs it.
    pub(super) fn ends_session(&self, change: &Change) -> bool {
        match change {
            Change::DeleteKey { owner: Subject::Root, key } => {
                self.caller().is_some_and(|caller| caller.stands_on(key))
            }
            _ => false,
        }
    }

    /// The key that waits to be seen gone by somebody else.
    #[must_use]
    pub fn parting(&self) -> Option<&Parting> {
        match &self.step(StepId::RootKeys).stage {
            Stage::Parting(parting) => Some(parting),
            _ => None,
        }
    }

    /// AWS has answered the deletion of the key that signs. `None`: it refused, and the session goes on.
    pub(super) fn part(&mut self, change: &Change, result: &Result<Outcome, Failure>) -> Option<Vec<Effect>> {
        let is_sure = match result {
            Ok(_) => true,
            // The answer was lost, or there was no such key any more to sign the question with.
            Err(failure) if failure.may_have_happened || failure.fault == Fault::UnknownKey => false,
            Err(_) => return None,
        };
        let (Change::DeleteKey { key, .. }, true) = (change, self.ends_session(change)) else { return None };
        self.guard.root_was_touched = true;
        self.drop_reads();
        [Question::Summary, Question::RootKeys].iter().for_each(|question| self.facts.forget(question));
        self.set_stage(
            StepId::RootKeys,
            Stage::Parting(Parting { key: key.clone(), is_sure, since: self.now, tries: 0, next: None }),
        );
        let said = "root's key is deleted, and its session ended with it";
        self.sign_in.over = Some(Failure::new(Fault::ExpiredSession, change.action(), said));
        self.scroll = None;
        self.place = Place::Step(StepId::RootKeys);
        if self.mode != Mode::Live {
            return Some(Vec::new());
        }
        let effects = self.open_sign_in();
        self.prefer_way();
        Some(effects)
    }

    /// Puts the cursor on the way by which the second way in was proven, or on `aws login`.
    pub(super) fn prefer_way(&mut self) {
        if self.parting().is_none() {
            return;
        }
        let profile = match self.second_way().map(|way| way.how) {
            Some(Shown::Answered { profile, .. }) => profile,
            _ => None,
        };
        let ways = self.ways();
        let proven = profile.and_then(|name| ways.iter().position(|offer| offer.way == Way::Profile(name.clone())));
        let login = || ways.iter().position(|offer| matches!(offer.way, Way::Login { anew: true, .. }));
        self.sign_in.cursor = proven.or_else(login).unwrap_or(0);
    }

    /// In practice: the administrator who signs in after root's key is gone.
    #[must_use]
    pub fn successor(&self) -> Option<String> {
        let proven = match self.second_way()?.how {
            Shown::Seen(user) => Some(user),
            Shown::Answered { arn, .. } => match Principal::of_arn(&arn) {
                Principal::User(user) => Some(user),
                _ => None,
            },
            Shown::Accepted => None,
        };
        proven.or_else(|| self.with_password().first().map(|user| user.name.clone()))
    }

    /// Whoever proved the second way in signs in; or what is true is read again, once somebody has.
    pub(super) fn sign_in_after_parting(&mut self) -> Vec<Effect> {
        if self.can_ask() { self.read(StepId::RootKeys.questions()) } else { self.open_sign_in() }
    }

    /// Everything has been read by whoever is signed in now: whether the key is gone.
    pub(super) fn look_for_key(&mut self) -> Vec<Effect> {
        let (Some(caller), true) = (self.caller().cloned(), self.can_ask()) else { return Vec::new() };
        let Stage::Parting(mut parting) = self.take_stage(StepId::RootKeys) else { return Vec::new() };
        let read = self.facts.summary.at().filter(|at| *at >= parting.since);
        let count = read.and_then(|_| self.facts.summary.known()?.root_keys());
        if count == Some(0) {
            let line = format!("Root key …{} is gone, seen by {}", parting.last_four(), caller.principal.words());
            self.set_stage(StepId::RootKeys, Stage::Settled(Record { lines: vec![(line, Seen::Shown)] }));
            return self.note(Note::Settled { key: parting.key }).into_iter().collect();
        }
        // IAM may show for a while what was true before.
        if count.is_some() && parting.next.is_none_or(|at| at <= self.now) {
            parting.next =
                (parting.tries < TRIES).then(|| self.now + time::Duration::seconds(1 << parting.tries.min(3)));
            parting.tries += 1;
        }
        self.set_stage(StepId::RootKeys, Stage::Parting(parting));
        Vec::new()
    }

    /// Asks again whether the key is gone, if its time has come.
    pub(super) fn look_again_for_key(&mut self) -> Vec<Effect> {
        match (self.parting().and_then(|parting| parting.next), self.can_ask()) {
            (Some(at), true) if at <= self.now && !self.is_reading(&Question::Summary) => {
                self.read(vec![Question::Summary])
            }
            _ => Vec::new(),
        }
    }
}
