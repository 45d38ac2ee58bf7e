//! Selection, exit codes, progress, configuration, explanations.

use std::fs;

use super::*;

/// How many controls there are.
const ALL: usize = lockroot::checks::CONTROLS.len();

#[test]
fn selected_controls_are_checked_and_the_rest_is_counted() {
    let home = home();
    let (code, stdout, _) = run(home.path(), &leaky(&["--only", "root-mfa,security-contact"]));
    assert_eq!(code, 1);
    assert!(stdout.contains(&format!("Score: 0 of 2 pass; 2 fail; {} not selected\n", ALL - 2)), "{stdout}");
    let (_, details, _) = run(home.path(), &leaky(&["--only", "root-mfa,security-contact", "-v"]));
    assert!(details.contains(&format!("2 of {ALL} checked: 2 fail; {} not selected.", ALL - 2)), "{details}");
    let (_, stdout, _) =
        run(home.path(), &leaky(&["--severity", "critical", "--skip", "root-mfa", "--format", "json"]));
    let report = json(&stdout);
    assert_eq!(report["checks"].as_array().unwrap().len(), 1);
    assert_eq!(report["checks"][0]["id"], "root-access-keys");
    for (arguments, says) in [
        (&["--only", "root-mfaa"][..], "near to it: root-mfa"),
        (&["--skip", "zzzzzzz"], "lockroot explain"),
        (&["--severity", "urgent"], "expected critical, high, medium or low"),
        (&["--only", "root-mfa", "--skip", "root-mfa"], "no control is left"),
        (&["--fail-on", "fial"], "\"fial\" is not understood"),
        (&["--fail-on", "worse"], "add --since FILE"),
        (&["--quiet", "-v"], "cannot be used with"),
    ] {
        let (code, stdout, stderr) = run(home.path(), &leaky(arguments));
        assert_eq!((code, stdout.as_str()), (2, ""), "{arguments:?}");
        assert!(stderr.contains(says), "{arguments:?}: {stderr}");
    }
}

#[test]
fn only_the_questions_of_selected_controls_are_asked() {
    let home = home();
    let (_, _, stderr) = run(home.path(), &leaky(&["--only", "password-policy", "-vv"]));
    let mut calls: Vec<&str> = stderr.lines().map(|line| line.split(' ').next().unwrap()).collect();
    calls.sort_unstable();
    assert_eq!(calls, ["iam:GetAccountPasswordPolicy", "iam:ListAccountAliases", "sts:GetCallerIdentity"]);
}

#[test]
fn the_exit_code_follows_the_fail_on_option() {
    let home = home();
    for (fail_on, code) in [("fail", 1), ("fail:critical", 1), ("high", 1), ("unknown", 0), ("manual", 1), ("never", 0)]
    {
        let (ended, stdout, _) = run(home.path(), &leaky(&["--fail-on", fail_on]));
        assert_eq!(ended, code, "{fail_on}");
        assert!(stdout.contains("Score: 9 of 39 pass"), "what is said does not depend on it");
    }
    let low = ["--only", "billing-contact", "--fail-on", "fail:medium"];
    assert_eq!(run(home.path(), &leaky(&low)).0, 0);
    assert_eq!(run(home.path(), &["check", "--fail-on", "fail"]).0, 0, "nothing could be read, and that was accepted");
    assert_eq!(run(home.path(), &["check", "--fail-on", "unknown:high"]).0, 3);
}

#[test]
fn quiet_prints_only_errors_and_writes_its_files() {
    let home = home();
    assert_eq!(run(home.path(), &leaky(&["-q"])), (1, String::new(), String::new()));
    assert_eq!(run(home.path(), &leaky(&["-q", "-o", "a.json"])), (1, String::new(), String::new()));
    assert!(home.path().join("a.json").is_file());
}

