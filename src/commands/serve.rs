//! `lockroot practice --serve`: serves the practice account to AWS clients, on loopback only.

mod orders;

use std::io::{ErrorKind, Write};
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, anyhow};
use serde_json::json;

use super::practice_account::PracticeAccount;
use crate::account::moment::rfc3339;
use crate::clock::Clock;
use crate::files::Draft;
use crate::practice::{Practice, PracticeLogin};
use crate::serve::{Limits, Log, LogEntry, Server};

/// The exit code of a shell for Ctrl-C.
const INTERRUPTED: u8 = 130;

/// The practice account's Region; clients require one.
const REGION: &str = "us-east-1";

/// Serves `account` on `address` until Ctrl-C or SIGTERM; `kept` is the message about a kept account. Returns the
/// exit code.
///
/// # Errors
/// The address is unavailable, or the ready file cannot be written.
pub async fn run(
    account: PracticeAccount,
    address: SocketAddr,
    ready: Option<&Path>,
    clock: Clock,
    kept: Option<&str>,
) -> anyhow::Result<u8> {
    let ended = ended()?;
    let server =
        Server::bind(address, Limits::default()).await.with_context(|| format!("can't listen on {address}"))?;
    let endpoint = format!("http://{}", server.address());
    let principals = account.practice.principals();
    let ready = ready.map(|path| ReadyFile::write(path, &endpoint, &account.practice, &principals)).transpose()?;
    greet(&account.name, &endpoint, &principals, kept);
    orders::obey(clock.clone(), account.practice.clone());
    let log = Arc::new(Journal { practice: account.practice.clone(), clock });
    let code = tokio::select! {
        () = server.run(Arc::new(account.practice), log) => 0,
        code = ended => code,
    };
    drop(ready);
    Ok(code)
}

/// Waits for an ending signal and returns its exit code. The handlers are installed by the call, not by the first
/// poll.
#[cfg(unix)]
fn ended() -> anyhow::Result<impl Future<Output = u8>> {
    use tokio::signal::unix::{SignalKind, signal};
    let mut interrupt = signal(SignalKind::interrupt()).context("can't listen for Ctrl-C")?;
    let mut terminate = signal(SignalKind::terminate()).context("can't listen for SIGTERM")?;
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => INTERRUPTED,
            _ = terminate.recv() => 0,
        }
    })
}

#[cfg(not(unix))]
fn ended() -> anyhow::Result<impl Future<Output = u8>> {
    Ok(async {
        let _ = tokio::signal::ctrl_c().await;
        INTERRUPTED
    })
}

/// Prints the address and the credentials to paste. A closed output is not an error: the starter may not read on.
fn greet(scenario: &str, endpoint: &str, principals: &[PracticeLogin], kept: Option<&str>) {
    let mut text = format!(
        "Practice account, scenario {scenario}, at {endpoint} until Ctrl-C.\n\
         The credentials below are practice credentials: they open this account and nothing else.\n\
         Type advance 4h to move its clock forward, clock to see it.\n"
    );
    text.extend(kept.map(|kept| format!("{kept}\n")));
    for principal in principals {
        text += &format!("\n# {}  {}\n{}\n", principal.name, principal.arn, exports(principal, endpoint));
    }
    let _ = writeln!(std::io::stdout(), "{text}").and_then(|()| std::io::stdout().flush());
}

/// POSIX shell lines. Without a token, a leftover one is unset: AWS clients would send it and be refused.
fn exports(principal: &PracticeLogin, endpoint: &str) -> String {
    let keys = &principal.keys;
    let mut lines = Vec::new();
    match &keys.session_token {
        Some(token) => lines.push(format!("export AWS_SESSION_TOKEN={}", token.expose())),
        None => lines.push("unset AWS_SESSION_TOKEN".to_owned()),
    }
    lines.insert(0, format!("export AWS_SECRET_ACCESS_KEY={}", keys.secret_access_key.expose()));
    lines.insert(0, format!("export AWS_ACCESS_KEY_ID={}", keys.access_key_id));
    lines.push(format!("export AWS_ENDPOINT_URL={endpoint} AWS_REGION={REGION} AWS_DEFAULT_REGION={REGION}"));
    lines.join("\n")
}

/// Writes one line per request to standard error: time, principal, call, outcome.
struct Journal {
    practice: Practice,
    clock: Clock,
}

impl Log for Journal {
    fn principal(&self, access_key_id: &str) -> String {
        self.practice.owner_of(access_key_id).unwrap_or_else(|| format!("unknown-key:{access_key_id}"))
    }

    fn write(&self, entry: &LogEntry) {
        let _ = writeln!(std::io::stderr(), "{} {entry}", rfc3339(self.clock.now()));
    }
}

/// The ready file for scripts, removed at the end.
struct ReadyFile {
    path: PathBuf,
    text: String,
}

impl ReadyFile {
    /// Writes it atomically and for its owner only, so readers see it complete. An existing file is not overwritten:
    /// it may belong to another server.
    fn write(path: &Path, endpoint: &str, practice: &Practice, principals: &[PracticeLogin]) -> anyhow::Result<Self> {
        let principals: Vec<_> = principals.iter().map(entry).collect();
        let content = json!({ "endpoint": endpoint, "account": practice.account_id(), "principals": principals });
        let text = format!("{content:#}\n");
        let shown = path.display();
        match Draft::private(path).and_then(|draft| draft.create(text.as_bytes())) {
            Ok(()) => Ok(Self { path: path.to_owned(), text }),
            Err(error) if error.kind() == ErrorKind::AlreadyExists => Err(anyhow!(
                "{shown} is there already, and is not overwritten: another server may have written it\n\
                 help: name another file, or remove it if no server runs any more: rm {shown}"
            )),
            Err(error) => Err(error).with_context(|| format!("can't write the ready file {shown}")),
        }
    }
}

impl Drop for ReadyFile {
    /// Removes the file, unless it was replaced meanwhile.
    fn drop(&mut self) {
        let is_plain = std::fs::symlink_metadata(&self.path).is_ok_and(|found| found.is_file());
        if is_plain && std::fs::read(&self.path).is_ok_and(|bytes| bytes == self.text.as_bytes()) {
            let _ = std::fs::remove_file(&self.path);
        }
    }
}

fn entry(principal: &PracticeLogin) -> serde_json::Value {
    let keys = &principal.keys;
    json!({
        "name": principal.name,
        "arn": principal.arn,
        "access_key_id": keys.access_key_id,
        "secret_access_key": keys.secret_access_key.expose(),
        "session_token": keys.session_token.as_ref().map(|token| token.expose()),
    })
}
