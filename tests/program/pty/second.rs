//! Two lockroots on one account: the second only reads, and neither waits for the other.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use super::Terminal;
use super::sign_in::Served;

/// A home with root's credentials for a served account.
struct Home {
    folder: tempfile::TempDir,
    served: Served,
}

impl Home {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let served = Served::start(folder.path());
        fs::create_dir(folder.path().join(".aws")).unwrap();
        fs::write(folder.path().join(".aws/credentials"), format!("[default]\n{}", served.profile())).unwrap();
        Self { folder, served }
    }

    fn path(&self) -> &Path {
        self.folder.path()
    }

    fn start(&self) -> Terminal {
        let home = self.path().to_str().unwrap();
        let environment = [("HOME", home), ("AWS_ENDPOINT_URL", self.served.endpoint()), ("AWS_REGION", "us-east-1")];
        let mut terminal = Terminal::start(&[], &environment, 80, 24);
        terminal.until_shown("1234-5678-9012");
        terminal
    }

    /// Takes the account's lock for as long as the file is open.
    fn take_lock(&self) -> (File, PathBuf) {
        let folder = self.path().join(".local/state/lockroot");
        fs::create_dir_all(&folder).unwrap();
        let path = folder.join("123456789012.lock");
        let file = File::options().create(true).truncate(true).write(true).open(&path).unwrap();
        file.lock().unwrap();
        (file, path)
    }
}

fn tries_to_change(terminal: &mut Terminal) {
    terminal.send("5");
    terminal.until_shown("No administrator can sign in");
    terminal.send("\r");
}

#[test]
fn a_lock_held_by_another_program_stops_neither_keys_nor_signals() {
    let home = Home::new();
    let (lock, _) = home.take_lock();
    let mut terminal = home.start();
    terminal.until_shown("LIVE read-only");
    terminal.until_shown("Another lockroot is changing this account. Here you can look");
    tries_to_change(&mut terminal);
    terminal.until("the reason", |screen| screen.matches("Quit that one, then press r").count() >= 1);
    assert!(!terminal.screen.screen().contents().contains("Ctrl-S"), "no form is open");
    drop(lock);
    terminal.send("r");
    terminal.until_shown("The other lockroot has ended");
    assert!(!terminal.screen.screen().contents().contains("read-only"));
    // The wizard reads everything again before it offers actions.
    terminal.until_shown("No administrator can sign in");
    terminal.send("\r");
    terminal.until_shown("Administrators");
    let (_lock, _) = {
        terminal.signal(rustix::process::Signal::TERM);
        terminal.end();
        home.take_lock()
    };
    let mut terminal = home.start();
    terminal.until_shown("read-only");
    terminal.signal(rustix::process::Signal::TERM);
    terminal.end();
}

#[test]
fn a_second_lockroot_names_the_running_process_at_once() {
    let home = Home::new();
    let mut first = home.start();
    first.until_shown("[LIVE]");
    let pid = first.child.process_id().unwrap();
    let mut second = home.start();
    second.until_shown(&format!("Another lockroot (process {pid}) is changing this account."));
    second.until_shown("[LIVE read-only]");
    assert!(first.screen.screen().contents().contains("[LIVE]"), "the first goes on as it was");
    tries_to_change(&mut second);
    second.until_shown("Quit that one, then press r");
    // Every kind of end releases the account.
    first.child.kill().unwrap();
    first.child.wait().unwrap();
    second.send("r");
    second.until_shown("The other lockroot has ended");
    second.until_shown("[LIVE]");
    let mut third = home.start();
    third.until_shown("[LIVE read-only]");
    third.send("q");
    third.end();
    second.send("q");
    second.end();
}

#[test]
fn a_pipe_in_place_of_the_lock_blocks_nothing() {
    let home = Home::new();
    let (lock, path) = home.take_lock();
    drop(lock);
    fs::remove_file(&path).unwrap();
    assert!(std::process::Command::new("mkfifo").arg(&path).status().unwrap().success());
    let mut terminal = home.start();
    terminal.until_shown("[LIVE]");
    terminal.until_shown("no plain file");
    terminal.send("q");
    terminal.end();
}
