//! What the journal remembers: waiting keys, answers, the second way in. Facts from AWS take precedence.

use super::World;
use crate::account::change::{KeyBecomes, Replaces};
use crate::account::facts::{KeyStatus, Wait};
use crate::account::{
    Acceptances, Answer, AnswerValue, CallUnderWay, Change, Failure, Outcome, PreviousContact, PreviousPrimary,
    Question, SecondWay, Subject, Topic, day, second_way,
};
use crate::journal::{Journal, Note, RECOMMENDED_WAIT};
use crate::wizard::event::Request;
use crate::wizard::requests::RequestKind;

impl World {
    /// Takes the journal of `account`. Without one everything works, so a failure is reported only once.
    pub(in crate::wizard) fn remembered(&mut self, account: &str, result: Result<Journal, String>) {
        if self.caller().is_none_or(|caller| caller.account != account) {
            return;
        }
        match result {
            Ok(journal) => self.recall(&journal),
            Err(why) if !self.journal_failure_shown => {
                self.journal_failure_shown = true;
                self.say(format!("lockroot can't read or write its journal of this account. {why}"));
            }
            Err(_) => {}
        }
        self.settle();
    }

    /// Takes the accepted risks, unless the person has signed in to another account since.
    pub(in crate::wizard) fn take_accepted(&mut self, accepted: &Acceptances) {
        if self.account() == accepted.account {
            self.facts.parameters = accepted.parameters;
            self.facts.accepted = Acceptances { on: Some(day(self.now)), ..accepted.clone() };
        }
    }

    /// Moves accepted risks to today's date, because one may expire at the end of a day.
    pub(in crate::wizard) fn expire_accepted_risks(&mut self) {
        let today = Some(day(self.now));
        // Mutable access drops the cached verdicts, so this happens only once a day.
        if !self.facts.accepted.all.is_empty() && self.facts.accepted.on != today {
            self.facts.accepted.on = today;
        }
    }

    /// Compares new facts with the journal: what they settle ends, and what they show is noted.
    pub(in crate::wizard) fn settle(&mut self) {
        self.settle_cut_off();
        self.settle_waits();
        self.note_second_way();
        self.note_run();
    }

    fn recall(&mut self, journal: &Journal) {
        self.recall_run(journal);
        self.facts.waits = journal.waits();
        self.facts.previous_contacts = journal.previous_contacts();
        self.facts.previous_primaries = journal.previous_primaries();
        // Answers of this run may not be written yet, or can't be.
        for (topic, answer) in journal.answers() {
            if self.facts.answers.get(&topic).is_none_or(|known| known.at < answer.at) {
                self.facts.answers.insert(topic, answer);
            }
        }
        let known = self.facts.second_way.take();
        let newest = |way: &SecondWay| (way.is_proof(), way.at);
        self.facts.second_way = known.into_iter().chain(journal.second_way()).max_by_key(newest);
    }

    /// Notes the second way in that AWS shows, unless the journal has one that is as good.
    fn note_second_way(&mut self) {
        let remembered = self.facts.second_way.as_ref();
        if remembered.is_some_and(|way| way.is_proof() && way.stands(&self.facts)) {
            return;
        }
        if let Some(way) = second_way::found(&self.facts) {
            self.note(Note::SecondWay(way));
        }
    }

    /// Notes the results of `changes`, as far as a fresh read shows them.
    pub(in crate::wizard) fn remember(&mut self, changes: &[Change]) {
        let since = self.now;
        let note = |change: &Change| {
            let (user, key, becomes) = change.declares().key()?;
            let (owner, key) = (owner(user), key.to_owned());
            Some(match becomes {
                KeyBecomes::Inactive => Note::Deactivated { owner, key, since },
                KeyBecomes::Active | KeyBecomes::Deleted => Note::Settled { key },
            })
        };
        let shown = changes.iter().filter(|change| change.shows_in(&self.facts) == Some(true));
        let notes: Vec<Note> = shown.filter_map(note).collect();
        notes.into_iter().for_each(|note| self.note(note));
    }

    /// Notes that `change` is about to be sent. If lockroot is killed now, the next run knows about it.
    pub(super) fn note_sending(&mut self, change: &Change) {
        let deactivates = deactivates(change);
        let (action, words) = (change.action().to_owned(), change.words());
        self.note(Note::Sends(CallUnderWay { action, words, deactivates, at: self.now }));
    }

    /// Notes AWS's answer to `change` at once, because lockroot may be killed before the read-back. If the answer was
    /// lost, nothing is noted.
    pub(in crate::wizard) fn note_answer(&mut self, change: &Change, result: &Result<Outcome, Failure>) {
        self.root_was_touched |= change.declares().touches_root() && result.is_ok();
        let since = self.now;
        if let (Change::SendPhoneCode { phone, .. }, Ok(_)) = (change, result) {
            self.facts.phone_code_sent = Some((phone.clone(), since));
        }
        let deactivated = match result {
            Ok(_) => deactivates(change).map(|(owner, key)| Note::Deactivated { owner, key, since }),
            Err(failure) if failure.may_have_happened => return,
            Err(_) => None,
        };
        deactivated.into_iter().chain([Note::CallEnded]).for_each(|note| self.note(note));
    }

