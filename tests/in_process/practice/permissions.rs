//! Permissions.

use super::*;

#[tokio::test(start_paused = true)]
async fn an_administrator_may_do_what_root_may() {
    let alice = open("hardened").seen_by(user("alice"));
    alice.create_user("dave").await;
    let contact = alice.account.get_alternate_contact().alternate_contact_type("BILLING".into());
    contact.send().await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn a_reader_may_read_and_is_told_which_permission_is_missing() {
    let carol = open("hardened").seen_by(user("carol"));
    carol.iam.list_users().send().await.unwrap();
    assert_eq!(refused(carol.iam.create_user().user_name("x").send()).await, "403 AccessDenied");
    assert_eq!(
        words(carol.iam.create_user().user_name("x").send()).await,
        "User: arn:aws:iam::210987654321:user/carol is not authorized to perform: iam:CreateUser on resource: \
         arn:aws:iam::210987654321:user/x because no identity-based policy allows the iam:CreateUser action"
    );
    let delete = carol.account.delete_alternate_contact().alternate_contact_type("BILLING".into()).send();
    assert_eq!(refused(delete).await, "403 AccessDeniedException");
}

#[tokio::test(start_paused = true)]
async fn a_user_without_a_policy_may_only_call_get_caller_identity() {
    let nobody = open_with("signed_in_as = \"user:x\"\n[[users]]\nname = \"x\"\npassword = true");
    nobody.sts.get_caller_identity().send().await.unwrap();
    assert_eq!(refused(nobody.iam.list_account_aliases().send()).await, "403 AccessDenied");
}

#[tokio::test(start_paused = true)]
async fn an_explicit_deny_wins_over_administrator_access() {
    let fresh = open("fresh");
    fresh.create_user("alice").await;
    fresh.iam.attach_user_policy().user_name("alice").policy_arn(ADMINISTRATOR_ACCESS).send().await.unwrap();
    fresh.iam.create_login_profile().user_name("alice").password("Abcdefgh1").send().await.unwrap();
    let alice = fresh.seen_by(user("alice"));
    alice.iam.list_groups().send().await.unwrap();
    let deny = r#"{"Statement":[{"Effect":"Deny","Action":"iam:List*","Resource":"*"}]}"#;
    let put = fresh.iam.put_user_policy().user_name("alice").policy_name("no-lists");
    assert_eq!(refused(put.clone().policy_document("{").send()).await, "400 MalformedPolicyDocument");
    put.policy_document(deny).send().await.unwrap();
    let said = words(alice.iam.list_groups().send()).await;
    assert!(said.ends_with("with an explicit deny in an identity-based policy"), "{said}");
    let names = fresh.iam.list_user_policies().user_name("alice").send().await.unwrap();
    assert_eq!(names.policy_names(), ["no-lists"]);
    fresh.iam.delete_user_policy().user_name("alice").policy_name("no-lists").send().await.unwrap();
    alice.iam.list_groups().send().await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn a_boundary_limits_the_permissions() {
    let alice = open_with(
        "signed_in_as = \"user:a\"\n[[users]]\nname = \"a\"\npassword = true\n\
         policies = [\"AdministratorAccess\"]\nboundary = \"IAMReadOnlyAccess\"",
    );
    alice.iam.list_users().send().await.unwrap();
    assert_eq!(refused(alice.iam.create_user().user_name("x").send()).await, "403 AccessDenied");
}

#[tokio::test(start_paused = true)]
async fn an_organization_denies_even_root() {
    let member = open_with("denied = [\"iam:CreateUser\", \"account:*\"]");
    let said = words(member.iam.create_user().user_name("x").send()).await;
    assert!(said.ends_with("with an explicit deny in a service control policy"), "{said}");
    let contact = member.account.get_contact_information().send();
    assert_eq!(refused(contact).await, "403 AccessDeniedException");
    member.create_group("g").await;
}
