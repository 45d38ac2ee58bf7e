//! Modules may import only what the architecture allows. Read from the `use` lines and paths.

use std::fs;
use std::path::{Path, PathBuf};

/// Each room with the rooms it may use.
pub(crate) const ROOMS: [(&str, &[&str]); 22] = [
    ("plain", &[]),
    ("secret", &[]),
    ("totp", &["secret"]),
    ("account", &["plain", "secret"]),
    ("journal", &["account"]),
    ("clock", &["account"]),
    ("wire", &["secret"]),
    ("checks", &["account"]),
    ("steps", &["account", "checks", "secret"]),
    ("break_glass", &["account", "plain"]),
    ("lesson", &["account", "checks", "plain", "steps"]),
    ("wizard", &["account", "break_glass", "checks", "journal", "lesson", "secret", "steps", "totp"]),
    ("screen", &["account", "break_glass", "checks", "plain", "secret", "steps", "totp", "wizard"]),
    ("report", &["account", "checks", "plain"]),
    ("aws", &["account", "clock", "secret", "wire"]),
    ("practice", &["account", "clock", "secret", "totp", "wire"]),
    ("serve", &["wire"]),
    ("files", &[]),
    ("drive", &["account", "clock", "files", "journal", "screen", "secret", "wizard"]),
    ("cli", &["checks", "practice", "report"]),
    (
        "commands",
        &[
            "account",
            "aws",
            "break_glass",
            "checks",
            "cli",
            "clock",
            "drive",
            "files",
            "journal",
            "lesson",
            "plain",
            "practice",
            "report",
            "screen",
            "serve",
            "steps",
            "wire",
            "wizard",
        ],
    ),
    ("main", &[]),
];

/// Rooms without IO, environment, runtime, terminal and clock.
const PURE: [&str; 11] =
    ["plain", "secret", "totp", "account", "break_glass", "journal", "checks", "steps", "lesson", "wizard", "report"];

/// The SDK's crates, and how their names begin.
const SDK: [&str; 6] = ["aws_sdk_", "aws_smithy_", "aws_config", "aws_types", "aws_credential_types", "aws_runtime"];

const IMPURE: [&str; 13] = [
    "tokio",
    "crossterm",
    "ratatui",
    "futures_util",
    "std::fs",
    "std::env",
    "std::net",
    "std::process",
    "std::io",
    "std::thread",
    "Instant",
    "SystemTime",
    "now_utc",
];

/// Names that only one place may use.
const ONLY_IN: [(&str, &[&str]); 10] = [
    ("ratatui", &["screen", "drive"]),
    ("crossterm", &["drive", "commands"]),
    ("hyper", &["serve"]),
    ("getrandom", &["secret", "practice"]),
    ("qrcode", &["screen", "practice"]),
    // One place writes files: completely, and never through a planted link.
    ("fs::write", &["files"]),
    ("fs::rename", &["files"]),
    ("OpenOptions", &["files"]),
    ("NamedTempFile", &["files"]),
    ("tempfile", &["files"]),
];

fn sources(folder: &Path) -> Vec<PathBuf> {
    let mut files = Vec::new();
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            files.extend(sources(&path));
        } else if path.extension().is_some_and(|ending| ending == "rs") {
            files.push(path);
        }
    }
    files
}

/// Room, path and code (no comments, no tests) of every source file.
fn files() -> Vec<(String, String, String)> {
    let src = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let files: Vec<_> = sources(&src)
        .into_iter()
        .filter(|path| !path.ends_with("lib.rs") && path.file_stem().is_none_or(|stem| stem != "tests"))
        .map(|path| {
            let inner = path.strip_prefix(&src).unwrap().to_owned();
            let room = inner.iter().next().unwrap().to_str().unwrap().trim_end_matches(".rs").to_owned();
            let text = fs::read_to_string(&path).unwrap();
            let code = text.split("\nmod tests {").next().unwrap();
            let code: String =
                code.lines().filter(|line| !line.trim_start().starts_with("//")).collect::<Vec<_>>().join("\n");
            (room, inner.display().to_string(), code)
        })
        .collect();
    assert!(files.len() > 40, "the sources were found");
    files
}

/// Whether `code` uses `word` as the start of a path, not inside a longer name or a string.
fn names(code: &str, word: &str) -> bool {
    code.match_indices(word).any(|(place, _)| {
        let before = code[..place].chars().next_back();
        let after = code[place + word.len()..].chars().next();
        let starts = before.is_none_or(|c| !c.is_alphanumeric() && c != '_' && c != '"' && c != '/' && c != '`');
        let goes_on =
            word.ends_with('_') || after.is_some_and(|c| c == ':' || c == ';' || c == '(' || c == ',' || c == '}');
        starts && goes_on
    })
}

