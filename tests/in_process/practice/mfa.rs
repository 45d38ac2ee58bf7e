//! Virtual MFA devices: two consecutive codes in order, each valid once; root only in the console.

use aws_sdk_iam::types::AssignmentStatusType::{Assigned, Unassigned};

use super::*;

async fn create_device(account: &Account, name: &str) -> (String, Secret) {
    let device = account.iam.create_virtual_mfa_device().virtual_mfa_device_name(name).send().await.unwrap();
    let device = device.virtual_mfa_device.unwrap();
    let seed = device.base32_string_seed().unwrap().as_ref();
    (device.serial_number().into(), Secret::new(std::str::from_utf8(seed).unwrap()))
}

/// The refusal of two codes for alice's new device, if any.
async fn enable(account: &Account, serial: &str, first: &str, second: &str) -> Result<(), String> {
    let call = account.iam.enable_mfa_device().user_name("alice").serial_number(serial);
    let call = call.authentication_code1(first).authentication_code2(second);
    match call.clone().send().await {
        Ok(_) => Ok(()),
        Err(error) => {
            let status = error.raw_response().unwrap().status().as_u16();
            Err(format!("{status} {}", error.code().unwrap()))
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_new_device_has_a_seed_of_64_characters_and_a_png() {
    let fresh = open("fresh");
    let device = fresh.iam.create_virtual_mfa_device().virtual_mfa_device_name("x").send().await.unwrap();
    let device = device.virtual_mfa_device.unwrap();
    assert_eq!(device.serial_number(), "arn:aws:iam::123456789012:mfa/x");
    assert_eq!(device.base32_string_seed().unwrap().as_ref().len(), 64);
    assert!(device.qr_code_png().unwrap().as_ref().starts_with(b"\x89PNG"));
    let again = fresh.iam.create_virtual_mfa_device().virtual_mfa_device_name("x").send();
    assert_eq!(refused(again).await, "409 EntityAlreadyExists");
    let list = fresh.iam.list_virtual_mfa_devices().assignment_status(Unassigned).send().await.unwrap();
    let [listed] = list.virtual_mfa_devices() else { panic!("{list:?}") };
    assert!(listed.base32_string_seed().is_none() && listed.user().is_none(), "the seed is told once");
}

#[tokio::test(start_paused = true)]
async fn only_two_consecutive_codes_in_order_enable_a_device() {
    let fresh = open("fresh");
    fresh.create_user("alice").await;
    let (serial, seed) = create_device(&fresh, "alice").await;
    let code = |steps| fresh.code(&seed, steps);
    let wrong = Err("403 InvalidAuthenticationCode".to_owned());
    assert_eq!(enable(&fresh, &serial, "000000", "000000").await, wrong);
    assert_eq!(enable(&fresh, &serial, &code(0), &code(0)).await, wrong, "the same twice");
    assert_eq!(enable(&fresh, &serial, &code(0), &code(-1)).await, wrong, "reversed");
    assert_eq!(enable(&fresh, &serial, &code(-2), &code(0)).await, wrong, "not consecutive");
    assert_eq!(enable(&fresh, &serial, &code(-5000), &code(-4999)).await, wrong, "a clock too far off");
    assert_eq!(enable(&fresh, &serial, "12345", &code(0)).await, Err("400 ValidationError".into()));
    assert_eq!(enable(&fresh, &serial, &code(-1), &code(0)).await, Ok(()));
    assert_eq!(enable(&fresh, &serial, &code(1), &code(2)).await, Err("409 EntityAlreadyExists".into()));
    let devices = fresh.iam.list_mfa_devices().user_name("alice").send().await.unwrap();
    let [device] = devices.mfa_devices() else { panic!("{devices:?}") };
    assert_eq!((device.user_name(), device.serial_number()), ("alice", serial.as_str()));
    assert_eq!(device.enable_date().secs(), NOON.unix_timestamp());
}

#[tokio::test(start_paused = true)]
async fn enrolment_accepts_a_clock_that_is_hours_off() {
    let fresh = open("fresh");
    fresh.create_user("alice").await;
    let (serial, seed) = create_device(&fresh, "alice").await;
    assert_eq!(enable(&fresh, &serial, &fresh.code(&seed, 600), &fresh.code(&seed, 601)).await, Ok(()));
}

#[tokio::test(start_paused = true)]
async fn a_code_works_once() {
    let fresh = open("fresh");
    fresh.create_user("alice").await;
    let (serial, seed) = create_device(&fresh, "alice").await;
    let (first, second) = (fresh.code(&seed, -1), fresh.code(&seed, 0));
    assert_eq!(enable(&fresh, &serial, &first, &second).await, Ok(()));
    let deactivate = fresh.iam.deactivate_mfa_device().user_name("alice").serial_number(&serial);
    deactivate.clone().send().await.unwrap();
    assert_eq!(refused(deactivate.send()).await, "404 NoSuchEntity");
    let reused = enable(&fresh, &serial, &first, &second).await;
    assert_eq!(reused, Err("403 InvalidAuthenticationCode".into()));
    fresh.clock.advance(Duration::from_secs(60));
    assert_eq!(enable(&fresh, &serial, &fresh.code(&seed, -1), &fresh.code(&seed, 0)).await, Ok(()));
    let resync = fresh.iam.resync_mfa_device().user_name("alice").serial_number(&serial);
    let resync = |a: i64, b: i64| {
        resync.clone().authentication_code1(fresh.code(&seed, a)).authentication_code2(fresh.code(&seed, b)).send()
    };
    assert_eq!(refused(resync(-1, 0)).await, "403 InvalidAuthenticationCode");
    resync(1, 2).await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn root_cannot_be_given_a_device_by_the_api() {
    let fresh = open("fresh");
    let (serial, seed) = create_device(&fresh, "root-account-mfa-device").await;
    let call = fresh.iam.enable_mfa_device().serial_number(&serial);
    let call = call.authentication_code1(fresh.code(&seed, -1)).authentication_code2(fresh.code(&seed, 0));
    let as_root = call.clone().user_name("root").send();
    assert_eq!(words(as_root).await, "The user with name root cannot be found.");
    let spelled = call.user_name("AWS ROOT USER").send();
    assert_eq!(refused(spelled).await, "400 ValidationError");
}

#[tokio::test(start_paused = true)]
async fn a_scenario_can_let_root_alone_enable_its_device_by_api() {
    let open = open_with(
        "root_mfa_by_api = true\n[[users]]\nname = \"ann\"\npolicies = [\"AdministratorAccess\"]\n[[users.keys]]\n",
    );
    let (serial, seed) = create_device(&open, "second-phone").await;
    let enable = |account: &Account, a: &str, b: &str| {
        let call = account.iam.enable_mfa_device().user_name("root").serial_number(&serial);
        call.authentication_code1(a).authentication_code2(b).send()
    };
    let (first, second) = (open.code(&seed, -1), open.code(&seed, 0));
    assert_eq!(refused(enable(&open.seen_by(user("ann")), &first, &second)).await, "404 NoSuchEntity");
    assert_eq!(refused(enable(&open, "000000", "000000")).await, "403 InvalidAuthenticationCode");
    enable(&open, &first, &second).await.unwrap();
    let devices = open.iam.list_mfa_devices().send().await.unwrap();
    assert_eq!(devices.mfa_devices()[0].serial_number(), serial);
    let summary = open.iam.get_account_summary().send().await.unwrap();
    assert_eq!(summary.summary_map().unwrap()[&"AccountMFAEnabled".into()], 1);
}

#[tokio::test(start_paused = true)]
async fn an_assigned_device_is_not_deleted() {
    let fresh = open("fresh");
    fresh.create_user("alice").await;
    let (serial, seed) = create_device(&fresh, "alice").await;
    enable(&fresh, &serial, &fresh.code(&seed, -1), &fresh.code(&seed, 0)).await.unwrap();
    let delete = || fresh.iam.delete_virtual_mfa_device().serial_number(&serial).send();
    assert_eq!(refused(delete()).await, "409 DeleteConflict");
    fresh.iam.deactivate_mfa_device().user_name("alice").serial_number(&serial).send().await.unwrap();
    delete().await.unwrap();
    assert_eq!(refused(delete()).await, "404 NoSuchEntity");
}

#[tokio::test(start_paused = true)]
async fn a_device_belongs_to_one_user() {
    let fresh = open("fresh");
    fresh.create_user("alice").await;
    fresh.create_user("bob").await;
    let (serial, seed) = create_device(&fresh, "shared").await;
    enable(&fresh, &serial, &fresh.code(&seed, -1), &fresh.code(&seed, 0)).await.unwrap();
    let call = fresh.iam.enable_mfa_device().user_name("bob").serial_number(&serial);
    let call = call.authentication_code1(fresh.code(&seed, 1)).authentication_code2(fresh.code(&seed, 2));
    assert_eq!(refused(call.send()).await, "409 EntityAlreadyExists");
    let absent = fresh.iam.enable_mfa_device().user_name("bob").serial_number("arn:aws:iam::123456789012:mfa/none");
    let absent = absent.authentication_code1("123456").authentication_code2("654321").send();
    assert_eq!(refused(absent).await, "404 NoSuchEntity");
}

#[tokio::test(start_paused = true)]
async fn a_user_has_eight_devices_at_most() {
    let fresh = open("fresh");
    fresh.create_user("alice").await;
    for n in 0..9 {
        let (serial, seed) = create_device(&fresh, &format!("device-{n}")).await;
        let expected = if n < 8 { Ok(()) } else { Err("409 LimitExceeded".to_owned()) };
        assert_eq!(enable(&fresh, &serial, &fresh.code(&seed, -1), &fresh.code(&seed, 0)).await, expected);
    }
}

#[tokio::test(start_paused = true)]
async fn the_list_names_each_devices_owner_and_root_has_no_name() {
    let hardened = open("hardened");
    let list = hardened.iam.list_virtual_mfa_devices().assignment_status(Assigned).send().await.unwrap();
    let owners: Vec<(&str, &str)> = list
        .virtual_mfa_devices()
        .iter()
        .map(|device| (device.user().unwrap().arn(), device.user().unwrap().user_name()))
        .collect();
    assert!(owners.contains(&("arn:aws:iam::210987654321:root", "")), "{owners:?}");
    assert!(owners.contains(&("arn:aws:iam::210987654321:user/alice", "alice")), "{owners:?}");
    let own = hardened.iam.list_mfa_devices().send().await.unwrap();
    assert_eq!(own.mfa_devices()[0].serial_number(), "arn:aws:iam::210987654321:mfa/root-account-mfa-device");
}