#[test]
fn timings_name_each_call_and_the_critical_path() {
    let home = home();
    let (code, _, stderr) = run(home.path(), &leaky(&["--timings"]));
    assert_eq!(code, 1);
    for words in
        ["call ", "retries", "sts:GetCallerIdentity", "account:GetAlternateContact", "calls in ", "critical path: "]
    {
        assert!(stderr.contains(words), "{words}: {stderr}");
    }
    // The caller is read first, then the list of root's keys, then their last use.
    let path = stderr.lines().last().unwrap().split_once("critical path: ").unwrap().1;
    assert!(path.starts_with("sts:GetCallerIdentity"), "{path}");
}

#[test]
fn timings_count_retries_and_their_waits() {
    let home = home();
    let scene = include_str!("../../../assets/practice/hardened.toml");
    let fault = "\n[[fault]]\ncall = \"iam:GetAccountPasswordPolicy\"\nkind = \"throttle\"\ntimes = 2\n";
    fs::write(home.path().join("slow.toml"), format!("{scene}{fault}")).unwrap();
    let arguments = ["check", "--scenario", "slow.toml", "--only", "password-policy", "--timings", "-vv"];
    let (code, _, stderr) = run(home.path(), &arguments);
    assert_eq!(code, 0, "{stderr}");
    assert!(stderr.contains("ms, 3 attempts"), "{stderr}");
    let row = stderr.lines().find(|line| line.starts_with("iam:GetAccountPasswordPolicy  ")).unwrap();
    let numbers: Vec<f64> = row.split_whitespace().skip(1).map(|number| number.parse().unwrap()).collect();
    let [_, took, waited, retries] = numbers[..] else { panic!("{row}") };
    assert!(retries == 2.0 && waited > 0.0 && waited <= took, "{row}");
}

const SUPPRESSIONS: &str = r#"
[[suppress]]
id = "root-access-keys"
reason = "the CI server moves to a role <b>next</b> month | see OPS-7"
owner = "dana@rocketship.example"
until = 2999-12-31

[[suppress]]
id = "root-mfa"
reason = "the key is in the post"
owner = "eli"
until = 2020-01-31

[[suppress]]
id = "password-policy"
account = "999999999999"
reason = "another account's"
owner = "eli"
until = 2999-12-31
"#;

#[test]
fn a_suppressed_control_is_shown_with_reason_owner_and_date_and_does_not_count() {
    let home = home();
    fs::write(home.path().join("lockroot.toml"), SUPPRESSIONS).unwrap();
    let only = ["--config", "lockroot.toml", "--only", "root-access-keys"];
    let (_, brief, _) = run(home.path(), &leaky(&only));
    let said = brief.replace("\n  ", "");
    assert!(said.contains("✗ FAIL, suppressed root-access-keys: suppression until 2999-12-31 by dana@"), "{brief}");
    assert!(brief.contains("Nothing to do for as long as the suppressions hold."), "{brief}");
    let (code, stdout, _) = run(home.path(), &leaky(&[&only[..], &["-v"]].concat()));
    assert_eq!(code, 0, "{stdout}");
    assert!(
        stdout.contains("Suppressed\n\n ✗ FAIL, suppressed root-access-keys: Root has no access keys (critical)"),
        "{stdout}"
    );
    assert!(stdout.contains("suppression until 2999-12-31 by dana@rocketship.example: the CI server"), "{stdout}");
    assert!(
        stdout.replace('\n', " ").contains(&format!(
            "1 of {ALL} checked: 1 fail; 1 of these suppressed; {} not selected. Nothing to do for as",
            ALL - 1
        )),
        "{stdout}"
    );
    let (code, stdout, _) = run(home.path(), &leaky(&["--config", "lockroot.toml"]));
    assert_eq!(code, 1, "the others count");
    let one_line = stdout.split_whitespace().collect::<Vec<_>>().join(" ");
    assert!(one_line.contains("suppression expired on 2020-01-31, so that this counts again"), "{stdout}");
    let (_, stdout, _) = run(home.path(), &leaky(&["--config", "lockroot.toml", "--format", "json"]));
    let report = json(&stdout);
    assert_eq!(report["suppressed"], 1);
    let of = |id: &str| report["checks"].as_array().unwrap().iter().find(|check| check["id"] == id).unwrap().clone();
    let suppression = |id: &str| of(id)["suppression"].clone();
    assert_eq!(of("root-access-keys")["verdict"], "fail", "it is still judged");
    assert_eq!(suppression("root-access-keys")["holds"], true);
    assert_eq!(suppression("root-access-keys")["until"], "2999-12-31");
    assert_eq!(suppression("root-mfa")["holds"], false);
    assert!(suppression("password-policy").is_null(), "that one is for another account");
    for format in ["markdown", "html", "csv", "ocsf", "junit"] {
        let (_, stdout, _) = run(home.path(), &leaky(&["--config", "lockroot.toml", "--format", format]));
        for words in ["2999-12-31", "dana@rocketship.example", "the CI server moves to a role"] {
            assert!(stdout.contains(words), "{format} says {words}: {stdout}");
        }
        let markup = matches!(format, "markdown" | "html" | "junit");
        assert!(!markup || !stdout.contains("<b>next"), "{format} escapes");
    }
}

