//! The keys that work now, with their meaning. The handler, the footer and the help use the same table.

pub(in crate::wizard) mod common;
mod meanings;

use super::{Page, Place, Wizard};
use common::{always, help, one, quiet};

/// A key, independent of the terminal library.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Key {
    Char(char),
    Ctrl(char),
    Enter,
    Esc,
    Tab,
    BackTab,
    Up,
    Down,
    Left,
    Right,
    Home,
    End,
    PageUp,
    PageDown,
    Backspace,
    Delete,
    F1,
    /// Pasted text.
    Paste(String),
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct KeyPress {
    /// Which one.
    pub key: Key,
    /// Whether the key is held down, as far as the terminal reports it.
    pub repeated: bool,
}

impl From<Key> for KeyPress {
    fn from(key: Key) -> Self {
        Self { key, repeated: false }
    }
}

/// The action that a key starts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Intent {
    /// Move by rows or fields.
    Move(isize),
    /// Move by actions, characters or options.
    Shift(isize),
    /// Move to the start (negative) or the end (positive).
    Edge(isize),
    /// Scroll by lines.
    Scroll(i16),
    /// Scroll by pages.
    Page(i16),
    /// Activate the item in focus.
    Choose,
    /// Go back, decline or close.
    Back,
    /// Delete characters before (negative) or after (positive) the cursor.
    Erase(isize),
    /// Clear the field.
    Clear,
    /// Go to the next or previous place of the checklist.
    Turn(isize),
    /// Go to a place of the checklist.
    GoTo(Place),
    ReadAgain,
    /// Show the step's guide.
    Guide,
    /// Show the evidence of the verdicts.
    Evidence,
    /// Show what to do if an attacker may have root.
    Incident,
    /// Show CloudTrail's events, or what they come to.
    Events,
    /// Show the goals of the practice account.
    Lesson,
    Help,
    Skip,
    Reveal,
    /// Show or hide the details of a call in a review, counted from 0. `None`: of all calls.
    Details(Option<usize>),
    Phone,
    Policy,
    /// Ask CloudTrail who uses the key.
    Examine,
    Activate,
    /// Copy the page's text or secret.
    Copy,
    /// Copy the secret access key, on a page that also has a password.
    CopyKey,
    /// Show the address as a QR code.
    Address,
    /// Show the break-glass sheet.
    Sheet,
    /// Write the page's text to files.
    Save,
    /// Write an access key into the AWS credentials file.
    Profile,
    Seed,
    /// Open the address in a browser.
    Open,
    /// Connect again with renewed credentials.
    Reconnect,
    /// Switch to the practice account.
    Practise,
    /// Ask how far to move the practice account's clock.
    Clock,
    /// Move the practice account's clock forward by that many seconds.
    Advance(u64),
    /// Open the page that proves a second way in.
    SecondWay,
    Users,
    /// Show a message to send to people who have to act.
    Message,
    /// Add a passkey at the practice console.
    Passkey,
    /// Use one's own new access key for this session.
    UseKey,
    /// Accept the risk of a failed control.
    AcceptRisk,
    /// Open the list of ways to sign in.
    SignIn,
    /// Manage one's own MFA, password and access keys.
    OwnSignIn,
    Leave,
    Suspend,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Binding {
    pub keys: Vec<Key>,
    /// Key names: with Unicode signs, and in plain letters.
    pub label: (&'static str, &'static str),
    /// A word or two for the footer.
    pub words: &'static str,
    /// Meaning of each key, in the order of `keys`.
    pub intents: Vec<Intent>,
    /// Whether the footer shows it; the help always does.
    pub in_bar: bool,
}

/// The keys that work now, most useful first.
#[must_use]
pub fn bindings(wizard: &Wizard) -> Vec<Binding> {
    of(wizard, wizard.front())
}

/// The keys of the page under the help.
#[must_use]
pub fn bindings_below(wizard: &Wizard) -> Vec<Binding> {
    of(wizard, wizard.beneath())
}

/// On a terminal that is too small, only help and quit work, unless the page has a small form.
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

/// Adds the keys that work everywhere. A binding is dropped if earlier ones use all its keys.
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
