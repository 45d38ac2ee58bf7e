//! The facts about an account: one [`Reading`] for each [`Question`], with its time. `checks` draws conclusions;
//! this module does not.

mod reading;
mod summary;
mod table;

pub use super::credential_report::{Field, ReportKey, ReportRow};
pub use super::identities::*;
pub use super::policy_document::{CustomerPolicy, FullAdmin};
pub use super::regional::{Analyzer, Detector, Hub};
pub use super::root_use::{LogAlarms, RootRule};
pub use super::safeguards::{CentralRoot, PolicyHolders, ServerCertificate, ServiceCredential, TrailState};
use super::{AlternateContact, ContactType, PreviousContact, PreviousPrimary, Principal, Subject, Timestamp};
pub use reading::Reading;
pub use summary::Summary;
pub use table::{Audience, Fact, Facts, Question};

impl Question {
    /// The question for the access keys of `owner`.
    #[must_use]
    pub fn keys_of(owner: &Subject) -> Self {
        match owner {
            Subject::Root => Self::RootKeys,
            Subject::User(user) => Self::UserKeys(user.clone()),
        }
    }

    /// The call that stands for the question in evidence.
    #[must_use]
    pub fn action(&self) -> &'static str {
        self.actions()[0]
    }
}

impl Facts {
    /// The name of the IAM user who is signed in, if one is.
    #[must_use]
    pub fn own_name(&self) -> Option<&str> {
        match &self.caller.known()?.principal {
            Principal::User(name) => Some(name),
            Principal::Root | Principal::Role { .. } | Principal::Federated(_) | Principal::Other => None,
        }
    }

    /// The alternate contact for `of`.
    #[must_use]
    pub fn contact(&self, of: ContactType) -> &Reading<Option<AlternateContact>> {
        &self.contacts[of as usize]
    }

    /// The alternate contact for `of` that was set before what is set now, if it is remembered.
    #[must_use]
    pub fn previous_contact(&self, of: ContactType) -> Option<&PreviousContact> {
        let now = self.contact(of).known()?.as_ref();
        self.previous_contacts.iter().rev().find(|previous| previous.of == of && Some(&previous.contact) != now)
    }

    /// The primary contact that was set before what is set now, if it is remembered.
    #[must_use]
    pub fn previous_primary(&self) -> Option<&PreviousPrimary> {
        let now = self.contact_information.known()?.as_ref();
        let differs = |before: &&PreviousPrimary| now.is_none_or(|now| !now.says_the_same_as(&before.contact));
        self.previous_primaries.iter().rev().find(differs)
    }

    /// How `user` signs in: asked singly, or together with all administrators.
    #[must_use]
    pub fn sign_in(&self, user: &str) -> Option<&SignIn> {
        self.sign_ins.get(user).or_else(|| self.people.known()?.user(user)?.sign_in.as_ref())
    }

    /// The access key `id`, root's or a user's, if it was read.
    #[must_use]
    pub fn key(&self, id: &str) -> Option<&AccessKey> {
        let of_users = self.user_keys.values().filter_map(Reading::known).flatten();
        self.root_keys.known().into_iter().flatten().chain(of_users).find(|key| key.id == id)
    }

    /// Where users sign in to the console of this account; empty before it is known which it is.
    #[must_use]
    pub fn sign_in_address(&self) -> String {
        let Some(caller) = self.caller.known() else { return String::new() };
        let alias = self.alias.known().and_then(Option::as_deref);
        caller.partition().user_sign_in(alias.unwrap_or(&caller.account))
    }

    /// Whether the users are known, and `owner` is none of them any more.
    #[must_use]
    pub fn is_gone(&self, owner: &Subject) -> bool {
        let Subject::User(user) = owner else { return false };
        self.people.known().is_some_and(|people| people.user(user).is_none())
    }

    /// Whose access key `id` is: the user's among whose keys it was read, else root's.
    #[must_use]
    pub fn owner_of_key(&self, id: &str) -> Subject {
        let has_it =
            |keys: &&Reading<Vec<AccessKey>>| keys.known().is_some_and(|keys| keys.iter().any(|key| key.id == id));
        let user = self.user_keys.iter().find(|(_, keys)| has_it(keys)).map(|(user, _)| user.clone());
        user.map_or(Subject::Root, Subject::User)
    }

    /// When the access keys of `owner` were read, if they were.
    #[must_use]
    pub fn keys_read_at(&self, owner: &Subject) -> Option<Timestamp> {
        match owner {
            Subject::Root => self.root_keys.at(),
            Subject::User(user) => self.user_keys.get(user)?.at(),
        }
    }

    /// The access keys of `owner`, if they are known.
    #[must_use]
    pub fn keys_of(&self, owner: &Subject) -> Option<&[AccessKey]> {
        let reading = match owner {
            Subject::Root => &self.root_keys,
            Subject::User(user) => self.user_keys.get(user)?,
        };
        reading.known().map(Vec::as_slice)
    }

    /// `fact` may tell afresh how administrators sign in: what was asked singly before is older.
    fn forget_older_sign_ins(&mut self, fact: &Fact) {
        if let Fact::People(Reading::Known { value: people, .. }) = fact {
            self.sign_ins.retain(|user, _| people.user(user).is_none_or(|user| user.sign_in.is_none()));
        }
    }
}
