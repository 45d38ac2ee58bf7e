//! `lockroot practice`: the wizard on a practice account, or that account served to other clients; once, or kept
//! between runs.

use std::io::Write;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use super::connections::Connections;
use super::kept::{self, FileKeeper, Header, KeptAccountLock, KeptAccounts, Unusable};
use super::lesson::{self, RecordFile};
use super::practice_account::{self, PracticeAccount, PracticeAccountError};
use super::{serve, standard_output, wizard};
use crate::account::moment::day;
use crate::cli::{DisplayArgs, PracticeArgs};
use crate::clock::Clock;
use crate::lesson::record::Run;
use crate::practice::Practice;
use crate::wizard::Mode;

const WRONG_USAGE: u8 = 2;

/// The scenario for beginners.
const DEFAULT_SCENARIO: &str = "fresh";

/// Timeout for the last write: an unresponsive disk must not block the terminal forever.
const LAST_WRITE: Duration = Duration::from_secs(5);

/// A kept account during a run.
struct Keeping {
    name: String,
    practice: Practice,
    keeper: Arc<FileKeeper>,
    /// Printed at the start.
    greeting: String,
    _lock: KeptAccountLock,
}

/// Runs `practice`. Returns the exit code.
///
/// # Errors
/// As [`wizard::run`] and [`serve::run`], and a failure to keep the account.
pub async fn run(args: PracticeArgs, connections: Connections, options: &DisplayArgs) -> anyhow::Result<u8> {
    if args.list {
        let listed = match KeptAccounts::of_this_user() {
            Ok(accounts) => Ok(kept::list(&accounts).await),
            Err(error) => Err(error),
        };
        return answered(listed);
    }
    if let Some(name) = &args.forget {
        let said = format!("The kept practice account {name} is removed.\n");
        return answered(
            KeptAccounts::of_this_user().and_then(|accounts| kept::forget(&accounts, name)).map(|()| said),
        );
    }
    let is_served = args.serve.is_some();
    // Without a terminal do not create an account to keep.
    if args.keep.is_some() && !is_served && !wizard::has_terminal() {
        return Ok(WRONG_USAGE);
    }
    // An unwritable record must be reported before an account is locked and a run is recorded.
    let record = args.record.as_deref().map(RecordFile::open).transpose()?;
    let (account, keeping) = match open(&args, &connections.clock) {
        Ok(opened) => opened,
        Err(error) => {
            eprintln!("error: {error}");
            return Ok(WRONG_USAGE);
        }
    };
    if keeping.is_none() && !is_served && !wizard::has_terminal() {
        return Ok(WRONG_USAGE);
    }
    practice_account::shake(&account.practice, args.fault.clone());
    let code = match args.serve {
        Some(address) => serve(&args, address, account, connections.clock, keeping.as_ref()).await,
        None => play(account, connections, options, keeping.as_ref(), record).await,
    };
    match keeping {
        Some(keeping) => keeping.end(code).await,
        None => code,
    }
}

fn answered(text: Result<String, Unusable>) -> anyhow::Result<u8> {
    match text {
        Ok(text) => standard_output::write(text.as_bytes()),
        Err(error) => {
            eprintln!("error: {error}");
            Ok(WRONG_USAGE)
        }
    }
}

/// Serves the account to other clients.
async fn serve(
    args: &PracticeArgs,
    address: SocketAddr,
    account: PracticeAccount,
    clock: Clock,
    keeping: Option<&Keeping>,
) -> anyhow::Result<u8> {
    keeping.inspect(|keeping| keeping.keeper.report_failures());
    let greeting = keeping.map(|keeping| keeping.greeting.as_str());
    serve::run(account, address, args.ready_file.as_deref(), clock, greeting).await
}

/// Runs the wizard and writes the record.
async fn play(
    account: PracticeAccount,
    connections: Connections,
    options: &DisplayArgs,
    keeping: Option<&Keeping>,
    record: Option<RecordFile>,
) -> anyhow::Result<u8> {
    let (name, lesson, began) = (account.name.clone(), account.lesson.clone(), Clock::default().now());
    let mut driver = wizard::start(Mode::Practice { scenario: name.clone() }, connections.to_practice_account(account));
    driver.wizard.teach(lesson);
    if let Some(keeping) = keeping {
        driver.wizard.greet(&keeping.greeting);
    }
    let code = wizard::play(&mut driver, options).await;
    let world = &driver.wizard.world;
    let done = world.done().iter().map(|(line, seen)| lesson::done(line, *seen)).collect::<Vec<_>>();
    let mut runs = vec![Run { began, ended: Clock::default().now(), done: Some(done.clone()) }];
    if let Some(keeping) = keeping {
        keeping.keeper.note_done(done);
        runs.splice(..0, keeping.earlier());
    }
    match record {
        Some(record) => record.write(world, &name, &runs).and(code),
        None => code,
    }
}

