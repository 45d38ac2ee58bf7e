//! `lockroot practice --serve` with several clients over a socket, some of them misbehaving.

mod kept;

use std::io::{BufRead, BufReader, Read, Write};
use std::net::{SocketAddr, TcpStream};
use std::os::unix::fs::PermissionsExt;
use std::path::PathBuf;
use std::process::{Child, Command, Output, Stdio};
use std::sync::{Arc, Mutex};
use std::time::Duration;

use aws_sdk_iam::config::{BehaviorVersion, Credentials, Region};
use aws_sdk_iam::error::ProvideErrorMetadata;
use lockroot::serve::{Limits, Log, LogEntry, Server};
use lockroot::wire::{Endpoint, EndpointReply, Replying};
use serde_json::Value;

/// Longest wait for an answer. Only a failing test waits that long.
const PATIENCE: Duration = Duration::from_secs(30);

/// A practice account on a socket.
struct Served {
    child: Child,
    folder: tempfile::TempDir,
    ready: Value,
    greeting: String,
    lines: BufReader<std::process::ChildStdout>,
}

fn lockroot(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_lockroot"));
    command.args(arguments).env_clear().env("HOME", "/nonexistent").env("AWS_EC2_METADATA_DISABLED", "true");
    command
}

fn run(arguments: &[&str]) -> (i32, String, String) {
    let Output { status, stdout, stderr } = crate::ended(&mut lockroot(arguments));
    (status.code().unwrap(), String::from_utf8(stdout).unwrap(), String::from_utf8(stderr).unwrap())
}

impl Served {
    fn start(arguments: &[&str]) -> Self {
        Self::start_with(arguments, Stdio::null())
    }

    fn start_with(arguments: &[&str], input: Stdio) -> Self {
        Self::start_at(std::path::Path::new("/nonexistent"), arguments, input)
    }

    /// The same with that home.
    fn start_at(home: &std::path::Path, arguments: &[&str], input: Stdio) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let ready = folder.path().join("ready.json");
        let log = std::fs::File::create(folder.path().join("log")).unwrap();
        let mut child = lockroot(&["practice"])
            .env("HOME", home)
            .args(arguments)
            .args(["--serve", "127.0.0.1:0", "--ready-file"])
            .arg(&ready)
            .stdin(input)
            .stdout(Stdio::piped())
            .stderr(log)
            .spawn()
            .unwrap();
        let mut greeting = String::new();
        let mut lines = BufReader::new(child.stdout.take().unwrap());
        assert_ne!(lines.read_line(&mut greeting).unwrap(), 0, "the greeting comes once the ready file is there");
        let ready: Value = serde_json::from_str(&std::fs::read_to_string(ready).unwrap()).unwrap();
        let principals = ready["principals"].as_array().unwrap().len();
        while greeting.matches("AWS_ENDPOINT_URL").count() < principals {
            assert_ne!(lines.read_line(&mut greeting).unwrap(), 0, "it ended: {greeting}");
        }
        Self { child, folder, ready, greeting, lines }
    }

    /// Sends a line to standard input and reads the answer.
    fn tell(&mut self, line: &str) -> String {
        writeln!(self.child.stdin.as_mut().unwrap(), "{line}").unwrap();
        let mut answer = String::new();
        while answer.trim().is_empty() {
            answer.clear();
            assert_ne!(self.lines.read_line(&mut answer).unwrap(), 0, "it ended");
        }
        answer.trim_end().to_owned()
    }

    fn endpoint(&self) -> &str {
        self.ready["endpoint"].as_str().unwrap()
    }

    fn address(&self) -> SocketAddr {
        self.endpoint().strip_prefix("http://").unwrap().parse().unwrap()
    }

    fn ready_file(&self) -> PathBuf {
        self.folder.path().join("ready.json")
    }

    fn log(&self) -> String {
        std::fs::read_to_string(self.folder.path().join("log")).unwrap()
    }

    fn principal(&self, name: &str) -> &Value {
        self.ready["principals"].as_array().unwrap().iter().find(|principal| principal["name"] == name).unwrap()
    }

    fn word(&self, name: &str, field: &str) -> Option<String> {
        self.principal(name)[field].as_str().map(str::to_owned)
    }

    /// The SDK's IAM client as `name`, with one attempt for each call.
    fn iam(&self, name: &str) -> aws_sdk_iam::Client {
        let word = |field| self.word(name, field);
        let keys = Credentials::new(
            word("access_key_id").unwrap(),
            word("secret_access_key").unwrap(),
            word("session_token"),
            None,
            "ready file",
        );
        let config = aws_sdk_iam::Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .http_client(aws_smithy_http_client::Builder::new().build_http())
            .credentials_provider(keys)
            .region(Region::new("us-east-1"))
            .endpoint_url(self.endpoint())
            .retry_config(aws_sdk_iam::config::retry::RetryConfig::disabled())
            .timeout_config(
                aws_sdk_iam::config::timeout::TimeoutConfig::builder().read_timeout(Duration::from_secs(3)).build(),
            );
        aws_sdk_iam::Client::from_conf(config.build())
    }

    /// Runs `lockroot check` on the account as `name`.
    fn check(&self, name: &str) -> (i32, Value) {
        self.check_remembering(name, std::path::Path::new("/nonexistent"))
    }

    /// The same, with the state folder `state`.
    fn check_remembering(&self, name: &str, state: &std::path::Path) -> (i32, Value) {
        let mut command = lockroot(&["check", "--format", "json", "--endpoint-url", self.endpoint()]);
        command.env("XDG_STATE_HOME", state);
        for (variable, field) in [
            ("AWS_ACCESS_KEY_ID", "access_key_id"),
            ("AWS_SECRET_ACCESS_KEY", "secret_access_key"),
            ("AWS_SESSION_TOKEN", "session_token"),
        ] {
            command.envs(self.word(name, field).map(|word| (variable, word)));
        }
        let output = command.output().unwrap();
        (output.status.code().unwrap(), serde_json::from_slice(&output.stdout).unwrap())
    }

    fn signal(&self, signal: rustix::process::Signal) {
        let pid = rustix::process::Pid::from_raw(i32::try_from(self.child.id()).unwrap()).unwrap();
        rustix::process::kill_process(pid, signal).unwrap();
    }

    fn ends_with(mut self, signal: rustix::process::Signal) -> Option<i32> {
        self.signal(signal);
        let code = self.child.wait().unwrap().code();
        assert!(!self.ready_file().exists(), "the ready file ends with what it describes");
        code
    }
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

