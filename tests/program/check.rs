//! The program as a script sees it: exit codes, standard output, standard error.

use std::process::{Command, Output};

use lockroot::checks::CONTROLS;
use serde_json::Value;

/// lockroot in an environment without credentials, configuration or home.
fn lockroot(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_lockroot"));
    let nowhere = std::env::temp_dir().join("lockroot-has-no-home");
    command
        .args(arguments)
        .env_clear()
        .env("HOME", nowhere)
        .env("AWS_EC2_METADATA_DISABLED", "true")
        .env("LANG", "C.UTF-8")
        .env("TERM", "xterm");
    command
}

fn run(arguments: &[&str]) -> (i32, String, String) {
    let Output { status, stdout, stderr } = crate::ended(&mut lockroot(arguments));
    (status.code().unwrap(), String::from_utf8(stdout).unwrap(), String::from_utf8(stderr).unwrap())
}

fn json(arguments: &[&str]) -> (i32, Value) {
    let (code, stdout, _) = run(arguments);
    (code, serde_json::from_str(&stdout).unwrap_or_else(|error| panic!("{error}: {stdout}")))
}

fn verdicts(report: &Value) -> Vec<(String, String)> {
    let word = |check: &Value, field: &str| check[field].as_str().unwrap().to_owned();
    report["checks"].as_array().unwrap().iter().map(|check| (word(check, "id"), word(check, "verdict"))).collect()
}

#[test]
fn a_fresh_account_fails_and_names_what_fails() {
    let (code, stdout, stderr) = run(&["check", "--practice", "fresh"]);
    assert_eq!((code, stderr.as_str()), (1, ""));
    for title in [
        "FAIL critical root-access-keys   Root has an access key.",
        "FAIL critical root-mfa           Root has no MFA: a password is enough.",
        "FAIL medium   security-contact   Not set",
        "help: first run `lockroot practice fresh`, step 2: root-access-keys",
    ] {
        assert!(stdout.contains(title), "{stdout}");
    }
    let (_, details, _) = run(&["check", "--practice", "fresh", "-v"]);
    assert!(details.contains("FAIL root-access-keys: Root has no access keys (critical)"), "{details}");
    let (_, report) = json(&["check", "--practice", "fresh", "--format", "json"]);
    let of = |verdict: &str| report["summary"][verdict].as_u64().unwrap();
    assert!(of("fail") >= 8 && of("unknown") == 0, "{report}");
    let counted = format!(
        "{} of {} checked: {} pass, {} fail, {} manual, {} not-applicable.",
        CONTROLS.len() as u64 - of("manual"),
        CONTROLS.len(),
        of("pass"),
        of("fail"),
        of("manual"),
        of("not-applicable")
    );
    let one_line = details.replace('\n', " ");
    assert!(one_line.contains(&counted), "{counted}: {details}");
    let score = format!(
        "Score: {} of {} pass; {} fail, {} manual; {} not applicable\n",
        of("pass"),
        CONTROLS.len() as u64 - of("not-applicable"),
        of("fail"),
        of("manual"),
        of("not-applicable")
    );
    assert!(stdout.contains(&score), "{score}: {stdout}");
    assert!(!stdout.contains('\x1b') && !details.contains('\x1b'), "no colours but on a terminal");
    let (_, ascii, _) = run(&["check", "--practice", "leaky-startup", "--ascii"]);
    assert!(ascii.is_ascii() && ascii.contains("x FAIL critical root-access-keys"), "{ascii}");
}

#[test]
fn a_hardened_account_passes() {
    let (code, stdout, _) = run(&["check", "--practice", "hardened"]);
    assert_eq!(code, 0, "{stdout}");
    let (code, report) = json(&["check", "--practice", "hardened", "--format", "json"]);
    assert_eq!(code, 0);
    for (id, verdict) in verdicts(&report) {
        // AWS tells nothing about root's e-mail address and password.
        let expected = match id.as_str() {
            "root-email" | "root-password" => "manual",
            // Root is signed in right now.
            "root-unused" => "manual",
            // The account is in no organization.
            "root-credentials-removed" | "root-sessions" => "not-applicable",
            // IAM stores no server certificate in the account.
            "server-certificates-expired" => "not-applicable",
            // Advice: a person decides whether one account and IAM users are enough.
            "in-organization" | "federated-sign-in" => "manual",
            _ => "pass",
        };
        assert_eq!(verdict, expected, "{id}");
    }
}

