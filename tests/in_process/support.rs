//! The whole program without a terminal, on the practice account behind the real SDK, with a manual clock.

pub mod bench;
pub mod cases;
pub mod distant;
pub mod person;

use std::sync::Arc;
use std::time::Duration;

use lockroot::account::{CredentialSource, Failure, Pending, Timestamp};
use lockroot::checks::{CONTROLS, Control};
use lockroot::clock::Clock;
use lockroot::commands::connections::{connection_as, connection_to};
use lockroot::drive::{Connection, Connector, Driver, Order};
use lockroot::journal::InMemory;
use lockroot::practice::{Practice, Scenario};
use lockroot::screen::{self, RenderOptions, ThemeName};
use lockroot::secret::Secret;
use lockroot::steps::{StepId, Value};
use lockroot::totp::Generator;
use lockroot::wizard::pages::Enrol;
use lockroot::wizard::{Drawn, Event, Key, KeyPress, Mode, Page, Place, Wizard};
use ratatui::Terminal;
use ratatui::backend::TestBackend;

/// When every walk starts.
pub const START: Timestamp = time::macros::datetime!(2026-11-21 12:00:07 UTC);

/// For a connector with one account: every sign-in leads to it.
macro_rules! one_account {
    () => {
        fn connect_with(
            &self,
            _: lockroot::account::CredentialSource,
        ) -> lockroot::account::Pending<'_, Result<lockroot::drive::Connection, lockroot::account::Failure>> {
            self.connect(lockroot::wizard::Mode::Live)
        }

        fn connect_as(
            &self,
            mode: lockroot::wizard::Mode,
            _: String,
        ) -> lockroot::account::Pending<'_, Result<lockroot::drive::Connection, lockroot::account::Failure>> {
            self.connect(mode)
        }
    };
}
pub(crate) use one_account;

/// For a connector on a machine without a credentials file.
macro_rules! no_file {
    () => {
        fn add_profile(
            &self,
            _: &lockroot::wizard::Mode,
            _: &lockroot::account::new_profile::NewProfile,
        ) -> Result<String, String> {
            Err("no such file".into())
        }
    };
}
pub(crate) use no_file;

/// For a connector on a machine without credentials.
macro_rules! bare_machine {
    () => {
        fn machine(&self, _: bool) -> lockroot::account::Pending<'_, lockroot::account::Machine> {
            Box::pin(std::future::ready(lockroot::account::Machine::default()))
        }
    };
}
pub(crate) use bare_machine;

/// Always leads to the same practice account.
struct Scene {
    account: Practice,
    clock: Clock,
    journals: Arc<InMemory>,
}

impl Connector for Scene {
    fn connect(&self, _mode: Mode) -> Pending<'_, Result<Connection, Failure>> {
        Box::pin(async move {
            Ok(Connection { journals: self.journals.clone(), ..connection_to(&self.account, &self.clock) })
        })
    }

    fn connect_as(&self, _mode: Mode, user: String) -> Pending<'_, Result<Connection, Failure>> {
        Box::pin(async move {
            let connection = connection_as(&self.account, user, &self.clock)?;
            Ok(Connection { journals: self.journals.clone(), ..connection })
        })
    }

    fn connect_with(&self, _: CredentialSource) -> Pending<'_, Result<Connection, Failure>> {
        self.connect(Mode::Live)
    }

    no_file!();

    bare_machine!();
}

/// A person in front of the program.
pub struct Walk {
    pub driver: Driver,
    pub clock: Clock,
    pub account: Practice,
    /// The journals of the walk's own scene.
    pub journals: Arc<InMemory>,
    pub orders: Vec<Order>,
    pub size: (u16, u16),
    /// Draws reviews only, to save time in tests with many walks.
    pub is_blind: bool,
}

impl Walk {
    /// Starts the program on the scenario called `name`.
    pub async fn on(name: &str) -> Self {
        Self::over(Scenario::named(name).unwrap()).await
    }

    /// Starts the program on a scenario written in the test.
    pub async fn in_scene(toml: &str) -> Self {
        Self::over(Scenario::parse("the test", toml).unwrap()).await
    }

    async fn over(scenario: Scenario) -> Self {
        let clock = Clock::set_to(START);
        let account = Practice::new(scenario, clock.clone());
        Self::remembering(account, clock, Arc::default()).await
    }

    /// Starts the program on `account`, with what `journals` remember.
    pub async fn remembering(account: Practice, clock: Clock, journals: Arc<InMemory>) -> Self {
        let scene = Arc::new(Scene { account: account.clone(), clock: clock.clone(), journals: journals.clone() });
        Self { journals, ..Self::by(account, clock, scene).await }
    }

