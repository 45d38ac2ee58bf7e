//! `lockroot check` on typical machines: all kinds of AWS files and credential sources.

mod chain;
mod endpoint;
mod files;
mod metadata;
mod practice;

use std::path::Path;
use std::process::{Command, Output};

use endpoint::Endpoint;
use serde_json::Value;

/// The example key of AWS's documentation.
const KEY: &str =
    "aws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY\n";

/// A home with AWS files in it.
struct Home(tempfile::TempDir);

/// The result of a check.
struct Checked {
    code: i32,
    /// The principal that AWS confirmed.
    caller: Option<String>,
    stderr: String,
}

impl Home {
    fn new(config: impl AsRef<[u8]>, credentials: impl AsRef<[u8]>) -> Self {
        let home = Self(tempfile::tempdir().unwrap());
        home.put(".aws/config", config).put(".aws/credentials", credentials);
        home
    }

    fn path(&self) -> &Path {
        self.0.path()
    }

    fn put(&self, name: &str, content: impl AsRef<[u8]>) -> &Self {
        let path = self.path().join(name);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, content).unwrap();
        self
    }

    /// Runs `lockroot check` in this home, with no other environment.
    fn check(&self, arguments: &[&str], variables: &[(&str, &str)]) -> Checked {
        let mut command = Command::new(env!("CARGO_BIN_EXE_lockroot"));
        command.args(["check", "--only", "root-mfa", "--format", "json"]).args(arguments);
        command.env_clear().env("HOME", self.path()).env("AWS_EC2_METADATA_DISABLED", "true");
        let Output { status, stdout, stderr } = command.envs(variables.iter().copied()).output().unwrap();
        let report: Value = serde_json::from_slice(&stdout).unwrap_or_default();
        Checked {
            code: status.code().unwrap(),
            caller: report["caller"]["arn"].as_str().map(str::to_owned),
            stderr: String::from_utf8(stderr).unwrap(),
        }
    }

    /// The same at `endpoint`.
    fn check_at(&self, endpoint: &Endpoint, arguments: &[&str], variables: &[(&str, &str)]) -> Checked {
        self.check(&[arguments, &["--endpoint-url", endpoint.url()]].concat(), variables)
    }
}

impl Checked {
    /// Whether that key signed the call.
    fn is_signed_by(&self, key: &str) -> bool {
        self.caller.as_deref().is_some_and(|caller| caller.ends_with(&format!("/{key}")))
    }
}
