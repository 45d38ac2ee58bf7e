use super::*;

fn names(folder: &Path) -> Vec<String> {
    let mut names: Vec<String> =
        fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

#[test]
fn a_draft_becomes_the_file_or_is_deleted() {
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("a.json");
    drop(Draft::private(&target).unwrap());
    assert!(names(folder.path()).is_empty());
    Draft::private(&target).unwrap().create(b"one").unwrap();
    let said = Draft::private(&target).unwrap().create(b"two").unwrap_err();
    assert_eq!((said.kind(), fs::read(&target).unwrap()), (ErrorKind::AlreadyExists, b"one".to_vec()));
    Draft::private(&target).unwrap().replace(b"three").unwrap();
    assert_eq!((names(folder.path()), fs::read(&target).unwrap()), (vec!["a.json".to_owned()], b"three".to_vec()));
    assert!(Draft::private(&folder.path().join("no/a.json")).is_err());
}

#[cfg(unix)]
#[test]
fn a_link_is_neither_followed_nor_taken_for_a_free_name() {
    let folder = tempfile::tempdir().unwrap();
    let (elsewhere, link) = (folder.path().join("elsewhere"), folder.path().join("link"));
    fs::write(&elsewhere, "mine").unwrap();
    for target in [&elsewhere, &folder.path().join("nothing")] {
        std::os::unix::fs::symlink(target, &link).unwrap();
        let said = Draft::private(&link).unwrap().create(b"secret").unwrap_err();
        assert_eq!(said.kind(), ErrorKind::AlreadyExists);
        Draft::private(&link).unwrap().replace(b"secret").unwrap();
        assert!(fs::symlink_metadata(&link).unwrap().is_file(), "the link is gone, the file has its name");
        fs::remove_file(&link).unwrap();
    }
    assert_eq!(fs::read_to_string(&elsewhere).unwrap(), "mine");
    assert_eq!(names(folder.path()), ["elsewhere"]);
}

#[cfg(unix)]
#[test]
fn private_files_are_readable_only_by_their_owner() {
    use std::os::unix::fs::PermissionsExt;
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("a");
    let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode() & 0o777;
    let draft = Draft::private(&target).unwrap();
    assert_eq!(mode(draft.new.path()), 0o600, "from the beginning");
    draft.replace(b"").unwrap();
    assert_eq!(mode(&target), 0o600);
    let inner = folder.path().join("one/two");
    private_folder(&inner).unwrap();
    assert_eq!((mode(&inner), mode(inner.parent().unwrap())), (0o700, 0o700));
}

#[test]
fn only_drafts_of_killed_runs_are_removed() {
    let folder = tempfile::tempdir().unwrap();
    let target = folder.path().join("1.json");
    std::mem::forget(Draft::private(&target).unwrap());
    std::mem::forget(Draft::private(&folder.path().join("2.json")).unwrap());
    assert_eq!(names(folder.path()).len(), 2);
    remove_old_drafts(&target);
    assert!(matches!(&names(folder.path())[..], [left] if left.starts_with(".lockroot-2.json-")));
}

#[test]
fn one_process_at_a_time_holds_a_lock_and_is_named_to_the_others() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.lock");
    let LockAttempt::Taken(lock) = Lock::attempt(&path).unwrap() else { panic!("it is free") };
    assert!(matches!(Lock::attempt(&path).unwrap(), LockAttempt::Busy(Some(pid)) if pid == std::process::id()));
    drop(lock);
    assert_eq!(fs::read(&path).unwrap(), b"", "no number of a program is left over");
    assert!(matches!(Lock::attempt(&path).unwrap(), LockAttempt::Taken(_)));

    // Another process has the lock, but wrote no process id, or one that is not running.
    for text in ["", "4000000000", "17 or so"] {
        fs::write(&path, text).unwrap();
        let other = fs::File::open(&path).unwrap();
        other.lock().unwrap();
        assert!(matches!(Lock::attempt(&path).unwrap(), LockAttempt::Busy(None)), "{text}");
    }
}

#[cfg(unix)]
#[test]
fn a_lock_must_be_a_plain_file() {
    let folder = tempfile::tempdir().unwrap();
    let (elsewhere, path) = (folder.path().join("elsewhere"), folder.path().join("a.lock"));
    fs::write(&elsewhere, "mine").unwrap();
    std::os::unix::fs::symlink(&elsewhere, &path).unwrap();
    assert!(Lock::attempt(&path).is_err());
    assert_eq!(fs::read_to_string(&elsewhere).unwrap(), "mine");
    fs::remove_file(&path).unwrap();
    // A pipe without a reader: a plain open would wait forever.
    let made = std::process::Command::new("mkfifo").arg(&path).status().unwrap();
    assert!(made.success());
    assert!(Lock::attempt(&path).unwrap_err().to_string().contains("no plain file"));
}
