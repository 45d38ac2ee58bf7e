//! Temporary credentials of GetSessionToken and AssumeRole, and their permissions.

use super::*;

const TRUST: &str = r#"{"Version":"2012-10-17","Statement":[{"Effect":"Allow",
    "Principal":{"AWS":"arn:aws:iam::123456789012:root"},"Action":"sts:AssumeRole"}]}"#;

const DENY_WITHOUT_MFA: &str = r#"{"Version":"2012-10-17","Statement":[
    {"Sid":"AllowManageOwn","Effect":"Allow","Action":["iam:CreateVirtualMFADevice","iam:EnableMFADevice","iam:ListMFADevices"],
     "Resource":["arn:aws:iam::*:user/${aws:username}","arn:aws:iam::*:mfa/*"]},
    {"Sid":"DenyAllExceptListedIfNoMFA","Effect":"Deny",
     "NotAction":["iam:CreateVirtualMFADevice","iam:EnableMFADevice","iam:ListMFADevices","sts:GetSessionToken"],
     "Resource":"*","Condition":{"BoolIfExists":{"aws:MultiFactorAuthPresent":"false"}}}]}"#;

/// alice: an administrator with an access key.
fn alice() -> Account {
    open_with(
        "signed_in_as = \"user:alice\"\n[[users]]\nname = \"alice\"\npolicies = [\"AdministratorAccess\"]\n\
         [[users.keys]]\nage = \"3d\"\n[[users]]\nname = \"bob\"\n[[users.keys]]\nage = \"3d\"\n[root]\n[[root.keys]]\nage = \"3d\"",
    )
}

fn keys(credentials: &aws_sdk_sts::types::Credentials) -> SigningKeys {
    SigningKeys {
        access_key_id: credentials.access_key_id().into(),
        secret_access_key: Secret::new(credentials.secret_access_key()),
        session_token: Some(Secret::new(credentials.session_token())),
        source: "test".into(),
    }
}

/// Alice's own device and its seed.
async fn enrol(account: &Account) -> (String, Secret) {
    let device = account.iam.create_virtual_mfa_device().virtual_mfa_device_name("alice").send().await.unwrap();
    let device = device.virtual_mfa_device.unwrap();
    let seed = Secret::new(std::str::from_utf8(device.base32_string_seed().unwrap().as_ref()).unwrap());
    let enable = account.iam.enable_mfa_device().user_name("alice").serial_number(device.serial_number());
    let enable = enable.authentication_code1(account.code(&seed, -1)).authentication_code2(account.code(&seed, 0));
    enable.send().await.unwrap();
    (device.serial_number().into(), seed)
}

