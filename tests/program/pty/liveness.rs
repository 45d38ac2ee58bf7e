//! The program responds after any key, burst, unfinished byte, resize or hang-up.

use std::io::Write;
use std::time::{Duration, Instant};

use portable_pty::PtySize;

use super::{PATIENCE, Terminal};

/// A small random generator (xorshift, Marsaglia 2003) that can repeat a run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap() % sides
    }
}

impl Terminal {
    /// Reads the output for `length`.
    fn listen(&mut self, length: Duration) {
        let end = Instant::now() + length;
        while let Some(left) = end.checked_duration_since(Instant::now()) {
            if let Ok(bytes) = self.output.recv_timeout(left) {
                self.screen.process(&bytes);
                self.raw.extend(bytes);
            }
        }
    }

    pub(super) fn resize(&mut self, columns: u16, rows: u16) {
        self.master.resize(PtySize { rows, cols: columns, pixel_width: 0, pixel_height: 0 }).unwrap();
        self.screen.screen_mut().set_size(rows, columns);
    }

    /// Asserts that the program draws after a change of the terminal's height.
    fn must_answer(&mut self, told: &str) {
        let rows = if self.screen.screen().size().0 == 24 { 25 } else { 24 };
        self.resize(80, rows);
        let start = Instant::now();
        let from = self.raw.len();
        while self.raw.len() == from {
            assert!(start.elapsed() < PATIENCE, "deaf after {told}:\n{}", self.screen.screen().contents());
            self.listen(Duration::from_millis(5));
        }
        // Read all other output, so that the next output is the response to the next input.
        loop {
            let before = self.raw.len();
            self.listen(Duration::from_millis(30));
            if self.raw.len() == before {
                return;
            }
        }
    }

    fn start_practice() -> Self {
        let mut terminal = Self::start(&["practice"], &[], 80, 24);
        terminal.until_shown("1234-5678-9012");
        terminal.until_shown("[ Begin ]");
        terminal
    }
}

/// Keys to each page that drops earlier keys: reviews, and the page with the QR code.
const OPENINGS: [&[&str]; 3] = [&["6", "\r", "\x13"], &["4", "\r", "\x13"], &["2", "\r"]];

#[test]
fn the_program_responds_to_every_key() {
    let mut terminal = Terminal::start_practice();
    for gap in [0, 1, 2, 4, 12, 33, 40] {
        for keys in OPENINGS {
            for key in keys {
                terminal.send(key);
                terminal.listen(Duration::from_millis(gap));
            }
            // Hold a key down while the page is drawn.
            for _ in 0..6 {
                terminal.send("\r");
                terminal.listen(Duration::from_millis(gap));
            }
            terminal.must_answer(&format!("{keys:?} and Enter held at {gap} ms"));
            terminal.send("\x1b");
            terminal.listen(Duration::from_millis(50));
        }
    }
    // Leave the page with the QR code while it opens.
    terminal.send("5\r");
    terminal.must_answer("the form of the administrator");
    terminal.send("\x13");
    terminal.must_answer("the review of the administrator");
    terminal.send("\r\x1b\x1b\r");
    terminal.must_answer("Esc on the way to the QR code");
    terminal.signal(rustix::process::Signal::TERM);
    assert_eq!(terminal.end().0, 130);
}

#[test]
fn the_program_responds_after_bursts_of_any_keys() {
    let seed = std::env::var("LOCKROOT_SEED").ok().and_then(|seed| seed.parse().ok()).unwrap_or(20_261_128);
    let bursts: usize = std::env::var("LOCKROOT_BURSTS").ok().and_then(|count| count.parse().ok()).unwrap_or(40);
    let keys = "\r \r \r \x1b \t \x1b[Z \x7f \x13 \x15 \x1b[A \x1b[B \x1b[C \x1b[D \x1b[5~ \x1b[6~ \x1b[H \x1b[F 1 2 3 4 5 6 7 8 9 ? w e a s d i u v y n c";
    let keys: Vec<&str> = keys.split(' ').collect();
    let mut dice = Dice(seed);
    let mut terminal = Terminal::start_practice();
    for _ in 0..bursts {
        let gap = Duration::from_millis([0, 1, 4, 12, 33, 40][dice.roll(6)]);
        let held = dice.roll(5) < 2;
        let mut burst = vec![keys[dice.roll(keys.len())]];
        for _ in 0..dice.roll(8) {
            burst.push(if held { burst[0] } else { keys[dice.roll(keys.len())] });
        }
        for key in &burst {
            terminal.send(key);
            terminal.listen(gap);
        }
        if terminal.child.try_wait().unwrap().is_some() {
            terminal = Terminal::start_practice();
            continue;
        }
        terminal.must_answer(&format!("{burst:?} at {gap:?}, seed {seed}"));
    }
    terminal.signal(rustix::process::Signal::TERM);
    assert_eq!(terminal.end().0, 130);
}

/// A key that is held down repeats faster than a slow terminal draws. Each drawing first hides the cursor.
#[test]
fn keys_faster_than_the_drawing_do_not_delay_the_next_key() {
    let mut terminal = Terminal::start_practice();
    terminal.must_answer("the start");
    let from = terminal.raw.len();
    let presses = 2000;
    terminal.send(&"12".repeat(presses / 2));
    terminal.send("?");
    terminal.until_shown("why this matters");
    let drawings = terminal.raw[from..].windows(6).filter(|bytes| bytes == b"\x1b[?25l").count();
    assert!((1..presses / 2).contains(&drawings), "{drawings} drawings for {presses} presses");
}

