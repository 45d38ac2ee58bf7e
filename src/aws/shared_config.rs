//! Reads `~/.aws/config` and `~/.aws/credentials` as the AWS CLI does. The SDK's parser rejects both files for one
//! unknown line, treats an unreadable file as empty, and knows fewer profile names. So it gets only the result
//! ([`for_sdk`](Shared::for_sdk)).

mod files;
mod for_sdk;
mod headings;
mod ini;

use std::collections::BTreeMap;

use aws_types::os_shim_internal::{Env, Fs};
use zeroize::Zeroizing;

use super::credentials::SIGN_IN;
use crate::account::{Failure, Fault};
use headings::Heading;

pub(super) use files::{at_home, variable};
pub(super) use for_sdk::{ForSdk, is_known};

/// A value, and where it stands. There is no `Debug`: it can be a secret.
pub(super) struct Setting {
    pub value: Zeroizing<String>,
    /// `FILE:LINE`
    pub place: String,
}

/// What a section sets, by names in small letters. What is set to nothing is not set.
type Settings = BTreeMap<String, Setting>;

/// A profile, out of both files.
#[derive(Default)]
pub(super) struct Profile {
    name: String,
    settings: Settings,
    /// What stands in it and can't be read.
    broken: Vec<String>,
}

impl Profile {
    /// Its name, without quotation marks.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// What it sets `key` to.
    pub fn get(&self, key: &str) -> Option<&str> {
        self.setting(key).map(|setting| setting.value.as_str())
    }

    /// The same, with its place.
    pub fn setting(&self, key: &str) -> Option<&Setting> {
        self.settings.get(key)
    }

    /// Nothing of a profile can be relied on while a part of it can't be read: that part may name another account.
    ///
    /// # Errors
    /// `UnusableCredentials`, with file, line and what was expected there.
    pub fn verify(&self) -> Result<(), Failure> {
        if self.broken.is_empty() { Ok(()) } else { Err(unusable(self.broken.join("; "))) }
    }

    #[cfg(test)]
    pub fn of(name: &str, settings: &[(&str, &str)]) -> Self {
        let setting = |value: &str| Setting { value: Zeroizing::new(value.into()), place: "a test".into() };
        let settings = settings.iter().map(|(key, value)| ((*key).to_owned(), setting(value))).collect();
        Self { name: name.into(), settings, broken: Vec::new() }
    }
}

/// A session of IAM Identity Center that profiles share.
pub(super) struct SsoSession<'a> {
    pub name: &'a str,
    settings: &'a Settings,
}

impl SsoSession<'_> {
    /// What it sets `key` to.
    pub fn get(&self, key: &str) -> Option<&str> {
        self.settings.get(key).map(|setting| setting.value.as_str())
    }
}

/// Both files together.
#[derive(Default)]
pub(super) struct Shared {
    profiles: BTreeMap<String, Profile>,
    sso_sessions: BTreeMap<String, Settings>,
    services: BTreeMap<String, Settings>,
    /// Files that are there and can't be read, each with the reason.
    pub unreadable: Vec<String>,
    /// Lines that were passed over, each with the reason.
    pub passed_over: Vec<String>,
}

/// The profile that counts.
pub(super) struct Selected<'a> {
    pub name: String,
    /// None where nobody named one and there is no `default`.
    pub profile: Option<&'a Profile>,
    /// It was named on the command line, so that it is the only place for credentials.
    pub alone: bool,
}

impl Shared {
    /// Reads both files, as far as they can be read.
    pub async fn load(env: &Env, fs: &Fs) -> Self {
        let mut shared = Self::default();
        for file in files::both(env) {
            match files::read(&file, fs).await {
                Ok(Some(text)) => shared.add(&text, &file),
                Ok(None) => shared.passed_over.extend(
                    file.named_by
                        .map(|variable| format!("{variable} names {}, which is not there", file.path.display())),
                ),
                Err(why) => shared.unreadable.push(format!("{} can't be read: {why}", file.path.display())),
            }
        }
        shared
    }

