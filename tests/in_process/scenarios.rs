//! Every built-in scenario: the report of `lockroot check`, and the wizard as far as it can go.

use crate::support::{START, Walk, administered, connection};
use lockroot::account::{Facts, Failure, Fault};
use lockroot::checks::{self, CONTROLS, Control, Verdict};
use lockroot::commands::check::{nothing_read, read_all, step_about};
use lockroot::practice::Scenario;
use lockroot::report::{Guide, Report, html, markdown, text};
use lockroot::steps::{Consent, StepId};
use lockroot::wizard::Page;

/// Every built-in scenario twice: on one screen of 80×24, and with details.
#[tokio::test(start_paused = true)]
async fn every_scenario_has_its_report() {
    for name in Scenario::NAMES {
        let facts = read_all(connection(name).account.as_ref()).await;
        let report = guided(&facts, name);
        let details = text::write(&report, text::Style::plain(true));
        let screen = text::write(&report, text::Style { rows: Some(24), ..text::Style::plain(false) });
        snapshot(name, &details);
        snapshot(&format!("{name}-screen"), &screen);
        fits(&report, &screen, 80, 24);
        fits(&report, &details, 80, usize::MAX);
        let small = text::write(&report, text::Style { rows: Some(24), width: 60, ..text::Style::plain(false) });
        // Without any permission there are more unknown controls than a small screen can show.
        let rows = if administered().any(|other| other == *name) { 24 } else { usize::MAX };
        fits(&report, &small, 60, rows);
    }
}

/// The report as `lockroot check --practice` makes it.
fn guided<'a>(facts: &'a Facts, name: &str) -> Report<'a> {
    let guide = Guide { command: format!("lockroot practice {name}"), step: step_about };
    Report { guide, ..Report::new(facts, true, START) }
}

fn snapshot(name: &str, report: &str) {
    insta::with_settings!({ snapshot_path => "../snapshots/scenarios", prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!(name, report);
    });
}

/// The report and a prompt fit on the screen, and each control that needs action is named.
fn fits(report: &Report, text: &str, width: usize, rows: usize) {
    assert!(text.lines().count() < rows, "{text}");
    for line in text.lines() {
        let is_one_word = line.split_whitespace().count() <= 1;
        assert!(line.chars().count() <= width || is_one_word, "{line}");
    }
    for finding in &report.findings {
        let is_open = matches!(finding.assessment.verdict, Verdict::Fail | Verdict::Manual | Verdict::Unknown);
        assert!(!is_open || text.contains(finding.control.id), "{}: {text}", finding.control.id);
    }
}

#[tokio::test(start_paused = true)]
async fn a_piped_report_has_a_line_for_each_failure() {
    let facts = read_all(connection("leaky-startup").account.as_ref()).await;
    let report = Report::new(&facts, true, START);
    let text = text::write(&report, text::Style::plain(false));
    let listed: Vec<&str> = text.lines().filter(|line| line.contains("✗ FAIL")).collect();
    assert_eq!(listed.len(), report.count(Verdict::Fail), "{text}");
    assert!(listed[0].contains("critical root-access-keys") && listed[24].contains("low "), "the worst first: {text}");
}

