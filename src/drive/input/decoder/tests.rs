//! Keys as terminals send them: complete, cut off and unfinished.

use super::*;

fn keys(bytes: &[u8]) -> Vec<Event> {
    Decoder::default().decode(bytes)
}

/// Decodes the bytes one at a time.
fn one_by_one(bytes: &[u8]) -> Vec<Event> {
    let mut decoder = Decoder::default();
    bytes.iter().flat_map(|byte| decoder.decode(&[*byte])).collect()
}

fn typed(text: &str) -> Vec<Event> {
    text.chars().map(|character| key(KeyCode::Char(character))).collect()
}

fn control(character: char) -> Event {
    Event::Key(KeyEvent::new(KeyCode::Char(character), KeyModifiers::CONTROL))
}

#[test]
fn keys_are_decoded_the_same_whole_and_in_pieces() {
    let cases: [(&[u8], KeyCode); 22] = [
        (b"\r", KeyCode::Enter),
        (b"\t", KeyCode::Tab),
        (b"\x7f", KeyCode::Backspace),
        (b"\x1b[A", KeyCode::Up),
        (b"\x1bOB", KeyCode::Down),
        (b"\x1b[1;5C", KeyCode::Right),
        (b"\x1b[D", KeyCode::Left),
        (b"\x1b[Z", KeyCode::BackTab),
        (b"\x1b[H", KeyCode::Home),
        (b"\x1b[1~", KeyCode::Home),
        (b"\x1b[7~", KeyCode::Home),
        (b"\x1bOF", KeyCode::End),
        (b"\x1b[4~", KeyCode::End),
        (b"\x1b[3;2~", KeyCode::Delete),
        (b"\x1b[5~", KeyCode::PageUp),
        (b"\x1b[6~", KeyCode::PageDown),
        (b"\x1bOP", KeyCode::F(1)),
        (b"\x1b[11~", KeyCode::F(1)),
        (b"\x1b[[A", KeyCode::F(1)),
        (b"\x1bOM", KeyCode::Enter),
        ("ä".as_bytes(), KeyCode::Char('ä')),
        ("😀".as_bytes(), KeyCode::Char('😀')),
    ];
    for (bytes, code) in cases {
        assert_eq!(keys(bytes), [key(code)], "{bytes:?}");
        assert_eq!(one_by_one(bytes), [key(code)], "{bytes:?}");
    }
    assert_eq!(keys(b"\x13\x03"), [control('s'), control('c')]);
}

#[test]
fn a_lone_escape_counts_and_so_does_one_before_another_key() {
    let mut decoder = Decoder::default();
    assert_eq!(decoder.decode(b"\x1b"), []);
    assert_eq!(decoder.patience(), Some(ESCAPE));
    assert_eq!(decoder.give_up(), [key(KeyCode::Esc)]);
    assert_eq!(decoder.patience(), None);
    assert_eq!(keys(b"\x1b\r"), [key(KeyCode::Esc), key(KeyCode::Enter)]);
    assert_eq!(keys(b"\x1b\x1b[A"), [key(KeyCode::Esc), key(KeyCode::Up)]);
    assert_eq!(keys(b"\x1bx"), [Event::Key(KeyEvent::new(KeyCode::Char('x'), KeyModifiers::ALT))]);
}

#[test]
fn an_unfinished_sequence_swallows_no_later_key() {
    let unfinished: [&[u8]; 8] =
        [b"\xff", b"\xe2\x82", b"\x1b[", b"\x1b[1;", b"\x1bO", b"\x1b]0;title", b"\x1bP", b"\xf0\x9f"];
    for start in unfinished {
        let mut decoder = Decoder::default();
        assert_eq!(decoder.decode(start), [], "{start:?}");
        assert_eq!(decoder.decode(b"\x03"), [control('c')], "Ctrl-C is heard at once after {start:?}");

        let mut decoder = Decoder::default();
        decoder.decode(start);
        assert!(decoder.unfinished.is_empty() || decoder.patience() == Some(SEQUENCE), "{start:?} is waited for");
        assert_eq!(decoder.give_up(), [], "{start:?}");
        assert_eq!(decoder.decode(b"q"), typed("q"), "{start:?}");
    }
    let endless = [b"\x1b[".as_slice(), &b"1;".repeat(100)].concat();
    assert!(keys(&endless).len() > 100, "no sequence is that long");
}

#[test]
fn pasted_text_arrives_whole_and_triggers_no_key() {
    let text = "one\r\ntwo\x1b[A\x13";
    let bytes = format!("a\x1b[200~{text}\x1b[201~b");
    let wanted = [typed("a"), vec![Event::Paste(text.into())], typed("b")].concat();
    assert_eq!(keys(bytes.as_bytes()), wanted);
    assert_eq!(one_by_one(bytes.as_bytes()), wanted);
}

#[test]
fn a_paste_without_an_end_ends_at_ctrl_c_or_after_a_while() {
    let mut decoder = Decoder::default();
    assert_eq!(decoder.decode(b"\x1b[200~secret"), []);
    assert_eq!(decoder.decode(b"\x03"), [control('c')], "and what was pasted is dropped");
    assert_eq!(decoder.decode(b"\r"), [key(KeyCode::Enter)]);

    let mut decoder = Decoder::default();
    decoder.decode(b"\x1b[200~half");
    assert_eq!(decoder.patience(), Some(PASTE));
    assert_eq!(decoder.give_up(), [Event::Paste("half".into())]);
    assert_eq!(decoder.decode(b" and the rest\r\x1b[201~q"), typed("q"), "its rest confirms nothing");
    assert_eq!(decoder.decode(b"q"), typed("q"));
}

#[test]
fn a_paste_uses_bounded_memory() {
    let mut decoder = Decoder::default();
    decoder.decode(PASTE_START);
    for _ in 0..300 {
        decoder.decode(&[b'x'; 1024]);
        assert!(decoder.unfinished.len() <= MAX_PASTE + PASTE_END.len());
    }
    let events = decoder.decode(PASTE_END);
    assert!(matches!(&events[..], [Event::Paste(text)] if text.len() >= MAX_PASTE && text.len() < MAX_PASTE + 20));
}
