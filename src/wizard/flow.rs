//! The ways between the stages of a step: from a page over form, review, calls and read-back to the result.

use super::stage::{
    Cursor, Draft, Enrolee, Enrolment, HandOver, Keepsakes, Origin, Progress, Proof, Record, Refusal, Review,
    ReviewFocus, Seen, Sight, Stage,
};
use super::update::sign_in_questions;
use super::{Effect, Wizard};
use crate::account::facts::KeyStatus;
use crate::account::{Answer, Change, Outcome, Said, Subject, Timestamp, Topic};
use crate::journal::Note;
use crate::steps::root_mfa::console_address;
use crate::steps::{ActionId, Consent, FieldId, Form, Opening, Plan, StepId};

/// How often AWS is asked whether a change shows before the person is told that it does not yet.
const TRIES: u32 = 6;
/// Length of a password that is made for root, in characters. AWS takes up to 128.
const ROOT_PASSWORD_LENGTH: u32 = 32;
/// Shortest generated password, in characters.
const GENERATED_LENGTH: u32 = 24;

impl Wizard {
    /// The action under the cursor of `id`'s page.
    pub(super) fn choose_action(&mut self, id: StepId) -> Vec<Effect> {
        let Stage::Explaining(cursor) = self.step(id).stage else { return Vec::new() };
        let Some(action) = self.page(id).actions.into_iter().nth(cursor.action) else { return Vec::new() };
        if let Some(blocked) = action.blocked {
            self.remark = Some(blocked);
            return Vec::new();
        }
        let subject = self.page(id).table.rows.get(cursor.item).and_then(|row| row.first().cloned());
        let draft = |form| Draft { action: action.id, item: cursor.item, subject: subject.clone(), form };
        match id.definition().open(action.id, &self.facts) {
            Opening::Form(form) => self.open_form(id, draft(None), form),
            Opening::Plan => self.prepare(id, draft(None)),
            Opening::Console => self.watch(id),
            Opening::Password => self.make_password(id),
            Opening::Evidence => subject.map_or_else(Vec::new, |key| self.examine(id, key)),
            Opening::Watch => subject.map_or_else(Vec::new, |key| {
                let since = self.deactivated_at(&key);
                self.watch_key(id, key, since)
            }),
        }
    }

    /// Opens a form, or the one that was left half filled in. It starts from what is set now, so that has to be read first.
    fn open_form(&mut self, id: StepId, draft: Draft, form: Form) -> Vec<Effect> {
        let mut unread = id.questions();
        unread.retain(|question| self.facts.is_unread(question));
        if !unread.is_empty() {
            unread.retain(|question| !self.is_reading(question));
            self.set_stage(id, Stage::Preparing(draft));
            return self.read(unread);
        }
        let kept = self.steps[id as usize].draft.take().filter(|kept| kept.action == draft.action);
        // A password that was typed for one user is not another's.
        let kept = kept.filter(|kept| kept.action != ActionId::ResetPassword || kept.subject == draft.subject);
        let fresh = kept.is_none();
        self.set_stage(id, Stage::Filling(kept.unwrap_or(Draft { form: Some(form), ..draft })));
        let length = self.generated_length();
        let Stage::Filling(Draft { form: Some(form), .. }) = &self.step(id).stage else { return Vec::new() };
        let made = if fresh { form.made_passwords().count() } else { 0 };
        (0..made).map(|_| Effect::Generate(length)).collect()
    }

    /// How long a password for an administrator is made.
    fn generated_length(&self) -> u32 {
        let policy = self.facts.password_policy.known().and_then(Option::as_ref);
        policy.map_or(0, |policy| policy.minimum_length).max(GENERATED_LENGTH)
    }

    /// A password for root, shown once; the person sets it in the console.
    fn make_password(&mut self, id: StepId) -> Vec<Effect> {
        self.set_stage(
            id,
            Stage::Showing(HandOver {
                address: console_address(&self.facts),
                account: self.caller().map(|caller| caller.account.clone()).unwrap_or_default(),
                user: Enrolee::Root,
                password: None,
                key: None,
                sight: Sight::Unseen,
                next: None,
                record: Record::default(),
            }),
        );
        vec![Effect::Generate(ROOT_PASSWORD_LENGTH)]
    }

