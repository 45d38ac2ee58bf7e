//! The journal on disk: private, complete or absent, and never overwritten if it can't be understood.

use std::fs;
use std::path::PathBuf;

use crate::support::bench::{Bench, fresh};
use lockroot::account::{LastRun, Subject, Timestamp};
use lockroot::commands::state_folder::StateFolder;
use lockroot::journal::{Claim, Journal, JournalStore, Note};
use lockroot::steps::StepId;
use lockroot::wizard::{Effect, Key, Page, Reply, Request};

const NOON: Timestamp = time::macros::datetime!(2026-11-21 12:00 UTC);
const ACCOUNT: &str = "123456789012";

fn note(key: &str) -> Note {
    Note::Deactivated { owner: Subject::Root, key: key.into(), since: NOON }
}

fn store() -> (tempfile::TempDir, PathBuf, StateFolder) {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("state/lockroot");
    let store = StateFolder::at(folder.clone());
    (home, folder, store)
}

#[test]
fn the_next_run_reads_the_notes_of_the_last() {
    let (_home, folder, store) = store();
    assert_eq!(store.read(ACCOUNT), Ok(Journal::default()));
    assert!(!folder.exists(), "reading makes nothing");
    store.note(ACCOUNT, &note("AKIA1")).unwrap();
    StateFolder::at(folder.clone()).note(ACCOUNT, &note("AKIA2")).unwrap();
    let waits = StateFolder::at(folder.clone()).read(ACCOUNT).unwrap().waits();
    assert_eq!(waits.into_keys().collect::<Vec<_>>(), ["AKIA1", "AKIA2"]);
    assert_eq!(store.read("210987654321"), Ok(Journal::default()), "each account has its own");
    let names: Vec<String> =
        fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    assert!(names.iter().all(|name| !name.ends_with(".new")), "nothing is left lying about: {names:?}");
}

#[cfg(unix)]
#[test]
fn only_its_owner_can_read_the_journal() {
    use std::os::unix::fs::PermissionsExt;
    let (_home, folder, store) = store();
    fs::create_dir_all(&folder).unwrap();
    fs::set_permissions(&folder, fs::Permissions::from_mode(0o755)).unwrap();
    store.note(ACCOUNT, &note("AKIA1")).unwrap();
    let mode = |path: &PathBuf| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!((mode(&folder), mode(&folder.join(format!("{ACCOUNT}.json")))), (0o700, 0o600));
}

#[cfg(unix)]
#[test]
fn links_are_not_followed() {
    let (home, folder, store) = store();
    let elsewhere = home.path().join("elsewhere");
    fs::write(&elsewhere, "mine").unwrap();
    fs::create_dir_all(&folder).unwrap();
    std::os::unix::fs::symlink(&elsewhere, folder.join(format!("{ACCOUNT}.json"))).unwrap();
    assert!(store.read(ACCOUNT).is_err() && store.note(ACCOUNT, &note("AKIA1")).is_err());
    assert_eq!(fs::read_to_string(&elsewhere).unwrap(), "mine");
    let linked = home.path().join("linked");
    std::os::unix::fs::symlink(&folder, &linked).unwrap();
    assert!(StateFolder::at(linked).note("210987654321", &note("AKIA1")).is_err_and(|why| why.contains("link")));
}

#[test]
fn a_broken_file_is_reported_and_kept() {
    let (_home, folder, store) = store();
    fs::create_dir_all(&folder).unwrap();
    let file = folder.join(format!("{ACCOUNT}.json"));
    for (n, broken) in [b"{\"schema\"".as_slice(), b"\xff\xfe", b"[]"].iter().enumerate() {
        fs::write(&file, broken).unwrap();
        let said = store.read(ACCOUNT).unwrap_err();
        let aside = folder.join(format!("{ACCOUNT}.json.broken-{}", n + 1));
        assert!(said.contains("kept as"), "{said}");
        assert_eq!(fs::read(&aside).unwrap(), *broken);
        assert!(!file.exists());
    }
    assert!(store.note(ACCOUNT, &note("AKIA1")).is_ok(), "and it goes on");
}

