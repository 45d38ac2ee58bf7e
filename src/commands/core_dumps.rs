//! Disables core dumps, so that a crash never writes passwords and seeds to a file.

/// Switches core dumps off for this process and whatever it starts; on Linux its memory is closed to the other programs
/// of the same user too (`PR_SET_DUMPABLE`, prctl(2)). On Windows there is nothing to switch off for one program.
///
/// # Errors
/// If the system refuses, as a sandbox may.
#[cfg(unix)]
pub fn forbid() -> std::io::Result<()> {
    use rustix::process::{Resource, Rlimit, setrlimit};
    setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) })?;
    #[cfg(target_os = "linux")]
    rustix::process::set_dumpable_behavior(rustix::process::DumpableBehavior::NotDumpable)?;
    Ok(())
}

/// See the one for Unix.
///
/// # Errors
/// None.
#[cfg(not(unix))]
pub fn forbid() -> std::io::Result<()> {
    Ok(())
}
