//! A summary of each page for the checklist and for quitting, and the farewell text.

use std::time::Duration;

use super::World;
use crate::steps::StepId;
use crate::wizard::Place;
use crate::wizard::event::{Effect, Reply};
use crate::wizard::input::Leaving;
use crate::wizard::pages::key_removal;
use crate::wizard::requests::SlotId;

/// What a page said when it was asked last.
#[derive(Debug)]
pub(in crate::wizard) struct PageSummary {
    /// Where it lies.
    pub place: Place,
    /// What quitting means for it.
    pub leaving: Leaving,
    /// Whether secrets are on it that nobody has kept.
    pub holds_secrets: bool,
    /// Why its step is put off.
    pub put_off: Option<String>,
}

impl World {
    /// A slot for a page that is about to come.
    pub(in crate::wizard) fn new_slot(&mut self) -> SlotId {
        self.requests.new_slot()
    }

    /// What is asked from here on is for the page that comes over the one that has the word.
    pub(in crate::wizard) fn reserve_overlay(&mut self) {
        let slot = self.new_slot();
        self.reserved = Some(slot);
        self.set_requester(slot);
    }

    /// The slot for that page.
    pub(in crate::wizard) fn reserved_seat(&mut self) -> SlotId {
        self.reserved.take().unwrap_or_else(|| self.requests.new_slot())
    }

    pub(in crate::wizard) fn note_page_summaries(&mut self, summaries: Vec<PageSummary>) {
        self.summaries = summaries;
    }

    /// The steps that were put off, and why.
    pub fn put_off(&self) -> impl Iterator<Item = (StepId, &str)> {
        self.summaries.iter().filter_map(|summary| match summary.place {
            Place::Step(step) => Some((step, summary.put_off.as_deref()?)),
            Place::SignIn | Place::Summary => None,
        })
    }

    /// The places where something is half-way, or would be lost.
    pub fn half_way(&self) -> impl Iterator<Item = Place> {
        self.summaries.iter().filter(|summary| summary.leaving != Leaving::Free).map(|summary| summary.place)
    }

    pub(in crate::wizard) fn is_half_way(&self) -> bool {
        self.half_way().next().is_some()
    }

    /// Where secrets are that nobody has kept.
    pub(in crate::wizard) fn place_with_secrets(&self) -> Option<Place> {
        self.summaries.iter().find(|summary| summary.holds_secrets).map(|summary| summary.place)
    }

    /// Says what is left undone, and ends the program.
    pub(in crate::wizard) fn quit(&mut self) {
        let lost = self.summaries.iter().flat_map(|called| match &called.leaving {
            Leaving::Loses(lines) => lines.clone(),
            Leaving::Free | Leaving::HalfWay | Leaving::Waits => Vec::new(),
        });
        let lost: Vec<String> = lost.collect();
        self.farewell.extend(lost);
        if let Some(caller) = self.caller() {
            let score = self.score();
            let account = caller.account.clone();
            self.farewell.push(format!("{score} on account {account} ({}).", self.mode.word()));
            self.farewell.push(match self.second_way() {
                Some(way) => format!("Second way in: {}.", way.words()),
                None => "Second way in: not proven yet. Only root is known to be able to sign in.".into(),
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
    pub(in crate::wizard) fn take_in(&mut self, reply: &Reply) {
        match reply {
            Reply::Applied(change, result) => self.note_answer(change, result),
            Reply::ConsoleSignedIn(Ok(())) => self.look_for_sign_in(),
            Reply::Saved(Ok(files)) => self.say(format!("Written: {}.", files.join(", "))),
            Reply::Saved(Err(said)) => self.say(format!("The file could not be written: {said}")),
            Reply::ProfileKept(Ok(words)) => self.say(words.as_str()),
            Reply::ProfileKept(Err(said)) => self.say(format!("Nothing was written: {said}")),
            Reply::Accepted(Ok(accepted)) => self.take_accepted(accepted),
            Reply::Accepted(Err(said)) => self.say(format!("Accepted risks could not be read or written. {said}")),
            Reply::Opened(Ok(())) => self.say("Sent to your browser."),
            Reply::Opened(Err(said)) => {
                self.say(format!("No browser could be opened ({said}). y copies the address, a shows it as a QR code."))
            }
            Reply::Renewed(Ok(())) => self.session_is_renewed(),
            // What only its page has a use for, and what was taken in on its way here.
            Reply::Connected(_)
            | Reply::Identified(_)
            | Reply::Renewed(Err(_))
            | Reply::ConsoleSignedIn(Err(_))
            | Reply::Found(_)
            | Reply::Returned(_)
            | Reply::Learned(_)
            | Reply::ConsoleOffered(_)
            | Reply::ConsoleAssigned(_)
            | Reply::ConsoleByHand(_)
            | Reply::Message(_)
            | Reply::ConsolePhone(_)
            | Reply::Claimed(_)
            | Reply::Remembered(_)
            | Reply::Password(_) => {}
        }
    }

    /// Moves the practice account's clock, unless it is as far ahead as it goes: a hundred years.
    pub(in crate::wizard) fn move_clock(&mut self, by: Duration) -> bool {
        const MAX_LEAP: Duration = Duration::from_secs(100 * 365 * 86_400);
        if self.clock_ahead + by > MAX_LEAP {
            self.say("The clock is a hundred years ahead, the maximum.");
            return false;
        }
        self.clock_ahead += by;
        self.order(Effect::Advance(by));
        true
    }

    pub(in crate::wizard) fn set_has_browser(&mut self, has_browser: bool) {
        self.has_browser = has_browser;
    }
}