#[test]
fn unfinished_input_never_blocks_later_keys() {
    for unfinished in ["\u{1b}[", "\u{1b}[1;", "\u{1b}]0;title", "\u{1b}[200~pasted without an end"] {
        let mut terminal = Terminal::start_practice();
        terminal.send(unfinished);
        terminal.must_answer(unfinished);
        // Wait until the program gives the sequence up, so that the next bytes do not complete it.
        terminal.listen(Duration::from_millis(200));
        terminal.send(unfinished);
        // Ctrl-C follows at once, in one piece with the unfinished sequence.
        terminal.send("\x03");
        assert_eq!(terminal.end().0, 0, "Ctrl-C is heard after {unfinished:?}");
    }
    for unfinished in [b"\xff".as_slice(), b"\xe2\x82"] {
        let mut terminal = Terminal::start_practice();
        terminal.writer.write_all(unfinished).unwrap();
        terminal.must_answer("half a character");
        terminal.writer.write_all(unfinished).unwrap();
        terminal.send("q");
        assert_eq!(terminal.end().0, 0, "q is heard after {unfinished:?}");
    }
}

#[test]
fn a_review_in_a_too_small_terminal_cannot_be_confirmed() {
    let mut terminal = Terminal::start_practice();
    terminal.send("6");
    terminal.until_shown("[ Change it ]");
    terminal.send("\r");
    terminal.until_shown("Ctrl-S");
    terminal.send("\x13");
    terminal.until_shown("Make this call");
    for (columns, rows) in [(59, 24), (80, 15), (50, 12)] {
        terminal.resize(columns, rows);
        terminal.until_shown("needs 60×16");
        terminal.listen(Duration::from_millis(400));
        terminal.send("\r\r6\t");
        terminal.send("?");
        terminal.until_shown("Keys");
        terminal.send("?");
        terminal.until_shown("needs 60×16");
    }
    // The signal of the new size may arrive later than a key.
    terminal.resize(80, 24);
    terminal.until_shown("Make this call");
    terminal.send("\x1b");
    terminal.until_shown("Ctrl-S");
    terminal.send("\x03");
    terminal.until_shown("Leave lockroot");
    terminal.send("y");
    let (code, output) = terminal.end();
    assert_eq!(code, 0);
    assert!(!output.contains("Done"), "nothing was sent: {output}");
}

/// The number of lines below, as the page shows it.
fn lines_below(screen: &str) -> Option<usize> {
    screen.lines().find_map(|line| line.split_once("↓ ")?.1.split_once(" more line")?.0.parse().ok())
}

#[test]
fn page_down_reads_a_page_with_a_list_to_its_end() {
    let mut terminal = Terminal::start(&["practice", "inherited"], &[], 80, 24);
    terminal.until_shown("[ Begin ]");
    terminal.send("3");
    terminal.until("a page longer than the screen", |screen| {
        screen.contains("Delete unassigned") && lines_below(screen).is_some()
    });
    let (start, mut before) = (Instant::now(), usize::MAX);
    while !terminal.screen.screen().contents().contains("end of text") {
        assert!(start.elapsed() < PATIENCE, "it has no end:\n{}", terminal.screen.screen().contents());
        let below = lines_below(&terminal.screen.screen().contents()).unwrap_or(before);
        assert!(below <= before, "{below} lines are below, and {before} were");
        before = below;
        terminal.send("\x1b[6~");
        terminal.listen(Duration::from_millis(200));
    }
    terminal.send("q");
    assert_eq!(terminal.end().0, 0);
}

#[test]
fn a_hang_up_ends_the_program_after_the_running_change() {
    for waits in [Duration::ZERO, Duration::from_secs(2)] {
        let faults = ["practice", "--fault", "iam:UpdateAccountPasswordPolicy=latency-2s"];
        let arguments = if waits.is_zero() { &faults[..1] } else { &faults[..] };
        let mut terminal = Terminal::start(arguments, &[], 80, 24);
        terminal.until_shown("[ Begin ]");
        terminal.send("6");
        terminal.until_shown("[ Change it ]");
        if !waits.is_zero() {
            terminal.send("\r");
            terminal.until_shown("Ctrl-S");
            terminal.send("\x13");
            terminal.confirm("Make this call");
            terminal.until_shown("One call at a time");
        }
        let start = Instant::now();
        let Terminal { master, mut writer, mut child, output, .. } = terminal;
        // The reading thread holds the terminal too. It ends at the next output, which a key causes.
        drop(output);
        writer.write_all(b"?").unwrap();
        drop((master, writer));
        let status = loop {
            if let Some(status) = child.try_wait().unwrap() {
                break status;
            }
            assert!(start.elapsed() < PATIENCE, "it runs on without a terminal");
            std::thread::yield_now();
        };
        assert_eq!((status.exit_code(), status.signal()), (130, None), "{status:?}");
        assert!(start.elapsed() + Duration::from_millis(500) >= waits, "it waited for the change on its way");
    }
}