#[test]
fn the_json_has_every_promised_field() {
    let (code, report) = json(&["check", "--practice", "fresh", "--format", "json"]);
    assert_eq!(code, 1);
    assert_eq!(report["schema"], "lockroot.check/1");
    assert_eq!(report["account"]["id"], "123456789012");
    assert_eq!(report["account"]["partition"], "aws");
    assert_eq!(report["caller"]["kind"], "root");
    assert!(report["caller"]["arn"].as_str().unwrap().ends_with(":root"));
    assert!(report["checked_at"].as_str().unwrap().ends_with('Z'));
    let ids: Vec<String> = verdicts(&report).into_iter().map(|(id, _)| id).collect();
    assert_eq!(ids, CONTROLS.iter().map(|control| control.id).collect::<Vec<_>>());
    let counted: u64 = ["pass", "fail", "manual", "not-applicable", "unknown"]
        .iter()
        .map(|v| report["summary"][v].as_u64().unwrap())
        .sum();
    assert_eq!(counted, CONTROLS.len() as u64);
    let manual = report["summary"]["manual"].as_u64().unwrap();
    assert_eq!([&report["checked"], &report["controls"], &report["suppressed"]], [counted - manual, counted, 0]);
    assert!(report["drift"].is_null());
    assert_eq!(report["checks"][0]["severity"], "critical");
    for check in report["checks"].as_array().unwrap() {
        assert!(check["title"].is_string() && check["why"].is_string());
        assert_eq!(check["fix"].is_string(), check["verdict"] == "fail");
        assert!(check["references"]["cis"].is_object() && check["references"]["prowler"].is_array());
        for evidence in check["evidence"].as_array().unwrap() {
            assert!(
                ["call", "field", "value", "read_at"].iter().all(|field| evidence[field].is_string()),
                "{evidence}"
            );
        }
    }
}

#[test]
fn without_credentials_every_control_is_unknown() {
    let (code, stdout, stderr) = run(&["check", "--format", "json"]);
    assert_eq!(code, 3, "{stderr}");
    let report: Value = serde_json::from_str(&stdout).unwrap();
    assert!(verdicts(&report).iter().all(|(_, verdict)| verdict == "unknown"));
    assert!(stderr.contains("aws login"), "{stderr}");
    assert!(stderr.lines().count() <= 4 && !stderr.contains("CredentialsNotLoaded("), "plain words, no dump: {stderr}");
}

#[test]
fn without_a_network_controls_are_unknown_with_the_reason() {
    let output = lockroot(&["check", "--endpoint-url", "http://127.0.0.1:9"])
        .env("AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE")
        .env("AWS_SECRET_ACCESS_KEY", "not-a-secret")
        .output()
        .unwrap();
    let (stdout, stderr) = (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap());
    assert_eq!((output.status.code(), stdout.as_str()), (Some(3), ""), "{stderr}");
    assert_eq!(
        stderr.lines().filter(|line| line.starts_with("error: ")).count(),
        1,
        "one error for all controls: {stderr}"
    );
    assert!(stderr.contains("help: AWS could not be reached"), "{stderr}");
}

#[test]
fn wrong_usage_exits_with_2_and_names_what_is_allowed() {
    for arguments in [
        &["check", "--practice", "nowhere"][..],
        &["check", "--format", "pdf"],
        &["--no-such-flag"],
        &["practice", "nowhere"],
        &["check", "--endpoint-url", "nonsense"],
        &["check", "--timeout", "0"],
    ] {
        let (code, _, stderr) = run(arguments);
        assert_eq!(code, 2, "{arguments:?}");
        assert!(stderr.contains("error:"), "{stderr}");
    }
    let (code, _, stderr) = run(&["check", "--practice", "nowhere"]);
    assert!(code == 2 && stderr.contains("fresh") && stderr.contains("hardened"), "{stderr}");
    let (code, _, stderr) = run(&["practice"]);
    assert_eq!(code, 2);
    assert!(stderr.contains("needs a terminal") && stderr.contains("lockroot check"), "{stderr}");
}

#[test]
fn an_unwritable_file_is_a_plain_error() {
    let (code, _, stderr) = run(&["check", "--practice", "fresh", "--output", "/nowhere/at/all/report.txt"]);
    assert_eq!(code, 2);
    assert!(stderr.contains("/nowhere/at/all/report.txt"), "{stderr}");
}

