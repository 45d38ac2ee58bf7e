//! Kept practice accounts from outside: continue, list and delete, after every kind of end.

use std::path::Path;
use std::process::Stdio;

use rustix::process::Signal;
use serde_json::Value;

use super::{Served, lockroot};

/// Runs a command in that home. Returns exit code, standard output and standard error.
fn run(home: &Path, arguments: &[&str]) -> (i32, String, String) {
    let output = lockroot(arguments).env("HOME", home).output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

fn serve(home: &Path, arguments: &[&str]) -> Served {
    Served::start_at(home, arguments, Stdio::null())
}

fn users(home: &Path) -> Vec<String> {
    let (_, report, stderr) = run(home, &["check", "--practice", "anna", "--users", "--format", "json"]);
    let report: Value = serde_json::from_str(&report).unwrap_or_else(|_| panic!("{stderr}"));
    report["users"].as_array().unwrap().iter().map(|user| user["name"].as_str().unwrap().to_owned()).collect()
}

#[tokio::test]
async fn changes_survive_any_end_of_the_program() {
    let home = tempfile::tempdir().unwrap();
    let home = home.path();
    for (user, signal) in [("one", Signal::KILL), ("two", Signal::TERM), ("three", Signal::INT)] {
        let served = serve(home, &["--keep", "anna"]);
        served.iam("root").create_user().user_name(user).send().await.unwrap();
        if signal == Signal::KILL {
            served.signal(signal);
            drop(served);
        } else {
            served.ends_with(signal);
        }
        assert!(users(home).contains(&user.to_owned()), "{user}");
    }
    assert_eq!(users(home).len(), 4);
    let again = serve(home, &["--keep", "anna", "fresh"]);
    assert!(
        again.greeting.contains("the kept practice account anna: scenario fresh, made on 20"),
        "{}",
        again.greeting
    );
    assert!(again.greeting.contains("scenario anna (fresh)"), "{}", again.greeting);
}

#[test]
fn a_check_of_a_kept_account_counts_its_accepted_risks() {
    let home = tempfile::tempdir().unwrap();
    let home = home.path();
    serve(home, &["--keep", "anna"]).ends_with(Signal::TERM);
    let accepted = || {
        let (_, report, stderr) = run(home, &["check", "--practice", "anna", "--only", "root-mfa", "--format", "json"]);
        assert!(report.contains("root-mfa"), "{stderr}");
        report.contains("no device before Monday")
    };
    assert!(!accepted());
    let entry =
        "[[suppress]]\nid = \"root-mfa\"\nreason = \"no device before Monday\"\nowner = \"dana\"\nuntil = 2099-01-31\n";
    let folder = home.join(".local/state/lockroot/practice/anna");
    std::fs::write(folder.join("config.toml"), entry).unwrap();
    assert!(accepted());
}

#[test]
fn a_kept_account_can_be_listed_checked_and_removed() {
    let home = tempfile::tempdir().unwrap();
    let home = home.path();
    let served = serve(home, &["--keep", "anna", "leaky-startup"]);
    let (code, _, stderr) = run(home, &["practice", "--keep", "anna", "--serve", "127.0.0.1:0"]);
    assert_eq!((code, stderr.contains("anna is open in another lockroot (process ")), (2, true), "{stderr}");
    let (code, _, stderr) = run(home, &["practice", "--forget", "anna"]);
    assert_eq!((code, stderr.contains("is open in another lockroot")), (2, true), "{stderr}");
    served.ends_with(Signal::TERM);

    let (code, _, stderr) = run(home, &["practice", "fresh", "--keep", "anna", "--serve", "127.0.0.1:0"]);
    assert_eq!(code, 2);
    assert!(stderr.contains("anna is kept from the scenario leaky-startup, not from fresh\nhelp: go on"), "{stderr}");
    let (_, listed, _) = run(home, &["practice", "--list"]);
    assert!(
        listed.contains("inherited      An inherited account") && listed.contains("  anna  leaky-startup  20"),
        "{listed}"
    );
    let (code, report, _) = run(home, &["check", "--practice", "anna"]);
    assert!(code == 1 && report.contains("lockroot practice --keep anna"), "{report}");
    let (code, csv, _) = run(home, &["report", "--csv", "--practice", "anna"]);
    assert!(code == 0 && csv.contains("\ndana,"), "{csv}");
    let (code, sheet, _) = run(home, &["break-glass", "--practice", "anna"]);
    assert!(code == 0 && sheet.contains("345678901234"), "{sheet}");

    let (code, said, _) = run(home, &["practice", "--forget", "anna"]);
    assert_eq!((code, said.as_str()), (0, "The kept practice account anna is removed.\n"));
    let (code, _, stderr) = run(home, &["check", "--practice", "anna"]);
    assert!(code == 2 && stderr.contains("no kept practice account called anna\nhelp: scenarios: fresh"), "{stderr}");
    for name in ["fresh", "Anna", "../anna", "", "-a"] {
        let (code, _, stderr) = run(home, &["practice", &format!("--keep={name}")]);
        assert!(code == 2 && stderr.contains("expected "), "{name}: {stderr}");
    }
    assert_eq!(run(home, &["check", "--practice", "Anna"]).0, 2);
}
