//! What a key press costs: the event and one frame of the wizard, next to an empty frame of the same size, and next to
//! the same frame of an account with few users, all in the same run.
//! Run with `cargo bench --profile dev --bench frame`; the ratios count, not the times.

use std::hint::black_box;
use std::time::{Duration, Instant};

use lockroot::account::facts::{DeviceOwner, Group, Summary, User, VirtualDevice};
use lockroot::account::{Caller, Credential, CredentialKind, CredentialReport, Facts, Principal, Reading, Timestamp};
use lockroot::screen::{self, RenderOptions, ThemeName};
use lockroot::steps::StepId;
use lockroot::wizard::pages::Users;
use lockroot::wizard::{Event, Key, KeyPress, Mode, Place, Session, Wizard, update};
use ratatui::Terminal;
use ratatui::backend::TestBackend;

const NOW: Timestamp = time::macros::datetime!(2026-11-21 12:00:00 UTC);
const ACCOUNT: &str = "123456789012";
const FEW: usize = 5;
const MANY: usize = 5_000;
const SIZES: [(u16, u16); 2] = [(80, 24), (200, 60)];
/// A name, the place in front, and whether the users lie over it.
const PLACES: [(&str, Place, bool); 6] = [
    ("signed in", Place::SignIn, false),
    ("contacts", Place::Step(StepId::Contacts), false),
    ("administrator", Place::Step(StepId::Administrator), false),
    ("groups", Place::Step(StepId::Users), false),
    ("summary", Place::Summary, false),
    ("users", Place::Summary, true),
];

fn main() {
    println!("size    page           empty frame  {FEW} users  of empty  {MANY} users  of {FEW} users");
    for (width, height) in SIZES {
        let empty = timed(width, height, |_| {});
        for (name, place, has_users) in PLACES {
            let few = of_account((width, height), place, has_users, FEW);
            let many = of_account((width, height), place, has_users, MANY);
            println!(
                "{width:>3}×{height:<3} {name:<14} {empty:>11.1?} {few:>8.1?} {:>9.1} {many:>11.1?} {:>11.2}",
                ratio(few, empty),
                ratio(many, few),
            );
        }
    }
}

fn ratio(one: Duration, other: Duration) -> f64 {
    one.as_secs_f64() / other.as_secs_f64()
}

/// A key press and a frame at `place`, in an account of so many users.
fn of_account((width, height): (u16, u16), place: Place, has_users: bool, users: usize) -> Duration {
    let look = RenderOptions::new(ThemeName::Dark, true);
    let (mut wizard, _) = Wizard::start(Mode::Practice { scenario: "fresh".into() }, NOW);
    wizard.world.set_session(Session::Established);
    *wizard.world.facts_mut() = facts(users);
    wizard.set_place(place);
    if has_users {
        wizard.set_over(Users::default());
    }
    timed(width, height, |frame| {
        black_box(update(&mut wizard, NOW, Event::Key(KeyPress::from(Key::Down))));
        screen::draw(frame, &wizard, &look);
    })
}

/// The time of one frame, the mean of as many as fit in about a second, after two to warm up.
fn timed(width: u16, height: u16, mut draw: impl FnMut(&mut ratatui::Frame)) -> Duration {
    let mut terminal = Terminal::new(TestBackend::new(width, height)).expect("a test backend can't fail");
    let mut frames = |count: u32| {
        let start = Instant::now();
        for _ in 0..count {
            terminal.draw(&mut draw).expect("a test backend can't fail");
        }
        start.elapsed() / count
    };
    let once = frames(2).max(Duration::from_micros(1));
    frames((Duration::from_secs(1).as_nanos() / once.as_nanos()).clamp(3, 1_000) as u32)
}

fn read<T>(value: T) -> Reading<T> {
    Reading::Known { value, at: NOW }
}

/// An account of so many users, each with a password, a device and a key, all in one group; everything else is in order
/// or unread, and costs the same in both.
fn facts(users: usize) -> Facts {
    let arn = format!("arn:aws:iam::{ACCOUNT}:root");
    let mut facts = Facts {
        caller: read(Caller {
            account: ACCOUNT.into(),
            principal: Principal::of_arn(&arn),
            arn,
            credential: Credential {
                access_key_id: "ASIAIOSFODNN7EXAMPLE".into(),
                kind: CredentialKind::Temporary,
                source: "the bench".into(),
                base: None,
            },
            clock_ahead: None,
        }),
        summary: read(Summary([("AccountMFAEnabled".into(), 1), ("AccountAccessKeysPresent".into(), 0)].into())),
        root_keys: read(Vec::new()),
        root_devices: read(Vec::new()),
        password_policy: read(None),
        credential_report: read(report(users)),
        virtual_devices: read((0..users).map(device).collect()),
        ..Facts::default()
    };
    facts.people = read(lockroot::account::facts::People {
        users: (0..users).map(user).collect(),
        groups: vec![Group { name: "Staff".into(), ..Group::default() }],
        ..Default::default()
    });
    facts
}

fn name(n: usize) -> String {
    format!("user-{n:04}")
}

fn user(n: usize) -> User {
    // One in ten holds a policy directly, so that the groups step has a table.
    let attached_policies =
        if n.is_multiple_of(10) { vec!["arn:aws:iam::aws:policy/ReadOnlyAccess".into()] } else { Vec::new() };
    User { name: name(n), groups: vec!["Staff".into()], attached_policies, ..User::default() }
}

fn device(n: usize) -> VirtualDevice {
    let serial = format!("arn:aws:iam::{ACCOUNT}:mfa/{}", name(n));
    VirtualDevice { serial, owner: DeviceOwner::User(name(n)), enabled: Some(NOW) }
}

fn report(users: usize) -> CredentialReport {
    let head = "user,arn,user_creation_time,password_enabled,password_last_used,mfa_active,access_key_1_active,\
        access_key_1_last_rotated,access_key_1_last_used_date,access_key_2_active\n\
        <root_account>,arn:aws:iam::123456789012:root,2020-01-01T00:00:00+00:00,not_supported,\
        2026-02-01T08:00:00+00:00,true,false,N/A,N/A,false\n";
    let row = |n| {
        let name = name(n);
        format!(
            "{name},arn:aws:iam::{ACCOUNT}:user/{name},2025-01-01T00:00:00+00:00,true,2026-11-20T08:00:00+00:00,true,\
             true,2026-10-01T00:00:00+00:00,2026-11-20T08:00:00+00:00,false\n"
        )
    };
    let csv = (0..users).map(row).fold(head.to_owned(), |text, row| text + &row);
    CredentialReport::parse(csv, Some(NOW - time::Duration::hours(2))).expect("it is one")
}