#[test]
fn version_help_completions_and_manual_are_printed() {
    assert_eq!(run(&["-V"]), (0, format!("lockroot {}\n", env!("CARGO_PKG_VERSION")), String::new()));
    let (code, version, _) = run(&["--version"]);
    let begins = format!("lockroot {} (", env!("CARGO_PKG_VERSION"));
    assert!(code == 0 && version.starts_with(&begins) && version.contains(std::env::consts::ARCH), "{version}");
    let (code, help, _) = run(&["--help"]);
    assert!(code == 0 && help.contains("Exit codes:") && help.contains("practice"), "{help}");
    for shell in ["bash", "zsh", "fish", "powershell", "elvish"] {
        let (code, script, _) = run(&["completions", shell]);
        assert!(code == 0 && script.contains("lockroot") && script.contains("practice"), "{shell}");
    }
    let (code, manual, _) = run(&["man"]);
    assert!(code == 0 && manual.contains(".TH lockroot 1"), "{manual}");
}

#[test]
fn each_command_has_its_own_help_page() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().to_str().unwrap();
    assert_eq!(run(&["man", "--dir", path]), (0, String::new(), String::new()));
    for name in ["", "-check", "-practice", "-report", "-explain", "-break-glass", "-completions", "-doctor", "-man"] {
        let page = std::fs::read_to_string(folder.path().join(format!("lockroot{name}.1"))).unwrap();
        assert!(page.contains(&format!(".TH lockroot{name} 1")), "{page}");
    }
    let (code, _, stderr) = run(&["man", "--dir", &format!("{path}/nowhere")]);
    assert!(code == 1 && stderr.contains("can't write the manual pages to"), "{stderr}");
}

#[test]
fn completions_offer_the_ids_of_controls_and_the_help_stays_short() {
    for shell in ["bash", "zsh", "fish"] {
        let (_, script, _) = run(&["completions", shell]);
        let lacking: Vec<&str> = CONTROLS.iter().map(|control| control.id).filter(|id| !script.contains(id)).collect();
        assert!(lacking.is_empty(), "{shell}: {lacking:?}");
    }
    let (_, help, _) = run(&["check", "--help"]);
    assert!(!help.contains("root-hardware-mfa"), "{help}");
    // The old name of a rule stays valid.
    assert_eq!(run(&["explain", "password-policy-symbol"]).0, 0);
}

#[test]
fn a_text_report_without_credentials_says_why_it_is_empty() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("report.txt");
    let (code, stdout, _) = run(&["check", "-o", file.to_str().unwrap()]);
    assert_eq!((code, stdout.as_str()), (3, ""));
    let text = std::fs::read_to_string(file).unwrap();
    assert!(text.contains("0 of 43 checked: sign-in: no credentials") && text.contains("help: Sign in"), "{text}");
    assert!(text.lines().count() < 8, "one reason for all: {text}");
}

#[test]
fn unknown_controls_are_grouped_by_their_cause() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("scene.toml");
    let denied =
        "denied = [\"iam:GenerateCredentialReport\", \"iam:GetCredentialReport\", \"iam:GetAccountPasswordPolicy\"]";
    std::fs::write(&file, format!("title = \"x\"\naccount = \"123456789012\"\n{denied}\n")).unwrap();
    let (_, stdout, _) = run(&["check", "--scenario", file.to_str().unwrap()]);
    let one_line = stdout.split_whitespace().collect::<Vec<_>>().join(" ");
    assert_eq!(one_line.matches("AccessDenied").count(), 1, "{stdout}");
    assert!(one_line.contains("AccessDenied for ") && one_line.contains("iam:GetAccountPasswordPolicy"), "{stdout}");
    let (_, report) = json(&["check", "--scenario", file.to_str().unwrap(), "--format", "json"]);
    let unknown = verdicts(&report).into_iter().filter(|(_, verdict)| verdict == "unknown");
    for (id, _) in unknown {
        assert!(one_line.contains(&id), "{id}: {stdout}");
    }
}

/// Runs the check with standard output to `to`.
#[cfg(target_os = "linux")]
fn printed_to(arguments: &[&str], to: std::process::Stdio) -> (Option<i32>, String) {
    let output = lockroot(arguments).stdout(to).stderr(std::process::Stdio::piped()).spawn().unwrap();
    let output = output.wait_with_output().unwrap();
    (output.status.code(), String::from_utf8(output.stderr).unwrap())
}

#[cfg(target_os = "linux")]
#[test]
fn a_closed_pipe_or_a_full_disk_ends_the_program_cleanly() {
    for arguments in [&["completions", "bash"][..], &["man"], &["explain"]] {
        let (reader, writer) = std::io::pipe().unwrap();
        drop(reader);
        assert_eq!(printed_to(arguments, writer.into()), (Some(0), String::new()), "{arguments:?}");
        let full = std::fs::File::options().write(true).open("/dev/full").unwrap();
        let (code, stderr) = printed_to(arguments, full.into());
        assert_eq!(code, Some(1), "{arguments:?}");
        assert!(stderr.starts_with("error: can't write to standard output: No space left"), "{stderr}");
    }
}

