//! The pure machine under random events: keys, answers, losses, delays, jumps in time. It never panics, and the
//! laws hold after each event.
//!
//! `LOCKROOT_EVENTS=1000000` runs longer, `LOCKROOT_SEED` repeats a run.

use crate::support::bench::{Bench, denied, fresh};
use crate::support::cases;
use lockroot::account::{Acceptances, Change, Failure, Fault, NewDevice, Outcome, Question, Suppression};
use lockroot::screen::{self, RenderOptions, ThemeName};
use lockroot::secret::Secret;
use lockroot::steps::Consent;
use lockroot::wizard::keys::Intent;
use lockroot::wizard::pages::PageKind;
use lockroot::wizard::pages::review::ReviewFocus;
use lockroot::wizard::{Claim, Drawn, Effect, Ended, Event, Key, KeyPress, Page, Reply, Request, bindings, update};
use ratatui::Terminal;
use ratatui::backend::TestBackend;

/// A small random generator (xorshift, Marsaglia 2003) that can repeat a run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 33).unwrap() % sides
    }

    fn pick<T: Clone>(&mut self, from: &[T]) -> T {
        from[self.roll(from.len())].clone()
    }
}

/// The risks that the person accepts.
fn accepted(account: String, all: Vec<Suppression>) -> Acceptances {
    Acceptances { account, all, ..Acceptances::default() }
}

fn number(name: &str, usual: u64) -> u64 {
    std::env::var(name).ok().map_or(usual, |text| text.parse().expect("a whole number"))
}

struct Run {
    bench: Bench,
    dice: Dice,
    /// The changes that the person last confirmed.
    confirmed: Vec<Change>,
    told: Vec<String>,
}

impl Run {
    fn start(dice: Dice) -> Self {
        let bench = Bench::with(fresh("ASIASESSION", &["AKIAFIRST0000AAAA", "AKIASECOND000BBBB"]));
        Self { bench, dice, confirmed: Vec::new(), told: Vec::new() }
    }

    fn key(&mut self) -> Key {
        let bound: Vec<Key> = bindings(&self.bench.wizard).into_iter().flat_map(|binding| binding.keys).collect();
        match self.dice.roll(10) {
            0 => self.dice.pick(&[
                Key::Char('x'),
                Key::Char('7'),
                Key::Char('M'),
                Key::Paste("AAAA BBBB".into()),
                Key::Backspace,
            ]),
            1 => self.dice.pick(&[Key::Enter, Key::Esc, Key::Tab, Key::Ctrl('s'), Key::Char('é')]),
            // Keys on the way to a change: send a form, read a review, give consent and confirm.
            2..6 => self.ahead(),
            // Leaving would end most runs at once.
            _ => match self.dice.pick(&bound) {
                Key::Char('q') | Key::Ctrl('c') if self.dice.roll(20) > 0 => Key::Enter,
                key => key,
            },
        }
    }

    fn ahead(&mut self) -> Key {
        let typed = match self.bench.wizard.here() {
            Page::FillIn(_) => return Key::Ctrl('s'),
            Page::Review(review) => match &review.plan.consent {
                Consent::Typed { expected, .. } => Key::Paste(expected.clone()),
                Consent::Plain | Consent::Careful => Key::Right,
            },
            _ => return Key::Enter,
        };
        self.dice.pick(&[typed, Key::PageDown, Key::Enter, Key::Enter])
    }

    fn outcome(&mut self, change: &Change) -> Result<Outcome, Failure> {
        let device =
            || NewDevice { serial: "arn:aws:iam::123456789012:mfa/x".into(), seed: Secret::new("GEZDGNBVGY3TQOJQ") };
        match self.dice.roll(8) {
            0 => Err(denied()),
            1 => Err(Failure::new(Fault::ExpiredSession, change.action(), "the session has expired")),
            2 => {
                let mut failure = Failure::new(Fault::TimedOut, change.action(), "no answer");
                failure.may_have_happened = true;
                Err(failure)
            }
            _ if matches!(change, Change::CreateDevice { .. }) => Ok(Outcome::Device(device())),
            _ => Ok(Outcome::Done),
        }
    }

