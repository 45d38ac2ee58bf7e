//! `--region` and `--endpoint-url` reach every part of the credential chain; MFA is asked for.

use super::endpoint::Endpoint;
use super::{Home, KEY};

const BASE: &str = "AKIAIOSFODNN7EXAMPLE";

const ROLES: &str = "\
[default]
role_arn = arn:aws:iam::123456789012:role/Default
source_profile = base
[profile role]
role_arn = arn:aws:iam::123456789012:role/Audit
source_profile = base
duration_seconds = 900
external_id = e
role_session_name = ada
[profile second]
role_arn = arn:aws:iam::123456789012:role/Second
source_profile = role
region = eu-west-1
[profile token]
role_arn = arn:aws:iam::123456789012:role/Token
web_identity_token_file = TOKEN
[profile environment]
role_arn = arn:aws:iam::123456789012:role/Environment
credential_source = Environment
[profile sso]
sso_session = org
sso_account_id = 123456789012
sso_role_name = Admin
[sso-session org]
sso_region = eu-central-1
sso_start_url = https://example.awsapps.com/start
[profile sso2]
sso_session = my org
sso_account_id = 123456789012
sso_role_name = Admin
[sso-session 'my org']
sso_region = eu-central-1
sso_start_url = https://example.awsapps.com/start
[profile process]
credential_process = echo '{\"Version\": 1, \"AccessKeyId\": \"AKIAPROCESS\", \"SecretAccessKey\": \"s\"}'
[profile mfa]
role_arn = arn:aws:iam::123456789012:role/Audit
source_profile = base
mfa_serial = arn:aws:iam::123456789012:mfa/ada
[profile loop]
role_arn = arn:aws:iam::123456789012:role/Loop
source_profile = back
[profile back]
role_arn = arn:aws:iam::123456789012:role/Back
source_profile = loop
[profile lost]
role_arn = arn:aws:iam::123456789012:role/Lost
source_profile = nobody
";

/// Files of cached tokens are named by the SHA-1 of the session's name, here "org" and "my org".
const SSO_TOKENS: [&str; 2] = [
    ".aws/sso/cache/d23b5987504c1b3de484bf2e47c76f75abb794d3.json",
    ".aws/sso/cache/0c079f601013c7b3d18e751d64a999a901a2098b.json",
];

fn home() -> Home {
    let home = Home::new("", format!("[base]\n{KEY}"));
    let token = home.path().join("token").display().to_string();
    home.put(".aws/config", ROLES.replace("TOKEN", &token)).put("token", "a.b.c\n");
    for file in SSO_TOKENS {
        home.put(file, "{\"accessToken\": \"sso-token\", \"expiresAt\": \"2099-01-01T00:00:00Z\"}");
    }
    home
}

#[test]
fn region_and_endpoint_apply_to_roles_of_any_profile_source() {
    let home = home();
    for (arguments, variable, role) in
        [(&["--profile", "role"][..], "", "Audit"), (&[], "role", "Audit"), (&[], "", "Default")]
    {
        let endpoint = Endpoint::start();
        let arguments = [arguments, &["--region", "cn-north-1"]].concat();
        let checked = home.check_at(&endpoint, &arguments, &[("AWS_PROFILE", variable)]);
        assert!(checked.is_signed_by(&format!("ASIA{role}")), "{variable}: {}", checked.stderr);
        let [asked] = endpoint.calls("AssumeRole").try_into().unwrap();
        assert_eq!((asked.region(), asked.key()), (Some("cn-north-1"), Some(BASE)));
    }
}

#[test]
fn a_chained_role_uses_the_settings_of_its_profiles() {
    let (home, endpoint) = (home(), Endpoint::start());
    let checked = home.check(&["--profile", "second"], &[("AWS_ENDPOINT_URL_STS", endpoint.url())]);
    assert!(checked.is_signed_by("ASIASecond"), "{}", checked.stderr);
    let [first, second] = endpoint.calls("AssumeRole").try_into().unwrap();
    let of = |name: &str| first.parameter(name);
    assert_eq!(of("DurationSeconds").as_deref(), Some("900"));
    assert_eq!((of("ExternalId").as_deref(), of("RoleSessionName").as_deref()), (Some("e"), Some("ada")));
    assert_eq!((second.key(), second.region()), (Some("ASIAAudit"), Some("eu-west-1")), "the profile's Region");
}

