//! Kept practice accounts: clients read the same before and after.

use std::os::unix::fs::PermissionsExt;
use std::time::Duration;

use lockroot::account::{AlternateContact, Change, Console, ContactType, Facts, PasswordPolicy};
use lockroot::checks::CONTROLS;
use lockroot::clock::Clock;
use lockroot::commands::check::read_all;
use lockroot::commands::connections::connection_to;
use lockroot::commands::kept::{Header, KeptAccounts, forget, list};
use lockroot::practice::{Practice, Scenario};
use lockroot::secret::Secret;
use lockroot::steps::reach::is_kept_out;

use super::{NOON, open};
use crate::support::administered;

/// All facts that the check reads.
async fn facts(practice: &Practice, clock: &Clock) -> Facts {
    read_all(connection_to(practice, clock).account.as_ref()).await
}

fn practice(scenario: &str) -> (Practice, Clock) {
    let clock = Clock::set_to(NOON);
    (Practice::new(Scenario::named(scenario).unwrap(), clock.clone()), clock)
}

/// The same account after a restart of the program.
fn again(practice: &Practice, clock: &Clock) -> Practice {
    Practice::restore(&practice.snapshot().text.unwrap(), clock).unwrap()
}

/// The file is `leaky-startup` with the user zoe, as `--keep` first wrote this format. Later additions to the account
/// must be optional in the file, or the format gets another number.
#[tokio::test(start_paused = true)]
async fn an_account_that_an_earlier_version_kept_can_be_used() {
    let folder = tempfile::tempdir().unwrap();
    let store = KeptAccounts::at(folder.path().to_owned());
    let file = store.file("old");
    std::fs::create_dir_all(file.parent().unwrap()).unwrap();
    std::fs::copy("tests/corpus/kept/lockroot.practice-1.jsonl", &file).unwrap();
    let clock = Clock::set_to(NOON);
    let kept = store.read("old", &clock).unwrap();
    assert_eq!((kept.header.scenario.as_str(), kept.header.runs.len()), ("leaky-startup", 1));
    let facts = facts(&kept.practice, &clock).await;
    assert!(facts.people.known().unwrap().user("zoe").is_some());
    assert!(CONTROLS.iter().all(|control| control.assess(&facts).verdict != lockroot::checks::Verdict::Unknown));
}

fn header() -> Header {
    Header::new("fresh", false, Scenario::named("fresh").unwrap().lesson(), NOON).run_again(NOON)
}

#[tokio::test(start_paused = true)]
async fn every_scenario_reads_the_same_after_it_is_kept() {
    for name in Scenario::NAMES {
        let (before, clock) = practice(name);
        let after = again(&before, &clock);
        let [before, after] = [facts(&before, &clock).await, facts(&after, &clock).await];
        let is_read = before.people.known().is_some() || is_kept_out(&before);
        assert!(before.caller.known().is_some() && is_read, "{name}");
        assert_eq!(format!("{before:#?}"), format!("{after:#?}"), "{name}");
    }
}

/// Users, groups, keys, devices, passwords, contacts, policies.
async fn change_much(practice: &Practice, clock: &Clock) {
    let account = connection_to(practice, clock).account;
    let user = || "zoe".to_owned();
    let policy = PasswordPolicy {
        minimum_length: 14,
        require_symbols: true,
        require_numbers: true,
        require_uppercase: true,
        require_lowercase: true,
        allow_change: true,
        max_age: Some(90),
        reuse_prevention: Some(24),
        hard_expiry: false,
    };
    let text = |text: &str| text.to_owned();
    let contact = AlternateContact {
        name: text("Zoe"),
        title: text("Security"),
        email: text("security@example.com"),
        phone: text("+44 20 1234567"),
    };
    for change in [
        Change::CreateUser { user: user(), tags: Vec::new() },
        Change::CreateKey { user: user() },
        Change::CreateLoginProfile { user: user(), password: Secret::new("Long enough 4 it!"), reset_required: true },
        Change::CreateDevice { name: "zoe".into(), user: Some(user()) },
        Change::PutPasswordPolicy(policy),
        Change::CreateAlias { alias: "kept-account".into() },
        Change::PutContact { of: ContactType::Security, contact },
    ] {
        account.apply(&change).await.unwrap_or_else(|failure| panic!("{failure}"));
    }
}

