//! Decodes bytes of a Unix terminal to keys and pasted text. It waits at most [`Decoder::patience`] for the rest of
//! a sequence, so incomplete input swallows no later key.

use std::time::Duration;

use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};
use zeroize::Zeroize;

/// How long Escape may be the start of something. Terminals send a key's bytes in one piece, but a network may cut them.
const ESCAPE: Duration = Duration::from_millis(30);
/// How long the rest of a sequence or character may take.
const SEQUENCE: Duration = Duration::from_millis(100);
/// How long a paste may pause.
const PASTE: Duration = Duration::from_millis(500);

/// Longest sequence; no key has a longer one.
const MAX_SEQUENCE: usize = 64;
/// Longest text that is taken from one paste.
const MAX_PASTE: usize = 64 * 1024;

const ESC: u8 = 0x1b;
const CTRL_C: u8 = 0x03;
const PASTE_START: &[u8] = b"\x1b[200~";
const PASTE_END: &[u8] = b"\x1b[201~";

/// What was read and is not a whole key yet.
#[derive(Default)]
pub(super) struct Decoder {
    unfinished: Vec<u8>,
    paste: Paste,
}

#[derive(Default, PartialEq)]
enum Paste {
    #[default]
    None,
    /// The bytes up to now are in `unfinished`.
    Open,
    /// It was given up. Its rest may still come, and is no key.
    Cut,
}

impl Decoder {
    /// How long to wait for further bytes before giving up on the unfinished ones; `None`: there are none.
    pub fn patience(&self) -> Option<Duration> {
        match (&self.paste, self.unfinished.as_slice()) {
            (Paste::Open, _) => Some(PASTE),
            (_, []) => None,
            (_, [ESC]) => Some(ESCAPE),
            _ => Some(SEQUENCE),
        }
    }

    /// Takes in `bytes`; the keys and pastes that are whole now.
    pub fn decode(&mut self, bytes: &[u8]) -> Vec<Event> {
        self.unfinished.extend_from_slice(bytes);
        let mut events = Vec::new();
        if self.paste == Paste::Cut
            && let Some(end) = find(&self.unfinished, PASTE_END)
        {
            self.take(end + PASTE_END.len());
            self.paste = Paste::None;
        }
        while self.one(&mut events) {}
        events
    }

    /// Nothing came for as long as one should wait.
    pub fn give_up(&mut self) -> Vec<Event> {
        let mut bytes = std::mem::take(&mut self.unfinished);
        if self.paste == Paste::Open {
            self.paste = Paste::Cut;
            return vec![pasted(bytes)];
        }
        let events = if bytes == [ESC] { vec![key(KeyCode::Esc)] } else { Vec::new() };
        bytes.zeroize();
        events
    }

    /// Takes one thing off the front. False: what is left is unfinished.
    fn one(&mut self, events: &mut Vec<Event>) -> bool {
        if self.paste == Paste::Open {
            return self.end_of_paste(events);
        }
        if self.unfinished.starts_with(PASTE_START) {
            self.take(PASTE_START.len());
            self.paste = Paste::Open;
            return true;
        }
        let Some((length, event)) = first(&self.unfinished) else { return false };
        self.take(length);
        events.extend(event);
        true
    }

    /// Inside a paste only its end counts, and Ctrl-C: no terminal pastes one, and whoever presses it wants out.
    fn end_of_paste(&mut self, events: &mut Vec<Event>) -> bool {
        let end = find(&self.unfinished, PASTE_END);
        let break_off = self.unfinished.iter().position(|byte| *byte == CTRL_C);
        match (end, break_off) {
            (end, Some(at)) if end.is_none_or(|end| at < end) => {
                self.take(at);
                self.paste = Paste::Cut;
            }
            (Some(end), _) => {
                let mut text = self.take(end + PASTE_END.len());
                text.truncate(end);
                events.push(pasted(text));
                self.paste = Paste::None;
            }
            (None, _) => {
                let most = MAX_PASTE + PASTE_END.len();
                if self.unfinished.len() > most {
                    // Its start is kept, and of its end as much as an end mark may be in.
                    let tail = self.unfinished.len() - PASTE_END.len();
                    self.unfinished.drain(MAX_PASTE..tail);
                }
                return false;
            }
        }
        true
    }

    fn take(&mut self, length: usize) -> Vec<u8> {
        let rest = self.unfinished.split_off(length.min(self.unfinished.len()));
        std::mem::replace(&mut self.unfinished, rest)
    }
}

fn find(bytes: &[u8], wanted: &[u8]) -> Option<usize> {
    bytes.windows(wanted.len()).position(|window| window == wanted)
}

fn pasted(bytes: Vec<u8>) -> Event {
    let text = String::from_utf8(bytes).unwrap_or_else(|error| {
        let mut bytes = error.into_bytes();
        let text = String::from_utf8_lossy(&bytes).into_owned();
        bytes.zeroize();
        text
    });
    Event::Paste(text)
}