/// Sends `bytes` and reads until the other side closes.
fn raw(address: SocketAddr, bytes: &[u8]) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(PATIENCE)).unwrap();
    let _ = stream.write_all(bytes);
    let mut answer = Vec::new();
    let _ = stream.read_to_end(&mut answer);
    String::from_utf8_lossy(&answer).into_owned()
}

fn verdict<'a>(report: &'a Value, id: &str) -> &'a Value {
    let checks = report["checks"].as_array().unwrap();
    &checks.iter().find(|check| check["id"] == id).unwrap()["verdict"]
}

#[cfg(target_os = "linux")] // elsewhere the state folder is not found by that variable
#[test]
fn the_check_counts_the_wizards_answers_for_this_account_only() {
    use lockroot::account::{Answer, AnswerValue, Topic};
    use lockroot::commands::state_folder::StateFolder;
    use lockroot::journal::{JournalStore, Note};
    let served = Served::start(&["hardened"]);
    let account = served.ready["account"].as_str().unwrap();
    let state = tempfile::tempdir().unwrap();
    let now = time::OffsetDateTime::now_utc();
    let answered =
        |said: AnswerValue| Note::Answered(Topic::ALL.map(|topic| (topic, Answer::new(said.clone(), now))).to_vec());
    let store = StateFolder::at(state.path().join("lockroot"));
    store.note("123456789012", &answered(AnswerValue::No)).unwrap();
    let both = |report: &Value| [verdict(report, "root-email").clone(), verdict(report, "root-password").clone()];
    let (_, report) = served.check_remembering("root", state.path());
    assert_eq!(both(&report), ["manual", "manual"], "another account's answers are not this one's");
    store.note(account, &answered(AnswerValue::Yes)).unwrap();
    let (_, report) = served.check_remembering("root", state.path());
    assert_eq!(both(&report), ["pass", "pass"]);
}

/// All verdicts except the one on root's last use, because signing in as root is a use.
fn verdicts(report: &Value) -> Vec<(&str, &str)> {
    let checks = report["checks"].as_array().unwrap().iter();
    let pairs = checks.map(|check| (check["id"].as_str().unwrap(), check["verdict"].as_str().unwrap()));
    pairs.filter(|(id, _)| *id != "root-unused").collect()
}

