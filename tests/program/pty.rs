//! The program in a pseudo-terminal: start, resize, suspend, end, and the restored terminal.
mod core_dumps;
mod kept;
mod liveness;
mod mfa_code;
mod second;
mod secrets;
mod sign_in;

use std::io::{Read, Write};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};

/// Longest wait for something to appear. Only a failing test waits that long.
const PATIENCE: Duration = Duration::from_secs(30);

struct Terminal {
    master: Box<dyn MasterPty + Send>,
    writer: Box<dyn Write + Send>,
    child: Box<dyn Child + Send + Sync>,
    output: Receiver<Vec<u8>>,
    screen: vt100::Parser,
    raw: Vec<u8>,
}

impl Terminal {
    fn start(arguments: &[&str], environment: &[(&str, &str)], columns: u16, rows: u16) -> Self {
        Self::run(env!("CARGO_BIN_EXE_lockroot"), arguments, environment, columns, rows)
    }

    fn run(program: &str, arguments: &[&str], environment: &[(&str, &str)], columns: u16, rows: u16) -> Self {
        let pair =
            native_pty_system().openpty(PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 }).unwrap();
        let mut command = CommandBuilder::new(program);
        command.args(arguments);
        command.env_clear();
        command.cwd(env!("CARGO_MANIFEST_DIR"));
        for (name, value) in [
            ("TERM", "xterm-256color"),
            ("LANG", "C.UTF-8"),
            ("HOME", "/nonexistent"),
            ("AWS_EC2_METADATA_DISABLED", "true"),
        ] {
            command.env(name, value);
        }
        for (name, value) in environment {
            command.env(name, value);
        }
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let mut reader = pair.master.try_clone_reader().unwrap();
        let writer = pair.master.take_writer().unwrap();
        let (sender, output) = channel();
        std::thread::spawn(move || {
            let mut buffer = [0; 4096];
            while let Ok(count) = reader.read(&mut buffer) {
                if count == 0 || sender.send(buffer[..count].to_vec()).is_err() {
                    break;
                }
            }
        });
        Self {
            master: pair.master,
            writer,
            child,
            output,
            screen: vt100::Parser::new(rows, columns, 0),
            raw: Vec::new(),
        }
    }

    fn send(&mut self, keys: &str) {
        self.writer.write_all(keys.as_bytes()).unwrap();
        self.writer.flush().unwrap();
    }

    /// Reads until the screen satisfies `wanted`.
    fn until(&mut self, what: &str, wanted: impl Fn(&str) -> bool) {
        let start = Instant::now();
        while !wanted(&self.screen.screen().contents()) {
            assert!(start.elapsed() < PATIENCE, "waited for {what}:\n{}", self.screen.screen().contents());
            if let Ok(bytes) = self.output.recv_timeout(Duration::from_millis(50)) {
                self.screen.process(&bytes);
                self.raw.extend(bytes);
            }
        }
    }

    fn until_shown(&mut self, words: &str) {
        self.until(words, |screen| screen.contains(words));
    }

    /// Waits for the end. Returns the exit code and everything that was written.
    fn end(mut self) -> (u32, String) {
        let start = Instant::now();
        let status = loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                break status;
            }
            assert!(start.elapsed() < PATIENCE, "it does not end:\n{}", self.screen.screen().contents());
            if let Ok(bytes) = self.output.recv_timeout(Duration::from_millis(20)) {
                self.screen.process(&bytes);
                self.raw.extend(bytes);
            }
        };
        while let Ok(bytes) = self.output.recv_timeout(Duration::from_millis(200)) {
            self.screen.process(&bytes);
            self.raw.extend(bytes);
        }
        assert!(!self.screen.screen().alternate_screen(), "the terminal was given back");
        (status.exit_code(), String::from_utf8_lossy(&self.raw).into_owned())
    }

    fn signal(&self, signal: rustix::process::Signal) {
        let pid = rustix::process::Pid::from_raw(i32::try_from(self.child.process_id().unwrap()).unwrap()).unwrap();
        rustix::process::kill_process(pid, signal).unwrap();
    }
}

#[test]
fn practice_restores_the_terminal_at_its_end() {
    let mut terminal = Terminal::start(&["practice"], &[], 80, 24);
    terminal.until_shown("PRACTICE");
    terminal.until_shown("1234-5678-9012");
    assert!(terminal.screen.screen().alternate_screen());
    terminal.send("q");
    let (code, output) = terminal.end();
    assert_eq!(code, 0);
    assert!(output.contains("steps are done on account 123456789012 (PRACTICE)."), "{output}");
    assert!(output.contains("\x1b[?2004l"), "bracketed paste is off again");
}

