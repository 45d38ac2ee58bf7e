//! The ways to sign in on this machine: which source wins, and which sources conflict.

use super::Caller;
use super::source::{CredentialSource, EnvironmentKey, HeldKey, Named, Profile};

/// AWS CLI version: major, minor, patch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Version(pub u32, pub u32, pub u32);

impl Version {
    /// The first version with `aws login`.
    pub const LOGIN: Self = Self(2, 32, 0);

    /// Parses `aws-cli/2.32.1 Python/3.13.7 …`.
    #[must_use]
    pub fn said(text: &str) -> Option<Self> {
        let number = text.split_whitespace().find_map(|word| word.strip_prefix("aws-cli/"))?;
        let mut parts = number.split('.').map(|part| {
            let digits: String = part.chars().take_while(char::is_ascii_digit).collect();
            digits.parse().ok()
        });
        Some(Self(parts.next()??, parts.next()??, parts.next().flatten().unwrap_or(0)))
    }
}

impl std::fmt::Display for Version {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}.{}", self.0, self.1, self.2)
    }
}

/// The AWS CLI on this machine.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Cli {
    /// Not on the `PATH`.
    #[default]
    Absent,
    /// Found, but it does not report a version.
    Unusable {
        path: String,
        /// The reason, for people.
        said: String,
    },
    Found {
        path: String,
        version: Version,
    },
}

impl Cli {
    /// The path of a CLI that supports `aws login`.
    ///
    /// # Errors
    /// Why there is none, and what to do.
    pub fn for_login(&self) -> Result<&str, String> {
        match self {
            Self::Found { path, version } if *version >= Version::LOGIN => Ok(path),
            Self::Found { version, .. } => Err(format!(
                "The AWS CLI here is {version}; `aws login` needs {} or newer. Update it: docs.aws.amazon.com/cli, \"Install or update\".",
                Version::LOGIN
            )),
            _ => Err(self.missing()),
        }
    }

    /// The path of a CLI that supports `aws sso login`.
    ///
    /// # Errors
    /// Why there is none, and what to do.
    pub fn for_sso(&self) -> Result<&str, String> {
        match self {
            Self::Found { path, version } if version.0 >= 2 => Ok(path),
            Self::Found { version, .. } => {
                Err(format!("The AWS CLI here is {version}; `aws sso login` needs version 2. Update it."))
            }
            _ => Err(self.missing()),
        }
    }

    fn missing(&self) -> String {
        match self {
            Self::Unusable { path, said } => format!("{path} does not report its version: {said}."),
            _ => "No AWS CLI found on the PATH. Install version 2: docs.aws.amazon.com/cli, \"Install or update\"."
                .into(),
        }
    }
}

/// The credential sources of this machine.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Machine {
    pub profiles: Vec<Profile>,
    /// `--profile`.
    pub flag: Option<String>,
    /// `AWS_PROFILE`.
    pub variable: Option<String>,
    /// `--region`.
    pub region: Option<String>,
    /// The access key in the environment.
    pub key: Option<EnvironmentKey>,
    /// Access keys in profiles and the environment.
    pub keys: Vec<HeldKey>,
    /// Other variables that provide credentials: web identity, container.
    pub others: Vec<&'static str>,
    /// `None`: not looked for.
    pub cli: Option<Cli>,
    /// Whether lockroot cannot open a browser for the person, e.g. over SSH.
    pub is_remote: bool,
    /// Why the shared configuration could not be read.
    pub broken: Option<String>,
}

impl Machine {
    #[must_use]
    pub fn profile(&self, name: &str) -> Option<&Profile> {
        self.profiles.iter().find(|profile| profile.name == name)
    }

    /// Where this machine stores the key `id`, for people.
    #[must_use]
    pub fn places_of(&self, id: &str) -> Vec<&str> {
        self.keys.iter().filter(|key| key.id == id).map(|key| key.place.as_str()).collect()
    }