#[tokio::test(start_paused = true)]
async fn a_much_changed_account_reads_the_same_after_it_is_kept() {
    for name in administered() {
        let (mut before, clock) = practice(name);
        change_much(&before, &clock).await;
        // Repeated, so that a loss at each restart would show.
        for _ in 0..3 {
            clock.advance(Duration::from_secs(86_400));
            let after = again(&before, &clock);
            let [old, new] = [facts(&before, &clock).await, facts(&after, &clock).await];
            assert_eq!(format!("{old:#?}"), format!("{new:#?}"), "{name}");
            before = after;
        }
        assert!(facts(&before, &clock).await.people.known().unwrap().users.iter().any(|user| user.name == "zoe"));
    }
}

#[tokio::test(start_paused = true)]
async fn a_change_is_saved_before_its_answer_and_a_read_writes_nothing() {
    let folder = tempfile::tempdir().unwrap();
    let store = KeptAccounts::at(folder.path().join("practice"));
    let (account, clock) = practice("fresh");
    let _claim = store.claim("anna").unwrap();
    let account = account.clone().kept_by(store.keep("anna", header(), &account).unwrap());
    let written = || std::fs::read(store.file("anna")).unwrap();
    let first = written();
    facts(&account, &clock).await;
    assert!(written() == first, "reads leave the file alone");
    change_much(&account, &clock).await;
    let kept = store.read("anna", &clock).unwrap();
    let users = facts(&kept.practice, &clock).await.people.known().unwrap().users.clone();
    assert!(users.iter().any(|user| user.name == "zoe"));
    let mode = |path: &std::path::Path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!((mode(&store.file("anna")), mode(folder.path().join("practice/anna").as_path())), (0o600, 0o700));
    assert!(String::from_utf8(written()).unwrap().contains("practice secrets only"));
}

/// The practice console's changes are saved like any other, for every control that it can fix.
#[tokio::test(start_paused = true)]
async fn changes_in_the_console_are_kept_too() {
    let folder = tempfile::tempdir().unwrap();
    let store = KeptAccounts::at(folder.path().join("practice"));
    let (account, _) = practice("inherited");
    let _claim = store.claim("anna").unwrap();
    let account = account.clone().kept_by(store.keep("anna", header(), &account).unwrap());
    let (mut played, mut unchanged) = (0, Vec::new());
    for control in CONTROLS {
        let before = account.snapshot();
        if account.carry_out(control.id).is_ok() {
            // The snapshot after the change, and this one.
            let after = account.snapshot();
            assert_eq!(after.number, before.number + 2, "{}", control.id);
            unchanged.extend((after.text == before.text).then_some(control.id));
            played += 1;
        }
    }
    let nothing_to_do = [
        "root-credentials-removed",
        "inline-full-admin",
        "cloudshell-full-access",
        "server-certificates-expired",
        "root-sessions",
    ];
    assert_eq!(unchanged, nothing_to_do, "every other one changed the account");
    assert_eq!(played, 12, "every hand-off that the console can turn green, and root's passkey");
}

#[tokio::test(start_paused = true)]
async fn an_older_state_never_overwrites_a_newer_one() {
    let folder = tempfile::tempdir().unwrap();
    let store = KeptAccounts::at(folder.path().to_owned());
    let (account, clock) = practice("fresh");
    let _claim = store.claim("anna").unwrap();
    let keeper = store.keep("anna", header(), &account).unwrap();
    let old = account.snapshot();
    change_much(&account, &clock).await;
    keeper.write(account.snapshot()).unwrap();
    keeper.write(old).unwrap();
    let kept = store.read("anna", &clock).unwrap().practice;
    assert!(facts(&kept, &clock).await.people.known().unwrap().users.iter().any(|user| user.name == "zoe"));
}

#[test]
fn a_failed_write_is_reported_and_leaves_the_file_unchanged() {
    let folder = tempfile::tempdir().unwrap();
    let store = KeptAccounts::at(folder.path().to_owned());
    let (account, _) = practice("fresh");
    let claim = store.claim("anna").unwrap();
    let keeper = store.keep("anna", header(), &account).unwrap();
    assert!(store.claim("anna").unwrap_err().to_string().contains("is open in another lockroot"));
    drop(claim);
    std::fs::remove_dir_all(folder.path().join("anna")).unwrap();
    let why = keeper.write(account.snapshot()).unwrap_err();
    assert!(why.contains("anna/account.jsonl: "), "{why}");
}

#[test]
fn a_restored_clock_never_goes_back() {
    let day = Duration::from_secs(86_400);
    let clock = Clock::movable();
    let account = Practice::new(Scenario::named("fresh").unwrap(), clock.clone());
    clock.advance(day);
    let kept = account.snapshot();
    let later = Clock::movable();
    Practice::restore(&kept.text.unwrap(), &later).unwrap();
    assert_eq!(later.ahead(), day, "as far ahead of the machine's clock as it was");

    // The machine's clock was turned back by a day.
    let (account, clock) = practice("fresh");
    clock.advance(day);
    let kept = account.snapshot().text.unwrap();
    let earlier = Clock::set_to(NOON);
    Practice::restore(&kept, &earlier).unwrap();
    assert!(earlier.now() >= clock.now(), "nothing lies in the future");
}