#[test]
fn the_ready_file_has_address_and_credentials_for_its_owner_only() {
    let served = Served::start(&["hardened"]);
    assert_eq!(served.ready_file().metadata().unwrap().permissions().mode() & 0o777, 0o600);
    assert!(served.address().ip().is_loopback());
    let account = served.ready["account"].as_str().unwrap();
    assert_eq!(account.len(), 12);
    let names: Vec<&str> =
        served.ready["principals"].as_array().unwrap().iter().map(|who| who["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["root", "alice", "bob", "carol"]);
    assert_eq!(served.word("root", "arn").unwrap(), format!("arn:aws:iam::{account}:root"));
    assert_eq!(served.word("alice", "arn").unwrap(), format!("arn:aws:iam::{account}:user/alice"));
    assert!(served.word("root", "session_token").is_some(), "no root key is left in that account, only the login");
    for name in names {
        let key = served.word(name, "access_key_id").unwrap();
        assert!(served.greeting.contains(&format!("export AWS_ACCESS_KEY_ID={key}\n")), "{}", served.greeting);
    }
    assert!(served.greeting.contains("practice credentials"), "{}", served.greeting);
    assert!(served.greeting.contains(&format!("AWS_ENDPOINT_URL={}", served.endpoint())), "{}", served.greeting);
}

#[test]
fn a_signal_ends_the_server_and_deletes_the_ready_file() {
    assert_eq!(Served::start(&[]).ends_with(rustix::process::Signal::TERM), Some(0));
    assert_eq!(Served::start(&[]).ends_with(rustix::process::Signal::INT), Some(130));
}

#[test]
fn an_existing_ready_file_is_neither_overwritten_nor_removed() {
    let folder = tempfile::tempdir().unwrap();
    let (path, elsewhere) = (folder.path().join("ready.json"), folder.path().join("elsewhere"));
    let refused = || {
        let (code, _, said) = run(&["practice", "--serve", "127.0.0.1:0", "--ready-file", path.to_str().unwrap()]);
        assert!(code == 1 && said.contains("is there already") && said.contains("\nhelp: "), "{code}: {said}");
    };
    std::fs::write(&path, "mine").unwrap();
    refused();
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "mine");
    std::fs::remove_file(&path).unwrap();
    std::os::unix::fs::symlink(&elsewhere, &path).unwrap();
    refused();
    assert!(!elsewhere.exists() && path.is_symlink());
}

#[test]
fn a_replaced_ready_file_is_not_removed() {
    let mut served = Served::start(&[]);
    let mine = served.ready_file();
    // A second server wrote this file after the first one's was removed.
    std::fs::remove_file(&mine).unwrap();
    std::fs::write(&mine, "another server's").unwrap();
    served.signal(rustix::process::Signal::TERM);
    served.child.wait().unwrap();
    assert_eq!(std::fs::read_to_string(&mine).unwrap(), "another server's");
}

#[test]
fn a_check_over_the_socket_gives_the_same_verdicts_as_in_the_process() {
    for (scenario, code) in [("fresh", 1), ("hardened", 0)] {
        let served = Served::start(&[scenario]);
        let (seen, report) = served.check("root");
        assert_eq!(seen, code, "{report:#}");
        let (_, inside, _) = run(&["check", "--practice", scenario, "--format", "json"]);
        let inside: Value = serde_json::from_str(&inside).unwrap();
        assert_eq!(verdicts(&report), verdicts(&inside), "{scenario}");
        assert_eq!(report["caller"]["kind"], "root");
    }
}

#[test]
fn a_users_own_scenario_is_served_and_checked() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("mine.toml");
    let scenario =
        "title = \"mine\"\naccount = \"210987654321\"\n[[users]]\nname = \"dora\"\n[[users.keys]]\nage = \"1d\"\n";
    std::fs::write(&path, scenario).unwrap();
    let path = path.to_str().unwrap();
    let served = Served::start(&["--scenario", path]);
    assert_eq!(served.ready["account"], "210987654321");
    assert!(served.word("dora", "session_token").is_none(), "a user's own key is not temporary");
    let (code, report, stderr) = run(&["check", "--scenario", path, "--format", "json"]);
    assert_eq!((code, stderr.as_str()), (1, ""));
    assert!(report.contains("210987654321"), "{report}");
}

