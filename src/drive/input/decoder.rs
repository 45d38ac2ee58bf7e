//! Decodes the bytes of a Unix terminal into keys and pasted text. It waits at most [`Decoder::patience`] for the
//! rest of a sequence, so incomplete input swallows no later key.

use std::time::Duration;

use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers};
use zeroize::Zeroize;

/// How long Escape may start a sequence. Terminals send a key's bytes in one piece, but a network may split them.
const ESCAPE: Duration = Duration::from_millis(30);
/// Timeout for the rest of a sequence or character.
const SEQUENCE: Duration = Duration::from_millis(100);
/// Maximum pause within a paste.
const PASTE: Duration = Duration::from_millis(500);

/// Maximum sequence length in bytes; no key's is longer.
const MAX_SEQUENCE: usize = 64;
/// Maximum paste length in bytes.
const MAX_PASTE: usize = 64 * 1024;

const ESC: u8 = 0x1b;
const CTRL_C: u8 = 0x03;
const PASTE_START: &[u8] = b"\x1b[200~";
const PASTE_END: &[u8] = b"\x1b[201~";

/// Bytes that do not form a whole key yet.
#[derive(Default)]
pub(super) struct Decoder {
    unfinished: Vec<u8>,
    paste: Paste,
}

#[derive(Default, PartialEq)]
enum Paste {
    #[default]
    None,
    /// `unfinished` holds the pasted bytes so far.
    Open,
    /// Given up. The rest may still arrive, but it is no key.
    Cut,
}

impl Decoder {
    /// How long to wait for more bytes before giving up the unfinished ones; `None`: there are none.
    pub fn patience(&self) -> Option<Duration> {
        match (&self.paste, self.unfinished.as_slice()) {
            (Paste::Open, _) => Some(PASTE),
            (_, []) => None,
            (_, [ESC]) => Some(ESCAPE),
            _ => Some(SEQUENCE),
        }
    }

    /// Adds `bytes` and returns the complete keys and pastes.
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

    /// Handles a timeout of the unfinished bytes.
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

    /// Takes one key or paste from the front. False: the rest is unfinished.
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

    /// Within a paste only its end and Ctrl-C count. No terminal pastes Ctrl-C, so the person wants to leave.
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
                    // Keep the start, and enough of the end to find an end mark.
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

/// Length of the first item in `bytes`, and its key, if any; `None`: unfinished.
fn first(bytes: &[u8]) -> Option<(usize, Option<Event>)> {
    match *bytes {
        [] => None,
        [ESC] => None,
        [ESC, b'[', ..] => control_sequence(bytes),
        [ESC, b'O'] => None,
        [ESC, b'O', last, ..] if last.is_ascii_control() => Some((2, None)),
        [ESC, b'O', last, ..] => Some((3, of_letter(last).map(key))),
        // Terminal responses to queries that lockroot did not send.
        [ESC, b']' | b'P' | b'_' | b'^' | b'X', ..] => string(bytes),
        // Alt and Backspace, which most programs use to delete a word.
        [ESC, next @ (0x08 | 0x7f), ..] => Some((2, of_control(next))),
        // Escape, and another key right after it: do not lose the Escape.
        [ESC, next, ..] if next.is_ascii_control() => Some((1, Some(key(KeyCode::Esc)))),
        [ESC, ..] => character(&bytes[1..]).map(|(length, character)| {
            let with_alt = |character| Event::Key(KeyEvent::new(KeyCode::Char(character), KeyModifiers::ALT));
            (length + 1, character.map(with_alt))
        }),
        [byte, ..] if byte.is_ascii_control() => Some((1, of_control(byte))),
        _ => character(bytes).map(|(length, character)| (length, character.map(|c| key(KeyCode::Char(c))))),
    }
}

/// The character at the start of `bytes`; the inner `None`: not UTF-8.
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

/// `ESC [`, parameters, a final byte. An invalid byte ends the sequence and is read by itself.
fn control_sequence(bytes: &[u8]) -> Option<(usize, Option<Event>)> {
    for (place, byte) in bytes.iter().enumerate().skip(2) {
        match byte {
            // F1 to F5 of the Linux console.
            b'[' if place == 2 => return bytes.get(3).map(|last| (4, (*last == b'A').then(|| key(KeyCode::F(1))))),
            0x40..=0x7e => return Some((place + 1, meaning(&bytes[2..place], *byte).map(key))),
            0x20..=0x3f if place < MAX_SEQUENCE => {}
            _ => return Some((place, None)),
        }
    }
    None
}

/// Ends at BEL or `ESC \`.
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

/// The key of a control sequence. Its second parameter (Shift, Alt, Control) is ignored.
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
