//! Access keys, especially root's.

use aws_sdk_iam::types::StatusType::{Active, Inactive};

use super::*;

#[tokio::test(start_paused = true)]
async fn without_a_name_root_lists_its_own_keys() {
    let fresh = open("fresh");
    let keys = fresh.iam.list_access_keys().send().await.unwrap();
    let [key] = keys.access_key_metadata() else { panic!("{keys:?}") };
    assert_eq!((key.user_name(), key.status()), (None, Some(&Active)));
    assert_eq!(key.create_date().unwrap().secs(), (NOON - time::Duration::days(2)).unix_timestamp());
    let id = key.access_key_id().unwrap();
    let used = fresh.iam.get_access_key_last_used().access_key_id(id).send().await.unwrap();
    let last = used.access_key_last_used().unwrap();
    assert_eq!((last.last_used_date(), last.service_name(), last.region()), (None, "N/A", "N/A"));
    assert_eq!(used.user_name(), None);
}

#[tokio::test(start_paused = true)]
async fn a_key_remembers_when_and_where_it_was_used() {
    let fresh = open("fresh");
    let by_key = fresh.seen_by(SignedInAs::RootKey);
    by_key.sts.get_caller_identity().send().await.unwrap();
    let id = fresh.practice.session_as(&SignedInAs::RootKey).unwrap().access_key_id;
    let used = fresh.iam.get_access_key_last_used().access_key_id(id).send().await.unwrap();
    let last = used.access_key_last_used().unwrap();
    assert_eq!(last.last_used_date().unwrap().secs(), NOON.unix_timestamp());
    assert_eq!((last.service_name(), last.region()), ("sts", "us-east-1"));
}

#[tokio::test(start_paused = true)]
async fn an_inactive_or_deleted_key_stops_working_but_root_goes_on() {
    let fresh = open("fresh");
    let by_key = fresh.seen_by(SignedInAs::RootKey);
    let id = fresh.practice.session_as(&SignedInAs::RootKey).unwrap().access_key_id;
    fresh.iam.update_access_key().access_key_id(&id).status(Inactive).send().await.unwrap();
    assert_eq!(refused(by_key.sts.get_caller_identity().send()).await, "403 InvalidClientTokenId");
    let summary = fresh.iam.get_account_summary().send().await.unwrap();
    let present = &aws_sdk_iam::types::SummaryKeyType::AccountAccessKeysPresent;
    assert_eq!(summary.summary_map().unwrap()[present], 1, "inactive keys count");
    fresh.iam.update_access_key().access_key_id(&id).status(Active).send().await.unwrap();
    by_key.sts.get_caller_identity().send().await.unwrap();
    fresh.iam.delete_access_key().access_key_id(&id).send().await.unwrap();
    assert_eq!(refused(by_key.sts.get_caller_identity().send()).await, "403 InvalidClientTokenId");
    let summary = fresh.iam.get_account_summary().send().await.unwrap();
    assert_eq!(summary.summary_map().unwrap()[present], 0);
    assert_eq!(refused(fresh.iam.delete_access_key().access_key_id(&id).send()).await, "404 NoSuchEntity");
}

#[tokio::test(start_paused = true)]
async fn the_signing_key_can_delete_itself() {
    let by_key = open("fresh").seen_by(SignedInAs::RootKey);
    let id = by_key.practice.session_as(&SignedInAs::RootKey).unwrap().access_key_id;
    by_key.iam.delete_access_key().access_key_id(&id).send().await.unwrap();
    assert_eq!(refused(by_key.iam.list_access_keys().send()).await, "403 InvalidClientTokenId");
}

