//! Valid and invalid AWS files. AWS's own clients are the reference: `tests/third-party` compares.

use super::endpoint::Endpoint;
use super::{Home, KEY};

const SIGNER: &str = "AKIAIOSFODNN7EXAMPLE";

#[test]
fn profiles_are_found_by_every_name_that_the_aws_cli_takes() {
    let endpoint = Endpoint::start();
    for name in ["Foo Bar", "Someone's MacBook Pro", "Bücher, & Söhne #1", "a=b;c", "root", "x:y"] {
        let quoted = format!("[profile '{}']\nregion = eu-west-1\n", name.replace('\'', "'\"'\"'"));
        let home = Home::new(quoted, format!("[{name}]\n{KEY}"));
        let checked = home.check_at(&endpoint, &["--profile", name], &[]);
        assert!(checked.is_signed_by(SIGNER), "{name}: {}", checked.stderr);
        let asked = endpoint.calls("GetCallerIdentity").pop().unwrap();
        assert_eq!(asked.region(), Some("eu-west-1"), "{name}: the other file's part of it counts too");
    }
}

#[test]
fn invalid_lines_hide_no_other_profile_and_no_environment() {
    let endpoint = Endpoint::start();
    for foreign in [
        "[profile x]\n username = \"a\"\n[profile y] /* note */\nregion = eu-west-1\n",
        "\u{feff}[profile x]\nnonsense\n[profile y]\nregion = eu-west-1\n",
        "<<<<<<< HEAD\n[profile x\na = 1\n[]\n[profile y]\r\n  region = eu-west-1\r\n  output = json\r\n",
        "[plugins]\nx\n[profile a b]\nregion = z\n[profile y] # mine\nregion: eu-west-1 # Dublin\ns3 =\n  nonsense\n",
    ] {
        let home = Home::new(foreign, format!("[y]\n{KEY}"));
        let checked = home.check_at(&endpoint, &["--profile", "y"], &[]);
        assert!(checked.is_signed_by(SIGNER), "{foreign}: {}", checked.stderr);
        assert_eq!(endpoint.calls("GetCallerIdentity").pop().unwrap().region(), Some("eu-west-1"), "{foreign}");
        let checked =
            home.check_at(&endpoint, &[], &[("AWS_ACCESS_KEY_ID", "AKIAENV"), ("AWS_SECRET_ACCESS_KEY", "s")]);
        assert!(checked.is_signed_by("AKIAENV"), "{foreign}: {}", checked.stderr);
    }
}

#[test]
fn an_unreadable_line_in_the_profile_itself_is_an_error_with_its_line() {
    let endpoint = Endpoint::start();
    let home = Home::new("[profile y]\nregion eu-west-1\n", format!("[y]\n{KEY}"));
    let checked = home.check_at(&endpoint, &["--profile", "y"], &[]);
    assert_eq!((checked.code, checked.caller), (3, None));
    assert!(checked.stderr.contains(".aws/config:2: expected NAME = VALUE"), "{}", checked.stderr);
    assert_eq!(endpoint.asked().len(), 0, "what it sets may be another account");
}

