//! The review's notes on expiry, lock-out and changing one's own password.

use time::Duration;
use time::macros::datetime;

use super::*;
use crate::account::facts::{Field as Column, ReportRow};
use crate::account::{CredentialReport, Failure, Fault};
use crate::checks::NAMED;

/// When the report of these cases was made: an hour ago.
const GENERATED: Timestamp = datetime!(2026-11-21 11:00 UTC);

/// A row with a password that was changed so many days before [`NOON`].
fn row(user: &str, days: i64) -> ReportRow {
    let changed = Column::Value(NOON - Duration::days(days));
    ReportRow { user: user.into(), password: Column::Value(true), password_changed: changed, ..ReportRow::default() }
}

/// Old users with these rows in the credential report.
fn reported(policy: Option<PasswordPolicy>, rows: Vec<ReportRow>) -> Facts {
    let ages: Vec<(String, i64)> =
        rows.iter().filter(|row| !row.is_root()).map(|row| (row.user.clone(), 2000)).collect();
    let mut facts = super::facts(policy, &ages.iter().map(|(user, days)| (user.as_str(), *days)).collect::<Vec<_>>());
    if let Reading::Known { value, .. } = &mut facts.people {
        value.users.iter_mut().for_each(|user| user.sign_in = None);
    }
    facts.credential_report =
        read(CredentialReport { generated: Some(GENERATED), rows, ..CredentialReport::default() });
    facts
}

fn people(facts: &mut Facts) -> &mut People {
    match &mut facts.people {
        Reading::Known { value, .. } => value,
        other => panic!("{other:?}"),
    }
}

/// Puts `user` into a group with `policy` of AWS.
fn give(facts: &mut Facts, user: &str, policy: &str) {
    let people = people(facts);
    let group = format!("{user}s");
    let arn = format!("arn:aws:iam::aws:policy/{policy}");
    people.groups.push(crate::account::facts::Group {
        name: group.clone(),
        attached_policies: vec![arn],
        ..Default::default()
    });
    people.users.iter_mut().find(|some| some.name == user).unwrap().groups.push(group);
}

/// The edit that lets passwords expire after `days`.
fn expiry(days: &str) -> Vec<(FieldId, Value)> {
    vec![(FieldId::MaxAge, text(days))]
}

fn hard(days: &str) -> Vec<(FieldId, Value)> {
    [expiry(days), vec![(FieldId::HardExpiry, Value::Toggle(true))]].concat()
}

fn notes(facts: &Facts, edits: &[(FieldId, Value)]) -> String {
    plan(facts, edits).notes.join("\n")
}

#[test]
fn users_whose_password_expires_are_named_with_its_age() {
    let facts = reported(None, vec![row("bob", 20), row("alice", 400), row("carol", 90), row("dave", 89)]);
    let plan = plan(&facts, &expiry("90"));
    assert_eq!(plan.consent, Consent::Careful);
    assert_eq!(
        plan.notes[0],
        "At once: 2 of 4 console passwords have reached 90 days and expire: alice (400 days), carol (90 days). Source: credential report, 1 h ago."
    );
    assert_eq!(plan.listings, [], "the sentence names both");
}

#[test]
fn the_review_counts_one_and_no_expired_passwords() {
    let one = notes(&reported(None, vec![row("alice", 400)]), &expiry("1"));
    assert!(
        one.starts_with("At once: 1 of 1 console password has reached 1 day and expires: alice (400 days)."),
        "{one}"
    );
    let none = notes(&reported(None, vec![row("alice", 4), row("bob", 5)]), &expiry("90"));
    assert!(none.starts_with("At once: none of 2 console passwords has reached 90 days."), "{none}");
}

