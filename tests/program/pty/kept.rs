//! The wizard on a kept practice account, and the record of its lesson.

use std::path::Path;

use super::Terminal;

fn start(home: &Path, arguments: &[&str]) -> Terminal {
    let mut terminal = Terminal::start(arguments, &[("HOME", home.to_str().unwrap())], 80, 24);
    terminal.until_shown("PRACTICE anna (fresh)");
    terminal
}

#[test]
fn the_wizard_shows_that_the_account_is_kept_and_writes_the_record() {
    let home = tempfile::tempdir().unwrap();
    let record = home.path().join("record.html");
    let arguments = ["practice", "--keep", "anna", "--record", record.to_str().unwrap()];
    let mut first = start(home.path(), &arguments);
    first.until_shown("This practice account is kept as anna. Its secrets are practice secrets");
    first.until_shown("0 of 5 goals are met; g lists them");
    first.send("g");
    first.until_shown("Goals of this practice account");
    first.until_shown("Delete the root access key");
    first.send("gq");
    let (code, said) = first.end();
    assert_eq!(code, 0);
    assert!(said.contains("Kept as anna (scenario fresh); it holds practice secrets only"), "{said}");
    let text = std::fs::read_to_string(&record).unwrap();
    assert!(text.contains("<h2>Goals: 0 of 5 met</h2>") && text.contains("Nothing was changed."), "{text}");

    let mut second = start(home.path(), &arguments);
    second.until_shown("This is the kept practice account anna: scenario fresh, made on 20");
    second.signal(rustix::process::Signal::TERM);
    let (code, said) = second.end();
    assert!(code == 130 && said.contains("Kept as anna"), "{said}");
    assert!(std::fs::read_to_string(&record).unwrap().contains(", in 2 runs"));
}

#[test]
fn an_unwritable_record_is_reported_before_the_practice_begins() {
    let home = tempfile::tempdir().unwrap();
    let arguments = ["practice", "--record", "/nonexistent/record.md"];
    let terminal = Terminal::start(&arguments, &[("HOME", home.path().to_str().unwrap())], 80, 24);
    let (code, said) = terminal.end();
    assert!(code == 1 && said.contains("can't write the record to /nonexistent/record.md"), "{said}");
}
