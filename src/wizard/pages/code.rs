//! Asks for an MFA code to get a session with MFA. Forms on other pages stay filled in.

mod content;

use super::super::keys::common::one;
use super::super::keys::{Binding, Intent, Key};
use super::fill_in::{edit_form, of_form, takes_text};
use super::{ClockMoves, Content, Input, Leaving, Next, PageBehaviour, World};
use crate::account::{Failure, NewDevice, Renewal, Timestamp};
use crate::secret::Secret;
use crate::steps::mfa_codes::DIGITS;
use crate::steps::{FieldId, Form, session};
use crate::wizard::event::{Reply, Request, Ticket};

/// The page that asks for an MFA code.
#[derive(Debug, PartialEq)]
pub struct Code {
    pub(in crate::wizard) form: Form,
    /// The pending request for a session.
    pub(in crate::wizard) pending: Option<Ticket>,
    /// Why AWS refused the last code.
    pub refused: Option<Failure>,
    /// The device on the practice phone, while it is shown.
    pub phone: Option<NewDevice>,
}

impl Code {
    #[must_use]
    pub fn ask(form: Form) -> Self {
        Self { form, pending: None, refused: None, phone: None }
    }

    fn submit(mut self, world: &mut World) -> Next {
        if let Some(first) = session::problems(&self.form).first() {
            self.form.tried = true;
            self.form.focus_on(first.field);
            return self.stay();
        }
        if world.is_occupied_and_says_so() {
            return self.stay();
        }
        let Some(serial) = session::serial(&self.form, world.facts()) else {
            world.say("That device no longer exists. Go back and read again (r).");
            return self.stay();
        };
        let code = Secret::new(self.form.text(FieldId::FirstCode));
        self.pending = Some(world.ask_exclusively(Request::Renew(Renewal::Mfa { serial, code })));
        self.refused = None;
        self.stay()
    }

    fn look_at_phone(&mut self, world: &mut World) {
        if let (None, Some(serial)) = (self.phone.take(), session::serial(&self.form, world.facts())) {
            world.ask_for_page(Request::ConsolePhone(serial));
        }
    }

    fn answered(mut self, result: Result<(), Failure>, world: &mut World) -> Next {
        match result {
            Ok(()) => {
                world.say("Signed in with MFA. lockroot now reads what your policy hid.");
                Next::Back
            }
            Err(failure) => {
                world.note_end(Some(&failure));
                // AWS accepts each code once.
                self.form.put_text(FieldId::FirstCode, "");
                self.form.focus_on(FieldId::FirstCode);
                self.form.tried = false;
                (self.pending, self.refused) = (None, Some(failure));
                self.stay()
            }
        }
    }
}

impl PageBehaviour for Code {
    fn content<'p>(&'p self, world: &'p World) -> Content<'p> {
        content::of(world, self)
    }

    fn keys(&self, world: &World) -> Vec<Binding> {
        if self.pending.is_some() {
            return Vec::new();
        }
        let mut bindings = of_form(&self.form);
        if world.is_practice() {
            bindings.insert(0, one(Key::Char('p'), "p", "phone", Intent::Phone));
        }
        bindings
    }

    fn on(mut self, input: Input, world: &mut World) -> Next {
        match input {
            Input::Reply(_, Reply::ConsolePhone(found)) => self.phone = found.ok(),
            Input::Reply(ticket, Reply::Renewed(result)) if self.pending == Some(ticket) => {
                return self.answered(result, world);
            }
            _ if self.pending.is_some() => return self.unhandled(),
            Input::Do(Intent::Back) => return Next::Back,
            Input::Do(Intent::Phone) => self.look_at_phone(world),
            Input::Do(Intent::Turn(_)) => return self.submit(world),
            // A complete code is the whole form, so Enter submits it.
            Input::Do(Intent::Choose) if self.form.text(FieldId::FirstCode).len() == DIGITS => {
                return self.submit(world);
            }
            Input::Do(Intent::Choose) if self.form.focused().is_none() => return self.submit(world),
            input if edit_form(&mut self.form, &input) => {}
            _ => return self.unhandled(),
        }
        self.stay()
    }

    fn leaving(&self, _: &World) -> Leaving {
        Leaving::Free
    }

    fn types(&self) -> bool {
        self.pending.is_none() && takes_text(&self.form)
    }

    fn clock_moves(&self) -> ClockMoves {
        ClockMoves::Moves
    }

    fn wakes_at(&self, world: &World, is_shown: bool) -> Option<Timestamp> {
        (is_shown && self.phone.is_some()).then(|| world.now() + time::Duration::seconds(1))
    }
}
