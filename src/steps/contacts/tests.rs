//! Validation and plans of the contacts' forms.

use super::super::Row;
use super::*;
use crate::account::{
    AlternateContact, Caller, Change, ContactInformation, Credential, CredentialKind, PreviousContact, PreviousPrimary,
    Principal, Reading,
};
use crate::steps::{Consent, Value};

const NOON: Timestamp = time::macros::datetime!(2026-11-21 12:00 UTC);

fn read<T>(value: T) -> Reading<T> {
    Reading::Known { value, at: NOON }
}

fn contact(email: &str) -> AlternateContact {
    AlternateContact { name: "Ann".into(), title: "CFO".into(), email: email.into(), phone: "+1 2".into() }
}

fn primary() -> ContactInformation {
    ContactInformation {
        full_name: "Ada Example".into(),
        address_line_1: "1 Way".into(),
        address_line_2: "Door 2".into(),
        city: "Bern".into(),
        postal_code: "3000".into(),
        country_code: "CH".into(),
        phone: "+41 31 1".into(),
        ..ContactInformation::default()
    }
}

fn facts() -> Facts {
    let credential = Credential {
        access_key_id: "ASIA1".into(),
        kind: CredentialKind::Temporary,
        source: "the test".into(),
        base: None,
    };
    Facts {
        caller: read(Caller {
            account: "123456789012".into(),
            arn: "arn:aws:iam::123456789012:root".into(),
            principal: Principal::Root,
            credential,
            clock_ahead: None,
        }),
        contacts: [read(Some(contact("bill@example.com"))), read(None), read(Some(contact("sec@example.com")))],
        contact_information: read(Some(primary())),
        alias: read(Some("acme".into())),
        ..Facts::default()
    }
}

fn form(action: ActionId, facts: &Facts) -> Form {
    match Contacts.open(action, 0, facts) {
        Opening::Form(form) => form,
        other => panic!("no form: {other:?}"),
    }
}

fn plan(action: ActionId, form: &Form, facts: &Facts) -> Result<Plan, String> {
    assert_eq!(Contacts.problems(form, facts), []);
    Contacts.plan(action, 0, Some(form), facts, NOON)
}

#[test]
fn the_primary_contact_keeps_unchanged_fields() {
    let facts = facts();
    let mut form = form(ActionId::PrimaryContact, &facts);
    assert!(plan(ActionId::PrimaryContact, &form, &facts).is_err(), "nothing differs");
    form.put_text(FieldId::Primary(ContactField::City), "Thun");
    form.put_text(FieldId::Primary(ContactField::AddressLine2), "");
    let plan = plan(ActionId::PrimaryContact, &form, &facts).unwrap();
    assert_eq!(
        plan.calls[0].effect,
        [("Address, line 2", "Door 2".into(), "not set".into()), ("City", "Bern".into(), "Thun".into())]
    );
    let wanted = ContactInformation { city: "Thun".into(), address_line_2: String::new(), ..primary() };
    assert_eq!(plan.calls[0].change, Change::PutContactInformation(Box::new(wanted)));
    assert_eq!(plan.consent, Consent::Plain);
}

#[test]
fn form_hints_fit_their_two_lines() {
    let facts = facts();
    for action in [ActionId::FillIn, ActionId::PrimaryContact, ActionId::AccountAlias, ActionId::DeleteContact] {
        for field in form(action, &facts).fields {
            assert!(field.hint.chars().count() <= 88, "{}", field.hint);
        }
    }
}

#[test]
fn a_new_phone_needs_a_careful_consent_and_a_new_country_its_state() {
    let facts = facts();
    let mut form = form(ActionId::PrimaryContact, &facts);
    form.put_text(FieldId::Primary(ContactField::PhoneNumber), "+41 31 2");
    let plan = plan(ActionId::PrimaryContact, &form, &facts).unwrap();
    assert_eq!(plan.consent, Consent::Careful);
    assert!(plan.notes[0].contains("recover root"), "{:?}", plan.notes);
    form.put_text(FieldId::Primary(ContactField::CountryCode), "US");
    let wrong: Vec<FieldId> = Contacts.problems(&form, &facts).into_iter().map(|problem| problem.field).collect();
    assert_eq!(wrong, [FieldId::Primary(ContactField::StateOrRegion)]);
}

#[test]
fn a_new_alias_replaces_the_old_one_in_one_call() {
    let facts = facts();
    let mut form = form(ActionId::AccountAlias, &facts);
    form.put_text(FieldId::Alias, "acme-prod");
    let plan = plan(ActionId::AccountAlias, &form, &facts).unwrap();
    assert_eq!(plan.calls.len(), 1);
    assert_eq!(plan.calls[0].change, Change::CreateAlias { alias: "acme-prod".into() });
    assert_eq!(plan.consent, Consent::Careful, "people's bookmarks stop working");
    assert_eq!(plan.calls[0].effect[1].2, "https://acme-prod.signin.aws.amazon.com/console");
    assert!(plan.notes[0].contains("stops working"), "{:?}", plan.notes);
}

