//! Shows new secrets once: on the screen, in the terminal's clipboard for a while, or saved as a profile.

mod content;

use super::super::keys::common::{enter, help, one};
use super::super::keys::{Binding, Intent, Key};
use super::enrol::{Enrol, Enrolee};
use super::record::Record;
use super::save::Save;
use super::{Changeover, Content, Input, Leaving, Next, Page, PageBehaviour, World};
use crate::account::{Failure, Fault, Renewal};
use crate::secret::Secret;
use crate::steps::StepId;
use crate::steps::root_mfa::console_address;
use crate::wizard::event::{Reply, Request};
use crate::wizard::secrets::{UserSecrets, next_turn, unshown_of};

/// Length of a generated root password, in characters. AWS accepts up to 128.
const ROOT_PASSWORD_LENGTH: u32 = 32;

/// Whether the secrets are drawn in clear.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Visibility {
    /// Covered and never shown, so the person can't have saved them.
    Unseen,
    Open,
    /// Covered after they were shown.
    Covered,
}

/// The page that shows new secrets, once.
#[derive(Debug, PartialEq)]
pub struct HandOver {
    /// Address where the user signs in.
    pub(in crate::wizard) address: String,
    /// Account number.
    pub(in crate::wizard) account: String,
    /// The user that the secrets belong to.
    pub user: Enrolee,
    /// The new console password.
    pub password: Option<Secret>,
    /// The new access key: id and secret.
    pub key: Option<(String, Secret)>,
    pub visibility: Visibility,
    /// The MFA page that follows.
    pub(in crate::wizard) next: Option<Box<Enrol>>,
    /// Users whose secrets follow after that.
    pub rest: Vec<UserSecrets>,
    /// Results so far.
    pub(in crate::wizard) record: Record,
}

impl HandOver {
    /// A generated password for root. Only the person can set it, in the console.
    pub(super) fn of_root(step: StepId, world: &mut World) -> Self {
        world.ask_for_page(Request::GeneratePassword(ROOT_PASSWORD_LENGTH));
        Self {
            address: console_address(world.facts()),
            account: world.account(),
            user: Enrolee::Root,
            password: None,
            key: None,
            visibility: Visibility::Unseen,
            next: None,
            rest: Vec::new(),
            record: Record::new(step, Vec::new()),
        }
    }

    /// The person has saved the secrets, so the page drops them.
    fn kept(self, world: &mut World) -> Next {
        if self.visibility == Visibility::Unseen {
            world.say("You have not seen them yet. Press v to show them.");
            return self.stay();
        }
        let Self { address, account, user, next, rest, record, .. } = self;
        match next {
            Some(enrol) => Next::Go(Enrol { rest, ..*enrol }.into()),
            None if user == Enrolee::Root => Next::Back,
            None => Next::Go(next_turn(address, account, rest, record)),
        }
    }

    /// Covers secrets that were in clear.
    pub(super) fn cover(&mut self) {
        if self.visibility == Visibility::Open {
            self.visibility = Visibility::Covered;
        }
    }

    fn copy(&self, intent: Intent, world: &mut World) {
        let secret = self.key.as_ref().map(|(_, secret)| secret);
        match (intent, &self.password, secret) {
            (Intent::Copy, Some(password), _) => world.copy_secret("The password", password),
            (_, _, Some(secret)) => world.copy_secret("The secret access key", secret),
            (_, _, None) => world.copy(self.address.clone()),
        }
    }

    /// Uses one's own new key for this session, which proves that it works before the old key is deleted.
    fn sign_in(&self, world: &mut World) {
        let Some((id, secret)) = self.key.clone() else { return };
        if !world.is_occupied_and_says_so() {
            world.ask_exclusively(Request::Renew(Renewal::Key { id, secret }));
        }
    }

    /// Sentences for the farewell if lockroot quits here.
    pub(super) fn lost(&self) -> Vec<String> {
        let words = format!("The secrets of {} were not shown.", self.user.name());
        std::iter::once(words).chain(unshown_of(&self.rest)).collect()
    }

    /// Another principal is signed in. Unsaved secrets stay, but nothing can be sent from this page.
    pub(super) fn alone(mut self) -> Self {
        self.next = None;
        self.rest.iter_mut().for_each(|kept| kept.device = None);
        self.record.lines.clear();
        self
    }
}

/// Shows the result of signing in with the new key.
fn said(result: &Result<(), Failure>, world: &mut World) {
    match result {
        Ok(()) => {
            world.say(
                "The new key works, and this session uses it now. Save it before you go on: it is shown only now.",
            );
        }
        Err(failure) if failure.fault == Fault::UnknownKey => {
            world.say("AWS does not know the new key yet. Wait a few seconds, then press s again.");
        }
        Err(failure) => world.say(format!("The new key does not work yet. {failure}")),
    }
}

impl PageBehaviour for HandOver {
    fn content<'p>(&'p self, _: &'p World) -> Content<'p> {
        content::of(self)
    }

    fn keys(&self, _: &World) -> Vec<Binding> {
        let words = if self.visibility == Visibility::Open { "hide" } else { "show" };
        let mut bindings = vec![one(Key::Char('v'), "v", words, Intent::Reveal), enter("I have saved them")];
        bindings.push(one(Key::Char('y'), "y", "copy", Intent::Copy));
        if self.password.is_some() && self.key.is_some() {
            bindings.push(one(Key::Char('k'), "k", "copy key", Intent::CopyKey));
        }
        if self.key.is_some() {
            bindings.push(one(Key::Char('p'), "p", "key as a profile", Intent::Profile));
        }
        if self.key.is_some() && matches!(self.user, Enrolee::Oneself(_)) {
            bindings.push(one(Key::Char('s'), "s", "sign in with it", Intent::UseKey));
        }
        bindings.push(help());
        bindings
    }

    fn on(mut self, input: Input, world: &mut World) -> Next {
        match input {
            Input::Do(Intent::Choose) => return self.kept(world),
            Input::Do(Intent::Profile) if self.key.is_some() => {
                self.cover();
                return Next::Go(Save::of(self).into());
            }
            Input::Do(Intent::UseKey) => self.sign_in(world),
            Input::Reply(_, Reply::Renewed(result)) => said(&result, world),
            Input::Do(Intent::Reveal) => {
                self.visibility = match self.visibility {
                    Visibility::Unseen | Visibility::Covered => Visibility::Open,
                    Visibility::Open => Visibility::Covered,
                };
            }
            Input::Do(intent @ (Intent::Copy | Intent::CopyKey)) => self.copy(intent, world),
            Input::Cover => self.cover(),
            Input::Reply(_, Reply::Password(password)) => self.password = Some(password),
            _ => return self.unhandled(),
        }
        self.stay()
    }

    fn leaving(&self, _: &World) -> Leaving {
        Leaving::Loses(self.lost())
    }

    fn holds_secrets(&self) -> bool {
        true
    }

    fn survives(self, _: &Changeover<'_>, _: &mut World) -> Option<Page> {
        Some(self.alone().into())
    }
}
