//! The lock-out guard, and the removal of the key that signs.

use super::account::{caller, hardened, neglected, read};
use super::{NOW, having_read, over, practice, ways, with};
use crate::account::*;
use crate::steps::StepId;
use crate::wizard::pages::{self, KeyRemoval, Leave, SignIn};
use crate::wizard::{Mode, Place, Removal, Wizard};

fn way(how: ProofKind) -> SecondWay {
    SecondWay { how, at: NOW - time::Duration::days(2) }
}

fn alice(profile: Option<&str>) -> SecondWay {
    let arn = "arn:aws:iam::123456789012:user/administrator".into();
    way(ProofKind::Answered { arn, profile: profile.map(str::to_owned) })
}

fn green(mode: Mode, way: Option<SecondWay>) -> Wizard {
    let mut wizard = having_read(mode, Facts { second_way: way, ..hardened() });
    wizard.set_place(Place::Summary);
    wizard
}

fn guard(mode: Mode, page: pages::SecondWay) -> Wizard {
    over(ways::looked(green(mode, None), ways::machine()), page)
}

fn at(cursor: usize) -> pages::SecondWay {
    pages::SecondWay::at(cursor)
}

fn refused() -> Wizard {
    let said = "That is role audit of another account, 210987654321, not of 123456789012. It proves nothing here.";
    let mut page = at(2);
    page.said = Some(said.into());
    guard(Mode::Live, page)
}

fn typing() -> Wizard {
    let mut page = at(7);
    page.typed = Some("1234".into());
    guard(Mode::Live, page)
}

fn parting(mode: Mode, is_sure: bool) -> Wizard {
    let facts = Facts { second_way: Some(alice(Some("legacy"))), ..neglected() };
    let looked = ways::looked(having_read(mode, facts), ways::machine());
    let mut wizard = with(looked, StepId::RootKeys, KeyRemoval::default());
    wizard.world.set_removal(Removal {
        step: StepId::RootKeys,
        key: "AKIAIOSFODNN7EXAMPLE".into(),
        is_sure,
        since: NOW,
    });
    wizard.world.sign_in_mut().over =
        Some(Failure::new(Fault::ExpiredSession, "iam:DeleteAccessKey", "it ended with its key"));
    wizard
}

fn still_there() -> Wizard {
    let mut wizard = parting(Mode::Live, true);
    wizard.world.sign_in_mut().over = None;
    let session =
        caller("arn:aws:iam::123456789012:user/administrator", "AKIAI44QH8DHBEXAMPLE", CredentialKind::LongTerm);
    wizard.world.facts_mut().caller = read(session);
    wizard
}

/// All of them.
pub fn guards() -> Vec<(&'static str, Wizard)> {
    let mut sign_in = parting(Mode::Live, true);
    sign_in.set_place(Place::SignIn);
    sign_in.world.sign_in_mut().is_open = true;
    sign_in.set_page(Place::SignIn, SignIn::at(3));
    let mut leaving = over(having_read(practice(), neglected()), Leave);
    leaving.world.set_root_touched();
    vec![
        ("second-way", guard(Mode::Live, at(0))),
        ("second-way-profile", guard(Mode::Live, at(1))),
        ("second-way-refused", refused()),
        ("second-way-typing", typing()),
        ("second-way-practice", guard(practice(), at(0))),
        ("second-way-proven", over(green(Mode::Live, Some(alice(Some("staff")))), pages::SecondWay::default())),
        ("summary-proven", green(practice(), Some(way(ProofKind::Seen("administrator".into()))))),
        ("summary-accepted", green(practice(), Some(way(ProofKind::Accepted)))),
        ("parting-practice", parting(practice(), true)),
        ("parting-lost", parting(Mode::Live, false)),
        ("parting-still-there", still_there()),
        ("parting-ways", sign_in),
        ("leaving-without-proof", leaving),
        ("leaving-parting", over(parting(Mode::Live, true), Leave)),
    ]
}
