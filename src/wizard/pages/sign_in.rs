//! Shows who is signed in and the ways to sign in: `aws login`, another profile, or signing in again after a
//! session has expired.

mod content;
pub(super) mod methods;

use super::super::keys::common::{columns, enter, esc, general, one, quiet, rows, scrolling, turning};
use super::super::keys::{Binding, Intent, Key};
use super::{Changeover, ClockMoves, Content, Input, Leaving, Next, Page, PageBehaviour, World};
use crate::account::CredentialSource;
use crate::steps::StepId;
use crate::wizard::event::{Reply, Request};
use crate::wizard::world::{Ended, Session, SignInMethod, aws_command};
use crate::wizard::{Mode, Place};

/// The page with the signed-in principal and the ways to sign in.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct SignIn {
    /// Index of the selected way.
    cursor: usize,
    /// Index of the button that the person moved to; `None`: the first.
    button: Option<usize>,
    /// The profile and the command that is signing it in.
    signing: Option<(String, String)>,
}

/// Destination of a button.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Destination {
    /// The first step that is not done.
    Begin,
    /// One's own MFA, password and access keys.
    OwnSignIn,
}

impl SignIn {
    #[must_use]
    pub fn at(cursor: usize) -> Self {
        Self { cursor, ..Self::default() }
    }

    /// The buttons, most useful first. They depend on what the principal may read.
    #[must_use]
    pub fn buttons(world: &World) -> &'static [Destination] {
        match (world.facts().own_name(), world.has_own_sign_in_only()) {
            (None, _) => &[Destination::Begin],
            (Some(_), false) => &[Destination::Begin, Destination::OwnSignIn],
            (Some(_), true) => &[Destination::OwnSignIn],
        }
    }

    /// Index of the button in focus.
    #[must_use]
    pub fn focus(&self, world: &World) -> usize {
        self.button.unwrap_or_default().min(Self::buttons(world).len() - 1)
    }

    fn go_on(self, to: Destination, world: &World) -> Next {
        let place = match to {
            Destination::Begin => world.next_open(None),
            Destination::OwnSignIn => Place::Step(StepId::OwnSignIn),
        };
        Next::Show(self.into(), place)
    }

    fn choose(mut self, world: &mut World) -> Next {
        let Some(offer) = world.ways().into_iter().nth(self.cursor) else {
            world.say("Wait a moment: looking for ways to sign in.");
            return self.stay();
        };
        if let Some(blocked) = offer.blocked {
            world.say(blocked);
            return self.stay();
        }
        if world.is_occupied_and_says_so() {
            return self.stay();
        }
        if let Some(Place::Step(step)) = world.place_with_secrets() {
            let title = step.definition().title();
            world.say(format!("First save the secrets of the step \"{title}\": they can't be shown again."));
            return self.stay();
        }
        match offer.method {
            SignInMethod::Login { profile, .. } => self.run("login", profile, world),
            SignInMethod::Sso(profile) => self.run("sso login", profile, world),
            SignInMethod::Profile(name) => world.connect_to(CredentialSource::Profile(name)),
            SignInMethod::Environment => world.connect_to(CredentialSource::Environment),
            SignInMethod::AsStarted => world.connect_to(CredentialSource::AsStarted),
            SignInMethod::Practise => world.practise(),
        }
        self.stay()
    }

    /// Gives the terminal to the AWS CLI, once its version is known.
    fn run(&mut self, command: &str, profile: String, world: &mut World) {
        let machine = world.sign_in().machine.as_ref();
        let found = machine.and_then(|machine| Some((machine, machine.cli.as_ref()?)));
        let Some((machine, Ok(program))) = found.map(|(machine, cli)| (machine, cli.for_sso())) else {
            world.say("Wait a moment: looking for the AWS CLI.");
            if !world.is_looking_around() {
                world.look_around(true);
            }
            return;
        };
        let command = aws_command(program, command, &profile, machine);
        let words = format!("`aws {}`", command.arguments.join(" "));
        world.note_command(None);
        self.signing = Some((profile, words));
        world.ask_exclusively(Request::Run(command));
    }

    /// Handles the end of the command.
    fn returned(&mut self, ended: &Ended, world: &mut World) {
        let Some((profile, words)) = self.signing.take() else { return };
        let said = format!("{words} {}.", ended.words());
        if *ended == Ended::Code(0) {
            world.connect_to(CredentialSource::Profile(profile));
        } else {
            world.look_around(true);
        }
        world.note_command(Some(said));
    }
}

