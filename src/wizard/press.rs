//! What keys do. Which key means what is in `keys`; here is what an intent does to the stage that has the floor.

use super::keys::{Intent, Key, KeyPress, bindings};
use super::stage::{CodeField, Cursor, Draft, Enrolment, Review, ReviewFocus, Sight, Stage};
use super::{Effect, Mode, Overlay, Place, Session, Step, Wizard};
use crate::account::Question;
use crate::break_glass;
use crate::secret::Secret;
use crate::steps::root_keys::starting_policy;
use crate::steps::root_mfa::console_address;
use crate::steps::{Consent, StepId, Value};

/// The practice scenario that somebody without credentials is offered.
const FIRST_PRACTICE: &str = "fresh";

impl Wizard {
    pub(super) fn press(&mut self, press: KeyPress) -> Vec<Effect> {
        let bound = bindings(self).into_iter().find_map(|binding| {
            let place = binding.keys.iter().position(|key| *key == press.key)?;
            binding.intents.get(place).copied()
        });
        // A key that is held down moves and types, but never decides.
        let decides = !matches!(bound, Some(Intent::Move(_) | Intent::Shift(_) | Intent::Scroll(_) | Intent::Erase(_)));
        if press.repeated && bound.is_some() && decides {
            return Vec::new();
        }
        self.remark = None;
        if !matches!(bound, Some(Intent::Scroll(_))) {
            self.scroll = 0;
        }
        match (bound, press.key) {
            (Some(intent), _) => self.intend(intent),
            (None, Key::Char(character)) => self.type_in(character),
            (None, Key::Paste(text)) => {
                // It may be one; then it is wiped.
                let text = Secret::new(text);
                text.expose().trim_end_matches(['\r', '\n']).chars().for_each(|character| {
                    self.type_in(character);
                });
                Vec::new()
            }
            (None, _) => Vec::new(),
        }
    }

    fn intend(&mut self, intent: Intent) -> Vec<Effect> {
        if self.overlay != Overlay::None {
            return self.intend_over(intent);
        }
        match intent {
            Intent::Help => self.overlay = Overlay::Help(0),
            Intent::Guide => self.overlay = Overlay::Guide(0),
            Intent::Evidence => self.overlay = Overlay::Evidence(0),
            Intent::Address => self.overlay = Overlay::Address,
            Intent::Sheet => self.overlay = Overlay::Sheet(0),
            Intent::Seed => self.overlay = Overlay::Seed,
            Intent::Open => return vec![Effect::Open(console_address(&self.facts))],
            Intent::Clock => self.overlay = Overlay::Clock,
            Intent::Copy | Intent::CopyKey => {
                let secret = self.copy_secret(intent);
                return vec![secret.unwrap_or_else(|| self.copy())];
            }
            Intent::Leave => return self.leave(),
            Intent::Suspend => return self.suspend(),
            Intent::Scroll(by) if !self.is_reviewing() => self.scroll = self.scroll.saturating_add_signed(by),
            Intent::GoTo(place) => self.go_to(place),
            Intent::ReadAgain => return self.read_again(),
            Intent::Reconnect => return self.reconnect(),
            Intent::Practise => return self.practise(),
            Intent::SignIn => return self.open_sign_in(),
            Intent::SecondWay => return self.open_guard(),
            Intent::Turn(by) => return self.turn(by),
            _ => return self.intend_here(intent),
        }
        Vec::new()
    }

    fn intend_over(&mut self, intent: Intent) -> Vec<Effect> {
        match (intent, &mut self.overlay) {
            (
                Intent::Scroll(by),
                Overlay::Help(lines) | Overlay::Guide(lines) | Overlay::Evidence(lines) | Overlay::Sheet(lines),
            ) => *lines = lines.saturating_add_signed(by),
            (Intent::Advance(seconds), Overlay::Clock) => return self.leap(std::time::Duration::from_secs(seconds)),
            (Intent::Save, Overlay::Sheet(_)) => return vec![self.save_sheet()],
            (Intent::Leave, _) => return self.leave(),
            (Intent::Suspend, _) => return self.suspend(),
            (intent, Overlay::SecondWay) => return self.in_guard(intent),
            (Intent::Back, _) => self.close_overlay(),
            (intent, Overlay::Seed) => self.in_seed(intent),
            _ => {}
        }
        Vec::new()
    }

    fn intend_here(&mut self, intent: Intent) -> Vec<Effect> {
        match self.place {
            Place::SignIn => self.on_sign_in(intent),
            Place::Summary => Vec::new(),
            Place::Step(id) => self.intend_in(id, intent),
        }
    }

