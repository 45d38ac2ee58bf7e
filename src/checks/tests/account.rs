//! Contacts, alias, support, trails, the organization, abandoned devices, customer policies.

use super::*;
use crate::account::management_events::ManagementEvents;

fn contact(email: &str) -> Option<AlternateContact> {
    Some(AlternateContact { name: "a".into(), title: "b".into(), email: email.into(), phone: "1".into() })
}

#[test]
fn the_contacts_must_be_different_mailboxes() {
    let with =
        |contacts: [Reading<Option<AlternateContact>>; 3]| verdict("contacts-differ", &Facts { contacts, ..root() });
    let (a, b, c) = (contact("a@x.yz"), contact("b@x.yz"), contact("A@x.yz "));
    assert_eq!(with([read(a.clone()), read(b.clone()), read(None)]), Verdict::Pass);
    assert_eq!(
        with([read(a.clone()), read(b.clone()), read(c.clone())]),
        Verdict::Fail,
        "case and blanks don't differ"
    );
    assert_eq!(with([read(a.clone()), denied(), read(c)]), Verdict::Fail, "two are alike whatever the third is");
    assert_eq!(with([read(a.clone()), denied(), read(b)]), Verdict::Unknown);
    assert_eq!(with([read(a), read(None), read(None)]), Verdict::NotApplicable);
}

#[test]
fn the_primary_contact_needs_a_name_and_a_phone() {
    let whole = ContactInformation {
        full_name: "Acme".into(),
        phone: "+1 555".into(),
        phone_status: PhoneStatus::Unsaid,
        ..ContactInformation::default()
    };
    let with = |contact: Option<ContactInformation>| {
        verdict("primary-contact", &Facts { contact_information: read(contact), ..root() })
    };
    assert_eq!(with(Some(whole.clone())), Verdict::Pass);
    assert_eq!(with(None), Verdict::Fail);
    assert_eq!(with(Some(ContactInformation { phone: " ".into(), ..whole.clone() })), Verdict::Fail);
    let unverified = ContactInformation { phone_status: PhoneStatus::Unverified, ..whole };
    assert_eq!(with(Some(unverified.clone())), Verdict::Fail);
    let pending = ContactInformation { phone_status: PhoneStatus::Pending, ..unverified.clone() };
    assert_eq!(with(Some(pending)), Verdict::Fail);
    let facts = Facts { contact_information: read(Some(unverified)), ..root() };
    let assessment = control("primary-contact").unwrap().assess(&facts);
    assert!(assessment.fix.unwrap().contains("Verify it"), "an edit verifies nothing: {assessment:?}");
    assert!(assessment.evidence.iter().any(|evidence| evidence.field == "VerificationStatus"), "as the wire spells it");
    assert_eq!(verdict("primary-contact", &Facts { contact_information: denied(), ..root() }), Verdict::Unknown);
}

#[test]
fn the_account_needs_an_alias() {
    for (alias, expected) in
        [(read(Some("acme".to_owned())), Verdict::Pass), (read(None), Verdict::Fail), (denied(), Verdict::Unknown)]
    {
        assert_eq!(verdict("account-alias", &Facts { alias, ..root() }), expected);
    }
}

#[test]
fn somebody_must_hold_the_support_policy() {
    let holders = PolicyHolders { groups: vec!["Support".into()], ..PolicyHolders::default() };
    for (support, expected) in
        [(read(holders), Verdict::Pass), (read(PolicyHolders::default()), Verdict::Fail), (denied(), Verdict::Unknown)]
    {
        assert_eq!(verdict("support-role", &Facts { support, ..root() }), expected);
    }
}

#[test]
fn one_trail_must_do_everything_or_its_gaps_are_named() {
    let trail = TrailState {
        arn: "arn".into(),
        name: "main".into(),
        multi_region: true,
        validation: true,
        records_home: true,
        logging: Some(true),
        management: read(ManagementEvents::all()),
        home_region: "us-east-1".into(),
        ..TrailState::default()
    };
    let recording = |reads, writes, left_out: &[&str]| {
        let left_out = left_out.iter().map(ToString::to_string).collect();
        TrailState { management: read(ManagementEvents { reads, writes, left_out }), ..trail.clone() }
    };
    let with =
        |trails: Vec<TrailState>| control("cloudtrail-on").unwrap().assess(&Facts { trails: read(trails), ..root() });
    assert_eq!(with(vec![trail.clone()]).verdict, Verdict::Pass);
    assert_eq!(with(vec![]).verdict, Verdict::Fail);
    for (less, words) in [
        (TrailState { multi_region: false, logging: None, ..trail.clone() }, "one Region only"),
        (TrailState { logging: Some(false), ..trail.clone() }, "stopped"),
        (TrailState { validation: false, ..trail.clone() }, "not validated"),
        (recording(false, true, &[]), "no read management events"),
        (recording(true, false, &[]), "no write management events"),
        (recording(true, true, &["kms.amazonaws.com"]), "leaves out kms.amazonaws.com"),
    ] {
        let assessment = with(vec![less.clone()]);
        assert!(assessment.verdict == Verdict::Fail && assessment.why.contains(words), "{}", assessment.why);
        assert_eq!(with(vec![less, trail.clone()]).verdict, Verdict::Pass);
    }
    assert_eq!(verdict("cloudtrail-on", &Facts { trails: denied(), ..root() }), Verdict::Unknown);
}