#[test]
fn a_broken_scenario_is_wrong_usage_with_its_place() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("mine.toml");
    std::fs::write(&path, "title = \"mine\"\naccount = \"12\"\n").unwrap();
    let path = path.to_str().unwrap();
    for arguments in [
        &["check", "--scenario", path][..],
        &["practice", "--scenario", path],
        &["practice", "--scenario", path, "--serve", "127.0.0.1:0"],
    ] {
        let (code, stdout, stderr) = run(arguments);
        assert_eq!((code, stdout.as_str()), (2, ""), "{arguments:?}");
        let wanted = format!("error: {path}, line 2: \"12\" is no account id; expected twelve digits");
        assert!(stderr.starts_with(&wanted), "{stderr}");
    }
    let (code, _, stderr) = run(&["check", "--scenario", "/nowhere/at/all.toml"]);
    assert!(code == 2 && stderr.starts_with("error: /nowhere/at/all.toml: can't be read"), "{stderr}");
}

#[test]
fn wrong_usage_names_what_was_expected() {
    for (arguments, wanted) in [
        (&["practice", "--serve", "0.0.0.0:0"][..], "0.0.0.0 is not a loopback address"),
        (&["practice", "--serve", "192.0.2.1:80"], "192.0.2.1 is not a loopback address"),
        (&["practice", "--serve", "[::]:0"], ":: is not a loopback address"),
        (&["practice", "--serve", "example.com:80"], "expected an address and a port"),
        (&["practice", "--ready-file", "x"], "--serve"),
        (&["practice", "fresh", "--scenario", "x.toml"], "cannot be used with"),
        (&["check", "--practice", "fresh", "--scenario", "x.toml"], "cannot be used with"),
        (&["practice", "--fault", "iam:CreateUser"], "expected CALL=KIND"),
        (&["practice", "--fault", "iam:CreateUser=throttle:0"], "expected CALL=KIND"),
        (
            &["practice", "--fault", "iam:CreateUser=gremlins"],
            "\"gremlins\" is no kind of fault; expected one of throttle",
        ),
        (&["practice", "--fault", "CreateUser=throttle"], "\"CreateUser\" is no call; expected one such as"),
        (&["practice", "--fault", "iam:*=latency-1y"], "\"1y\" is no latency; expected one such as \"latency-300ms\""),
        (&["practice", "--fault", "iam:*=throttle,server:2"], "more than one kind needs a chance"),
        (&["practice", "--fault", "iam:*=throttle:101%@1"], "101% is not valid; expected 0.1% to 100%"),
        (&["practice", "--fault", "iam:*=throttle:0%@1"], "0% is not valid"),
        (&["practice", "--fault", "iam:*=throttle:2.55%"], "2.55% is not valid"),
        (&["practice", "--fault", "iam:*=throttle:5%@x"], "\"x\" is not a seed"),
        (&["practice", "--fault", "iam:*=throttle:5%7"], "expected CALL=KIND"),
    ] {
        let (code, _, stderr) = run(arguments);
        assert_eq!(code, 2, "{arguments:?}: {stderr}");
        assert!(stderr.contains(wanted), "{stderr}");
    }
    let taken = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
    let address = taken.local_addr().unwrap().to_string();
    let (code, _, stderr) = run(&["practice", "--serve", &address]);
    assert!(code == 1 && stderr.starts_with(&format!("error: can't listen on {address}")), "{stderr}");
}

#[tokio::test]
async fn the_log_has_a_line_for_every_request_and_no_secret() {
    let served = Served::start(&[]);
    let (iam, address) = (served.iam("root"), served.address());
    iam.create_user().user_name("ada").send().await.unwrap();
    let password = "Correct-Horse-7-Battery";
    iam.create_login_profile().user_name("ada").password(password).send().await.unwrap();
    let key = iam.create_access_key().user_name("ada").send().await.unwrap().access_key.unwrap();
    let device = iam.create_virtual_mfa_device().virtual_mfa_device_name("ada").send().await.unwrap();
    let seed = device.virtual_mfa_device.unwrap().base32_string_seed.unwrap();
    let refused = iam.get_user().user_name("nobody").send().await.unwrap_err();
    assert_eq!(refused.code(), Some("NoSuchEntity"));
    raw(address, b"GET /?Action=ListUsers HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n");
    let log = served.log();
    let outcomes: Vec<&str> = log.lines().map(|line| line.split_once(' ').unwrap().1).collect();
    let root = "arn:aws:iam::123456789012:root";
    assert_eq!(
        outcomes,
        [
            &format!("{root} iam:CreateUser 200"),
            &format!("{root} iam:CreateLoginProfile 200"),
            &format!("{root} iam:CreateAccessKey 200"),
            &format!("{root} iam:CreateVirtualMFADevice 200"),
            &format!("{root} iam:GetUser 404 NoSuchEntity"),
            "- ListUsers 403 MissingAuthenticationToken",
        ]
    );
    let secret = served.word("root", "secret_access_key").unwrap();
    for hidden in [password, &secret, key.secret_access_key(), std::str::from_utf8(seed.as_ref()).unwrap()] {
        assert!(!log.contains(hidden), "{log}");
    }
}