async fn make_role(account: &Account) {
    account.iam.create_role().role_name("Auditor").assume_role_policy_document(TRUST).send().await.unwrap();
    let arn = "arn:aws:iam::aws:policy/SecurityAudit";
    account.iam.attach_role_policy().role_name("Auditor").policy_arn(arn).send().await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn a_session_without_mfa_may_not_call_iam() {
    let alice = alice();
    let session = alice.sts.get_session_token().send().await.unwrap().credentials.unwrap();
    assert_eq!(session.expiration().secs(), NOON.unix_timestamp() + 43_200);
    let session = alice.signed_with(&keys(&session));
    let caller = session.sts.get_caller_identity().send().await.unwrap();
    assert_eq!(caller.arn(), Some("arn:aws:iam::123456789012:user/alice"));
    assert_eq!(refused(session.iam.list_users().send()).await, "403 InvalidClientTokenId");
    session.account.get_contact_information().send().await.unwrap();
    assert_eq!(
        words(session.sts.get_session_token().send()).await,
        "Cannot call GetSessionToken with session credentials"
    );
}

#[tokio::test(start_paused = true)]
async fn a_code_gives_access_to_iam_and_works_once() {
    let alice = alice();
    let (serial, seed) = enrol(&alice).await;
    let ask = |code: String| alice.sts.get_session_token().serial_number(&serial).token_code(code).send();
    let said = words(ask("000000".into())).await;
    assert!(said.starts_with("MultiFactorAuthentication failed with invalid MFA one time pass code"), "{said}");
    assert_eq!(refused(ask(alice.code(&seed, 0))).await, "403 AccessDenied");
    let session = ask(alice.code(&seed, 1)).await.unwrap().credentials.unwrap();
    alice.signed_with(&keys(&session)).iam.list_users().send().await.unwrap();
    assert_eq!(refused(ask(alice.code(&seed, 1))).await, "403 AccessDenied");
    assert_eq!(refused(ask(alice.code(&seed, 9))).await, "403 AccessDenied");
    alice.clock.advance(Duration::from_secs(129_600));
    assert_eq!(refused(alice.signed_with(&keys(&session)).iam.list_users().send()).await, "403 ExpiredToken");
}

#[tokio::test(start_paused = true)]
async fn roots_session_lasts_an_hour() {
    let root = alice().seen_by(SignedInAs::RootKey);
    let session = root.sts.get_session_token().duration_seconds(7200).send().await.unwrap().credentials.unwrap();
    assert_eq!(session.expiration().secs(), NOON.unix_timestamp() + 3600);
    let short = root.sts.get_session_token().duration_seconds(60).send();
    assert_eq!(refused(short).await, "400 ValidationError");
}

#[tokio::test(start_paused = true)]
async fn permitted_users_may_assume_a_role_and_root_never_may() {
    let alice = alice();
    make_role(&alice).await;
    let assume = |account: &Account, role: &str| {
        let arn = format!("arn:aws:iam::123456789012:role/{role}");
        account.sts.assume_role().role_arn(arn).role_session_name("monday").send()
    };
    let root = alice.seen_by(SignedInAs::RootKey);
    assert_eq!(words(assume(&root, "Auditor")).await, "Roles may not be assumed by root accounts.");
    let said = words(assume(&alice.seen_by(user("bob")), "Auditor")).await;
    assert!(said.ends_with("because no identity-based policy allows the sts:AssumeRole action"), "{said}");
    assert_eq!(
        words(assume(&alice, "Nobody")).await,
        "User: arn:aws:iam::123456789012:user/alice is not authorized to perform: sts:AssumeRole on resource: \
         arn:aws:iam::123456789012:role/Nobody"
    );
    let assumed = assume(&alice, "Auditor").await.unwrap();
    let arn = "arn:aws:sts::123456789012:assumed-role/Auditor/monday";
    assert_eq!(assumed.assumed_role_user().unwrap().arn(), arn);
    let auditor = alice.signed_with(&keys(assumed.credentials().unwrap()));
    let caller = auditor.sts.get_caller_identity().send().await.unwrap();
    assert_eq!(caller.arn(), Some(arn));
    assert!(caller.user_id().unwrap().starts_with("AROA") && caller.user_id().unwrap().ends_with(":monday"));
    auditor.iam.list_users().send().await.unwrap();
    assert_eq!(refused(auditor.iam.create_user().user_name("x").send()).await, "403 AccessDenied");
    let said = words(auditor.iam.list_access_keys().send()).await;
    assert_eq!(said, "Must specify userName when calling with non-User credentials");
    auditor.iam.list_access_keys().user_name("alice").send().await.unwrap();
    alice.clock.advance(Duration::from_secs(3600));
    assert_eq!(refused(auditor.iam.list_users().send()).await, "403 ExpiredToken");
}

#[tokio::test(start_paused = true)]
async fn with_deny_unless_mfa_a_user_can_enrol_and_then_do_everything() {
    let alice = alice();
    let put = alice.iam.put_user_policy().user_name("alice").policy_name("mfa").policy_document(DENY_WITHOUT_MFA);
    put.send().await.unwrap();
    // A long-term key carries no such condition key, and IfExists makes the deny apply.
    let said = words(alice.iam.list_users().send()).await;
    assert!(said.ends_with("with an explicit deny in an identity-based policy"), "{said}");
    let (serial, seed) = enrol(&alice).await;
    let session = alice.sts.get_session_token().serial_number(&serial).token_code(alice.code(&seed, 1));
    let session = session.send().await.unwrap().credentials.unwrap();
    alice.signed_with(&keys(&session)).iam.list_users().send().await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn sts_sees_a_new_key_and_a_new_device_after_a_while() {
    let root = open_with("visible_after_seconds = 10\n[[users]]\nname = \"alice\"");
    let key = root.iam.create_access_key().user_name("alice").send().await.unwrap().access_key.unwrap();
    let keys = SigningKeys {
        access_key_id: key.access_key_id().into(),
        secret_access_key: Secret::new(key.secret_access_key()),
        session_token: None,
        source: "test".into(),
    };
    let alice = root.signed_with(&keys);
    assert_eq!(refused(alice.sts.get_caller_identity().send()).await, "403 InvalidClientTokenId");
    root.clock.advance(Duration::from_secs(10));
    alice.sts.get_caller_identity().send().await.unwrap();
    let (serial, seed) = enrol(&root).await;
    let ask =
        |step: i64| alice.sts.get_session_token().serial_number(&serial).token_code(root.code(&seed, step)).send();
    assert_eq!(refused(ask(1)).await, "403 AccessDenied");
    root.clock.advance(Duration::from_secs(10));
    ask(1).await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn details_come_in_pages_with_roles_and_policies() {
    let alice = alice();
    make_role(&alice).await;
    let mut pages = alice.iam.get_account_authorization_details().max_items(1).into_paginator().send();
    let (mut users, mut roles, mut policies, mut count) = (0, 0, 0, 0);
    while let Some(page) = pages.next().await {
        let page = page.unwrap();
        users += page.user_detail_list().len();
        roles += page.role_detail_list().len();
        policies += page.policies().len();
        count += 1;
    }
    assert_eq!((users, roles, policies, count), (2, 1, 2, 5));
    let only = alice.iam.get_account_authorization_details().filter("Role".into()).send().await.unwrap();
    assert_eq!((only.user_detail_list().len(), only.role_detail_list()[0].role_name()), (0, Some("Auditor")));
}

#[tokio::test(start_paused = true)]
async fn only_trusted_principals_may_assume_a_role() {
    let alice = alice();
    let arn = "arn:aws:iam::123456789012:role/Trusting";
    let trust = |principal: &str, condition: &str| {
        format!(
            r#"{{"Version":"2012-10-17","Statement":[{{"Effect":"Allow","Principal":{{"AWS":"{principal}"}},"Action":"sts:AssumeRole"{condition}}}]}}"#
        )
    };
    let make = async |document: String| {
        let _ = alice.iam.delete_role().role_name("Trusting").send().await;
        alice.iam.create_role().role_name("Trusting").assume_role_policy_document(document).send().await.unwrap();
    };
    let bob = alice.seen_by(user("bob"));
    let assume = |account: &Account| account.sts.assume_role().role_arn(arn).role_session_name("session");
    make(trust("123456789012", "")).await;
    assume(&alice).send().await.unwrap();
    assert_eq!(refused(assume(&bob).send()).await, "403 AccessDenied", "the account is trusted, but bob has no policy");
    make(trust("arn:aws:iam::123456789012:user/bob", "")).await;
    assume(&bob).send().await.unwrap();
    assert_eq!(refused(assume(&alice).send()).await, "403 AccessDenied", "bob alone is trusted");
    make(trust("123456789012", r#","Condition":{"Bool":{"aws:MultiFactorAuthPresent":"true"}}"#)).await;
    assert_eq!(refused(assume(&alice).send()).await, "403 AccessDenied");
    let (serial, seed) = enrol(&alice).await;
    assume(&alice).serial_number(serial).token_code(alice.code(&seed, 1)).send().await.unwrap();
    make(trust("123456789012", r#","Condition":{"StringEquals":{"sts:ExternalId":"x1"}}"#)).await;
    assert_eq!(refused(assume(&alice).external_id("x2").send()).await, "403 AccessDenied");
    assume(&alice).external_id("x1").send().await.unwrap();
    let malformed = alice.iam.create_role().role_name("M").assume_role_policy_document("{\"Statement\":[{}]}").send();
    assert_eq!(refused(malformed).await, "400 MalformedPolicyDocument");
}
