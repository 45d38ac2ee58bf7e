//! Names of practice accounts.

use super::Home;
use std::process::Command;

use serde_json::Value;

fn lockroot(home: &Home, arguments: &[&str]) -> (i32, String, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_lockroot"));
    command.args(arguments).env_clear().env("HOME", home.path()).current_dir(home.path());
    let output = command.output().unwrap();
    let text = |bytes| String::from_utf8(bytes).unwrap();
    (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
}

#[test]
fn a_comma_in_a_user_name_adds_no_user_and_shifts_no_column() {
    let home = Home::new("", "");
    let user = "[[users]]\nname = \"we,i\"\npassword = true\nmfa = [\"virtual\"]\nlast_sign_in = \"1d\"\n";
    home.put("comma.toml", format!("title = \"commas\"\naccount = \"123456789012\"\n{user}"));
    let (_, report, _) = lockroot(&home, &["check", "--scenario", "comma.toml", "--users", "--format", "json"]);
    let report: Value = serde_json::from_str(&report).unwrap();
    let users = report["users"].as_array().unwrap();
    let names: Vec<&str> = users.iter().map(|user| user["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["<root_account>", "we,i"]);
    assert_eq!((&users[1]["password"], &users[1]["mfa"]), (&Value::from(true), &Value::from(true)), "{}", users[1]);
    let (code, csv, _) = lockroot(&home, &["report", "--csv", "--scenario", "comma.toml"]);
    assert_eq!(code, 0);
    assert!(csv.contains("\n\"we,i\",\"arn:aws:iam::123456789012:user/we,i\","), "{csv}");
}

#[test]
fn a_scenario_is_selected_by_name_or_by_path() {
    let home = Home::new("", "");
    for name in ["fresh", "hardened"] {
        let (code, by_scenario, stderr) = lockroot(&home, &["check", "--scenario", name]);
        let (as_ever, by_practice, _) = lockroot(&home, &["check", "--practice", name]);
        // Two reads in different minutes return the same.
        assert_eq!((code, by_scenario.lines().count()), (as_ever, by_practice.lines().count()), "{stderr}");
    }
    let (code, csv, _) = lockroot(&home, &["report", "--csv", "--scenario", "fresh"]);
    assert!(code == 0 && csv.contains("<root_account>"));
    let (code, _, stderr) = lockroot(&home, &["practice", "--scenario", "frsh"]);
    assert_eq!(code, 2);
    assert!(
        stderr.contains("frsh: there is no such file, and no scenario of that name; there are: fresh, "),
        "{stderr}"
    );
    home.put("fresh", "title = 1");
    let (code, _, stderr) = lockroot(&home, &["check", "--scenario", "fresh"]);
    assert_eq!(code, 2, "a file that is called so comes first");
    assert!(stderr.contains("fresh, line 1"), "{stderr}");
}
