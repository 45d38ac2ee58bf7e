use super::*;

const USER: &str = "administrator";

fn root_key(status: KeyStatus) -> Change {
    Change::SetKeyStatus { owner: Subject::Root, key: "AKIAROOT".into(), status }
}

fn password(is_first: bool) -> Change {
    let (user, password, reset_required) = (USER.to_owned(), Secret::new("a secret"), true);
    if is_first {
        Change::CreateLoginProfile { user, password, reset_required }
    } else {
        Change::SetPassword { user, password, reset_required }
    }
}

fn codes() -> (String, String) {
    ("123456".into(), "654321".into())
}

#[test]
fn changes_of_root_declare_that_they_touch_root() {
    let delete = Change::DeleteKey { owner: Subject::Root, key: "AKIAROOT".into() };
    assert_eq!(root_key(KeyStatus::Inactive).declares().key(), Some((None, "AKIAROOT", KeyBecomes::Inactive)));
    assert_eq!(root_key(KeyStatus::Active).declares().key(), Some((None, "AKIAROOT", KeyBecomes::Active)));
    assert_eq!(delete.declares().key(), Some((None, "AKIAROOT", KeyBecomes::Deleted)));
    let certificate = Change::DeleteCertificate { owner: Subject::Root, certificate: "C".into() };
    let device = Change::EnableRootDevice { serial: "S".into(), codes: codes() };
    for change in [root_key(KeyStatus::Active), delete, certificate, device] {
        assert!(change.declares().touches_root(), "{change:?}");
    }
    // The question changes nothing of root, and a user's key belongs to the user.
    let asked = Change::AskRootDevice { serial: "S".into() };
    let of_user = Change::DeleteKey { owner: Subject::User(USER.into()), key: "AKIAUSER".into() };
    for change in [&asked, &of_user] {
        assert!(!change.declares().touches_root(), "{change:?}");
    }
    assert_eq!(asked.declares().key(), None);
    assert_eq!(of_user.declares().key(), Some((Some(USER), "AKIAUSER", KeyBecomes::Deleted)));
}

#[test]
fn a_change_of_credentials_declares_the_read_that_shows_it() {
    let device = Change::EnableDevice { user: USER.into(), serial: "S".into(), codes: codes() };
    let without = Change::DeleteLoginProfile { user: USER.into() };
    assert_eq!(without.declares().takes_away, TakesAway::ForGood, "another password is not the same");
    for change in [password(true), password(false), device, without] {
        assert_eq!(change.declares().shown_by(), Some(Question::SignIn(USER.into())), "{change:?}");
    }
    let owner = || Subject::User(USER.into());
    let inactive = Change::SetKeyStatus { owner: owner(), key: "AKIAUSER".into(), status: KeyStatus::Inactive };
    let deleted = Change::DeleteKey { owner: owner(), key: "AKIAUSER".into() };
    for change in [inactive, deleted, Change::CreateKey { user: USER.into() }] {
        assert_eq!(change.declares().shown_by(), Some(Question::UserKeys(USER.into())), "{change:?}");
    }
    assert_eq!(root_key(KeyStatus::Active).declares().shown_by(), None, "the step asks for root's keys itself");
    let tags = Change::TagUser { user: USER.into(), tags: Vec::new() };
    assert_eq!((tags.declares().shown_by(), tags.declares().touches), (None, Touches::User(USER)));
}

#[test]
fn a_change_that_returns_a_secret_declares_it() {
    let key = Change::CreateKey { user: USER.into() };
    let device = Change::CreateDevice { name: "root".into(), user: None };
    assert_eq!(key.declares().brings, Brings::Key { user: USER });
    assert_eq!(device.declares().brings, Brings::Device { user: None });
    for change in [key, device, password(true), password(false)] {
        assert!(change.declares().brings_secret(), "{change:?}");
    }
    assert!(!Change::CreateUser { user: USER.into(), tags: Vec::new() }.declares().brings_secret());
}

#[test]
fn a_change_declares_what_it_takes_away_and_replaces() {
    let gone = Change::DeleteKey { owner: Subject::Root, key: "AKIAROOT".into() };
    assert_eq!(gone.declares().takes_away, TakesAway::ForGood);
    assert_eq!(root_key(KeyStatus::Inactive).declares().takes_away, TakesAway::UntilRestored);
    assert_eq!(root_key(KeyStatus::Active).declares().takes_away, TakesAway::Nothing);
    let contact = Change::DeleteContact { of: ContactType::Billing }.declares().replaces;
    assert_eq!(contact, Replaces::AlternateContact(ContactType::Billing));
    let to = ContactInformation { full_name: "Paula".into(), ..Default::default() };
    let put = Change::PutContactInformation(Box::new(to.clone()));
    assert_eq!(put.declares().replaces, Replaces::PrimaryContact(&to));
}

#[test]
fn facts_from_before_the_call_do_not_prove_it() {
    use crate::account::facts::{LoginProfile, SignIn};
    use crate::account::{ContactInformation, Facts, PhoneStatus, Reading};
    let read = |value| Reading::Known { value, at: crate::account::Timestamp::UNIX_EPOCH };
    let phone = "+41 44 000 00 00".to_owned();
    let contact = ContactInformation { phone: phone.clone(), phone_status: PhoneStatus::Pending, ..Default::default() };
    let sign_in = SignIn {
        password: Reading::Known {
            value: Some(LoginProfile { created: None, reset_required: false }),
            at: crate::account::Timestamp::UNIX_EPOCH,
        },
        ..SignIn::default()
    };
    let facts = Facts {
        contact_information: read(Some(contact)),
        sign_ins: [("ada".to_owned(), sign_in)].into(),
        ..Facts::default()
    };
    let send = |again| Change::SendPhoneCode { phone: phone.clone(), again };
    assert_eq!([send(false).shows_in(&facts), send(true).shows_in(&facts)], [Some(true), None]);
    let change = |was_asked| Change::ChangePassword {
        user: "ada".into(),
        old: Secret::new("old"),
        new: Secret::new("new"),
        was_asked,
    };
    assert_eq!([change(true).shows_in(&facts), change(false).shows_in(&facts)], [Some(true), None]);
}
