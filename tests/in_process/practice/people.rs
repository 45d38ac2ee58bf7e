//! Users and groups: names, order of deletion, quotas, policies, eventual consistency.

use super::*;

#[tokio::test(start_paused = true)]
async fn names_are_unique_without_regard_to_case() {
    let fresh = open("fresh");
    fresh.create_user("Alice").await;
    fresh.create_group("Admins").await;
    assert_eq!(refused(fresh.iam.create_user().user_name("alice").send()).await, "409 EntityAlreadyExists");
    assert_eq!(refused(fresh.iam.create_group().group_name("ADMINS").send()).await, "409 EntityAlreadyExists");
    let found = fresh.iam.get_user().user_name("ALICE").send().await.unwrap();
    assert_eq!(found.user().unwrap().user_name(), "Alice");
}

#[tokio::test(start_paused = true)]
async fn names_follow_the_model() {
    let fresh = open("fresh");
    for bad in ["a b!", &"x".repeat(65)] {
        assert_eq!(refused(fresh.iam.create_user().user_name(bad).send()).await, "400 ValidationError");
    }
    let said = words(fresh.iam.create_user().user_name("a b!").send()).await;
    assert!(said.starts_with("1 validation error detected: Value 'a b!' at 'userName' failed to satisfy"), "{said}");
}

#[tokio::test(start_paused = true)]
async fn an_unknown_user_is_no_such_entity() {
    let iam = open("fresh").iam;
    assert_eq!(words(iam.get_user().user_name("root").send()).await, "The user with name root cannot be found.");
    assert_eq!(words(iam.get_group().group_name("x").send()).await, "The group with name x cannot be found.");
    assert_eq!(refused(iam.delete_user().user_name("x").send()).await, "404 NoSuchEntity");
    assert_eq!(refused(iam.delete_group().group_name("x").send()).await, "404 NoSuchEntity");
    let add = iam.add_user_to_group().group_name("x").user_name("y").send();
    assert_eq!(refused(add).await, "404 NoSuchEntity");
}

