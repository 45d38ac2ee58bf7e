//! Paginated lists, the account summary, account details, and the alias.

use aws_sdk_iam::types::{EntityType, SummaryKeyType};

use super::*;

#[tokio::test(start_paused = true)]
async fn a_list_continues_on_the_next_page() {
    let fresh = open("fresh");
    for n in 0..5 {
        fresh.create_user(&format!("user-{n}")).await;
    }
    let first = fresh.iam.list_users().max_items(2).send().await.unwrap();
    assert!(first.is_truncated() && first.users().len() == 2);
    let mut pages = fresh.iam.list_users().into_paginator().page_size(2).send();
    let mut names = Vec::new();
    while let Some(page) = pages.next().await {
        names.extend(page.unwrap().users().iter().map(|user| user.user_name().to_owned()));
    }
    assert_eq!(names, ["user-0", "user-1", "user-2", "user-3", "user-4"]);
    assert_eq!(refused(fresh.iam.list_users().max_items(0).send()).await, "400 ValidationError");
    for made_up in ["user-1", "0123456789abcdef.user%2D1"] {
        assert_eq!(refused(fresh.iam.list_users().marker(made_up).send()).await, "400 ValidationError", "{made_up}");
    }
    let of_users = first.marker().unwrap();
    assert_eq!(refused(fresh.iam.list_groups().marker(of_users).send()).await, "400 ValidationError", "another list's");
    let regions = fresh.account.list_regions().next_token("eu-west-1").send();
    assert_eq!(refused(regions).await, "400 ValidationException");
}

#[tokio::test(start_paused = true)]
async fn the_summary_has_all_34_numbers() {
    let hardened = open("hardened");
    let summary = hardened.iam.get_account_summary().send().await.unwrap();
    let map = summary.summary_map().unwrap();
    assert_eq!(map.len(), 34);
    let numbers = [
        (SummaryKeyType::Users, 3),
        (SummaryKeyType::Groups, 3),
        (SummaryKeyType::MfaDevices, 7),
        (SummaryKeyType::MfaDevicesInUse, 7),
        (SummaryKeyType::AccountMfaEnabled, 1),
        (SummaryKeyType::AccountAccessKeysPresent, 0),
        (SummaryKeyType::AccountPasswordPresent, 1),
        (SummaryKeyType::AccountSigningCertificatesPresent, 0),
    ];
    for (key, number) in numbers {
        assert_eq!(map[&key], number, "{key}");
    }
    let unknown: Vec<_> = map.keys().filter(|key| !SummaryKeyType::values().contains(&key.as_str())).collect();
    // The SDK's enum is older than the service. Values that it does not list are read too.
    assert!(unknown.len() <= 8, "{unknown:?}");
}

#[tokio::test(start_paused = true)]
async fn the_account_details_list_every_users_groups_and_policies() {
    let account = open_with(
        r#"
        groups = [{ name = "Admins", policies = ["AdministratorAccess"] }]
        [[users]]
        name = "alice"
        groups = ["Admins"]
        boundary = "PowerUserAccess"
        policies = ["ReadOnlyAccess"]
        inline_policies = { extra = '{"Statement":{"Effect":"Allow","Action":"s3:*","Resource":"*"}}' }
        "#,
    );
    let details = account.iam.get_account_authorization_details().filter(EntityType::User).filter(EntityType::Group);
    let details = details.send().await.unwrap();
    let [alice] = details.user_detail_list() else { panic!("{details:?}") };
    assert_eq!(alice.group_list(), ["Admins"]);
    assert_eq!(alice.user_policy_list()[0].policy_name(), Some("extra"));
    assert!(alice.user_policy_list()[0].policy_document().unwrap().starts_with("%7B"));
    assert_eq!(alice.attached_managed_policies()[0].policy_name(), Some("ReadOnlyAccess"));
    let boundary = alice.permissions_boundary().unwrap().permissions_boundary_arn();
    assert_eq!(boundary, Some("arn:aws:iam::aws:policy/PowerUserAccess"));
    let [group] = details.group_detail_list() else { panic!("{details:?}") };
    assert_eq!(group.attached_managed_policies()[0].policy_arn(), Some(ADMINISTRATOR_ACCESS));
    let users = account.iam.get_account_authorization_details().filter(EntityType::User).send().await.unwrap();
    assert!(users.group_detail_list().is_empty());
    let page = account.iam.get_account_authorization_details().max_items(1).send().await.unwrap();
    assert!(page.is_truncated() && page.group_detail_list().is_empty());
}

#[tokio::test(start_paused = true)]
async fn an_alias_is_created_and_deleted() {
    let fresh = open("fresh");
    let iam = &fresh.iam;
    assert!(iam.list_account_aliases().send().await.unwrap().account_aliases().is_empty());
    iam.create_account_alias().account_alias("acme").send().await.unwrap();
    assert_eq!(iam.list_account_aliases().send().await.unwrap().account_aliases(), ["acme"]);
    assert_eq!(refused(iam.create_account_alias().account_alias("UPPER_bad").send()).await, "400 ValidationError");
    for taken in ["amazon", "acme"] {
        let call = iam.create_account_alias().account_alias(taken);
        assert_eq!(refused(call.send()).await, "409 EntityAlreadyExists", "{taken}");
    }
    assert_eq!(refused(iam.delete_account_alias().account_alias("other").send()).await, "404 NoSuchEntity");
    iam.delete_account_alias().account_alias("acme").send().await.unwrap();
    assert_eq!(refused(iam.delete_account_alias().account_alias("acme").send()).await, "404 NoSuchEntity");
}

#[tokio::test(start_paused = true)]
async fn the_hardened_account_matches_its_scenario() {
    let hardened = open("hardened");
    assert!(hardened.iam.list_access_keys().send().await.unwrap().access_key_metadata().is_empty());
    let details = hardened.iam.get_account_authorization_details().send().await.unwrap();
    assert!(details.user_detail_list().iter().all(|user| user.attached_managed_policies().is_empty()));
    for name in ["alice", "bob"] {
        hardened.iam.get_login_profile().user_name(name).send().await.unwrap();
        assert_eq!(hardened.iam.list_mfa_devices().user_name(name).send().await.unwrap().mfa_devices().len(), 2);
    }
    let policy = hardened.iam.get_account_password_policy().send().await.unwrap().password_policy.unwrap();
    assert_eq!((policy.minimum_password_length(), policy.password_reuse_prevention()), (Some(14), Some(24)));
    for of in ["BILLING", "OPERATIONS", "SECURITY"] {
        hardened.account.get_alternate_contact().alternate_contact_type(of.into()).send().await.unwrap();
    }
}
