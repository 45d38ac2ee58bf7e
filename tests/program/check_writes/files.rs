//! Formats and files.

use std::fs;

use super::*;

#[test]
fn one_run_writes_several_reports_in_the_formats_of_their_endings() {
    let home = home();
    let outputs = ["a.json", "a.html", "a.md", "a.csv", "a.xml", "a.ocsf.json", "a.txt"].map(|file| ["-o", file]);
    let (code, stdout, stderr) = run(home.path(), &leaky(&outputs.concat()));
    assert_eq!((code, stdout.as_str(), stderr.as_str()), (1, "", ""));
    let read = |file: &str| fs::read_to_string(home.path().join(file)).unwrap();
    assert_eq!(json(&read("a.json"))["schema"], "lockroot.check/1");
    assert_eq!(json(&read("a.ocsf.json"))[0]["class_uid"], 2003);
    assert!(read("a.html").starts_with("<!DOCTYPE html>"));
    assert!(read("a.md").starts_with("# lockroot check\n"));
    assert!(read("a.csv").starts_with("checked_at,practice,checked,account,id,"));
    assert!(read("a.xml").starts_with("<?xml "));
    assert!(read("a.txt").contains("\n\nhelp: first run `lockroot practice leaky-startup`, step 2"));
    assert_eq!(names(home.path()).len(), 7, "nothing else is left behind");
}

#[test]
fn one_report_may_go_to_standard_output_and_a_file_may_have_a_format() {
    let home = home();
    let (_, stdout, _) = run(home.path(), &leaky(&["-o", "-", "-o", "junit=report.json"]));
    assert!(stdout.starts_with("PRACTICE account "), "{stdout}");
    assert!(fs::read_to_string(home.path().join("report.json")).unwrap().starts_with("<?xml"));
    let (code, _, stderr) = run(home.path(), &leaky(&["-o", "-", "-o", "json=-"]));
    assert!(code == 2 && stderr.contains("only one report can go to standard output"), "{stderr}");
    let (code, _, stderr) = run(home.path(), &leaky(&["-o", "./x.md", "-o", "x.md"]));
    assert!(code == 2 && stderr.contains("x.md is named twice"), "{code} {stderr}");
}

#[test]
fn two_runs_write_the_same_report_in_every_format() {
    let home = home();
    for format in ["markdown", "html", "csv", "junit", "ocsf", "text", "json"] {
        let once = || {
            let (_, stdout, _) = run(home.path(), &leaky(&["--format", format]));
            // Only times differ.
            stdout.chars().filter(|c| !c.is_ascii_digit()).collect::<String>()
        };
        assert_eq!(once(), once(), "{format}");
    }
}

#[test]
fn an_unwritable_file_ends_the_run_before_anything_is_read_or_written() {
    let home = home();
    // Nothing listens there, so a read would be reported as an error.
    let (code, stdout, stderr) =
        run(home.path(), &["check", "--endpoint-url", "http://127.0.0.1:9", "-o", "a.json", "-o", "nowhere/b.json"]);
    assert_eq!((code, stdout.as_str()), (2, ""));
    assert!(stderr.contains("can't write the report to nowhere/b.json"), "{stderr}");
    assert_eq!(stderr.lines().count(), 1, "{stderr}");
    assert_eq!(names(home.path()), Vec::<String>::new());
    fs::create_dir(home.path().join("folder")).unwrap();
    let (code, _, stderr) = run(home.path(), &leaky(&["-o", "folder"]));
    assert!(code == 2 && stderr.contains("it is a folder"), "{stderr}");
}

#[cfg(unix)]
#[test]
fn an_existing_file_is_replaced_and_keeps_its_mode_and_its_link() {
    use std::os::unix::fs::{PermissionsExt, symlink};
    let home = home();
    let (file, link) = (home.path().join("report.json"), home.path().join("link.json"));
    fs::write(&file, "old").unwrap();
    fs::set_permissions(&file, fs::Permissions::from_mode(0o640)).unwrap();
    symlink("report.json", &link).unwrap();
    assert_eq!(run(home.path(), &leaky(&["-o", "link.json"])).0, 1);
    assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
    assert_eq!(json(&fs::read_to_string(&file).unwrap())["practice"], true);
    assert_eq!(fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o640);
    // A device file stays a device.
    assert_eq!(run(home.path(), &leaky(&["-o", "/dev/null"])).0, 1);
    assert!(!fs::metadata("/dev/null").unwrap().is_file());
}

#[cfg(unix)]
#[test]
fn ctrl_c_leaves_the_old_report_complete() {
    use std::net::TcpListener;
    let home = home();
    fs::write(home.path().join("report.json"), "old").unwrap();
    // Accepts the connection and never answers.
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let endpoint = format!("http://{}", silent.local_addr().unwrap());
    let mut child = lockroot(home.path(), &["check", "--endpoint-url", &endpoint, "-o", "report.json", "-o", "b.html"])
        .env("AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE")
        .env("AWS_SECRET_ACCESS_KEY", "not-a-secret")
        .spawn()
        .unwrap();
    let _connected = silent.accept().unwrap();
    let pid = rustix::process::Pid::from_raw(i32::try_from(child.id()).unwrap()).unwrap();
    rustix::process::kill_process(pid, rustix::process::Signal::INT).unwrap();
    assert_eq!(child.wait().unwrap().code(), Some(130));
    assert_eq!(names(home.path()), ["report.json"]);
    assert_eq!(fs::read_to_string(home.path().join("report.json")).unwrap(), "old");
}

#[test]
fn every_format_shows_how_many_controls_were_checked() {
    let home = home();
    let all = lockroot::checks::CONTROLS.len();
    let (_, stdout, _) = run(home.path(), &["check", "--only", "root-mfa,password-policy", "-v"]);
    assert!(stdout.contains(&format!("0 of {all}")), "{stdout}");
    for format in ["markdown", "html", "csv", "junit", "ocsf"] {
        let (_, stdout, _) = run(home.path(), &["check", "--only", "root-mfa,password-policy", "--format", format]);
        assert!(stdout.contains(&format!("0 of {all}")), "{format}: {stdout}");
    }
    let (_, stdout, _) = run(home.path(), &["check", "--only", "root-mfa", "--format", "json"]);
    let report = json(&stdout);
    assert_eq!([&report["checked"], &report["controls"]], [0, all]);
}