#[test]
fn many_affected_users_are_written_as_a_list() {
    let rows: Vec<ReportRow> = (0..20).map(|n| row(&format!("user-{n:02}"), 200 + n)).collect();
    let before = PasswordPolicy { max_age: Some(210), ..PasswordPolicy::aws_default() };
    let plan = plan(&reported(Some(before), rows), &expiry("100"));
    assert!(plan.notes[0].contains("and 12 more"), "{:?}", plan.notes);
    let [listing] = plan.listings.as_slice() else { panic!("{:?}", plan.listings) };
    assert_eq!((listing.title.as_str(), listing.lines.len()), ("Expired with this: 20", 20));
    assert_eq!(listing.lines[0], "user-19: changed 7 mo ago (2026-04-16), expired already");
    assert_eq!(listing.lines[19], "user-00: changed 6 mo ago (2026-05-05)");
}

#[test]
fn root_and_users_without_a_password_or_deleted_are_left_out() {
    let without = ReportRow { password: Column::Value(false), ..row("machine", 400) };
    let mut facts = reported(None, vec![row(ReportRow::ROOT, 900), without, row("gone", 400), row("alice", 400)]);
    people(&mut facts).users.retain(|user| user.name != "gone");
    let notes = notes(&facts, &expiry("90"));
    assert!(notes.starts_with("At once: 1 of 1 console password has reached"), "{notes}");
    assert!(!notes.contains("machine") && !notes.contains("gone") && !notes.contains(ReportRow::ROOT), "{notes}");
    assert!(notes.contains("does not cover root's password"), "{notes}");
}

#[test]
fn a_live_read_overrides_the_report() {
    let mut facts = reported(None, vec![row("alice", 400), row("bob", 400)]);
    let created = Some(GENERATED + Duration::minutes(5));
    let password = |profile| SignIn { password: read(profile), devices: read(Vec::new()) };
    people(&mut facts).users[0].sign_in = Some(password(Some(LoginProfile { created, reset_required: false })));
    people(&mut facts).users[1].sign_in = Some(password(None));
    let notes = notes(&facts, &expiry("90"));
    assert!(notes.starts_with("At once: none of 1 console password has reached 90 days."), "{notes}");
}

#[test]
fn users_newer_than_or_missing_in_the_report_are_listed_separately() {
    let mut facts = reported(None, vec![row("alice", 400), row("again", 400)]);
    let user = |name: &str, created| User { name: name.into(), created, ..User::default() };
    let since = Some(GENERATED + Duration::minutes(5));
    people(&mut facts).users.retain(|user| user.name != "again");
    people(&mut facts).users.extend([user("again", since), user("fresh", since), user("odd", None)]);
    let notes = notes(&facts, &expiry("90"));
    assert!(notes.contains("expires: alice (400 days)."), "{notes}");
    assert!(notes.contains("Newer than the report, so not expired: again, fresh."), "{notes}");
    assert!(notes.contains("Not in the report, so unknown: odd."), "{notes}");
}

#[test]
fn missing_values_of_the_report_are_not_guessed() {
    let unsaid = ReportRow { password_changed: Column::NotSupported, ..row("alice", 400) };
    let unclear = ReportRow { password: Column::Absent, ..row("bob", 400) };
    let notes = notes(&reported(None, vec![unsaid, unclear]), &expiry("90"));
    let wanted = "the report lacks it: alice (password_last_changed: not_supported), bob (password_enabled: absent).";
    assert!(notes.contains(wanted), "{notes}");
    assert!(notes.starts_with("At once: the report dates no console password."), "{notes}");
}

#[test]
fn an_old_report_is_called_old() {
    let old = "That report is old";
    let mut facts = reported(None, vec![row("alice", 400)]);
    assert!(!notes(&facts, &expiry("90")).contains(old));
    for generated in [Some(NOON - Duration::hours(5)), None] {
        let Reading::Known { value, .. } = &mut facts.credential_report else { panic!() };
        value.generated = generated;
        assert!(notes(&facts, &expiry("90")).contains(old), "{generated:?}");
    }
}

