//! A crash with a secret in memory writes no core dump.

use std::path::Path;
use std::process::Command;

use super::Terminal;

const PASSWORD: &str = "Tulip7-Walnut+Battery";

/// Runs `$0` in the folder `$1` with the other arguments, and allows core dumps of any size.
const DUMPING: &str = "cd \"$1\" && shift && ulimit -c unlimited && exec \"$0\" \"$@\"";

fn has_core(folder: &Path) -> bool {
    let names = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name());
    names.into_iter().any(|name| name.to_string_lossy().starts_with("core"))
}

/// Whether a crash on this machine leaves a core dump in its folder. It does not if dumps go to a collector or the
/// limit cannot be raised.
fn crashes_leave_cores() -> bool {
    let folder = tempfile::tempdir().unwrap();
    let script = "cd \"$1\" && ulimit -c unlimited && kill -SEGV $$";
    let status = Command::new("/bin/sh").args(["-c", script, "sh"]).arg(folder.path()).status().unwrap();
    !status.success() && has_core(folder.path())
}

#[test]
fn a_crash_writes_no_core_dump() {
    let folder = tempfile::tempdir().unwrap();
    let arguments = ["-c", DUMPING, env!("CARGO_BIN_EXE_lockroot"), folder.path().to_str().unwrap(), "practice"];
    let mut terminal = Terminal::run("/bin/sh", &arguments, &[], 80, 24);
    terminal.type_password(PASSWORD);
    terminal.until("the password as dots", |screen| screen.contains(&"•".repeat(PASSWORD.len())));
    let process = format!("/proc/{}", terminal.child.process_id().unwrap());
    if let Ok(limits) = std::fs::read_to_string(format!("{process}/limits")) {
        let line = limits.lines().find(|line| line.starts_with("Max core file size")).expect("Linux lists it");
        assert_eq!(line.split_whitespace().nth(4), Some("0"), "{line}");
        let owner = std::os::unix::fs::MetadataExt::uid(&std::fs::metadata(format!("{process}/mem")).unwrap());
        assert_eq!(owner, 0, "a process that may not be dumped is root's below /proc (proc(5))");
    }
    // Not SEGV, because Rust handles the first one to detect a stack overflow.
    terminal.signal(rustix::process::Signal::ABORT);
    let status = terminal.child.wait().unwrap();
    assert!(!status.success());
    assert!(!has_core(folder.path()), "a core dump was written");
    if !crashes_leave_cores() {
        eprintln!("only the limits were looked at: no program's crash leaves a core dump in its folder here");
    }
}
