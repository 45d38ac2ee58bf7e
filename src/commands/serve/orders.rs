//! Commands on standard input of `practice --serve`: move the clock, show the practice phone. Standard input is safe:
//! a web page that can reach the socket cannot reach it.

use std::io::Write;

use crate::account::moment::rfc3339;
use crate::account::{Console, Inbox};
use crate::clock::Clock;
use crate::practice::{Practice, span};

/// Maximum line length; longer lines are refused.
const MAX_LINE_LEN: usize = 200;

/// Starts a thread that obeys lines from a terminal or a pipe. Other inputs, e.g. a file or `/dev/null`, are not
/// read.
pub fn obey(clock: Clock, practice: Practice) {
    if let Some(mut input) = input::open() {
        std::thread::spawn(move || {
            let mut line = Vec::new();
            let mut piece = [0; 256];
            while let Some(count) = input.read(&mut piece) {
                for byte in &piece[..count] {
                    match byte {
                        b'\n' => {
                            answer(&String::from_utf8_lossy(&line), &clock, &practice);
                            line.clear();
                        }
                        _ if line.len() <= MAX_LINE_LEN => line.push(*byte),
                        _ => {}
                    }
                }
            }
        });
    }
}

/// A closed output is not an error: the sender may not read on.
fn answer(line: &str, clock: &Clock, practice: &Practice) {
    if let Some(said) = reply(line, clock, practice) {
        let _ = writeln!(std::io::stdout(), "{said}").and_then(|()| std::io::stdout().flush());
    }
}

/// Executes `line` and returns the answer; `None` for an empty line.
fn reply(line: &str, clock: &Clock, practice: &Practice) -> Option<String> {
    let words: Vec<&str> = line.split_whitespace().collect();
    let done = match words.as_slice() {
        [] => return None,
        _ if line.len() > MAX_LINE_LEN => Err("that line is too long".to_owned()),
        ["clock"] => Ok(time(clock)),
        ["phone"] => Ok(phone(practice)),
        ["mail"] => Ok(mail(practice)),
        ["advance", length] => span(length).and_then(|by| {
            let far = || "the clock can't be moved farther ahead than a hundred years".to_owned();
            if clock.advance(by) { Ok(time(clock)) } else { Err(far()) }
        }),
        _ => Err(format!("{line:?} is no order; there are: clock, advance 4h, phone, mail")),
    };
    Some(done.unwrap_or_else(|said| format!("error: {said}")))
}

/// E.g. `phone 4F7K2A`: the latest code sent to the primary contact's phone.
fn phone(practice: &Practice) -> String {
    match practice.message(Inbox::Phone) {
        Ok(Some(code)) => format!("phone {code}"),
        Ok(None) | Err(_) => "phone: no message".into(),
    }
}

/// The latest mail from SNS, on the lines after `mail`.
fn mail(practice: &Practice) -> String {
    match practice.message(Inbox::Mail) {
        Ok(Some(text)) => format!("mail\n{text}"),
        Ok(None) | Err(_) => "mail: no message".into(),
    }
}

/// E.g. `clock 2026-11-21T22:13:03Z, 14400 s ahead`, for people and scripts.
fn time(clock: &Clock) -> String {
    format!("clock {}, {} s ahead", rfc3339(clock.now()), clock.ahead().as_secs())
}

#[cfg(unix)]
mod input {
    use std::fs::File;
    use std::io::{ErrorKind, IsTerminal, Read};
    use std::os::fd::AsFd;
    use std::os::unix::fs::FileTypeExt;
    use std::time::Duration;

    use rustix::event::{PollFd, PollFlags, poll};

    pub struct Input {
        file: File,
        is_terminal: bool,
    }

    /// `None`: nobody can be at the other end.
    pub fn open() -> Option<Input> {
        let stdin = std::io::stdin();
        let file = File::from(stdin.as_fd().try_clone_to_owned().ok()?);
        let kind = file.metadata().ok()?.file_type();
        let is_terminal = stdin.is_terminal();
        (is_terminal || kind.is_fifo() || kind.is_socket()).then_some(Input { file, is_terminal })
    }

    impl Input {
        /// Reads the next bytes; `None` at the end. A background job never reads: the terminal would stop it.
        pub fn read(&mut self, into: &mut [u8]) -> Option<usize> {
            if self.is_terminal {
                self.wait_in_front();
            }
            loop {
                match self.file.read(into) {
                    Ok(0) => return None,
                    Ok(count) => return Some(count),
                    Err(error) if error.kind() == ErrorKind::Interrupted => {}
                    Err(_) => return None,
                }
            }
        }

        /// Waits until there is input and this program is in the foreground.
        fn wait_in_front(&self) {
            loop {
                let mut waits = [PollFd::new(&self.file, PollFlags::IN)];
                if poll(&mut waits, None).is_ok() && self.is_in_front() {
                    return;
                }
                std::thread::sleep(Duration::from_millis(300));
            }
        }

        fn is_in_front(&self) -> bool {
            rustix::termios::tcgetpgrp(&self.file).is_ok_and(|front| front == rustix::process::getpgrp())
        }
    }
}

#[cfg(not(unix))]
mod input {
    use std::io::{Read, Stdin};

    pub struct Input(Stdin);

    pub fn open() -> Option<Input> {
        Some(Input(std::io::stdin()))
    }

    impl Input {
        /// Reads the next bytes; `None` at the end.
        pub fn read(&mut self, into: &mut [u8]) -> Option<usize> {
            self.0.read(into).ok().filter(|count| *count > 0)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::practice::Scenario;

    fn account() -> (Clock, Practice) {
        let clock = Clock::movable();
        (clock.clone(), Practice::new(Scenario::named("fresh").unwrap(), clock))
    }

    #[test]
    fn an_advance_line_moves_the_clock_and_prints_its_time() {
        let (clock, practice) = account();
        let reply = |line: &str, clock: &Clock| reply(line, clock, &practice);
        assert_eq!(reply("phone", &clock).unwrap(), "phone: no message");
        assert!(reply("advance 4h\r", &clock).unwrap().ends_with("Z, 14400 s ahead"));
        assert!(reply("  advance  90d ", &clock).unwrap().ends_with("Z, 7790400 s ahead"));
        assert!(reply("clock", &clock).unwrap().ends_with("Z, 7790400 s ahead"));
        assert_eq!(reply(" ", &clock), None);
    }

    #[test]
    fn an_unknown_line_moves_nothing() {
        let (clock, practice) = account();
        let reply = |line: &str, clock: &Clock| reply(line, clock, &practice);
        for bad in
            ["advance", "advance -4h", "advance 4", "advance 4h 5h", "advance 101y", "hello\u{1b}[2J", &"x".repeat(500)]
        {
            let said = reply(bad, &clock).unwrap();
            assert!(said.starts_with("error: ") && !said.contains('\u{1b}'), "{said}");
        }
        assert!(reply("advance 60y", &clock).unwrap().starts_with("clock "));
        assert!(reply("advance 60y", &clock).unwrap().contains("hundred years"));
        assert_eq!(clock.ahead().as_secs(), 60 * 365 * 86_400);
    }
}