fn key(code: KeyCode) -> Event {
    Event::Key(KeyEvent::new(code, KeyModifiers::NONE))
}

/// How many bytes the first thing in `bytes` has, and the key it is, if it is one; `None`: it is unfinished.
fn first(bytes: &[u8]) -> Option<(usize, Option<Event>)> {
    match *bytes {
        [] => None,
        [ESC] => None,
        [ESC, b'[', ..] => control_sequence(bytes),
        [ESC, b'O'] => None,
        [ESC, b'O', last, ..] if last.is_ascii_control() => Some((2, None)),
        [ESC, b'O', last, ..] => Some((3, of_letter(last).map(key))),
        // Answers of the terminal to questions that nobody asked.
        [ESC, b']' | b'P' | b'_' | b'^' | b'X', ..] => string(bytes),
        // Alt and Backspace; most programs take away a word by it.
        [ESC, next @ (0x08 | 0x7f), ..] => Some((2, of_control(next))),
        // Escape was pressed, and another key right after it: what means no is not lost.
        [ESC, next, ..] if next.is_ascii_control() => Some((1, Some(key(KeyCode::Esc)))),
        [ESC, ..] => character(&bytes[1..]).map(|(length, character)| {
            let with_alt = |character| Event::Key(KeyEvent::new(KeyCode::Char(character), KeyModifiers::ALT));
            (length + 1, character.map(with_alt))
        }),
        [byte, ..] if byte.is_ascii_control() => Some((1, of_control(byte))),
        _ => character(bytes).map(|(length, character)| (length, character.map(|c| key(KeyCode::Char(c))))),
    }
}

/// A character at the start of `bytes`; none where they are not UTF-8.
fn character(bytes: &[u8]) -> Option<(usize, Option<char>)> {
    let start = &bytes[..bytes.len().min(4)];
    let valid = match std::str::from_utf8(start) {
        Ok(text) => text,
        Err(error) if error.valid_up_to() > 0 => std::str::from_utf8(&start[..error.valid_up_to()]).unwrap_or_default(),
        Err(error) => return error.error_len().map(|length| (length, None)),
    };
    valid.chars().next().map(|character| (character.len_utf8(), Some(character)))
}

fn of_control(byte: u8) -> Option<Event> {
    Some(match byte {
        b'\r' => key(KeyCode::Enter),
        b'\t' => key(KeyCode::Tab),
        0x08 | 0x7f => key(KeyCode::Backspace),
        0x01..=0x1a => Event::Key(KeyEvent::new(KeyCode::Char((byte - 1 + b'a') as char), KeyModifiers::CONTROL)),
        _ => return None,
    })
}

/// `ESC [`, parameters, a final byte. What does not belong in one ends it, and counts for itself.
fn control_sequence(bytes: &[u8]) -> Option<(usize, Option<Event>)> {
    for (place, byte) in bytes.iter().enumerate().skip(2) {
        match byte {
            // The Linux console's F1 to F5.
            b'[' if place == 2 => return bytes.get(3).map(|last| (4, (*last == b'A').then(|| key(KeyCode::F(1))))),
            0x40..=0x7e => return Some((place + 1, meaning(&bytes[2..place], *byte).map(key))),
            0x20..=0x3f if place < MAX_SEQUENCE => {}
            _ => return Some((place, None)),
        }
    }
    None
}

/// Up to BEL or `ESC \`.
fn string(bytes: &[u8]) -> Option<(usize, Option<Event>)> {
    for (place, byte) in bytes.iter().enumerate().skip(2) {
        match byte {
            0x07 => return Some((place + 1, None)),
            &ESC if bytes.get(place + 1) == Some(&b'\\') => return Some((place + 2, None)),
            &ESC if place + 1 == bytes.len() => return None,
            byte if byte.is_ascii_control() || place > MAX_SEQUENCE * MAX_SEQUENCE => return Some((place, None)),
            _ => {}
        }
    }
    None
}

/// What a control sequence means. Shift, Alt and Control, its second parameter, make no difference to these keys.
fn meaning(parameters: &[u8], last: u8) -> Option<KeyCode> {
    if last != b'~' {
        return of_letter(last);
    }
    let number = parameters.split(|byte| *byte == b';').next()?;
    Some(match number {
        b"1" | b"7" => KeyCode::Home,
        b"4" | b"8" => KeyCode::End,
        b"3" => KeyCode::Delete,
        b"5" => KeyCode::PageUp,
        b"6" => KeyCode::PageDown,
        b"11" => KeyCode::F(1),
        _ => return None,
    })
}

fn of_letter(last: u8) -> Option<KeyCode> {
    Some(match last {
        b'A' => KeyCode::Up,
        b'B' => KeyCode::Down,
        b'C' => KeyCode::Right,
        b'D' => KeyCode::Left,
        b'H' => KeyCode::Home,
        b'F' => KeyCode::End,
        b'M' => KeyCode::Enter,
        b'P' => KeyCode::F(1),
        b'Z' => KeyCode::BackTab,
        _ => return None,
    })
}

#[cfg(test)]
mod tests;