/// Files that are no kept accounts, and the error for each.
#[tokio::test(start_paused = true)]
async fn unreadable_kept_accounts_are_named_with_the_reason() {
    let folder = tempfile::tempdir().unwrap();
    let store = KeptAccounts::at(folder.path().to_owned());
    let (account, clock) = practice("fresh");
    let _claim = store.claim("anna").unwrap();
    store.keep("anna", header(), &account).unwrap();
    let file = store.file("anna");
    let good = std::fs::read_to_string(&file).unwrap();
    let (first, second) = good.split_once('\n').unwrap();
    let cases = [
        (String::new(), "line 1: it is no kept practice account"),
        ("{\"schema\":\"lockroot.journal/1\"}\n".into(), "it was written as \"lockroot.journal/1\""),
        (good.replace("lockroot.practice/1", "lockroot.practice/0"), "reads \"lockroot.practice/1\""),
        (good.replace("lockroot.practice/1", "lockroot.practice/2"), "it was written as \"lockroot.practice/2\""),
        (format!("{first}\n{}", &second[..second.len() / 2]), "it does not have two lines"),
        (format!("{first}\n{}\n", &second[..second.len() / 2]), "line 2: EOF while parsing"),
        (good.replace("\"account\":\"123456789012\"", "\"account\":\"../../etc\""), "is no account id"),
        (good.replace("\"root-login\"", "\"nobody\""), "\"nobody\" is nobody"),
        ("x".repeat((64 << 20) + 1), "it has more than 64 MiB"),
    ];
    for (text, said) in cases {
        std::fs::write(&file, text).unwrap();
        let error = store.read("anna", &clock).unwrap_err().to_string();
        assert!(error.contains(said) && error.contains("anna/account.jsonl"), "{said}: {error}");
        assert!(error.contains("help: remove it with `lockroot practice --forget anna`"), "{error}");
    }
    std::fs::remove_file(&file).unwrap();
    std::os::unix::fs::symlink("/dev/zero", &file).unwrap();
    assert!(store.read("anna", &clock).unwrap_err().to_string().contains("it is no file of its own"));
    assert!(list(&store).await.contains("anna  can't be read"), "{}", list(&store).await);
}

#[tokio::test(start_paused = true)]
async fn kept_accounts_are_listed_and_can_be_removed() {
    let folder = tempfile::tempdir().unwrap();
    let store = KeptAccounts::at(folder.path().to_owned());
    assert!(list(&store).await.contains("No practice account is kept."));
    let (account, _) = practice("fresh");
    let claim = store.claim("anna").unwrap();
    store.keep("anna", header(), &account).unwrap();
    assert_eq!(store.names(), ["anna"]);
    assert!(list(&store).await.contains("  anna  fresh     2026-11-21 12:00  "), "{}", list(&store).await);
    assert!(forget(&store, "anna").is_err(), "nobody takes it from under a program that has it");
    drop(claim);
    forget(&store, "anna").unwrap();
    assert!(store.names().is_empty() && !folder.path().join("anna").exists());
    assert!(forget(&store, "anna").unwrap_err().to_string().contains("no practice account is kept as anna"));
}

/// A fault of one run is not kept with the account. A fault of its scenario is.
#[tokio::test(start_paused = true)]
async fn only_the_faults_of_the_scenario_are_kept() {
    let account = open("fresh").practice;
    let fault = lockroot::practice::InjectedFault {
        call: "iam:CreateUser".into(),
        kind: lockroot::practice::FaultKind::Throttle,
        times: 9,
    };
    account.inject(fault);
    let text = String::from_utf8(account.snapshot().text.unwrap()).unwrap();
    assert!(text.contains("\"faults\":[]"), "the run's own are not in there");
    let faulty =
        "title = \"t\"\naccount = \"123456789012\"\n[[fault]]\ncall = \"iam:List*\"\nkind = \"latency-300ms\"\n";
    let clock = Clock::set_to(NOON);
    let account = Practice::new(Scenario::parse("t", faulty).unwrap(), clock.clone());
    let text = String::from_utf8(again(&account, &clock).snapshot().text.unwrap()).unwrap();
    assert!(text.contains(r#""faults":[{"call":"iam:List*","kind":"latency-300ms","times":1}]"#));
}
