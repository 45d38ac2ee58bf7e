//! Time and memory of a whole check, from the first look for credentials to the finished report: a process of its own
//! over a loopback socket, against the practice account in another process, which answers a round trip late.

use std::collections::HashMap;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use lockroot::account::{Facts, Question, Reader};
use lockroot::aws::{self, Target};
use lockroot::clock::Clock;
use lockroot::report::{Report, html, json};
use lockroot::{checks, commands};

use crate::crowd;
use crate::distant::ROUND_TRIP;

/// Names the way of reading to the process that is measured.
pub const WAY: &str = "LOCKROOT_BENCH_WAY";

/// What else runs on the machine only ever makes it slower, so the fastest of so many counts.
const RUNS: usize = 3;

/// Prints the table.
pub fn print() {
    let latency = ROUND_TRIP.as_millis();
    println!("users  reads     calls  round trips  peak memory   ({latency} ms a call, JSON and HTML written)");
    for (users, scene) in [(0, crowd::NOBODY.to_owned()), (100, crowd::scene(100)), (5000, crowd::scene(5000))] {
        let account = Account::open(&scene);
        account.check("warm-up");
        let mut ratio = HashMap::new();
        for way in ["at once", "in turn"] {
            let runs: Vec<Cost> = (0..RUNS).map(|_| account.check(way)).collect();
            let fastest = runs.iter().min_by_key(|cost| cost.took).expect("there are some");
            let trips = fastest.took.as_secs_f64() / ROUND_TRIP.as_secs_f64();
            let memory = runs.iter().filter_map(|cost| cost.memory).max();
            let memory = memory.map_or("–".to_owned(), |kib| format!("{:.1} MiB", f64::from(kib) / 1024.0));
            println!("{users:<6} {way:<9} {:>5} {trips:>12.1}  {memory:>11}", fastest.calls);
            ratio.insert(way, trips);
        }
        println!("{users:<6} in turn / at once: {:.1}", ratio["in turn"] / ratio["at once"]);
    }
}

/// What one check came to.
struct Cost {
    took: Duration,
    calls: usize,
    /// The most that was resident, in KiB; Linux alone tells it.
    memory: Option<u32>,
}

/// The practice account, served by a process of its own.
struct Account {
    served: Child,
    ready: PathBuf,
    /// One line a request.
    log: PathBuf,
    _folder: tempfile::TempDir,
}

impl Account {
    fn open(scene: &str) -> Self {
        let folder = tempfile::tempdir().expect("there is room");
        let within = |name: &str| folder.path().join(name);
        let (file, ready, log) = (within("scene.toml"), within("ready.json"), within("requests.log"));
        std::fs::write(&file, scene).expect("there is room");
        let served = Command::new(env!("CARGO_BIN_EXE_lockroot"))
            .args(["practice", "--serve", "127.0.0.1:0", "--scenario"])
            .arg(&file)
            .arg("--fault")
            .arg(format!("*=latency-{}ms:1000000", ROUND_TRIP.as_millis()))
            .arg("--ready-file")
            .arg(&ready)
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(std::fs::File::create(&log).expect("there is room"))
            .spawn()
            .expect("lockroot runs");
        let begun = Instant::now();
        while !ready.exists() {
            assert!(begun.elapsed() < Duration::from_secs(60), "the practice account does not come up");
            std::thread::sleep(Duration::from_millis(20));
        }
        Self { served, ready, log, _folder: folder }
    }

    /// How many requests it has answered.
    fn requests(&self) -> usize {
        std::fs::read_to_string(&self.log).expect("it is there").lines().count()
    }

    fn check(&self, way: &str) -> Cost {
        let before = self.requests();
        let keys: serde_json::Value =
            serde_json::from_slice(&std::fs::read(&self.ready).expect("it is there")).expect("it is JSON");
        let text = |value: &serde_json::Value| value.as_str().unwrap_or_default().to_owned();
        let principals = keys["principals"].as_array().expect("they are listed");
        let root = |principal: &&serde_json::Value| text(&principal["arn"]).ends_with(":root");
        let principal = principals.iter().rfind(root).expect("root can sign in");
        let mut child = Command::new(std::env::current_exe().expect("it runs"))
            .env(WAY, way)
            .env("AWS_ACCESS_KEY_ID", text(&principal["access_key_id"]))
            .env("AWS_SECRET_ACCESS_KEY", text(&principal["secret_access_key"]))
            .env("AWS_SESSION_TOKEN", text(&principal["session_token"]))
            .env("AWS_ENDPOINT_URL", text(&keys["endpoint"]))
            .env("AWS_REGION", "us-east-1")
            .env("AWS_CONFIG_FILE", Path::new("/dev/null"))
            .env("AWS_SHARED_CREDENTIALS_FILE", Path::new("/dev/null"))
            .stdout(Stdio::piped())
            .spawn()
            .expect("it runs again");
        let mut told = String::new();
        child.stdout.take().expect("it is piped").read_to_string(&mut told).expect("it is text");
        assert!(child.wait().expect("it ends").success());
        let mut numbers = told.split_whitespace().map(|number| number.parse::<u64>().ok());
        let mut next = || numbers.next().flatten();
        let took = Duration::from_micros(next().expect("a time"));
        let memory = next().and_then(|kib| u32::try_from(kib).ok());
        Cost { took, calls: self.requests() - before, memory }
    }
}

impl Drop for Account {
    fn drop(&mut self) {
        let _ = self.served.kill();
        let _ = self.served.wait();
    }
}

/// The process that is measured: microseconds and KiB on standard output.
pub fn be_measured(way: &str) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().expect("there is a runtime");
    let begun = Instant::now();
    runtime.block_on(async {
        let clock = Clock::default();
        let aws = aws::connect(&Target::default(), clock.clone()).await.expect("there are credentials");
        let facts = match way {
            "warm-up" => {
                aws.read(&Question::CredentialReport).await;
                return;
            }
            "at once" => commands::check::read_all(&aws).await,
            _ => {
                let mut facts = Facts::default();
                for question in checks::questions() {
                    facts.learn(aws.read(&question).await);
                }
                facts
            }
        };
        assert!(facts.people.known().is_some(), "the users were read: {:?}", facts.people.failure());
        let report = Report::new(&facts, false, clock.now());
        assert!(json::write(&report).len() + html::write(&report).len() > 1000);
    });
    let memory = peak().map_or_else(|| "-".to_owned(), |kib| kib.to_string());
    println!("{} {memory}", begun.elapsed().as_micros());
}

/// The most that was resident so far, in KiB.
fn peak() -> Option<u32> {
    let status = std::fs::read_to_string("/proc/self/status").ok()?;
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.split_whitespace().next()?.parse().ok()
}
