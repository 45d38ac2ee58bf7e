//! Who signs in, and the second way in.

use super::common::{closing, enter, erasing, esc, one, quiet, rows, scrolling, turning};
use super::{Binding, Intent, Key};
use crate::wizard::{Mode, Session, Wizard};

pub(super) fn sign_in(wizard: &Wizard) -> Vec<Binding> {
    match wizard.session {
        Session::Connecting => Vec::new(),
        Session::Absent(_) if wizard.mode == Mode::Live => vec![
            rows("pick"),
            enter("choose"),
            one(Key::Char('p'), "p", "practise instead", Intent::Practise),
            one(Key::Char('c'), "c", "connect again", Intent::Reconnect),
        ],
        Session::Absent(_) => vec![one(Key::Char('c'), "c", "connect again", Intent::Reconnect)],
        Session::Established if wizard.offers_ways() => {
            vec![rows("pick"), enter("choose"), esc("back"), one(Key::Char('p'), "p", "practise", Intent::Practise)]
        }
        Session::Established => {
            let mut bindings = vec![enter("begin"), turning()];
            if wizard.mode == Mode::Live {
                bindings.push(one(Key::Char('s'), "s", "sign in differently", Intent::SignIn));
            }
            bindings.push(quiet(scrolling()));
            bindings
        }
    }
}

pub(super) fn second_way(wizard: &Wizard) -> Vec<Binding> {
    if wizard.guard.typed.is_some() {
        return vec![enter("confirm what you typed"), esc("back"), erasing()];
    }
    vec![rows("pick"), enter("choose"), closing(&[Key::Char('i'), Key::Char('q')])]
}
