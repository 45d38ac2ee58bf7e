//! What pages share: the account as far as it is known, who is signed in, the time, requests on their way, the remark. Pages
//! read it and ask it for things; what only one page needs is that page's own.

mod access;
mod clipboard;
mod drift;
mod memory;
mod second_way;
pub(in crate::wizard) mod session;
mod sign_in;
mod state;
mod trail;

use std::collections::BTreeMap;
use std::time::Duration;

use super::event::{Effect, Reply, Request, Ticket};
use super::input::Leaving;
use super::pages::calls::Permit;
use super::pages::key_removal;
use super::requests::{Kind, Requests, SeatId, Wait};
use super::{Drawn, Mode, Place, Weighed};
use crate::account::{Caller, Change, Door, Fact, Question, Reading, Timestamp};
use crate::checks;
use crate::steps::StepId;
pub use access::Access;
pub use drift::Drift;
pub use second_way::Proving;
pub use session::Session;
pub(in crate::wizard) use sign_in::errand;
pub use sign_in::{Ended, Errand, Offer, Signing, Way};

/// A key of root's that was deleted and with it the session that it signed. Somebody else has to see that it is gone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Removal {
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
    facts: Weighed,
    session: Session,
    sign_in: Signing,
    requests: Requests,
    out: Vec<Effect>,
    runs: drift::Runs,
    claimed: access::Claimed,
    /// It was said that nothing can be remembered. Once is enough.
    forgetful: bool,
    /// From when on a region's CloudTrail may be asked again.
    pace: BTreeMap<String, Timestamp>,
    /// Until when a secret of this program stays on the terminal's clipboard.
    clipboard_until: Option<Timestamp>,
    removal: Option<Removal>,
    root_was_touched: bool,
    quitting: bool,
    remark: Option<String>,
    farewell: Vec<String>,
    clock_ahead: Duration,
    has_browser: bool,
    drawn: Drawn,
    /// For the page that is about to come over another.
    reserved: Option<SeatId>,
    /// What quitting would mean for every page, and whether secrets are on it.
    roll: Vec<(Place, Leaving, bool)>,
}

