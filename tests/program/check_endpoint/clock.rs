//! AWS's clock counts: a practice account at another time than this machine.

use std::sync::Arc;

use lockroot::account::Timestamp;
use lockroot::clock::Clock;
use lockroot::practice::{Practice, Scenario, SignedInAs};
use lockroot::serve::{Limits, Log, LogEntry, Server};
use lockroot::wire::SigningKeys;

use super::{Ran, check, run, verdict};

struct NoLog;

impl Log for NoLog {
    fn principal(&self, _: &str) -> String {
        String::new()
    }
    fn write(&self, _: &LogEntry) {}
}

/// The hardened account with a key whose last use was 50 days ago.
fn hardened() -> String {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/assets/practice/hardened.toml");
    let scene = std::fs::read_to_string(path).unwrap().replacen("last_sign_in = \"90d\"", "last_sign_in = \"1d\"", 1);
    scene + "\n[[users]]\nname = \"svc\"\ngroups = [\"ReadOnly\"]\n[[users.keys]]\nage = \"60d\"\nlast_used = \"50d\"\n"
}

/// Serves an account whose clock is `days` ahead. Returns its address and alice's keys.
fn account_in(days: i64, scene: &str) -> (String, SigningKeys) {
    // One hour more, so that the number of whole days stays the same during the test.
    let now = Timestamp::now_utc() + time::Duration::days(days) + time::Duration::hours(if days > 0 { 1 } else { 0 });
    let practice = Practice::new(Scenario::parse("scene", scene).unwrap(), Clock::set_to(now));
    let keys = practice.session_as(&SignedInAs::User("alice".into())).unwrap();
    let (sender, address) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        runtime.block_on(async move {
            let server = Server::bind(([127, 0, 0, 1], 0).into(), Limits::default()).await.unwrap();
            sender.send(format!("http://{}", server.address())).unwrap();
            server.run(Arc::new(practice), Arc::new(NoLog)).await;
        });
    });
    (address.recv().unwrap(), keys)
}

/// Runs `check` on that account with this machine's clock.
fn checked_in(days: i64, scene: &str) -> Ran {
    let (address, keys) = account_in(days, scene);
    let mut command = check(&["--format", "json", "--timeout", "60", "--endpoint-url", &address]);
    command.env("AWS_ACCESS_KEY_ID", &keys.access_key_id);
    command.env("AWS_SECRET_ACCESS_KEY", keys.secret_access_key.expose());
    if let Some(token) = &keys.session_token {
        command.env("AWS_SESSION_TOKEN", token.expose());
    }
    run(command)
}

#[test]
fn a_clock_eight_days_ahead_does_not_hide_root_activity_an_hour_ago() {
    let scene = r#"
        title = "Root acted an hour ago"
        account = "123456789012"
        age = "2y"
        [root]
        last_sign_in = "100d"
        mfa = ["passkey"]
        [[root.keys]]
        age = "1y"
        last_used = "1h"
        [[root.keys.calls]]
        service = "ec2"
        event = "DescribeInstances"
        region = "us-east-1"
        address = "198.51.100.7"
        agent = "aws-cli/2.1"
        times = 2
        every = "10m"
        last = "1h"
        [[groups]]
        name = "Administrators"
        policies = ["AdministratorAccess"]
        [[users]]
        name = "alice"
        groups = ["Administrators"]
        password = true
        mfa = ["virtual"]
    "#;
    for days in [0, -8] {
        let ran = checked_in(days, scene);
        let (said, words) = verdict(&ran.report, "root-activity");
        assert_eq!(said, "fail", "{days}: {words} {}", ran.stderr);
        assert_eq!(ran.stderr.contains("8 days ahead of AWS's"), days != 0, "{}", ran.stderr);
    }
}

#[test]
fn a_wrong_clock_changes_no_verdict_and_is_reported_once() {
    let verdicts = |days: i64| {
        let ran = checked_in(days, &hardened());
        let all = ran.report["checks"].as_array().unwrap().iter();
        let all: Vec<_> = all.map(|check| format!("{} {}", check["id"], check["verdict"])).collect();
        assert!(all.iter().all(|line| !line.contains("unknown")), "{days}: {all:?} {}", ran.stderr);
        (all, ran)
    };
    let (right, ran) = verdicts(0);
    assert!(!ran.stderr.contains("clock"), "{}", ran.stderr);
    assert_eq!(verdict(&ran.report, "root-unused").0, "fail", "root signed in yesterday");
    assert_eq!(verdict(&ran.report, "unused-credentials").0, "fail");
    for (days, said) in [
        (-100, "This machine's clock is 100 days ahead of AWS's."),
        (60, "This machine's clock is 60 days behind AWS's."),
    ] {
        let (off, ran) = verdicts(days);
        assert_eq!(off, right, "{days}");
        assert_eq!(ran.stderr.matches(said).count(), 1, "{}", ran.stderr);
        let checked = ran.report["checked_at"].as_str().unwrap();
        let checked = Timestamp::parse(checked, &time::format_description::well_known::Rfc3339).unwrap();
        let off = checked - (Timestamp::now_utc() + time::Duration::days(days));
        assert!(off.abs() < time::Duration::hours(2), "{checked}");
    }
}
