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

/// A moment in UTC. It always comes in as data: nothing in this room asks a clock.
pub type Timestamp = time::OffsetDateTime;

/// Work under way on the other side of the seam.
pub type Pending<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// Asks AWS, and changes nothing. `check` holds no more than this.
pub trait Reader: Send + Sync {
    /// Reads the answer to `question` afresh. What could not be read is a fact too, with its failure inside.
    fn read<'a>(&'a self, question: &'a Question) -> Pending<'a, Fact>;

    /// Timings of the reads so far, in order of completion; empty if this reader records none.
    fn calls(&self) -> Vec<calls::CallMade> {
        Vec::new()
    }
}

/// Asks AWS and applies changes that a person has confirmed.
pub trait Writer: Reader {
    /// A session of the same principal that signs otherwise. This one stays as it is.
    ///
    /// # Errors
    /// AWS refuses it, or the new credentials are another principal's.
    fn renew<'a>(&'a self, renewal: &'a Renewal) -> Pending<'a, Result<std::sync::Arc<dyn Writer>, Failure>>;

    /// Applies `change`: exactly one API call (the SDK may repeat it while AWS throttles).
    fn apply<'a>(&'a self, change: &'a Change) -> Pending<'a, Result<Outcome, Failure>>;
}

/// How whoever is signed in signs from now on.
#[derive(Debug, PartialEq, Eq)]
pub enum Renewal {
    /// With a session from `sts:GetSessionToken` that carries MFA.
    Mfa {
        /// The device's serial number.
        serial: String,
        /// What it shows. AWS takes each code once.
        code: Secret,
    },
    /// With another access key of theirs.
    Key {
        /// Its id.
        id: String,
        /// Its secret.
        secret: Secret,
    },
}

/// Where AWS writes to a person, and only a practice account can look.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Inbox {
    /// The primary contact's phone: a code.
    Phone,
    /// The mailboxes of whoever subscribed to a topic: a whole mail.
    Mail,
}

/// What only the AWS console can do. A real one is in a browser; the practice account brings a simulated one along.
pub trait Console: Send + Sync {
    /// Starts the "Assign MFA device" dialogue for root: the serial number and the base32 seed of an unassigned virtual device.
    fn offer_root_device(&self) -> Result<NewDevice, Failure>;
    /// Ends that dialogue with two consecutive codes.
    fn assign_root_device(&self, serial: &str, codes: &(String, String)) -> Result<(), Failure>;
    /// Signs an IAM user in with its password, and with its MFA if it has any.
    fn sign_in_as(&self, user: &str) -> Result<(), Failure>;
    /// What AWS sent there last; `None`: nothing.
    fn message(&self, inbox: Inbox) -> Result<Option<String>, Failure>;
    /// What the practice phone holds of a device that shows codes, by its serial number.
    fn phone(&self, serial: &str) -> Result<NewDevice, Failure>;
    /// Does by hand what the control of that name asks a person for.
    fn carry_out(&self, control: &str) -> Result<(), Failure>;
}

/// A virtual MFA device that nobody owns yet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewDevice {
    /// The serial number, which is its ARN.
    pub serial: String,
    /// The base32 seed, as AWS's `Base32StringSeed` carries it (RFC 4648, 64 characters).
    pub seed: Secret,
}
