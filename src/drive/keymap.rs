//! Maps the terminal library's keys to the wizard's keys.

use crossterm::event::{KeyCode, KeyEvent, KeyEventKind, KeyModifiers};

use crate::wizard::{Key, KeyPress};

/// The wizard's key for `event`; `None` for releases and unused keys.
#[must_use]
pub fn key_press(event: &KeyEvent) -> Option<KeyPress> {
    let repeated = match event.kind {
        KeyEventKind::Press => false,
        KeyEventKind::Repeat => true,
        KeyEventKind::Release => return None,
    };
    let control = event.modifiers.contains(KeyModifiers::CONTROL);
    let alt = event.modifiers.contains(KeyModifiers::ALT);
    let key = match event.code {
        KeyCode::Char(character) if control && !alt => Key::Ctrl(character.to_ascii_lowercase()),
        // Control and Alt together are AltGr on many keyboards, which types a character.
        KeyCode::Char(character) if control || !alt => Key::Char(character),
        KeyCode::Enter => Key::Enter,
        KeyCode::Esc => Key::Esc,
        KeyCode::BackTab => Key::BackTab,
        KeyCode::Tab if event.modifiers.contains(KeyModifiers::SHIFT) => Key::BackTab,
        KeyCode::Tab => Key::Tab,
        KeyCode::Up => Key::Up,
        KeyCode::Down => Key::Down,
        KeyCode::Left => Key::Left,
        KeyCode::Right => Key::Right,
        KeyCode::Home => Key::Home,
        KeyCode::End => Key::End,
        KeyCode::PageUp => Key::PageUp,
        KeyCode::PageDown => Key::PageDown,
        KeyCode::Backspace => Key::Backspace,
        KeyCode::Delete => Key::Delete,
        KeyCode::F(1) => Key::F1,
        _ => return None,
    };
    Some(KeyPress { key, repeated })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn key_releases_are_ignored_and_repeats_are_marked() {
        let press = KeyEvent::new(KeyCode::Enter, KeyModifiers::NONE);
        assert_eq!(key_press(&press), Some(Key::Enter.into()));
        let repeat = KeyEvent { kind: KeyEventKind::Repeat, ..press };
        assert_eq!(key_press(&repeat), Some(KeyPress { key: Key::Enter, repeated: true }));
        assert_eq!(key_press(&KeyEvent { kind: KeyEventKind::Release, ..press }), None);
    }

    #[test]
    fn alt_gr_types_characters_and_control_does_not() {
        let typed = |code, modifiers| key_press(&KeyEvent::new(code, modifiers)).map(|press| press.key);
        assert_eq!(typed(KeyCode::Char('@'), KeyModifiers::CONTROL | KeyModifiers::ALT), Some(Key::Char('@')));
        assert_eq!(typed(KeyCode::Char('c'), KeyModifiers::CONTROL), Some(Key::Ctrl('c')));
        assert_eq!(typed(KeyCode::Char('x'), KeyModifiers::ALT), None);
    }
}
