//! The folders for state and configuration: XDG base directories, or the application data folder on Windows.

use std::path::PathBuf;

use etcetera::BaseStrategy;

/// The state folder: `$XDG_STATE_HOME/lockroot`, else `~/.local/state/lockroot`.
///
/// # Errors
/// The user has no home folder.
pub fn state() -> Result<PathBuf, String> {
    let base = etcetera::choose_base_strategy().map_err(homeless)?;
    // Some systems have no separate folder for state.
    Ok(base.state_dir().unwrap_or_else(|| base.data_dir()).join("lockroot"))
}

/// The configuration folder: `$XDG_CONFIG_HOME/lockroot`, else `~/.config/lockroot`.
///
/// # Errors
/// The user has no home folder.
pub fn config() -> Result<PathBuf, String> {
    let base = etcetera::choose_base_strategy().map_err(homeless)?;
    Ok(base.config_dir().join("lockroot"))
}

fn homeless(error: etcetera::HomeDirError) -> String {
    format!("there is no folder for it: {error}")
}