    /// What a person said is known from now on; there is nothing to ask AWS about it.
    fn keep_answers(&mut self, id: StepId, answers: Vec<(Topic, Said)>) -> Vec<Effect> {
        let answers = answers.into_iter().map(|(topic, said)| (topic, Answer::new(said, self.now))).collect();
        self.steps[id as usize].draft = None;
        self.set_stage(id, Stage::default());
        self.note(Note::Answered(answers)).into_iter().collect()
    }

    /// Sends the form off, unless something in it is wrong.
    pub(super) fn submit(&mut self, id: StepId, mut draft: Draft) -> Vec<Effect> {
        let problems = draft.form.as_ref().map(|form| id.definition().problems(form, &self.facts)).unwrap_or_default();
        match (problems.first(), &mut draft.form) {
            (Some(first), Some(form)) => {
                form.tried = true;
                form.focus_on(first.field);
                self.remark = Some(match problems.len() {
                    1 => "One thing is to be corrected first.".into(),
                    count => format!("{count} things are to be corrected first."),
                });
                self.set_stage(id, Stage::Filling(draft));
                Vec::new()
            }
            (None, Some(form)) if draft.action == ActionId::Answer => {
                let answers = id.definition().answers(form);
                self.keep_answers(id, answers)
            }
            _ => self.prepare(id, draft),
        }
    }

    /// Reads afresh what the plan will rest on.
    pub(super) fn prepare(&mut self, id: StepId, draft: Draft) -> Vec<Effect> {
        let mut questions = id.questions();
        questions.extend(id.definition().plan_questions(draft.form.as_ref(), &self.facts));
        self.set_stage(id, Stage::Preparing(draft));
        self.read(questions)
    }

    /// All that the plan rests on has been read: shows it, or says why there is none.
    pub(super) fn prepared(&mut self, id: StepId) -> Vec<Effect> {
        let Stage::Preparing(draft) = self.take_stage(id) else { return Vec::new() };
        if let (None, Opening::Form(form)) = (&draft.form, id.definition().open(draft.action, &self.facts)) {
            return self.open_form(id, draft, form);
        }
        if draft.form.as_ref().is_some_and(|form| !id.definition().problems(form, &self.facts).is_empty()) {
            return self.submit(id, draft);
        }
        let plan = self.row_of(id, &draft).and_then(|item| {
            let form = draft.form.as_ref();
            id.definition().plan(draft.action, item, form, &self.facts)
        });
        match plan {
            Ok(plan) => self.review(id, plan, Origin::Draft(draft)),
            Err(words) => {
                self.remark = Some(words);
                self.return_to(id, Origin::Draft(draft));
                Vec::new()
            }
        }
    }

    /// Where in the table, as it is now, the row is that was picked. A form is about no row.
    fn row_of(&self, id: StepId, draft: &Draft) -> Result<usize, String> {
        let is_of_row = draft.form.is_none() || draft.action == ActionId::ResetPassword;
        let (true, Some(subject)) = (is_of_row, &draft.subject) else { return Ok(draft.item) };
        let rows = id.definition().page(&self.facts, 0, self.now).table.rows;
        rows.iter()
            .position(|row| row.first() == Some(subject))
            .ok_or_else(|| format!("What was read just now shows no {subject} any more. Look again at what is there."))
    }

    pub(super) fn review(&mut self, id: StepId, plan: Plan, origin: Origin) -> Vec<Effect> {
        debug_assert!(
            plan.calls.iter().all(|call| id.definition().changes().contain(call.change.action())),
            "the step says which calls it makes: {:?}",
            plan.calls
        );
        let focus = if plan.consent == Consent::Careful { ReviewFocus::Back } else { ReviewFocus::Ahead };
        self.set_stage(id, Stage::Confirming(Review { plan, focus, typed: String::new(), scroll: 0, origin }));
        vec![Effect::DropPendingKeys]
    }

    /// Back to where a plan came from, with everything that was filled in.
    pub(super) fn return_to(&mut self, id: StepId, origin: Origin) {
        let stage = match origin {
            Origin::Draft(draft) if draft.form.is_some() => Stage::Filling(draft),
            Origin::Draft(draft) => Stage::Explaining(Cursor { item: draft.item, action: 0 }),
            Origin::Enrolment(enrolment) => Stage::Enrolling(*enrolment),
        };
        self.set_stage(id, stage);
    }