#[test]
fn the_screen_follows_the_terminals_size() {
    let mut terminal = Terminal::start(&["practice"], &[], 80, 24);
    terminal.until_shown("1234-5678-9012");
    for (columns, rows) in [(60, 20), (200, 60), (40, 10), (80, 24)] {
        terminal.master.resize(PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 }).unwrap();
        terminal.screen.screen_mut().set_size(rows, columns);
        let enough = columns >= 60;
        terminal.until("a drawing of the new size", |screen| {
            let widest = screen.lines().map(|line| line.chars().count()).max().unwrap_or(0);
            if enough {
                widest > usize::from(columns) - 20 && screen.contains("PRACTICE")
            } else {
                screen.contains("60")
            }
        });
    }
    terminal.send("q");
    assert_eq!(terminal.end().0, 0);
}

#[test]
fn suspending_restores_the_terminal_and_continuing_takes_it_again() {
    // Only a shell with job control makes Ctrl-Z stop anything.
    let script = "set -m; \"$0\" practice; echo stopped with $?; fg; echo ended with $?";
    let mut terminal = Terminal::run("/bin/sh", &["-c", script, env!("CARGO_BIN_EXE_lockroot")], &[], 80, 24);
    terminal.until_shown("1234-5678-9012");
    terminal.send("\x1a");
    // Keys pressed before the program continues go to the shell.
    let start = Instant::now();
    let goes_on = |raw: &[u8]| {
        String::from_utf8_lossy(raw)
            .split_once("stopped with")
            .is_some_and(|(_, after)| after.contains("Lock away the root user"))
    };
    while !goes_on(&terminal.raw) {
        assert!(start.elapsed() < PATIENCE, "it does not go on:\n{}", terminal.screen.screen().contents());
        if let Ok(bytes) = terminal.output.recv_timeout(Duration::from_millis(50)) {
            terminal.screen.process(&bytes);
            terminal.raw.extend(bytes);
        }
    }
    terminal.send("?");
    terminal.until_shown("close");
    terminal.send("?");
    terminal.until("the help closed", |screen| !screen.contains("close"));
    terminal.send("q");
    let (_, output) = terminal.end();
    let (before, after) = output.split_once("stopped with ").expect("it was stopped");
    assert!(
        before.trim_end().ends_with("\x1b[?25h") || before.contains("\x1b[?1049l"),
        "the terminal was given back first"
    );
    assert!(after.contains("\x1b[?1049h"), "and taken again");
    assert!(after.contains("ended with 0"), "{after}");
}

#[test]
fn a_termination_signal_ends_the_program_and_restores_the_terminal() {
    use rustix::process::Signal;
    for signal in [Signal::TERM, Signal::HUP, Signal::INT] {
        let mut terminal = Terminal::start(&["practice"], &[], 80, 24);
        terminal.until_shown("1234-5678-9012");
        terminal.signal(signal);
        assert_eq!(terminal.end().0, 130, "as the help says: interrupted");
    }
}

#[test]
fn the_program_ends_when_the_terminal_is_gone() {
    let size = PtySize { rows: 24, cols: 80, pixel_width: 0, pixel_height: 0 };
    let pair = native_pty_system().openpty(size).unwrap();
    let mut command = CommandBuilder::new(env!("CARGO_BIN_EXE_lockroot"));
    command.arg("practice");
    command.cwd(env!("CARGO_MANIFEST_DIR"));
    let mut child = pair.slave.spawn_command(command).unwrap();
    drop(pair.slave);
    let mut reader = pair.master.try_clone_reader().unwrap();
    let mut seen = Vec::new();
    while !String::from_utf8_lossy(&seen).contains("1234-5678-9012") {
        let mut buffer = [0; 4096];
        let count = reader.read(&mut buffer).unwrap();
        assert!(count > 0, "it ended early");
        seen.extend_from_slice(&buffer[..count]);
    }
    drop((reader, pair.master));
    let start = Instant::now();
    while child.try_wait().unwrap().is_none() {
        assert!(start.elapsed() < PATIENCE, "it runs on without a terminal");
        std::thread::yield_now();
    }
}

#[test]
fn without_credentials_the_wizard_says_how_to_sign_in_and_offers_practice() {
    let mut terminal = Terminal::start(&[], &[], 80, 24);
    terminal.until_shown("aws login");
    let screen = terminal.screen.screen().contents();
    assert!(screen.contains("LIVE") && !screen.contains("Error {"), "{screen}");
    terminal.send("p");
    terminal.until_shown("PRACTICE");
    terminal.until_shown("1234-5678-9012");
    terminal.send("q");
    assert_eq!(terminal.end().0, 0);
}