#[test]
fn a_file_that_cannot_be_read_is_named_and_never_taken_for_absent() {
    let endpoint = Endpoint::start();
    let latin_1 = [b"# B\xfcro\n[default]\n".as_slice(), KEY.as_bytes()].concat();
    let utf_16: Vec<u8> =
        std::iter::once(0xfeff).chain(format!("[default]\n{KEY}").encode_utf16()).flat_map(u16::to_le_bytes).collect();
    let environment = [("AWS_ACCESS_KEY_ID", "AKIAENV"), ("AWS_SECRET_ACCESS_KEY", "s")];
    for (bytes, why) in [(latin_1, "line 1 is not UTF-8"), (utf_16, "UTF-16")] {
        for (config, credentials) in
            [(b"".as_slice(), bytes.as_slice()), (&bytes, format!("[default]\n{KEY}").as_bytes())]
        {
            let home = Home::new(config, credentials);
            let checked = home.check_at(&endpoint, &[], &[]);
            let said = &checked.stderr;
            assert_eq!((checked.code, &checked.caller), (3, &None), "{said}");
            assert!(said.contains(".aws/c") && said.contains("can't be read") && said.contains(why), "{said}");
            assert!(!said.contains("no credentials"), "{said}");
            assert!(home.check_at(&endpoint, &[], &environment).is_signed_by("AKIAENV"), "keys need no file");
        }
    }
    let home = Home::new("", "");
    std::fs::remove_file(home.path().join(".aws/config")).unwrap();
    std::fs::create_dir(home.path().join(".aws/config")).unwrap();
    let checked = home.check_at(&endpoint, &[], &[]);
    assert!(checked.stderr.contains(".aws/config can't be read: it is a folder"), "{}", checked.stderr);
    // The test may run as a user who can read every file. Nobody can read a link to itself.
    #[cfg(unix)]
    {
        let home = Home::new("", "");
        std::fs::remove_file(home.path().join(".aws/config")).unwrap();
        std::os::unix::fs::symlink("config", home.path().join(".aws/config")).unwrap();
        let checked = home.check_at(&endpoint, &[], &[]);
        assert!(checked.stderr.contains(".aws/config can't be read: "), "{}", checked.stderr);
    }
}

#[test]
fn if_no_source_is_found_unreadable_files_are_named() {
    let home = Home::new("[default\nregion = eu-west-1\n", "[Foo Bar\n");
    for arguments in [&[][..], &["--profile", "Foo Bar"]] {
        let checked = home.check(arguments, &[("AWS_CONFIG_FILE", "~/.aws/config")]);
        assert!(checked.stderr.contains(".aws/config:1: expected ]"), "{}", checked.stderr);
        assert!(checked.stderr.contains(".aws/credentials:1: expected ]"), "{}", checked.stderr);
    }
    let checked = home.check(&[], &[("AWS_CONFIG_FILE", "/not/there"), ("AWS_SHARED_CREDENTIALS_FILE", "/dev/null")]);
    assert!(checked.stderr.contains("AWS_CONFIG_FILE names /not/there, which is not there"), "{}", checked.stderr);
}

#[test]
fn an_empty_value_counts_as_not_set() {
    let endpoint = Endpoint::start();
    let home = Home::new("[default]\nregion =\nca_bundle =\n", format!("[default]\n{KEY}aws_session_token =\n"));
    let checked = home.check_at(&endpoint, &[], &[("AWS_PROFILE", ""), ("AWS_REGION", ""), ("AWS_CA_BUNDLE", "")]);
    assert!(checked.is_signed_by(SIGNER), "{}", checked.stderr);
    let asked = endpoint.calls("GetCallerIdentity").pop().unwrap();
    assert_eq!(asked.region(), Some("us-east-1"));
    assert!(!asked.headers.to_ascii_lowercase().contains("x-amz-security-token"), "{}", asked.headers);
}

#[test]
fn a_tilde_in_the_certificate_bundle_is_the_home_folder_and_the_setting_is_named() {
    let home = Home::new("[default]\nca_bundle = ~/ca.pem\n", format!("[default]\n{KEY}"));
    let path = home.path().join("ca.pem").display().to_string();
    let checked = home.check(&[], &[]);
    assert_eq!(checked.code, 3);
    assert!(checked.stderr.contains(".aws/config:2: ca_bundle"), "{}", checked.stderr);
    assert!(checked.stderr.contains(&path), "{}", checked.stderr);
    let checked = home.check(&[], &[("AWS_CA_BUNDLE", "~/other.pem")]);
    assert!(
        checked.stderr.contains(&format!("AWS_CA_BUNDLE {}", home.path().join("other.pem").display())),
        "{}",
        checked.stderr
    );
}

#[test]
fn an_invalid_region_is_named_with_its_place() {
    let home = Home::new("[default]\nregion = Frankfurt am Main\n", format!("[default]\n{KEY}"));
    let checked = home.check(&[], &[]);
    assert!(checked.stderr.contains(".aws/config:2: \"Frankfurt am Main\" is not a Region"), "{}", checked.stderr);
}
