//! A summary of each page for the checklist and for quitting, and the farewell text.

use std::time::Duration;

use super::World;
use crate::steps::StepId;
use crate::wizard::Place;
use crate::wizard::event::{Effect, Reply};
use crate::wizard::input::Leaving;
use crate::wizard::pages::key_removal;
use crate::wizard::requests::SlotId;

/// Summary of a page after the last event.
#[derive(Debug)]
pub(in crate::wizard) struct PageSummary {
    pub place: Place,
    /// What quitting means for the page.
    pub leaving: Leaving,
    /// Whether it shows secrets that nobody has saved.
    pub holds_secrets: bool,
    /// Why the person skipped the step.
    pub skip_reason: Option<String>,
}

impl World {
    /// Reserves a slot for a new page.
    pub(in crate::wizard) fn new_slot(&mut self) -> SlotId {
        self.requests.new_slot()
    }

    /// Reserves a slot for an overlay. Requests from now on belong to it.
    pub(in crate::wizard) fn reserve_overlay(&mut self) {
        let slot = self.new_slot();
        self.reserved = Some(slot);
        self.set_requester(slot);
    }

    /// The reserved slot.
    pub(in crate::wizard) fn take_reserved_slot(&mut self) -> SlotId {
        self.reserved.take().unwrap_or_else(|| self.requests.new_slot())
    }

    pub(in crate::wizard) fn note_page_summaries(&mut self, summaries: Vec<PageSummary>) {
        self.summaries = summaries;
    }

    /// The skipped steps with their reasons.
    pub fn skipped_steps(&self) -> impl Iterator<Item = (StepId, &str)> {
        self.summaries.iter().filter_map(|summary| match summary.place {
            Place::Step(step) => Some((step, summary.skip_reason.as_deref()?)),
            Place::SignIn | Place::Summary => None,
        })
    }

    /// Places with unfinished work, or with something that would be lost.
    pub fn half_way(&self) -> impl Iterator<Item = Place> {
        self.summaries.iter().filter(|summary| summary.leaving != Leaving::Free).map(|summary| summary.place)
    }

    pub(in crate::wizard) fn is_half_way(&self) -> bool {
        self.half_way().next().is_some()
    }

    /// The place with secrets that nobody has saved.
    pub(in crate::wizard) fn place_with_secrets(&self) -> Option<Place> {
        self.summaries.iter().find(|summary| summary.holds_secrets).map(|summary| summary.place)
    }

    /// Adds unfinished work to the farewell, and ends the program.
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
            self.farewell.extend(match self.second_way() {
                Some(way) => Some(format!("Second way in: {}.", way.words())),
                None if self.has_own_sign_in_only() => None,
                None => Some("Second way in: not proven yet. Only root is known to be able to sign in.".into()),
            });
            let unseen = self.removal.as_ref().map(|removal| key_removal::unseen(&account, removal));
            self.farewell.extend(unseen);
        }
        // After the end nobody would clear the clipboard.
        if let Some(until) = self.clipboard_until {
            self.clear_clipboard(until);
        }
        self.order(Effect::Quit);
    }

    /// Applies a reply to the shared state, whatever page is in front.
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
            // Replies for the page alone, and those that dispatch has already handled.
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

    /// Moves the practice account's clock, up to a hundred years ahead.
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
