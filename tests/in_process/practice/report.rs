//! The credential report, signing certificates, and calls for root only.

use super::*;

const PEM: &str = "-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----";

#[tokio::test(start_paused = true)]
async fn a_credential_report_takes_time_and_lasts_four_hours() {
    let hardened = open_with("report_takes_seconds = 2\n[[users]]\nname = \"alice\"");
    let state = async || hardened.iam.generate_credential_report().send().await.unwrap().state.unwrap().to_string();
    let read = || hardened.iam.get_credential_report().send();
    assert_eq!(refused(read()).await, "410 ReportNotPresent");
    assert_eq!(state().await, "STARTED");
    assert_eq!(state().await, "INPROGRESS");
    assert_eq!(refused(read()).await, "404 ReportInProgress");
    hardened.clock.advance(Duration::from_secs(2));
    assert_eq!(state().await, "COMPLETE");
    hardened.create_user("zoe").await;
    let report = read().await.unwrap();
    assert_eq!(report.generated_time().unwrap().secs(), NOON.unix_timestamp() + 2);
    let csv = String::from_utf8(report.content().unwrap().as_ref().to_vec()).unwrap();
    let rows: Vec<Vec<&str>> = csv.lines().map(|line| line.split(',').collect()).collect();
    assert!(rows.iter().all(|row| row.len() == 22), "{csv}");
    assert_eq!(rows[1][..2], ["<root_account>", "arn:aws:iam::123456789012:root"]);
    assert_eq!(rows[1][6..9], ["not_supported", "false", "false"]);
    assert!(rows.iter().any(|row| row[0] == "alice") && !csv.contains("zoe"), "as it was when it was asked for");
    hardened.clock.advance(Duration::from_secs(4 * 3600));
    assert_eq!(refused(read()).await, "410 ReportExpired");
    assert_eq!(state().await, "STARTED");
}

#[tokio::test(start_paused = true)]
async fn root_has_its_own_signing_certificates() {
    let fresh = open("fresh");
    let upload = |body: &str| fresh.iam.upload_signing_certificate().certificate_body(body).send();
    assert_eq!(refused(upload("no certificate")).await, "400 MalformedCertificate");
    let certificate = upload(PEM).await.unwrap().certificate.unwrap();
    assert_eq!(refused(upload(PEM)).await, "409 DuplicateCertificate");
    let listed = fresh.iam.list_signing_certificates().send().await.unwrap();
    assert_eq!(listed.certificates()[0].certificate_id(), certificate.certificate_id());
    let summary = async || {
        let summary = fresh.iam.get_account_summary().send().await.unwrap().summary_map.unwrap();
        summary[&"AccountSigningCertificatesPresent".into()]
    };
    assert_eq!(summary().await, 1);
    let delete = || fresh.iam.delete_signing_certificate().certificate_id(certificate.certificate_id()).send();
    delete().await.unwrap();
    assert_eq!(refused(delete()).await, "404 NoSuchEntity");
    assert_eq!(summary().await, 0);
}

#[tokio::test(start_paused = true)]
async fn without_an_organization_nothing_is_managed_centrally() {
    let fresh = open("fresh");
    let list = fresh.iam.list_organizations_features().send();
    assert_eq!(refused(list).await, "400 OrganizationNotFoundException");
    let enable = fresh.iam.enable_organizations_root_sessions().send();
    assert_eq!(refused(enable).await, "400 OrganizationNotFoundException");
    let enable = fresh.iam.enable_organizations_root_credentials_management().send();
    assert_eq!(refused(enable).await, "400 OrganizationNotFoundException");
}

#[tokio::test(start_paused = true)]
async fn a_delegated_administrator_sees_what_is_managed_centrally() {
    for (delegated, said) in [
        ("", "400 AccountNotManagementOrDelegatedAdministratorException"),
        ("delegated_administrator = [\"account\"]", "400 AccountNotManagementOrDelegatedAdministratorException"),
        ("delegated_administrator = [\"iam\"]", ""),
    ] {
        let member = format!(
            "[organization]\nid = \"o-0123456789\"\ntrusted_access = [\"iam\", \"account\"]\nroot_features = [\"RootSessions\"]\n{delegated}"
        );
        let list = open_with(&member).iam.list_organizations_features().send();
        match said {
            "" => assert_eq!(list.await.unwrap().enabled_features().len(), 1),
            said => assert_eq!(refused(list).await, said, "{delegated}"),
        }
    }
}

#[tokio::test(start_paused = true)]
async fn get_mfa_device_accepts_only_a_passkey() {
    let passkey = open_with("[root]\nmfa = [\"passkey\", \"virtual\"]");
    let listed = passkey.iam.list_mfa_devices().send().await.unwrap();
    let serials: Vec<&str> = listed.mfa_devices().iter().map(|device| device.serial_number()).collect();
    let read = |serial: &str| passkey.iam.get_mfa_device().serial_number(serial).send();
    for serial in serials {
        match serial.contains(":mfa/") {
            true => assert_eq!(refused(read(serial)).await, "400 ValidationError"),
            false => assert_eq!(read(serial).await.unwrap().serial_number(), serial),
        }
    }
    assert_eq!(refused(read("arn:aws:iam::123456789012:u2f/none")).await, "404 NoSuchEntity");
}

#[tokio::test(start_paused = true)]
async fn policies_are_simulated() {
    let hardened = open("hardened");
    let simulate = async |name: &str| {
        let source = format!("arn:aws:iam::210987654321:user/{name}");
        let call = hardened.iam.simulate_principal_policy().policy_source_arn(source);
        let answer = call.action_names("iam:CreateUser").action_names("iam:ListUsers").send().await.unwrap();
        answer.evaluation_results().iter().map(|result| result.eval_decision().to_string()).collect::<Vec<_>>()
    };
    assert_eq!(simulate("alice").await, ["allowed", "allowed"]);
    assert_eq!(simulate("carol").await, ["implicitDeny", "allowed"]);
}

#[tokio::test(start_paused = true)]
async fn the_account_returns_its_name_and_its_regions() {
    let fresh = open("fresh");
    let account = fresh.account.get_account_information().send().await.unwrap();
    assert_eq!(
        (account.account_id(), account.account_state().map(|s| s.as_str())),
        (Some("123456789012"), Some("ACTIVE"))
    );
    assert!(account.account_created_date().is_some());
    let mut pages = fresh.account.list_regions().max_results(10).into_paginator().items().send();
    let mut regions = Vec::new();
    while let Some(region) = pages.next().await {
        regions.push(region.unwrap().region_name.unwrap());
    }
    assert!(regions.len() > 30 && regions.is_sorted() && regions.contains(&"eu-central-1".to_owned()));
    let status = fresh.account.get_region_opt_status().region_name("eu-central-2").send().await.unwrap();
    assert_eq!(status.region_opt_status().unwrap().as_str(), "DISABLED");
    let mars = fresh.account.get_region_opt_status().region_name("mars-north-1").send();
    assert_eq!(refused(mars).await, "400 ValidationException");
    let email = fresh.account.get_primary_email().account_id("123456789012").send();
    assert_eq!(refused(email).await, "403 AccessDeniedException");
}