impl World {
    pub(super) fn new(mode: Mode, now: Timestamp) -> Self {
        Self {
            mode,
            now,
            facts: Weighed::default(),
            session: Session::Connecting,
            sign_in: Signing::default(),
            requests: Requests::default(),
            out: Vec::new(),
            runs: drift::Runs::default(),
            claimed: access::Claimed::default(),
            forgetful: false,
            pace: BTreeMap::new(),
            clipboard_until: None,
            removal: None,
            root_was_touched: false,
            quitting: false,
            remark: None,
            farewell: Vec::new(),
            clock_ahead: Duration::ZERO,
            has_browser: false,
            drawn: Drawn::NOTHING,
            reserved: None,
            roll: Vec::new(),
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

    /// The same in seconds since the epoch: codes are judged by it.
    #[must_use]
    pub fn aws_unix(&self) -> u64 {
        self.now.unix_timestamp().unsigned_abs()
    }

    /// What is known of the account.
    #[must_use]
    pub fn facts(&self) -> &Weighed {
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

    pub(super) fn hush(&mut self) {
        self.remark = None;
    }

    /// Keeps lines for the plain terminal.
    pub(super) fn tell_at_end(&mut self, lines: impl IntoIterator<Item = String>) {
        self.farewell.extend(lines);
    }

    pub(super) fn tells(&mut self, now: Timestamp) {
        self.now = now;
    }

    pub(super) fn was_drawn(&mut self, drawn: Drawn) {
        self.drawn = drawn;
    }

    pub(super) fn start_quitting(&mut self) {
        self.quitting = true;
    }

    pub(super) fn take_out(&mut self) -> Vec<Effect> {
        std::mem::take(&mut self.out)
    }

    /// Has something done that has no answer.
    pub(super) fn order(&mut self, effect: Effect) {
        self.out.push(effect);
    }
}

/// Requests.
impl World {
    pub(super) fn ask(&mut self, kind: Kind, request: Request) -> Ticket {
        let ticket = self.requests.file(kind);
        self.out.push(Effect::Ask(ticket, request));
        ticket
    }

    /// What the page itself waits for, and nothing else does.
    pub(super) fn aside(&mut self, request: Request) -> Ticket {
        self.ask(Kind::Aside, request)
    }

    /// What may not be on its way beside a change or a connection. Who asks has seen to it that nothing is.
    pub(super) fn alone(&mut self, request: Request) -> Ticket {
        self.ask(Kind::Alone, request)
    }

    /// From here on requests are those of the page in that seat; it is told the answers.
    pub(super) fn gives_word_to(&mut self, seat: SeatId) {
        self.requests.asking = seat;
    }

    pub(super) fn land(&mut self, ticket: Ticket) -> Option<(Kind, SeatId)> {
        self.requests.land(ticket)
    }

    /// Asks AWS; an earlier request for the same is overtaken.
    pub(super) fn read(&mut self, questions: impl IntoIterator<Item = Question>) {
        for question in questions {
            self.ask(Kind::Read(question.clone()), Request::Read(question));
        }
    }

    /// Asks `questions` and waits for the answers.
    pub(super) fn wait_for(&mut self, questions: Vec<Question>) -> Wait {
        let wait = self.requests.wait(questions.clone());
        self.read(questions);
        wait
    }

    /// Whether every answer has come; one that was overtaken is asked for again.
    pub(super) fn has_come(&mut self, wait: &Wait) -> bool {
        let has_come = self.requests.has_come(wait);
        if !has_come {
            let lost = self.requests.lost(wait);
            self.read(lost);
        }
        has_come
    }

    /// Asks anew all that `step` rests on, and forgets what was known of it: something may have changed.
    pub(super) fn read_afresh(&mut self, step: StepId, further: Vec<Question>) {
        let mut questions = step.questions();
        questions.extend(further);
        questions.iter().for_each(|question| self.facts.forget(question));
        // A change overtakes reads of other steps too: whatever is unread by now is asked along.
        questions.extend(all_questions().into_iter().filter(|question| self.facts.is_unread(question)));
        questions.sort();
        questions.dedup();
        self.read(questions);
    }

    /// Sends a change of the account. Reads on their way are overtaken by it, and what it replaces is remembered first.
    pub(super) fn apply(&mut self, change: Change, _: Permit) -> Ticket {
        self.requests.overtake_reads();
        self.keep_previous(&change);
        self.note_sending(&change);
        self.ask(Kind::Change, Request::Apply(change))
    }

    /// Whether anything is on its way, so that motion is honest.
    #[must_use]
    pub fn is_busy(&self) -> bool {
        self.is_occupied() || self.requests.reads().next().is_some() || self.claimed.is_asking()
    }

    /// Whether a connection, a change or the practice console is on its way: no other may start.
    #[must_use]
    pub fn is_occupied(&self) -> bool {
        self.requests.is_occupied()
    }

    /// The same, and says so.
    pub(super) fn is_occupied_and_says_so(&mut self) -> bool {
        let is_occupied = self.is_occupied();
        if is_occupied {
            self.say("One thing at a time: something is still on its way.");
        }
        is_occupied
    }

    /// Whether a change is on its way, for whose end the program waits.
    #[must_use]
    pub fn is_changing(&self) -> bool {
        self.requests.is_changing()
    }

    /// Whether the machine is being looked at.
    #[must_use]
    pub fn is_looking_around(&self) -> bool {
        self.requests.is_looking_around()
    }

    /// Whether `question` is on its way.
    #[must_use]
    pub fn is_reading(&self, question: &Question) -> bool {
        self.requests.is_reading(question)
    }

    /// Whether anything that `id` rests on is on its way.
    #[must_use]
    pub fn is_reading_for(&self, id: StepId) -> bool {
        id.questions().iter().any(|question| self.is_reading(question))
            || self
                .requests
                .reads()
                .any(|question| matches!(question, Question::SignIn(_)) && id == StepId::Administrator)
    }
}

/// What is known.
impl World {
    /// Takes in an answer.
    pub(super) fn learn(&mut self, fact: Fact) {
        self.note_end(fact.failure());
        self.heed(&fact);
        self.facts.learn(fact);
    }

    /// What was known of that says nothing of now.
    pub(super) fn forget(&mut self, question: &Question) {
        self.facts.forget(question);
    }

    /// AWS has said whether it lets root's MFA be assigned from here.
    pub(super) fn note_door(&mut self, door: Door) {
        self.facts.root_door = Reading::Known { value: door, at: self.now };
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

/// Everything that any control or any step rests on, but who is signed in.
pub(super) fn all_questions() -> Vec<Question> {
    let mut questions = checks::questions();
    questions.extend(StepId::ALL.into_iter().flat_map(StepId::questions));
    questions.retain(|question| *question != Question::Caller);
    questions.sort();
    questions.dedup();
    questions
}

/// Where pages lie, and what leaving would mean for them.
impl World {
    /// A seat for a page that is about to come.
    pub(super) fn new_seat(&mut self) -> SeatId {
        self.requests.new_seat()
    }

    /// What is asked from here on is for the page that comes over the one that has the word.
    pub(super) fn takes_seat_over(&mut self) {
        let seat = self.new_seat();
        self.reserved = Some(seat);
        self.gives_word_to(seat);
    }

    /// The seat for that page.
    pub(super) fn reserved_seat(&mut self) -> SeatId {
        self.reserved.take().unwrap_or_else(|| self.requests.new_seat())
    }

    pub(super) fn note_roll(&mut self, roll: Vec<(Place, Leaving, bool)>) {
        self.roll = roll;
    }

    /// The places where something is half-way, or would be lost.
    pub fn half_way(&self) -> impl Iterator<Item = Place> {
        self.roll.iter().filter(|(_, leaving, _)| *leaving != Leaving::Free).map(|(place, ..)| *place)
    }

    pub(super) fn is_half_way(&self) -> bool {
        self.half_way().next().is_some()
    }

    /// Where secrets are that nobody has kept.
    pub(super) fn place_with_secrets(&self) -> Option<Place> {
        self.roll.iter().find(|(_, _, holds_secrets)| *holds_secrets).map(|(place, ..)| *place)
    }

    /// Says what is left undone, and ends the program.
    pub(super) fn quit(&mut self) {
        let lost = self.roll.iter().flat_map(|(_, leaving, _)| match leaving {
            Leaving::Loses(lines) => lines.clone(),
            Leaving::Free | Leaving::HalfWay | Leaving::Waits => Vec::new(),
        });
        let lost: Vec<String> = lost.collect();
        self.farewell.extend(lost);
        if let Some(caller) = self.caller() {
            let judged = self.facts.judged();
            let (green, all) = (judged.passing(), judged.applying());
            let account = caller.account.clone();
            self.farewell.push(format!("{green} of {all} checks pass on account {account} ({}).", self.mode.word()));
            self.farewell.push(match self.second_way() {
                Some(way) => format!("Second way in: {}.", way.words()),
                None => "Second way in: not proven yet. Nobody but root is known to get into the account.".into(),
            });
            let unseen = self.removal.as_ref().map(|removal| key_removal::unseen(&account, removal));
            self.farewell.extend(unseen);
        }
        // Nobody is there any more to clear it when its time comes.
        if let Some(until) = self.clipboard_until {
            self.clear_clipboard(until);
        }
        self.order(Effect::Quit);
    }

    /// What was answered is taken in, whatever page is there by then.
    pub(super) fn take_in(&mut self, reply: &Reply) {
        match reply {
            Reply::Applied(change, result) => self.note_answer(change, result),
            Reply::ConsoleSignedIn(Ok(())) => self.look_for_sign_in(),
            _ => {}
        }
    }

    pub(super) fn refuse_place(&mut self) {
        self.sign_in.is_open = false;
        self.say("First somebody has to be signed in.");
    }

    /// Moves the practice account's clock, unless it is as far ahead as it goes: a hundred years.
    pub(super) fn move_clock(&mut self, by: Duration) -> bool {
        const FARTHEST: Duration = Duration::from_secs(100 * 365 * 86_400);
        if self.clock_ahead + by > FARTHEST {
            self.say("The clock is a hundred years ahead: it goes no farther.");
            return false;
        }
        self.clock_ahead += by;
        self.order(Effect::Advance(by));
        true
    }

    pub(super) fn set_has_browser(&mut self, has_browser: bool) {
        self.has_browser = has_browser;
    }

    /// Says it in front of the remark.
    pub(super) fn say_before(&mut self, lead: &str) {
        if let Some(remark) = &mut self.remark {
            remark.insert_str(0, lead);
        }
    }
}
