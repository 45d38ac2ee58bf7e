//! The lock-out guard, and what comes after the key that signed.

use super::account::{caller, hardened, neglected, read};
use super::{NOW, having_read, over, practice, ways, with};
use crate::account::*;
use crate::steps::StepId;
use crate::wizard::stage::Parting;
use crate::wizard::{Mode, Overlay, Place, Stage, Wizard};

fn way(how: Shown) -> SecondWay {
    SecondWay { how, at: NOW - time::Duration::days(2) }
}

fn alice(profile: Option<&str>) -> SecondWay {
    let arn = "arn:aws:iam::123456789012:user/administrator".into();
    way(Shown::Answered { arn, profile: profile.map(str::to_owned) })
}

fn green(mode: Mode, way: Option<SecondWay>) -> Wizard {
    let mut wizard = having_read(mode, Facts { second_way: way, ..hardened() });
    wizard.place() = Place::Summary;
    wizard
}

fn guard(mode: Mode, cursor: usize) -> Wizard {
    let mut wizard = over(ways::looked(green(mode, None), ways::machine()), Overlay::SecondWay);
    wizard.guard.cursor = cursor;
    wizard
}

fn refused() -> Wizard {
    let mut wizard = guard(Mode::Live, 2);
    wizard.guard.said = Some(
        "That is role audit of another account, 210987654321, not of 123456789012. It proves nothing here.".into(),
    );
    wizard
}

fn typing() -> Wizard {
    let mut wizard = guard(Mode::Live, 7);
    wizard.guard.typed = Some("1234".into());
    wizard
}

fn parting(mode: Mode, is_sure: bool) -> Wizard {
    let facts = Facts { second_way: Some(alice(Some("legacy"))), ..neglected() };
    let key = Parting { key: "AKIAIOSFODNN7EXAMPLE".into(), is_sure, since: NOW, tries: 0, next: None };
    let mut wizard =
        with(ways::looked(having_read(mode, facts), ways::machine()), StepId::RootKeys, Page::KeyRemoval(key));
    wizard.world.sign_in().over = Some(Failure::new(Fault::ExpiredSession, "iam:DeleteAccessKey", "it ended with its key"));
    wizard
}

fn still_there() -> Wizard {
    let mut wizard = parting(Mode::Live, true);
    wizard.world.sign_in().over = None;
    let session =
        caller("arn:aws:iam::123456789012:user/administrator", "AKIAI44QH8DHBEXAMPLE", CredentialKind::LongTerm);
    wizard.facts().caller = read(session);
    wizard
}

/// All of them.
pub fn guards() -> Vec<(&'static str, Wizard)> {
    let mut sign_in = parting(Mode::Live, true);
    sign_in.place = Place::SignIn;
    sign_in.sign_in.is_open = true;
    sign_in.sign_in.cursor = 3;
    let mut leaving = over(having_read(practice(), neglected()), Overlay::Leaving);
    leaving.guard.root_was_touched = true;
    vec![
        ("second-way", guard(Mode::Live, 0)),
        ("second-way-profile", guard(Mode::Live, 1)),
        ("second-way-refused", refused()),
        ("second-way-typing", typing()),
        ("second-way-practice", guard(practice(), 0)),
        ("second-way-proven", over(green(Mode::Live, Some(alice(Some("staff")))), Overlay::SecondWay)),
        ("summary-proven", green(practice(), Some(way(Shown::Seen("administrator".into()))))),
        ("summary-accepted", green(practice(), Some(way(Shown::Accepted)))),
        ("parting-practice", parting(practice(), true)),
        ("parting-lost", parting(Mode::Live, false)),
        ("parting-still-there", still_there()),
        ("parting-ways", sign_in),
        ("leaving-without-proof", leaving),
        ("leaving-parting", over(parting(Mode::Live, true), Overlay::Leaving)),
    ]
}