#[test]
fn without_a_network_the_wizard_says_so_and_stays_open() {
    let keys = [("AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE"), ("AWS_SECRET_ACCESS_KEY", "not-a-secret")];
    let mut terminal = Terminal::start(&["--endpoint-url", "http://127.0.0.1:9"], &keys, 80, 24);
    terminal.until_shown("could not be reached");
    terminal.send("q");
    let (code, output) = terminal.end();
    assert_eq!(code, 0);
    assert!(!output.contains("not-a-secret"));
}

#[test]
fn no_secret_is_left_in_the_scrollback() {
    let mut terminal = Terminal::start(&["practice"], &[], 80, 24);
    terminal.until_shown("1234-5678-9012");
    terminal.send("5");
    terminal.until_shown("No administrator can sign in");
    terminal.send("\r");
    terminal.until_shown("Administrators");
    terminal.send("\x13");
    terminal.confirm("Make these 6 calls");
    terminal.until_shown("Shown only now");
    terminal.send("v");
    terminal.until_shown("v hide");
    let shown = terminal.screen.screen().contents();
    let password = shown.lines().find_map(|line| line.split("Password ").nth(1)).unwrap().trim().to_owned();
    assert!(password.chars().count() >= 24, "{shown}");
    terminal.send("\x03");
    terminal.until_shown("Leave lockroot");
    terminal.send("y");
    let start = Instant::now();
    while terminal.screen.screen().alternate_screen() {
        assert!(start.elapsed() < PATIENCE);
        if let Ok(bytes) = terminal.output.recv_timeout(Duration::from_millis(50)) {
            terminal.screen.process(&bytes);
        }
    }
    let left = terminal.screen.screen().contents();
    assert!(!left.contains(&password) && !left.contains(&password[..8]), "{left}");
    assert_eq!(terminal.end().0, 0);
}

/// Set in the process that [`a_bug_restores_the_terminal`] starts: the address that tells it to panic.
const BUG: &str = "LOCKROOT_TEST_BUG";

/// Runs the program with a bug: its connection panics as soon as `address` hangs up.
fn with_a_bug(address: String) {
    use lockroot::account::new_profile::NewProfile;
    use lockroot::account::{CredentialSource, Failure, Machine, Pending};
    use lockroot::drive::{Connection, Connector, Driver, terminal};
    use lockroot::screen::{RenderOptions, ThemeName};
    use lockroot::wizard::Mode;

    struct Bug(String);
    impl Connector for Bug {
        fn connect(&self, _mode: Mode) -> Pending<'_, Result<Connection, Failure>> {
            let address = self.0.clone();
            let hung_up = move || std::net::TcpStream::connect(address).and_then(|mut caller| caller.read(&mut [0]));
            Box::pin(async {
                let heard = tokio::task::spawn_blocking(hung_up).await;
                panic!("this is the bug: {heard:?}");
            })
        }

        fn connect_with(&self, _: CredentialSource) -> Pending<'_, Result<Connection, Failure>> {
            self.connect(Mode::Live)
        }

        fn connect_as(&self, mode: Mode, _: String) -> Pending<'_, Result<Connection, Failure>> {
            self.connect(mode)
        }

        fn add_profile(&self, _: &Mode, _: &NewProfile) -> Result<String, String> {
            Err("no such file".into())
        }

        fn machine(&self, _: bool) -> Pending<'_, Machine> {
            Box::pin(std::future::ready(Machine::default()))
        }
    }
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let result = runtime.block_on(async {
        let mut driver =
            Driver::start(Mode::Live, std::sync::Arc::new(Bug(address)), lockroot::clock::Clock::default());
        terminal::run(&mut driver, &RenderOptions::new(ThemeName::Dark, true)).await
    });
    println!("{}", result.unwrap_err());
}

#[test]
fn a_bug_restores_the_terminal() {
    // This test starts itself in a terminal as the program with a bug.
    if let Ok(address) = std::env::var(BUG) {
        return with_a_bug(address);
    }
    let caller = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = caller.local_addr().unwrap().to_string();
    let me = std::env::current_exe().unwrap();
    let arguments = ["pty::a_bug_restores_the_terminal", "--exact", "--nocapture"];
    let mut terminal = Terminal::run(me.to_str().unwrap(), &arguments, &[(BUG, &address)], 80, 24);
    terminal.until("the alternate screen", |screen| screen.contains("LIVE"));
    drop(caller.accept().unwrap());
    let (code, output) = terminal.end();
    assert_eq!(code, 0, "{output}");
    let (_, after) = output.rsplit_once("\x1b[?1049l").expect("the terminal was given back");
    assert!(output.contains("this is the bug"), "{output}");
    assert!(after.contains("may or may not have happened"), "what is said can be read: {after}");
}