    fn reply(&mut self, effect: Effect) -> Option<Event> {
        let Effect::Ask(ticket, request) = effect else { return None };
        let reply = match request {
            Request::Connect(_) | Request::ConnectWith(_) | Request::ConnectAs(_) => {
                Reply::Connected(if self.dice.roll(20) == 0 { Err(denied()) } else { Ok(()) })
            }
            Request::Renew(_) => Reply::Renewed(if self.dice.roll(3) == 0 { Err(denied()) } else { Ok(()) }),
            Request::ConsolePhone(_) => Reply::ConsolePhone(Err(denied())),
            Request::Identify(_) => Reply::Identified(Err(denied())),
            Request::ConsoleSignIn(_) => Reply::ConsoleSignedIn(Ok(())),
            Request::InspectMachine(_) => Reply::Found(Default::default()),
            Request::Run(_) => Reply::Returned(Ended::Code(1)),
            Request::Read(question) => {
                let fact = self.bench.fact(&question);
                let fact = if self.dice.roll(25) == 0 { self.bench.fact(&Question::PasswordPolicy) } else { fact };
                Reply::Learned(fact)
            }
            Request::Apply(change) => {
                let outcome = self.outcome(&change);
                Reply::Applied(change, outcome)
            }
            Request::ConsoleOffer => Reply::ConsoleOffered(Err(denied())),
            Request::ConsoleByHand(_) => Reply::ConsoleByHand(Err(denied())),
            Request::ReadInbox(_) => Reply::Message(Some("4F7K2A".into())),
            Request::ConsoleAssign(..) => Reply::ConsoleAssigned(Ok(())),
            Request::Claim(_) => {
                Reply::Claimed(if self.dice.roll(20) == 0 { Claim::Theirs { pid: Some(1) } } else { Claim::Ours })
            }
            Request::LoadJournal(_) | Request::AppendJournal(..) => Reply::Remembered(if self.dice.roll(4) == 0 {
                Err("the disk is full".into())
            } else {
                Ok(Default::default())
            }),
            Request::LoadSuppressions(account) => Reply::Accepted(Ok(accepted(account, Vec::new()))),
            Request::SaveSuppression(account, risk) => Reply::Accepted(if self.dice.roll(3) == 0 {
                Err("the disk is full".into())
            } else {
                Ok(accepted(account, vec![risk]))
            }),
            Request::GeneratePassword(length) => Reply::Password(Secret::generate(length)),
            Request::WriteFiles(_) => Reply::Saved(Err("no".into())),
            Request::AddProfile(_) => {
                Reply::ProfileKept(if self.dice.roll(3) == 0 { Err("no".into()) } else { Ok("kept".into()) })
            }
            Request::Open(_) => Reply::Opened(Ok(())),
        };
        Some(Event::Reply(ticket, reply))
    }

    fn event(&mut self) -> Option<Event> {
        Some(match self.dice.roll(20) {
            0..8 => Event::Key(KeyPress { key: self.key(), repeated: self.dice.roll(8) == 0 }),
            8..17 if !self.bench.open.is_empty() => {
                let place = self.dice.roll(self.bench.open.len());
                let effect = self.bench.open.remove(place);
                self.reply(effect)?
            }
            17 => Event::Drawn(self.view()),
            18 if self.dice.roll(200) == 0 => Event::Interrupted,
            _ => {
                let leap = self.dice.pick(&[0, 200, 900, 15_000, 3_600_000]);
                self.bench.now += time::Duration::milliseconds(leap);
                Event::Tick
            }
        })
    }

