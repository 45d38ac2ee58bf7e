//! Who is signed in: account, principal, kind of credential and its source.

/// An AWS partition: the second field of every ARN.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Partition {
    /// `aws`
    Commercial,
    /// `aws-cn`; its accounts have no root user.
    China,
    /// `aws-us-gov`: root has no password, no console and no MFA.
    GovCloud,
    /// `aws-eusc`
    EuropeanSovereign,
    Other(String),
}

impl Partition {
    #[must_use]
    pub fn of_arn(arn: &str) -> Self {
        Self::named(arn.split(':').nth(1).unwrap_or_default())
    }

    /// Parses the name used in ARNs.
    #[must_use]
    pub fn named(name: &str) -> Self {
        match name {
            "aws" => Self::Commercial,
            "aws-cn" => Self::China,
            "aws-us-gov" => Self::GovCloud,
            "aws-eusc" => Self::EuropeanSovereign,
            other => Self::Other(other.to_owned()),
        }
    }

    /// The partition of `region`, by the Region's prefix.
    #[must_use]
    pub fn of_region(region: &str) -> Self {
        match region {
            r if r.starts_with("cn-") => Self::China,
            r if r.starts_with("us-gov-") => Self::GovCloud,
            r if r.starts_with("eusc-") => Self::EuropeanSovereign,
            _ => Self::Commercial,
        }
    }

    /// The name used in ARNs.
    #[must_use]
    pub fn name(&self) -> &str {
        match self {
            Self::Commercial => "aws",
            Self::China => "aws-cn",
            Self::GovCloud => "aws-us-gov",
            Self::EuropeanSovereign => "aws-eusc",
            Self::Other(name) => name,
        }
    }

    /// The Region that serves IAM and Account Management.
    #[must_use]
    pub fn home_region(&self) -> &'static str {
        match self {
            Self::China => "cn-northwest-1",
            Self::GovCloud => "us-gov-west-1",
            Self::EuropeanSovereign => "eusc-de-east-1",
            Self::Commercial | Self::Other(_) => "us-east-1",
        }
    }

    /// Whether root can sign in to the console, so that a root password and root MFA can exist.
    #[must_use]
    pub fn has_root_console(&self) -> bool {
        !matches!(self, Self::China | Self::GovCloud)
    }

    /// ARN of the AWS managed policy called `name`.
    #[must_use]
    pub fn managed_policy(&self, name: &str) -> String {
        format!("arn:{}:iam::aws:policy/{name}", self.name())
    }

    /// The console's URL for `path`, e.g. `iam/home#/security_credentials`.
    #[must_use]
    pub fn console(&self, path: &str) -> String {
        let host = match self {
            Self::China => "console.amazonaws.cn",
            Self::GovCloud => "console.amazonaws-us-gov.com",
            Self::EuropeanSovereign => "console.amazonaws-eusc.eu",
            Self::Commercial | Self::Other(_) => "console.aws.amazon.com",
        };
        format!("https://{host}/{path}")
    }

    /// Sign-in URL for IAM users of `account` (id or alias).
    #[must_use]
    pub fn user_sign_in(&self, account: &str) -> String {
        let host = match self {
            Self::China => "signin.amazonaws.cn",
            Self::GovCloud => "signin.amazonaws-us-gov.com",
            Self::EuropeanSovereign => "signin.amazonaws-eusc.eu",
            Self::Commercial | Self::Other(_) => "signin.aws.amazon.com",
        };
        format!("https://{account}.{host}/console")
    }
}

/// The kind of principal that signs the requests.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Principal {
    Root,
    /// IAM user name.
    User(String),
    /// An assumed-role session.
    Role {
        role: String,
        session: String,
    },
    /// Name of a federated user session.
    Federated(String),
    /// A kind that this version does not know; its ARN is shown.
    Other,
}

impl Principal {
    /// Parses the ARN from `sts:GetCallerIdentity`.
    #[must_use]
    pub fn of_arn(arn: &str) -> Self {
        let mut fields = arn.splitn(6, ':').skip(2);
        let (service, resource) = (fields.next(), fields.nth(2).unwrap_or_default());
        match (service, resource.split_once('/')) {
            (Some("iam"), None) if resource == "root" => Self::Root,
            (Some("iam"), Some(("user", path))) => Self::User(last_of(path)),
            (Some("sts"), Some(("assumed-role", path))) => {
                let (role, session) = path.split_once('/').unwrap_or((path, ""));
                Self::Role { role: role.to_owned(), session: session.to_owned() }
            }
            (Some("sts"), Some(("federated-user", name))) => Self::Federated(name.to_owned()),
            _ => Self::Other,
        }
    }

    /// One word, for JSON and the header.
    #[must_use]
    pub fn kind(&self) -> &'static str {
        match self {
            Self::Root => "root",
            Self::User(_) => "iam-user",
            Self::Role { .. } => "role-session",
            Self::Federated(_) => "federated-user",
            Self::Other => "other",
        }
    }

    /// The kind and the name, for people.
    #[must_use]
    pub fn words(&self) -> String {
        match self {
            Self::Root => "root".to_owned(),
            Self::User(name) => format!("IAM user {name}"),
            Self::Role { role, .. } => format!("role {role}"),
            Self::Federated(name) => format!("federated user {name}"),
            Self::Other => "another principal".to_owned(),
        }
    }
}

