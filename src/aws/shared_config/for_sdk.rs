//! Writes the part of the shared configuration that the SDK may read: one profile and its references. Keys and roles
//! are left out, since [`chain`](crate::aws::chain) handles them.

use std::fmt::Write;

use aws_runtime::env_config::file::{EnvConfigFileKind, EnvConfigFiles};

use super::{Profile, Settings, Shared};

/// Settings handled here. Each client gets the Region separately.
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

/// Configuration files for the SDK, and the profile's name in them.
pub(in crate::aws) struct ForSdk {
    pub files: EnvConfigFiles,
    pub name: String,
}

impl Shared {
    /// Only `profile`; without one, an empty configuration.
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

/// Whether the SDK accepts the name unchanged.
pub(in crate::aws) fn is_known(name: &str) -> bool {
    known(name) == name
}

/// The name in characters that the SDK accepts.
fn known(name: &str) -> String {
    name.chars().map(|c| if c.is_ascii_alphanumeric() || "_-/.%@:+".contains(c) { c } else { '_' }).collect()
}

fn lines(settings: &Settings) -> String {
    let ours = |name: &str| OURS.contains(&name);
    settings.iter().filter(|(name, _)| !ours(name)).filter_map(|(name, setting)| line(name, &setting.value)).collect()
}

/// A property line, if the SDK's parser accepts it. A refused line would make it drop all others.
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