#[test]
fn without_the_report_the_review_says_why_and_which_permissions_it_needs() {
    let facts = super::facts(None, &[("alice", 400), ("bob", 20)]);
    let unread = notes(&facts, &expiry("90"));
    assert!(
        unread.contains("could not find out which users this affects: the credential report has not been read"),
        "{unread}"
    );
    let denied = Failure::new(Fault::AccessDenied, "iam:GenerateCredentialReport", "not allowed");
    let notes = notes(&Facts { credential_report: Reading::Failed(denied), ..facts }, &expiry("90"));
    assert!(notes.contains("could not be read. ") && notes.contains("not allowed"), "{notes}");
    assert!(notes.contains("The report needs iam:GetCredentialReport and iam:GenerateCredentialReport."), "{notes}");
    assert!(notes.contains("unless changed since: alice (set up 13 mo ago)."), "{notes}");
    assert!(notes.contains("with a younger password: bob (set up 20 d ago)."), "{notes}");
}

#[test]
fn without_the_users_the_review_says_that_they_could_not_be_read() {
    let mut facts = reported(None, vec![row("alice", 400)]);
    facts.people = Reading::Failed(Failure::new(Fault::AccessDenied, "iam:GetAccountAuthorizationDetails", "no"));
    let notes = notes(&facts, &expiry("90"));
    assert!(notes.contains("expires: alice (400 days)") && notes.contains("users could not be read"), "{notes}");
}

#[test]
fn a_hard_expiry_names_the_locked_out_users_and_who_can_help() {
    let mut facts = reported(None, vec![row("alice", 400), row("bob", 20)]);
    let nobody = "only root could set new ones";
    let risk = notes(&facts, &hard("90"));
    assert!(risk.contains("Lock-out risk: this locks out alice today."), "{risk}");
    assert!(risk.contains(nobody), "bob is no administrator: {risk}");
    give(&mut facts, "alice", "AdministratorAccess");
    assert!(notes(&facts, &hard("90")).contains(nobody), "the only administrator is the one who is out");
    give(&mut facts, "bob", "AdministratorAccess");
    let risk = notes(&facts, &hard("90"));
    assert!(
        !risk.contains(nobody) && risk.contains("If every administrator is locked out, only root can help."),
        "{risk}"
    );
    let nobody_yet = notes(&facts, &hard("500"));
    assert!(nobody_yet.contains("nobody is locked out today"), "{nobody_yet}");
}

#[test]
fn an_administrator_newer_than_the_report_counts_only_with_a_password() {
    let mut facts = reported(None, vec![row("alice", 400)]);
    let created = Some(GENERATED + Duration::minutes(5));
    people(&mut facts).users.push(User { name: "fresh".into(), created, ..User::default() });
    give(&mut facts, "fresh", "AdministratorAccess");
    let nobody = "only root could set new ones";
    assert!(notes(&facts, &hard("90")).contains(nobody), "whether there is a password is not known");
    let password = read(Some(LoginProfile { created, reset_required: false }));
    people(&mut facts).users[1].sign_in = Some(SignIn { password, devices: read(Vec::new()) });
    assert!(!notes(&facts, &hard("90")).contains(nobody));
}

#[test]
fn a_hard_expiry_locks_out_users_whose_password_has_expired_already() {
    let before = PasswordPolicy { max_age: Some(90), ..PasswordPolicy::aws_default() };
    let facts = reported(Some(before), vec![row("alice", 400)]);
    let plan = plan(&facts, &[(FieldId::HardExpiry, Value::Toggle(true))]);
    assert_eq!(plan.consent, Consent::Careful);
    assert!(plan.notes.join("\n").contains("this locks out alice today."), "{:?}", plan.notes);
}

#[test]
fn without_the_report_a_hard_expiry_is_a_risk_of_unknown_size() {
    let risk = notes(&super::facts(None, &[("alice", 400)]), &hard("90"));
    assert!(risk.contains("Lock-out risk: a user whose password has expired"), "{risk}");
    assert!(risk.contains("only root could set new ones"), "{risk}");
    let without_expiry = [(FieldId::HardExpiry, Value::Toggle(true))];
    assert!(notes(&super::facts(None, &[]), &without_expiry).contains("no effect without an expiry"));
    let hint = form(&super::facts(None, &[])).field(FieldId::HardExpiry).unwrap().hint.clone();
    assert!(hint.starts_with("Lock-out risk"), "{hint}");
}

