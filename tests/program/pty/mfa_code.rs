//! A role that asks for MFA: on a terminal lockroot asks for the code, before anything is drawn.

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
    // Nobody listens there: what comes of the code is for others to show.
    let arguments = [arguments, &["--profile", "mfa", "--endpoint-url", "http://127.0.0.1:9"]].concat();
    Terminal::start(&arguments, &[("HOME", home.to_str().unwrap())], 120, 24)
}

#[test]
fn the_code_is_asked_for_until_it_is_one() {
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
fn who_gives_no_code_is_told_how_and_the_wizard_starts_all_the_same() {
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
    terminal.send("q");
    assert_eq!(terminal.end().0, 0);
}
