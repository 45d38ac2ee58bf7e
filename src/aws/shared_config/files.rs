//! Finds and reads the two files. An existing but unreadable file is an error, never empty.

use std::io::ErrorKind;
use std::path::{Path, PathBuf};

use aws_types::os_shim_internal::{Env, Fs};
use zeroize::Zeroizing;

pub(super) struct SharedFile {
    pub path: PathBuf,
    /// In `config` headings have a type; in `credentials` every section is a profile.
    pub is_config: bool,
    /// The variable that sets its path, if it is not the default.
    pub named_by: Option<&'static str>,
}

/// `config` first, then `credentials`, which wins.
pub(super) fn both(env: &Env) -> [SharedFile; 2] {
    let file = |name: &'static str, usual: &str, is_config| {
        let named = variable(env, name);
        let named_by = named.is_some().then_some(name);
        SharedFile { path: at_home(named.as_deref().unwrap_or(usual), env), is_config, named_by }
    };
    [file("AWS_CONFIG_FILE", "~/.aws/config", true), file("AWS_SHARED_CREDENTIALS_FILE", "~/.aws/credentials", false)]
}

/// An environment variable with a non-blank value.
pub(in crate::aws) fn variable(env: &Env, name: &str) -> Option<String> {
    env.get(name).ok().filter(|value| !value.trim().is_empty())
}

/// `path` with `~` replaced by the home folder.
pub(in crate::aws) fn at_home(path: &str, env: &Env) -> PathBuf {
    let home = || variable(env, "HOME").map(PathBuf::from).or_else(std::env::home_dir);
    match Path::new(path).strip_prefix("~") {
        Ok(rest) => home().map_or_else(|| path.into(), |home| home.join(rest)),
        Err(_) => path.into(),
    }
}

/// The text of `file`; `None` if it does not exist.
///
/// # Errors
/// Why it cannot be read.
pub(super) async fn read(file: &SharedFile, fs: &Fs) -> Result<Option<Zeroizing<String>>, String> {
    match fs.read_to_end(&file.path).await.map(Zeroizing::new) {
        Ok(bytes) => text(&bytes).map(Some),
        Err(error) if matches!(error.kind(), ErrorKind::NotFound | ErrorKind::NotADirectory) => Ok(None),
        Err(error) if error.kind() == ErrorKind::IsADirectory => Err("it is a folder".into()),
        Err(error) => Err(error.to_string()),
    }
}

/// Decodes UTF-8 and drops a byte order mark.
fn text(bytes: &[u8]) -> Result<Zeroizing<String>, String> {
    if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") || bytes.contains(&0) {
        return Err("it is UTF-16 text, not UTF-8. Save it as UTF-8".into());
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(Zeroizing::new(text.strip_prefix('\u{feff}').unwrap_or(text).to_owned())),
        Err(error) => {
            let line = bytes[..error.valid_up_to()].iter().filter(|byte| **byte == b'\n').count() + 1;
            Err(format!("line {line} is not UTF-8 text; perhaps it is Latin-1. Save it as UTF-8"))
        }
    }
}