#[tokio::test(start_paused = true)]
async fn without_a_name_root_creates_its_own_key() {
    let fresh = open("fresh");
    let key = fresh.iam.create_access_key().send().await.unwrap().access_key.unwrap();
    let keys = SigningKeys {
        access_key_id: key.access_key_id().into(),
        secret_access_key: Secret::new(key.secret_access_key()),
        session_token: None,
        source: "test".into(),
    };
    let caller = fresh.signed_with(&keys).sts.get_caller_identity().send().await.unwrap();
    assert!(caller.arn().unwrap().ends_with(":root"));
    assert_eq!(refused(fresh.iam.create_access_key().send()).await, "409 LimitExceeded");
}

#[tokio::test(start_paused = true)]
async fn a_user_has_two_keys_at_most_and_they_are_not_roots() {
    let fresh = open("fresh");
    fresh.create_user("alice").await;
    let create = || fresh.iam.create_access_key().user_name("Alice").send();
    let key = create().await.unwrap().access_key.unwrap();
    assert_eq!(key.user_name(), "alice");
    create().await.unwrap();
    assert_eq!(refused(create()).await, "409 LimitExceeded");
    let as_root = fresh.iam.delete_access_key().access_key_id(key.access_key_id()).send();
    assert_eq!(refused(as_root).await, "404 NoSuchEntity");
    let named = fresh.iam.delete_access_key().user_name("alice").access_key_id(key.access_key_id()).send();
    named.await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn key_calls_refuse_invalid_parameters() {
    let fresh = open("fresh");
    let id = "AKIAAAAAAAAAAAAAAAAA";
    let update = || fresh.iam.update_access_key().access_key_id(id);
    assert_eq!(refused(update().status("Gone".into()).send()).await, "400 ValidationError");
    assert_eq!(refused(update().status(Inactive).send()).await, "404 NoSuchEntity");
    assert_eq!(refused(fresh.iam.list_access_keys().user_name("nobody").send()).await, "404 NoSuchEntity");
    assert_eq!(refused(fresh.iam.create_access_key().user_name("nobody").send()).await, "404 NoSuchEntity");
    assert_eq!(refused(fresh.iam.delete_access_key().access_key_id("short").send()).await, "400 ValidationError");
    assert_eq!(refused(fresh.iam.get_access_key_last_used().access_key_id(id).send()).await, "403 AccessDenied");
}

#[tokio::test(start_paused = true)]
async fn a_scenario_can_delay_when_a_new_key_is_seen() {
    let late = open_with("visible_after_seconds = 10\n[root]\npassword = true\n");
    let id = late.iam.create_access_key().send().await.unwrap().access_key.unwrap().access_key_id;
    let present = &aws_sdk_iam::types::SummaryKeyType::AccountAccessKeysPresent;
    let seen = async || {
        let listed = late.iam.list_access_keys().send().await.unwrap().access_key_metadata.len();
        let summary = late.iam.get_account_summary().send().await.unwrap();
        (
            listed,
            summary.summary_map().unwrap()[present],
            late.iam.get_access_key_last_used().access_key_id(&id).send().await.is_ok(),
        )
    };
    assert_eq!(seen().await, (0, 0, false));
    late.clock.advance(Duration::from_secs(9));
    assert_eq!(seen().await, (0, 0, false));
    late.clock.advance(Duration::from_secs(1));
    assert_eq!(seen().await, (1, 1, true));
}

#[tokio::test(start_paused = true)]
async fn the_summary_counts_new_things_once_they_are_visible() {
    let late = open_with("visible_after_seconds = 10\n[root]\npassword = true\n");
    late.create_user("a").await;
    late.create_group("g").await;
    late.iam.create_virtual_mfa_device().virtual_mfa_device_name("d").send().await.unwrap();
    let counts = async || {
        let map = late.iam.get_account_summary().send().await.unwrap().summary_map.unwrap();
        ["Users", "Groups", "MFADevices"].map(|name| map[&name.into()])
    };
    assert_eq!(counts().await, [0, 0, 0]);
    late.clock.advance(Duration::from_secs(10));
    assert_eq!(counts().await, [1, 1, 1]);
}
