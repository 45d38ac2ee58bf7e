//! What keys do. Which key means what is in `keys`; here is what an intent does to the stage that has the floor.

use super::keys::{Intent, Key, KeyPress, bindings};
use super::stage::{Cursor, Stage};
use super::{Effect, Overlay, Place, Wizard};
use crate::secret::Secret;
use crate::steps::StepId;
use crate::steps::root_mfa::console_address;

impl Wizard {
    pub(super) fn press(&mut self, press: KeyPress) -> Vec<Effect> {
        let bound = bindings(self).into_iter().find_map(|binding| {
            let place = binding.keys.iter().position(|key| *key == press.key)?;
            binding.intents.get(place).copied()
        });
        let bound = bound.map(|intent| self.in_lines(intent));
        // Nobody can read what a key would do here.
        if bound.is_none() && !self.drawn.fits {
            return Vec::new();
        }
        // A key that is held down moves and types, but never decides.
        let decides = !matches!(bound, Some(Intent::Move(_) | Intent::Shift(_) | Intent::Scroll(_) | Intent::Erase(_)));
        if press.repeated && bound.is_some() && decides {
            return Vec::new();
        }
        self.remark = None;
        if !matches!(bound, Some(Intent::Scroll(_))) {
            self.scroll = None;
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

    /// A page is as many lines as were in view.
    fn in_lines(&self, intent: Intent) -> Intent {
        match intent {
            Intent::Page(pages) => Intent::Scroll(pages.saturating_mul(self.drawn.page())),
            intent => intent,
        }
    }

    fn intend(&mut self, intent: Intent) -> Vec<Effect> {
        if self.overlay != Overlay::None {
            return self.intend_over(intent);
        }
        match intent {
            Intent::Help => self.open_help(),
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
            Intent::Scroll(by) if !self.is_reviewing() => self.scroll = Some(self.drawn.scrolled(by)),
            Intent::GoTo(place) => self.go_to(place),
            Intent::ReadAgain => return self.read_again(),
            Intent::Reconnect => return self.reconnect(),
            Intent::Practise => return self.practise(),
            Intent::SignIn => return self.open_sign_in(),
            Intent::Users => self.overlay = Overlay::Users(0),
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
                Overlay::Help(line)
                | Overlay::Guide(line)
                | Overlay::Evidence(line)
                | Overlay::Sheet(line)
                | Overlay::User(_, line),
            ) => *line = self.drawn.scrolled(by),
            (Intent::Scroll(by), _) => self.scroll = Some(self.drawn.scrolled(by)),
            (Intent::Help, Overlay::Help(_)) => self.close_overlay(),
            (Intent::Help, _) => self.open_help(),
            (Intent::Advance(seconds), Overlay::Clock) => return self.leap(std::time::Duration::from_secs(seconds)),
            (Intent::Save, Overlay::Sheet(_)) => return vec![self.save_sheet()],
            (Intent::Leave, _) => return self.leave(),
            (Intent::Suspend, _) => return self.suspend(),
            (intent, Overlay::Users(_) | Overlay::User(..)) => self.in_users(intent),
            (intent, Overlay::SecondWay) => return self.in_guard(intent),
            (Intent::Back, _) => self.close_overlay(),
            (intent, Overlay::Seed) => self.in_seed(intent),
            _ => {}
        }
        Vec::new()
    }

    /// Over whatever is there, which comes back afterwards.
    fn open_help(&mut self) {
        self.beneath = std::mem::replace(&mut self.overlay, Overlay::Help(0));
    }

    fn intend_here(&mut self, intent: Intent) -> Vec<Effect> {
        match self.place {
            Place::SignIn => self.on_sign_in(intent),
            Place::Summary => Vec::new(),
            Place::Step(id) => self.intend_in(id, intent),
        }
    }

    /// Takes the stage out, lets `intent` do its work on it, and puts back what comes of it.
    pub(super) fn intend_in(&mut self, id: StepId, intent: Intent) -> Vec<Effect> {
        match (intent, self.take_stage(id)) {
            (intent, Stage::Explaining(cursor)) => self.on_page(id, cursor, intent),
            (intent, Stage::Filling(draft)) => self.in_form(id, draft, intent),
            (Intent::Back, Stage::Preparing(preparation)) => {
                self.return_to(id, preparation.origin);
                Vec::new()
            }
            (intent, Stage::Confirming(review)) => self.in_review(id, review, intent),
            (Intent::Choose, Stage::Refused(refusal)) => self.after_refusal(id, refusal),
            (intent, Stage::Showing(hand_over)) => self.in_hand_over(id, hand_over, intent),
            (intent, Stage::NamingProfile(naming)) => self.in_profile_name(id, naming, intent),
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
}
