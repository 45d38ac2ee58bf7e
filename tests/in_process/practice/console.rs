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

/// Controls with a hand-off that no click in the console ends: time passes, or somebody decides.
const NOT_BY_A_CLICK: [&str; 3] = ["in-organization", "root-activity", "root-unused"];

#[test]
fn the_simulated_console_plays_every_hand_off_or_names_why_it_can_not() {
    for control in lockroot::checks::CONTROLS.iter().filter(|control| control.remedy.hand_off().is_some()) {
        let account = Practice::new(Scenario::named("inherited").unwrap(), lockroot::clock::Clock::default());
        let played = lockroot::account::Console::carry_out(&account, control.id);
        let is_unknown = played.is_err_and(|failure| failure.message.starts_with("Nothing in the console changes it"));
        assert_eq!(is_unknown, NOT_BY_A_CLICK.contains(&control.id), "{}", control.id);
    }
}
