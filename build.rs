//! Tells the program what it is made from: the commit, and the system it is for. An unoptimised build says that it is one, and
//! asks no git: it would be compiled again after every commit.

use std::path::Path;
use std::process::Command;

fn main() {
    println!("cargo:rerun-if-env-changed=LOCKROOT_COMMIT");
    let target = variable("TARGET").unwrap_or_default();
    println!("cargo:rustc-env=LOCKROOT_BUILD={}, {target}", made_from());
}

/// The commit: as whoever packs it says, as the registry's package has it, or as git has it.
fn made_from() -> String {
    if let Some(commit) = variable("LOCKROOT_COMMIT") {
        return commit;
    }
    if variable("PROFILE").as_deref() == Some("debug") {
        return "unoptimised build".into();
    }
    packaged().or_else(checked_out).unwrap_or_else(|| "commit unknown".into())
}

fn variable(name: &str) -> Option<String> {
    std::env::var(name).ok().filter(|value| !value.is_empty())
}

/// `cargo package` writes the commit into the package, which has no `.git`.
fn packaged() -> Option<String> {
    let text = std::fs::read_to_string(".cargo_vcs_info.json").ok()?;
    let hash = text.split("\"sha1\"").nth(1)?.split('"').nth(1)?;
    Some(hash.chars().take(12).collect())
}

fn checked_out() -> Option<String> {
    // Somebody else's repository around an unpacked source would tell a commit that is not ours.
    if !Path::new(".git").exists() {
        return None;
    }
    for name in ["HEAD", "logs/HEAD", "index"] {
        if let Some(path) = git(&["rev-parse", "--git-path", name]) {
            println!("cargo:rerun-if-changed={path}");
        }
    }
    git(&["describe", "--always", "--dirty", "--abbrev=12", "--exclude=*"])
}

fn git(arguments: &[&str]) -> Option<String> {
    let output = Command::new("git").args(arguments).output().ok()?;
    let said = String::from_utf8(output.stdout).ok()?.trim().to_owned();
    (output.status.success() && !said.is_empty()).then_some(said)
}
