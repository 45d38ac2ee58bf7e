//! Writes files that a person asked for: always new and private.

use std::io::ErrorKind;
use std::path::Path;

use crate::files::Draft;

/// Maximum names to try.
const TRIES: u32 = 99;

/// Writes each text to a new file in the current folder, and numbers names that are taken. Returns the names.
///
/// # Errors
/// Which file could not be written, and why.
pub fn new_files(files: &[(String, String)]) -> Result<Vec<String>, String> {
    files.iter().map(|(name, text)| new_file(name, text.as_bytes())).collect()
}

fn new_file(name: &str, bytes: &[u8]) -> Result<String, String> {
    let said = |name: &str, error: std::io::Error| format!("{name}: {error}");
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, "txt"));
    let further = (2..=TRIES).map(|number| format!("{stem}-{number}.{ending}"));
    for name in std::iter::once(name.to_owned()).chain(further) {
        match Draft::private(Path::new(&name)).and_then(|draft| draft.create(bytes)) {
            Ok(()) => return Ok(name),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => {}
            Err(error) => return Err(said(&name, error)),
        }
    }
    Err(format!("{name}: there are {TRIES} of them already"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn saving_overwrites_nothing_and_reports_the_name_used() {
        let folder = tempfile::tempdir().unwrap();
        let name = folder.path().join("sheet.md").display().to_string();
        let save = |text: &str| new_files(&[(name.clone(), text.to_owned())]);
        assert_eq!(save("one"), Ok(vec![name.clone()]));
        let second = folder.path().join("sheet-2.md").display().to_string();
        assert_eq!(save("two"), Ok(vec![second.clone()]));
        assert_eq!(std::fs::read_to_string(&name).unwrap(), "one");
        assert_eq!(std::fs::read_to_string(&second).unwrap(), "two");
        let nowhere = folder.path().join("no/sheet.md").display().to_string();
        assert!(new_files(&[(nowhere, String::new())]).unwrap_err().contains("sheet.md"));
    }
}