#[tokio::test(start_paused = true)]
async fn the_table_of_users_is_no_wider_than_the_screen() {
    let facts = read_all(connection("inherited").account.as_ref()).await;
    for width in [60, 80, 120] {
        let report = Report { users: true, ..guided(&facts, "inherited") };
        let text = text::write(&report, text::Style { width, ..text::Style::plain(false) });
        let table = text.split("\nUsers, by").nth(1).unwrap();
        assert!(table.lines().skip(1).all(|line| line.chars().count() <= width), "{text}");
        for words in ["consultant-2019", "active, 7 y old, used 6 y ago", "active, 7 y old, no use on record"] {
            assert!(table.split_whitespace().collect::<Vec<_>>().join(" ").contains(words), "{words}: {text}");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn every_format_for_people_shows_the_id_of_each_control() {
    let facts = read_all(connection("leaky-startup").account.as_ref()).await;
    let report = guided(&facts, "leaky-startup");
    let [details, markdown, html] =
        [text::write(&report, text::Style::plain(true)), markdown::write(&report), html::write(&report)];
    for Control { id, title, .. } in CONTROLS {
        assert!(details.contains(&format!(" {id}: ")), "{id}");
        assert!(markdown.contains(&format!("### {title} (`{id}`): ")), "{id}");
        assert!(html.contains(&format!("<code>{id}</code></h3>")), "{id}");
    }
}

#[test]
fn unknown_controls_share_one_reason() {
    let failure = Failure::new(Fault::NoCredentials, "sign-in", "no credentials in the environment");
    let facts = nothing_read(&checks::questions(), &failure);
    let report = Report::new(&facts, false, START);
    let details = text::write(&report, text::Style::plain(true));
    assert_eq!(details.matches("no credentials").count(), 1, "{details}");
    let ids = CONTROLS.iter().filter(|control| details.contains(control.id)).count();
    assert_eq!(ids, CONTROLS.len(), "each control still stands there: {details}");
    let brief = text::write(&report, text::Style::plain(false));
    assert!(brief.lines().count() < 6 && brief.contains("help: Sign in with `aws login`"), "{brief}");
    snapshot("not-signed-in", &details);
    snapshot("not-signed-in-screen", &brief);
}

/// The controls that give `verdict`.
fn with(walk: &Walk, verdict: Verdict) -> Vec<&'static str> {
    let facts = walk.driver.wizard.facts();
    CONTROLS.iter().filter(|control| control.assess(facts).verdict == verdict).map(|control| control.id).collect()
}

/// The same for the controls of the steps.
fn of_steps(walk: &Walk, verdict: Verdict) -> Vec<&'static str> {
    let known: Vec<&str> = crate::support::controls_of_steps().iter().map(|control| control.id).collect();
    with(walk, verdict).into_iter().filter(|id| known.contains(id)).collect()
}

/// Asserts that the screen shows each of `words`.
fn says(walk: &Walk, words: &[&str]) {
    let screen = walk.draw();
    words.iter().for_each(|word| assert!(screen.contains(word), "{word}: {screen}"));
}

/// The calls of the review, by name.
fn planned(walk: &Walk, step: StepId) -> Vec<&'static str> {
    match walk.stage(step) {
        Page::Review(review) => review.plan.calls.iter().map(|call| call.change.action()).collect(),
        other => panic!("nothing waits for a yes: {other:?}\n{}", walk.draw()),
    }
}

fn settled(walk: &Walk, step: StepId) {
    assert!(matches!(walk.stage(step), Page::Record(_)), "{:?}\n{}", walk.stage(step), walk.draw());
}

/// Gives the consent that the review asks for and presses Enter.
async fn consent(walk: &mut Walk, step: StepId) {
    let Page::Review(review) = walk.stage(step) else { panic!("{}", walk.draw()) };
    let Consent::Typed { expected, .. } = review.plan.consent.clone() else { panic!("{:?}", review.plan.consent) };
    walk.type_text(&expected).await;
    walk.press("enter").await;
    settled(walk, step);
}

async fn enrol_root(walk: &mut Walk) {
    walk.confirm_way_back().await;
    walk.press("enter enter").await;
    walk.type_codes().await;
    settled(walk, StepId::RootMfa);
}

async fn raise_password_policy(walk: &mut Walk) {
    walk.go_to(StepId::PasswordPolicy).await;
    walk.press("enter ctrl-s enter").await;
    settled(walk, StepId::PasswordPolicy);
}

/// Sets all three contacts to the existing billing contact, or to a new one.
async fn set_contacts(walk: &mut Walk, billing: Option<[&str; 4]>) {
    walk.go_to(StepId::Contacts).await;
    walk.press("enter").await;
    match billing {
        Some(texts) => {
            for text in texts {
                walk.type_text(text).await;
                walk.press("enter").await;
            }
        }
        None => walk.press("down down down down").await,
    }
    walk.press("right down right ctrl-s enter").await;
    settled(walk, StepId::Contacts);
}

