//! A role that requires MFA: lockroot asks for the code on a terminal, before the screen is drawn.

use std::net::TcpListener;
use std::time::{Duration, Instant};

use super::Terminal;

const CONFIG: &str = "\
[profile base]
aws_access_key_id = AKIAIOSFODNN7EXAMPLE
aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY
[profile mfa]
role_arn = arn:aws:iam::123456789012:role/Audit
source_profile = base
mfa_serial = arn:aws:iam::123456789012:mfa/ada
";

fn start(home: &std::path::Path, arguments: &[&str]) -> Terminal {
    std::fs::create_dir_all(home.join(".aws")).unwrap();
    std::fs::write(home.join(".aws/config"), CONFIG).unwrap();
    // Nothing listens there. Other tests prove the use of the code.
    let arguments = [arguments, &["--profile", "mfa", "--endpoint-url", "http://127.0.0.1:9"]].concat();
    Terminal::start(&arguments, &[("HOME", home.to_str().unwrap())], 120, 24)
}

#[test]
fn the_program_asks_for_a_code_until_it_has_six_digits() {
    let home = tempfile::tempdir().unwrap();
    let mut terminal = start(home.path(), &["check"]);
    terminal.until_shown("MFA code of arn:aws:iam::123456789012:mfa/ada: ");
    terminal.send("12345\r");
    terminal.until_shown("expected the six digits that the device shows: ");
    terminal.send("123 456\r");
    terminal.until_shown("Connection refused");
    let (code, output) = terminal.end();
    assert_eq!(code, 3);
    assert!(!output.contains("--mfa-code"), "{output}");
}

#[test]
fn without_a_code_the_wizard_starts_and_names_the_option() {
    let home = tempfile::tempdir().unwrap();
    let mut terminal = start(home.path(), &["check"]);
    terminal.until_shown("MFA code of ");
    terminal.send("\r");
    terminal.until_shown("--mfa-code 123456");
    assert_eq!(terminal.end().0, 3);
    let mut terminal = start(home.path(), &[]);
    terminal.until_shown("MFA code of ");
    terminal.send("\r");
    terminal.until_shown("Ways to sign in");
    terminal.until_shown("Quit (q) and start lockroot with that profile");
    terminal.send("q");
    assert_eq!(terminal.end().0, 0);
}

#[test]
fn the_deadline_of_a_check_starts_after_the_code_is_typed() {
    const LIMIT: Duration = Duration::from_secs(2);
    // Accepts connections and never answers.
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}", silent.local_addr().unwrap());
    let home = tempfile::tempdir().unwrap();
    std::fs::create_dir_all(home.path().join(".aws")).unwrap();
    std::fs::write(home.path().join(".aws/config"), CONFIG).unwrap();
    let arguments = ["check", "--timeout", "2", "--profile", "mfa", "--endpoint-url", &address];
    let mut terminal = Terminal::start(&arguments, &[("HOME", home.path().to_str().unwrap())], 120, 24);
    terminal.until_shown("MFA code of ");
    let asked = Instant::now();
    terminal.until("the person to have looked for the device", |_| asked.elapsed() > LIMIT);
    terminal.send("123456\r");
    let typed = Instant::now();
    terminal.until_shown("no answer within 2 s (--timeout)");
    assert!(typed.elapsed() > LIMIT.mul_f32(0.9), "{:?} were left for AWS", typed.elapsed());
    assert_eq!(terminal.end().0, 3);
}