    /// The profile that `source` selects, and what selected it. [`Self::uses_key`] decides whether it wins.
    #[must_use]
    pub fn selected<'a>(&'a self, source: &'a CredentialSource) -> (&'a str, &'static str) {
        match (source, &self.flag, &self.variable) {
            (CredentialSource::Profile(name), _, _) => (name, "chosen here"),
            (CredentialSource::AsStarted, Some(name), _) => (name, "--profile"),
            (_, _, Some(name)) => (name, "AWS_PROFILE"),
            _ => ("default", "the default"),
        }
    }

    /// Whether `source` uses the environment's access key.
    #[must_use]
    pub fn uses_key(&self, source: &CredentialSource) -> bool {
        let named = matches!(source, CredentialSource::Profile(_))
            || (*source == CredentialSource::AsStarted && self.flag.is_some());
        self.key.is_some() && !named
    }

    /// An unused profile name for a new login session.
    #[must_use]
    pub fn free_name(&self) -> String {
        self.free_name_like("root")
    }

    /// `wanted`, or the first unused numbered variant.
    #[must_use]
    pub fn free_name_like(&self, wanted: &str) -> String {
        let is_free = |name: &String| self.profile(name).is_none();
        let numbered = (2..).map(|number| format!("{wanted}-{number}"));
        std::iter::once(wanted.to_owned()).chain(numbered).find(is_free).unwrap_or_default()
    }

    /// One sentence for each source that names another account than `caller`'s. lockroot does not guess the signer's
    /// account: AWS has named it.
    #[must_use]
    pub fn contradictions(&self, source: &CredentialSource, caller: &Caller) -> Vec<String> {
        let differs = |named: &Option<Named>| named.clone().filter(|named| named.account != caller.account);
        let key_signs = self.uses_key(source);
        let mut said = Vec::new();
        if let Some(key) = self.key.as_ref().filter(|_| !key_signs)
            && let Some(named) = differs(&key.account)
        {
            let (id, verb, account) = (&key.id, verb(&named), &named.account);
            said.push(format!(
                "The key {id} in the environment {verb} account {account}: programs without --profile use it."
            ));
        }
        let (selected, why) = self.selected(source);
        let mut names = vec![(selected, why)];
        names.extend(self.flag.as_deref().map(|name| (name, "--profile")));
        names.extend(self.variable.as_deref().map(|name| (name, "AWS_PROFILE")));
        let mut seen = Vec::new();
        for (name, why) in names {
            let signs = name == selected && !key_signs;
            let profile = self.profile(name).filter(|_| !seen.contains(&name));
            seen.push(name);
            let Some((profile, named)) = profile.and_then(|profile| Some((profile, differs(&profile.account)?))) else {
                continue;
            };
            if signs && !named.is_sure {
                continue;
            }
            let role = if key_signs { "; the key in the environment wins over it" } else { "" };
            let (kind, verb, account) = (profile.kind.words(), verb(&named), &named.account);
            said.push(format!("The profile {name} ({why}, {kind}) {verb} account {account}{role}."));
        }
        said
    }
}

