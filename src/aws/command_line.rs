//! Finds the AWS CLI, and whether it supports `aws login`.

use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use tokio::process::Command;

use crate::account::machine::{Cli, Version};

/// Timeout for the version: the CLI unpacks itself at its first start.
const MAX_WAIT: Duration = Duration::from_secs(10);

/// Finds the AWS CLI on `path` and asks for its version.
pub(super) async fn look(path: Option<&OsStr>) -> Cli {
    let Some(program) = path.and_then(find) else { return Cli::Absent };
    let path = program.display().to_string();
    match version(&program, MAX_WAIT).await {
        Ok(version) => Cli::Found { path, version },
        Err(said) => Cli::Unusable { path, said },
    }
}

/// The first folder that contains the program. Relative folders are skipped: they depend on the current folder.
fn find(path: &OsStr) -> Option<PathBuf> {
    let name = if cfg!(windows) { "aws.exe" } else { "aws" };
    std::env::split_paths(path)
        .filter(|folder| folder.is_absolute())
        .map(|folder| folder.join(name))
        .find(|file| is_program(file))
}

#[cfg(unix)]
fn is_program(file: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    file.metadata().is_ok_and(|meta| meta.is_file() && meta.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn is_program(file: &Path) -> bool {
    file.is_file()
}

async fn version(program: &Path, patience: Duration) -> Result<Version, String> {
    let mut command = Command::new(program);
    command.arg("--version").stdin(Stdio::null()).kill_on_drop(true);
    let output = match tokio::time::timeout(patience, command.output()).await {
        Err(_) => return Err(format!("no answer within {} s", patience.as_secs())),
        Ok(Err(error)) => return Err(error.to_string()),
        Ok(Ok(output)) => output,
    };
    // Version 1 printed it on standard error for a long time.
    let said = [output.stdout, output.stderr].map(|bytes| String::from_utf8_lossy(&bytes).into_owned());
    said.iter().find_map(|text| Version::said(text)).ok_or_else(|| "no version came".to_owned())
}

#[cfg(all(test, unix))]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    fn fake(script: &str, mode: u32) -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("aws");
        std::fs::write(&file, format!("#!/bin/sh\n{script}\n")).unwrap();
        std::fs::set_permissions(&file, std::fs::Permissions::from_mode(mode)).unwrap();
        folder
    }

    async fn seen(script: &str, mode: u32) -> Cli {
        look(Some(fake(script, mode).path().as_os_str())).await
    }

    #[tokio::test]
    async fn the_cli_is_run_with_its_version_option() {
        let cli = seen("echo aws-cli/2.32.1 Python/3.13.7", 0o755).await;
        assert!(matches!(cli, Cli::Found { version: Version(2, 32, 1), .. }), "{cli:?}");
        let cli = seen("echo aws-cli/1.18.0 Python/3.6 >&2", 0o755).await;
        assert!(matches!(cli, Cli::Found { version: Version(1, 18, 0), .. }), "{cli:?}");
    }

    #[tokio::test]
    async fn a_file_that_is_not_a_program_is_skipped_and_a_silent_one_is_reported() {
        assert_eq!(seen("echo aws-cli/2.32.1", 0o644).await, Cli::Absent);
        assert_eq!(look(Some(OsStr::new("relative:/nonexistent"))).await, Cli::Absent);
        assert_eq!(look(None).await, Cli::Absent);
        let cli = seen("exit 3", 0o755).await;
        assert!(matches!(&cli, Cli::Unusable { said, .. } if said == "no version came"), "{cli:?}");
    }

    #[tokio::test]
    async fn an_endpoint_that_hangs_times_out() {
        let folder = fake("sleep 30", 0o755);
        let said = version(&folder.path().join("aws"), Duration::from_millis(100)).await.unwrap_err();
        assert!(said.starts_with("no answer"), "{said}");
    }
}
