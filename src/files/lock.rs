//! A lock for one process at a time. Nobody waits for it, and the system releases it when the process ends.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Error, ErrorKind, Read, Result, Seek, SeekFrom, Write};
use std::path::Path;

/// Longest process id that is read, in bytes.
const MAX_PID: u64 = 20;

/// The lock, as long as this lives.
#[derive(Debug)]
pub struct Lock(File);

/// What came of the attempt to take it.
#[derive(Debug)]
pub enum LockAttempt {
    /// It is ours.
    Taken(Lock),
    /// Another program has it: the one with that process id, if that is known.
    Busy(Option<u32>),
}

impl Lock {
    /// Tries to take the lock at `path`, a file that is made if it is not there.
    ///
    /// # Errors
    /// There can't be a lock: the file can't be opened, is no plain file, or the file system knows no locks.
    pub fn attempt(path: &Path) -> Result<LockAttempt> {
        let mut file = open(path)?;
        if !file.metadata()?.is_file() {
            return Err(Error::new(ErrorKind::InvalidInput, "it is no plain file"));
        }
        match file.try_lock() {
            Ok(()) => {
                // Who is kept out can say by whom. The lock holds without it.
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
        // A number that is left over would name a program that has nothing to do with it.
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

/// The process id in the file, if a process has it.
fn holder(file: &mut File) -> Option<u32> {
    let mut text = String::new();
    file.seek(SeekFrom::Start(0)).ok()?;
    file.take(MAX_PID).read_to_string(&mut text).ok()?;
    text.trim().parse().ok().filter(|pid| is_running(*pid))
}

#[cfg(unix)]
fn is_running(pid: u32) -> bool {
    let pid = i32::try_from(pid).ok().and_then(rustix::process::Pid::from_raw);
    // Another user's can't be sent a signal, but is there.
    pid.is_some_and(|pid| !matches!(rustix::process::test_kill_process(pid), Err(rustix::io::Errno::SRCH)))
}

#[cfg(not(unix))]
fn is_running(_pid: u32) -> bool {
    true
}