fn verb(named: &Named) -> &'static str {
    if named.is_sure { "names" } else { "likely belongs to" }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::account::source::ProfileKind;
    use crate::account::{Credential, CredentialKind, Principal};

    fn caller(account: &str) -> Caller {
        Caller {
            account: account.into(),
            arn: format!("arn:aws:iam::{account}:root"),
            principal: Principal::Root,
            credential: Credential {
                access_key_id: "ASIAIOSFODNN7EXAMPLE".into(),
                kind: CredentialKind::Temporary,
                source: "a test".into(),
                base: None,
            },
            clock_ahead: None,
        }
    }

    fn profile(name: &str, account: &str) -> Profile {
        let login = Some(format!("arn:aws:iam::{account}:root"));
        Profile { name: name.into(), kind: ProfileKind::Login, account: Named::written(account), login, region: None }
    }

    #[test]
    fn versions_are_parsed_from_the_clis_output() {
        for (text, version) in [
            ("aws-cli/2.32.1 Python/3.13.7 Linux/6.8 exe/x86_64", Some(Version(2, 32, 1))),
            ("aws-cli/1.42.3 Python/3.9 botocore/1.40", Some(Version(1, 42, 3))),
            ("aws-cli/2.33.0rc1 Python/3", Some(Version(2, 33, 0))),
            ("aws-cli/2.32", Some(Version(2, 32, 0))),
            ("aws-shell 3", None),
            ("aws-cli/two", None),
            ("", None),
        ] {
            assert_eq!(Version::said(text), version, "{text}");
        }
    }

    #[test]
    fn an_old_or_absent_cli_is_named_with_advice() {
        let found = |version| Cli::Found { path: "/usr/bin/aws".into(), version };
        assert_eq!(found(Version(2, 32, 0)).for_login(), Ok("/usr/bin/aws"));
        let old = found(Version(2, 31, 9)).for_login().unwrap_err();
        assert!(old.contains("2.31.9") && old.contains("2.32.0") && old.contains("Update"), "{old}");
        assert!(Cli::Absent.for_login().unwrap_err().contains("Install"));
        assert!(found(Version(1, 99, 0)).for_login().is_err() && found(Version(1, 99, 0)).for_sso().is_err());
        assert_eq!(found(Version(2, 4, 0)).for_sso(), Ok("/usr/bin/aws"));
    }

    #[test]
    fn the_profile_comes_from_choice_flag_variable_or_default_in_this_order() {
        let mut machine = Machine::default();
        assert_eq!(machine.selected(&CredentialSource::AsStarted).0, "default");
        machine.variable = Some("two".into());
        assert_eq!(machine.selected(&CredentialSource::AsStarted), ("two", "AWS_PROFILE"));
        machine.flag = Some("one".into());
        assert_eq!(machine.selected(&CredentialSource::AsStarted), ("one", "--profile"));
        assert_eq!(machine.selected(&CredentialSource::Environment).0, "two");
        assert_eq!(machine.selected(&CredentialSource::Profile("three".into())), ("three", "chosen here"));
        machine.key = Some(EnvironmentKey::of("AKIASP2TPHJSQH3FJRUX"));
        assert!(!machine.uses_key(&CredentialSource::AsStarted) && machine.uses_key(&CredentialSource::Environment));
        machine.flag = None;
        assert!(machine.uses_key(&CredentialSource::AsStarted), "AWS_PROFILE does not win over keys");
    }

    #[test]
    fn sources_that_point_at_another_account_are_named() {
        let machine = Machine {
            profiles: vec![profile("acme", "123456789012"), profile("other", "210987654321")],
            key: Some(EnvironmentKey::of("AKIASP2TPHJSQH3FJRUX")),
            variable: Some("other".into()),
            ..Machine::default()
        };
        let said = machine.contradictions(&CredentialSource::AsStarted, &caller("171436882533"));
        assert_eq!(said.len(), 1, "{said:?}");
        assert!(said[0].contains("other (AWS_PROFILE") && said[0].contains("210987654321") && said[0].contains("wins"));
        let chosen = CredentialSource::Profile("acme".into());
        let said = machine.contradictions(&chosen, &caller("123456789012"));
        assert_eq!(said.len(), 2, "{said:?}");
        assert!(said[0].contains("…JRUX") && said[0].contains("likely belongs to account 171436882533"), "{said:?}");
        assert!(said[1].contains("other (AWS_PROFILE"), "{said:?}");
        let key = machine.contradictions(&CredentialSource::Environment, &caller("123456789012"));
        assert!(!key.iter().any(|line| line.contains("…JRUX")), "what signs is not guessed at: {key:?}");
        let alone = Machine { profiles: machine.profiles.clone(), ..Machine::default() };
        assert!(
            alone.contradictions(&chosen, &caller("123456789012")).is_empty(),
            "others that nobody named are no contradiction"
        );
    }

    #[test]
    fn a_new_profile_gets_a_free_name() {
        let mut machine = Machine::default();
        assert_eq!(machine.free_name(), "root");
        machine.profiles = vec![profile("root", "123456789012"), profile("root-2", "123456789012")];
        assert_eq!(machine.free_name(), "root-3");
    }
}
