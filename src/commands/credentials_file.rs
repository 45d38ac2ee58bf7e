//! Appends a profile to the AWS credentials file, and changes nothing else in it.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use zeroize::Zeroizing;

use super::own_file::{Mode, followed, rewrite, words};
use crate::account::new_profile::{NewProfile, taken};
use crate::files::folder_of;

/// The credentials file, and the configuration file, which can contain profiles too.
#[derive(Debug, Clone)]
pub struct CredentialsFile {
    path: PathBuf,
    config: Option<PathBuf>,
    links: Links,
}

/// How to treat a link in place of the file.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Links {
    /// Follow it: people keep `~/.aws/credentials` elsewhere and link to it.
    Follow,
    /// Refuse it: anybody may have planted it in the current folder.
    Refuse,
}

impl CredentialsFile {
    /// The file of all AWS SDKs: `AWS_SHARED_CREDENTIALS_FILE`, else `~/.aws/credentials`.
    ///
    /// # Errors
    /// The user has no home folder.
    pub fn of_this_user() -> Result<Self, String> {
        let file = |variable: &str, name: &str| {
            let named = std::env::var_os(variable).filter(|value| !value.is_empty()).map(PathBuf::from);
            let home = || etcetera::home_dir().map_err(|error| format!("there is no folder for it: {error}"));
            Ok::<_, String>(match named {
                Some(path) => match path.strip_prefix("~") {
                    Ok(rest) => home()?.join(rest),
                    Err(_) => path,
                },
                None => home()?.join(".aws").join(name),
            })
        };
        let path = file("AWS_SHARED_CREDENTIALS_FILE", "credentials")?;
        Ok(Self { path, config: Some(file("AWS_CONFIG_FILE", "config")?), links: Links::Follow })
    }

    /// Exactly this file, without a configuration file. A link is not followed.
    #[must_use]
    pub fn at(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into(), config: None, links: Links::Refuse }
    }

    /// Appends `profile` as a new section. The file is replaced atomically and readable for its owner only (0600).
    /// Returns a message about what was done.
    ///
    /// # Errors
    /// Why nothing was written.
    pub fn add(&self, profile: &NewProfile) -> Result<String, String> {
        let target = match self.links {
            Links::Follow => followed(&self.path)?,
            Links::Refuse if self.path.is_symlink() => {
                let shown = self.path.display();
                return Err(format!("{shown} is a link, and is not followed. Remove it first: rm {shown}"));
            }
            Links::Refuse => self.path.clone(),
        };
        let shown = target.display();
        let folder = folder_of(&target);
        if !folder.is_dir() {
            return Err(format!("there is no folder {0}. Make it first: mkdir -m 700 {0}", folder.display()));
        }
        let mode = rewrite(&target, Mode::Private, |known| {
            self.refuse_taken(&profile.name, known, &target)?;
            Ok(Zeroizing::new([known, profile.text_after(known).expose().as_bytes()].concat()))
        })?;
        let mode =
            mode.map_or(String::new(), |mode| format!(" Others could read it ({mode:o}); now it is yours alone."));
        Ok(format!("Profile {} is in {shown}.{mode}", profile.name))
    }

    /// A profile's name must be unique in both files together.
    fn refuse_taken(&self, name: &str, known: &[u8], target: &Path) -> Result<(), String> {
        let found = |head: String, path: &Path| {
            Err(format!("[{head}] is there already, in {}. Nothing is ever overwritten: another name.", path.display()))
        };
        if let Some(head) = taken(known, name) {
            return found(head, target);
        }
        let Some(config) = &self.config else { return Ok(()) };
        match std::fs::read(config).map(Zeroizing::new) {
            Ok(bytes) => taken(&bytes, name).map_or(Ok(()), |head| found(head, config)),
            Err(error) if error.kind() == ErrorKind::NotFound => Ok(()),
            Err(error) => {
                Err(format!("whether {} has a profile of that name is not known: {}", config.display(), words(&error)))
            }
        }
    }
}

#[cfg(test)]
mod tests;
