//! `lockroot doctor` on typical machines.

use std::io::{Read, Write};
use std::net::TcpListener;
use std::process::Command;

struct Seen {
    code: i32,
    text: String,
}

impl Seen {
    /// The text of a row, with its state.
    fn row(&self, name: &str) -> &str {
        let is_row = |line: &&str| line.get(9..).is_some_and(|rest| rest.starts_with(name));
        self.text.lines().find(is_row).unwrap_or_else(|| panic!("no row {name}: {}", self.text))
    }
}

/// Runs `lockroot doctor` in a home with these AWS files.
fn doctor(config: &[u8], arguments: &[&str], variables: &[(&str, &str)]) -> Seen {
    let home = tempfile::tempdir().unwrap();
    std::fs::create_dir(home.path().join(".aws")).unwrap();
    std::fs::write(home.path().join(".aws/config"), config).unwrap();
    let before = entries(home.path());
    let mut command = Command::new(env!("CARGO_BIN_EXE_lockroot"));
    command.arg("doctor").args(arguments).env_clear().env("HOME", home.path()).envs(variables.iter().copied());
    let output = command.output().unwrap();
    assert_eq!(entries(home.path()), before, "it only looks");
    let text = String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap();
    Seen { code: output.status.code().unwrap(), text }
}

fn entries(folder: &std::path::Path) -> usize {
    std::fs::read_dir(folder).unwrap().count()
}

const KEY: &[u8] =
    b"[default]\naws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = wJalrXUtnFEMIK7MDENGbPxRfiCYEXAMPLEKEY\n";

#[test]
fn sources_are_described_without_their_secrets() {
    let bundle = tempfile::NamedTempFile::new().unwrap();
    let variables = [
        ("HTTPS_PROXY", "http://ada:s3cret@127.0.0.1:9"),
        ("AWS_ACCESS_KEY_ID", "ASIAQNZGKIQY56JQ7WML"),
        ("AWS_SECRET_ACCESS_KEY", "t0psecret"),
    ];
    let seen = doctor(KEY, &["--offline"], &variables);
    assert!(seen.text.starts_with(&format!("lockroot {} (", env!("CARGO_PKG_VERSION"))), "{}", seen.text);
    assert!(seen.row("AWS files").ends_with("profiles that can be read: 1"), "{}", seen.text);
    assert!(seen.row("proxy").ends_with("HTTPS_PROXY=http://…@127.0.0.1:9"), "{}", seen.text);
    assert!(seen.row("clock").ends_with("not compared with AWS's: --offline"), "{}", seen.text);
    for secret in ["s3cret", "t0psecret", "wJalr", "ASIAQNZGKIQY56JQ7WML", "AKIAIOSFODNN7EXAMPLE"] {
        assert!(!seen.text.contains(secret), "{secret}: {}", seen.text);
    }
    let path = bundle.path().to_str().unwrap();
    let seen = doctor(KEY, &["--offline"], &[("AWS_CA_BUNDLE", path)]);
    let row = seen.row("certificates");
    assert!(seen.code == 1 && row.contains(path) && row.contains("no PEM certificate"), "{row}");
}

#[test]
fn files_that_cannot_be_read_are_named_with_the_reason() {
    let seen = doctor(b"[default]\nregion = eu-west-1 # caf\xe9\n", &["--offline"], &[]);
    let row = seen.row("AWS files");
    assert!(seen.code == 1 && row.starts_with("problem"), "{row}");
    assert!(row.contains(".aws/config can't be read: line 2 is not UTF-8 text"), "{row}");
    let seen = doctor(b"[profile x\n", &["--offline"], &[]);
    assert!(seen.row("AWS files").contains(".aws/config:1: expected ]"), "{}", seen.text);
    let seen = doctor(KEY, &["--offline", "--profile", "nobody"], &[]);
    assert!(seen.code == 1 && seen.row("AWS files").contains("no profile is called nobody"), "{}", seen.text);
}

/// Answers one request with `answer`. Returns the address and a function that returns the request.
fn answering(answer: &'static str) -> (String, std::thread::JoinHandle<String>) {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", listener.local_addr().unwrap());
    let served = std::thread::spawn(move || {
        let (mut stream, _) = listener.accept().unwrap();
        let mut request = Vec::new();
        let mut byte = [0];
        while !request.ends_with(b"\r\n\r\n") && stream.read(&mut byte).unwrap() == 1 {
            request.push(byte[0]);
        }
        stream.write_all(answer.as_bytes()).unwrap();
        String::from_utf8(request).unwrap()
    });
    (address, served)
}

#[test]
fn the_clock_is_compared_with_the_answer_to_one_unsigned_request() {
    let (address, served) = answering(
        "HTTP/1.1 403 Forbidden\r\nx-amzn-requestid: r\r\ndate: Sat, 01 Jan 2000 00:00:00 GMT\r\ncontent-length: 0\r\n\r\n",
    );
    let seen = doctor(KEY, &["--endpoint-url", &address], &[]);
    let request = served.join().unwrap();
    assert!(request.starts_with("GET /?Action=GetCallerIdentity&Version=2011-06-15 "), "{request}");
    assert!(!request.to_ascii_lowercase().contains("authorization") && !request.contains("AKIA"), "{request}");
    let row = seen.row("clock");
    assert!(seen.code == 1 && row.starts_with("problem") && row.contains("s ahead of AWS's"), "{row}");
}

#[test]
fn an_answer_without_a_request_id_is_not_from_aws() {
    let (address, served) = answering("HTTP/1.1 200 OK\r\ncontent-length: 0\r\n\r\n");
    let seen = doctor(KEY, &["--endpoint-url", &address], &[]);
    served.join().unwrap();
    assert!(seen.code == 1 && seen.row("clock").contains("AWS could not be asked"), "{}", seen.text);
}