    /// All profiles, by name.
    pub fn profiles(&self) -> impl Iterator<Item = &Profile> {
        self.profiles.values()
    }

    /// The profile called `name`.
    pub fn profile(&self, name: &str) -> Option<&Profile> {
        self.profiles.get(name)
    }

    /// The session that `profile` signs in with.
    pub fn sso_session(&self, profile: &Profile) -> Option<SsoSession<'_>> {
        let (name, settings) = self.sso_sessions.get_key_value(profile.get("sso_session")?)?;
        Some(SsoSession { name, settings })
    }

    /// The profile named by `flag`, else by `AWS_PROFILE`, else `default`. One that is named has to exist: the SDK would pass on to
    /// whatever else it finds.
    ///
    /// # Errors
    /// `UnusableCredentials`: there is no such profile. Which ones there are, and what could not be read.
    pub fn select(&self, flag: Option<&str>, env: &Env) -> Result<Selected<'_>, Failure> {
        let named = flag.map(str::to_owned).or_else(|| variable(env, "AWS_PROFILE"));
        let name = named.clone().unwrap_or_else(|| "default".into());
        let profile = self.profile(&name);
        if named.is_some() && profile.is_none() {
            return Err(unusable(self.missing(&name)));
        }
        Ok(Selected { name, profile, alone: flag.is_some() })
    }

    /// A profile rests on both files: what can't be read may set something else.
    ///
    /// # Errors
    /// `UnusableCredentials`: a file can't be read; which one, and why.
    pub fn verify(&self) -> Result<(), Failure> {
        if self.unreadable.is_empty() { Ok(()) } else { Err(unusable(self.unreadable.join("; "))) }
    }

    /// That there is no profile called `name`, in words.
    pub fn missing(&self, name: &str) -> String {
        let known: Vec<&str> = self.profiles.keys().map(String::as_str).collect();
        let known = if known.is_empty() { "there are none".into() } else { format!("there are: {}", known.join(", ")) };
        format!("no profile is called {name}; {known}{}", self.troubles())
    }

    /// What could not be read, each behind a semicolon: what somebody misses may be there.
    pub fn troubles(&self) -> String {
        self.unreadable.iter().chain(&self.passed_over).map(|trouble| format!("; {trouble}")).collect()
    }

    fn add(&mut self, text: &str, file: &files::SharedFile) {
        let place = |line: usize| format!("{}:{line}", file.path.display());
        let parsed = ini::parse(text);
        self.passed_over.extend(parsed.stray.iter().map(|(line, why)| format!("{}: {why}", place(*line))));
        // As every SDK has it: [profile default] takes the place of [default].
        let is_named_twice =
            file.is_config && parsed.sections.iter().any(|section| headings::is_prefixed_default(section.heading));
        for section in parsed.sections {
            let broken = section.broken.iter().map(|(line, why)| format!("{}: {why}", place(*line)));
            let settings = section.properties.into_iter().map(|property| {
                let setting = Setting { value: Zeroizing::new(property.value), place: place(property.line) };
                (property.name, setting)
            });
            match headings::read(section.heading, file.is_config) {
                Heading::Profile(name) if is_named_twice && name == section.heading => {}
                Heading::Profile(name) => {
                    let profile = self.profiles.entry(name.clone()).or_default();
                    profile.name = name;
                    profile.broken.extend(broken);
                    set(&mut profile.settings, settings);
                }
                Heading::SsoSession(name) => set(self.sso_sessions.entry(name).or_default(), settings),
                Heading::Services(name) => set(self.services.entry(name).or_default(), settings),
                Heading::Other(Some(why)) => self.passed_over.push(format!("{}: {why}", place(section.line))),
                Heading::Other(None) => {}
            }
        }
    }
}

fn set(into: &mut Settings, settings: impl Iterator<Item = (String, Setting)>) {
    into.extend(settings.filter(|(_, setting)| !setting.value.trim().is_empty()));
}

pub(super) fn unusable(said: impl Into<String>) -> Failure {
    Failure::new(Fault::UnusableCredentials, SIGN_IN, said)
}

#[cfg(test)]
mod tests;
