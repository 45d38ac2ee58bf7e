//! Finds the ways to sign in on this machine: profiles, variables, the AWS CLI. Reads no secret.

use aws_types::os_shim_internal::{Env, Fs};

use super::connect::Target;
use super::shared_config::{Profile, Shared, variable};
use super::{command_line, credentials};
use crate::account::Machine;
use crate::account::source::{self, EnvironmentKey, HeldKey, Named, ProfileKind};

/// Variables of other credential sources, with the names of these sources.
const OTHERS: [(&str, &str); 3] = [
    ("AWS_WEB_IDENTITY_TOKEN_FILE", "web identity"),
    ("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "container"),
    ("AWS_CONTAINER_CREDENTIALS_FULL_URI", "container"),
];

/// Finds the sources. With `cli` it runs the AWS CLI once, for its version only.
pub async fn machine(target: &Target, cli: bool) -> Machine {
    let machine = look(target, &Env::real(), &Fs::real()).await;
    if !cli {
        return machine;
    }
    let path = std::env::var_os("PATH");
    Machine { cli: Some(command_line::look(path.as_deref()).await), ..machine }
}

/// Everything except the AWS CLI.
async fn look(target: &Target, env: &Env, fs: &Fs) -> Machine {
    let variable = |name: &str| variable(env, name);
    let shared = Shared::load(env, fs).await;
    let profiles = shared.profiles().map(described).collect();
    let held = |profile: &Profile| {
        let id = profile.get("aws_access_key_id").filter(|id| !id.is_empty())?.to_owned();
        Some(HeldKey { id, place: format!("the profile {}", profile.name()) })
    };
    let mut keys: Vec<HeldKey> = shared.profiles().filter_map(held).collect();
    let broken: Vec<&str> = shared.unreadable.iter().chain(&shared.passed_over).map(String::as_str).collect();
    let broken = (!broken.is_empty()).then(|| broken.join("; "));
    let mut others: Vec<&str> =
        OTHERS.into_iter().filter(|(name, _)| variable(name).is_some()).map(|(_, words)| words).collect();
    others.dedup();
    // The SDK ignores a key id without its secret.
    let key = variable("AWS_ACCESS_KEY_ID").filter(|_| variable("AWS_SECRET_ACCESS_KEY").is_some());
    keys.extend(key.iter().map(|id| HeldKey { id: id.clone(), place: "the environment (AWS_ACCESS_KEY_ID)".into() }));
    Machine {
        profiles,
        keys,
        flag: target.profile.clone(),
        variable: variable("AWS_PROFILE"),
        region: target.region.clone(),
        key: key.map(|id| EnvironmentKey::of(&id)),
        others,
        is_remote: variable("SSH_CONNECTION").is_some() || variable("SSH_TTY").is_some(),
        broken,
        ..Machine::default()
    }
}

fn described(profile: &Profile) -> source::Profile {
    let kind = credentials::kind(profile);
    let login = profile.get("login_session").map(str::to_owned);
    let account = match kind {
        ProfileKind::WebIdentity | ProfileKind::Role => profile.get("role_arn").and_then(Named::in_arn),
        ProfileKind::Sso => profile.get("sso_account_id").and_then(Named::written),
        ProfileKind::Login => login.as_deref().and_then(Named::in_arn),
        ProfileKind::StaticKey => profile.get("aws_access_key_id").and_then(Named::in_key_id),
        ProfileKind::Source | ProfileKind::Process | ProfileKind::Nothing => None,
    };
    let region = profile.get("region").map(str::to_owned);
    source::Profile { name: profile.name().to_owned(), kind, account, login, region }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CONFIG: &str = "\
[default]
region = eu-west-1
[profile acme]
login_session = arn:aws:iam::123456789012:root
region = eu-central-1
[profile staff]
sso_session = acme
sso_account_id = 210987654321
sso_role_name = Admin
[sso-session acme]
sso_region = eu-west-1
sso_start_url = https://acme.awsapps.com/start
[profile audit]
role_arn = arn:aws:iam::345678901234:role/Audit
source_profile = old
[profile ci]
role_arn = arn:aws:iam::345678901234:role/CI
web_identity_token_file = /token
[profile vault]
credential_process = /bin/vault
";
    const CREDENTIALS: &str = "\
[old]
aws_access_key_id = AKIASP2TPHJSQH3FJRUX
aws_secret_access_key = wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY
";

    async fn seen(variables: &[(&str, &str)], config: &str, target: &Target) -> Machine {
        let variables: Vec<_> = [("HOME", "/home/ada")].iter().chain(variables).copied().collect();
        let fs = Fs::from_slice(&[("/home/ada/.aws/config", config), ("/home/ada/.aws/credentials", CREDENTIALS)]);
        look(target, &Env::from_slice(&variables), &fs).await
    }

    #[tokio::test]
    async fn every_profile_is_listed_with_its_kind_and_account_and_no_secret() {
        let machine = seen(&[], CONFIG, &Target::default()).await;
        let listed: Vec<_> = machine
            .profiles
            .iter()
            .map(|profile| {
                let account = profile.account.as_ref().map(|named| (named.account.as_str(), named.is_sure));
                (profile.name.as_str(), profile.kind, account)
            })
            .collect();
        assert_eq!(
            listed,
            [
                ("acme", ProfileKind::Login, Some(("123456789012", true))),
                ("audit", ProfileKind::Role, Some(("345678901234", true))),
                ("ci", ProfileKind::WebIdentity, Some(("345678901234", true))),
                ("default", ProfileKind::Nothing, None),
                ("old", ProfileKind::StaticKey, Some(("171436882533", false))),
                ("staff", ProfileKind::Sso, Some(("210987654321", true))),
                ("vault", ProfileKind::Process, None),
            ]
        );
        assert!(machine.profiles[0].is_root_login());
        assert_eq!(machine.profiles[0].region.as_deref(), Some("eu-central-1"));
        let all = format!("{machine:?}");
        assert!(!all.contains("wJalrXUtn") && !all.contains("AKIASP2TPHJSQH3FJRUX"), "{all}");
    }

    #[tokio::test]
    async fn a_shadowed_profile_is_reported() {
        let variables = [
            ("AWS_ACCESS_KEY_ID", "ASIAQNZGKIQY56JQ7WML"),
            ("AWS_SECRET_ACCESS_KEY", "s3cret"),
            ("AWS_PROFILE", "acme"),
            ("AWS_CONTAINER_CREDENTIALS_RELATIVE_URI", "/x"),
            ("AWS_CONTAINER_CREDENTIALS_FULL_URI", "http://x"),
            ("SSH_TTY", "/dev/pts/1"),
        ];
        let machine = seen(&variables, CONFIG, &Target::default()).await;
        let key = machine.key.clone().unwrap();
        assert_eq!((key.id.as_str(), key.account.unwrap().account.as_str()), ("…7WML", "029608264753"));
        assert_eq!(machine.variable.as_deref(), Some("acme"));
        assert_eq!(machine.others, ["container"]);
        assert!(machine.is_remote && !format!("{machine:?}").contains("s3cret"));
        assert_eq!(machine.places_of("ASIAQNZGKIQY56JQ7WML"), ["the environment (AWS_ACCESS_KEY_ID)"]);
        assert_eq!(machine.places_of("AKIASP2TPHJSQH3FJRUX"), ["the profile old"]);
        assert!(machine.places_of("AKIASP2TPHJSQH3FJRUY").is_empty());
        let half = seen(&variables[..1], CONFIG, &Target::default()).await;
        assert!(half.key.is_none() && !half.is_remote, "half a key is none");
    }

    #[tokio::test]
    async fn an_unreadable_file_is_reported_and_hides_no_other_source() {
        let machine =
            seen(&[], "[profile x\nregion\n[profile y] /* note */\nregion = eu-west-1", &Target::default()).await;
        let names: Vec<&str> = machine.profiles.iter().map(|profile| profile.name.as_str()).collect();
        assert_eq!(names, ["old", "y"]);
        let broken = machine.broken.unwrap();
        assert_eq!(broken, "/home/ada/.aws/config:1: expected ] at the end of a section's name");
    }
}
