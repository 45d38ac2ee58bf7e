//! Disables core dumps, so that a crash never writes passwords and seeds to a file.

/// Disables core dumps for this process and its children. On Linux it also hides its memory from other programs of
/// the same user (`PR_SET_DUMPABLE`, prctl(2)). Windows has no such setting for a single program.
///
/// # Errors
/// The system refuses, e.g. in a sandbox.
#[cfg(unix)]
pub fn forbid() -> std::io::Result<()> {
    use rustix::process::{Resource, Rlimit, setrlimit};
    setrlimit(Resource::Core, Rlimit { current: Some(0), maximum: Some(0) })?;
    #[cfg(target_os = "linux")]
    rustix::process::set_dumpable_behavior(rustix::process::DumpableBehavior::NotDumpable)?;
    Ok(())
}

/// See the Unix version.
///
/// # Errors
/// None.
#[cfg(not(unix))]
pub fn forbid() -> std::io::Result<()> {
    Ok(())
}
