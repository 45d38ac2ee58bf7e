//! The keys that work now and their meaning: one table for the handler, the footer and the help.

pub(in crate::wizard) mod common;
mod meanings;

use super::{Page, Place, Wizard};
use common::{always, help, one, quiet};

/// A key, free of any terminal library.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Key {
    /// A character.
    Char(char),
    /// A character with Control.
    Ctrl(char),
    /// Enter.
    Enter,
    /// Escape.
    Esc,
    /// Tab.
    Tab,
    /// Shift and Tab.
    BackTab,
    /// An arrow.
    Up,
    /// An arrow.
    Down,
    /// An arrow.
    Left,
    /// An arrow.
    Right,
    /// Home.
    Home,
    /// End.
    End,
    /// Page up.
    PageUp,
    /// Page down.
    PageDown,
    /// Backspace.
    Backspace,
    /// Delete.
    Delete,
    /// F1.
    F1,
    /// Text that was pasted.
    Paste(String),
}

/// A key that went down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyPress {
    /// Which one.
    pub key: Key,
    /// The terminal says that it is held down, not pressed anew.
    pub repeated: bool,
}

impl From<Key> for KeyPress {
    fn from(key: Key) -> Self {
        Self { key, repeated: false }
    }
}

/// What a key means.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Intent {
    /// Move by so many rows or fields.
    Move(isize),
    /// Move by so many actions, characters or options.
    Shift(isize),
    /// To the very start or end.
    Edge(isize),
    /// Scroll by so many lines.
    Scroll(i16),
    /// Scroll by so many pages.
    Page(i16),
    /// The thing that has the focus.
    Choose,
    /// Back, no, away with it.
    Back,
    /// Take away a character before or after the cursor.
    Erase(isize),
    /// Empty the field.
    Clear,
    /// To the next or previous place of the checklist.
    Turn(isize),
    /// To that place of the checklist.
    GoTo(Place),
    /// Read everything here again.
    ReadAgain,
    /// Show the guide.
    Guide,
    /// Show what the verdicts rest on.
    Evidence,
    /// Show the goals of the practice account.
    Lesson,
    /// Show all keys.
    Help,
    /// Skip the step.
    Skip,
    /// Show or hide secrets.
    Reveal,
    /// Show or hide the details of that call of a review, counted from 0; `None`: of all.
    Details(Option<usize>),
    /// Show or hide the practice phone.
    Phone,
    /// Show or hide the starting policy.
    Policy,
    /// See who uses the key.
    Examine,
    /// Activate the key again.
    Activate,
    /// Copy what is there to be copied.
    Copy,
    /// Copy the secret access key, where a password is there to be copied too.
    CopyKey,
    /// Show the address as a QR code.
    Address,
    /// Show the break-glass sheet.
    Sheet,
    /// Write what is shown to files.
    Save,
    /// Write an access key into the AWS credentials file.
    Profile,
    /// Draw the console's secret key as a QR code.
    Seed,
    /// Show the address in the browser.
    Open,
    /// Connect again with renewed credentials.
    Reconnect,
    /// Go over to the practice account.
    Practise,
    /// Ask how far to move the practice account's clock.
    Clock,
    /// Move it forward by so many seconds.
    Advance(u64),
    /// See the second way in, and prove it.
    SecondWay,
    /// See every user.
    Users,
    /// Show a message to send to the people who have to do something.
    Message,
    /// Add a passkey at the practice console.
    Passkey,
    /// Go on with one's own new access key.
    UseKey,
    /// Accept the risk of a control that fails.
    AcceptRisk,
    /// Sign in again, or differently.
    SignIn,
    /// See and change one's own MFA, password and access keys.
    OwnSignIn,
    /// Leave the program.
    Leave,
    /// Give the terminal back for a while.
    Suspend,
}

/// A key with its meaning.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Binding {
    /// The keys.
    pub keys: Vec<Key>,
    /// How they are written; a plain name where the terminal has no Unicode.
    pub label: (&'static str, &'static str),
    /// What they do, in a word or two.
    pub words: &'static str,
    /// What they mean.
    pub intents: Vec<Intent>,
    /// It stands in the bar at the bottom, not in the help only.
    pub in_bar: bool,
}

/// The keys that work now, the most useful first.
#[must_use]
pub fn bindings(wizard: &Wizard) -> Vec<Binding> {
    of(wizard, wizard.front())
}

/// The keys that work under the help: what it explains.
#[must_use]
pub fn bindings_below(wizard: &Wizard) -> Vec<Binding> {
    of(wizard, wizard.beneath())
}

/// Where nothing can be read, nothing can be decided.
fn of(wizard: &Wizard, page: &Page) -> Vec<Binding> {
    let fits = wizard.world.drawn().fits;
    let is_over = !std::ptr::eq(page, wizard.here());
    let mut bindings = if fits || page.small_screen().is_some() {
        page.keys(&wizard.world)
    } else {
        vec![help(), one(Key::Char('q'), "q", "quit", Intent::Leave)]
    };
    if fits && !is_over {
        if wizard.can_move_clock() {
            bindings.push(quiet(one(Key::Char('t'), "t", "move the practice account's clock", Intent::Clock)));
        }
        if wizard.world.lesson().is_some() && !page.types() {
            bindings.push(quiet(one(Key::Char('g'), "g", "goals of this practice account", Intent::Lesson)));
        }
        if wizard.world.sign_in().over.is_some() && !wizard.world.offers_ways() {
            bindings.insert(0, one(Key::Ctrl('l'), "Ctrl-L", "sign in again", Intent::SignIn));
        }
    }
    with_always(bindings, fits && page.types())
}

/// The first binding of a key wins: one whose keys are all taken by earlier ones would only be said twice.
fn with_always(mut bindings: Vec<Binding>, types: bool) -> Vec<Binding> {
    bindings.extend(always(types));
    let mut kept: Vec<Binding> = Vec::new();
    for binding in bindings {
        if binding.keys.iter().any(|key| !kept.iter().any(|earlier| earlier.keys.contains(key))) {
            kept.push(binding);
        }
    }
    kept
}