/// `practice/kept/sealed.rs` has its own functions to write practice secrets. Other code cannot write one by accident.
#[test]
fn a_secret_cannot_be_serialised() {
    let (_, _, code) = files().into_iter().find(|(_, path, _)| path == "secret.rs").unwrap();
    assert!(!code.contains("serde") && !code.contains("Serialize"), "Secret itself must not be serialisable");
    for (room, path, code) in files() {
        let writes = code.contains("for Secret {") && code.contains("Serialize for");
        assert!(!writes, "{path}: {room} makes secrets serialisable everywhere");
        assert!(!code.contains("sealed") || room == "practice", "{path}: only practice writes secrets");
    }
}

#[test]
fn dependencies_point_one_way() {
    for (room, path, code) in files() {
        let known =
            ROOMS.iter().find(|(name, _)| *name == room).unwrap_or_else(|| panic!("{path}: a room that is on no list"));
        if room == "main" {
            continue;
        }
        for (other, _) in ROOMS {
            let named = names(&code, &format!("crate::{other}")) || code.contains(&format!("crate::{other}::"));
            assert!(!named || other == room || known.1.contains(&other), "{path}: {room} may not know {other}");
        }
    }
}

#[test]
fn pure_rooms_do_no_io_and_read_no_clock() {
    for (room, path, code) in files() {
        for word in IMPURE {
            assert!(!PURE.contains(&room.as_str()) || !names(&code, word), "{path}: {room} is pure, but names {word}");
        }
    }
}

#[test]
fn drawing_is_a_function_of_state() {
    for (room, path, code) in files().into_iter().filter(|(room, ..)| room == "screen") {
        for word in [
            "tokio",
            "crossterm",
            "std::fs",
            "std::env",
            "std::io",
            "Instant",
            "SystemTime",
            "now_utc",
            "RefCell",
            "Cell",
            "Mutex",
        ] {
            let state = word.ends_with("Cell") && code.contains(&format!("cell::{word}"));
            let other = !word.ends_with("Cell") && names(&code, word);
            assert!(!state && !other, "{path}: {room} names {word}");
        }
    }
}

/// Whether `path` is a page or shared content of pages.
fn is_page_content(path: &str) -> bool {
    path.starts_with("wizard/content/") || path.strip_prefix("wizard/pages/").is_some_and(|inner| inner.contains('/'))
}

#[test]
fn page_content_has_no_style_no_width_and_no_sign_characters() {
    let mut pages = 0;
    for (_, path, code) in files().into_iter().filter(|(_, path, _)| is_page_content(path)) {
        pages += 1;
        for word in ["ratatui", "RenderOptions", "Theme", "Style", "unicode_width", "width(", "glyphs()", "super::text"]
        {
            assert!(!code.contains(word), "{path}: a page names {word}");
        }
        for sign in "✓✗◦▸•‹›⠋".chars() {
            assert!(!code.contains(sign), "{path}: a page spells the sign {sign}");
        }
    }
    assert!(pages > 30, "the pages were found");
}

/// The screen draws content, so it can draw any new page.
#[test]
fn the_screen_knows_no_page_by_name() {
    for (_, path, code) in files().into_iter().filter(|(room, path, _)| room == "screen" && !path.contains("/tests")) {
        for name in ["pages::", "Page::"] {
            assert!(!code.contains(name), "{path}: the screen names {name}");
        }
    }
}

#[test]
fn each_library_has_its_room() {
    for (room, path, code) in files() {
        for (library, rooms) in ONLY_IN {
            assert!(rooms.contains(&room.as_str()) || !names(&code, library), "{path}: {library} is not for {room}");
        }
        for sdk in SDK {
            assert!(room == "aws" || !names(&code, sdk), "{path}: only aws names {sdk}");
        }
    }
}

#[test]
fn the_check_holds_only_a_reader() {
    const READ_ONLY: [&str; 3] = ["commands/check", "commands/break_glass", "commands/credential_report"];
    let reads = |path: &str| READ_ONLY.iter().any(|command| path.starts_with(command));
    let reading: Vec<_> = files().into_iter().filter(|(_, path, _)| reads(path)).collect();
    assert!(reading.iter().filter(|(.., code)| code.contains("&ReadOnly")).count() == 3 && reading.len() > 5);
    for (_, path, code) in reading {
        // They get a connection that can only read, and make no other.
        for way_around in ["Writer", ".apply(", "Connections", "Connector", "connect_in_process", "aws::connect"] {
            assert!(!code.contains(way_around), "{path}: {way_around}");
        }
    }
}

/// IAM's calls that act on the signer if `UserName` is left out. The third-party checks compare them with AWS's models.
const OPTIONAL_USER_NAME: &str = include_str!("../third-party/optional_user_names.txt");

/// `ListMFADevices` as the SDK spells it: `list_mfa_devices`.
fn snake(call: &str) -> String {
    let letters: Vec<char> = call.chars().collect();
    let mut name = String::new();
    for (i, letter) in letters.iter().enumerate() {
        let begins = i > 0
            && letter.is_uppercase()
            && (letters[i - 1].is_lowercase() || letters.get(i + 1).is_some_and(|next| next.is_lowercase()));
        if begins {
            name.push('_');
        }
        name.extend(letter.to_lowercase());
    }
    name
}