#[cfg(unix)]
#[test]
fn a_pipe_without_a_writer_is_not_waited_for() {
    let folder = tempfile::tempdir().unwrap();
    let pipe = folder.path().join("pipe");
    assert!(Command::new("mkfifo").arg(&pipe).status().unwrap().success());
    let pipe = pipe.to_str().unwrap();
    for arguments in [
        &["check", "--practice", "fresh", "--config", pipe][..],
        &["check", "--scenario", pipe],
        &["check", "--practice", "fresh", "--since", pipe],
    ] {
        let (code, _, stderr) = run(arguments);
        assert_eq!(code, 2, "{arguments:?} {stderr}");
        assert!(stderr.contains(pipe) && stderr.contains("did not end within 5 s"), "{stderr}");
    }
}

#[cfg(unix)]
#[test]
fn ctrl_c_ends_a_check_that_waits_for_aws() {
    use std::net::TcpListener;
    // Accepts the connection and never answers.
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let endpoint = format!("http://{}", silent.local_addr().unwrap());
    let mut child = lockroot(&["check", "--endpoint-url", &endpoint])
        .env("AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE")
        .env("AWS_SECRET_ACCESS_KEY", "not-a-secret")
        .spawn()
        .unwrap();
    let _connected = silent.accept().unwrap();
    let pid = rustix::process::Pid::from_raw(i32::try_from(child.id()).unwrap()).unwrap();
    rustix::process::kill_process(pid, rustix::process::Signal::INT).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(130));
}

#[test]
fn a_closed_reader_is_no_error() {
    use std::io::Read;
    use std::process::Stdio;
    let mut child =
        lockroot(&["check", "--practice", "fresh"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    let mut stderr = String::new();
    child.stderr.take().unwrap().read_to_string(&mut stderr).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(1));
    assert_eq!(stderr, "");
}

#[test]
fn the_sheet_for_the_safe_is_written_as_markdown_and_html() {
    let (code, sheet, _) = run(&["break-glass", "--practice", "hardened"]);
    assert_eq!(code, 0, "{sheet}");
    for part in [
        "AWS account 210987654321 (acme-hardened)",
        "Practice: this account does not exist",
        "Close a standalone account",
    ] {
        assert!(sheet.contains(part), "{part:?} is missing in\n{sheet}");
    }
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("sheet.html");
    let (code, stdout, _) = run(&["break-glass", "--practice", "hardened", "-o", file.to_str().unwrap()]);
    assert_eq!((code, stdout.as_str()), (0, ""));
    assert!(std::fs::read_to_string(&file).unwrap().starts_with("<!DOCTYPE html>"), "by its ending");
    let (code, stdout, _) = run(&["break-glass", "--practice", "hardened", "--html"]);
    assert!(code == 0 && stdout.starts_with("<!DOCTYPE html>"), "{stdout}");
    let nowhere = folder.path().join("no/sheet.md");
    let (code, _, stderr) = run(&["break-glass", "--practice", "hardened", "-o", nowhere.to_str().unwrap()]);
    assert_eq!(code, 1);
    assert!(stderr.contains("can't write the sheet to"), "{stderr}");
    let (code, _, stderr) = run(&["break-glass"]);
    assert_eq!(code, 3);
    assert!(stderr.contains("aws login"), "{stderr}");
}

#[test]
fn an_invalid_option_value_is_wrong_usage_and_named() {
    for (arguments, option, expected) in [
        (["check", "--endpoint-url", "nonsense"], "--endpoint-url", "http://127.0.0.1:5000"),
        (["check", "--endpoint-url", "ftp://host"], "--endpoint-url", "http://127.0.0.1:5000"),
        (["check", "--region", "eu west 1"], "--region", "eu-west-1"),
        (["report", "--region", ""], "--region", "eu-west-1"),
    ] {
        let (code, stdout, stderr) = run(&arguments);
        assert_eq!((code, stdout.as_str()), (2, ""), "{arguments:?}: {stderr}");
        assert!(stderr.contains(option) && stderr.contains(expected), "{arguments:?}: {stderr}");
    }
}

#[test]
fn a_closed_port_prints_a_help_line() {
    let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    drop(listener);
    let mut check = lockroot(&["check", "--endpoint-url", &address, "--region", "us-east-1", "--only", "root-mfa"]);
    let check = check.env("AWS_ACCESS_KEY_ID", "AKIAEXAMPLE").env("AWS_SECRET_ACCESS_KEY", "secret");
    let Output { status, stderr, .. } = check.output().unwrap();
    let stderr = String::from_utf8(stderr).unwrap();
    assert_eq!(status.code(), Some(3), "{stderr}");
    assert!(stderr.contains("help: AWS could not be reached. Check the network"), "{stderr}");
    assert!(stderr.contains("--endpoint-url"), "{stderr}");
}

/// The verdict of control `id` and its reason.
fn assessed(scene: &str, id: &str) -> (String, String) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("scene.toml");
    std::fs::write(&file, format!("title = \"a case\"\naccount = \"123456789012\"\nage = \"4y\"\n{scene}")).unwrap();
    let (_, report) = json(&["check", "--scenario", file.to_str().unwrap(), "--only", id, "--format", "json"]);
    let checks = report["checks"].as_array().unwrap();
    let check = checks.iter().find(|check| check["id"] == id).unwrap();
    (check["verdict"].as_str().unwrap().into(), check["why"].as_str().unwrap().into())
}

