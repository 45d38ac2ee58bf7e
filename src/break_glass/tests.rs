use time::macros::datetime;

use super::*;
use crate::account::facts::*;
use crate::account::*;

const NOW: Timestamp = datetime!(2026-11-21 12:00 UTC);

fn read<T>(value: T) -> Reading<T> {
    Reading::Known { value, at: NOW }
}

fn facts() -> Facts {
    let arn = "arn:aws:iam::123456789012:root";
    let answer = |text: &str| Answer::new(AnswerValue::Text(text.into()), NOW);
    Facts {
        caller: read(Caller {
            account: "123456789012".into(),
            arn: arn.into(),
            principal: Principal::of_arn(arn),
            credential: Credential {
                access_key_id: "ASIA1".into(),
                kind: CredentialKind::Temporary,
                source: "a test".into(),
                base: None,
            },
            clock_ahead: None,
        }),
        alias: read(Some("acme".into())),
        root_devices: read(vec![MfaDevice {
            serial: "arn:aws:iam::123456789012:u2f/root-account/key-1".into(),
            enabled: None,
        }]),
        contact_information: read(Some(ContactInformation { phone: "+49 30 1".into(), ..Default::default() })),
        answers: [
            (Topic::MailboxHolder, answer("IT <b>& Finance</b>")),
            (Topic::DevicePlaces, answer("safe, 3rd floor")),
        ]
        .into(),
        ..Facts::default()
    }
}

#[test]
fn the_sheet_shows_known_facts_and_leaves_blanks_for_the_rest() {
    let sheet = markdown(&facts(), false, NOW);
    for part in [
        "AWS account 123456789012 (acme)",
        "As of 2026-11-21",
        "- Mailbox read by: IT <b>& Finance</b>",
        "- Kept at: safe, 3rd floor",
        "- passkey or security key: arn:aws:iam::123456789012:u2f/root-account/key-1",
        "- Phone number for recovery: +49 30 1",
        "- Phone held by: ____",
        "Close a standalone account",
        "The only MFA device lost",
    ] {
        assert!(sheet.contains(part), "{part:?} is missing in\n{sheet}");
    }
    assert!(!sheet.contains("Practice"));
    assert!(markdown(&facts(), true, NOW).contains("Practice: this account does not exist"));
}

#[test]
fn without_facts_the_sheet_has_blanks_to_fill_in() {
    let sheet = markdown(&Facts::default(), false, NOW);
    assert!(sheet.contains("AWS account unknown") && sheet.contains("- Administrators: ____"), "{sheet}");
}

#[test]
fn the_html_is_complete_escaped_and_self_contained() {
    let page = html(&markdown(&facts(), false, NOW));
    assert!(page.starts_with("<!DOCTYPE html>") && page.ends_with("</html>\n"));
    assert!(page.contains("<li>Mailbox read by: IT &lt;b&gt;&amp; Finance&lt;/b&gt;</li>"), "{page}");
    assert!(page.contains("<ol>\n<li>Password lost"), "{page}");
    assert!(page.contains("AWS verifies root's e-mail address"), "lines of one point flow together");
    for (open, close) in [("<ul>", "</ul>"), ("<ol>", "</ol>"), ("<li>", "</li>"), ("<p>", "</p>")] {
        assert_eq!(page.matches(open).count(), page.matches(close).count(), "{open}");
    }
    assert!(!page.contains("<script") && !page.contains("src=") && !page.contains("<link"));
}

#[test]
fn foreign_text_cannot_break_lines_or_steer_the_terminal() {
    let hostile = ContactInformation { phone: "+1\n## Forged\u{1b}[2J".into(), ..Default::default() };
    let facts = Facts { contact_information: read(Some(hostile)), ..facts() };
    let sheet = markdown(&facts, false, NOW);
    assert!(!sheet.contains('\u{1b}') && !sheet.lines().any(|line| line.starts_with("## Forged")), "{sheet}");
}