impl PageBehaviour for SignIn {
    fn content<'p>(&'p self, world: &'p World) -> Content<'p> {
        content::of(world, self)
    }

    fn keys(&self, world: &World) -> Vec<Binding> {
        let bindings = match world.session() {
            Session::Connecting => Vec::new(),
            Session::Absent(_) if *world.mode() == Mode::Live => vec![
                rows("pick"),
                enter("choose"),
                one(Key::Char('p'), "p", "practise instead", Intent::Practise),
                one(Key::Char('c'), "c", "connect again", Intent::Reconnect),
            ],
            Session::Absent(_) => vec![one(Key::Char('c'), "c", "connect again", Intent::Reconnect)],
            Session::Established if world.offers_ways() => {
                vec![rows("pick"), enter("choose"), esc("back"), one(Key::Char('p'), "p", "practise", Intent::Practise)]
            }
            Session::Established => {
                let buttons = Self::buttons(world);
                let mut bindings = vec![enter(match buttons[self.focus(world)] {
                    Destination::Begin => "begin",
                    Destination::OwnSignIn => "your own sign-in",
                })];
                if buttons.contains(&Destination::OwnSignIn) {
                    if buttons.len() > 1 {
                        bindings.push(quiet(columns("button")));
                    }
                    let own = one(Key::Char('o'), "o", "own sign-in", Intent::OwnSignIn);
                    bindings.push(if buttons[0] == Destination::OwnSignIn { quiet(own) } else { own });
                }
                bindings.push(turning());
                if *world.mode() == Mode::Live {
                    bindings.push(one(Key::Char('s'), "s", "sign in differently", Intent::SignIn));
                }
                bindings.push(quiet(scrolling()));
                bindings
            }
        };
        [bindings, general()].concat()
    }

    fn on(mut self, input: Input, world: &mut World) -> Next {
        let is_signed_in = *world.session() == Session::Established;
        match input {
            Input::SignInMethods { reselect } => {
                if reselect {
                    self.cursor = world.best_way();
                }
                self.cursor = self.cursor.min(world.ways().len().saturating_sub(1));
            }
            Input::Reply(_, Reply::Returned(ended)) => self.returned(&ended, world),
            Input::Do(Intent::Choose) if world.offers_ways() => return self.choose(world),
            Input::Do(Intent::Choose) if is_signed_in => {
                let to = Self::buttons(world)[self.focus(world)];
                return self.go_on(to, world);
            }
            Input::Do(Intent::OwnSignIn) => return self.go_on(Destination::OwnSignIn, world),
            Input::Do(Intent::Shift(by)) if is_signed_in => {
                let last = Self::buttons(world).len() - 1;
                self.button = Some(self.focus(world).saturating_add_signed(by).min(last));
            }
            Input::Do(Intent::Move(by)) if world.offers_ways() => {
                let last = world.ways().len().saturating_sub(1);
                self.cursor = self.cursor.saturating_add_signed(by).min(last);
            }
            Input::Do(Intent::Back) if world.offers_ways() && is_signed_in => {
                let place = world.close_ways();
                return Next::Show(self.into(), place);
            }
            _ => return self.unhandled(),
        }
        self.stay()
    }

    fn leaving(&self, _: &World) -> Leaving {
        Leaving::Free
    }

    fn third_pane<'p>(&'p self, world: &'p World) -> Option<Content<'p>> {
        let is_shown = *world.session() == Session::Established && !world.offers_ways();
        is_shown.then(|| content::third_pane(world))
    }

    fn clock_moves(&self) -> ClockMoves {
        ClockMoves::MovesAndReads
    }

    fn survives(self, _: &Changeover<'_>, _: &mut World) -> Option<Page> {
        Some(self.into())
    }
}