#[tokio::test(start_paused = true)]
async fn the_leaky_startups_key_is_deactivated_watched_and_deleted() {
    const KEYS: StepId = StepId::RootKeys;
    let mut walk = Walk::on("leaky-startup").await;
    let failing = with(&walk, Verdict::Fail);
    let made_for = [
        "root-access-keys",
        "root-mfa",
        "root-devices",
        "root-unused",
        "console-users-mfa",
        "unused-credentials",
        "key-age",
        "permissions-through-groups",
        "administrator",
        "two-administrators",
        "primary-contact",
        "cloudtrail-on",
    ];
    made_for.iter().for_each(|id| assert!(failing.contains(id), "{id}: {failing:?}"));
    walk.go_to(KEYS).await;
    says(&walk, &["5 h ago s3 eu-west-1", "inactive", "is in use. Find out who uses it"]);
    walk.press("enter").await;
    assert_eq!(planned(&walk, KEYS), ["iam:UpdateAccessKey"]);
    says(&walk, &["Programs that use it stop working at once"]);
    walk.press("right enter").await;
    assert!(matches!(walk.stage(KEYS), Page::KeyWatch(_)), "{}", walk.draw());
    assert!(with(&walk, Verdict::Fail).contains(&"root-access-keys"), "deactivated is not deleted");

    // Nothing broke in two weeks, so this key and the old one are deleted.
    walk.wait(60).await;
    walk.press("esc").await;
    walk.clock.advance(std::time::Duration::from_secs(15 * 86_400));
    walk.press("c").await;
    walk.go_to(KEYS).await;
    walk.press("enter").await;
    assert_eq!(planned(&walk, KEYS), ["iam:DeleteAccessKey"]);
    consent(&mut walk, KEYS).await;
    walk.press("enter").await;
    walk.go_to(KEYS).await;
    walk.press("enter").await;
    consent(&mut walk, KEYS).await;
    assert!(with(&walk, Verdict::Pass).contains(&"root-access-keys"), "{}", walk.draw());

    enrol_root(&mut walk).await;
    set_contacts(&mut walk, Some(["Dana Okafor", "Founder", "dana@rocketship.example", "+353 1 000 0001"])).await;
    // Dana has full access and no MFA, so that comes first.
    walk.go_to(StepId::Administrator).await;
    walk.press("enter enter").await;
    walk.type_codes().await;
    settled(&walk, StepId::Administrator);
    walk.press("enter enter ctrl-s enter v enter").await;
    walk.type_codes().await;
    settled(&walk, StepId::Administrator);
    raise_password_policy(&mut walk).await;
    crate::walk::turn_on_watchers(&mut walk).await;
    assert_eq!(
        of_steps(&walk, Verdict::Fail),
        ["permissions-through-groups", "console-users-mfa", "unused-credentials", "key-age"],
        "what is left is the step Users'"
    );
}

#[tokio::test(start_paused = true)]
async fn the_inherited_account_gets_its_missing_mfa() {
    const ADMINISTRATOR: StepId = StepId::Administrator;
    let mut walk = Walk::on("inherited").await;
    let failing = with(&walk, Verdict::Fail);
    let made_for = [
        "root-mfa",
        "administrator-mfa",
        "console-users-mfa",
        "unused-credentials",
        "key-age",
        "two-active-keys",
        "set-up-key-never-used",
        "permissions-through-groups",
        "abandoned-devices",
        "full-admin-policies",
        "cloudtrail-on",
        "password-policy",
    ];
    made_for.iter().for_each(|id| assert!(failing.contains(id), "{id}: {failing:?}"));
    // The unassigned device that was made for root does not get in the way.
    let devices = walk.driver.wizard.facts().virtual_devices.known().unwrap();
    assert!(devices.iter().any(|device| device.serial.ends_with("mfa/root-account-mfa-device")));
    enrol_root(&mut walk).await;
    set_contacts(&mut walk, None).await;
    walk.go_to(ADMINISTRATOR).await;
    says(&walk, &["gustavo", "none", "tom", "2 devices", "Set up MFA for gustavo"]);
    walk.press("enter").await;
    assert_eq!(planned(&walk, ADMINISTRATOR), ["iam:CreateVirtualMFADevice"]);
    walk.press("enter").await;
    walk.type_codes().await;
    settled(&walk, ADMINISTRATOR);
    raise_password_policy(&mut walk).await;
    crate::walk::turn_on_watchers(&mut walk).await;
    let of_users: Vec<&str> = StepId::Users.controls().map(|control| control.id).collect();
    assert!(of_steps(&walk, Verdict::Fail).iter().all(|id| of_users.contains(id)), "what is left is the step Users'");
    let policy = walk.driver.wizard.facts().password_policy.known().unwrap().as_ref().unwrap();
    assert!(policy.require_lowercase && policy.minimum_length == 14 && policy.reuse_prevention == Some(24));
}

#[tokio::test(start_paused = true)]
async fn a_member_account_needs_nothing_for_root() {
    let mut walk = Walk::on("member").await;
    let not_here = with(&walk, Verdict::NotApplicable);
    for id in ["root-mfa", "root-email", "root-password", "root-devices", "root-hardware-mfa", "root-unused"] {
        assert!(not_here.contains(&id), "{id}: {not_here:?}");
    }
    assert!(with(&walk, Verdict::Pass).contains(&"root-credentials-removed"));
    walk.go_to(StepId::RootKeys).await;
    says(&walk, &["Root has no access key."]);
    walk.press("enter").await;
    assert!(matches!(walk.stage(StepId::RootKeys), Page::Home(_)), "{}", walk.draw());
    walk.go_to(StepId::RootMfa).await;
    says(&walk, &["credentials were removed", "n/a"]);
    set_contacts(&mut walk, None).await;
    raise_password_policy(&mut walk).await;
    assert_eq!(of_steps(&walk, Verdict::Fail), ["support-role", "cloudtrail-on", "root-use-alarm"]);
    assert_eq!(with(&walk, Verdict::Unknown), [""; 0]);
}