#[tokio::test]
async fn several_clients_at_once_keep_the_account_consistent() {
    let served = Served::start(&[]);
    let mut clients = tokio::task::JoinSet::new();
    for client in 0..8 {
        let iam = served.iam("root");
        clients.spawn(async move {
            let mut shared = 0;
            for round in 0..5 {
                iam.create_user().user_name(format!("u-{client}-{round}")).send().await.unwrap();
                shared += usize::from(iam.create_group().group_name(format!("g-{round}")).send().await.is_ok());
            }
            shared
        });
    }
    let made: usize = clients.join_all().await.into_iter().sum();
    assert_eq!(made, 5, "each group was made by exactly one of them");
    let users = served.iam("root").list_users().send().await.unwrap();
    assert_eq!(users.users().iter().filter(|user| user.user_name().starts_with("u-")).count(), 40);
}

#[tokio::test]
async fn malformed_requests_do_not_disturb_the_server() {
    let served = Served::start(&[]);
    let address = served.address();
    // Unfinished requests: no head, half a head, half a body.
    let mut unfinished = Vec::new();
    for beginning in
        ["", "POST / HTTP/1.1\r\nHost: x\r\n", "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 99\r\n\r\nAct"]
    {
        let mut stream = TcpStream::connect(address).unwrap();
        stream.write_all(beginning.as_bytes()).unwrap();
        unfinished.push(stream);
    }
    let answer = tokio::task::spawn_blocking(move || {
        let head = |length: usize| format!("POST / HTTP/1.1\r\nHost: x\r\nContent-Length: {length}\r\n\r\n");
        let huge = [head(3 << 20).into_bytes(), vec![b'x'; 3 << 20]].concat();
        let many = format!("GET / HTTP/1.1\r\n{}\r\n", "X-Filler: aaaaaaaaaaaaaaaa\r\n".repeat(20_000));
        [
            raw(address, &huge),
            raw(address, b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03"),
            raw(address, b"GET nonsense\r\n\r\n"),
            raw(address, many.as_bytes()),
            raw(address, b"POST / HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nConnection: close\r\n\r\nzzz\r\n"),
            raw(address, b"GET /%ff%00/.. HTTP/1.1\r\nHost: x\r\nAuthorization: AWS4-HMAC-SHA256 Credential=/\xff,\r\nConnection: close\r\n\r\n"),
        ]
    })
    .await
    .unwrap();
    // A client that is still writing may be reset before it reads the reason. It must not get an answer.
    assert!(answer[0].is_empty() || answer[0].starts_with("HTTP/1.1 413"), "{}", answer[0]);
    for (request, answer) in answer.iter().enumerate().skip(1) {
        assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 4"), "{request}: {answer}");
    }
    served.iam("root").create_user().user_name("still-here").send().await.unwrap();
    assert!(served.log().contains("413 request body too large"), "{}", served.log());
    assert_eq!(served.check("root").0, 1);
}

#[tokio::test]
async fn faults_happen_over_the_socket_too() {
    let served = Served::start(&[
        "--fault",
        "iam:CreateUser=reset-before",
        "--fault",
        "iam:CreateGroup=reset-after",
        "--fault",
        "iam:ListUsers=silence",
        "--fault",
        "iam:ListGroups=throttle:2",
    ]);
    let iam = served.iam("root");
    let cut = iam.create_user().user_name("a").send().await.unwrap_err();
    assert!(cut.as_service_error().is_none(), "{cut:?}");
    iam.create_user().user_name("a").send().await.expect("nothing had happened, and the fault is used up");
    iam.create_group().group_name("g").send().await.unwrap_err();
    let again = iam.create_group().group_name("g").send().await.unwrap_err();
    assert_eq!(again.code(), Some("EntityAlreadyExists"), "it had taken effect");
    let silent = iam.list_users().send().await.unwrap_err();
    assert!(matches!(
        silent,
        aws_sdk_iam::error::SdkError::TimeoutError(_) | aws_sdk_iam::error::SdkError::DispatchFailure(_)
    ));
    for _ in 0..2 {
        assert_eq!(iam.list_groups().send().await.unwrap_err().code(), Some("Throttling"));
    }
    assert_eq!(iam.list_groups().send().await.unwrap().groups().len(), 1);
    let log = served.log();
    for outcome in
        ["iam:CreateUser reset", "iam:CreateGroup reset", "iam:ListUsers silence", "iam:ListGroups 400 Throttling"]
    {
        assert!(log.contains(outcome), "{log}");
    }
}

#[tokio::test]
async fn a_line_on_standard_input_moves_the_clock() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("mine.toml");
    let text = "title = \"t\"\naccount = \"210987654321\"\n[[groups]]\nname = \"Administrators\"\npolicies = [\"AdministratorAccess\"]\n[[users]]\nname = \"dora\"\ngroups = [\"Administrators\"]\n[[users.keys]]\nage = \"1d\"\n";
    std::fs::write(&path, text).unwrap();
    let mut served = Served::start_with(&["--scenario", path.to_str().unwrap()], Stdio::piped());
    assert!(served.tell("clock").ends_with(", 0 s ahead"));
    // Requests are still signed by the machine's clock. A sign-in of twelve hours ends.
    let (key, session) = (served.iam("dora"), served.iam("root"));
    session.list_users().send().await.unwrap();
    key.generate_credential_report().send().await.unwrap();
    assert_eq!(served.tell("advance 4x").split(';').next().unwrap(), "error: \"4x\" is no length of time");
    assert!(served.tell("advance 3h").ends_with(", 10800 s ahead"));
    let state = async || key.generate_credential_report().send().await.unwrap().state.unwrap().as_str().to_owned();
    assert_eq!(state().await, "COMPLETE", "a report is good for four hours");
    assert!(served.tell("advance 2h").ends_with(", 18000 s ahead"));
    assert_eq!(state().await, "STARTED", "and then another is made");
    session.list_users().send().await.unwrap();
    assert!(served.tell("advance 1d").ends_with(", 104400 s ahead"));
    assert_eq!(session.list_users().send().await.unwrap_err().code(), Some("ExpiredToken"));
    let id = served.word("dora", "access_key_id").unwrap();
    let used = key.get_access_key_last_used().access_key_id(id).send().await.unwrap().access_key_last_used.unwrap();
    let ahead = used.last_used_date.unwrap().secs() - time::OffsetDateTime::now_utc().unix_timestamp();
    assert!((104_000..104_401).contains(&ahead), "{ahead}");
}