#[test]
fn a_journal_of_a_newer_version_is_not_overwritten() {
    let (_home, folder, store) = store();
    fs::create_dir_all(&folder).unwrap();
    let file = folder.join(format!("{ACCOUNT}.json"));
    let newer = "{\"schema\":\"lockroot.journal/2\"}";
    fs::write(&file, newer).unwrap();
    assert!(store.read(ACCOUNT).is_err() && store.note(ACCOUNT, &note("AKIA1")).is_err());
    assert_eq!(fs::read_to_string(&file).unwrap(), newer);
}

#[test]
fn an_account_that_is_no_number_is_refused() {
    let (home, _, store) = store();
    for bad in ["../x", "", "12/34", "123456789012345678901"] {
        assert!(store.note(bad, &note("AKIA1")).is_err_and(|why| why.contains("number")), "{bad}");
    }
    assert_eq!(fs::read_dir(home.path()).unwrap().count(), 0);
}

#[test]
fn the_last_kept_check_is_found_beside_the_journals() {
    let folder = tempfile::tempdir().unwrap();
    let store = StateFolder::at(folder.path().to_owned());
    assert_eq!(store.last_check(ACCOUNT), None);
    let write = |partition: &str, practice: bool, at: &str| {
        let report = serde_json::json!({
            "schema": lockroot::report::json::SCHEMA, "practice": practice, "checked_at": at,
            "account": {"id": ACCOUNT, "partition": partition},
            "checks": [{"id": "root-mfa", "verdict": "pass"}],
        });
        std::fs::create_dir_all(folder.path().join("checks")).unwrap();
        std::fs::write(folder.path().join(format!("checks/{partition}-{ACCOUNT}.json")), report.to_string()).unwrap();
    };
    write("aws", true, "2026-11-21T12:00:00Z");
    assert_eq!(store.last_check(ACCOUNT), None, "a practice account's is none");
    write("aws", false, "2026-11-21T12:00:00Z");
    let check = store.last_check(ACCOUNT).unwrap();
    assert_eq!(check.at, time::macros::datetime!(2026-11-21 12:00 UTC));
    assert_eq!(check.verdicts, [("root-mfa".to_owned(), "pass".to_owned())].into());

    // The newer one counts.
    let run = LastRun { at: check.at + time::Duration::HOUR, ..check.clone() };
    let journal = store.note(ACCOUNT, &Note::Run(run.clone())).unwrap();
    assert_eq!(journal.clone().or_newer(Some(check.clone())).last_run(), Some(&run));
    let newer = LastRun { at: run.at + time::Duration::HOUR, ..check };
    assert_eq!(journal.or_newer(Some(newer.clone())).last_run(), Some(&newer));
    std::fs::write(folder.path().join(format!("checks/aws-{ACCOUNT}.json")), "{").unwrap();
    assert_eq!(store.last_check(ACCOUNT), None, "a broken one says nothing here");
}

#[test]
fn one_program_at_a_time_claims_an_account_and_writes() {
    let (_home, folder, first) = store();
    let second = StateFolder::at(folder.clone());
    assert_eq!((first.claim(ACCOUNT), first.claim(ACCOUNT)), (Claim::Ours, Claim::Ours));
    let pid = Some(std::process::id());
    assert_eq!(second.claim(ACCOUNT), Claim::Theirs { pid });
    assert_eq!(second.claim("210987654321"), Claim::Ours, "another account");
    first.note(ACCOUNT, &note("AKIA1")).unwrap();
    assert!(second.note(ACCOUNT, &note("AKIA2")).is_err_and(|why| why.contains("writes it just now")));
    assert_eq!(second.read(ACCOUNT).unwrap().waits().len(), 1, "but it can be read");
    // A claim on another account releases the first.
    assert!(matches!(first.claim("210987654321"), Claim::Theirs { .. }));
    second.note(ACCOUNT, &note("AKIA2")).unwrap();
    assert_eq!(second.claim(ACCOUNT), Claim::Ours);
    drop(second);
    assert_eq!(first.claim(ACCOUNT), Claim::Ours, "and so does who ends");
}

