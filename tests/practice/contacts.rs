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
async fn fields_are_held_to_their_limits() {
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
    assert_eq!(own.contact_information().unwrap().full_name(), "Practice Account");
}
