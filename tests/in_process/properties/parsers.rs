//! No parser panics or hangs on any file, paste or answer. Inputs start from `tests/corpus` and are cut, doubled,
//! nested and mixed.

use std::path::Path;

use lockroot::account::new_profile::taken;
use lockroot::account::policy_document::FullAdmin;
use lockroot::account::root_use::{Notice, Occasion};
use lockroot::account::{CredentialReport, Partition};
use lockroot::commands::config::Config;
use lockroot::journal::Journal;
use lockroot::practice::Scenario;
use lockroot::report::Saved;
use lockroot::secret::Secret;
use proptest::prelude::*;
use proptest::sample::{Index, select};

use crate::support::cases;

/// A kind of text, and its parser.
type Reader = (&'static str, fn(&str));

/// Each kind.
const READERS: [Reader; 10] = [
    ("credential-report", |text| drop(CredentialReport::parse(text.into(), None))),
    ("scenario", |text| drop(Scenario::parse("the corpus", text))),
    ("configuration", |text| drop(Config::parse(text))),
    ("credentials", |text| drop(taken(text.as_bytes(), "default"))),
    ("otpauth", |text| drop(lockroot::totp::seed_from(&Secret::new(text)))),
    ("policy", |text| drop(FullAdmin::of(text))),
    ("event-pattern", |text| assert!(!Notice::of_event_pattern(text, &occasion()).words().is_empty())),
    ("filter-pattern", |text| assert!(!Notice::of_filter_pattern(text, &occasion()).words().is_empty())),
    ("request", super::bytes::request),
    ("journal", |text| drop((Journal::parse(text).map(|journal| journal.text()), Saved::parse(text)))),
];

fn occasion() -> Occasion {
    Occasion { account: "123456789012".into(), partition: Partition::Commercial }
}

/// The seeds of a kind.
pub fn seeds(kind: &str) -> Vec<String> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/corpus").join(kind);
    let mut files: Vec<_> = std::fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    assert!(!files.is_empty(), "{folder:?}");
    files.iter().map(|file| String::from_utf8_lossy(&std::fs::read(file).unwrap()).into_owned()).collect()
}

/// An edit of a seed.
#[derive(Debug, Clone)]
enum Edit {
    Cut(Index, Index),
    Double(Index, Index),
    Insert(Index, String),
    Nest(&'static str, usize),
}

fn any_edit() -> impl Strategy<Value = Edit> {
    let place = any::<Index>;
    let telling = select(
        &[
            "{", "}", "[", "]", "(", ")", "\"", "'", ",", ";", "=", "*", "&&", "||", "\r\n", "\0", "\\", "%", "-1",
            "null",
        ][..],
    );
    let text = prop_oneof![telling.prop_map(str::to_owned), any::<String>(), "[0-9]{1,40}", "\\PC{0,20}"];
    prop_oneof![
        (place(), place()).prop_map(|(from, to)| Edit::Cut(from, to)),
        (place(), place()).prop_map(|(from, to)| Edit::Double(from, to)),
        (place(), text).prop_map(|(at, text)| Edit::Insert(at, text)),
        (select(&["(", "[", "{", "{(", "[["][..]), 1..20_000_usize).prop_map(|(open, times)| Edit::Nest(open, times)),
    ]
}

fn edited(text: &str, edit: &Edit) -> String {
    let chars: Vec<char> = text.chars().collect();
    let place = |index: &Index| index.index(chars.len() + 1);
    let text_of = |part: &[char]| part.iter().collect::<String>();
    let span = |one: &Index, other: &Index| (place(one).min(place(other)), place(one).max(place(other)));
    match edit {
        Edit::Cut(one, other) => {
            let (from, to) = span(one, other);
            text_of(&chars[..from]) + &text_of(&chars[to..])
        }
        Edit::Double(one, other) => {
            let (from, to) = span(one, other);
            text_of(&chars[..to]) + &text_of(&chars[from..])
        }
        Edit::Insert(at, new) => text_of(&chars[..place(at)]) + new + &text_of(&chars[place(at)..]),
        Edit::Nest(open, times) => open.repeat(*times) + text,
    }
}

#[test]
fn every_seed_is_parsed_as_it_is_and_deeply_nested() {
    for (kind, read) in READERS {
        seeds(kind).iter().for_each(|seed| read(seed));
        for open in ["(", "[", "{", "{(", "{ ($.a = 1) && ("] {
            read(&open.repeat(100_000));
            read(&format!("{{{}}}", open.repeat(100_000)));
        }
    }
}

proptest! {
    #![proptest_config(cases::property(20, 60))]

    #[test]
    fn edited_seeds_are_parsed_without_a_panic(at in any::<Index>(), edits in prop::collection::vec(any_edit(), 1..6)) {
        for (kind, read) in READERS {
            let seeds = seeds(kind);
            let text = edits.iter().fold(at.get(&seeds).clone(), |text, edit| edited(&text, edit));
            read(&text);
        }
    }
}