#[test]
fn a_claim_deletes_the_drafts_of_a_killed_run() {
    let (_home, folder, store) = store();
    fs::create_dir_all(&folder).unwrap();
    let draft = folder.join(format!(".lockroot-{ACCOUNT}.json-x1y2z3"));
    fs::write(&draft, "{").unwrap();
    assert_eq!(store.claim(ACCOUNT), Claim::Ours);
    assert!(!draft.exists());
}

#[test]
fn beside_another_lockroot_changes_are_blocked_and_nothing_is_written() {
    let mut bench = Bench::beside(fresh("ASIAROOT", &["AKIA1"]), Claim::Theirs { pid: Some(4711) });
    assert!(bench.wizard.world.remark().is_some_and(|said| said.contains("process 4711")));
    let remembers =
        |bench: &Bench| bench.open.iter().any(|effect| matches!(effect, Effect::Ask(_, Request::AppendJournal(..))));
    assert!(!remembers(&bench));
    for id in StepId::CHECKLIST {
        bench.press(Key::Char(char::from(b'2' + id as u8)));
        for action in bench.wizard.step_view(id).actions {
            let looks = ["HandOff", "Examine", "Watch", "MakePassword"].contains(&format!("{:?}", action.id).as_str());
            assert!(looks || action.blocked.is_some(), "{id:?} {:?}", action.id);
        }
        bench.press(Key::Enter);
        bench.answer_all();
        let stage = bench.wizard.step(id);
        assert!(!matches!(stage, Page::FillIn(_) | Page::Review(_) | Page::Calls(_)), "{stage:?}");
        bench.press(Key::Esc);
    }
    assert!(bench.changes_open() == 0 && !remembers(&bench));

    // The first program has ended, and the person refreshes.
    bench.claim = Claim::Ours;
    bench.press(Key::Char('2'));
    bench.press(Key::Char('r'));
    bench.answer_all();
    assert!(bench.wizard.world.remark().is_some_and(|said| said.contains("has ended")));
    let blocked = |reason: &str| reason.contains("another lockroot") || reason.contains("Another lockroot");
    for action in StepId::CHECKLIST.into_iter().flat_map(|id| bench.wizard.step_view(id).actions) {
        assert!(!action.blocked.is_some_and(|why| blocked(&why)));
    }
}

#[test]
fn nothing_is_sent_before_the_account_is_claimed() {
    use lockroot::wizard::{Access, Event};
    let mut bench = Bench::beside(fresh("ASIAROOT", &["AKIA1"]), Claim::Ours);
    assert_eq!(bench.wizard.world.access(), &Access::Full);
    let (wizard, open) = lockroot::wizard::Wizard::start(lockroot::wizard::Mode::Live, crate::support::START);
    (bench.wizard, bench.open) = (wizard, open);
    // Answer the connection and the caller, but not the claim.
    assert!(bench.answer_one() && bench.answer_one());
    let is_claim = |effect: &Effect| matches!(effect, Effect::Ask(_, Request::Claim(_)));
    let place = bench.open.iter().position(is_claim).expect("it is asked whose the account is");
    let Effect::Ask(claim, _) = bench.open.remove(place) else { unreachable!() };
    bench.answer_all();
    assert_eq!(bench.wizard.world.access(), &Access::Asking);
    let confirm = |bench: &mut Bench| {
        for key in [Key::Enter, Key::Ctrl('s'), Key::Enter] {
            bench.press(key);
            bench.answer_all();
        }
    };
    bench.press(Key::Char('6'));
    confirm(&mut bench);
    assert_eq!(bench.changes_open(), 0);
    assert!(
        bench.wizard.world.remark().is_some_and(|said| said.contains("is checking")),
        "{:?}",
        bench.wizard.world.remark()
    );
    bench.put(Event::Reply(claim, Reply::Claimed(Claim::Ours)));
    bench.answer_all();
    assert_eq!(bench.wizard.world.access(), &Access::Full);
    bench.press(Key::Esc);
    confirm(&mut bench);
    assert_eq!(bench.changes_open(), 1);
}