    /// An earlier run was cut off during a call. AWS's current state shows how it ended.
    fn settle_cut_off(&mut self) {
        let Some(call) = self.runs.cut_off.clone().filter(|_| !self.runs.is_settled) else { return };
        if self.caller().is_none() {
            return;
        }
        // The steps read a user's keys only if a finding needs them, and an inactive key is no finding.
        if let Some((Subject::User(user), _)) = &call.deactivates {
            let question = Question::UserKeys(user.clone());
            if self.facts.is_unread(&question) && !self.is_reading(&question) {
                self.read([question]);
            }
        }
        let Some(has_happened) = self.has_deactivated(call.deactivates.as_ref()) else { return };
        self.runs.is_settled = true;
        let since = call.at;
        let wait =
            call.deactivates.filter(|_| has_happened).map(|(owner, key)| Note::Deactivated { owner, key, since });
        wait.into_iter().chain([Note::CallEnded]).for_each(|note| self.note(note));
    }

    /// Whether that key is inactive; `None`: unknown. For other calls, the steps show the result once everything has
    /// been read.
    fn has_deactivated(&self, key: Option<&(Subject, String)>) -> Option<bool> {
        let Some((owner, key)) = key else { return self.has_read_all().then_some(false) };
        if self.facts.is_gone(owner) {
            return Some(false);
        }
        let keys = self.facts.keys_of(owner)?;
        Some(keys.iter().any(|known| known.id == *key && known.status == KeyStatus::Inactive))
    }

    /// Ends the wait for keys that somebody else deleted or activated.
    fn settle_waits(&mut self) {
        let is_over = |key: &String, wait: &Wait| {
            if self.facts.is_gone(&wait.owner) {
                return true;
            }
            let Some(keys) = self.facts.keys_of(&wait.owner) else { return false };
            let read_at = self.facts.keys_read_at(&wait.owner);
            // IAM is eventually consistent, so only a read well after the deactivation counts.
            let late = read_at.is_some_and(|at| at > wait.since + time::Duration::minutes(5));
            late && !keys.iter().any(|known| known.id == *key && known.status != KeyStatus::Active)
        };
        let over: Vec<String> =
            self.facts.waits.iter().filter(|(key, wait)| is_over(key, wait)).map(|(key, _)| key.clone()).collect();
        over.into_iter().for_each(|key| self.note(Note::Settled { key }));
    }

    /// Notes something for this run and for later ones.
    pub(in crate::wizard) fn note(&mut self, note: Note) {
        let Some(caller) = self.caller() else { return };
        let account = caller.account.clone();
        // In memory at once, even if the journal can't be written.
        match &note {
            Note::Deactivated { owner, key, since } => {
                let wait = Wait { owner: owner.clone(), since: *since, until: *since + RECOMMENDED_WAIT };
                self.facts.waits.entry(key.clone()).or_insert(wait);
            }
            Note::Settled { key } => {
                self.facts.waits.remove(key);
            }
            Note::Answered(answers) => self.facts.answers.extend(answers.iter().cloned()),
            Note::SecondWay(way) => self.facts.second_way = Some(way.clone()),
            Note::Run(_) | Note::Sends(_) | Note::CallEnded => {}
            Note::PreviousContact(previous) => self.facts.previous_contacts.push(previous.clone()),
            Note::PreviousPrimary(previous) => self.facts.previous_primaries.push(previous.clone()),
        }
        // The journal belongs to the other lockroot, so nothing is written to it.
        if !self.is_read_only() {
            self.ask(RequestKind::Journal(account.clone()), Request::AppendJournal(account, note));
        }
    }
}

/// Previous values are noted before the call is sent, so that no crash and no lost answer loses them.
impl World {
    /// Notes the value that `change` replaces.
    pub(super) fn keep_previous(&mut self, change: &Change) {
        let notes = self.about_to_go(change);
        notes.into_iter().for_each(|note| self.note(note));
    }

    fn about_to_go(&self, change: &Change) -> Vec<Note> {
        match change.declares().replaces {
            Replaces::AlternateContact(of) => {
                let before = self.facts.contact(of).known().cloned().flatten();
                let note = |contact| Note::PreviousContact(PreviousContact { of, contact, until: self.now });
                // Nobody has sent a message to the new contact yet.
                let unknown = vec![(Topic::ContactsReached, Answer::new(AnswerValue::No, self.now))];
                let unknown =
                    self.facts.answers.contains_key(&Topic::ContactsReached).then_some(Note::Answered(unknown));
                before.map(note).into_iter().chain(unknown).collect()
            }
            Replaces::PrimaryContact(contact) => {
                let Some(before) = self.facts.contact_information.known() else { return Vec::new() };
                let note =
                    |contact| Note::PreviousPrimary(PreviousPrimary { contact: Box::new(contact), until: self.now });
                let mut notes: Vec<Note> = before.clone().map(note).into_iter().collect();
                if before.as_ref().is_none_or(|before| before.phone != contact.phone) {
                    // The answer about the old number says nothing about the new one.
                    let unknown = Answer::new(AnswerValue::No, self.now);
                    notes.push(Note::Answered(vec![(Topic::RecoveryPhone, unknown)]));
                }
                notes
            }
            // The review shows the previous value. lockroot offers no way to restore it.
            Replaces::Nothing
            | Replaces::PasswordPolicy
            | Replaces::Alias
            | Replaces::GroupPolicy
            | Replaces::Password => Vec::new(),
        }
    }
}

/// The key that `change` deactivates, and its owner.
fn deactivates(change: &Change) -> Option<(Subject, String)> {
    let (user, key, becomes) = change.declares().key()?;
    (becomes == KeyBecomes::Inactive).then(|| (owner(user), key.to_owned()))
}

fn owner(user: Option<&str>) -> Subject {
    user.map_or(Subject::Root, |user| Subject::User(user.to_owned()))
}