/// AWS documents that it does not allow this. A scenario can.
#[tokio::test]
async fn the_check_passes_after_the_api_assigns_roots_mfa_in_a_scenario() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("mine.toml");
    let text = "title = \"t\"\naccount = \"210987654321\"\nroot_mfa_by_api = true\n";
    std::fs::write(&path, text).unwrap();
    let served = Served::start(&["--scenario", path.to_str().unwrap()]);
    let verdict = || {
        let (_, report) = served.check("root");
        let checks = report["checks"].as_array().unwrap();
        let check = checks.iter().find(|check| check["id"] == "root-mfa").unwrap();
        check["verdict"].as_str().unwrap().to_owned()
    };
    assert_eq!(verdict(), "fail");
    let iam = served.iam("root");
    let device =
        iam.create_virtual_mfa_device().virtual_mfa_device_name("root-account-mfa-device").send().await.unwrap();
    let device = device.virtual_mfa_device.unwrap();
    let seed = std::str::from_utf8(device.base32_string_seed.as_ref().unwrap().as_ref()).unwrap();
    let generator = lockroot::totp::Generator::new(&lockroot::secret::Secret::new(seed)).unwrap();
    let unix = time::OffsetDateTime::now_utc().unix_timestamp().unsigned_abs();
    let enable = iam.enable_mfa_device().user_name("root").serial_number(&device.serial_number);
    let enable = enable.authentication_code1(generator.code(unix - 30)).authentication_code2(generator.code(unix));
    enable.send().await.unwrap();
    assert_eq!(verdict(), "pass");
}