#[test]
fn a_broken_configuration_is_reported_with_line_and_column() {
    let home = home();
    let folder = home.path().join(".config/lockroot");
    fs::create_dir_all(&folder).unwrap();
    fs::write(folder.join("config.toml"), "[check]\nskip = [\"rot-mfa\"]\n").unwrap();
    let (code, stdout, stderr) = run(home.path(), &["check"]);
    assert_eq!((code, stdout.as_str()), (2, ""));
    assert!(stderr.contains("lockroot/config.toml:2:9: no control is called \"rot-mfa\""), "{stderr}");
    // The user's own configuration applies to the user's own accounts, not to practice accounts.
    assert_eq!(run(home.path(), &LEAKY).0, 1);
    let (code, _, stderr) = run(home.path(), &leaky(&["--config", "nowhere.toml"]));
    assert!(code == 2 && stderr.contains("can't read nowhere.toml"), "{stderr}");
    fs::write(folder.join("config.toml"), "[check]\nfail_on = \"never\"\nonly = [\"root-mfa\"]\n").unwrap();
    let (code, stdout, _) = run(home.path(), &["check", "-v"]);
    assert!(
        code == 0 && stdout.contains(&format!("0 of {ALL} checked: 1 unknown; {} not selected.", ALL - 1)),
        "{stdout}"
    );
    let (code, ..) = run(home.path(), &["check", "--fail-on", "unknown"]);
    assert_eq!(code, 3, "what is typed comes before what is written down");
}

#[test]
fn explain_shows_each_control_and_lists_all() {
    let home = home();
    let (code, list, _) = run(home.path(), &["explain"]);
    assert_eq!(code, 0);
    assert!(list.lines().next().unwrap().starts_with("root-access-keys"), "{list}");
    for id in list.lines().map(|line| line.split(' ').next().unwrap()) {
        let (code, text, _) = run(home.path(), &["explain", id]);
        assert!(code == 0 && text.starts_with(&format!("# {id}: ")), "{text}");
    }
    let (code, text, _) = run(home.path(), &["explain", "password-policy-symbol"]);
    assert!(code == 0 && text.starts_with("# password-policy: "), "a rule is explained with its control: {text}");
    let (code, _, stderr) = run(home.path(), &["explain", "root-key"]);
    assert!(code == 2 && stderr.contains("near to it: root-mfa, root-access-keys"), "{stderr}");
}