#[test]
fn central_root_management_is_assessed_in_organizations_only() {
    let with = |central: CentralRoot, numbers: &[(&str, i32)]| {
        let facts = Facts { central_root: read(central), summary: summary(numbers), ..root() };
        verdict("root-credentials-removed", &facts)
    };
    let features = |credentials: bool| CentralRoot::Features { credentials, sessions: true };
    assert_eq!(with(features(true), &[]), Verdict::Pass);
    assert_eq!(with(features(false), &[]), Verdict::Fail);
    assert_eq!(with(CentralRoot::NoTrustedAccess, &[]), Verdict::Fail);
    assert_eq!(with(CentralRoot::NotAllFeatures, &[]), Verdict::Fail);
    assert_eq!(with(CentralRoot::NoOrganization, &[]), Verdict::NotApplicable);
    let removed = [("AccountPasswordPresent", 0), ("AccountAccessKeysPresent", 0)];
    assert_eq!(with(CentralRoot::Member, &removed), Verdict::Pass);
    assert_eq!(with(CentralRoot::Member, &[("AccountPasswordPresent", 1)]), Verdict::NotApplicable);
    let blind = Facts { central_root: read(CentralRoot::Member), summary: denied(), ..root() };
    assert_eq!(verdict("root-credentials-removed", &blind), Verdict::Unknown);
    assert_eq!(verdict("root-credentials-removed", &Facts { central_root: denied(), ..root() }), Verdict::Unknown);
}

#[test]
fn a_device_without_an_owner_is_abandoned() {
    let device = |owner: DeviceOwner| VirtualDevice { serial: "arn:aws:iam::1:mfa/x".into(), owner, enabled: None };
    let with =
        |devices: Vec<VirtualDevice>| verdict("abandoned-devices", &Facts { virtual_devices: read(devices), ..root() });
    assert_eq!(with(vec![]), Verdict::NotApplicable);
    assert_eq!(with(vec![device(DeviceOwner::Root), device(DeviceOwner::User("a".into()))]), Verdict::Pass);
    assert_eq!(with(vec![device(DeviceOwner::Root), device(DeviceOwner::Nobody)]), Verdict::Fail);
    assert_eq!(verdict("abandoned-devices", &Facts { virtual_devices: denied(), ..root() }), Verdict::Unknown);
}

#[test]
fn a_policy_that_allows_everything_fails_and_an_unclear_one_is_unknown() {
    let policy = |full_admin: FullAdmin| CustomerPolicy {
        name: "p".into(),
        arn: "arn:aws:iam::123456789012:policy/p".into(),
        attachments: Some(0),
        full_admin,
        allows_everything: false,
        denies_everything: false,
    };
    let with = |policies: Vec<CustomerPolicy>| {
        verdict("full-admin-policies", &Facts { people: read(People { policies, ..People::default() }), ..root() })
    };
    let unclear = || policy(FullAdmin::Unclear("a condition"));
    assert_eq!(with(vec![]), Verdict::Pass);
    assert_eq!(with(vec![policy(FullAdmin::No)]), Verdict::Pass);
    assert_eq!(with(vec![policy(FullAdmin::No), unclear()]), Verdict::Unknown);
    assert_eq!(with(vec![unclear(), policy(FullAdmin::Yes)]), Verdict::Fail);
    assert_eq!(verdict("full-admin-policies", &Facts { people: denied(), ..root() }), Verdict::Unknown);
}

#[test]
fn one_administrator_is_not_enough() {
    let named = |name: &str, user: User| User { name: name.into(), ..user };
    let with = |users: Vec<User>| verdict("two-administrators", &Facts { people: people(users), ..root() });
    let (able, unable) = (administrator(true, 1), administrator(false, 0));
    assert_eq!(with(vec![able.clone(), named("bob", able.clone())]), Verdict::Pass);
    assert_eq!(with(vec![able.clone()]), Verdict::Fail);
    assert_eq!(with(vec![able.clone(), named("bob", unable)]), Verdict::Fail, "bob can't sign in");
    let unread = User { sign_in: Some(SignIn { password: denied(), devices: denied() }), ..named("bob", able.clone()) };
    assert_eq!(with(vec![able.clone(), unread.clone()]), Verdict::Unknown);
    assert_eq!(with(vec![able.clone(), named("cid", able.clone()), unread]), Verdict::Pass);
    let three = Facts {
        people: people(vec![able.clone(), named("bob", able)]),
        parameters: Parameters { administrators: 3, ..Parameters::default() },
        ..root()
    };
    assert_eq!(verdict("two-administrators", &three), Verdict::Fail, "as many as are asked for");
}