#[test]
fn an_emptied_alias_is_deleted_and_a_first_alias_needs_a_plain_consent() {
    let mut facts = facts();
    let mut form = form(ActionId::AccountAlias, &facts);
    form.put_text(FieldId::Alias, "");
    let deleting = plan(ActionId::AccountAlias, &form, &facts).unwrap();
    assert_eq!(deleting.calls[0].change, Change::DeleteAlias { alias: "acme".into() });
    facts.alias = read(None);
    assert_eq!(Contacts.problems(&form, &facts).len(), 1, "there is nothing to delete");
    form.put_text(FieldId::Alias, "first");
    assert_eq!(plan(ActionId::AccountAlias, &form, &facts).unwrap().consent, Consent::Plain);
}

#[test]
fn restoring_a_deleted_contact_is_offered() {
    let mut facts = facts();
    let offers = |facts: &Facts, id| Contacts.view(facts, 0, NOON).actions.iter().any(|action| action.id == id);
    assert!(offers(&facts, ActionId::DeleteContact) && !offers(&facts, ActionId::RestoreContact));
    let deletion = form(ActionId::DeleteContact, &facts);
    let mut operations = deletion.clone();
    operations.put(FieldId::WhichContact, Value::Choice { options: &["a", "b", "c"], chosen: 1 });
    assert!(Contacts.plan(ActionId::DeleteContact, 0, Some(&operations), &facts, NOON).is_err(), "it is not set");
    let plan = plan(ActionId::DeleteContact, &deletion, &facts).unwrap();
    assert_eq!(plan.calls[0].change, Change::DeleteContact { of: ContactType::Billing });
    assert_eq!(plan.calls[0].effect[2], ("E-mail", "bill@example.com".into(), "not set".into()));
    assert_eq!(plan.consent, Consent::Careful);
    facts.contacts[0] = read(None);
    let until = NOON - time::Duration::days(3);
    facts.previous_contacts =
        vec![PreviousContact { of: ContactType::Billing, contact: contact("bill@example.com"), until }];
    assert!(offers(&facts, ActionId::RestoreContact));
    let rows = Contacts.view(&facts, 0, NOON).rows;
    assert!(
        rows.iter().any(|row| *row == Row::value("Before", "billing: bill@example.com, until 3 d ago")),
        "{rows:?}"
    );
    let putting_back = form(ActionId::RestoreContact, &facts);
    let plan = self::plan(ActionId::RestoreContact, &putting_back, &facts).unwrap();
    let contact = contact("bill@example.com");
    assert_eq!(plan.calls[0].change, Change::PutContact { of: ContactType::Billing, contact: contact.clone() });
    facts.contacts[0] = read(Some(contact));
    assert!(!offers(&facts, ActionId::RestoreContact), "it is what is set");
    assert!(Contacts.plan(ActionId::RestoreContact, 0, Some(&putting_back), &facts, NOON).is_err());
}

#[test]
fn shared_and_personal_mailboxes_are_noted() {
    let mut facts = facts();
    let notes = |facts: &Facts| Contacts.view(facts, 0, NOON).notes.join(" ");
    assert!(!notes(&facts).contains("one mailbox") && !notes(&facts).contains("persons have their mail"));
    facts.contacts = [(); 3].map(|()| read(Some(contact("ann@gmail.com"))));
    assert!(notes(&facts).contains("The billing and operations contacts share the mailbox ann@gmail.com"));
    assert!(notes(&facts).contains("gmail.com is a provider of personal mailboxes"));
    let mut form = form(ActionId::FillIn, &facts);
    form.put_text(FieldId::Email(ContactType::Security), "sec@example.com");
    let two = self::plan(ActionId::FillIn, &form, &facts).unwrap();
    assert!(
        two.notes.iter().any(|note| note.contains("fails the control contacts-differ")),
        "two of them still: {two:?}"
    );
    form.put_text(FieldId::Email(ContactType::Operations), "ops@example.com");
    let plan = plan(ActionId::FillIn, &form, &facts).unwrap();
    assert_eq!(plan.calls.len(), 2);
    assert!(!plan.notes.iter().any(|note| note.contains("one mailbox")), "no longer");
    assert!(plan.notes.iter().any(|note| note.contains("gmail.com")), "the others still");
}

#[test]
fn a_phone_number_that_reaches_nobody_is_noted() {
    let mut facts = facts();
    let notes = |facts: &Facts| Contacts.view(facts, 0, NOON).notes.join(" ");
    let set = |phone: &str| read(Some(AlternateContact { phone: phone.into(), ..contact("sec@example.com") }));
    facts.contacts = [set("+49 30 1234567"), set("0049 30 1234567"), set("+44 (0)20 7946 0000")];
    assert!(!notes(&facts).contains("phone number") && !notes(&facts).contains("country code"), "{}", notes(&facts));
    facts.contacts = [set("12"), set("12"), set("030 1234567")];
    assert_eq!(notes(&facts).matches("“12” looks too short").count(), 1, "{}", notes(&facts));
    assert!(notes(&facts).contains("“030 1234567” has no country code"));
    let mut form = form(ActionId::FillIn, &facts);
    form.put_text(FieldId::Phone(ContactType::Security), "+49 1");
    let plan = plan(ActionId::FillIn, &form, &facts).unwrap();
    assert!(plan.notes.iter().any(|note| note.contains("“+49 1” looks too short")), "{:?}", plan.notes);
}

