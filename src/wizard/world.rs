//! What pages share: facts, principal, time, pending requests, the remark. What only one page needs belongs to that
//! page.

mod access;
mod asking;
mod clipboard;
mod drift;
mod lesson;
mod memory;
mod page_summaries;
mod second_way;
pub(in crate::wizard) mod session;
mod sign_in;
mod state;
mod trail;

use std::collections::BTreeMap;
use std::time::Duration;

use super::event::Effect;
use super::requests::{Requests, SlotId};
use super::{AssessedFacts, Drawn, Mode, Place};
use crate::account::{Caller, Fact, Question, Reading, RootMfaApi, Timestamp};
use crate::checks;
use crate::lesson::Lesson;
use crate::steps::ending::{self, Open, Score};
use crate::steps::{StepId, StepStatus, status_in};
use crate::wizard::pages::record::ReadBack;
pub use access::Access;
pub use drift::Drift;
pub(in crate::wizard) use page_summaries::PageSummary;
pub use second_way::ProofMethod;
pub use session::Session;
pub(in crate::wizard) use sign_in::aws_command;
pub use sign_in::{Ended, SignInMethod, SignInOption, Signing, TerminalCommand};

/// A key of root's that was deleted and with it the session that it signed. Somebody else has to see that it is gone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Removal {
    /// The step that deleted it.
    pub step: StepId,
    /// The key's id.
    pub key: String,
    /// Whether AWS has said that it is deleted; else its answer was lost.
    pub is_sure: bool,
    /// When it was deleted.
    pub since: Timestamp,
}

impl Removal {
    /// The four characters by which people tell keys apart.
    #[must_use]
    pub fn last_four(&self) -> &str {
        self.key.get(self.key.len().saturating_sub(4)..).unwrap_or(&self.key)
    }
}

/// What pages share.
#[derive(Debug)]
pub struct World {
    mode: Mode,
    now: Timestamp,
    facts: AssessedFacts,
    session: Session,
    sign_in: Signing,
    requests: Requests,
    out: Vec<Effect>,
    runs: drift::Runs,
    claimed: access::Claimed,
    /// It was said that nothing can be remembered. Once is enough.
    journal_failure_shown: bool,
    /// From when on a region's CloudTrail may be asked again.
    pace: BTreeMap<String, Timestamp>,
    /// Until when a secret of this program stays on the terminal's clipboard.
    clipboard_until: Option<Timestamp>,
    removal: Option<Removal>,
    root_was_touched: bool,
    quitting: bool,
    remark: Option<String>,
    farewell: Vec<String>,
    lesson: Option<Lesson>,
    /// What was changed, in words, and whether a fresh read showed it.
    done: Vec<(String, ReadBack)>,
    clock_ahead: Duration,
    has_browser: bool,
    drawn: Drawn,
    /// For the page that is about to come over another.
    reserved: Option<SlotId>,
    /// What every page said when it was asked last.
    summaries: Vec<PageSummary>,
}

impl World {
    pub(super) fn new(mode: Mode, now: Timestamp) -> Self {
        Self {
            mode,
            now,
            facts: AssessedFacts::default(),
            session: Session::Connecting,
            sign_in: Signing::default(),
            requests: Requests::default(),
            out: Vec::new(),
            runs: drift::Runs::default(),
            claimed: access::Claimed::default(),
            journal_failure_shown: false,
            pace: BTreeMap::new(),
            clipboard_until: None,
            removal: None,
            root_was_touched: false,
            quitting: false,
            remark: None,
            farewell: Vec::new(),
            lesson: None,
            done: Vec::new(),
            clock_ahead: Duration::ZERO,
            has_browser: false,
            drawn: Drawn::NOTHING,
            reserved: None,
            summaries: Vec::new(),
        }
    }

    /// Practice or live.
    #[must_use]
    pub fn mode(&self) -> &Mode {
        &self.mode
    }

    /// Whether nothing here is real.
    #[must_use]
    pub fn is_practice(&self) -> bool {
        self.mode != Mode::Live
    }

