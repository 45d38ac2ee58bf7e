//! Changes since a saved run.

use std::fs;
#[cfg(unix)]
use std::path::Path;

#[cfg(unix)]
use serde_json::Value;

use super::*;

#[test]
fn drift_lists_improvements_and_regressions() {
    let home = home();
    run(home.path(), &leaky(&["-o", "then.json"]));
    let then = fs::read_to_string(home.path().join("then.json")).unwrap();
    let mut saved = json(&then);
    let checks = saved["checks"].as_array_mut().unwrap();
    checks.iter_mut().find(|check| check["id"] == "root-mfa").unwrap()["verdict"] = "pass".into();
    checks.retain(|check| check["id"] != "password-policy");
    fs::write(home.path().join("sound.json"), saved.to_string()).unwrap();

    let (code, stdout, _) = run(home.path(), &leaky(&["--since", "then.json"]));
    assert!(code == 1 && stdout.contains("Nothing has changed."), "{stdout}");
    let (_, stdout, _) = run(home.path(), &leaky(&["--since", "sound.json"]));
    assert!(stdout.contains("worse: root-mfa (pass, now fail)\n   new: password-policy (fail)\n"), "{stdout}");
    let place = |words| stdout.find(words).unwrap();
    assert!(place("FAIL critical root-mfa") < place("Since 20"), "what to do comes first all the same");
    for (format, words) in [
        ("markdown", "- worse: root-mfa (pass, now fail)"),
        ("html", "<li>worse: root-mfa (pass, now fail)</li>"),
        ("json", "\"worse\": [\n      {\n        \"id\": \"root-mfa\""),
    ] {
        let (_, stdout, _) = run(home.path(), &leaky(&["--since", "sound.json", "--format", format]));
        assert!(stdout.contains(words), "{format}: {stdout}");
    }
    // A verdict that another principal could not read is no change.
    let (mut asked, mut by_another) = (json(&then), json(&then));
    by_another["caller"]["arn"] = "arn:aws:iam::123456789012:user/another".into();
    for (saved, file, is_worse) in [(&mut asked, "asked.json", true), (&mut by_another, "another.json", false)] {
        let checks = saved["checks"].as_array_mut().unwrap();
        checks.iter_mut().find(|check| check["id"] == "root-mfa").unwrap()["verdict"] = "unknown".into();
        fs::write(home.path().join(file), saved.to_string()).unwrap();
        let (_, stdout, _) = run(home.path(), &leaky(&["--since", file]));
        assert_eq!(stdout.contains("worse: root-mfa (unknown, now fail)"), is_worse, "{file}: {stdout}");
    }
    let fail_on = |file| run(home.path(), &leaky(&["--since", file, "--fail-on", "worse"])).0;
    assert_eq!([fail_on("then.json"), fail_on("sound.json")], [0, 1]);

    run(home.path(), &["check", "--practice", "fresh", "-o", "other.json"]);
    fs::write(home.path().join("schema.json"), then.replace("check/1", "check/9")).unwrap();
    for (file, says) in [
        ("other.json", "other.json is about the account 123456789012"),
        ("schema.json", "has the schema \"lockroot.check/9\""),
        ("nowhere.json", "can't read nowhere.json"),
        ("last", "a practice run is not kept"),
    ] {
        let (code, stdout, stderr) = run(home.path(), &leaky(&["--since", file]));
        assert_eq!((code, stdout.as_str()), (2, ""), "{file}");
        assert!(stderr.contains(says), "{stderr}");
    }
    assert!(!home.path().join(".local").exists(), "a practice run keeps nothing");
}

/// A practice account on a socket, so that a check of it is a live one.
#[cfg(unix)]
struct Served(std::process::Child, Value);

#[cfg(unix)]
impl Served {
    fn start(home: &Path) -> Self {
        use std::io::{BufRead, BufReader};
        let arguments = ["practice", "hardened", "--serve", "127.0.0.1:0", "--ready-file", "ready.json"];
        let mut child = lockroot(home, &arguments)
            .stdout(std::process::Stdio::piped())
            .stderr(std::process::Stdio::null())
            .spawn()
            .unwrap();
        let mut greeting = String::new();
        BufReader::new(child.stdout.take().unwrap()).read_line(&mut greeting).unwrap();
        let ready = json(&fs::read_to_string(home.join("ready.json")).unwrap());
        Self(child, ready)
    }

    fn check(&self, home: &Path, more: &[&str]) -> (i32, String, String) {
        let root = &self.1["principals"][0];
        let output = lockroot(home, &["check"])
            .args(more)
            .env("AWS_ENDPOINT_URL", self.1["endpoint"].as_str().unwrap())
            .env("AWS_ACCESS_KEY_ID", root["access_key_id"].as_str().unwrap())
            .env("AWS_SECRET_ACCESS_KEY", root["secret_access_key"].as_str().unwrap())
            .env("AWS_SESSION_TOKEN", root["session_token"].as_str().unwrap_or_default())
            .output()
            .unwrap();
        let text = |bytes| String::from_utf8(bytes).unwrap();
        (output.status.code().unwrap(), text(output.stdout), text(output.stderr))
    }
}

#[cfg(unix)]
impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

#[cfg(unix)]
#[test]
fn the_last_run_is_kept_only_on_request_and_readable_by_its_owner_only() {
    use std::os::unix::fs::PermissionsExt;
    let home = home();
    let served = Served::start(home.path());
    let kept = home.path().join(".local/state/lockroot/checks");

    let (_, stdout, stderr) = served.check(home.path(), &[]);
    assert!(stdout.contains("Score: "), "{stdout}{stderr}");
    assert!(!kept.exists(), "nobody asked");
    let (_, stdout, stderr) = served.check(home.path(), &["--since", "last"]);
    assert!(stderr.contains("no run on this account was kept before") && !stdout.contains("Since "), "{stderr}");
    let files = names(&kept);
    assert!(files.len() == 1 && files[0].starts_with("aws-") && files[0].ends_with(".json"), "{files:?}");
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!([mode(&kept), mode(&kept.join(&files[0]))], [0o700, 0o600]);

    let (_, stdout, stderr) = served.check(home.path(), &["--since", "last", "--only", "root-mfa"]);
    assert!(
        stdout.contains("Nothing has changed.") && stderr.contains("not kept for --since last"),
        "{stdout}{stderr}"
    );
    let (_, stdout, stderr) = served.check(home.path(), &["--since", "last"]);
    // Root's recent activity changes with every run as root.
    assert!(stdout.contains("Since 20") && !stdout.contains("worse: root-mfa"), "{stdout}");
    assert_eq!(stderr, "");

    fs::write(kept.join(&files[0]), "{").unwrap();
    let (code, _, stderr) = served.check(home.path(), &["--since", "last"]);
    assert!(code == 2 && stderr.contains("is not a JSON report"), "{stderr}");
    fs::write(home.path().join("c.toml"), "[check]\nremember = true\n").unwrap();
    served.check(home.path(), &["--config", "c.toml"]);
    assert_eq!(json(&fs::read_to_string(kept.join(&files[0])).unwrap())["practice"], false);
}