#[test]
fn web_identity_roles_are_assumed_at_the_endpoint() {
    let home = home();
    let token = home.path().join("token").display().to_string();
    let variables =
        [("AWS_WEB_IDENTITY_TOKEN_FILE", token.as_str()), ("AWS_ROLE_ARN", "arn:aws:iam::123456789012:role/Pod")];
    let elsewhere = [&variables[..], &[("AWS_CONFIG_FILE", "/dev/null")]].concat();
    for (arguments, variables, key) in
        [(&["--profile", "token"][..], &[][..], "ASIAToken"), (&[], &elsewhere, "ASIAPod")]
    {
        let endpoint = Endpoint::start();
        let checked = home.check_at(&endpoint, arguments, variables);
        assert!(checked.is_signed_by(key), "{}", checked.stderr);
        let [asked] = endpoint.calls("AssumeRoleWithWebIdentity").try_into().unwrap();
        assert_eq!(asked.parameter("WebIdentityToken").as_deref(), Some("a.b.c"));
        assert_eq!(asked.key(), None, "it is not signed");
    }
}

#[test]
fn sso_credentials_are_read_from_the_endpoint_too() {
    let home = home();
    for profile in ["sso", "sso2"] {
        let endpoint = Endpoint::start();
        let checked = home.check_at(&endpoint, &["--profile", profile], &[]);
        assert!(checked.is_signed_by("ASIASSO"), "{}", checked.stderr);
        let asked = endpoint.asked().into_iter().find(|asked| asked.line.contains("/federation/credentials?")).unwrap();
        assert!(asked.line.contains("role_name=Admin") && asked.headers.contains("sso-token"), "{asked:?}");
    }
}

#[test]
fn the_other_credential_sources_sign_with_their_own_keys() {
    let home = home();
    let keys = [("AWS_ACCESS_KEY_ID", "AKIAENV"), ("AWS_SECRET_ACCESS_KEY", "s"), ("PATH", "/usr/bin:/bin")];
    for (profile, key) in [("base", BASE), ("environment", "ASIAEnvironment"), ("process", "AKIAPROCESS")] {
        let endpoint = Endpoint::start();
        let checked = home.check_at(&endpoint, &["--profile", profile], &keys);
        assert!(checked.is_signed_by(key), "{profile}: {}", checked.stderr);
    }
}

#[test]
fn a_role_that_requires_mfa_gets_the_code_or_says_how_to_give_it() {
    let (home, endpoint) = (home(), Endpoint::start());
    let checked = home.check_at(&endpoint, &["--profile", "mfa"], &[]);
    assert_eq!(checked.code, 3);
    assert!(checked.stderr.contains("arn:aws:iam::123456789012:mfa/ada"), "{}", checked.stderr);
    assert!(checked.stderr.contains("help: ") && checked.stderr.contains("--mfa-code 123456"), "{}", checked.stderr);
    assert_eq!(endpoint.asked().len(), 0, "nothing is asked that can only be denied");
    let checked = home.check_at(&endpoint, &["--profile", "mfa", "--mfa-code", "123456"], &[]);
    assert!(checked.is_signed_by("ASIAAudit"), "{}", checked.stderr);
    let [asked] = endpoint.calls("AssumeRole").try_into().unwrap();
    assert_eq!(asked.parameter("SerialNumber").as_deref(), Some("arn:aws:iam::123456789012:mfa/ada"));
    assert_eq!(asked.parameter("TokenCode").as_deref(), Some("123456"));
    assert_eq!(home.check(&["--mfa-code", "12345"], &[]).code, 2);
}

#[test]
fn a_broken_profile_reference_is_named() {
    let (home, endpoint) = (home(), Endpoint::start());
    for (profile, says) in [
        ("loop", "profile back has source_profile loop, which leads back"),
        ("lost", "profile lost has source_profile nobody: no profile is called nobody"),
        ("absent", "no profile is called absent; there are: "),
    ] {
        let checked = home.check_at(&endpoint, &["--profile", profile], &[]);
        assert_eq!(checked.code, 3);
        assert!(checked.stderr.contains(says), "{profile}: {}", checked.stderr);
    }
    assert_eq!(endpoint.asked().len(), 0);
}
