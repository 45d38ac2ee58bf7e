//! Writes the part of the shared configuration that the SDK may read: one profile and what it refers to, without
//! keys and roles, which [`chain`](crate::aws::chain) handles.

use std::fmt::Write;

use aws_runtime::env_config::file::{EnvConfigFileKind, EnvConfigFiles};

use super::{Profile, Settings, Shared};

/// Dealt with here. The region is told to each client by itself.
const OURS: [&str; 9] = [
    "aws_access_key_id",
    "aws_secret_access_key",
    "aws_session_token",
    "external_id",
    "mfa_serial",
    "region",
    "role_arn",
    "source_profile",
    "web_identity_token_file",
];

/// Files for the SDK, and the name by which the profile goes in them.
pub(in crate::aws) struct ForSdk {
    pub files: EnvConfigFiles,
    pub name: String,
}

impl Shared {
    /// `profile` alone; without one, an empty configuration.
    pub fn for_sdk(&self, profile: Option<&Profile>) -> ForSdk {
        let name = profile.map_or_else(|| "default".into(), |profile| known(profile.name()));
        let mut text = format!("[profile {name}]\n");
        if let Some(profile) = profile {
            text += &lines(&profile.settings);
            for (key, kind, sections) in
                [("sso_session", "sso-session", &self.sso_sessions), ("services", "services", &self.services)]
            {
                if let Some((name, settings)) = profile.get(key).and_then(|name| sections.get_key_value(name)) {
                    let _ = write!(text, "[{kind} {name}]\n{}", lines(settings));
                }
            }
        }
        ForSdk { files: EnvConfigFiles::builder().with_contents(EnvConfigFileKind::Config, text).build(), name }
    }
}

/// Whether the SDK takes that name.
pub(in crate::aws) fn is_known(name: &str) -> bool {
    known(name) == name
}

/// A name as the SDK takes it.
fn known(name: &str) -> String {
    name.chars().map(|c| if c.is_ascii_alphanumeric() || "_-/.%@:+".contains(c) { c } else { '_' }).collect()
}

fn lines(settings: &Settings) -> String {
    let ours = |name: &str| OURS.contains(&name);
    settings.iter().filter(|(name, _)| !ours(name)).filter_map(|(name, setting)| line(name, &setting.value)).collect()
}

/// A property, if the SDK's parser takes it: one that it refuses would take all others with it.
fn line(name: &str, value: &str) -> Option<String> {
    let mut parts = value.split('\n');
    let first = parts.next().unwrap_or_default();
    let rest: Vec<&str> = parts.collect();
    let is_section = first.is_empty();
    if is_section && rest.iter().any(|part| part.split_once('=').is_none_or(|(name, _)| name.trim().is_empty())) {
        return None;
    }
    let rest: String = rest.iter().map(|part| format!("  {part}\n")).collect();
    Some(format!("{name} = {first}\n{rest}"))
}
