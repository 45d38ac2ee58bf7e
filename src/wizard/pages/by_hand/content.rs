//! The steps to do by hand: finding, console address, steps, costs, evidence; below them the watch on AWS or the
//! result.

use super::super::summary;
use super::ROOT_ACTIVITY;
use crate::checks::{Awaits, Verdict};
use crate::wizard::content::Meaning::{Accent, Dim, Good, Text, Warn};
use crate::wizard::content::{Blocks, Content, Glyph, controls, evidence, phrases, words as span};
use crate::wizard::pages::ByHand;
use crate::wizard::{Mode, World};

pub(super) fn of<'p>(world: &'p World, page: &ByHand) -> Content<'p> {
    let control = page.control;
    let mut body = Blocks::default();
    body.title("By hand, while lockroot watches");
    // The control is about users, but this page waits for a role.
    let is_federation = page.awaits() == Awaits::IdentityCenterRole;
    let assessment = world.facts().assessments().assessment(control.id).filter(|_| !is_federation);
    if let Some(assessment) = assessment {
        controls::assessed(&mut body, world, control, assessment, true);
    } else if is_federation {
        body.say(Text, "People sign in through IAM Identity Center");
        if page.is_read(world) {
            body.say(Dim, assigned(world, page));
        }
    }
    steps(&mut body, world, page);
    if page.control.id == ROOT_ACTIVITY {
        body.gap();
        body.say(Text, "If nobody knows who it was, root may be compromised: ! shows what to do, in order.");
    }
    if page.message(world).is_some() {
        body.gap();
        body.say(Text, "Each person must do this. m shows a message to send, with the sign-in address.");
    }
    if page.rests_on_report() {
        body.gap();
        body.say(Dim, "AWS renews the credential report at most every four hours. u lists every user.");
    }
    if let Some(assessment) = assessment.filter(|assessment| !assessment.evidence.is_empty()) {
        body.gap();
        body.line([span(Dim, "What AWS said")]);
        evidence::lines(&mut body, world, assessment);
    }
    Content::long(body, foot(world, page))
}

/// The steps in order, and the cost.
fn steps<'p>(body: &mut Blocks<'p>, world: &World, page: &ByHand) {
    body.gap();
    if let Some(address) = page.address(world) {
        body.address(address);
    }
    for (i, step) in page.steps(world).into_iter().enumerate() {
        body.hang([span(Dim, format!("{} ", i + 1))], Text, step);
    }
    if let Some(costs) = page.control.remedy.hand_off().and_then(|hand_off| hand_off.costs) {
        body.gap();
        body.pair("Cost", 4, Text, costs);
    }
    if let Mode::Practice { .. } = world.mode() {
        body.gap();
        body.say(
            Dim,
            "In practice the console is simulated: Enter does these steps. On AWS, lockroot notices when they are done.",
        );
    }
    if let Some(mail) = &page.mail {
        body.gap();
        body.line([span(Dim, "Practice mailbox, newest message")]);
        mail.lines().for_each(|line| body.hang([span(Dim, "  ")], Text, line.to_owned()));
    }
}

/// State of the role that the page waits for.
fn assigned(world: &World, page: &ByHand) -> String {
    match (page.assigned(world), page.assigned_used(world)) {
        _ if world.facts().people.failure().is_some() => {
            "Whether IAM Identity Center has a role here could not be read.".to_owned()
        }
        (None, _) => "This account has no role yet that IAM Identity Center made with AdministratorAccess.".to_owned(),
        (Some(role), None) => format!("The role {} is here. Nobody has used it in 400 days.", role.name),
        (Some(role), Some(used)) => format!("The role {} is here, last used on {}.", role.name, used.date()),
    }
}

fn foot<'p>(world: &'p World, page: &ByHand) -> Blocks<'p> {
    let mut foot = Blocks::default();
    if let Some(at) = page.done_at() {
        let read = format!("Read back from AWS at {}.", phrases::clock(at));
        match world.facts().assessments().verdict(page.control.id) {
            _ if page.awaits() == Awaits::IdentityCenterRole => {
                foot.signed(Good, Glyph::Pass, Good, format!("An administrator came in this way. {read}"));
            }
            Some(Verdict::NotApplicable) => {
                foot.signed(Dim, Glyph::Nothing, Text, format!("It no longer applies. {read}"));
            }
            _ => foot.signed(Good, Glyph::Pass, Good, format!("It passes. {read}")),
        }
        if let Some(event) = page.test_sign_in(world) {
            let said = format!("CloudTrail shows root's {} at {}.", event.name, phrases::clock(event.at));
            foot.signed(
                Dim,
                Glyph::Bullet,
                Text,
                format!("{said} Only the recipient can tell whether the e-mail arrived."),
            );
        } else if page.awaits_test(world) {
            let text = phrases::watching(&page.watch, page.is_reading(world), world.now());
            foot.signed(Accent, Glyph::Spinner, Dim, text);
            if page.simulates_test(world) {
                foot.button("Sign in as root");
                return foot;
            }
        }
        foot.button(onward(world, page));
        return foot;
    }
    if page.is_settled(world) {
        foot.signed(Warn, Glyph::Partial, Warn, "This risk is accepted. It counts again after the end date.");
        foot.button(onward(world, page));
        return foot;
    }
    let is_unseen = match page.awaits() {
        Awaits::IdentityCenterRole => world.facts().people.failure().is_some(),
        Awaits::Pass | Awaits::PassByEachPerson | Awaits::PassAndTest => {
            world.facts().assessments().verdict(page.control.id) == Some(Verdict::Unknown)
        }
    };
    if is_unseen && page.is_read(world) {
        foot.signed(Warn, Glyph::Unknown, Warn, "lockroot can't see whether this is done; see the reason above.");
    }
    let text = phrases::watching(&page.watch, page.is_reading(world), world.now());
    foot.signed(Accent, Glyph::Spinner, Dim, text);
    foot.button(if world.is_practice() { "Do it in the console" } else { "Read again now" });
    foot
}

/// Label of the button that leads on.
fn onward(world: &World, page: &ByHand) -> String {
    page.onward(world).map_or_else(|| "Back".to_owned(), |item| format!("Next: {}", summary::content::name(&item)))
}