    /// The person has confirmed: the very calls that were shown are moved on to be sent.
    pub(super) fn confirmed(&mut self, id: StepId, review: Review) -> Vec<Effect> {
        if self.is_occupied() {
            self.remark = Some("One thing at a time: something is still on its way.".into());
            self.set_stage(id, Stage::Confirming(review));
            return Vec::new();
        }
        self.steps[id as usize].draft = None;
        let waiting = review.plan.calls.into_iter().rev().map(|call| call.change).collect();
        self.begin(id, review.plan.title, waiting, review.origin)
    }

    pub(super) fn begin(&mut self, id: StepId, title: String, waiting: Vec<Change>, origin: Origin) -> Vec<Effect> {
        let user = waiting.iter().find_map(subject).or_else(|| self.drafted_user(&origin));
        let kept = Keepsakes { user, ..Keepsakes::default() };
        let progress = Progress { title, done: Vec::new(), running: (String::new(), ""), waiting, kept, origin };
        self.next_call(id, progress)
    }

    fn drafted_user(&self, origin: &Origin) -> Option<String> {
        match origin {
            Origin::Draft(Draft { form: Some(form), .. }) => {
                Some(form.text(FieldId::UserName).to_owned()).filter(|name| !name.is_empty())
            }
            Origin::Draft(Draft { action: ActionId::EnrolMfa, subject, .. }) => subject.clone(),
            Origin::Draft(_) | Origin::Enrolment(_) => None,
        }
    }

    /// Sends the next call. Reads on their way are overtaken by it: their replies will be dropped.
    pub(super) fn next_call(&mut self, id: StepId, mut progress: Progress) -> Vec<Effect> {
        let Some(change) = progress.waiting.pop() else { return self.prove(id, progress) };
        progress.running = (change.words(), change.action());
        self.set_stage(id, Stage::Changing(progress));
        self.drop_reads();
        let mut effects: Vec<Effect> = self.keep_previous(&change).into_iter().collect();
        effects.push(Effect::Apply(self.set_pending(), change));
        effects
    }

    /// All calls were taken: reads them back.
    pub(super) fn prove(&mut self, id: StepId, progress: Progress) -> Vec<Effect> {
        let further = sign_in_questions(progress.done.iter());
        let proof = Proof { applied: progress.done, tries: 0, again_at: None, kept: progress.kept };
        self.set_stage(id, Stage::Proving(proof));
        self.read_afresh(id, further)
    }

    /// Whether everything shows; if not, it is read again after a pause, a few times.
    pub(super) fn judge_proof(&mut self, id: StepId) -> Vec<Effect> {
        let Stage::Proving(mut proof) = self.take_stage(id) else { return Vec::new() };
        let missing = proof.applied.iter().any(|change| change.shows_in(&self.facts) == Some(false));
        if missing && proof.tries + 1 < TRIES {
            proof.again_at = Some(self.now + time::Duration::seconds(1 << proof.tries.min(3)));
            proof.tries += 1;
            self.set_stage(id, Stage::Proving(proof));
            return Vec::new();
        }
        let record = self.record(&proof.applied);
        let missed = self.missed(&proof.applied);
        let mut effects = self.remember(&proof.applied);
        effects.extend(self.go_on(id, proof.kept, record));
        effects.extend(missed.into_iter().flat_map(|key| self.watch_key(id, key, self.now)));
        effects
    }

    /// The key that was just deactivated, if somebody used it of late.
    fn missed(&self, applied: &[Change]) -> Option<String> {
        let [change @ Change::SetKeyStatus { owner: Subject::Root, key, status: KeyStatus::Inactive }] = applied else {
            return None;
        };
        let found = self.facts.root_keys.known()?.iter().find(|found| found.id == *key)?;
        (change.shows_in(&self.facts) == Some(true) && found.late_use(self.now).is_some()).then(|| key.clone())
    }

    /// Since when a key is known to be inactive; else, from now on.
    fn deactivated_at(&self, key: &str) -> Timestamp {
        self.facts.waits.get(key).map_or(self.now, |wait| wait.since)
    }

    fn record(&self, applied: &[Change]) -> Record {
        let seen = |change: &Change| match change.shows_in(&self.facts) {
            Some(true) => Seen::Shown,
            Some(false) => Seen::NotYet,
            None => Seen::Unread,
        };
        Record { lines: applied.iter().map(|change| (change.words(), seen(change))).collect() }
    }

