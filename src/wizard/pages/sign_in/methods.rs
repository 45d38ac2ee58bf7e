//! The list of ways to sign in on this machine, best first, with reasons for those that are not available.

use super::super::key_removal;
use super::content;
use crate::account::Machine;
use crate::account::machine::Cli;
use crate::account::source::{Named, Profile};
use crate::wizard::content::Meaning::{Accent, Dim, Text, Warn};
use crate::wizard::content::{Blocks, Content, Glyph, phrases};
use crate::wizard::pages::SignIn;
use crate::wizard::{Session, SignInMethod, SignInOption, World};

pub(super) fn of<'p>(world: &'p World, page: &SignIn) -> Content<'p> {
    let mut body = Blocks::default();
    if let Some(ended) = &world.sign_in().ended {
        body.signed(Warn, Glyph::Partial, Text, ended);
        body.gap();
    }
    match (world.session(), world.removal()) {
        (_, Some(key)) if world.sign_in().over.is_some() => {
            key_removal::content::heading(&mut body, key);
            body.say(Text, "Sign in as the administrator, to confirm that it is deleted.");
        }
        (Session::Absent(failure), _) => content::why_absent(&mut body, failure),
        (Session::Connecting | Session::Established, _) => kept(&mut body, world),
    }
    body.gap();
    body.title("Ways to sign in");
    match &world.sign_in().machine {
        None => body.say(Dim, "looking for ways to sign in on this machine…"),
        Some(machine) => list(&mut body, world, machine, page.cursor),
    }
    let mut foot = Blocks::default();
    if let Some(machine) = &world.sign_in().machine {
        explanation(&mut foot, world, machine, page.cursor);
    }
    Content::tight(body, foot)
}

/// Says what happens to the current session.
fn kept<'p>(sheet: &mut Blocks<'p>, world: &World) {
    match (&world.sign_in().over, world.caller()) {
        (Some(_), _) => sheet.signed(
            Warn,
            Glyph::Partial,
            Text,
            "The session has expired. What you filled in is kept until you sign in again.",
        ),
        (None, Some(caller)) => {
            let account = phrases::account_number(&caller.account);
            sheet.say(Text, format!("Signed in now: {}, {account}.", caller.principal.words()));
            sheet.say(Dim, "If you sign in as another principal, lockroot starts over.");
        }
        (None, None) => {}
    }
}

fn list<'p>(sheet: &mut Blocks<'p>, world: &World, machine: &'p Machine, cursor: usize) {
    for (i, offer) in world.ways().iter().enumerate() {
        let picked = i == cursor;
        let style = match (&offer.blocked, picked) {
            (Some(_), _) => Dim,
            (None, true) => Accent,
            (None, false) => Text,
        };
        let text = format!("{} ({})", what(&offer.method, machine), about(offer, world, machine));
        sheet.pick(picked, style, text);
    }
}

fn what(method: &SignInMethod, machine: &Machine) -> String {
    match method {
        SignInMethod::Login { profile, .. } if machine.is_remote => format!("aws login --remote, profile {profile}"),
        SignInMethod::Login { profile, .. } => format!("aws login, profile {profile}"),
        SignInMethod::Sso(profile) => format!("aws sso login, profile {profile}"),
        SignInMethod::Profile(name) => format!("profile {name}"),
        SignInMethod::Environment => "keys in the environment".into(),
        SignInMethod::AsStarted => "as lockroot was started".into(),
        SignInMethod::Practise => "practise".into(),
    }
}

fn about(offer: &SignInOption, world: &World, machine: &Machine) -> String {
    let in_use = |yes: bool| if yes { ", in use" } else { "" };
    match &offer.method {
        _ if offer.blocked.is_some() => "not available now".into(),
        SignInMethod::Login { is_new: true, .. } if world.removal().is_some() => "new".into(),
        SignInMethod::Login { is_new: true, .. } => "new; best for root".into(),
        SignInMethod::Login { is_new: false, .. } | SignInMethod::Sso(_) => "sign in again".into(),
        SignInMethod::Profile(name) => {
            let (selected, why) = machine.selected(&world.sign_in().source);
            let used = selected == name && !machine.uses_key(&world.sign_in().source);
            let shadowed = selected == name && machine.uses_key(&world.sign_in().source);
            let profile = machine.profile(name).map(described).unwrap_or_default();
            let selected = if shadowed { format!(", {why}, shadowed by the environment") } else { String::new() };
            format!("{profile}{selected}{}", in_use(used))
        }
        SignInMethod::Environment => {
            let account = machine.key.as_ref().and_then(|key| key.account.as_ref()).map(named);
            let id = machine.key.as_ref().map(|key| key.id.clone()).unwrap_or_default();
            let account = account.map_or_else(String::new, |account| format!(", {account}"));
            format!("{id}{account}{}", in_use(machine.uses_key(&world.sign_in().source)))
        }
        SignInMethod::AsStarted => "the AWS SDK's own order".into(),
        SignInMethod::Practise => "inside lockroot, nothing is real".into(),
    }
}

pub(in crate::wizard::pages) fn described(profile: &Profile) -> String {
    let account = profile.account.as_ref().map_or_else(String::new, |account| format!(", {}", named(account)));
    let root = if profile.is_root_login() { " of root" } else { "" };
    format!("{}{root}{account}", profile.kind.words())
}

fn named(named: &Named) -> String {
    let account = phrases::account_number(&named.account);
    if named.is_sure { account } else { format!("likely {account}") }
}

/// Explains the selected way, or why it is not available. Below it, what the machine has.
fn explanation<'p>(sheet: &mut Blocks<'p>, world: &World, machine: &'p Machine, cursor: usize) {
    let ways = world.ways();
    let Some(offer) = ways.into_iter().nth(cursor) else { return };
    match (offer.blocked, &offer.method) {
        (Some(why), _) => sheet.signed(Warn, Glyph::Partial, Text, why),
        (None, SignInMethod::Login { .. }) if world.removal().is_some() => sheet.say(
            Text,
            "Runs `aws login` in this terminal. In the browser, sign in as the administrator, not as root.",
        ),
        (None, SignInMethod::Login { .. }) if machine.is_remote => sheet.say(
            Text,
            "Runs `aws login` in this terminal. It shows an address for a browser on your own machine: choose \"Root user\".",
        ),
        (None, SignInMethod::Login { .. }) => sheet.say(
            Text,
            "Runs `aws login` in this terminal, which opens a browser: choose \"Root user\". The session is temporary.",
        ),
        (None, SignInMethod::Sso(_)) => sheet.say(Text, "Runs the AWS CLI in this terminal, which opens a browser."),
        (None, SignInMethod::Profile(_) | SignInMethod::Environment | SignInMethod::AsStarted) => {
            sheet.say(Text, "Enter connects with this profile. AWS then says whose it is.");
        }
        (None, SignInMethod::Practise) => sheet.say(Text, "No credentials, no network: try every step first."),
    }
    sheet.say(Dim, found(machine));
}

/// One line about the AWS CLI and other sources.
fn found(machine: &Machine) -> String {
    let cli = match &machine.cli {
        None => "AWS CLI: not checked yet".into(),
        Some(Cli::Absent) => "AWS CLI: none found".into(),
        Some(Cli::Unusable { .. }) => "AWS CLI: found, version unknown".into(),
        Some(Cli::Found { version, .. }) => format!("AWS CLI {version}"),
    };
    let others = machine.others.iter().map(|other| format!("; also {other} credentials"));
    let broken = machine.broken.iter().map(|why| format!("; in the AWS files: {why}"));
    std::iter::once(cli).chain(others).chain(broken).collect()
}
