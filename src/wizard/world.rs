//! State that pages share: facts, principal, time, pending requests, the remark. State of a single page belongs to that
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

/// A root key that deleted itself, and with it its session. Another principal has to confirm that it is gone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Removal {
    pub step: StepId,
    pub key: String,
    /// Whether AWS confirmed the deletion. If not, its answer was lost.
    pub is_sure: bool,
    pub since: Timestamp,
}

impl Removal {
    /// Last four characters of the key id, by which people tell keys apart.
    #[must_use]
    pub fn last_four(&self) -> &str {
        self.key.get(self.key.len().saturating_sub(4)..).unwrap_or(&self.key)
    }
}

/// State that pages share. Its fields are private, so no page can write a fact.
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
    /// The remark is shown only once.
    journal_failure_shown: bool,
    /// When each Region's CloudTrail may be asked again.
    pace: BTreeMap<String, Timestamp>,
    /// When lockroot clears its secret from the terminal's clipboard.
    clipboard_until: Option<Timestamp>,
    removal: Option<Removal>,
    root_was_touched: bool,
    quitting: bool,
    remark: Option<String>,
    farewell: Vec<String>,
    lesson: Option<Lesson>,
    /// Changes of this run, in words, and whether a fresh read showed them.
    done: Vec<(String, ReadBack)>,
    clock_ahead: Duration,
    has_browser: bool,
    drawn: Drawn,
    /// Slot for the page that is about to open as an overlay.
    reserved: Option<SlotId>,
    /// Every page's summary after the last event.
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

    #[must_use]
    pub fn mode(&self) -> &Mode {
        &self.mode
    }

    /// Whether this is the practice account.
    #[must_use]
    pub fn is_practice(&self) -> bool {
        self.mode != Mode::Live
    }

    /// Time of the last event, by AWS's clock once it is known.
    #[must_use]
    pub fn now(&self) -> Timestamp {
        self.now
    }

    /// Seconds since the epoch, for one-time codes.
    #[must_use]
    pub fn aws_unix(&self) -> u64 {
        self.now.unix_timestamp().unsigned_abs()
    }

    #[must_use]
    pub fn facts(&self) -> &AssessedFacts {
        &self.facts
    }

    /// The principal that is signed in, once known.
    #[must_use]
    pub fn caller(&self) -> Option<&Caller> {
        self.facts.caller.known()
    }

    /// Account number; empty until known.
    #[must_use]
    pub fn account(&self) -> String {
        self.caller().map(|caller| caller.account.clone()).unwrap_or_default()
    }

    /// A sentence above the keys. The next key clears it.
    #[must_use]
    pub fn remark(&self) -> Option<&str> {
        self.remark.as_deref()
    }

    /// Lines that the terminal shows after the program has ended.
    #[must_use]
    pub fn farewell(&self) -> &[String] {
        &self.farewell
    }

    /// Changes in this account since the program started, in words, and whether a fresh read showed them.
    #[must_use]
    pub fn done(&self) -> &[(String, ReadBack)] {
        &self.done
    }

    pub(super) fn note_done(&mut self, lines: &[(String, ReadBack)]) {
        self.done.extend_from_slice(lines);
    }

    /// Number of steps that are done.
    #[must_use]
    pub fn score(&self) -> Score {
        Score::of(self.facts.assessments(), &self.facts)
    }

    /// Number of steps done, of those that lock root away.
    #[must_use]
    pub fn score_of_root(&self) -> Score {
        Score::of_root(self.facts.assessments(), &self.facts)
    }

    /// Whether every step is done and a second way in is proven, or its absence accepted.
    #[must_use]
    pub fn is_finished(&self) -> bool {
        self.score().is_full() && (self.has_own_sign_in_only() || self.second_way().is_some())
    }

    /// The first step after `after` that is not done, or the summary.
    pub(super) fn next_open(&self, after: Option<StepId>) -> Place {
        let is_done = |step: StepId| {
            let status = status_in(self.facts.assessments(), step, &self.facts);
            matches!(status, StepStatus::Done | StepStatus::Accepted | StepStatus::NotApplicable)
        };
        let mut steps = StepId::CHECKLIST.into_iter().filter(|step| after.is_none_or(|after| *step > after));
        steps.find(|step| !is_done(*step)).map_or(Place::Summary, Place::Step)
    }

    /// Everything still to do, most urgent first.
    #[must_use]
    pub fn open_items(&self) -> Vec<Open<'_>> {
        ending::open(self.facts.assessments(), &self.facts, self.second_way().is_some())
    }

    /// The deleted root key whose deletion another principal has to confirm.
    #[must_use]
    pub fn removal(&self) -> Option<&Removal> {
        self.removal.as_ref()
    }

    /// Whether this run changed something of root's.
    #[must_use]
    pub fn root_was_touched(&self) -> bool {
        self.root_was_touched
    }

    /// Whether the program ends as soon as the current change has ended.
    #[must_use]
    pub fn is_quitting(&self) -> bool {
        self.quitting
    }

    /// Whether lockroot can open a browser on this machine (not over SSH).
    #[must_use]
    pub fn has_browser(&self) -> bool {
        self.has_browser
    }

    /// How far the practice account's clock is ahead.
    #[must_use]
    pub fn clock_ahead(&self) -> Duration {
        self.clock_ahead
    }

    /// The visible part of the last frame.
    #[must_use]
    pub fn drawn(&self) -> &Drawn {
        &self.drawn
    }

    /// Sets the remark.
    pub(super) fn say(&mut self, words: impl Into<String>) {
        self.remark = Some(words.into());
    }

    /// Puts a sentence before the current remark.
    pub(super) fn say_first(&mut self, words: &str) {
        let remark = self.remark.take().map_or_else(String::new, |remark| format!(" {remark}"));
        self.remark = Some(format!("{words}{remark}"));
    }

    pub(super) fn clear_remark(&mut self) {
        self.remark = None;
    }

    /// Adds lines that the terminal shows after the program has ended.
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

    /// Queues an effect that has no reply.
    pub(super) fn order(&mut self, effect: Effect) {
        self.out.push(effect);
    }
}

