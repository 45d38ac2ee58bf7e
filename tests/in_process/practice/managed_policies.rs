//! Managed policies: every field, every list, and their attachments.

use aws_sdk_iam::types::{EntityType, PolicyScopeType, PolicyUsageType};

use super::*;

const OWN: &str = "arn:aws:iam::456789012345:policy/ops-everything";

#[tokio::test(start_paused = true)]
async fn a_managed_policy_is_returned_with_every_field() {
    let inherited = open("inherited");
    let details = inherited.iam.get_account_authorization_details();
    let details = details.filter(EntityType::AwsManagedPolicy).filter(EntityType::LocalManagedPolicy).send().await;
    let details = details.unwrap();
    let names: Vec<_> = details.policies().iter().filter_map(|policy| policy.policy_name()).collect();
    assert_eq!(names, ["ops-everything", "AdministratorAccess", "IAMFullAccess", "PowerUserAccess", "SecurityAudit"]);
    for policy in details.policies() {
        let arn = policy.arn().unwrap();
        assert!(policy.policy_id().unwrap().starts_with("ANPA") && policy.path() == Some("/"), "{policy:?}");
        assert!(policy.attachment_count().unwrap() > 0 || arn == OWN, "{policy:?}");
        assert_eq!((policy.permissions_boundary_usage_count(), policy.is_attachable()), (Some(0), true), "{policy:?}");
        assert!(policy.create_date() <= policy.update_date() && policy.create_date().is_some(), "{policy:?}");
        let [version] = policy.policy_version_list() else { panic!("{policy:?}") };
        assert!(version.is_default_version() && version.create_date().is_some(), "{version:?}");
        assert_eq!(version.version_id(), policy.default_version_id());
        assert!(version.document().unwrap().starts_with("%7B"), "percent-encoded: {version:?}");

        let asked = inherited.iam.get_policy().policy_arn(arn).send().await.unwrap();
        let asked = asked.policy().unwrap();
        assert_eq!((asked.policy_id(), asked.update_date()), (policy.policy_id(), policy.update_date()));
        let version_id = policy.default_version_id().unwrap();
        let asked = inherited.iam.get_policy_version().policy_arn(arn).version_id(version_id).send().await.unwrap();
        assert_eq!(asked.policy_version(), Some(version));
        let listed = inherited.iam.list_policy_versions().policy_arn(arn).send().await.unwrap();
        assert_eq!(listed.versions()[0].document(), None, "lists leave it out");
    }
}

#[tokio::test(start_paused = true)]
async fn policies_can_be_listed_by_scope_and_by_use() {
    let account = open_with(
        "[policies]\nown = '{\"Statement\":[]}'\n[[users]]\nname = \"a\"\npolicies = [\"IAMFullAccess\"]\n\
         boundary = \"ReadOnlyAccess\"",
    );
    let names = |answer: aws_sdk_iam::operation::list_policies::ListPoliciesOutput| {
        answer.policies().iter().filter_map(|policy| policy.policy_name().map(str::to_owned)).collect::<Vec<_>>()
    };
    let list = || account.iam.list_policies();
    assert_eq!(names(list().scope(PolicyScopeType::Local).send().await.unwrap()), ["own"]);
    let attached = list().scope(PolicyScopeType::Aws).only_attached(true).send().await.unwrap();
    assert_eq!(names(attached), ["IAMFullAccess", "ReadOnlyAccess"]);
    let bounds = list().policy_usage_filter(PolicyUsageType::PermissionsBoundary).send().await.unwrap();
    assert_eq!(names(bounds), ["ReadOnlyAccess"]);
    assert!(names(list().path_prefix("/job-function/").send().await.unwrap()).contains(&"Billing".to_owned()));
    let absent = account.iam.get_policy().policy_arn("arn:aws:iam::aws:policy/Nobodys").send();
    assert_eq!(refused(absent).await, "404 NoSuchEntity");
    let version = account.iam.get_policy_version().policy_arn("arn:aws:iam::aws:policy/ReadOnlyAccess");
    assert_eq!(refused(version.version_id("v1").send()).await, "404 NoSuchEntity");
}

#[tokio::test(start_paused = true)]
async fn a_users_tags_are_listed() {
    let fresh = open("fresh");
    fresh.create_user("alice").await;
    assert_eq!(fresh.iam.list_user_tags().user_name("alice").send().await.unwrap().tags().len(), 0);
    for key in ["team", "cost"] {
        let tag = aws_sdk_iam::types::Tag::builder().key(key).value("x").build().unwrap();
        fresh.iam.tag_user().user_name("alice").tags(tag).send().await.unwrap();
    }
    let page = fresh.iam.list_user_tags().user_name("alice").max_items(1).send().await.unwrap();
    assert_eq!((page.tags()[0].key(), page.is_truncated()), ("cost", true));
    let rest = fresh.iam.list_user_tags().user_name("alice").set_marker(page.marker).send().await.unwrap();
    assert_eq!((rest.tags()[0].key(), rest.is_truncated()), ("team", false));
    assert_eq!(refused(fresh.iam.list_user_tags().user_name("bob").send()).await, "404 NoSuchEntity");
}
