//! `report --csv` and `check --users`.

use std::process::{Command, Output};

use serde_json::Value;

fn run(arguments: &[&str]) -> (i32, String, String) {
    let Output { status, stdout, stderr } = Command::new(env!("CARGO_BIN_EXE_lockroot"))
        .args(arguments)
        .env_clear()
        .env("HOME", std::env::temp_dir().join("lockroot-has-no-home"))
        .env("AWS_EC2_METADATA_DISABLED", "true")
        .env("LANG", "C.UTF-8")
        .output()
        .unwrap();
    (status.code().unwrap(), String::from_utf8(stdout).unwrap(), String::from_utf8(stderr).unwrap())
}

/// The user called `name` in the JSON of `check --users`.
fn user<'a>(report: &'a Value, name: &str) -> &'a Value {
    report["users"].as_array().unwrap().iter().find(|user| user["name"] == name).unwrap_or_else(|| panic!("{report}"))
}

#[test]
fn the_report_is_printed_unchanged_with_its_age_on_standard_error() {
    let (code, csv, stderr) = run(&["report", "--csv", "--practice", "inherited"]);
    assert_eq!(code, 0, "{stderr}");
    let rows: Vec<&str> = csv.lines().collect();
    assert!(rows[0].starts_with("user,arn,user_creation_time,password_enabled"), "{csv}");
    assert!(rows[1].starts_with("<root_account>,arn:aws:iam::456789012345:root"), "{csv}");
    assert!(rows.iter().all(|row| row.split(',').count() == 22), "{csv}");
    assert!(stderr.contains("credential report of ") && stderr.contains("just now"), "{stderr}");

    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("credentials.csv");
    let (code, stdout, _) =
        run(&["report", "--csv", "--fresh", "--practice", "inherited", "-o", path.to_str().unwrap()]);
    assert_eq!((code, stdout.as_str()), (0, ""));
    let saved = std::fs::read_to_string(path).unwrap();
    assert_eq!(saved.lines().count(), rows.len());
}

#[test]
fn an_unreadable_report_exits_with_3_and_the_reason() {
    let (code, stdout, stderr) = run(&["report", "--csv"]);
    assert_eq!((code, stdout.as_str()), (3, ""), "{stderr}");
    assert!(stderr.contains("aws login"), "{stderr}");
    let folder = tempfile::tempdir().unwrap();
    let scene = folder.path().join("scene.toml");
    let denied = "title = \"x\"\naccount = \"123456789012\"\ndenied = [\"iam:GenerateCredentialReport\"]\n";
    std::fs::write(&scene, denied).unwrap();
    let (code, _, stderr) = run(&["report", "--csv", "--scenario", scene.to_str().unwrap()]);
    assert!(code == 3 && stderr.contains("iam:GenerateCredentialReport"), "{stderr}");
    let (code, stdout, stderr) = run(&["report"]);
    assert_eq!((code, stdout.as_str()), (2, ""), "what it is to be saved as has to be said");
    assert!(stderr.contains("--csv") && stderr.contains("help: lockroot report --csv -o credentials.csv"), "{stderr}");
    let by_ending = folder.path().join("credentials.csv");
    assert_eq!(run(&["report", "--practice", "fresh", "-o", by_ending.to_str().unwrap()]).0, 0);
    assert!(std::fs::read_to_string(by_ending).unwrap().starts_with("user,arn,"));
    let (code, _, stderr) = run(&["report", "--csv", "--practice", "fresh", "-o", "/nowhere/at/all.csv"]);
    assert!(code == 1 && stderr.contains("/nowhere/at/all.csv"), "{stderr}");
}

#[test]
fn the_table_lists_every_user_with_their_problems() {
    let (_, text, _) = run(&["check", "--users", "--practice", "inherited"]);
    let table = text.split("\nUsers, by the credential report of").nth(1).unwrap_or_else(|| panic!("{text}"));
    let users =
        ["<root_account>", "maria", "tom", "gustavo", "wei", "priya", "olga", "sam", "consultant-2019", "build-server"];
    users.iter().for_each(|name| assert!(table.contains(&format!("\n {name} ")), "{name}: {table}"));
    assert!(table.contains("groups: Administrators, Developers"), "{table}");
    assert!(table.contains("direct policies: upload-builds (inline)"), "{table}");
    assert!(table.contains("no use on record"), "sam's password was never used: {table}");
    assert!(!table.contains("no_information") && !table.contains("N/A"), "in words: {table}");
    assert!(text.lines().all(|line| line.chars().count() <= 130), "{text}");
    let (_, without, _) = run(&["check", "--practice", "inherited"]);
    assert!(!without.contains("Users, by"), "only when it is asked for");
}

#[test]
fn the_json_has_users_only_when_they_are_asked_for() {
    let (_, json, _) = run(&["check", "--users", "--practice", "inherited", "--format", "json"]);
    let report: Value = serde_json::from_str(&json).unwrap();
    assert!(report["credential_report_at"].as_str().unwrap().ends_with('Z'));
    let consultant = user(&report, "consultant-2019");
    assert_eq!(consultant["keys"].as_array().unwrap().len(), 2);
    assert_eq!(consultant["keys"][1]["last_used"], "N/A", "never used");
    assert_eq!(
        consultant["findings"],
        serde_json::json!([
            "console-users-mfa",
            "unused-credentials",
            "key-age",
            "two-active-keys",
            "set-up-key-never-used",
            "permissions-through-groups"
        ])
    );
    assert_eq!(user(&report, "sam")["password_last_used"], "no_information");
    assert_eq!(user(&report, "tom")["findings"], serde_json::json!([]));
    assert_eq!(user(&report, "<root_account>")["mfa"], false);
    assert_eq!(user(&report, "gustavo")["groups"], serde_json::json!(["Administrators", "Developers"]));
    let (_, json, _) = run(&["check", "--practice", "inherited", "--format", "json"]);
    let report: Value = serde_json::from_str(&json).unwrap();
    assert!(report.get("users").is_none() && report.get("credential_report_at").is_none());
}