    /// Takes the stage out, lets `intent` do its work on it, and puts back what comes of it.
    fn intend_in(&mut self, id: StepId, intent: Intent) -> Vec<Effect> {
        match (intent, self.take_stage(id)) {
            (intent, Stage::Explaining(cursor)) => self.on_page(id, cursor, intent),
            (intent, Stage::Filling(draft)) => self.in_form(id, draft, intent),
            (Intent::Back, Stage::Preparing(draft)) => {
                self.return_to(id, super::stage::Origin::Draft(draft));
                Vec::new()
            }
            (intent, Stage::Confirming(review)) => self.in_review(id, review, intent),
            (Intent::Choose, Stage::Refused(refusal)) => self.after_refusal(id, refusal),
            (intent, Stage::Showing(hand_over)) => self.in_hand_over(id, hand_over, intent),
            (intent, Stage::Sealing(sealing)) => self.in_sealing(id, sealing, intent),
            (intent, Stage::Enrolling(enrolment)) => self.in_enrolment(id, enrolment, intent),
            (Intent::Choose, stage @ Stage::HandedOff(_)) => {
                self.set_stage(id, stage);
                self.open_console()
            }
            (intent, Stage::Examining(look)) => self.in_examination(id, look, intent),
            (intent, Stage::Watching(watch)) => self.in_key_watch(id, watch, intent),
            (Intent::Choose, stage @ Stage::Parting(_)) => {
                self.set_stage(id, stage);
                self.sign_in_after_parting()
            }
            (Intent::Choose, Stage::Settled(_)) => self.turn(1),
            (Intent::Back, Stage::HandedOff(_) | Stage::Settled(_)) | (Intent::Choose, Stage::Skipped(_)) => Vec::new(),
            (intent, Stage::Skipping(reason)) => self.in_reason(id, reason, intent),
            (_, stage) => {
                self.set_stage(id, stage);
                Vec::new()
            }
        }
    }

    fn on_page(&mut self, id: StepId, mut cursor: Cursor, intent: Intent) -> Vec<Effect> {
        self.set_stage(id, Stage::Explaining(cursor));
        let page = self.page(id);
        let within = |now: usize, by: isize, count: usize| now.saturating_add_signed(by).min(count.saturating_sub(1));
        match intent {
            Intent::Choose => return self.choose_action(id),
            Intent::Move(by) => cursor = Cursor { item: within(cursor.item, by, page.table.rows.len()), action: 0 },
            Intent::Shift(by) => cursor.action = within(cursor.action, by, page.actions.len()),
            Intent::Skip => {
                self.set_stage(id, Stage::Skipping(String::new()));
                return Vec::new();
            }
            _ => {}
        }
        self.set_stage(id, Stage::Explaining(cursor));
        Vec::new()
    }

    fn in_form(&mut self, id: StepId, mut draft: Draft, intent: Intent) -> Vec<Effect> {
        let Some(form) = &mut draft.form else { return Vec::new() };
        match intent {
            Intent::Back => {
                self.steps[id as usize].draft = Some(draft);
                return Vec::new();
            }
            Intent::Turn(_) => return self.submit(id, draft),
            Intent::Choose if form.focused().is_none() => return self.submit(id, draft),
            Intent::Choose => form.step_focus(1),
            Intent::Move(by) => form.step_focus(by),
            Intent::Shift(by) => edit(id, &mut draft, |value| value.shift(by), &self.facts),
            Intent::Edge(to) => {
                edit(id, &mut draft, |value| value.shift(to.saturating_mul(isize::MAX / 2)), &self.facts)
            }
            Intent::Erase(by) if by < 0 => edit(id, &mut draft, Value::erase, &self.facts),
            Intent::Erase(_) => edit(id, &mut draft, Value::erase_ahead, &self.facts),
            Intent::Clear => edit(id, &mut draft, Value::clear, &self.facts),
            _ => {}
        }
        self.set_stage(id, Stage::Filling(draft));
        Vec::new()
    }

