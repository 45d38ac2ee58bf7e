//! An AWS account in the program's own types: caller, facts, changes, failures. No SDK and no IO. [`Reader`] and
//! [`Writer`] are declared here and implemented in `aws`.

pub mod acceptance;
pub mod age;
pub mod alias;
pub mod answers;
pub mod assigned_role;
pub mod caller;
pub mod calls;
pub mod change;
pub mod contact;
pub mod contact_information;
pub mod country;
pub mod credential_report;
pub mod facts;
pub mod failure;
mod full_access;
pub mod identities;
pub mod key_id;
mod last_run;
pub mod machine;
pub mod mail_providers;
pub mod management_events;
pub mod moment;
pub mod new_profile;
pub mod parameters;
pub mod password_policy;
pub mod permissions;
pub mod plain_text;
pub mod policy_document;
pub mod recent_change;
pub mod regional;
pub mod root_use;
pub mod safeguards;
pub mod second_way;
pub mod source;
pub mod tags;
mod topic_policy;
pub mod topics;
pub mod trace;
pub mod trail;

use std::pin::Pin;

pub use acceptance::{Acceptances, Suppression, day};
pub use answers::{Answer, AnswerValue, Topic};
pub use caller::{Caller, Credential, CredentialKind, Partition, Principal};
pub use change::{AlarmPart, Change, Outcome, RootMfaApi, Subject, TrailFix, TurnOnCall, read_back};
pub use contact::{AlternateContact, ContactType, PreviousContact};
pub use contact_information::{ContactField, ContactInformation, PhoneStatus, PreviousPrimary};
pub use credential_report::CredentialReport;
pub use facts::{Fact, Facts, Question, Reading};
pub use failure::{Failure, Fault};
pub use last_run::{CallUnderWay, LastRun};
pub use machine::Machine;
pub use parameters::Parameters;
pub use password_policy::PasswordPolicy;
pub use recent_change::{ChangedBy, RecentChange, by_whom, changed_by};
pub use regional::Regional;
pub use second_way::{ProofKind, SecondWay};
pub use source::CredentialSource;
pub use tags::Tag;
pub use trace::Trace;
pub use trail::{RootActivity, Traced, TrailEvent, TrailPage, TrailQuery};

use crate::secret::Secret;

/// A moment in UTC. Callers pass it in: this room reads no clock.
pub type Timestamp = time::OffsetDateTime;

/// A boxed future, as the traits below return it.
pub type Pending<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Read-only access to AWS. `check` holds no more than this.
pub trait Reader: Send + Sync {
    /// Reads the answer to `question` from AWS. A failed read is a fact too: it carries the failure.
    fn read<'a>(&'a self, question: &'a Question) -> Pending<'a, Fact>;

    /// Timings of the reads so far, in order of completion; empty if this reader records none.
    fn calls(&self) -> Vec<calls::CallMade> {
        Vec::new()
    }
}

/// Read access plus the changes that a person has confirmed.
pub trait Writer: Reader {
    /// Opens a session of the same principal with other credentials. This session stays as it is.
    ///
    /// # Errors
    /// AWS refuses the credentials, or they belong to another principal.
    fn renew<'a>(&'a self, renewal: &'a Renewal) -> Pending<'a, Result<std::sync::Arc<dyn Writer>, Failure>>;

    /// Applies `change`: exactly one API call (the SDK may repeat it while AWS throttles).
    fn apply<'a>(&'a self, change: &'a Change) -> Pending<'a, Result<Outcome, Failure>>;
}

/// New credentials for the same principal.
#[derive(Debug, PartialEq, Eq)]
pub enum Renewal {
    /// A session from `sts:GetSessionToken` that carries MFA.
    Mfa {
        /// Serial number of the MFA device.
        serial: String,
        /// The code that the device shows. AWS accepts each code once.
        code: Secret,
    },
    /// Another access key of the principal.
    Key {
        id: String,
        /// Secret access key.
        secret: Secret,
    },
}

/// Where AWS sends messages to a person. Only a practice account can read it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Inbox {
    /// The primary contact's phone, which receives a code.
    Phone,
    /// The mailboxes of a topic's subscribers.
    Mail,
}

/// Work that only the AWS console can do. People use a browser for the real one; the practice account simulates it.
pub trait Console: Send + Sync {
    /// Starts the "Assign MFA device" dialog for root. Returns serial number and base32 seed of an unassigned virtual
    /// device.
    fn offer_root_device(&self) -> Result<NewDevice, Failure>;
    /// Completes that dialog with two consecutive codes.
    fn assign_root_device(&self, serial: &str, codes: &(String, String)) -> Result<(), Failure>;
    /// Signs in an IAM user with its password, and with MFA if it has a device.
    fn sign_in_as(&self, user: &str) -> Result<(), Failure>;
    /// The last message that AWS sent to `inbox`; `None`: no message.
    fn message(&self, inbox: Inbox) -> Result<Option<String>, Failure>;
    /// The device that the practice phone holds under this serial number.
    fn phone(&self, serial: &str) -> Result<NewDevice, Failure>;
    /// Does the manual work of the control called `control`.
    fn carry_out(&self, control: &str) -> Result<(), Failure>;
}

/// A virtual MFA device that is not assigned yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewDevice {
    /// Serial number, which is the device's ARN.
    pub serial: String,
    /// The base32 seed, as AWS's `Base32StringSeed` carries it (RFC 4648, 64 characters).
    pub seed: Secret,
}