    /// The time of the last event, by AWS's clock once that is known.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.now
    }

    /// The same in seconds since the epoch: codes are assessed by it.
    #[must_use]
    pub fn aws_unix(&self) -> u64 {
        self.now.unix_timestamp().unsigned_abs()
    }

    /// What is known of the account.
    #[must_use]
    pub fn facts(&self) -> &AssessedFacts {
        &self.facts
    }

    /// Who is signed in, once it is known.
    #[must_use]
    pub fn caller(&self) -> Option<&Caller> {
        self.facts.caller.known()
    }

    /// The account's number; empty before it is known.
    #[must_use]
    pub fn account(&self) -> String {
        self.caller().map(|caller| caller.account.clone()).unwrap_or_default()
    }

    /// Something to be said in passing, above the keys; gone with the next key.
    #[must_use]
    pub fn remark(&self) -> Option<&str> {
        self.remark.as_deref()
    }

    /// What the plain terminal says after the program has ended.
    #[must_use]
    pub fn farewell(&self) -> &[String] {
        &self.farewell
    }

    /// What was changed in this account since the program started, in words, and whether a fresh read showed it.
    #[must_use]
    pub fn done(&self) -> &[(String, ReadBack)] {
        &self.done
    }

    pub(super) fn note_done(&mut self, lines: &[(String, ReadBack)]) {
        self.done.extend_from_slice(lines);
    }

    /// How many steps are done.
    #[must_use]
    pub fn score(&self) -> Score {
        Score::of(self.facts.assessments(), &self.facts)
    }

    /// How many of the steps are done that lock root away.
    #[must_use]
    pub fn score_of_root(&self) -> Score {
        Score::of_root(self.facts.assessments(), &self.facts)
    }

    /// Whether every step is done and a second way in is proven, or the risk of having none accepted.
    #[must_use]
    pub fn is_finished(&self) -> bool {
        self.score().is_full() && self.second_way().is_some()
    }

    /// The first step after `after` that is not done; the ending, if all are.
    pub(super) fn next_open(&self, after: Option<StepId>) -> Place {
        let is_done = |step: StepId| {
            let status = status_in(self.facts.assessments(), step, &self.facts);
            matches!(status, StepStatus::Done | StepStatus::Accepted | StepStatus::NotApplicable)
        };
        let mut steps = StepId::CHECKLIST.into_iter().filter(|step| after.is_none_or(|after| *step > after));
        steps.find(|step| !is_done(*step)).map_or(Place::Summary, Place::Step)
    }

    /// What is still open, the most urgent first.
    #[must_use]
    pub fn open_items(&self) -> Vec<Open<'_>> {
        ending::open(self.facts.assessments(), &self.facts, self.second_way().is_some())
    }

    /// The key that waits to be seen gone by somebody else.
    #[must_use]
    pub fn removal(&self) -> Option<&Removal> {
        self.removal.as_ref()
    }

    /// Something of root's was changed in this session.
    #[must_use]
    pub fn root_was_touched(&self) -> bool {
        self.root_was_touched
    }

    /// The program ends as soon as the change on its way has ended.
    #[must_use]
    pub fn is_quitting(&self) -> bool {
        self.quitting
    }

    /// Whether a browser can be opened where the person sits: not over SSH.
    #[must_use]
    pub fn has_browser(&self) -> bool {
        self.has_browser
    }

    /// How far the practice account's clock was moved ahead.
    #[must_use]
    pub fn clock_ahead(&self) -> Duration {
        self.clock_ahead
    }

    /// What the last drawing could show.
    #[must_use]
    pub fn drawn(&self) -> &Drawn {
        &self.drawn
    }

    /// Says something in passing.
    pub(super) fn say(&mut self, words: impl Into<String>) {
        self.remark = Some(words.into());
    }

    /// Says it in front of what was to be said anyway.
    pub(super) fn say_first(&mut self, words: &str) {
        let remark = self.remark.take().map_or_else(String::new, |remark| format!(" {remark}"));
        self.remark = Some(format!("{words}{remark}"));
    }

    pub(super) fn clear_remark(&mut self) {
        self.remark = None;
    }

    /// Keeps lines for the plain terminal.
    pub(super) fn tell_at_end(&mut self, lines: impl IntoIterator<Item = String>) {
        self.farewell.extend(lines);
    }

    pub(super) fn advance_to(&mut self, now: Timestamp) {
        self.now = now;
        self.expire_accepted_risks();
    }

    pub(super) fn was_drawn(&mut self, drawn: Drawn) {
        self.drawn = drawn;
    }

    pub(super) fn start_quitting(&mut self) {
        self.quitting = true;
    }

    pub(super) fn take_effects(&mut self) -> Vec<Effect> {
        std::mem::take(&mut self.out)
    }

    /// Has something done that has no answer.
    pub(super) fn order(&mut self, effect: Effect) {
        self.out.push(effect);
    }
}

/// What is known.
impl World {
    /// Takes in an answer.
    pub(super) fn learn(&mut self, fact: Fact) {
        self.note_end(fact.failure());
        self.record_pace(&fact);
        self.facts.learn(fact);
    }

    /// What was known of that says nothing of now.
    pub(super) fn forget(&mut self, question: &Question) {
        self.facts.forget(question);
    }

    /// AWS has said whether it lets root's MFA be assigned from here.
    pub(super) fn note_root_mfa_api(&mut self, api: RootMfaApi) {
        self.facts.root_mfa_api = Reading::Known { value: api, at: self.now };
    }

    /// Something of root's was changed.
    pub(super) fn note_touch(&mut self) {
        self.root_was_touched = true;
    }

    /// Root's key is gone, and its session with it.
    pub(super) fn note_removal(&mut self, removal: Removal) {
        self.note_touch();
        self.requests.overtake_reads();
        [Question::Summary, Question::RootKeys].iter().for_each(|question| self.facts.forget(question));
        self.removal = Some(removal);
    }

    /// Somebody else has seen that it is gone, or it is another account's by now.
    pub(super) fn end_removal(&mut self) {
        self.removal = None;
    }
}

impl World {
    /// Everything that any control or any step rests on, but who is signed in.
    pub(super) fn all_questions(&self) -> Vec<Question> {
        let mut questions = checks::questions();
        questions.extend(StepId::ALL.into_iter().flat_map(|step| step.questions(&self.facts)));
        questions.retain(|question| *question != Question::Caller);
        questions.sort();
        questions.dedup();
        questions
    }
}
