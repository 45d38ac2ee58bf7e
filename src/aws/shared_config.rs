//! Reads `~/.aws/config` and `~/.aws/credentials` as the AWS CLI does. The SDK's parser rejects both files for one
//! unknown line, treats an unreadable file as empty, and supports fewer profile names. So it receives only the result
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

/// A value and its place. It has no `Debug`: the value can be a secret.
pub(super) struct Setting {
    pub value: Zeroizing<String>,
    /// `FILE:LINE`
    pub place: String,
}

/// Settings by lowercase name. An empty value counts as unset.
type Settings = BTreeMap<String, Setting>;

/// A profile, merged from both files.
#[derive(Default)]
pub(super) struct Profile {
    name: String,
    settings: Settings,
    /// Lines that cannot be parsed.
    broken: Vec<String>,
}

impl Profile {
    /// Without quotation marks.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The value of `key`, if set.
    pub fn get(&self, key: &str) -> Option<&str> {
        self.setting(key).map(|setting| setting.value.as_str())
    }

    /// The value of `key` with its place.
    pub fn setting(&self, key: &str) -> Option<&Setting> {
        self.settings.get(key)
    }

    /// Fails if any line of the profile cannot be parsed: that line might name another account.
    ///
    /// # Errors
    /// `UnusableCredentials`, with file, line and the expected syntax.
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

/// An `sso-session` that profiles share.
pub(super) struct SsoSession<'a> {
    pub name: &'a str,
    settings: &'a Settings,
}

impl SsoSession<'_> {
    /// The value of `key`, if set.
    pub fn get(&self, key: &str) -> Option<&str> {
        self.settings.get(key).map(|setting| setting.value.as_str())
    }
}

/// Both files, merged.
#[derive(Default)]
pub(super) struct Shared {
    profiles: BTreeMap<String, Profile>,
    sso_sessions: BTreeMap<String, Settings>,
    services: BTreeMap<String, Settings>,
    /// Existing but unreadable files, each with the reason.
    pub unreadable: Vec<String>,
    /// Ignored lines, each with the reason.
    pub passed_over: Vec<String>,
}

/// The selected profile.
pub(super) struct Selected<'a> {
    pub name: String,
    /// `None` if no profile was named and there is no `default`.
    pub profile: Option<&'a Profile>,
    /// Named on the command line, so that it is the only source of credentials.
    pub alone: bool,
}

impl Shared {
    /// Reads both files as far as possible.
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

    /// All profiles, sorted by name.
    pub fn profiles(&self) -> impl Iterator<Item = &Profile> {
        self.profiles.values()
    }

    pub fn profile(&self, name: &str) -> Option<&Profile> {
        self.profiles.get(name)
    }

    pub fn sso_session(&self, profile: &Profile) -> Option<SsoSession<'_>> {
        let (name, settings) = self.sso_sessions.get_key_value(profile.get("sso_session")?)?;
        Some(SsoSession { name, settings })
    }

    /// The profile named by `flag`, else `AWS_PROFILE`, else `default`. A named profile must exist: the SDK would
    /// fall back to other sources.
    ///
    /// # Errors
    /// `UnusableCredentials`: no such profile. Lists the existing ones and what could not be read.
    pub fn select(&self, flag: Option<&str>, env: &Env) -> Result<Selected<'_>, Failure> {
        let named = flag.map(str::to_owned).or_else(|| variable(env, "AWS_PROFILE"));
        let name = named.clone().unwrap_or_else(|| "default".into());
        let profile = self.profile(&name);
        if named.is_some() && profile.is_none() {
            return Err(unusable(self.missing(&name)));
        }
        Ok(Selected { name, profile, alone: flag.is_some() })
    }

    /// Fails if a file is unreadable: it might set something else for any profile.
    ///
    /// # Errors
    /// `UnusableCredentials`, with the file and the reason.
    pub fn verify(&self) -> Result<(), Failure> {
        if self.unreadable.is_empty() { Ok(()) } else { Err(unusable(self.unreadable.join("; "))) }
    }

    /// The message that no profile is called `name`.
    pub fn missing(&self, name: &str) -> String {
        let known: Vec<&str> = self.profiles.keys().map(String::as_str).collect();
        let known = if known.is_empty() { "there are none".into() } else { format!("there are: {}", known.join(", ")) };
        format!("no profile is called {name}; {known}{}", self.troubles())
    }

    /// Everything unreadable, each after a semicolon: the missing setting may be there.
    pub fn troubles(&self) -> String {
        self.unreadable.iter().chain(&self.passed_over).map(|trouble| format!("; {trouble}")).collect()
    }

    fn add(&mut self, text: &str, file: &files::SharedFile) {
        let place = |line: usize| format!("{}:{line}", file.path.display());
        let parsed = ini::parse(text);
        self.passed_over.extend(parsed.stray.iter().map(|(line, why)| format!("{}: {why}", place(*line))));
        // As in all SDKs, [profile default] overrides [default].
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
