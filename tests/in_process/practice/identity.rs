//! The caller is the principal that signed the request.

use super::*;

#[tokio::test(start_paused = true)]
async fn a_root_login_signs_as_root() {
    let fresh = open("fresh");
    let caller = fresh.sts.get_caller_identity().send().await.unwrap();
    assert_eq!(caller.arn(), Some("arn:aws:iam::123456789012:root"));
    assert_eq!(caller.user_id(), Some("123456789012"));
    assert_eq!(caller.account(), Some("123456789012"));
    assert_eq!(fresh.practice.account_id(), "123456789012");
    let keys = fresh.practice.session();
    assert!(keys.access_key_id.starts_with("ASIA") && keys.session_token.is_some());
}

#[tokio::test(start_paused = true)]
async fn a_root_key_signs_as_root() {
    let fresh = open("fresh");
    let keys = fresh.practice.session_as(&SignedInAs::RootKey).unwrap();
    assert!(keys.access_key_id.starts_with("AKIA") && keys.session_token.is_none());
    let caller = fresh.signed_with(&keys).sts.get_caller_identity().send().await.unwrap();
    assert_eq!(caller.arn(), Some("arn:aws:iam::123456789012:root"));
}

#[tokio::test(start_paused = true)]
async fn a_users_session_signs_as_the_user() {
    let alice = open("hardened").seen_by(user("alice"));
    let caller = alice.sts.get_caller_identity().send().await.unwrap();
    assert_eq!(caller.arn(), Some("arn:aws:iam::210987654321:user/alice"));
    assert!(caller.user_id().unwrap().starts_with("AIDA"));
    let me = alice.iam.get_user().send().await.unwrap();
    assert_eq!(me.user().unwrap().user_name(), "alice");
}

#[tokio::test(start_paused = true)]
async fn get_user_of_root_has_neither_name_nor_path() {
    let root = open("fresh").iam.get_user().send().await.unwrap().user.unwrap();
    assert_eq!((root.user_name(), root.path(), root.user_id()), ("", "", "123456789012"));
    assert_eq!(root.arn(), "arn:aws:iam::123456789012:root");
}

#[tokio::test(start_paused = true)]
async fn a_wrong_secret_is_refused() {
    let fresh = open("fresh");
    let mut keys = fresh.practice.session_as(&SignedInAs::RootKey).unwrap();
    keys.secret_access_key = Secret::new("wrong".repeat(8));
    let intruder = fresh.signed_with(&keys);
    assert_eq!(refused(intruder.iam.list_users().send()).await, "403 SignatureDoesNotMatch");
    assert_eq!(refused(intruder.sts.get_caller_identity().send()).await, "403 SignatureDoesNotMatch");
    let contact = intruder.account.get_contact_information().send();
    assert_eq!(refused(contact).await, "403 InvalidSignatureException");
}

#[tokio::test(start_paused = true)]
async fn an_unknown_key_is_invalid() {
    let fresh = open("fresh");
    let mut keys = fresh.practice.session_as(&SignedInAs::RootKey).unwrap();
    keys.access_key_id = "AKIAUNKNOWNUNKNOWN00".into();
    let nobody = fresh.signed_with(&keys);
    assert_eq!(refused(nobody.iam.list_users().send()).await, "403 InvalidClientTokenId");
    let contact = nobody.account.get_contact_information().send();
    assert_eq!(refused(contact).await, "403 UnrecognizedClientException");
}

#[tokio::test(start_paused = true)]
async fn a_session_needs_its_own_token() {
    let fresh = open("fresh");
    let good = fresh.practice.session();
    for token in [None, Some(Secret::new("another"))] {
        let keys = SigningKeys { session_token: token, ..good.clone() };
        let client = fresh.signed_with(&keys);
        assert_eq!(refused(client.sts.get_caller_identity().send()).await, "403 InvalidClientTokenId");
    }
}