    fn in_review(&mut self, id: StepId, mut review: Review, intent: Intent) -> Vec<Effect> {
        match (intent, &review.plan.consent) {
            (Intent::Back, _) => return self.go_back(id, review),
            (Intent::Scroll(by), _) => review.scroll = review.scroll.saturating_add_signed(by),
            (Intent::Choose, Consent::Typed { expected, .. }) if review.typed.trim() != expected => {
                self.remark = Some("That is not what was asked for. Nothing was done.".into());
            }
            (Intent::Choose, Consent::Typed { .. }) => return self.confirmed(id, review),
            (Intent::Choose, _) if review.focus == ReviewFocus::Ahead => return self.confirmed(id, review),
            (Intent::Choose, _) => return self.go_back(id, review),
            (Intent::Erase(_), _) => {
                review.typed.pop();
            }
            (Intent::Clear, _) => review.typed.clear(),
            (Intent::Shift(_), Consent::Plain | Consent::Careful) => {
                review.focus = match review.focus {
                    ReviewFocus::Back => ReviewFocus::Ahead,
                    ReviewFocus::Ahead => ReviewFocus::Back,
                }
            }
            _ => {}
        }
        self.set_stage(id, Stage::Confirming(review));
        Vec::new()
    }

    /// A review scrolls by itself.
    fn is_reviewing(&self) -> bool {
        matches!(self.here(), Some(Step { stage: Stage::Confirming(_), .. }))
    }

    fn go_back(&mut self, id: StepId, review: Review) -> Vec<Effect> {
        self.return_to(id, review.origin);
        Vec::new()
    }

    fn in_enrolment(&mut self, id: StepId, mut enrolment: Enrolment, intent: Intent) -> Vec<Effect> {
        let other = match enrolment.focus {
            CodeField::First => CodeField::Second,
            CodeField::Second => CodeField::First,
        };
        match intent {
            Intent::Choose => return self.send_codes(id, enrolment),
            Intent::Back => return self.leave_enrolment(id, enrolment),
            Intent::Move(_) => enrolment.focus = other,
            Intent::Phone => enrolment.phone = !enrolment.phone,
            // Erasing in an empty second code goes on in the first.
            Intent::Erase(_) if code(&mut enrolment).pop().is_none() => enrolment.focus = CodeField::First,
            Intent::Clear => code(&mut enrolment).clear(),
            _ => {}
        }
        self.set_stage(id, Stage::Enrolling(enrolment));
        Vec::new()
    }

    fn in_reason(&mut self, id: StepId, mut reason: String, intent: Intent) -> Vec<Effect> {
        match intent {
            Intent::Back => return Vec::new(),
            Intent::Choose if reason.trim().is_empty() => {
                self.remark = Some("A few words, so that whoever comes next knows why.".into());
            }
            Intent::Choose => {
                self.set_stage(id, Stage::Skipped(reason.trim().to_owned()));
                return Vec::new();
            }
            Intent::Erase(_) => {
                reason.pop();
            }
            Intent::Clear => reason.clear(),
            _ => {}
        }
        self.set_stage(id, Stage::Skipping(reason));
        Vec::new()
    }

    /// A character goes to whatever takes text now.
    fn type_in(&mut self, character: char) -> Vec<Effect> {
        if self.overlay == Overlay::SecondWay && !character.is_control() {
            self.guard.type_in(character);
            return Vec::new();
        }
        let Place::Step(id) = self.place else { return Vec::new() };
        if self.overlay == Overlay::Seed && self.seed_copy.drawn.is_none() && !character.is_control() {
            self.seed_copy.type_in(character);
            return Vec::new();
        }
        if self.overlay != Overlay::None || character.is_control() {
            return Vec::new();
        }
        let facts = &self.facts;
        match &mut self.steps[id as usize].stage {
            Stage::Filling(draft) => edit(id, draft, |value| value.insert(character), facts),
            Stage::Sealing(sealing) if !sealing.busy => {
                if let Some(field) = sealing.form.focused_mut() {
                    field.value.insert(character);
                }
            }
            Stage::Skipping(reason) if reason.chars().count() < 200 => reason.push(character),
            Stage::Confirming(review)
                if matches!(review.plan.consent, Consent::Typed { .. }) && review.typed.chars().count() < 40 =>
            {
                review.typed.push(character);
            }
            Stage::Enrolling(enrolment) if character.is_ascii_digit() => type_digit(enrolment, character),
            _ => {}
        }
        Vec::new()
    }

    pub(super) fn turn(&mut self, by: isize) -> Vec<Effect> {
        if let Place::Step(id) = self.place
            && matches!(self.step(id).stage, Stage::Filling(_) | Stage::Sealing(_))
        {
            return self.intend_in(id, Intent::Turn(by));
        }
        let here = Place::ALL.iter().position(|place| *place == self.place).unwrap_or(0);
        self.go_to(here.saturating_add_signed(by).min(Place::ALL.len() - 1));
        Vec::new()
    }