    /// Starts the program on `account`, linked to it by `scene`.
    pub async fn by(account: Practice, clock: Clock, scene: Arc<dyn Connector>) -> Self {
        let mode = Mode::Practice { scenario: "walk".into() };
        let driver = Driver::start(mode, scene, clock.clone());
        let mut walk = Self {
            driver,
            clock,
            account,
            journals: Arc::default(),
            orders: Vec::new(),
            size: (80, 24),
            is_blind: false,
        };
        walk.settle().await;
        walk
    }

    /// Finishes all work under way without moving the clock.
    pub async fn settle(&mut self) {
        while self.driver.is_waiting() {
            let event = self.driver.next().await.unwrap();
            self.orders.extend(self.driver.handle(event));
            self.look();
        }
    }

    /// Presses keys, written as words between blanks: `down enter ctrl-s y`.
    pub async fn press(&mut self, keys: &str) {
        for word in keys.split_whitespace() {
            self.next_fault(key(word)).await;
        }
    }

    /// Types text.
    pub async fn type_text(&mut self, text: &str) {
        for character in text.chars() {
            self.next_fault(Key::Char(character)).await;
        }
    }

    /// Presses one key. Reads a review for a second before Enter, which confirms nothing in its first moment.
    async fn next_fault(&mut self, key: Key) {
        if key == Key::Enter && is_at_review(&self.driver.wizard) {
            self.read_the_review();
            self.clock.advance(Duration::from_secs(1));
        }
        self.orders.extend(self.driver.handle(Event::Key(KeyPress::from(key))));
        self.look();
        self.settle().await;
    }

    /// Scrolls through the whole review, page by page.
    fn read_the_review(&mut self) {
        for _ in 0..100 {
            let Page::Review(review) = self.driver.wizard.here() else { return };
            if review.seen.is_whole() {
                return;
            }
            self.driver.handle(Event::Key(Key::PageDown.into()));
            self.show();
        }
        panic!("the review has no end: {}", self.draw());
    }

    /// Lets time pass, second by second.
    pub async fn wait(&mut self, seconds: u64) {
        for _ in 0..seconds {
            self.clock.advance(Duration::from_secs(1));
            self.orders.extend(self.driver.handle(Event::Tick));
            self.settle().await;
        }
    }

    /// Goes to a step and stays on its page.
    pub async fn go_to(&mut self, step: StepId) {
        self.press(&(step as usize + 2).to_string()).await;
        assert_eq!(self.driver.wizard.place(), Place::Step(step));
    }

    /// Leaves the form that is open and goes to another step.
    pub async fn go_to_from_form(&mut self, step: StepId) {
        self.press("esc").await;
        self.go_to(step).await;
    }

    /// The page that `step` is at.
    pub fn stage(&self, step: StepId) -> &Page {
        self.driver.wizard.step(step)
    }

    /// The changes that a step's record lists, in words.
    pub fn done(&self, step: StepId) -> Vec<String> {
        match self.stage(step) {
            Page::Record(record) => record.lines.iter().map(|(line, seen)| format!("{line}: {seen:?}")).collect(),
            other => panic!("the step is not settled but {other:?}"),
        }
    }

    /// The QR code page that is open.
    pub fn enrolment(&self) -> &Enrol {
        match self.driver.wizard.here() {
            Page::Enrol(enrolment) => enrolment,
            other => panic!("no QR code is shown but {other:?}"),
        }
    }

    /// The code that a phone with the seed on the screen shows `steps` half minutes from now.
    pub fn code(&self, steps: i64) -> String {
        let unix = (self.clock.now().unix_timestamp() + steps * 30).unsigned_abs();
        Generator::new(&self.enrolment().device.seed).unwrap().code(unix)
    }

    /// The code that the practice phone shows on the screen after that word: `now   123 456`.
    pub fn shown_code(&self, word: &str) -> String {
        let screen = self.draw();
        let digits = |line: &str| line.chars().filter(char::is_ascii_digit).take(6).collect::<String>();
        let mut codes =
            screen.lines().filter_map(|line| line.split_once(&format!(" {word}  "))).map(|(_, rest)| digits(rest));
        codes.next().filter(|code| code.len() == 6).unwrap_or_else(|| panic!("no code is shown:\n{screen}"))
    }

    /// Types two consecutive codes as a person does: one, a wait, the next.
    pub async fn type_codes(&mut self) {
        let first = self.code(0);
        self.type_text(&first).await;
        self.wait(30).await;
        let second = self.code(0);
        self.type_text(&second).await;
        self.press("enter").await;
    }