#[test]
fn the_consoles_address_is_a_link_if_the_terminal_supports_links() {
    let address = "https://console.aws.amazon.com/iam/home#/security_credentials";
    for (flags, links) in [(&["practice"][..], true), (&["practice", "--ascii"], false)] {
        let mut terminal = Terminal::start(flags, &[], 80, 24);
        terminal.until_shown("1234-5678-9012");
        terminal.until_shown("[ Begin ]");
        terminal.send("3");
        terminal.until_shown("[ Phone and e-mail ]");
        terminal.send("\r");
        terminal.until_shown("not checked yet");
        // Wait until each key is drawn before the next one, because the form takes time to open.
        terminal.send("\x1b[C\x1b[B\x1b[C");
        terminal.until("two answers", |screen| screen.matches("correct, and somebody").count() == 2);
        terminal.send("\x13");
        terminal.until_shown("[ Go to the console ]");
        terminal.send("\r");
        terminal.until_shown(address);
        terminal.until_shown("Watching AWS");
        terminal.send("q");
        let (code, raw) = terminal.end();
        assert_eq!(code, 0);
        assert_eq!(raw.contains(&format!("\x1b]8;;{address}\x1b\\")), links, "{flags:?}");
        assert_eq!(raw.matches("\x1b]8;;\x1b\\").count() > 0, links, "every link is closed again");
    }
}

#[test]
fn a_long_check_shows_its_progress_and_clears_it() {
    // Accepts the connection and never answers.
    let silent = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let endpoint = format!("http://{}", silent.local_addr().unwrap());
    let keys = [("AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE"), ("AWS_SECRET_ACCESS_KEY", "not-a-secret")];
    let mut terminal = Terminal::start(&["check", "--endpoint-url", &endpoint], &keys, 80, 24);
    terminal.until_shown(&format!("reading: 0 of {} answers, 1 s", lockroot::checks::questions().len()));
    terminal.send("\x03");
    let (code, raw) = terminal.end();
    assert_eq!(code, 130);
    let mut screen = vt100::Parser::new(24, 80, 0);
    screen.process(raw.as_bytes());
    assert!(!screen.screen().contents().contains("reading"), "{}", screen.screen().contents());
}

#[test]
fn a_report_on_a_terminal_has_colours_unless_turned_off() {
    let check = ["check", "--practice", "leaky-startup", "--only", "root-mfa"];
    let (code, raw) = Terminal::start(&check, &[], 80, 24).end();
    assert!(code == 1 && raw.contains("\x1b[31m✗ FAIL\x1b[0m"), "{raw}");
    let (_, raw) = Terminal::start(&check, &[("NO_COLOR", "1")], 80, 24).end();
    assert!(
        raw.contains("✗ FAIL critical root-mfa Root has no MFA: a password is enough.") && !raw.contains('\x1b'),
        "{raw}"
    );
}

#[test]
fn a_report_has_links_on_a_terminal_only() {
    let check = ["check", "--practice", "leaky-startup", "--only", "root-mfa", "-v"];
    let (_, raw) = Terminal::start(&check, &[], 80, 24).end();
    let console = "\x1b]8;;https://console.aws.amazon.com/iam/home#/security_credentials\x1b\\console\x1b]8;;\x1b\\";
    assert!(raw.contains(console) && raw.contains("Security Hub IAM.9"), "{raw}");
    for plain in [[("NO_COLOR", "1")], [("TERM", "dumb")]] {
        let (_, raw) = Terminal::start(&check, &plain, 80, 24).end();
        assert!(raw.contains("FAIL root-mfa: Root signs in with MFA") && !raw.contains('\x1b'), "{plain:?}: {raw}");
        assert!(!raw.contains("Security Hub"), "words that lead nowhere are left out: {raw}");
    }
    let mut piped = std::process::Command::new(env!("CARGO_BIN_EXE_lockroot"));
    let piped = piped.args(check).env("TERM", "xterm-256color").output().unwrap();
    assert!(!piped.stdout.is_empty() && !piped.stdout.contains(&0x1b), "a pipe is no terminal");
}
