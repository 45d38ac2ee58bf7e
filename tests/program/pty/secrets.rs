//! Runs the administrator step with known secrets, and searches every written byte for them.

use std::path::Path;

use lockroot::secret::Secret;
use lockroot::totp::Generator;

use super::Terminal;

const PASSWORD: &str = "Tulip7-Walnut+Battery";

/// All files below `folder`.
fn files(folder: &Path) -> Vec<std::path::PathBuf> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

/// The screen and its scrollback after the program has ended.
fn left_behind(output: &str) -> String {
    let mut parser = vt100::Parser::new(24, 80, 2000);
    parser.process(output.as_bytes());
    let mut text = String::new();
    for lines in 0..=2000 {
        parser.screen_mut().set_scrollback(lines);
        if parser.screen().scrollback() < lines {
            break;
        }
        text.push_str(&parser.screen().contents());
    }
    text
}

impl Terminal {
    /// Presses Enter on a button after it has been shown long enough to be read.
    pub(super) fn confirm(&mut self, button: &str) {
        self.until_shown(button);
        let since = std::time::Instant::now();
        let is_legible = || since.elapsed() > std::time::Duration::from_millis(600);
        self.until("a button that stands still", |screen| screen.contains(button) && is_legible());
        self.send("\r");
    }

    /// Opens the form of a new administrator in practice and types `password`.
    pub(super) fn type_password(&mut self, password: &str) {
        self.until_shown("1234-5678-9012");
        self.send("5");
        self.confirm("[ Set up an administrator ]");
        self.until_shown("Console password");
        self.send("\x1b[B\x1b[B\x1b[C\x1b[B");
        self.until_shown("Once more");
        self.send(password);
    }

    fn shown(&self) -> String {
        self.screen.screen().contents()
    }
}

#[test]
fn no_secret_is_left_in_any_written_byte() {
    let folder = tempfile::tempdir().unwrap();
    let home = folder.path().display().to_string();
    let log = format!("{home}/stderr.txt");
    let script = "cd \"$1\" && \"$0\" practice 2>\"$2\"";
    let arguments = ["-c", script, env!("CARGO_BIN_EXE_lockroot"), &home, &log];
    let state = format!("{home}/state");
    let config = format!("{home}/config");
    let environment = [("HOME", home.as_str()), ("XDG_STATE_HOME", &state), ("XDG_CONFIG_HOME", &config)];
    let mut terminal = Terminal::run("/bin/sh", &arguments, &environment, 80, 24);
    terminal.type_password(PASSWORD);
    terminal.send("\x1b[B");
    terminal.send(PASSWORD);
    terminal.send("\x1b[B\x1b[B ");
    terminal.until_shown("[x] yes");
    terminal.send("\x13");
    terminal.confirm("[ Make these 7 calls ]");
    terminal.until_shown("[ I have saved them ]");
    let before = String::from_utf8_lossy(&terminal.raw).into_owned();
    assert!(!before.contains(PASSWORD) && !before.contains("Tulip7"), "nothing before it is shown on purpose");
    terminal.send("v");
    terminal.until_shown(PASSWORD);
    let screen = terminal.shown();
    let key = screen
        .split_whitespace()
        .find(|word| word.len() == 40 && !word.contains('─'))
        .expect("the secret key")
        .to_owned();
    terminal.send("y");
    terminal.until_shown("clipboard");
    terminal.send("p");
    terminal.until_shown("Save the access key as a profile");
    // A planted link in place of the profile's file is not followed.
    let (planted, elsewhere) = (folder.path().join("aws-credentials-practice"), folder.path().join("elsewhere"));
    std::os::unix::fs::symlink(&elsewhere, &planted).unwrap();
    terminal.send("\x13");
    terminal.until_shown("aws-credentials-practice is a link");
    assert!(!elsewhere.exists());
    std::fs::remove_file(&planted).unwrap();
    terminal.send("\x13");
    terminal.until_shown("Profile administrator is in");
    terminal.send("\r");
    terminal.until_shown("Scan it");
    let is_group =
        |word: &&str| word.len() == 4 && word.chars().all(|c| c.is_ascii_uppercase() || ('2'..='7').contains(&c));
    // The screen arrives in pieces.
    terminal.until("the whole seed", |screen| screen.split_whitespace().filter(is_group).count() == 16);
    let seed: String = terminal.shown().split_whitespace().filter(is_group).collect();
    // The current code and the next one, so that neither gets too old on a slow machine.
    let unix = std::time::SystemTime::now().duration_since(std::time::UNIX_EPOCH).unwrap().as_secs();
    let generator = Generator::new(&Secret::new(seed.clone())).expect("the seed is on the screen");
    terminal.send(&format!("{}{}", generator.code(unix), generator.code(unix + 30)));
    terminal.send("\r");
    terminal.until_shown("MFA for administrator");
    terminal.until_shown("next step");
    terminal.send("q");
    let (code, output) = terminal.end();
    assert_eq!(code, 0, "{output}");
    let cleared = output.rfind("\x1b]52;c;").map(|place| output[place + 7..].chars().next());
    assert_eq!(cleared, Some(Some('\x1b')), "the clipboard was cleared before the end");

    let left = left_behind(&output);
    assert!(left.contains("done on account"), "the farewell is there: {left}");
    let secrets = [PASSWORD, key.as_str(), seed.as_str()];
    for secret in secrets {
        assert!(!left.contains(secret), "on the terminal: {secret}");
        assert!(!left.replace([' ', '\n'], "").contains(secret), "on the terminal: {secret}");
    }
    let mut permitted = 0;
    for path in files(folder.path()) {
        let bytes = std::fs::read(&path).unwrap();
        let holds = |secret: &str| bytes.windows(secret.len()).any(|window| window == secret.as_bytes());
        // Only the requested profile may contain a secret: the key.
        let is_profile = path.file_name().is_some_and(|name| name == "aws-credentials-practice");
        if is_profile {
            permitted += 1;
            assert!(holds(&key), "the profile was asked for");
            #[cfg(unix)]
            {
                use std::os::unix::fs::PermissionsExt;
                assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
            }
        }
        for secret in secrets.into_iter().filter(|secret| !is_profile || *secret != key) {
            assert!(!holds(secret), "{secret} in {path:?}");
        }
    }
    assert_eq!(permitted, 1);
}
