//! `lockroot check` against broken endpoints that hang, drip, flood, redirect or lie: it ends in bounded time and
//! memory, with everything unknown. And against an AWS with another clock.

mod clock;
mod odd;

use std::process::{Command, Output};
use std::time::{Duration, Instant};

use odd::{Mode, Odd};
use serde_json::Value;

/// Runs `lockroot check` with an access key and a limited address space.
fn check(arguments: &[&str]) -> Command {
    lockroot("check", arguments)
}

fn lockroot(word: &str, arguments: &[&str]) -> Command {
    let mut command = Command::new("/bin/sh");
    command
        .args(["-c", "ulimit -v 1000000; exec \"$0\" \"$@\"", env!("CARGO_BIN_EXE_lockroot"), word])
        .args(arguments)
        .env_clear()
        .env("HOME", "/nonexistent")
        .env("AWS_EC2_METADATA_DISABLED", "true")
        .env("AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE")
        .env("AWS_SECRET_ACCESS_KEY", "not-a-secret");
    command
}

/// The result of a run: exit code, report, standard error and duration.
struct Ran {
    code: Option<i32>,
    report: Value,
    stderr: String,
    took: Duration,
}

fn run(mut command: Command) -> Ran {
    let begun = Instant::now();
    let Output { status, stdout, stderr } = crate::ended(&mut command);
    let (stdout, stderr) = (String::from_utf8(stdout).unwrap(), String::from_utf8(stderr).unwrap());
    let report = serde_json::from_str(&stdout).unwrap_or_else(|error| panic!("{error}: {stdout}{stderr}"));
    Ran { code: status.code(), report, stderr, took: begun.elapsed() }
}

fn against(mode: Mode, timeout: &str) -> Ran {
    let odd = Odd::start(mode);
    run(check(&["--format", "json", "--timeout", timeout, "--endpoint-url", &odd.address]))
}

/// The verdict on the control called `id`, with its reason.
fn verdict(report: &Value, id: &str) -> (String, String) {
    let check = report["checks"].as_array().unwrap().iter().find(|check| check["id"] == id).unwrap();
    let word = |field: &str| check[field].as_str().unwrap_or_default().to_owned();
    (word("verdict"), word("why"))
}

fn is_all_unknown(ran: &Ran) {
    assert_eq!(ran.code, Some(3), "{}", ran.stderr);
    for check in ran.report["checks"].as_array().unwrap() {
        assert_eq!(check["verdict"], "unknown", "{check}");
    }
    let [error, help] = ["error: sts:GetCallerIdentity: ", "help: "];
    assert!(ran.stderr.contains(error) && ran.stderr.contains(help), "{}", ran.stderr);
}

#[test]
fn an_endpoint_that_hangs_or_drips_times_out_after_a_notice() {
    for mode in [Mode::Hang, Mode::Drip] {
        let ran = against(mode, "5");
        is_all_unknown(&ran);
        assert!((5..20).contains(&ran.took.as_secs()), "{mode:?} {:?}", ran.took);
        assert!(ran.stderr.contains("waiting for AWS: 0 of "), "{}", ran.stderr);
        assert!(ran.stderr.contains("no answer within 5 s (--timeout)"), "{}", ran.stderr);
    }
}

#[test]
fn the_report_and_the_sheet_have_a_deadline_too() {
    for (word, more) in [("report", "--csv"), ("break-glass", "--html")] {
        let odd = Odd::start(Mode::Hang);
        let mut command = lockroot(word, &[more, "--timeout", "4", "--endpoint-url", &odd.address]);
        let begun = Instant::now();
        let Output { status, stdout, stderr } = command.output().unwrap();
        let stderr = String::from_utf8(stderr).unwrap();
        assert_eq!((status.code(), stdout.is_empty()), (Some(3), true), "{word}: {stderr}");
        assert!((4..20).contains(&begun.elapsed().as_secs()), "{word}: {:?}", begun.elapsed());
        assert!(stderr.contains("waiting for AWS: 0 of "), "{word}: {stderr}");
        assert!(stderr.contains("no answer within 4 s (--timeout)") && stderr.contains("help: "), "{word}: {stderr}");
    }
}

#[test]
fn an_endless_answer_uses_bounded_memory() {
    let ran = against(Mode::Flood, "60");
    is_all_unknown(&ran);
    assert!(ran.stderr.contains("more than 64 KiB came"), "{}", ran.stderr);
}

#[test]
fn a_wrong_answer_is_a_failure_that_names_the_answer() {
    let cases = [
        (Mode::Page(200, "<html><body>Welcome to the hotel's wifi</body></html>"), "HTTP 200 came with a web page"),
        (Mode::Page(302, "<html>moved</html>"), "HTTP 302 came with a web page"),
        (Mode::Page(407, "<html>proxy</html>"), "HTTP 407 came with a web page"),
        (Mode::Page(200, "{\"hello\":1}"), "HTTP 200 came with"),
        (Mode::Page(200, ""), "HTTP 200 came with nothing instead of an answer"),
    ];
    for (mode, said) in cases {
        let ran = against(mode, "20");
        is_all_unknown(&ran);
        assert!(ran.stderr.contains(said), "{mode:?}: {}", ran.stderr);
        assert!(ran.stderr.contains("--endpoint-url"), "{}", ran.stderr);
    }
}