/// Facts.
impl World {
    /// Takes an answer from AWS.
    pub(super) fn learn(&mut self, fact: Fact) {
        self.note_end(fact.failure());
        self.record_pace(&fact);
        self.facts.learn(fact);
    }

    /// Forgets an outdated answer.
    pub(super) fn forget(&mut self, question: &Question) {
        self.facts.forget(question);
    }

    /// Notes whether AWS lets root's MFA be assigned by API.
    pub(super) fn note_root_mfa_api(&mut self, api: RootMfaApi) {
        self.facts.root_mfa_api = Reading::Known { value: api, at: self.now };
    }

    /// Notes that something of root's was changed.
    pub(super) fn note_touch(&mut self) {
        self.root_was_touched = true;
    }

    /// Notes that root's key is deleted, and its session ended.
    pub(super) fn note_removal(&mut self, removal: Removal) {
        self.note_touch();
        self.requests.overtake_reads();
        [Question::Summary, Question::RootKeys].iter().for_each(|question| self.facts.forget(question));
        self.removal = Some(removal);
    }

    /// Ends the wait: another principal confirmed the deletion, or the account is another one now.
    pub(super) fn end_removal(&mut self) {
        self.removal = None;
    }
}

impl World {
    /// All questions that any control or step needs, except who is signed in.
    pub(super) fn all_questions(&self) -> Vec<Question> {
        let mut questions = checks::questions();
        questions.extend(StepId::ALL.into_iter().flat_map(|step| step.questions(&self.facts)));
        questions.retain(|question| *question != Question::Caller);
        questions.sort();
        questions.dedup();
        questions
    }
}