    /// Shows that place of the checklist. Steps are about an account, so somebody has to be signed in first.
    fn go_to(&mut self, place: usize) {
        self.sign_in.is_open = false;
        match Place::ALL.get(place) {
            Some(Place::SignIn) => self.place = Place::SignIn,
            Some(place) if self.caller().is_some() => {
                self.sign_in.forget_way_back();
                self.place = *place;
            }
            Some(_) => self.remark = Some("First somebody has to be signed in.".into()),
            None => {}
        }
    }

    pub(super) fn read_again(&mut self) -> Vec<Effect> {
        if self.parting().is_some() && !self.can_ask() {
            self.remark = Some("This session ended with root's key. Ctrl-L: sign in as the administrator.".into());
            return Vec::new();
        }
        match (self.place, &self.session) {
            (_, Session::Connecting | Session::Absent(_)) => self.reconnect(),
            (Place::Step(id), Session::Established) => match &self.step(id).stage {
                Stage::Examining(look) => self.examine_anew(id, look.key.clone()),
                _ => self.read(id.questions()),
            },
            (Place::SignIn | Place::Summary, Session::Established) => self.read(vec![Question::Caller]),
        }
    }

    fn reconnect(&mut self) -> Vec<Effect> {
        if self.is_occupied() { Vec::new() } else { self.connect() }
    }

    pub(super) fn practise(&mut self) -> Vec<Effect> {
        if self.is_occupied() {
            return Vec::new();
        }
        self.mode = Mode::Practice { scenario: FIRST_PRACTICE.into() };
        self.connect()
    }

    /// Before the terminal is given back, secrets are hidden again.
    fn suspend(&mut self) -> Vec<Effect> {
        for step in &mut self.steps {
            if let Stage::Showing(hand_over) = &mut step.stage
                && hand_over.sight == Sight::Open
            {
                hand_over.sight = Sight::Covered;
            }
        }
        if self.overlay == Overlay::Seed {
            self.close_overlay();
        }
        vec![Effect::Suspend]
    }

    /// The break-glass sheet as it is shown.
    #[must_use]
    pub fn sheet(&self) -> String {
        break_glass::markdown(&self.facts, self.mode != Mode::Live, self.now)
    }

    /// Both forms of the break-glass sheet, under a name that says whose it is.
    fn save_sheet(&self) -> Effect {
        let account = self.caller().map_or("unknown", |caller| caller.account.as_str());
        let whose = if self.mode == Mode::Live { account } else { "practice" };
        let sheet = self.sheet();
        let name = |ending: &str| format!("lockroot-break-glass-{whose}.{ending}");
        Effect::Save(vec![(name("html"), break_glass::html(&sheet)), (name("md"), sheet)])
    }

    fn copy(&mut self) -> Effect {
        self.remark = Some("Sent to the terminal's clipboard, if it has one.".into());
        let policy = self.here().and_then(|step| match &step.stage {
            Stage::Examining(look) => Some(&look.key),
            _ => None,
        });
        let policy = policy.and_then(|key| self.facts.traces.get(key)).map(|trace| starting_policy(trace).text);
        // What is on the clipboard from now on is no secret, and stays.
        self.clipboard_until = None;
        Effect::Copy(Secret::new(policy.unwrap_or_else(|| console_address(&self.facts))))
    }
}

/// Changes the value that has the focus, and lets the step react.
fn edit(id: StepId, draft: &mut Draft, change: impl FnOnce(&mut Value), facts: &crate::account::Facts) {
    let Some(form) = &mut draft.form else { return };
    let Some(field) = form.focused_mut() else { return };
    let (before, changed) = (field.value.clone(), field.id);
    change(&mut field.value);
    let moved_only = match (&before, &field.value) {
        (Value::Text { text: before, .. }, Value::Text { text: after, .. }) => before == after,
        (before, after) => before == after,
    };
    if !moved_only {
        id.definition().settle(form, changed, facts);
    }
}

fn code(enrolment: &mut Enrolment) -> &mut String {
    match enrolment.focus {
        CodeField::First => &mut enrolment.codes.0,
        CodeField::Second => &mut enrolment.codes.1,
    }
}

fn type_digit(enrolment: &mut Enrolment, digit: char) {
    enrolment.problem = None;
    if code(enrolment).len() < 6 {
        code(enrolment).push(digit);
    }
    if enrolment.focus == CodeField::First && enrolment.codes.0.len() == 6 {
        enrolment.focus = CodeField::Second;
    }
}