#[test]
fn users_who_lose_the_right_to_change_their_password_are_named() {
    let off = [(FieldId::AllowChange, Value::Toggle(false))];
    let mut facts = reported(None, vec![row("alice", 4), row("bob", 4), row("carol", 4), row("dave", 4)]);
    give(&mut facts, "alice", "AdministratorAccess");
    give(&mut facts, "bob", "IAMUserChangePassword");
    give(&mut facts, "carol", "IAMUserChangePassword");
    let boundary = "arn:aws:iam::aws:policy/ReadOnlyAccess".to_owned();
    people(&mut facts).users.iter_mut().find(|user| user.name == "carol").unwrap().boundary = Some(boundary);
    let plan = plan(&facts, &off);
    assert_eq!(plan.consent, Consent::Careful, "it takes a right from people");
    let notes = plan.notes.join("\n");
    assert!(
        notes.contains("Then only administrators, and users whose policies allow iam:ChangePassword, can"),
        "{notes}"
    );
    assert!(notes.contains("AWS managed policies: alice, bob."), "{notes}");
    assert!(notes.contains("another policy of the account says so: carol, dave."), "{notes}");
}

#[test]
fn without_the_report_no_user_is_named_as_losing_the_right() {
    let off = [(FieldId::AllowChange, Value::Toggle(false))];
    let notes = notes(&super::facts(None, &[("alice", 4)]), &off);
    assert!(notes.contains("can't list the affected users: iam:GetCredentialReport could not be read"), "{notes}");
    assert!(!notes.contains("alice"), "{notes}");
}

#[test]
fn a_right_that_nobody_had_is_not_reported_as_lost() {
    let before = PasswordPolicy { allow_change: false, ..PasswordPolicy::aws_default() };
    let facts = reported(Some(before), vec![row("alice", 400)]);
    let own = |field, value| [(FieldId::Preset, preset(OWN_VALUES)), (field, value)];
    let length = notes(&facts, &own(FieldId::MinimumLength, text("20")));
    assert!(!length.contains("Then only administrators, and users"), "{length}");
    let expiry = notes(&facts, &own(FieldId::MaxAge, text("90")));
    assert!(
        expiry.contains("Then only administrators, and users"),
        "who is expired then can't help themselves: {expiry}"
    );
}

#[test]
fn rules_for_the_next_password_change_are_listed_separately() {
    let facts = reported(None, vec![row("alice", 4000)]);
    let plan = plan(&facts, &[]);
    assert_eq!(plan.consent, Consent::Plain);
    assert_eq!(
        plan.notes,
        [
            "At the next password change: at least 14 characters, a capital letter, a small letter, a digit, a symbol, none of the last 24. Current passwords work until then."
        ]
    );
}

#[test]
fn the_report_is_read_only_if_the_change_needs_it() {
    let facts = super::facts(None, &[]);
    let asked = |edits: &[(FieldId, Value)]| {
        let mut form = form(&facts);
        edits.iter().for_each(|(id, value)| form.put(*id, value.clone()));
        Policy.plan_questions(ActionId::FillIn, 0, Some(&form), &facts)
    };
    assert_eq!(asked(&[]), []);
    assert_eq!(asked(&expiry("90")), [Question::CredentialReport]);
    assert_eq!(asked(&[(FieldId::AllowChange, Value::Toggle(false))]), [Question::CredentialReport]);
    assert_eq!(Policy.plan_questions(ActionId::FillIn, 0, None, &facts), [], "the form does not wait for it");
}

#[test]
fn thousands_of_users_are_counted_and_listed() {
    let rows: Vec<ReportRow> = (0..5000).map(|n| row(&format!("user-{n:04}"), n % 200)).collect();
    let plan = plan(&reported(None, rows), &expiry("90"));
    assert!(plan.notes[0].starts_with("At once: 2750 of 5000 console passwords have reached"), "{:?}", plan.notes[0]);
    assert!(plan.notes[0].contains(&format!("and {} more", 2750 - NAMED)));
    assert_eq!(plan.listings[0].lines.len(), 2750);
}
