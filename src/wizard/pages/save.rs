//! Saves an access key as a profile in the AWS credentials file, if the person asks: the only secret that lockroot
//! writes in plain text, because AWS's tools read it there.

mod content;

use super::super::keys::{Binding, Intent, Key};
use super::fill_in::{edit_form, of_form, takes_text};
use super::hand_over::{HandOver, Visibility};
use super::{Changeover, Content, Input, Leaving, Next, Page, PageBehaviour, World};
use crate::account::Timestamp;
use crate::account::new_profile::NewProfile;
use crate::steps::{FieldId, Form, profile};
use crate::wizard::event::{Reply, Request, Ticket};

/// The page that asks for the profile's name.
#[derive(Debug, PartialEq)]
pub struct Save {
    pub(in crate::wizard) form: Form,
    /// The page with the key. Going back returns there.
    pub(in crate::wizard) hand_over: HandOver,
    /// The pending request that writes the profile.
    pub(in crate::wizard) pending: Option<Ticket>,
}

impl Save {
    #[must_use]
    pub fn of(hand_over: HandOver) -> Self {
        Self { form: profile::form(hand_over.user.name()), hand_over, pending: None }
    }

    fn submit(mut self, world: &mut World) -> Next {
        if let Some(first) = profile::problems(&self.form).first() {
            self.form.tried = true;
            self.form.focus_on(first.field);
        } else if let Some((key_id, secret)) = self.hand_over.key.clone() {
            let name = self.form.text(FieldId::ProfileName).to_owned();
            self.pending = Some(world.ask_for_page(Request::AddProfile(NewProfile { name, key_id, secret })));
        }
        self.stay()
    }

    /// Handles the reply. In either case the key can still be shown.
    fn written(mut self, is_written: bool) -> Next {
        if !is_written {
            self.pending = None;
            return self.stay();
        }
        // The profile does not contain the password, which may still be unseen.
        if self.hand_over.password.is_none() {
            self.hand_over.visibility = Visibility::Covered;
        }
        Next::Go(self.hand_over.into())
    }
}

impl PageBehaviour for Save {
    fn content<'p>(&'p self, world: &'p World) -> Content<'p> {
        content::of(world, self)
    }

    fn keys(&self, _: &World) -> Vec<Binding> {
        if self.pending.is_some() {
            return Vec::new();
        }
        let mut bindings = of_form(&self.form);
        if let Some(binding) = bindings.iter_mut().find(|binding| binding.keys == [Key::Ctrl('s')]) {
            binding.words = "save";
        }
        bindings
    }

    fn on(mut self, input: Input, world: &mut World) -> Next {
        match input {
            Input::Reply(ticket, Reply::ProfileKept(result)) if self.pending == Some(ticket) => {
                return self.written(result.is_ok());
            }
            _ if self.pending.is_some() => return self.unhandled(),
            Input::Do(Intent::Back) => return Next::Go(self.hand_over.into()),
            Input::Do(Intent::Turn(_)) => return self.submit(world),
            Input::Do(Intent::Choose) if self.form.focused().is_none() => return self.submit(world),
            input if edit_form(&mut self.form, &input) => {}
            _ => return self.unhandled(),
        }
        self.stay()
    }

    fn leaving(&self, _: &World) -> Leaving {
        Leaving::Loses(self.hand_over.lost())
    }

    fn holds_secrets(&self) -> bool {
        true
    }

    fn types(&self) -> bool {
        takes_text(&self.form)
    }

    fn wakes_at(&self, world: &World, _: bool) -> Option<Timestamp> {
        self.pending.map(|_| world.now() + time::Duration::seconds(1))
    }

    fn survives(self, _: &Changeover<'_>, _: &mut World) -> Option<Page> {
        Some(self.hand_over.alone().into())
    }
}