#[test]
fn restoring_a_previous_primary_contact_is_offered() {
    let mut facts = facts();
    let now = facts.contact_information.known().cloned().flatten().unwrap();
    let offers = |facts: &Facts| {
        Contacts.view(facts, 0, NOON).actions.iter().any(|action| action.id == ActionId::RestoreContact)
    };
    assert!(!offers(&facts));
    let contact = ContactInformation { full_name: "Ann Before".into(), phone: "+1 555 0199".into(), ..now.clone() };
    facts.previous_primaries =
        vec![PreviousPrimary { contact: Box::new(contact.clone()), until: NOON - time::Duration::days(3) }];
    assert!(offers(&facts));
    let rows = Contacts.view(&facts, 0, NOON).rows;
    assert!(
        rows.iter().any(|row| *row == Row::value("Before", "primary: Ann Before, +1 555 0199, until 3 d ago")),
        "{rows:?}"
    );
    let putting_back = form(ActionId::RestoreContact, &facts);
    let back = plan(ActionId::RestoreContact, &putting_back, &facts).unwrap();
    assert_eq!(back.calls[0].change, Change::PutContactInformation(Box::new(contact.clone())));
    assert_eq!(back.consent, Consent::Careful, "its phone is the way back into root");
    facts.contact_information = read(Some(ContactInformation { phone_status: Default::default(), ..contact }));
    assert!(!offers(&facts), "it is what is set");
    assert!(Contacts.plan(ActionId::RestoreContact, 0, Some(&putting_back), &facts, NOON).is_err());
}

#[test]
fn a_previous_primary_contact_that_aws_would_refuse_is_not_sent() {
    let mut facts = facts();
    let now = facts.contact_information.known().cloned().flatten().unwrap();
    let contact = ContactInformation { phone: "030 123".into(), ..now };
    facts.previous_primaries = vec![PreviousPrimary { contact: Box::new(contact), until: NOON }];
    let refused = Contacts
        .plan(ActionId::RestoreContact, 0, Some(&form(ActionId::RestoreContact, &facts)), &facts, NOON)
        .unwrap_err();
    assert!(refused.contains("AWS would refuse") && refused.contains("Fill in the form"), "{refused}");
}

#[test]
fn a_phone_code_is_sent_only_for_the_number_that_received_it() {
    let facts = |phone: &str| Facts {
        contact_information: Reading::Known {
            value: Some(ContactInformation {
                phone: phone.into(),
                phone_status: crate::account::PhoneStatus::Pending,
                ..ContactInformation::default()
            }),
            at: crate::account::Timestamp::UNIX_EPOCH,
        },
        ..Facts::default()
    };
    let mut form = super::phone::form(&facts("+41 44 000 00 00"));
    form.put_text(FieldId::PhoneCode, "4F7K2A");
    assert_eq!(super::phone::verify(&form, &facts("+41 44 000 00 00")).unwrap().calls.len(), 1);
    let why = super::phone::verify(&form, &facts("+41 44 000 00 99")).unwrap_err();
    assert!(why.contains("the code was sent to another one") && why.contains("Send a new code"), "{why}");
}

#[test]
fn another_code_is_sent_only_after_a_pause_that_is_counted_down() {
    let phone = "+41 44 000 00 00";
    let contact = ContactInformation {
        phone: phone.into(),
        phone_status: crate::account::PhoneStatus::Pending,
        ..ContactInformation::default()
    };
    let after = |number: &str, seconds: i64| Facts {
        contact_information: Reading::Known { value: Some(contact.clone()), at: NOON },
        phone_code_sent: Some((number.into(), NOON - time::Duration::seconds(seconds))),
        ..Facts::default()
    };
    let send = |facts: &Facts| {
        let mut actions = Contacts.view(facts, 0, NOON).actions.into_iter();
        actions.find(|action| action.id == ActionId::SendPhoneCode).expect("it is offered").blocked
    };
    let blocked = send(&after(phone, 26)).expect("a code was sent 26 seconds ago");
    assert!(blocked.contains("in 34 seconds"), "{blocked}");
    assert_eq!(Contacts.changes_at(&after(phone, 26), NOON), Some(NOON + time::Duration::seconds(1)));
    assert!(send(&after(phone, 59)).is_some_and(|why| why.contains("in 1 second.")));
    for free in [after(phone, 60), after("+41 44 000 00 99", 1)] {
        assert_eq!(send(&free), None);
        assert_eq!(Contacts.changes_at(&free, NOON), None, "an idle page asks for no tick");
    }
}