    /// Sometimes draws the screen, mostly makes up what was visible.
    fn view(&mut self) -> Drawn {
        if self.dice.roll(10) == 0 {
            let (width, height) = self.dice.pick(&[(80, 24), (60, 16), (59, 16), (120, 40)]);
            let mut terminal = Terminal::new(TestBackend::new(width, height)).unwrap();
            let mut drawn = Drawn::NOTHING;
            let look = RenderOptions::new(ThemeName::Dark, true);
            terminal.draw(|frame| drawn = screen::draw(frame, &self.bench.wizard, &look)).unwrap();
            return drawn;
        }
        let lines = self.dice.roll(30);
        let shown = self.dice.roll(lines + 1);
        let whole = Drawn { fits: true, columns: 60, lines, first: 0, shown: lines };
        let part = Drawn { first: self.dice.roll(lines - shown + 1), shown, ..whole };
        self.dice.pick(&[whole, whole, part, Drawn::TOO_SMALL])
    }

    /// Handles one event and asserts the laws. `false`: the program ended.
    fn step(&mut self) -> bool {
        let Some(event) = self.event() else { return true };
        self.told.push(format!("{event:?}").chars().take(120).collect());
        let told = &self.told[self.told.len().saturating_sub(12)..];
        let says_yes = matches!(&event, Event::Key(press) if press.key == Key::Enter && !press.repeated);
        let mut allowed = false;
        if let (true, Page::Review(review)) = (says_yes, self.bench.wizard.front())
            && review.focus == ReviewFocus::Ahead
        {
            self.confirmed = review.plan.calls.iter().map(|call| call.change.clone()).collect();
            allowed = !review.hides_a_loss();
        }
        let was_key = matches!(event, Event::Key(_));
        let at_review = crate::support::is_at_review(&self.bench.wizard);
        let now = self.bench.now;
        let effects = update(&mut self.bench.wizard, now, event);
        for effect in &effects {
            if let Effect::Ask(_, Request::Apply(change)) = effect {
                // The QR code page is the review of the call that sends its codes.
                let of_page = matches!(change, Change::EnableDevice { .. } | Change::EnableRootDevice { .. });
                assert!(of_page || self.confirmed.contains(change), "sent without a yes: {change:?} after {told:#?}");
                assert!(!was_key || !at_review || allowed, "a yes to what was not seen: {change:?} after {told:#?}");
            }
        }
        let ends = effects.contains(&Effect::Quit);
        self.bench.open.extend(effects);
        assert!(self.bench.changes_open() <= 1, "one change at a time: {told:#?}");
        assert!(!ends || self.bench.changes_open() == 0, "it ends before the change has: {told:#?}");
        let keys = bindings(&self.bench.wizard);
        assert!(
            keys.iter().any(|binding| binding.intents.contains(&Intent::Help)) || self.bench.wizard.over().is_some()
        );
        !ends
    }

    /// Asserts that F1 opens the help and closes it again.
    fn assert_f1_answers(&mut self) {
        let before = self.bench.wizard.front().kind();
        let now = self.bench.now;
        for _ in 0..2 {
            update(&mut self.bench.wizard, now, Event::Key(Key::F1.into()));
        }
        let after = self.bench.wizard.front().kind();
        let help = before == PageKind::TextPage;
        assert!(help || before == after, "F1 shows the help and leads back: {:#?}", self.told);
    }
}

#[test]
fn the_laws_hold_after_every_random_event() {
    let seed = number("LOCKROOT_SEED", 20_261_128);
    let events = number("LOCKROOT_EVENTS", if cases::are_full() { 100_000 } else { 20_000 });
    println!("seed {seed}, {events} events");
    let mut run = Run::start(Dice(seed));
    let (mut applied, mut runs) = (0, 1);
    for event in 0..events {
        let changes = run.bench.changes_open();
        let goes_on = run.step();
        applied += usize::from(run.bench.changes_open() > changes);
        if event % 100 == 0 {
            run.assert_f1_answers();
        }
        if !goes_on || event % 4_000 == 3_999 {
            let dice = Dice(run.dice.0);
            run = Run::start(dice);
            runs += 1;
        }
    }
    println!("{runs} runs, {applied} changes");
    assert!(applied * 2_000 > usize::try_from(events).unwrap(), "it came to {applied} changes only");
}
