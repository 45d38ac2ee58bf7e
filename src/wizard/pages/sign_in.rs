//! Who is signed in, and the ways to sign in: `aws login` run for the person, another profile, and back to where one was when a
//! session has expired in the middle.

use super::super::keys::common::{enter, esc, general, one, quiet, rows, scrolling, turning};
use super::super::keys::{Binding, Intent, Key};
use super::{Behave, Changeover, Input, Leap, Leaving, Next, Page, World};
use crate::account::Source;
use crate::steps::{Standing, StepId, standing_in};
use crate::wizard::event::{Reply, Request};
use crate::wizard::world::{Ended, Session, Way, errand};
use crate::wizard::{Mode, Place};

/// Who is signed in, and the ways to sign in.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct SignIn {
    /// The way under the cursor.
    pub cursor: usize,
    /// The profile that the command on its way signs in, and the command.
    signing: Option<(String, String)>,
}

impl SignIn {
    /// With that way under the cursor.
    #[must_use]
    pub fn at(cursor: usize) -> Self {
        Self { cursor, signing: None }
    }

    fn choose(mut self, world: &mut World) -> Next {
        let Some(offer) = world.ways().into_iter().nth(self.cursor) else {
            world.say("One moment: looking for what there is.");
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
            world.say(format!("First keep what the step \"{title}\" shows: it can't be shown again."));
            return self.stay();
        }
        match offer.way {
            Way::Login { profile, .. } => self.run("login", profile, world),
            Way::Sso(profile) => self.run("sso login", profile, world),
            Way::Profile(name) => world.connect_to(Source::Profile(name)),
            Way::Environment => world.connect_to(Source::Environment),
            Way::AsStarted => world.connect_to(Source::AsStarted),
            Way::Practise => world.practise(),
        }
        self.stay()
    }

    /// Hands the terminal over to the AWS CLI, once its version is known.
    fn run(&mut self, command: &str, profile: String, world: &mut World) {
        let machine = world.sign_in().machine.as_ref();
        let found = machine.and_then(|machine| Some((machine, machine.cli.as_ref()?)));
        let Some((machine, Ok(program))) = found.map(|(machine, cli)| (machine, cli.for_sso())) else {
            world.say("One moment: looking for the AWS CLI.");
            if !world.is_looking_around() {
                world.look_around(true);
            }
            return;
        };
        let errand = errand(program, command, &profile, machine);
        let words = format!("`aws {}`", errand.arguments.join(" "));
        world.note_command(None);
        self.signing = Some((profile, words));
        world.alone(Request::Run(errand));
    }

    /// The command has ended.
    fn returned(&mut self, ended: &Ended, world: &mut World) {
        let Some((profile, words)) = self.signing.take() else { return };
        let said = format!("{words} {}.", ended.words());
        if *ended == Ended::Code(0) {
            world.connect_to(Source::Profile(profile));
        } else {
            world.look_around(true);
        }
        world.note_command(Some(said));
    }
}

/// The first step that is not done; the ending, if all are.
fn first_open(world: &World) -> Place {
    let judged = world.facts().judged();
    let is_done = |step: &StepId| {
        matches!(
            standing_in(judged, *step, world.facts()),
            Standing::Sound | Standing::Accepted | Standing::NotApplicable
        )
    };
    StepId::ALL.into_iter().find(|step| !is_done(step)).map_or(Place::Summary, Place::Step)
}

impl Behave for SignIn {
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
                let mut bindings = vec![enter("begin"), turning()];
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
            Input::Ways { anew } => {
                if anew {
                    self.cursor = world.best_way();
                }
                self.cursor = self.cursor.min(world.ways().len().saturating_sub(1));
            }
            Input::Reply(_, Reply::Returned(ended)) => self.returned(&ended, world),
            Input::Do(Intent::Choose) if world.offers_ways() => return self.choose(world),
            Input::Do(Intent::Choose) if is_signed_in => return Next::Show(self.into(), first_open(world)),
            Input::Do(Intent::Move(by)) if world.offers_ways() => {
                let last = world.ways().len().saturating_sub(1);
                self.cursor = self.cursor.saturating_add_signed(by).min(last);
            }
            Input::Do(Intent::Back) if world.offers_ways() && is_signed_in => {
                let place = world.close_ways();
                return Next::Show(self.into(), place);
            }
            _ => return self.pass(),
        }
        self.stay()
    }

    fn leaving(&self, _: &World) -> Leaving {
        Leaving::Free
    }

    fn leap(&self) -> Leap {
        Leap::MovesAndReads
    }

    fn survives(self, _: &Changeover<'_>, _: &mut World) -> Option<Page> {
        Some(self.into())
    }
}
