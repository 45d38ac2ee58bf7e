//! The alternate contacts.

use aws_sdk_account::types::AlternateContactType::{Billing, Security};

use super::*;

#[tokio::test(start_paused = true)]
async fn a_contact_is_put_read_and_deleted() {
    let fresh = open("fresh");
    let get = || fresh.account.get_alternate_contact().alternate_contact_type(Security).send();
    assert_eq!(refused(get()).await, "404 ResourceNotFoundException");
    let put = fresh.account.put_alternate_contact().alternate_contact_type(Security);
    let put = put.name("Security Desk").title("CISO").email_address(" sec@example.com ").phone_number("+41 44 000");
    put.send().await.unwrap();
    let contact = get().await.unwrap().alternate_contact.unwrap();
    assert_eq!((contact.name(), contact.email_address()), (Some("Security Desk"), Some("sec@example.com")));
    let other = fresh.account.get_alternate_contact().alternate_contact_type(Billing).send();
    assert_eq!(words(other).await, "No contact of the inputted alternate contact type found.");
    let delete = || fresh.account.delete_alternate_contact().alternate_contact_type(Security).send();
    delete().await.unwrap();
    assert_eq!(refused(delete()).await, "404 ResourceNotFoundException");
}

#[tokio::test(start_paused = true)]
async fn contact_fields_have_limits() {
    let fresh = open("fresh");
    let put = |title: &str, email: &str, phone: &str| {
        let call = fresh.account.put_alternate_contact().alternate_contact_type(Billing).name("n");
        call.title(title).email_address(email).phone_number(phone).send()
    };
    let long = "x".repeat(51);
    assert_eq!(refused(put(&long, "a@b.co", "1")).await, "400 ValidationException");
    assert_eq!(refused(put("t", "no-at-sign", "1")).await, "400 ValidationException");
    assert_eq!(refused(put("t", "a@host", "1")).await, "400 ValidationException");
    assert_eq!(refused(put("t", "a@b.co", "call me")).await, "400 ValidationException");
    let said = words(put(&long, "a@b.co", "1")).await;
    assert!(
        said.ends_with("at 'title' failed to satisfy constraint: Member must have length less than or equal to 50")
    );
}

#[tokio::test(start_paused = true)]
async fn an_account_may_not_name_itself() {
    let fresh = open("fresh");
    let named = fresh.account.get_alternate_contact().alternate_contact_type(Billing).account_id("123456789012").send();
    assert_eq!(refused(named).await, "403 AccessDeniedException");
    let own = fresh.account.get_contact_information().send().await.unwrap();
    assert_eq!(own.contact_information().unwrap().full_name(), "Ada Example");
}

/// A contact in `country` with this phone number.
fn primary(country: &str, phone: &str) -> aws_sdk_account::types::builders::ContactInformationBuilder {
    aws_sdk_account::types::ContactInformation::builder()
        .full_name("Ada Lovelace")
        .address_line1("1 Analytical Way")
        .city("London")
        .postal_code("N1")
        .country_code(country)
        .phone_number(phone)
}

#[tokio::test(start_paused = true)]
async fn the_primary_contact_is_replaced_as_a_whole() {
    let startup = open("leaky-startup");
    let get = async || startup.account.get_contact_information().send().await.unwrap().contact_information.unwrap();
    let before = get().await;
    assert_eq!((before.city(), before.state_or_region()), ("Exampleville", Some("CA")));
    assert_eq!((before.address_line2(), before.district_or_county()), (Some("Apt. 2"), Some("Example County")));
    assert_eq!(
        (before.company_name(), before.website_url()),
        (Some("Rocketship Inc."), Some("https://rocketship.example"))
    );
    let contact = primary("CH", "+41 44").address_line3("Room 3").build().unwrap();
    startup.account.put_contact_information().contact_information(contact.clone()).send().await.unwrap();
    assert_eq!(get().await, contact, "what is left out is gone");
}

#[tokio::test(start_paused = true)]
async fn some_countries_require_a_state() {
    let fresh = open("fresh");
    let put = |contact: aws_sdk_account::types::builders::ContactInformationBuilder| {
        fresh.account.put_contact_information().contact_information(contact.build().unwrap()).send()
    };
    for country in ["US", "CA", "GB", "DE", "JP", "IN", "BR"] {
        assert_eq!(refused(put(primary(country, "+1 2"))).await, "400 ValidationException", "{country}");
        fresh.clock.advance(Duration::from_secs(1));
        put(primary(country, "+1 2").state_or_region("Somewhere")).await.unwrap();
    }
    put(primary("FR", "+33 2")).await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn primary_contact_fields_have_limits() {
    let fresh = open("fresh");
    let long = |length: usize| "x".repeat(length);
    let good = || primary("CH", "+41 44 (0) 1-2");
    let bad = [
        good().full_name(long(51)),
        good().full_name(""),
        good().address_line1(long(61)),
        good().address_line2(""),
        good().address_line3(long(61)),
        good().city(long(51)),
        good().state_or_region(long(51)),
        good().district_or_county(long(51)),
        good().postal_code(long(21)),
        good().country_code("C"),
        good().country_code("ch"),
        good().phone_number("0041 44"),
        good().phone_number("+"),
        good().phone_number("+1234567890123456789012"),
        good().phone_number("+41 x"),
        good().company_name(long(51)),
        good().website_url(long(257)),
    ];
    let before = fresh.account.get_contact_information().send().await.unwrap().contact_information;
    for contact in bad {
        fresh.clock.advance(Duration::from_secs(1));
        let contact = contact.build().unwrap();
        let put = fresh.account.put_contact_information().contact_information(contact.clone()).send();
        assert_eq!(refused(put).await, "400 ValidationException", "{contact:?}");
    }
    let after = fresh.account.get_contact_information().send().await.unwrap().contact_information;
    assert_eq!(before, after);
    fresh.account.put_contact_information().contact_information(good().build().unwrap()).send().await.unwrap();
}

#[tokio::test(start_paused = true)]
async fn every_built_in_scenario_has_its_own_primary_contact() {
    let mut names = std::collections::BTreeSet::new();
    for name in crate::support::administered() {
        let account = open(name);
        let contact = account.account.get_contact_information().send().await.unwrap().contact_information.unwrap();
        names.insert(format!("{} {}", contact.full_name(), account.practice.account_id()));
        assert_ne!(contact.full_name(), "Practice Account", "{name}");
    }
    assert_eq!(names.len(), 5);
}

#[tokio::test(start_paused = true)]
async fn a_management_account_reads_its_members_addresses() {
    let managing = open_with(
        "[organization]\nid = \"o-0123456789\"\nmanagement = true\ntrusted_access = [\"account\"]\nmembers = { \"210987654321\" = \"root@example.com\" }\n",
    );
    let email = |id: &str| managing.account.get_primary_email().account_id(id).send();
    assert_eq!(email("210987654321").await.unwrap().primary_email(), Some("root@example.com"));
    assert_eq!(refused(email("999999999999")).await, "403 AccessDeniedException");
}
