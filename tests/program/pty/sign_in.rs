//! Lending the terminal to `aws login`. A script stands in for the AWS CLI.

use std::fs;
use std::io::{BufRead, BufReader};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Child, Command, Stdio};

use super::Terminal;

const RECENT: &str = "aws-cli/2.32.1 Python/3.13.7 Linux/6.8";

/// A home with an AWS CLI that prints `version` and otherwise runs `script`, which can use `$HOME`.
struct Home(tempfile::TempDir);

impl Home {
    fn with(version: &str, script: &str) -> Self {
        let home = Self(tempfile::tempdir().unwrap());
        let program = home.path().join("bin/aws");
        fs::create_dir_all(program.parent().unwrap()).unwrap();
        let script = format!(
            "#!/bin/sh\nif [ \"$1\" = --version ]; then echo '{version}'; exit 0; fi\necho \"$@\" > \"$HOME/arguments\"\n{script}\n"
        );
        fs::write(&program, script).unwrap();
        fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
        home
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn start(&self, more: &[(&str, &str)]) -> Terminal {
        let path = format!("{}:/usr/bin:/bin", self.path().join("bin").display());
        let home = self.path().to_str().unwrap();
        let mut environment = vec![("HOME", home), ("PATH", path.as_str())];
        environment.extend(more);
        let mut terminal = Terminal::start(&[], &environment, 80, 24);
        terminal.until_shown("Ways to sign in");
        terminal
    }

    fn left(&self, name: &str) -> Option<String> {
        fs::read_to_string(self.path().join(name)).ok().map(|text| text.trim_end().to_owned())
    }
}

/// A practice account on a socket.
pub(super) struct Served(Child, serde_json::Value);

impl Served {
    pub(super) fn start(folder: &Path) -> Self {
        let ready = folder.join("ready.json");
        let mut child = Command::new(env!("CARGO_BIN_EXE_lockroot"))
            .args(["practice", "--serve", "127.0.0.1:0", "--ready-file"])
            .arg(&ready)
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        // The greeting comes once the file exists. Later output needs the pipe, so it stays open.
        let mut greeting = BufReader::new(child.stdout.take().unwrap());
        assert_ne!(greeting.read_line(&mut String::new()).unwrap(), 0, "it does not get ready");
        child.stdout = Some(greeting.into_inner());
        let served = serde_json::from_str(&fs::read_to_string(&ready).unwrap()).unwrap();
        Self(child, served)
    }

    pub(super) fn endpoint(&self) -> &str {
        self.1["endpoint"].as_str().unwrap()
    }