/// The rules of the password policy used to be controls, so scripts and configurations still name them.
#[test]
fn rule_names_are_accepted_wherever_a_control_is_named() {
    let home = home();
    let only = |more: &[&str]| {
        let (code, stdout, stderr) = run(home.path(), &leaky(&[&["--format", "json"], more].concat()));
        assert!(code < 2, "{stderr}");
        let report = json(&stdout);
        assert_eq!(report["checks"].as_array().unwrap().len(), 1, "{stdout}");
        report["checks"][0].clone()
    };
    let rules = |check: &serde_json::Value| -> Vec<String> {
        let all = check["rules"].as_array().unwrap().iter();
        all.map(|rule| rule["id"].as_str().unwrap().strip_prefix("password-policy-").unwrap().to_owned()).collect()
    };
    let one = only(&["--only", "password-policy-length"]);
    assert_eq!((one["id"].as_str(), rules(&one)), (Some("password-policy"), vec!["length".to_owned()]));
    let skipped = only(&["--only", "password-policy", "--skip", "password-policy-symbol,password-policy-expiry"]);
    assert_eq!(rules(&skipped), ["length", "reuse", "uppercase", "lowercase", "number"]);
    let of = |id: &str| {
        format!("[[suppress]]\nid = \"{id}\"\nreason = \"long enough\"\nowner = \"eli\"\nuntil = 2999-12-31\n")
    };
    fs::write(home.path().join("own.toml"), of("password-policy-symbol")).unwrap();
    let whole = only(&["--only", "password-policy", "--config", "own.toml"]);
    assert!(whole["verdict"] == "fail" && whole["suppression"]["holds"] == false, "its length fails too: {whole}");
    let symbol = only(&["--only", "password-policy-symbol", "--config", "own.toml"]);
    assert!(symbol["verdict"] == "fail" && symbol["suppression"]["holds"] == true, "{symbol}");
}

#[test]
fn the_configuration_sets_the_limits_of_controls() {
    let home = home();
    let file = home.path().join("own.toml");
    let failing = |parameters: &str| {
        std::fs::write(&file, format!("[parameters]\n{parameters}\n")).unwrap();
        let arguments = ["check", "--practice", "hardened", "--only", "password-policy-length", "--config"];
        let (code, stdout, stderr) = run(home.path(), &[&arguments[..], &[file.to_str().unwrap()]].concat());
        (code, format!("{stdout}{stderr}"))
    };
    assert_eq!(failing("password_length = 14").0, 0);
    let (code, said) = failing("password_length = 40");
    assert!(code == 1 && said.contains("40"), "{said}");
    let (code, said) = failing("password_length = 4");
    assert!(code == 2 && said.contains("own.toml:2:19: expected a number from 6 to 128"), "{said}");
}

#[test]
fn no_report_shows_a_character_that_hides_or_reverses_text() {
    let hidden = "\u{200b}\u{200f}\u{61c}\u{3164}\u{202e}\u{2066}\u{ad}\u{e0041}\u{feff}\u{9b}\u{7f}";
    let home = home();
    let config = format!(
        "[[suppress]]\nid = \"root-mfa\"\nreason = \"ad{hidden}min\"\nowner = \"e{hidden}li\"\nuntil = 2999-12-31\n"
    );
    // TOML refuses an unescaped DEL.
    fs::write(home.path().join("own.toml"), config.replace('\u{7f}', "\\u007f")).unwrap();
    for format in ["text", "json", "markdown", "html", "csv", "ocsf", "junit"] {
        let (_, stdout, _) =
            run(home.path(), &leaky(&["--config", "own.toml", "--only", "root-mfa", "--format", format]));
        assert!(stdout.contains("min") && stdout.contains("li"), "{format}: {stdout}");
        let is_hidden = |c: char| hidden.contains(c) || (c != '\n' && lockroot::plain::misleads(c));
        let found: Vec<char> = stdout.chars().filter(|c| is_hidden(*c)).collect();
        assert!(found.is_empty(), "{format}: {found:?} in {stdout}");
        assert!(!stdout.contains("admin"), "{format}: two names never look alike");
    }
    // Programs get the unchanged text.
    let (_, stdout, _) = run(home.path(), &leaky(&["--config", "own.toml", "--only", "root-mfa", "--format", "json"]));
    assert_eq!(json(&stdout)["checks"][0]["suppression"]["reason"], format!("ad{hidden}min"));
}