/// A page in a browser can send requests to the socket, but no request is a command.
#[tokio::test]
async fn no_request_over_the_socket_moves_the_clock() {
    let mut served = Served::start_with(&[], Stdio::piped());
    let address = served.address();
    let sent = tokio::task::spawn_blocking(move || {
        for beginning in ["POST / HTTP/1.1", "GET /advance?4h HTTP/1.1", "POST /advance HTTP/1.1"] {
            let body = "advance 4h\nadvance 4h\n";
            let length = body.len();
            raw(
                address,
                format!("{beginning}\r\nHost: x\r\nConnection: close\r\nContent-Length: {length}\r\n\r\n{body}")
                    .as_bytes(),
            );
        }
    });
    sent.await.unwrap();
    assert!(served.tell("clock").ends_with(", 0 s ahead"));
}

/// The numbers of the calls that fail, out of forty.
async fn failures(fault: &str) -> Vec<usize> {
    let served = Served::start(&["--fault", fault]);
    let iam = served.iam("root");
    let mut failed = Vec::new();
    for number in 0..40 {
        match iam.list_users().send().await {
            Ok(_) => {}
            Err(error) => {
                assert_eq!(error.code(), Some("Throttling"), "{error:?}");
                failed.push(number);
            }
        }
    }
    failed
}

#[tokio::test]
async fn the_same_seed_gives_the_same_random_faults() {
    let first = failures("iam:List*=throttle:30%@7").await;
    assert!((4..25).contains(&first.len()), "{first:?}");
    assert_eq!(first, failures("iam:List*=throttle:30%@7").await);
    assert_ne!(first, failures("iam:List*=throttle:30%@8").await);
    assert_eq!(failures("iam:Get*=throttle:100%@7").await, Vec::<usize>::new(), "other calls are left alone");
    assert_eq!(failures("iam:List*=throttle:100%").await.len(), 40);
}

#[tokio::test]
async fn a_late_answer_does_not_delay_others() {
    let served = Served::start(&["--fault", "iam:CreateUser=latency-600s"]);
    let (slow, quick) = (served.iam("root"), served.iam("root"));
    let late = tokio::spawn(async move { slow.create_user().user_name("late").send().await });
    // Another client sees the change while its answer is still late.
    while quick.get_user().user_name("late").send().await.is_err() {}
    assert!(!late.is_finished());
    let error = late.await.unwrap().unwrap_err();
    assert!(error.as_service_error().is_none(), "the client gave up first: {error:?}");
    assert!(served.log().contains("iam:CreateUser 200 late"), "{}", served.log());
}

#[tokio::test]
async fn a_late_answer_arrives() {
    let late = || EndpointReply::Late(Duration::from_millis(5), http::Response::new(b"late".to_vec()));
    let (address, log) = listen(Canned(late), Limits::default()).await;
    let request = b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
    let answer = tokio::task::spawn_blocking(move || raw(address, request)).await.unwrap();
    assert!(answer.ends_with("late"), "{answer}");
    assert_eq!(*log.0.lock().unwrap(), ["- - 200 late"]);
}

