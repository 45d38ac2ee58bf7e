//! The state of the proof, and the methods.

use super::super::sign_in;
use crate::wizard::content::Meaning::{Accent, Danger, Dim, Good, Text, Warn};
use crate::wizard::content::{Block, Blocks, Content, Glyph, TextInput};
use crate::wizard::pages::SecondWay;
use crate::wizard::{ProofMethod, World};

pub(super) fn of<'p>(world: &'p World, page: &'p SecondWay) -> Content<'p> {
    let mut body = Blocks::default();
    body.title("A second way in");
    let found = world.second_way();
    line(&mut body, found.as_ref());
    body.gap();
    let proof_methods = world.proof_methods();
    body.say(
        Text,
        match &found {
            Some(way) if way.is_proof() && proof_methods.is_empty() => "Someone other than root has signed in.",
            Some(way) if way.is_proof() => "Someone other than root has signed in. You can prove it again:",
            _ => "Before you finish, prove that someone other than root can sign in. Choose how:",
        },
    );
    body.gap();
    let nobody = world.facts().people.known().is_some_and(|people| people.administrators().next().is_none());
    if nobody && found.is_none() {
        body.say(Warn, "There is no administrator yet: the step \"Administrator\" sets one up.");
        body.gap();
    }
    for (i, way) in proof_methods.iter().enumerate() {
        let picked = i == page.picked(world);
        let style = if picked { Accent } else { Text };
        body.pick(picked, style, what(way, world));
    }
    Content::tight(body, foot(world, page))
}

/// Adds one line: whether the second way in is proven.
pub(in crate::wizard::pages) fn line<'p>(sheet: &mut Blocks<'p>, way: Option<&crate::account::SecondWay>) {
    let (style, sign, text) = match way {
        Some(way) if way.is_proof() => (Good, Glyph::Pass, way.words()),
        Some(way) => (Warn, Glyph::Partial, way.words()),
        None => (Warn, Glyph::Partial, "not proven yet".into()),
    };
    sheet.signed(style, sign, style, format!("Second way in: {text}"));
}

fn what(way: &ProofMethod, world: &World) -> String {
    match way {
        ProofMethod::Console(None) => "an administrator signs in at the console".into(),
        ProofMethod::Console(Some(user)) => format!("{user} signs in at the practice console"),
        ProofMethod::Profile(name) => {
            let machine = world.sign_in().machine.as_ref();
            let about =
                machine.and_then(|machine| machine.profile(name)).map(sign_in::methods::described).unwrap_or_default();
            format!("profile {name} ({about})")
        }
        ProofMethod::Login(profile) => format!("aws login, profile {profile} (new)"),
        ProofMethod::Session => "this session".into(),
        ProofMethod::Accept => "skip the proof: accept the risk".into(),
    }
}

fn foot<'p>(world: &'p World, page: &'p SecondWay) -> Blocks<'p> {
    let mut foot = Blocks::default();
    if let Some(said) = &page.said {
        foot.signed(Warn, Glyph::Partial, Warn, said);
    }
    if let Some(typed) = &page.typed {
        typing(&mut foot, world, typed);
        return foot;
    }
    if world.is_busy() {
        foot.signed(Accent, Glyph::Spinner, Dim, "asking AWS…");
    }
    let Some(way) = world.proof_methods().into_iter().nth(page.picked(world)) else { return foot };
    match way {
        ProofMethod::Console(None) => console(&mut foot, world),
        ProofMethod::Console(Some(user)) => {
            foot.say(Text, format!("Enter: the simulated console signs {user} in, with password and MFA."));
        }
        ProofMethod::Profile(_) => {
            foot.say(Text, "Enter: checks who this profile signs in as (must be this account, not root). Your session stays.")
        }
        ProofMethod::Login(_) => foot.say(
            Text,
            "Enter: runs `aws login` in this terminal. In the browser, sign in as the administrator, not as root.",
        ),
        ProofMethod::Session => foot.say(
            Text,
            "Enter: this session is the proof. lockroot can't read everything that limits a role's session: make sure that it is an administrator.",
        ),
        ProofMethod::Accept => foot.say(
            Text,
            "Without this proof, root may be the only way in. Enter: type the account's number to accept that.",
        ),
    }
    foot
}

fn console<'p>(sheet: &mut Blocks<'p>, world: &World) {
    let names = world.sign_in_names();
    if names.is_empty() {
        sheet.say(Warn, "No administrator with a console password was found: the step Administrator sets one up.");
        return;
    }
    let who = names.join(" or ");
    sheet.address(world.sign_in_address());
    sheet.say(
        Text,
        format!(
            "Sign in there as {who}, in a private window. IAM shows it after some minutes; lockroot reads it every 15 s."
        ),
    );
}

fn typing<'p>(sheet: &mut Blocks<'p>, world: &World, typed: &'p str) {
    let account = world.caller().map(|caller| caller.account.clone()).unwrap_or_default();
    sheet.say(Danger, format!("To go on without this proof, type the account's number: {account}"));
    let hint = if typed.trim() == account { "Enter: accept the risk" } else { "Esc: go back" };
    sheet.0.push(Block::TextInput(TextInput { typed, characters: 16, hint: Some(hint.into()) }));
}
