//! A lock for one process at a time. Nobody waits for it, and the system releases it when the process ends.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Error, ErrorKind, Read, Result, Seek, SeekFrom, Write};
use std::path::Path;

/// Maximum length of a process id, in bytes.
const MAX_PID: u64 = 20;

/// Holds the lock until it is dropped.
#[derive(Debug)]
pub struct Lock(File);

/// The result of [`Lock::attempt`].
#[derive(Debug)]
pub enum LockAttempt {
    /// This process has the lock.
    Taken(Lock),
    /// Another process has it; its id, if known.
    Busy(Option<u32>),
}

impl Lock {
    /// Tries to lock the file at `path`, which is created if missing.
    ///
    /// # Errors
    /// The file cannot be opened or is not a regular file, or the file system has no locks.
    pub fn attempt(path: &Path) -> Result<LockAttempt> {
        let mut file = open(path)?;
        if !file.metadata()?.is_file() {
            return Err(Error::new(ErrorKind::InvalidInput, "it is no plain file"));
        }
        match file.try_lock() {
            Ok(()) => {
                // Tell other processes who has the lock. The lock holds without it.
                let _ = file.set_len(0).and_then(|()| write!(file, "{}", std::process::id()));
                Ok(LockAttempt::Taken(Self(file)))
            }
            Err(TryLockError::WouldBlock) => Ok(LockAttempt::Busy(holder(&mut file))),
            Err(TryLockError::Error(error)) => Err(error),
        }
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // A leftover process id would name an unrelated process.
        let _ = self.0.set_len(0);
    }
}

/// Neither follows a link nor waits for the other end of a pipe.
fn open(path: &Path) -> Result<File> {
    let mut options = OpenOptions::new();
    options.read(true).write(true).create(true).truncate(false);
    #[cfg(unix)]
    {
        use rustix::fs::OFlags;
        use std::os::unix::fs::OpenOptionsExt;
        let flags = OFlags::NOFOLLOW | OFlags::NONBLOCK;
        options.mode(0o600).custom_flags(flags.bits().cast_signed());
    }
    options.open(path)
}

/// The process id in the file, if that process is running.
fn holder(file: &mut File) -> Option<u32> {
    let mut text = String::new();
    file.seek(SeekFrom::Start(0)).ok()?;
    file.take(MAX_PID).read_to_string(&mut text).ok()?;
    text.trim().parse().ok().filter(|pid| is_running(*pid))
}

#[cfg(unix)]
fn is_running(pid: u32) -> bool {
    let pid = i32::try_from(pid).ok().and_then(rustix::process::Pid::from_raw);
    // Another user's process refuses the signal, but it exists.
    pid.is_some_and(|pid| !matches!(rustix::process::test_kill_process(pid), Err(rustix::io::Errno::SRCH)))
}

#[cfg(not(unix))]
fn is_running(_pid: u32) -> bool {
    true
}