#[tokio::test]
async fn a_reset_closes_the_connection_with_a_reset() {
    let (address, _) = listen(Canned(|| EndpointReply::Reset), Limits::default()).await;
    let read = tokio::task::spawn_blocking(move || {
        let mut stream = TcpStream::connect(address).unwrap();
        stream.write_all(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n").unwrap();
        stream.read(&mut [0; 16])
    });
    assert_eq!(read.await.unwrap().unwrap_err().kind(), std::io::ErrorKind::ConnectionReset);
}

#[tokio::test]
async fn a_truncated_answer_ends_in_the_middle() {
    let cut = || {
        EndpointReply::Answer(http::Response::builder().header("content-length", "8").body(b"half".to_vec()).unwrap())
    };
    let (address, _) = listen(Canned(cut), Limits::default()).await;
    let heard = tokio::task::spawn_blocking(move || raw(address, b"GET / HTTP/1.1\r\nHost: x\r\n\r\n"));
    let answer = heard.await.unwrap();
    assert!(answer.contains("content-length: 8") && answer.ends_with("half"), "{answer}");
}

#[tokio::test]
async fn a_slow_client_is_disconnected() {
    let limits = Limits { patience: Duration::from_millis(100), connections: 1, ..Limits::default() };
    let (address, log) = listen(Canned(|| EndpointReply::Answer(http::Response::new(b"ok".to_vec()))), limits).await;
    let last = tokio::task::spawn_blocking(move || {
        for beginning in ["", "GET / HT", "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\nA"] {
            let answer = raw(address, beginning.as_bytes());
            assert!(!answer.ends_with("ok"), "{answer}");
        }
        raw(address, b"GET / HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n")
    });
    let answer = last.await.unwrap();
    assert!(answer.starts_with("HTTP/1.1 200 OK") && answer.ends_with("ok"), "{answer}");
    assert!(log.0.lock().unwrap().iter().any(|line| line == "- - 408 request body too slow"));
}

#[tokio::test]
async fn silence_lasts_until_the_client_leaves() {
    let limits = Limits { connections: 1, ..Limits::default() };
    let (address, log) = listen(Canned(|| EndpointReply::Silence), limits).await;
    let heard = tokio::task::spawn_blocking(move || {
        for _ in 0..3 {
            let mut stream = TcpStream::connect(address).unwrap();
            stream.write_all(b"GET / HTTP/1.1\r\nHost: x\r\n\r\n").unwrap();
            stream.set_read_timeout(Some(Duration::from_millis(200))).unwrap();
            assert_eq!(stream.read(&mut [0; 16]).unwrap_err().kind(), std::io::ErrorKind::WouldBlock);
        }
    });
    heard.await.unwrap();
    assert_eq!(*log.0.lock().unwrap(), ["- - silence"; 3], "each got the only place when the one before had left");
}

#[tokio::test]
async fn the_server_binds_to_loopback_only() {
    let error = Server::bind("0.0.0.0:0".parse().unwrap(), Limits::default()).await.unwrap_err();
    assert_eq!(error.kind(), std::io::ErrorKind::InvalidInput);
}

/// An endpoint that always gives the same answer.
struct Canned(fn() -> EndpointReply);

impl Endpoint for Canned {
    fn answer(&self, _: http::Request<Vec<u8>>) -> Replying<'_> {
        Box::pin(std::future::ready((self.0)()))
    }
}

/// The log's lines.
#[derive(Default)]
struct Lines(Mutex<Vec<String>>);

impl Log for Lines {
    fn principal(&self, access_key_id: &str) -> String {
        access_key_id.to_owned()
    }

    fn write(&self, entry: &LogEntry) {
        self.0.lock().unwrap().push(entry.to_string());
    }
}

async fn listen(endpoint: Canned, limits: Limits) -> (SocketAddr, Arc<Lines>) {
    let server = Server::bind("127.0.0.1:0".parse().unwrap(), limits).await.unwrap();
    let (address, log) = (server.address(), Arc::new(Lines::default()));
    tokio::spawn(server.run(Arc::new(endpoint), log.clone()));
    (address, log)
}

/// The client announces 2 GiB and sends nothing. Waiting for the body would end at the time limit.
#[test]
fn a_body_announced_as_too_large_is_refused_before_it_arrives() {
    let served = Served::start(&["fresh"]);
    let address: SocketAddr = served.endpoint().trim_start_matches("http://").parse().unwrap();
    let mut stream = TcpStream::connect(address).unwrap();
    stream.set_read_timeout(Some(Duration::from_secs(10))).unwrap();
    stream.write_all(b"POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 2147483648\r\n\r\n").unwrap();
    let mut status = [0; 12];
    stream.read_exact(&mut status).expect("an answer before time is up");
    assert_eq!(&status, b"HTTP/1.1 413");
}

#[test]
fn a_wrong_secret_and_an_expired_session_print_a_help_line() {
    let served = Served::start(&["--fault", "sts:GetCallerIdentity=expired-token:99"]);
    let check = |secret: &str| {
        let name = "root";
        let key = served.word(name, "access_key_id").unwrap();
        let mut check = lockroot(&["check", "--only", "root-mfa", "--region", "us-east-1"]);
        check.args(["--endpoint-url", served.endpoint()]).env("AWS_ACCESS_KEY_ID", key);
        check.env("AWS_SECRET_ACCESS_KEY", secret);
        if let Some(token) = served.word(name, "session_token") {
            check.env("AWS_SESSION_TOKEN", token);
        }
        let output = check.output().unwrap();
        (output.status.code(), String::from_utf8(output.stderr).unwrap())
    };
    let (code, said) = check("a-secret-of-another-key");
    assert!(code == Some(3) && said.contains("help: Check the secret access key"), "{said}");
    let secret = served.word("root", "secret_access_key").unwrap();
    let (code, said) = check(&secret);
    assert!(code == Some(3) && said.contains("help: The session has expired. Sign in again"), "{said}");
}
