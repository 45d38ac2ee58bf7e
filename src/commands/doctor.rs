//! `lockroot doctor`: one row per aspect of this machine that helps or hinders lockroot. Changes nothing and prints
//! no secret.

use std::io::IsTerminal;
use std::path::Path;
use std::time::Duration;

use super::connections::Connections;
use super::{folders, standard_output, wizard};
use crate::account::Machine;
use crate::account::machine::Cli;
use crate::aws::{self, Surroundings, Trusted};
use crate::cli::{BUILD, DisplayArgs};
use crate::plain::plain;
use crate::screen::{MIN_SIZE, ThemeName};

/// Timeout for AWS's time.
const MAX_WAIT: Duration = Duration::from_secs(10);

/// Larger clock errors make AWS refuse signatures (IAM User Guide, "Troubleshoot signed requests").
const CLOCK_MAY_BE_OFF: time::Duration = time::Duration::minutes(5);

/// Proxy variables, in the order of the check.
const PROXIES: [&str; 8] =
    ["HTTPS_PROXY", "https_proxy", "HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy", "NO_PROXY", "no_proxy"];

/// The severity of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum State {
    Fine,
    /// Worth knowing, but most of lockroot works.
    Note,
    Problem,
}

/// State, subject and text.
#[derive(Debug)]
struct Row(State, &'static str, String);

/// Examines the machine and prints the rows. Returns the exit code: 1 if a row is a problem.
///
/// # Errors
/// Standard output cannot be written.
pub async fn run(connections: &Connections, options: &DisplayArgs, offline: bool) -> anyhow::Result<u8> {
    let (machine, around) =
        tokio::join!(aws::machine(&connections.target, true), aws::surroundings(&connections.target));
    let mut rows = vec![terminal(), colours(options), clipboard(), command_line(&machine), sources(&machine)];
    rows.extend(files(&around, machine.profiles.len()));
    rows.extend([proxies(|name| std::env::var(name).ok()), certificates(&around), clock(connections, offline).await]);
    rows.push(state_folder(folders::state()));
    let has_problem = rows.iter().any(|row| row.0 == State::Problem);
    standard_output::write(text(&rows).as_bytes())?;
    Ok(u8::from(has_problem))
}

fn text(rows: &[Row]) -> String {
    let line = |Row(state, name, said): &Row| {
        let word = match state {
            State::Fine => "ok",
            State::Note => "note",
            State::Problem => "problem",
        };
        format!("{word:7}  {name:12}  {}\n", plain(said))
    };
    format!("lockroot {BUILD}\n\n{}", rows.iter().map(line).collect::<String>())
}

fn terminal() -> Row {
    if !std::io::stdin().is_terminal() || !std::io::stdout().is_terminal() {
        let said = "standard input or output is not a terminal: the wizard needs one, `lockroot check` does not";
        return Row(State::Note, "terminal", said.into());
    }
    match crossterm::terminal::size() {
        Ok((columns, rows)) if columns >= MIN_SIZE.0 && rows >= MIN_SIZE.1 => {
            Row(State::Fine, "terminal", format!("{columns}x{rows}"))
        }
        Ok((columns, rows)) => {
            let (most_columns, most_rows) = MIN_SIZE;
            let said = format!("{columns}x{rows}; make it {most_columns}x{most_rows} or larger");
            Row(State::Problem, "terminal", said)
        }
        Err(error) => Row(State::Problem, "terminal", format!("its size can't be read: {error}")),
    }
}

fn colours(options: &DisplayArgs) -> Row {
    let theme = match wizard::theme_of(options) {
        ThemeName::Dark => "for a dark background",
        ThemeName::Light => "for a light background",
        ThemeName::Plain => "none",
    };
    let signs = if options.ascii || !wizard::speaks_unicode() { "ASCII" } else { "Unicode" };
    let depth = if wizard::has_24_bits() { "24-bit" } else { "the terminal's sixteen" };
    Row(State::Fine, "colours", format!("{theme}; {depth}; signs: {signs}. --theme and --ascii change them"))
}

/// Terminals do not report whether they support OSC 52. Some are known not to.
fn clipboard() -> Row {
    let set = |name: &str, value: &str| std::env::var(name).is_ok_and(|found| found.starts_with(value));
    let (state, said) = if set("TERM_PROGRAM", "Apple_Terminal") {
        (State::Note, "Terminal.app does not take what is copied: select it with the mouse")
    } else if set("TERM", "screen") && !set("TMUX", "/") {
        (State::Note, "GNU Screen does not pass on what is copied: select it with the mouse")
    } else if set("TMUX", "/") {
        (State::Note, "tmux passes on what is copied after `set -s set-clipboard on`")
    } else {
        (State::Fine, "what is copied goes to the terminal as OSC 52; whether it takes it can't be asked")
    };
    Row(state, "clipboard", said.into())
}

fn command_line(machine: &Machine) -> Row {
    let cli = machine.cli.clone().unwrap_or_default();
    match (cli.for_login(), &cli) {
        (Ok(path), Cli::Found { version, .. }) => {
            Row(State::Fine, "AWS CLI", format!("{version}, {path}; knows `aws login`"))
        }
        (Ok(path), _) => Row(State::Fine, "AWS CLI", path.to_owned()),
        (Err(why), _) => Row(State::Note, "AWS CLI", why),
    }
}

/// The source of credentials that would win; names only.
fn sources(machine: &Machine) -> Row {
    let said = match (&machine.flag, &machine.key, &machine.variable) {
        (Some(name), ..) => format!("profile {name} (--profile)"),
        (None, Some(key), _) => format!("the access key {} in the environment comes before every profile", key.id),
        (None, None, Some(name)) => format!("profile {name} (AWS_PROFILE)"),
        (None, None, None) if machine.profile("default").is_some() => "profile default".into(),
        _ if !machine.others.is_empty() => machine.others.join(", "),
        _ => "no profile is named and there is no default: the wizard lets you choose or sign in".into(),
    };
    Row(State::Fine, "signs in by", said)
}

fn files(around: &Surroundings, profiles: usize) -> Vec<Row> {
    let mut rows: Vec<Row> =
        around.unreadable.iter().map(|why| Row(State::Problem, "AWS files", why.clone())).collect();
    rows.extend(around.passed_over.iter().map(|why| Row(State::Note, "AWS files", format!("passed over: {why}"))));
    if rows.is_empty() {
        rows.push(Row(State::Fine, "AWS files", format!("profiles that can be read: {profiles}")));
    }
    rows
}

fn proxies(variable: impl Fn(&str) -> Option<String>) -> Row {
    let set = PROXIES.iter().filter_map(|name| Some((name, variable(name).filter(|value| !value.is_empty())?)));
    let said: Vec<String> = set.map(|(name, value)| format!("{name}={}", without_password(&value))).collect();
    let said = if said.is_empty() { "none is set".into() } else { said.join(" ") };
    Row(State::Fine, "proxy", said)
}

/// A URL without user name and password.
fn without_password(address: &str) -> String {
    match address.rsplit_once('@') {
        None => address.to_owned(),
        Some((before, host)) => {
            let scheme = before.split_once("://").map_or(String::new(), |(scheme, _)| format!("{scheme}://"));
            format!("{scheme}…@{host}")
        }
    }
}

fn certificates(around: &Surroundings) -> Row {
    match &around.certificates {
        Ok(Trusted::Named(bundle)) => Row(State::Fine, "certificates", format!("only those of {bundle}")),
        Ok(Trusted::OfSystem(count)) => Row(State::Fine, "certificates", format!("the system's: {count}")),
        Err(why) => {
            let help = "install ca-certificates, or name a bundle with AWS_CA_BUNDLE";
            Row(State::Problem, "certificates", format!("{why}; {help}"))
        }
    }
}

/// The only row that sends a request.
async fn clock(connections: &Connections, offline: bool) -> Row {
    if offline {
        return Row(State::Note, "clock", "not compared with AWS's: --offline".into());
    }
    let asked = tokio::time::timeout(MAX_WAIT, aws::probe(&connections.target, &connections.clock)).await;
    let host = match asked {
        Err(_) => return Row(State::Problem, "clock", format!("no answer within {} s", MAX_WAIT.as_secs())),
        Ok(Err(failure)) => {
            return Row(State::Problem, "clock", format!("AWS could not be asked: {}", failure.message));
        }
        Ok(Ok(url)) => without_password(&url),
    };
    match connections.clock.ahead_of_aws() {
        None => Row(State::Note, "clock", format!("{host} answers, but does not tell the time")),
        Some(ahead) if ahead.abs() > CLOCK_MAY_BE_OFF => {
            let said = format!("{}; AWS refuses what it signs: set it", off(ahead));
            Row(State::Problem, "clock", said)
        }
        Some(ahead) => Row(State::Fine, "clock", format!("{host} answers; {}", off(ahead))),
    }
}

fn off(ahead: time::Duration) -> String {
    let direction = if ahead.is_negative() { "behind" } else { "ahead of" };
    match ahead.whole_seconds().unsigned_abs() {
        0 => "this machine's clock is AWS's".into(),
        seconds => format!("this machine's clock is {seconds} s {direction} AWS's"),
    }
}

/// The folder may be missing: it is created with the first journal.
fn state_folder(folder: Result<std::path::PathBuf, String>) -> Row {
    let folder = match folder {
        Ok(folder) => folder,
        Err(why) => return Row(State::Problem, "state folder", why),
    };
    let Some(there) = folder.ancestors().find(|place| place.exists()) else {
        return Row(State::Problem, "state folder", format!("{} can't be made", folder.display()));
    };
    let is_own = there == folder;
    let (state, said) = match (writable(there), is_own && !is_private(there)) {
        (Err(why), _) => (State::Problem, format!("{} can't be written to: {why}", there.display())),
        (Ok(()), true) => (State::Note, format!("{}: others may look in; lockroot closes it", folder.display())),
        (Ok(()), false) if is_own => (State::Fine, format!("{}, for you alone", folder.display())),
        (Ok(()), false) => (State::Fine, format!("{}, made when it is needed", folder.display())),
    };
    Row(state, "state folder", said)
}

#[cfg(unix)]
fn writable(folder: &Path) -> Result<(), String> {
    use rustix::fs::{Access, access};
    if !folder.is_dir() {
        return Err("it is not a folder".into());
    }
    access(folder, Access::WRITE_OK | Access::EXEC_OK).map_err(|error| error.to_string())
}

/// Windows does not tell write permission without writing.
#[cfg(not(unix))]
fn writable(folder: &Path) -> Result<(), String> {
    if folder.is_dir() { Ok(()) } else { Err("it is not a folder".into()) }
}

#[cfg(unix)]
fn is_private(folder: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    folder.metadata().is_ok_and(|found| found.permissions().mode() & 0o077 == 0)
}

#[cfg(not(unix))]
fn is_private(_folder: &Path) -> bool {
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_proxy_is_named_without_its_password() {
        let variable = |name: &str| (name == "HTTPS_PROXY").then(|| "http://ada:s3cr@t@proxy.example:3128".to_owned());
        let Row(state, _, said) = proxies(variable);
        assert_eq!((state, said.as_str()), (State::Fine, "HTTPS_PROXY=http://…@proxy.example:3128"));
        assert_eq!(without_password("ada:secret@proxy:3128"), "…@proxy:3128");
        assert_eq!(proxies(|_| None).2, "none is set");
    }

    #[test]
    fn a_clock_that_is_ahead_or_behind_is_reported() {
        assert_eq!(off(time::Duration::ZERO), "this machine's clock is AWS's");
        assert_eq!(off(time::Duration::seconds(-400)), "this machine's clock is 400 s behind AWS's");
        assert_eq!(off(time::Duration::seconds(7)), "this machine's clock is 7 s ahead of AWS's");
    }

    #[cfg(unix)]
    #[test]
    fn a_state_folder_is_read_and_not_created() {
        use std::os::unix::fs::PermissionsExt;
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("state/lockroot");
        let Row(state, _, said) = state_folder(Ok(folder.clone()));
        assert!(state == State::Fine && said.ends_with("made when it is needed"), "{said}");
        assert!(!folder.exists());
        std::fs::create_dir_all(&folder).unwrap();
        for (mode, expected) in [(0o755, State::Note), (0o700, State::Fine)] {
            std::fs::set_permissions(&folder, std::fs::Permissions::from_mode(mode)).unwrap();
            assert_eq!(state_folder(Ok(folder.clone())).0, expected, "{mode:o}");
        }
        std::fs::remove_dir(&folder).unwrap();
        std::fs::write(&folder, "").unwrap();
        assert_eq!(state_folder(Ok(folder)).0, State::Problem, "a file in its place");
    }
}