    /// Confirms root's phone and e-mail address on root's MFA page, so that a device can be assigned.
    pub async fn confirm_way_back(&mut self) {
        self.go_to(StepId::RootMfa).await;
        self.press("enter right down right ctrl-s").await;
        assert!(matches!(self.stage(StepId::RootMfa), Page::Home(_)), "{}", self.draw());
    }

    /// Confirms root's e-mail address and password.
    pub async fn answer_for_root(&mut self) {
        self.go_to(StepId::RootSignIn).await;
        self.press("enter").await;
        while let Some(field) = self.focused_field() {
            match field {
                Value::Choice { chosen, options } => {
                    let steps = (1 + options.len() - chosen) % options.len();
                    self.press(&"right ".repeat(steps)).await;
                }
                _ => self.type_text("IT").await,
            }
            self.press("enter").await;
        }
        self.press("enter").await;
        assert!(matches!(self.stage(StepId::RootSignIn), Page::Record(_)), "{}", self.draw());
        self.press("esc").await;
    }

    /// The value of the focused field. `None`: the button has the focus.
    fn focused_field(&self) -> Option<Value> {
        match self.driver.wizard.here() {
            Page::FillIn(draft) => Some(draft.form.focused()?.value.clone()),
            other => panic!("no form is open but {other:?}"),
        }
    }

    /// Draws the state, to prove that it can be drawn.
    fn look(&mut self) {
        if !self.is_blind || is_at_review(&self.driver.wizard) {
            self.show();
        }
    }

    /// Draws, and tells the wizard what was visible.
    fn show(&mut self) {
        let drawn = self.drawn().1;
        self.driver.handle(Event::Drawn(drawn));
    }

    /// The screen as text.
    pub fn draw(&self) -> String {
        self.drawn().0.backend().to_string()
    }

    fn drawn(&self) -> (Terminal<TestBackend>, Drawn) {
        let mut terminal = Terminal::new(TestBackend::new(self.size.0, self.size.1)).unwrap();
        let look = RenderOptions::new(ThemeName::Dark, true);
        let mut drawn = Drawn::NOTHING;
        terminal.draw(|frame| drawn = screen::draw(frame, &self.driver.wizard, &look)).unwrap();
        (terminal, drawn)
    }

    /// The remark that the wizard shows.
    pub fn remark(&self) -> &str {
        self.driver.wizard.world.remark().unwrap_or_default()
    }
}

/// The controls of the wizard's steps, and the one that its administrator step leaves to people. A walk through the
/// steps makes no other control pass.
pub fn controls_of_steps() -> Vec<&'static Control> {
    let ids: Vec<&str> = StepId::CHECKLIST.into_iter().flat_map(StepId::controls).map(|control| control.id).collect();
    let is_of_steps = |id: &str| ids.contains(&id) || id == "permissions-through-groups";
    CONTROLS.iter().filter(|control| is_of_steps(control.id)).collect()
}

/// The built-in scenarios whose caller may read the account. In the others, the wizard shows only the own sign-in.
pub fn administered() -> impl Iterator<Item = &'static str> {
    Scenario::NAMES.iter().copied().filter(|name| *name != "developer")
}

/// Whether a review is in the main pane.
pub fn is_at_review(wizard: &Wizard) -> bool {
    matches!(wizard.here(), Page::Review(_))
}

/// A connection to a practice account in the scenario `name`, for tests that need no wizard.
pub fn connection(name: &str) -> Connection {
    let clock = Clock::set_to(START);
    connection_to(&Practice::new(Scenario::named(name).unwrap(), clock.clone()), &clock)
}

/// A secret's text, to search for it where it must not be.
pub fn text(secret: &Secret) -> String {
    secret.expose().to_owned()
}

fn key(word: &str) -> Key {
    match word {
        "enter" => Key::Enter,
        "esc" => Key::Esc,
        "tab" => Key::Tab,
        "backtab" => Key::BackTab,
        "up" => Key::Up,
        "down" => Key::Down,
        "left" => Key::Left,
        "right" => Key::Right,
        "pagedown" => Key::PageDown,
        "end" => Key::End,
        "space" => Key::Char(' '),
        "backspace" => Key::Backspace,
        word => match (word.strip_prefix("ctrl-"), word.chars().next()) {
            (Some(character), _) => Key::Ctrl(character.chars().next().unwrap()),
            (None, Some(character)) if word.chars().count() == 1 => Key::Char(character),
            _ => panic!("no key is called {word}"),
        },
    }
}
