//! The password policy and console passwords.

use super::*;

#[tokio::test(start_paused = true)]
async fn a_policy_update_resets_omitted_fields() {
    let fresh = open("fresh");
    let iam = &fresh.iam;
    let none = words(iam.get_account_password_policy().send()).await;
    assert_eq!(none, "The Password Policy with domain name 123456789012 cannot be found.");
    let update = iam.update_account_password_policy().minimum_password_length(14).require_symbols(true);
    update
        .max_password_age(90)
        .password_reuse_prevention(24)
        .allow_users_to_change_password(true)
        .send()
        .await
        .unwrap();
    let read = async || iam.get_account_password_policy().send().await.unwrap().password_policy.unwrap();
    let policy = read().await;
    assert_eq!((policy.minimum_password_length(), policy.max_password_age()), (Some(14), Some(90)));
    assert!(policy.expire_passwords() && policy.require_symbols() && policy.allow_users_to_change_password());
    iam.update_account_password_policy().password_reuse_prevention(5).send().await.unwrap();
    let policy = read().await;
    assert_eq!((policy.minimum_password_length(), policy.max_password_age()), (Some(6), None));
    assert!(!policy.expire_passwords() && !policy.require_symbols() && !policy.allow_users_to_change_password());
    iam.delete_account_password_policy().send().await.unwrap();
    assert_eq!(refused(iam.delete_account_password_policy().send()).await, "404 NoSuchEntity");
}

#[tokio::test(start_paused = true)]
async fn numbers_out_of_range_are_refused() {
    let iam = open("fresh").iam;
    let update = || iam.update_account_password_policy();
    for call in [
        update().minimum_password_length(5),
        update().minimum_password_length(129),
        update().max_password_age(0),
        update().max_password_age(1096),
        update().password_reuse_prevention(0),
        update().password_reuse_prevention(25),
    ] {
        assert_eq!(refused(call.send()).await, "400 ValidationError");
    }
}

#[tokio::test(start_paused = true)]
async fn a_password_must_satisfy_the_policy_in_force() {
    let fresh = open("fresh");
    let iam = &fresh.iam;
    fresh.create_user("alice").await;
    let create = |password: &str| {
        iam.create_login_profile().user_name("alice").password(password).password_reset_required(true).send()
    };
    assert_eq!(refused(create("aaaaaaaa")).await, "400 PasswordPolicyViolation", "AWS's default wants three classes");
    iam.update_account_password_policy().minimum_password_length(14).require_symbols(true).send().await.unwrap();
    assert_eq!(refused(create("Abcdefgh1")).await, "400 PasswordPolicyViolation");
    assert_eq!(refused(iam.get_login_profile().user_name("alice").send()).await, "404 NoSuchEntity");
    let profile = create("long-enough-and-a-symbol").await.unwrap().login_profile.unwrap();
    assert!(profile.password_reset_required());
    assert_eq!(refused(create("long-enough-and-a-symbol")).await, "409 EntityAlreadyExists");
}

#[tokio::test(start_paused = true)]
async fn a_login_profile_is_changed_and_deleted() {
    let fresh = open("fresh");
    let iam = &fresh.iam;
    fresh.create_user("alice").await;
    let update = || iam.update_login_profile().user_name("alice");
    assert_eq!(refused(update().password("Abcdefgh1").send()).await, "404 NoSuchEntity");
    iam.create_login_profile().user_name("alice").password("Abcdefgh1").send().await.unwrap();
    update().password_reset_required(true).send().await.unwrap();
    assert_eq!(refused(update().password("weak").send()).await, "400 PasswordPolicyViolation");
    let profile = iam.get_login_profile().user_name("alice").send().await.unwrap().login_profile.unwrap();
    assert!(profile.password_reset_required());
    iam.delete_login_profile().user_name("alice").send().await.unwrap();
    assert_eq!(refused(iam.delete_login_profile().user_name("alice").send()).await, "404 NoSuchEntity");
    assert_eq!(
        refused(iam.create_login_profile().user_name("x").password("Abcdefgh1").send()).await,
        "404 NoSuchEntity"
    );
}

/// dora, an IAM user with the password `Old-Password-1`. `more` adds lines to her.
async fn dora(more: &str) -> (Account, Account) {
    let account = open_with(&format!(
        "[[users]]\nname = \"dora\"\npassword = true\n{more}\n[[users.keys]]\nage = \"1d\"\n[password_policy]\nminimum_length = 8\nreuse_prevention = 2\n"
    ));
    account.iam.update_login_profile().user_name("dora").password("Old-Password-1").send().await.unwrap();
    let dora = account.seen_by(user("dora"));
    (account, dora)
}

#[tokio::test(start_paused = true)]
async fn a_user_needs_the_old_password_to_change_it() {
    let (root, dora) = dora("policies = [\"AdministratorAccess\"]").await;
    let change = |old: &str, new: &str| dora.iam.change_password().old_password(old).new_password(new).send();
    assert_eq!(refused(change("wrong", "New-Password-1")).await, "403 AccessDenied");
    assert_eq!(refused(change("Old-Password-1", "short")).await, "400 PasswordPolicyViolation");
    assert_eq!(refused(change("Old-Password-1", "Old-Password-1")).await, "400 PasswordPolicyViolation");
    change("Old-Password-1", "New-Password-1").await.unwrap();
    assert_eq!(refused(change("Old-Password-1", "New-Password-2")).await, "403 AccessDenied", "that was the old one");
    assert_eq!(
        refused(change("New-Password-1", "Old-Password-1")).await,
        "400 PasswordPolicyViolation",
        "one of the last two"
    );
    change("New-Password-1", "New-Password-2").await.unwrap();
    change("New-Password-2", "Old-Password-1").await.unwrap();
    assert_eq!(
        refused(root.iam.change_password().old_password("a").new_password("b").send()).await,
        "400 InvalidUserType"
    );
    root.iam.delete_login_profile().user_name("dora").send().await.unwrap();
    assert_eq!(refused(change("Old-Password-1", "New-Password-3")).await, "404 NoSuchEntity");
}

#[tokio::test(start_paused = true)]
async fn the_password_policy_can_allow_everybody_to_change_it() {
    let (root, dora) = dora("").await;
    let change = |old: &str, new: &str| dora.iam.change_password().old_password(old).new_password(new).send();
    assert_eq!(refused(change("Old-Password-1", "New-Password-1")).await, "403 AccessDenied");
    let update = root.iam.update_account_password_policy().allow_users_to_change_password(true);
    update.send().await.unwrap();
    change("Old-Password-1", "New-Password-1").await.unwrap();
    assert_eq!(refused(dora.iam.list_users().send()).await, "403 AccessDenied", "and nothing else");
}

#[tokio::test(start_paused = true)]
async fn a_changed_password_needs_no_reset() {
    let (root, dora) = dora("policies = [\"AdministratorAccess\"]").await;
    root.iam.update_login_profile().user_name("dora").password_reset_required(true).send().await.unwrap();
    let waits = async || {
        let profile = root.iam.get_login_profile().user_name("dora").send().await.unwrap().login_profile.unwrap();
        profile.password_reset_required()
    };
    assert!(waits().await);
    dora.iam.change_password().old_password("Old-Password-1").new_password("New-Password-1").send().await.unwrap();
    assert!(!waits().await);
}
