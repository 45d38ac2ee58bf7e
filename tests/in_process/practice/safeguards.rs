//! Credentials that no report lists, and indirect full access: from the scenario over the wire to the verdict.

use lockroot::aws::connect_in_process;
use lockroot::checks::{Verdict, control};
use lockroot::commands::check::read_all;

use super::*;

const ALL: &str = r#"{"Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}"#;

const CARELESS: &str = r#"
    age = "3y"
    [organization]
    id = "o-abcdefghij"
    management = true
    trusted_access = ["iam"]
    root_features = ["RootCredentialsManagement"]
    [[groups]]
    name = "Staff"
    policies = ["AWSCloudShellFullAccess"]
    [[users]]
    name = "alice"
    age = "2y"
    password = true
    policies = ["AdministratorAccess"]
    [[users.service_credentials]]
    service = "bedrock.amazonaws.com"
    age = "30d"
    [[users.service_credentials]]
    service = "codecommit.amazonaws.com"
    age = "30d"
    lasts = "10d"
    [[roles]]
    name = "deploy"
    policies = ["AdministratorAccess"]
    inline_policies = { everything = '{"Statement":{"Effect":"Allow","Action":"*","Resource":"*"}}' }
    [[server_certificates]]
    name = "www"
    age = "2y"
    [[server_certificates]]
    name = "api"
    age = "30d"
"#;

async fn verdicts(account: &Account, ids: &[&'static str]) -> Vec<(&'static str, Verdict)> {
    let aws = connect_in_process(Arc::new(account.practice.clone()), account.practice.session(), account.clock.clone());
    let facts = read_all(&aws).await;
    ids.iter().map(|id| (*id, control(id).unwrap().assess(&facts).verdict)).collect()
}

const IDS: [&str; 7] = [
    "inline-full-admin",
    "administrator-access-on-groups",
    "cloudshell-full-access",
    "server-certificates-expired",
    "long-term-service-credentials",
    "in-organization",
    "root-sessions",
];

#[tokio::test(start_paused = true)]
async fn the_controls_of_a_careless_account_fail() {
    let found = verdicts(&open_with(CARELESS), &IDS).await;
    let fail = |id: &&'static str| (*id, if *id == "in-organization" { Verdict::Pass } else { Verdict::Fail });
    assert_eq!(found, IDS.iter().map(fail).collect::<Vec<_>>());
}

#[tokio::test(start_paused = true)]
async fn the_controls_of_the_hardened_account_do_not_fail() {
    let found = verdicts(&open("hardened"), &IDS).await;
    let is_sound = |verdict: Verdict| matches!(verdict, Verdict::Pass | Verdict::NotApplicable | Verdict::Manual);
    assert!(found.iter().all(|(_, verdict)| is_sound(*verdict)), "{found:?}");
}

#[tokio::test(start_paused = true)]
async fn list_answers_follow_awss_models() {
    let account = open_with(CARELESS);
    let certificates = account.iam.list_server_certificates().send().await.unwrap();
    let names: Vec<&str> =
        certificates.server_certificate_metadata_list().iter().map(|one| one.server_certificate_name()).collect();
    assert_eq!(names, ["api", "www"]);
    let first = &certificates.server_certificate_metadata_list()[0];
    assert_eq!(first.arn(), "arn:aws:iam::123456789012:server-certificate/api");
    assert_eq!(first.server_certificate_id().len(), 20);

    let all = account.iam.list_service_specific_credentials().all_users(true).send().await.unwrap();
    let states: Vec<(&str, &str)> =
        all.service_specific_credentials().iter().map(|one| (one.service_name(), one.status().as_str())).collect();
    assert_eq!(states.len(), 2);
    assert!(states.contains(&("bedrock.amazonaws.com", "Active")), "{states:?}");
    assert!(states.contains(&("codecommit.amazonaws.com", "Expired")), "{states:?}");
    let of_one =
        account.iam.list_service_specific_credentials().user_name("alice").service_name("bedrock.amazonaws.com");
    assert_eq!(of_one.send().await.unwrap().service_specific_credentials().len(), 1);
    let both = account.iam.list_service_specific_credentials().user_name("alice").all_users(true);
    assert_eq!(refused(both.send()).await, "400 ValidationError");

    let details = account.iam.get_account_authorization_details().send().await.unwrap();
    let policies = details.role_detail_list()[0].role_policy_list();
    assert_eq!(policies[0].policy_name(), Some("everything"));
    assert!(policies[0].policy_document().unwrap().starts_with("%7B"), "percent-encoded: {policies:?}");
    assert_eq!(refused(account.iam.delete_role().role_name("deploy").send()).await, "409 DeleteConflict");
}

#[tokio::test(start_paused = true)]
async fn a_roles_inline_policy_allows_its_actions() {
    let scene = format!("[[roles]]\nname = \"deploy\"\ninline_policies = {{ all = '{ALL}' }}");
    let account = open_with(&scene);
    let simulated = account
        .iam
        .simulate_principal_policy()
        .policy_source_arn("arn:aws:iam::123456789012:role/deploy")
        .action_names("iam:CreateUser")
        .send()
        .await
        .unwrap();
    assert_eq!(simulated.evaluation_results()[0].eval_decision().as_str(), "allowed");
}

#[test]
fn an_invalid_configuration_entry_is_refused_with_its_line() {
    for (text, expected) in [
        ("[[server_certificates]]\nname = \"a b\"", "erverCertificateName"),
        ("[[server_certificates]]\nname = \"www\"\nage = \"9y\"", "longer ago"),
        (
            "[[users]]\nname = \"a\"\nservice_credentials = [{ service = \"s3\" }]",
            "no service-specific credentials for s3",
        ),
        ("[[roles]]\nname = \"a\"\npolicies = [\"Nonsense\"]", "no policy Nonsense"),
        ("[[roles]]\nname = \"a\"\ninline_policies = { x = \"{\" }", ""),
    ] {
        let text = format!("title = \"test\"\naccount = \"123456789012\"\nage = \"3y\"\n{text}\n");
        let error = Scenario::parse("test.toml", &text).unwrap_err();
        assert!(error.line.is_some() && error.expected.contains(expected), "{error}");
    }
}
