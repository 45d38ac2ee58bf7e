//! Where lockroot keeps what it remembers between runs, and where people keep its configuration.

use std::path::PathBuf;

/// The folder for what is remembered: `$XDG_STATE_HOME/lockroot`, else `~/.local/state/lockroot`. None without a home.
#[must_use]
pub fn state_folder() -> Option<PathBuf> {
    folder("XDG_STATE_HOME", ".local/state")
}

/// The folder for configuration: `$XDG_CONFIG_HOME/lockroot`, else `~/.config/lockroot`. None without a home.
#[must_use]
pub fn config_folder() -> Option<PathBuf> {
    folder("XDG_CONFIG_HOME", ".config")
}

/// By the XDG base directory specification: a relative path in the variable is to be ignored.
fn folder(variable: &str, otherwise: &str) -> Option<PathBuf> {
    let named = std::env::var_os(variable).map(PathBuf::from).filter(|path| path.is_absolute());
    let home = || std::env::home_dir().filter(|home| home.is_absolute()).map(|home| home.join(otherwise));
    named.or_else(home).map(|base| base.join("lockroot"))
}
