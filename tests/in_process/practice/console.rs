//! The simulated console, which assigns root's device.

use lockroot::account::{Console, Fault};

use super::*;

async fn root_has_mfa(account: &Account) -> i32 {
    let summary = account.iam.get_account_summary().send().await.unwrap();
    summary.summary_map().unwrap()[&aws_sdk_iam::types::SummaryKeyType::AccountMfaEnabled]
}

#[tokio::test(start_paused = true)]
async fn two_right_codes_give_root_its_device() {
    let fresh = open("fresh");
    let device = fresh.practice.offer_root_device().unwrap();
    assert_eq!(device.serial, "arn:aws:iam::123456789012:mfa/root-account-mfa-device");
    assert_eq!(root_has_mfa(&fresh).await, 0);
    let codes = (fresh.code(&device.seed, -1), fresh.code(&device.seed, 0));
    fresh.practice.assign_root_device(&device.serial, &codes).unwrap();
    assert_eq!(root_has_mfa(&fresh).await, 1);
    let list = fresh.iam.list_virtual_mfa_devices().send().await.unwrap();
    assert_eq!(list.virtual_mfa_devices()[0].user().unwrap().arn(), "arn:aws:iam::123456789012:root");
    let again = fresh.practice.assign_root_device(&device.serial, &codes).unwrap_err();
    assert_eq!(again.fault, Fault::Exists);
}

#[test]
fn wrong_codes_are_refused_in_words() {
    let fresh = open("fresh");
    let device = fresh.practice.offer_root_device().unwrap();
    let failure = fresh.practice.assign_root_device(&device.serial, &("000000".into(), "000000".into())).unwrap_err();
    assert_eq!((failure.fault, failure.action.as_str()), (Fault::InvalidCodes, "console:AssignMFADevice"));
    assert_eq!(failure.message, "Authentication code for device is not valid.");
}

#[tokio::test(start_paused = true)]
async fn a_cancelled_dialog_leaves_no_second_device() {
    let fresh = open("fresh");
    let first = fresh.practice.offer_root_device().unwrap();
    let second = fresh.practice.offer_root_device().unwrap();
    assert_eq!(first.serial, second.serial);
    assert_ne!(first.seed, second.seed);
    let list = fresh.iam.list_virtual_mfa_devices().send().await.unwrap();
    assert_eq!(list.virtual_mfa_devices().len(), 1);
}

#[test]
fn a_second_device_gets_its_own_name() {
    let hardened = open("hardened");
    let device = hardened.practice.offer_root_device().unwrap();
    assert_eq!(device.serial, "arn:aws:iam::210987654321:mfa/root-account-mfa-device-2");
    let codes = (hardened.code(&device.seed, -1), hardened.code(&device.seed, 0));
    hardened.practice.assign_root_device(&device.serial, &codes).unwrap();
}