    /// After the calls: secrets to show, a QR code to scan, the console, or the result.
    fn go_on(&mut self, id: StepId, kept: Keepsakes, record: Record) -> Vec<Effect> {
        self.scroll = 0;
        if kept.asked {
            return self.watch_after_asking(id);
        }
        let has_secrets = kept.has_secrets();
        let user = kept.user.unwrap_or_default();
        let account = self.caller().map(|caller| caller.account.clone()).unwrap_or_default();
        let enrolment = kept.device.map(|device| Enrolment::new(Enrolee::User(user.clone()), device, &account));
        let stage = match (has_secrets, enrolment) {
            (true, next) => Stage::Showing(HandOver {
                address: self.sign_in_address(),
                account: account.clone(),
                user: Enrolee::User(user),
                password: kept.password.map(|(_, password)| password),
                key: kept.key,
                sight: Sight::Unseen,
                next: next.map(Box::new),
                record,
            }),
            (false, Some(enrolment)) => Stage::Enrolling(enrolment),
            (false, None) => Stage::Settled(record),
        };
        self.set_stage(id, stage);
        Vec::new()
    }

    /// Where the account's users sign in.
    #[must_use]
    pub fn sign_in_address(&self) -> String {
        let Some(caller) = self.caller() else { return String::new() };
        let alias = self.facts.alias.known().and_then(Option::as_deref);
        caller.partition().user_sign_in(alias.unwrap_or(&caller.account))
    }

    /// The secrets were kept by the person; they are gone from here now.
    pub(super) fn handed_over(&mut self, id: StepId, hand_over: HandOver) {
        if hand_over.sight == Sight::Unseen {
            self.remark = Some("Nobody has seen them yet: v shows them.".into());
            self.set_stage(id, Stage::Showing(hand_over));
            return;
        }
        let stage = match hand_over.next {
            Some(enrolment) => Stage::Enrolling(*enrolment),
            None if hand_over.user == Enrolee::Root => Stage::default(),
            None => Stage::Settled(hand_over.record),
        };
        self.set_stage(id, stage);
    }

    /// After a refusal, once it has been read what is true now.
    pub(super) fn after_refusal(&mut self, id: StepId, mut refusal: Refusal) -> Vec<Effect> {
        if self.is_reading_for(id) {
            self.remark = Some("One moment: reading what is true now.".into());
            self.set_stage(id, Stage::Refused(refusal));
            return Vec::new();
        }
        let shown = |change: &mut Change| change.shows_in(&self.facts) == Some(true) && !brings_secret(change);
        let happened = refusal.change.take_if(shown);
        let ended_well = happened.is_some() && refusal.left.is_empty();
        if let Some(change) = happened {
            self.remark = Some("AWS shows that it happened all the same.".into());
            refusal.kept.keep(&change, Outcome::Done);
            refusal.done.push(change);
        } else if refusal.failure.may_have_happened && refusal.change.as_ref().is_some_and(makes_key) {
            self.remark =
                Some("A key may have been made whose secret is lost: look at the user's keys, and delete it.".into());
        }
        // A password that was set has to be shown, whatever comes after it: AWS never tells it again.
        if ended_well || refusal.kept.has_secrets() {
            let record = self.record(&refusal.done);
            let mut effects = self.remember(&refusal.done);
            effects.extend(self.go_on(id, refusal.kept, record));
            return effects;
        }
        // It may be the user's by now, and then AWS takes it no second time.
        let spent = matches!(refusal.change, Some(Change::SetPassword { .. }));
        match refusal.origin {
            Origin::Enrolment(mut enrolment) => {
                enrolment.problem = Some(format!("{} {}", refusal.failure.said, refusal.failure.advice()));
                self.return_to(id, Origin::Enrolment(enrolment));
            }
            origin @ Origin::Draft(_) => self.return_to(id, origin),
        }
        if spent { vec![Effect::Generate(self.generated_length())] } else { Vec::new() }
    }
}

/// The user that a call is about.
fn subject(change: &Change) -> Option<String> {
    match change {
        Change::CreateUser { user, .. }
        | Change::AddUserToGroup { user, .. }
        | Change::CreateLoginProfile { user, .. }
        | Change::SetPassword { user, .. }
        | Change::CreateKey { user }
        | Change::EnableDevice { user, .. } => Some(user.clone()),
        _ => None,
    }
}

fn makes_key(change: &Change) -> bool {
    matches!(change, Change::CreateKey { .. })
}

/// Whether the answer that was lost carried something that can't be had again.
fn brings_secret(change: &Change) -> bool {
    makes_key(change) || matches!(change, Change::CreateDevice { .. } | Change::SetPassword { .. })
}