fn last_of(path: &str) -> String {
    path.rsplit('/').next().unwrap_or(path).to_owned()
}

/// Whether a credential expires.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum CredentialKind {
    /// An access key that works until it is deleted (`AKIA…`).
    LongTerm,
    /// A session key that expires (`ASIA…`).
    Temporary,
}

impl CredentialKind {
    #[must_use]
    pub fn words(self) -> &'static str {
        match self {
            Self::LongTerm => "long-term access key",
            Self::Temporary => "temporary session",
        }
    }
}

/// The signing credential, without its secret parts.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Credential {
    /// E.g. `AKIA…` or `ASIA…`.
    pub access_key_id: String,
    pub kind: CredentialKind,
    /// Where the provider chain found it, for people.
    pub source: String,
    /// The long-term key from which lockroot made this session, if it did.
    pub base: Option<String>,
}

/// Tolerated clock error in seconds: less than one TOTP step.
const CLOCK_TOLERANCE: i64 = 20;

/// The signed-in principal, from `sts:GetCallerIdentity`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Caller {
    /// 12 digits.
    pub account: String,
    /// Verbatim from AWS.
    pub arn: String,
    /// Parsed from the ARN.
    pub principal: Principal,
    /// The signing credential.
    pub credential: Credential,
    /// How far this machine's clock is ahead of AWS's (negative: behind), to a second or two; `None`: unknown.
    pub clock_ahead: Option<time::Duration>,
}

impl Caller {
    #[must_use]
    pub fn partition(&self) -> Partition {
        Partition::of_arn(&self.arn)
    }

    #[must_use]
    pub fn is_root(&self) -> bool {
        self.principal == Principal::Root
    }

    /// A warning if this machine's clock is off by enough to break codes and ages.
    #[must_use]
    pub fn clock_words(&self) -> Option<String> {
        let ahead = self.clock_ahead?.whole_seconds();
        if ahead.abs() < CLOCK_TOLERANCE {
            return None;
        }
        let off = if ahead.abs() < 120 { format!("{} s", ahead.abs()) } else { format!("{} min", ahead.abs() / 60) };
        let which = if ahead > 0 { "ahead of" } else { "behind" };
        Some(format!("This machine's clock is {off} {which} AWS's. Codes must match AWS's clock."))
    }

    /// A warning if this machine's clock would make ages wrong by more than a minute.
    #[must_use]
    pub fn skew_words(&self) -> Option<String> {
        let ahead = self.clock_ahead?.whole_seconds();
        if ahead.abs() <= 60 {
            return None;
        }
        let off = match ahead.abs() {
            seconds @ ..120 => format!("{seconds} s"),
            seconds @ ..7_200 => format!("{} min", seconds / 60),
            seconds @ ..172_800 => format!("{} h", seconds / 3_600),
            seconds => format!("{} days", seconds / 86_400),
        };
        let which = if ahead > 0 { "ahead of" } else { "behind" };
        Some(format!("This machine's clock is {off} {which} AWS's. lockroot uses AWS's clock. Correct this machine's."))
    }

    /// Whether `other` is the same principal. Two sessions of one role are the same principal.
    #[must_use]
    pub fn is_same_as(&self, other: &Self) -> bool {
        let same = match (&self.principal, &other.principal) {
            (Principal::Role { role, .. }, Principal::Role { role: others, .. }) => role == others,
            _ => self.arn == other.arn,
        };
        same && self.account == other.account && self.partition() == other.partition()
    }

    /// Whether this session is signed with the long-term key `key`, or was made from it.
    #[must_use]
    pub fn signed_with(&self, key: &str) -> bool {
        self.credential.access_key_id == key || self.credential.base.as_deref() == Some(key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_principal_is_read_from_the_arn() {
        let cases = [
            ("arn:aws:iam::123456789012:root", Principal::Root),
            ("arn:aws-us-gov:iam::123456789012:root", Principal::Root),
            ("arn:aws:iam::123456789012:user/admins/alice", Principal::User("alice".into())),
            ("arn:aws:iam::123456789012:user/root", Principal::User("root".into())),
            (
                "arn:aws:sts::123456789012:assumed-role/Admin/alice",
                Principal::Role { role: "Admin".into(), session: "alice".into() },
            ),
            ("arn:aws:sts::123456789012:federated-user/bob", Principal::Federated("bob".into())),
            ("arn:aws:s3::123456789012:root", Principal::Other),
            ("nonsense", Principal::Other),
        ];
        for (arn, principal) in cases {
            assert_eq!(Principal::of_arn(arn), principal, "{arn}");
        }
    }

    #[test]
    fn account_level_services_are_pinned_to_the_partition() {
        for (region, home) in
            [("eu-west-1", "us-east-1"), ("cn-north-1", "cn-northwest-1"), ("us-gov-east-1", "us-gov-west-1")]
        {
            assert_eq!(Partition::of_region(region).home_region(), home);
        }
    }
}