#[test]
fn every_call_with_an_optional_user_name_has_a_decided_owner() {
    let mut sites = Vec::new();
    for (_, path, code) in files() {
        // Ignore line breaks and blanks, which the formatter sets.
        let code: String = code.split_whitespace().collect();
        for call in OPTIONAL_USER_NAME.lines().map(snake) {
            for (place, text) in code.match_indices(&format!(".{call}()")) {
                let after = &code[place + text.len()..];
                // A list for all users has no owner, and says so.
                if after.starts_with(".all_users(true)") {
                    continue;
                }
                assert!(after.starts_with(".set_user_name(owner.into_user_name())"), "{path}: {call} without an owner");
                sites.push((path.clone(), call.clone()));
            }
        }
        let makes = code.contains("Owner(None)");
        assert!(!makes || path == "aws/owner.rs", "{path}: only one place decides that root is meant");
    }
    sites.sort();
    let listed = [
        ("aws/apply.rs", "create_access_key"),
        ("aws/apply.rs", "create_login_profile"),
        ("aws/apply.rs", "delete_access_key"),
        ("aws/apply.rs", "delete_login_profile"),
        ("aws/apply.rs", "delete_service_specific_credential"),
        ("aws/apply.rs", "delete_signing_certificate"),
        ("aws/apply.rs", "update_access_key"),
        ("aws/apply.rs", "update_service_specific_credential"),
        ("aws/apply.rs", "update_signing_certificate"),
        ("aws/read/certificates.rs", "list_signing_certificates"),
        ("aws/read/devices.rs", "list_mfa_devices"),
        ("aws/read/keys.rs", "list_access_keys"),
        ("aws/read/last_sign_in.rs", "get_user"),
        ("aws/read/people.rs", "get_login_profile"),
    ];
    let found: Vec<(&str, &str)> = sites.iter().map(|(path, call)| (path.as_str(), call.as_str())).collect();
    assert_eq!(found, listed, "every place is known");
}

fn lines_of(folder: &str) -> Vec<(PathBuf, String)> {
    let mut files = Vec::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join(folder)];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()) {
            if entry.is_dir() {
                folders.push(entry);
            } else {
                let text = fs::read_to_string(&entry).unwrap();
                files.push((entry, text));
            }
        }
    }
    files
}

#[test]
fn few_files_extend_the_wizard_and_one_takes_pages_from_slots() {
    let mut files = lines_of("src/wizard");
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src/wizard.rs");
    files.push((root.clone(), fs::read_to_string(&root).unwrap()));
    let of_wizard: Vec<&PathBuf> =
        files.iter().filter(|(_, text)| text.contains("impl Wizard")).map(|(path, _)| path).collect();
    assert!(of_wizard.len() <= 5, "{of_wizard:?}");
    // Only dispatch takes a page out of its slot.
    for (path, text) in &files {
        let takes = text.matches(".page.take()").count();
        assert_eq!(takes, usize::from(path.ends_with("wizard/dispatch.rs")), "{}", path.display());
    }
}

#[test]
fn no_page_names_the_wizard_or_its_slots() {
    for (path, text) in lines_of("src/wizard/pages") {
        for name in ["Wizard", "Slot", "slots", "unsafe"] {
            let word = |line: &str| line.split(|c: char| !c.is_alphanumeric() && c != '_').any(|part| part == name);
            let found: Vec<&str> =
                text.lines().filter(|line| !line.trim_start().starts_with("//") && word(line)).collect();
            assert!(found.is_empty(), "{}: {found:?}", path.display());
        }
    }
}

#[test]
fn only_tests_set_the_wizards_state_directly() {
    let setters = |path: &str| {
        let text = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap();
        let names = text.lines().filter_map(|line| line.trim_start().strip_prefix("pub fn "));
        names.map(|line| line.split('(').next().unwrap().to_owned()).collect::<Vec<_>>()
    };
    let setters: Vec<String> =
        ["src/wizard/state.rs", "src/wizard/world/state.rs"].into_iter().flat_map(setters).collect();
    assert!(setters.len() > 10 && setters.contains(&"facts_mut".to_owned()), "{setters:?}");
    for (path, text) in lines_of("src") {
        let of_tests = ["state.rs", "tests.rs"].iter().any(|name| path.ends_with(name))
            || path.components().any(|part| part.as_os_str() == "tests");
        let program = text.split("#[cfg(test)]\nmod tests {").next().unwrap();
        let found: Vec<&String> = setters.iter().filter(|name| program.contains(&format!(".{name}("))).collect();
        assert!(of_tests || found.is_empty(), "{}: {found:?}", path.display());
    }
}