const ALICE: &str = "[[groups]]\nname = \"Administrators\"\npolicies = [\"AdministratorAccess\"]\n[[users]]\nname = \"alice\"\ngroups = [\"Administrators\"]\npassword = true\nmfa = [\"virtual\"]\n";

#[test]
fn an_administrator_by_any_path_needs_mfa() {
    let everything = r#"{ all = '{"Statement":[{"Effect":"Allow","Action":"*","Resource":"*"}]}' }"#;
    let direct = "policies = [\"AdministratorAccess\"]";
    let through_group = "groups = [\"Odd\"]";
    for path in [direct.to_owned(), format!("inline_policies = {everything}"), through_group.to_owned()] {
        let odd = format!("[[groups]]\nname = \"Odd\"\ninline_policies = {everything}\n");
        let scene = format!("{ALICE}{odd}[[users]]\nname = \"mallory\"\npassword = true\n{path}\n");
        let (verdict, why) = assessed(&scene, "administrator-mfa");
        assert!(verdict == "fail" && why.contains("mallory"), "{path}: {verdict}: {why}");
    }
    assert_eq!(assessed(ALICE, "administrator-mfa").0, "pass");
}

#[test]
fn an_explicit_deny_of_everything_makes_no_administrator() {
    let denied = r#"inline_policies = { none = '{"Statement":[{"Effect":"Deny","Action":"*","Resource":"*"}]}' }"#;
    assert_eq!(assessed(ALICE, "administrator").0, "pass");
    assert_eq!(assessed(&format!("{ALICE}{denied}\n"), "administrator").0, "fail");
}

#[test]
fn a_permission_set_unused_for_400_days_is_no_way_in() {
    let set = |used: &str| {
        format!("[[permission_sets]]\nname = \"Adm\"\npolicies = [\"AdministratorAccess\"]\nlast_used = \"{used}\"\n")
    };
    assert_eq!(assessed(&set("399d"), "administrator").0, "pass");
    for used in ["401d", "700d", "never"] {
        assert_eq!(assessed(&set(used), "administrator").0, "fail", "{used}");
    }
}

#[test]
fn a_long_name_is_cut_and_shifts_no_column() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("scene.toml");
    let user = |name: &str| format!("[[users]]\nname = \"{name}\"\nage = \"3y\"\npassword = true\n");
    let long = "firstname.lastname+aws-production-admin@subsidiary.example.com";
    let scene = format!("title = \"long\"\naccount = \"123456789012\"\n{}{}", user(long), user("bob"));
    std::fs::write(&file, scene).unwrap();
    let (_, stdout, _) = run(&["check", "--scenario", file.to_str().unwrap(), "--users", "--only", "administrator"]);
    let row = |start: &str| stdout.lines().find(|line| line.starts_with(start)).unwrap_or_else(|| panic!("{stdout}"));
    let column = |line: &str, word: &str| {
        line.chars().collect::<Vec<_>>().windows(word.len()).position(|part| part.iter().collect::<String>() == word)
    };
    let heads = row(" User ");
    let long_row = row(" firstname");
    assert!(long_row.contains('…'), "{stdout}");
    assert_eq!(column(heads, "Password"), column(long_row, "no use"), "{stdout}");
    assert_eq!(column(heads, "Password"), column(row(" bob "), "no use"), "{stdout}");
}
