//! The facts about an account: one dated [`Reading`] for each [`Question`]. `checks` draws conclusions; this module
//! does not.

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
    /// The question that lists the access keys of `owner`.
    #[must_use]
    pub fn keys_of(owner: &Subject) -> Self {
        match owner {
            Subject::Root => Self::RootKeys,
            Subject::User(user) => Self::UserKeys(user.clone()),
        }
    }

    /// The main API call, named in evidence.
    #[must_use]
    pub fn action(&self) -> &'static str {
        self.actions()[0]
    }
}

impl Facts {
    /// The signed-in IAM user's name; `None` for other principals.
    #[must_use]
    pub fn own_name(&self) -> Option<&str> {
        match &self.caller.known()?.principal {
            Principal::User(name) => Some(name),
            Principal::Root | Principal::Role { .. } | Principal::Federated(_) | Principal::Other => None,
        }
    }

    #[must_use]
    pub fn contact(&self, of: ContactType) -> &Reading<Option<AlternateContact>> {
        &self.contacts[of as usize]
    }

    /// The alternate contact for `of` before the current one, if remembered.
    #[must_use]
    pub fn previous_contact(&self, of: ContactType) -> Option<&PreviousContact> {
        let now = self.contact(of).known()?.as_ref();
        self.previous_contacts.iter().rev().find(|previous| previous.of == of && Some(&previous.contact) != now)
    }

    /// The primary contact before the current one, if remembered.
    #[must_use]
    pub fn previous_primary(&self) -> Option<&PreviousPrimary> {
        let now = self.contact_information.known()?.as_ref();
        let differs = |before: &&PreviousPrimary| now.is_none_or(|now| !now.says_the_same_as(&before.contact));
        self.previous_primaries.iter().rev().find(differs)
    }

    /// A user's sign-in facts, read alone or together with all administrators.
    #[must_use]
    pub fn sign_in(&self, user: &str) -> Option<&SignIn> {
        self.sign_ins.get(user).or_else(|| self.people.known()?.user(user)?.sign_in.as_ref())
    }

    /// The access key `id` of root or a user, if read.
    #[must_use]
    pub fn key(&self, id: &str) -> Option<&AccessKey> {
        let of_users = self.user_keys.values().filter_map(Reading::known).flatten();
        self.root_keys.known().into_iter().flatten().chain(of_users).find(|key| key.id == id)
    }

    /// The account's sign-in URL for IAM users; empty while the account is unknown.
    #[must_use]
    pub fn sign_in_address(&self) -> String {
        let Some(caller) = self.caller.known() else { return String::new() };
        let alias = self.alias.known().and_then(Option::as_deref);
        caller.partition().user_sign_in(alias.unwrap_or(&caller.account))
    }

    /// Whether the known users no longer include `owner`.
    #[must_use]
    pub fn is_gone(&self, owner: &Subject) -> bool {
        let Subject::User(user) = owner else { return false };
        self.people.known().is_some_and(|people| people.user(user).is_none())
    }

    /// The owner of access key `id`: the user whose keys include it, else root.
    #[must_use]
    pub fn owner_of_key(&self, id: &str) -> Subject {
        let has_it =
            |keys: &&Reading<Vec<AccessKey>>| keys.known().is_some_and(|keys| keys.iter().any(|key| key.id == id));
        let user = self.user_keys.iter().find(|(_, keys)| has_it(keys)).map(|(user, _)| user.clone());
        user.map_or(Subject::Root, Subject::User)
    }

    /// When the access keys of `owner` were read.
    #[must_use]
    pub fn keys_read_at(&self, owner: &Subject) -> Option<Timestamp> {
        match owner {
            Subject::Root => self.root_keys.at(),
            Subject::User(user) => self.user_keys.get(user)?.at(),
        }
    }

    /// The access keys of `owner`, if known.
    #[must_use]
    pub fn keys_of(&self, owner: &Subject) -> Option<&[AccessKey]> {
        let reading = match owner {
            Subject::Root => &self.root_keys,
            Subject::User(user) => self.user_keys.get(user)?,
        };
        reading.known().map(Vec::as_slice)
    }

    /// Drops older single sign-in reads when `fact` brings newer ones for administrators.
    fn forget_older_sign_ins(&mut self, fact: &Fact) {
        if let Fact::People(Reading::Known { value: people, .. }) = fact {
            self.sign_ins.retain(|user, _| people.user(user).is_none_or(|user| user.sign_in.is_none()));
        }
    }
}