#[test]
fn if_only_the_caller_is_known_everything_else_is_unknown() {
    for mode in
        [Mode::CallerOnly("<html>x</html>"), Mode::CallerOnly(""), Mode::Hollow("root"), Mode::Hollow("user/ada")]
    {
        let ran = against(mode, "20");
        assert_eq!(ran.code, Some(3), "{mode:?} {}", ran.stderr);
        for check in ran.report["checks"].as_array().unwrap() {
            let verdict = check["verdict"].as_str().unwrap();
            assert!(!["pass", "fail"].contains(&verdict), "{mode:?} {check}");
        }
    }
}

#[test]
fn a_missing_list_is_a_failure_that_names_it() {
    let ran = against(Mode::Hollow("user/ada"), "20");
    for (id, member) in
        [("full-admin-policies", "UserDetailList"), ("root-activity", "Events"), ("cloudtrail-on", "trailList")]
    {
        let (word, why) = verdict(&ran.report, id);
        assert!(word == "unknown" && why.contains(&format!("the answer has no {member}")), "{id} {word} {why}");
    }
}

#[test]
fn a_broken_certificate_bundle_is_named_with_its_entry() {
    let folder = tempfile::tempdir().unwrap();
    let good = "-----BEGIN CERTIFICATE-----\nMIIBtjCCAVugAwIBAgITBmyf1XSXNmY/Owua2eiedgPySjAKBggqhkjOPQQDAjA5\nMQswCQYDVQQGEwJVUzEPMA0GA1UEChMGQW1hem9uMRkwFwYDVQQDExBBbWF6b24g\nUm9vdCBDQSAzMB4XDTE1MDUyNjAwMDAwMFoXDTQwMDUyNjAwMDAwMFowOTELMAkG\nA1UEBhMCVVMxDzANBgNVBAoTBkFtYXpvbjEZMBcGA1UEAxMQQW1hem9uIFJvb3Qg\nQ0EgMzBZMBMGByqGSM49AgEGCCqGSM49AwEHA0IABCmXp8ZBf8ANm+gBG1bG8lKl\nui2yEujSLtf6ycXYqm0fc4E7O5hrOXwzpcVOho6AF2hiRVd9RFgdszflZwjrZt6j\nQjBAMA8GA1UdEwEB/wQFMAMBAf8wDgYDVR0PAQH/BAQDAgGGMB0GA1UdDgQWBBSr\nttvXBp43rDCGB5Fwx5zEGbF4wDAKBggqhkjOPQQDAgNJADBGAiEA4IWSoxe3jfkr\nBqWTrBqYaGFy+uGh0PsceGCmQ5nFuMQCIQCcAu/xlJyzlvnrxir4tiz+OpAUFteM\nYyRIHN8wfdVoOw==\n-----END CERTIFICATE-----\n";
    let odd = "-----BEGIN CERTIFICATE-----\nbm90IGEgY2VydGlmaWNhdGU=\n-----END CERTIFICATE-----\n";
    let cases = [
        (format!("{good}{}", &good[..200]), "certificate 2 in it is cut off: its END line is missing"),
        (format!("{good}-----BEGIN CERT\n"), "certificate 2 in it has a broken BEGIN line: -----BEGIN CERT"),
        (format!("{good}{odd}{good}"), "certificate 2 in it can't be used"),
        (String::new(), "there is no PEM certificate in it"),
    ];
    for (bundle, said) in cases {
        let file = folder.path().join("bundle.pem");
        std::fs::write(&file, bundle).unwrap();
        let mut command = check(&["--format", "json"]);
        command.env("AWS_CA_BUNDLE", &file);
        let ran = run(command);
        assert_eq!(ran.code, Some(3), "{}", ran.stderr);
        assert!(ran.stderr.contains(&format!("AWS_CA_BUNDLE {}: {said}", file.display())), "{}", ran.stderr);
        assert!(ran.stderr.contains("help: Replace the file with a complete one"), "{}", ran.stderr);
    }
}

#[test]
fn a_wrong_secret_an_expired_session_and_a_closed_port_print_a_help_line() {
    for (code, help) in
        [("SignatureDoesNotMatch", "Check the secret access key"), ("ExpiredToken", "The session has expired")]
    {
        let ran = against(Mode::Refuse(code), "20");
        is_all_unknown(&ran);
        assert!(ran.stderr.contains(&format!("help: {help}")), "{}", ran.stderr);
    }
    let ran = run(check(&["--format", "json", "--timeout", "20", "--endpoint-url", "http://127.0.0.1:9"]));
    is_all_unknown(&ran);
    assert!(ran.stderr.contains("help: AWS could not be reached"), "{}", ran.stderr);
}