#[tokio::test(start_paused = true)]
async fn a_session_expires_and_a_new_sign_in_renews_it() {
    let fresh = open("fresh");
    fresh.clock.advance(Duration::from_secs(12 * 3600));
    assert_eq!(refused(fresh.iam.list_users().send()).await, "403 ExpiredToken");
    let contact = fresh.account.get_contact_information().send();
    assert_eq!(refused(contact).await, "403 ExpiredTokenException");
    let again = fresh.signed_with(&fresh.practice.session());
    again.iam.list_users().send().await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn an_unsigned_request_lacks_its_token() {
    use lockroot::wire::{Endpoint, EndpointReply};
    let fresh = open("fresh");
    let request = http::Request::post("https://iam.amazonaws.com/").body(b"Action=ListUsers".to_vec()).unwrap();
    let EndpointReply::Answer(answer) = fresh.practice.answer(request).await else { panic!("no answer") };
    assert_eq!(answer.status(), 403);
    assert!(String::from_utf8_lossy(answer.body()).contains("<Code>MissingAuthenticationToken</Code>"));
    assert_eq!(answer.headers()["date"], "Sat, 21 Nov 2026 12:00:00 GMT");
    assert!(answer.headers().contains_key("x-amzn-requestid"));
}

#[tokio::test(start_paused = true)]
async fn an_unknown_call_is_an_invalid_action() {
    let fresh = open("fresh");
    assert_eq!(refused(fresh.iam.list_open_id_connect_providers().send()).await, "400 InvalidAction");
    let information = fresh.account.get_gov_cloud_account_information().send();
    assert_eq!(refused(information).await, "404 UnknownOperationException");
}

#[test]
fn no_secret_is_printed() {
    let fresh = open("fresh");
    let keys = fresh.practice.session();
    let printed = format!("{:?} {:?}", fresh.practice, keys);
    assert!(!printed.contains(keys.secret_access_key.expose()));
}

#[tokio::test(start_paused = true)]
async fn junk_is_refused_and_the_account_keeps_working() {
    use lockroot::wire::{Endpoint, EndpointReply};
    let fresh = open("fresh");
    let headers = [
        "AWS4-HMAC-SHA256",
        "AWS4-HMAC-SHA256 Credential=////, SignedHeaders=;;, Signature=",
        "AWS4-HMAC-SHA256 Credential=AKIA/20261121/us-east-1/account/aws4_request, SignedHeaders=host, Signature=00",
        "Bearer ÿ",
    ];
    for (header, path) in headers.into_iter().zip(["/", "/%ff//é?=&&=%", "/getAlternateContact", "/x?y"]) {
        let path = path.replace('é', "%c3%a9");
        let request =
            http::Request::post(format!("https://iam.amazonaws.com{path}")).header("authorization", header.as_bytes());
        let request = request.body(vec![0, 255, b'=', b'&', b'%']).unwrap();
        let EndpointReply::Answer(answer) = fresh.practice.answer(request).await else { panic!("no answer") };
        assert!(answer.status().is_client_error(), "{header}: {}", answer.status());
    }
    fresh.iam.list_users().send().await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn a_signature_is_valid_for_fifteen_minutes() {
    let fresh = open("fresh");
    for (by, words_of_it) in [
        (-901, "Signature expired: 20261121T114459Z is now earlier than 20261121T114500Z (20261121T120000Z - 15 min.)"),
        (
            901,
            "Signature not yet current: 20261121T121501Z is still later than 20261121T121500Z (20261121T120000Z + 15 min.)",
        ),
    ] {
        let watch = Clock::set_to(NOON + time::Duration::seconds(by));
        let keys = fresh.practice.session();
        let late = sign_in(fresh.practice.clone(), watch, &keys);
        assert_eq!(words(late.sts.get_caller_identity().send()).await, words_of_it);
        assert_eq!(refused(late.account.get_contact_information().send()).await, "403 InvalidSignatureException");
    }
    let close =
        sign_in(fresh.practice.clone(), Clock::set_to(NOON - time::Duration::minutes(15)), &fresh.practice.session());
    close.iam.list_users().send().await.unwrap();
}
