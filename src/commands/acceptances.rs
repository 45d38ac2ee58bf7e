//! Accepted risks in the configuration file: reads them, and appends new ones. Never changes existing text, and
//! leaves an unreadable file alone.

use std::path::Path;

use zeroize::Zeroizing;

use super::config::Config;
use super::own_file::{Mode, followed, rewrite, words};
use crate::account::{Acceptances, Suppression};
use crate::files::{self, folder_of};

/// The settings for `account` in the file at `path`; empty without a file.
///
/// # Errors
/// Why it cannot be read.
pub(super) fn read(path: &Path, account: &str) -> Result<Acceptances, String> {
    let config = if path.exists() { Config::load(Some(path), true)? } else { Config::default() };
    let file = Some(path.display().to_string());
    let all = config.suppressions(Some(account));
    Ok(Acceptances { account: account.to_owned(), all, file, parameters: config.parameters, on: None })
}

/// Appends `risk` for `account` to the file at `path` atomically, following a link. Returns the new settings.
///
/// # Errors
/// Why nothing was written.
pub(super) fn add(path: &Path, account: &str, risk: &Suppression) -> Result<Acceptances, String> {
    let target = followed(path)?;
    let shown = target.display();
    let said = |error: std::io::Error| format!("{shown}: {}", words(&error));
    let folder = folder_of(&target);
    if !folder.is_dir() {
        files::private_folder(folder).map_err(said)?;
    }
    rewrite(&target, Mode::AsBefore, |known| {
        let whole = with_entry(known, account, risk).map_err(|error| format!("{shown}: {error}"))?;
        Ok(Zeroizing::new(whole.into_bytes()))
    })?;
    read(path, account)
}

/// The whole new file. Verifies that the old entries are unchanged and the new one parses.
fn with_entry(known: &[u8], account: &str, risk: &Suppression) -> Result<String, String> {
    const LEFT: &str = "Nothing was written. Correct the file first.";
    let known = std::str::from_utf8(known).map_err(|_| format!("it is no text. {LEFT}"))?;
    let before = Config::parse(known).map_err(|error| format!("{error}. {LEFT}"))?;
    let gap = match known {
        "" => "",
        _ if known.ends_with('\n') => "\n",
        _ => "\n\n",
    };
    let whole = format!("{known}{gap}{}", risk.entry(account));
    let after =
        Config::parse(&whole).map_err(|error| format!("an entry can't be added at its end: {error}. {LEFT}"))?;
    let (mut wanted, found) = (before.suppressions(Some(account)), after.suppressions(Some(account)));
    wanted.push(risk.clone());
    if wanted != found || before.suppressions(None) != after.suppressions(None) {
        return Err(format!("an entry at its end would not be read as it was meant. {LEFT}"));
    }
    Ok(whole)
}

#[cfg(test)]
mod tests {
    use std::fs;

    use time::macros::date;

    use super::*;

    const ACCOUNT: &str = "123456789012";

    fn risk(reason: &str) -> Suppression {
        let until = date!(2027 - 02 - 19);
        Suppression { id: "root-mfa".into(), reason: reason.into(), owner: "dana@acme.example".into(), until }
    }

    #[test]
    fn an_entry_is_added_and_everything_else_in_the_file_stays_as_it_is() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("config.toml");
        let foreign = "# ours\n[check]\nskip = [\"billing-contact\"] # no bills here\n\n\
                       [[suppress]]\nid = \"root-mfa\"\nreason = \"r\"\nowner = \"o\"\nuntil = 2026-01-31";
        fs::write(&path, foreign).unwrap();
        let said = add(&path, ACCOUNT, &risk("the \"token\"\\ is\u{7} on its way")).unwrap();
        let text = fs::read_to_string(&path).unwrap();
        assert!(text.starts_with(foreign) && text.ends_with(&format!("account = \"{ACCOUNT}\"\n")), "{text}");
        assert_eq!(said.all.len(), 2);
        assert_eq!(said.all[1], risk("the \"token\"\\ is\u{7} on its way"), "it is read as it was written");
        assert_eq!(read(&path, ACCOUNT).unwrap(), said);
        assert_eq!(read(&path, "210987654321").unwrap().all.len(), 1, "it belongs to one account");
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1, "no draft is left");
    }

    #[test]
    fn a_missing_file_is_created_for_its_owner_only() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("made/config.toml");
        assert_eq!(read(&path, ACCOUNT).unwrap().all, []);
        assert!(!folder.path().join("made").exists(), "looking makes nothing");
        add(&path, ACCOUNT, &risk("first")).unwrap();
        assert_eq!(add(&path, ACCOUNT, &risk("second")).unwrap().all.len(), 2);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
        }
    }

    #[test]
    fn an_invalid_file_is_left_unchanged() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("config.toml");
        for (foreign, said) in [
            (&b"[chekc]\n"[..], "1:2: unknown field"),
            (b"suppress = []\n", "can't be added"),
            (b"\xff\xfe", "no text"),
        ] {
            fs::write(&path, foreign).unwrap();
            let error = add(&path, ACCOUNT, &risk("r")).unwrap_err();
            assert!(error.contains(said) && error.contains("Nothing was written"), "{error}");
            assert_eq!(fs::read(&path).unwrap(), foreign);
        }
    }

    #[cfg(unix)]
    #[test]
    fn the_file_keeps_its_permissions_and_its_link() {
        use std::os::unix::fs::{PermissionsExt, symlink};
        let folder = tempfile::tempdir().unwrap();
        let (real, link) = (folder.path().join("dotfiles.toml"), folder.path().join("config.toml"));
        fs::write(&real, "").unwrap();
        fs::set_permissions(&real, fs::Permissions::from_mode(0o644)).unwrap();
        symlink(&real, &link).unwrap();
        add(&link, ACCOUNT, &risk("r")).unwrap();
        assert!(link.is_symlink() && fs::read_to_string(&real).unwrap().contains("[[suppress]]"));
        assert_eq!(fs::metadata(&real).unwrap().permissions().mode() & 0o777, 0o644);
    }
}