/// Opens the account, and its keeper if it is kept.
fn open(args: &PracticeArgs, clock: &Clock) -> Result<(PracticeAccount, Option<Keeping>), PracticeAccountError> {
    let Some(name) = &args.keep else {
        let scenario = args.scenario.as_deref().unwrap_or(DEFAULT_SCENARIO);
        return Ok((practice_account::open(scenario, args.file.as_deref(), clock)?, None));
    };
    let accounts = KeptAccounts::of_this_user()?;
    let lock = accounts.claim(name)?;
    let (header, practice, mut greeting) =
        if accounts.has(name) { go_on(args, &accounts, name, clock)? } else { begin(args, name, clock)? };
    let called = practice_account::called(&header.scenario, name);
    let (lesson, unknown) = lesson::of_kept(&header.lesson);
    if !unknown.is_empty() {
        greeting = format!("{greeting} Goals that this version does not know: {}.", unknown.join("; "));
    }
    let keeper = accounts.keep(name, header.run_again(Clock::default().now()), &practice)?;
    let practice = practice.kept_by(keeper.clone());
    let keeping = Keeping { name: name.clone(), practice: practice.clone(), keeper, greeting, _lock: lock };
    Ok((PracticeAccount { name: called, practice, journals: Some(accounts.journals(name)), lesson }, Some(keeping)))
}

/// Continues a kept account.
fn go_on(
    args: &PracticeArgs,
    accounts: &KeptAccounts,
    name: &str,
    clock: &Clock,
) -> Result<(Header, Practice, String), PracticeAccountError> {
    let kept = accounts.read(name, clock)?;
    let header = kept.header;
    if let Some(asked) = other_scenario(args, &header)? {
        let what =
            format!("the practice account {name} is kept from the scenario {}, not from {asked}", header.scenario);
        let help = format!(
            "go on with it: lockroot practice --keep {name}; or begin anew: lockroot practice --forget {name}, or another name"
        );
        return Err(Unusable { what, help }.into());
    }
    let made = day(header.made);
    let greeting = format!(
        "This is the kept practice account {name}: scenario {}, made on {made}, as it was left.",
        header.scenario
    );
    Ok((header, kept.practice, greeting))
}

/// The requested scenario, if it differs from the kept account's.
fn other_scenario(args: &PracticeArgs, header: &Header) -> Result<Option<String>, PracticeAccountError> {
    if args.scenario.is_none() && args.file.is_none() {
        return Ok(None);
    }
    let (asked, _, from_file) =
        practice_account::scenario(args.scenario.as_deref().unwrap_or_default(), args.file.as_deref())?;
    Ok((asked != header.scenario || from_file != header.from_file).then_some(asked))
}

/// Creates a new account.
fn begin(args: &PracticeArgs, name: &str, clock: &Clock) -> Result<(Header, Practice, String), PracticeAccountError> {
    let asked = args.scenario.as_deref().unwrap_or(DEFAULT_SCENARIO);
    let (scenario, opened, from_file) =
        practice_account::scenario(asked, args.file.as_deref()).map_err(PracticeAccountError::Scenario)?;
    let header = Header::new(&scenario, from_file, opened.lesson(), Clock::default().now());
    let greeting = format!("This practice account is kept as {name}. Its secrets are practice secrets only.");
    Ok((header, Practice::new(opened, clock.clone()), greeting))
}

impl Keeping {
    /// The runs before this one.
    fn earlier(&self) -> Vec<Run> {
        let mut runs = self.keeper.header().runs;
        runs.pop();
        runs.into_iter().map(|run| Run { began: run.began, ended: run.until, done: run.done }).collect()
    }

    /// Writes the final state and says how to continue, or that the account could not be kept.
    async fn end(self, code: anyhow::Result<u8>) -> anyhow::Result<u8> {
        let (keeper, snapshot) = (self.keeper.clone(), self.practice.snapshot());
        let writing = tokio::task::spawn_blocking(move || keeper.write(snapshot));
        let written = match tokio::time::timeout(LAST_WRITE, writing).await {
            Ok(Ok(written)) => written,
            Ok(Err(error)) => Err(error.to_string()),
            Err(_) => Err(format!("the disk did not answer within {} s", LAST_WRITE.as_secs())),
        };
        let name = &self.name;
        if let Err(why) = written {
            let lost = "what was done since it was written last is lost";
            return Err(code.err().unwrap_or_else(|| {
                anyhow::anyhow!("the practice account could not be kept as {name}: {why}; {lost}")
            }));
        }
        let _ = writeln!(
            std::io::stdout(),
            "Kept as {name} (scenario {}); it holds practice secrets only, which open nothing else.\n\
             Prove it: lockroot check --practice {name}. Go on: lockroot practice --keep {name}. \
             Remove it: lockroot practice --forget {name}.",
            self.keeper.header().scenario
        );
        code
    }
}