#[tokio::test(start_paused = true)]
async fn a_user_with_dependencies_is_not_deleted() {
    let fresh = open("fresh");
    let iam = &fresh.iam;
    fresh.create_user("alice").await;
    fresh.create_group("admins").await;
    let delete = || iam.delete_user().user_name("alice").send();
    let profile = iam.create_login_profile().user_name("alice").password("Correct-horse-7");
    profile.send().await.unwrap();
    iam.add_user_to_group().group_name("admins").user_name("alice").send().await.unwrap();
    iam.attach_user_policy().user_name("alice").policy_arn(ADMINISTRATOR_ACCESS).send().await.unwrap();
    let key = iam.create_access_key().user_name("alice").send().await.unwrap().access_key.unwrap();
    assert_eq!(refused(delete()).await, "409 DeleteConflict");
    assert_eq!(words(delete()).await, "Cannot delete entity, must delete login profile first.");
    iam.delete_login_profile().user_name("alice").send().await.unwrap();
    assert_eq!(words(delete()).await, "Cannot delete entity, must delete access keys first.");
    iam.delete_access_key().user_name("alice").access_key_id(key.access_key_id()).send().await.unwrap();
    assert_eq!(words(delete()).await, "Cannot delete entity, must detach all policies first.");
    iam.detach_user_policy().user_name("alice").policy_arn(ADMINISTRATOR_ACCESS).send().await.unwrap();
    assert_eq!(words(delete()).await, "Cannot delete entity, must remove users from group first.");
    assert_eq!(refused(iam.delete_group().group_name("admins").send()).await, "409 DeleteConflict");
    iam.remove_user_from_group().group_name("admins").user_name("alice").send().await.unwrap();
    delete().await.unwrap();
    iam.delete_group().group_name("admins").send().await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn a_group_with_a_policy_is_not_deleted() {
    let fresh = open("fresh");
    let iam = &fresh.iam;
    fresh.create_group("admins").await;
    let attach = |arn: &str| iam.attach_group_policy().group_name("admins").policy_arn(arn).send();
    assert_eq!(refused(attach("arn:aws:iam::aws:policy/Nope")).await, "404 NoSuchEntity");
    assert_eq!(refused(attach("something-that-is-no-arn")).await, "400 InvalidInput");
    attach(ADMINISTRATOR_ACCESS).await.unwrap();
    attach(ADMINISTRATOR_ACCESS).await.unwrap();
    let attached = iam.list_attached_group_policies().group_name("admins").send().await.unwrap();
    assert_eq!(attached.attached_policies().len(), 1, "attaching twice is attaching once");
    assert_eq!(attached.attached_policies()[0].policy_name(), Some("AdministratorAccess"));
    assert_eq!(refused(iam.delete_group().group_name("admins").send()).await, "409 DeleteConflict");
    let detach = || iam.detach_group_policy().group_name("admins").policy_arn(ADMINISTRATOR_ACCESS).send();
    detach().await.unwrap();
    assert_eq!(refused(detach()).await, "404 NoSuchEntity");
}

#[tokio::test(start_paused = true)]
async fn a_user_is_in_ten_groups_at_most() {
    let fresh = open("fresh");
    fresh.create_user("alice").await;
    for n in 0..11 {
        let name = format!("g{n}");
        fresh.create_group(&name).await;
        let add = fresh.iam.add_user_to_group().group_name(&name).user_name("alice");
        if n < 10 {
            add.send().await.unwrap();
        } else {
            assert_eq!(refused(add.send()).await, "409 LimitExceeded");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn new_things_appear_after_the_delay() {
    let slow = open_with("visible_after_seconds = 8");
    slow.create_user("alice").await;
    slow.create_group("admins").await;
    slow.iam.add_user_to_group().group_name("admins").user_name("alice").send().await.unwrap();
    slow.iam.create_virtual_mfa_device().virtual_mfa_device_name("x").send().await.unwrap();
    let seen = async || {
        let users = slow.iam.list_users().send().await.unwrap().users().len();
        let devices = slow.iam.list_virtual_mfa_devices().send().await.unwrap().virtual_mfa_devices().len();
        let details = slow.iam.get_account_authorization_details().send().await.unwrap();
        (users, devices, details.user_detail_list().len(), details.group_detail_list().len())
    };
    assert_eq!(seen().await, (0, 0, 0, 0));
    assert_eq!(refused(slow.iam.get_user().user_name("alice").send()).await, "404 NoSuchEntity");
    assert_eq!(refused(slow.iam.get_group().group_name("admins").send()).await, "404 NoSuchEntity");
    assert_eq!(refused(slow.iam.create_user().user_name("alice").send()).await, "409 EntityAlreadyExists");
    slow.clock.advance(Duration::from_secs(8));
    assert_eq!(seen().await, (1, 1, 1, 1));
    let group = slow.iam.get_group().group_name("admins").send().await.unwrap();
    assert_eq!(group.users()[0].user_name(), "alice");
}

#[tokio::test(start_paused = true)]
async fn a_deleted_users_session_is_invalid_for_a_new_user_of_that_name() {
    let account = open_with("[[users]]\nname = \"alice\"\npassword = true");
    let alice = account.seen_by(user("alice"));
    account.iam.delete_login_profile().user_name("alice").send().await.unwrap();
    account.iam.delete_user().user_name("alice").send().await.unwrap();
    account.create_user("alice").await;
    assert_eq!(refused(alice.sts.get_caller_identity().send()).await, "403 InvalidClientTokenId");
}

/// A document with so many counted characters, and some white space.
fn document(length: usize) -> String {
    let begin = "{\"Statement\":{\"Effect\":\"Allow\",\"Action\":\"iam:ListUsers\",\"Resource\":\"*\"},\"Id\":\"";
    let filler = "x".repeat(length - begin.len() - 2);
    format!("{begin}{filler}\"  \n \t}}")
}

#[tokio::test(start_paused = true)]
async fn white_space_does_not_count_towards_the_inline_policy_quota() {
    let fresh = open("fresh");
    fresh.create_user("a").await;
    fresh.create_group("g").await;
    let to_user = |name: &str, length| {
        fresh.iam.put_user_policy().user_name("a").policy_name(name).policy_document(document(length)).send()
    };
    to_user("one", 1024).await.unwrap();
    to_user("two", 1024).await.unwrap();
    assert_eq!(refused(to_user("three", 200)).await, "409 LimitExceeded");
    assert_eq!(refused(to_user("two", 1025)).await, "409 LimitExceeded");
    assert_eq!(words(to_user("two", 1025)).await, "Maximum policy size of 2048 bytes exceeded for user a");
    to_user("two", 1000).await.unwrap();
    let to_group = |name: &str, length| {
        fresh.iam.put_group_policy().group_name("g").policy_name(name).policy_document(document(length)).send()
    };
    to_group("one", 5120).await.unwrap();
    assert_eq!(refused(to_group("two", 200)).await, "409 LimitExceeded");
}

#[tokio::test(start_paused = true)]
async fn a_groups_inline_policy_counts_for_its_members() {
    let fresh = open("fresh");
    fresh.create_user("a").await;
    fresh.create_group("g").await;
    fresh.iam.create_login_profile().user_name("a").password("Correct-Horse-7").send().await.unwrap();
    fresh.iam.add_user_to_group().group_name("g").user_name("a").send().await.unwrap();
    let member = fresh.seen_by(user("a"));
    assert_eq!(refused(member.iam.list_users().send()).await, "403 AccessDenied");
    let put = fresh.iam.put_group_policy().group_name("g").policy_name("p").policy_document(document(200));
    put.send().await.unwrap();
    member.iam.list_users().send().await.unwrap();
    assert_eq!(fresh.iam.list_group_policies().group_name("g").send().await.unwrap().policy_names(), ["p"]);
    let read = fresh.iam.get_group_policy().group_name("g").policy_name("p").send().await.unwrap();
    assert!(read.policy_document().starts_with("%7B%22Statement%22"), "{read:?}");
    let details = fresh.iam.get_account_authorization_details().send().await.unwrap();
    assert_eq!(details.group_detail_list()[0].group_policy_list()[0].policy_name(), Some("p"));
    fresh.iam.remove_user_from_group().group_name("g").user_name("a").send().await.unwrap();
    assert_eq!(refused(fresh.iam.delete_group().group_name("g").send()).await, "409 DeleteConflict");
    fresh.iam.delete_group_policy().group_name("g").policy_name("p").send().await.unwrap();
    let again = fresh.iam.delete_group_policy().group_name("g").policy_name("p").send();
    assert_eq!(refused(again).await, "404 NoSuchEntity");
    fresh.iam.delete_group().group_name("g").send().await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn tags_follow_iams_rules() {
    use aws_sdk_iam::types::Tag;
    let fresh = open("fresh");
    let iam = &fresh.iam;
    let tag = |key: &str, value: &str| Tag::builder().key(key).value(value).build().unwrap();
    let reserved = iam.create_user().user_name("ann").tags(tag("AWS:x", "1")).send();
    assert_eq!(refused(reserved).await, "400 InvalidInput");
    let twice = iam.create_user().user_name("ann").tags(tag("team", "a")).tags(tag("Team", "b")).send();
    assert!(words(twice).await.starts_with("Duplicate tag keys found."));
    iam.create_user().user_name("ann").tags(tag("team", "a")).send().await.unwrap();
    iam.tag_user().user_name("ann").tags(tag("Team", "b")).tags(tag("cost", "")).send().await.unwrap();
    let found = iam.get_user().user_name("ann").send().await.unwrap();
    let tags: Vec<_> = found.user().unwrap().tags().iter().map(|tag| (tag.key(), tag.value())).collect();
    assert_eq!(tags, [("Team", "b"), ("cost", "")], "one key, whatever its capitals");
}

#[tokio::test(start_paused = true)]
async fn creating_a_user_with_tags_needs_the_permission_to_tag() {
    use aws_sdk_iam::types::Tag;
    let account = open_with("denied = [\"iam:TagUser\"]\n");
    let tag = Tag::builder().key("team").value("a").build().unwrap();
    let tagged = account.iam.create_user().user_name("ann").tags(tag).send();
    assert!(words(tagged).await.contains("iam:TagUser"));
    account.iam.create_user().user_name("ann").send().await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn identity_center_roles_have_their_last_use() {
    const PATH: &str = "/aws-reserved/sso.amazonaws.com/";
    let iam = open("member").iam;
    let roles = iam.list_roles().path_prefix(PATH).send().await.unwrap();
    let names: Vec<&str> = roles.roles().iter().map(|role| role.role_name()).collect();
    assert_eq!(names.len(), 2);
    let read = iam.get_role().role_name(names[0]).send().await.unwrap();
    assert!(read.role().unwrap().role_last_used().unwrap().last_used_date().is_some());
    assert!(roles.roles()[0].role_last_used().is_none(), "lists do not tell");
    let set = |used| {
        format!("[[permission_sets]]\nname = \"A\"\npolicies = [\"AdministratorAccess\"]\nlast_used = \"{used}\"")
    };
    for (used, is_told) in [("400d", true), ("401d", false)] {
        let iam = open_with(&set(used)).iam;
        let details = iam.get_account_authorization_details().send().await.unwrap();
        let role = details.role_detail_list().iter().find(|role| role.path() == Some(PATH)).unwrap();
        let date = |used: Option<&aws_sdk_iam::types::RoleLastUsed>| used.unwrap().last_used_date().is_some();
        let read = iam.get_role().role_name(role.role_name().unwrap()).send().await.unwrap();
        let told = (date(role.role_last_used()), date(read.role().unwrap().role_last_used()));
        assert_eq!(told, (is_told, is_told), "AWS reports 400 days");
    }
}