    /// Root's credentials as the lines of a profile.
    pub(super) fn profile(&self) -> String {
        let root = &self.1["principals"][0];
        let line = |name: &str, field: &str| root[field].as_str().map(|value| format!("{name} = {value}\n"));
        let lines = [
            line("aws_access_key_id", "access_key_id"),
            line("aws_secret_access_key", "secret_access_key"),
            line("aws_session_token", "session_token"),
        ];
        lines.into_iter().flatten().collect()
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[test]
fn aws_login_gets_the_whole_terminal_and_then_the_caller_is_signed_in() {
    let home = Home::with(
        RECENT,
        "printf 'Who are you? '\nread answer\necho \"$answer\" > \"$HOME/answer\"\nmkdir -p \"$HOME/.aws\"\n\
         { echo '[profile root]'; cat \"$HOME/profile\"; } > \"$HOME/.aws/config\"",
    );
    let served = Served::start(home.path());
    fs::write(home.path().join("profile"), served.profile()).unwrap();
    let mut terminal = home.start(&[("AWS_ENDPOINT_URL", served.endpoint()), ("AWS_REGION", "us-east-1")]);
    terminal.until_shown("AWS CLI 2.32.1");
    assert!(terminal.screen.screen().contents().contains("▸ aws login, profile root"));
    terminal.send("\r");
    terminal.until_shown("Who are you? ");
    assert!(!terminal.screen.screen().alternate_screen() && !terminal.screen.screen().hide_cursor());
    // Key by key, so that another reader would get some of them.
    let answer = "q1?p-Ada Lovelace, Countess of ".repeat(3);
    for character in answer.chars() {
        terminal.send(&character.to_string());
    }
    terminal.until("an echo, which only a terminal in its own mode gives", |screen| {
        screen.matches("Countess").count() == 3
    });
    terminal.send("\r");
    terminal.until_shown("1234-5678-9012");
    assert_eq!(home.left("answer").as_deref(), Some(answer.trim_end()));
    assert_eq!(home.left("arguments").as_deref(), Some("login --profile root"));
    assert!(terminal.screen.screen().alternate_screen());
    for words in ["LIVE", "profile root (access key)", "ended well (exit code 0)"] {
        terminal.until_shown(words);
    }
    let screen = terminal.screen.screen().contents();
    assert!(!screen.contains("Who are you?"), "all of the screen is drawn again: {screen}");
    terminal.send("q");
    let (code, output) = terminal.end();
    assert_eq!(code, 0);
    assert!(output.contains("steps are done on account 123456789012 (LIVE)."), "{output}");
}

#[test]
fn a_failed_login_is_shown_with_its_exit_code_and_keys_still_work() {
    let home = Home::with(RECENT, "echo 'Unable to open a browser'\nexit 1");
    let mut terminal = home.start(&[("SSH_TTY", "/dev/pts/7")]);
    terminal.until_shown("AWS CLI 2.32.1");
    terminal.send("\r");
    terminal.until_shown("exit code 1.");
    assert_eq!(home.left("arguments").as_deref(), Some("login --profile root --remote"), "no browser over SSH");
    terminal.until_shown("Not signed in");
    terminal.send("p");
    terminal.until_shown("PRACTICE");
    terminal.until_shown("1234-5678-9012");
    terminal.send("q");
    let (code, output) = terminal.end();
    assert_eq!(code, 0);
    assert!(output.contains("Unable to open a browser"), "its own words stay in the terminal");
}

#[test]
fn ctrl_c_ends_the_command_and_not_lockroot() {
    let home = Home::with(RECENT, "echo waiting for the browser\nexec sleep 60");
    let mut terminal = home.start(&[]);
    terminal.until_shown("AWS CLI 2.32.1");
    // The second key came before the command was visible, so neither the command nor lockroot gets it.
    terminal.send("\rq");
    terminal.until_shown("waiting for the browser");
    terminal.send("\x03");
    terminal.until_shown("was ended by signal 2");
    terminal.send("?");
    terminal.until_shown("close");
    terminal.send("?");
    terminal.until("the help closed", |screen| !screen.contains("close"));
    terminal.send("q");
    assert_eq!(terminal.end().0, 0);
}

#[test]
fn a_termination_signal_ends_the_command_too() {
    let home = Home::with(RECENT, "echo waiting for the browser\nexec sleep 60");
    let mut terminal = home.start(&[]);
    terminal.until_shown("AWS CLI 2.32.1");
    terminal.send("\r");
    terminal.until_shown("waiting for the browser");
    terminal.signal(rustix::process::Signal::TERM);
    assert_eq!(terminal.end().0, 130);
}

#[test]
fn an_old_aws_cli_is_not_run_and_named_with_advice() {
    let home = Home::with("aws-cli/2.31.9 Python/3.13.7", "exit 0");
    let mut terminal = home.start(&[]);
    terminal.until_shown("The AWS CLI here is 2.31.9");
    terminal.send("\r");
    terminal.until("the reason where remarks are", |screen| screen.matches("2.31.9; `aws login` needs").count() == 2);
    assert_eq!(home.left("arguments"), None);
    terminal.send("q");
    assert_eq!(terminal.end().0, 0);
}

#[test]
fn without_an_aws_cli_the_wizard_says_how_to_get_one() {
    let home = Home::with(RECENT, "exit 0");
    let mut terminal = home.start(&[("PATH", "/nonexistent")]);
    terminal.until_shown("No AWS CLI found on the PATH");
    terminal.until_shown("none found");
    terminal.send("\r");
    terminal.send("p");
    terminal.until_shown("1234-5678-9012");
    assert_eq!(home.left("arguments"), None);
    terminal.send("q");
    assert_eq!(terminal.end().0, 0);
}
