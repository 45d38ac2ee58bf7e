use aws_config::profile::ProfileSet;

use super::*;

const KEY: &str =
    "aws_access_key_id = AKIAIOSFODNN7EXAMPLE\naws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY\n";

fn env() -> Env {
    Env::from_slice(&[("HOME", "/home/ada")])
}

async fn load(config: impl Into<Vec<u8>>, credentials: impl Into<Vec<u8>>) -> Shared {
    let files = [("/home/ada/.aws/config", config.into()), ("/home/ada/.aws/credentials", credentials.into())];
    let files = files.into_iter().map(|(path, bytes)| (path.into(), bytes)).collect();
    Shared::load(&env(), &Fs::from_raw_map(files)).await
}

fn names(shared: &Shared) -> Vec<&str> {
    shared.profiles().map(Profile::name).collect()
}

#[tokio::test]
async fn both_files_make_one_profile_and_empty_values_are_not_set() {
    let shared =
        load("[profile x]\nregion = a\noutput =\n[profile y]\n", "[x]\nregion = b\naws_session_token =\n").await;
    assert_eq!(names(&shared), ["x", "y"]);
    let x = shared.profile("x").unwrap();
    assert_eq!((x.get("region"), x.get("output"), x.get("aws_session_token")), (Some("b"), None, None));
    assert_eq!(x.setting("region").unwrap().place, "/home/ada/.aws/credentials:2");
}

#[tokio::test]
async fn profile_default_replaces_default() {
    let shared = load("[default]\nregion = a\noutput = json\n[profile default]\nregion = b\n", "").await;
    let default = shared.profile("default").unwrap();
    assert_eq!((default.get("region"), default.get("output")), (Some("b"), None));
}

#[tokio::test]
async fn a_byte_order_mark_is_ignored() {
    let shared = load("\u{feff}[default]\r\nregion = us-east-1\r\n", "").await;
    assert_eq!(shared.profile("default").unwrap().get("region"), Some("us-east-1"));
}

#[tokio::test]
async fn a_file_that_is_not_utf_8_is_named_with_the_reason() {
    let utf_16: Vec<u8> =
        std::iter::once(0xfeff).chain("[default]".encode_utf16()).flat_map(u16::to_le_bytes).collect();
    for (bytes, why) in [
        (b"[default]\n# B\xfcro\n".to_vec(), "line 2 is not UTF-8"),
        (utf_16.clone(), "UTF-16"),
        (utf_16[2..].to_vec(), "UTF-16"),
    ] {
        let shared = load("[default]\nregion = us-east-1\n", bytes).await;
        let failure = shared.verify().unwrap_err();
        assert!(failure.message.starts_with("/home/ada/.aws/credentials can't be read: "), "{failure}");
        assert!(failure.message.contains(why), "{failure}");
        assert_eq!(names(&shared), ["default"], "the other file counts all the same");
    }
}

#[tokio::test]
async fn a_broken_line_is_an_error_only_for_its_profile() {
    let shared = load("stray\n[profile x]\nnonsense\n[profile y]\nregion = a\n[profile Foo Bar]\n", "").await;
    assert!(shared.profile("y").unwrap().verify().is_ok());
    let failure = shared.profile("x").unwrap().verify().unwrap_err();
    assert_eq!(failure.message, "/home/ada/.aws/config:3: expected NAME = VALUE, without control characters");
    let missing = shared.select(Some("Foo Bar"), &env()).err().unwrap().message;
    assert!(missing.starts_with("no profile is called Foo Bar; there are: x, y; "), "{missing}");
    assert!(missing.contains("config:1: expected a section first"), "{missing}");
    assert!(
        missing.contains("config:6: this profile is passed over: put a name with blanks in quotation"),
        "{missing}"
    );
}

/// The SDK's parser must accept everything it is given: otherwise it would treat all settings as unset.
#[tokio::test]
async fn the_sdk_parses_the_files_it_is_given() {
    let config = "[profile 'Foo Bar, & Söhne#1']\nsso_session = o\nservices = s\nregion = eu-west-1\nendpoint_url = http://x\n\
         s3 =\n  no property\napi =\n  a = b\ncredential_process = a\n  b\n[x\n[services s]\niam =\n  endpoint_url = http://y\n\
         [sso-session o]\nsso_region = eu-west-1\n";
    let shared = load(config, format!("[Foo Bar, & Söhne#1]\n{KEY}")).await;
    let known = shared.for_sdk(shared.profile("Foo Bar, & Söhne#1"));
    let (fs, name) = (Fs::from_slice(&[]), known.name.clone());
    let set: ProfileSet = aws_config::profile::load(&fs, &env(), &known.files, Some(name.into())).await.unwrap();
    assert_eq!(set.get("endpoint_url"), Some("http://x"));
    assert_eq!((set.get("api"), set.get("s3"), set.get("credential_process")), (Some("\na = b"), None, Some("a\nb")));
    assert_eq!((set.get("region"), set.get("aws_secret_access_key")), (None, None), "neither is the SDK's business");
    assert_eq!(set.sso_sessions().collect::<Vec<_>>(), ["o"]);
    assert!(format!("{:?}", set.other_sections()).contains("http://y"), "{:?}", set.other_sections());
}

#[tokio::test]
async fn variables_set_the_paths_and_a_tilde_is_the_home_folder() {
    let env =
        Env::from_slice(&[("HOME", "/home/ada"), ("AWS_CONFIG_FILE", "~/c"), ("AWS_SHARED_CREDENTIALS_FILE", "")]);
    let fs = Fs::from_slice(&[("/home/ada/c", "[profile c]\n"), ("/home/ada/.aws/credentials", "[k]\n")]);
    assert_eq!(names(&Shared::load(&env, &fs).await), ["c", "k"]);
    assert_eq!(at_home("~x/y", &env), std::path::Path::new("~x/y"));
}
