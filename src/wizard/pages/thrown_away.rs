//! A page that says one sentence.

use super::super::keys::Binding;
use super::super::keys::Intent;
use super::super::keys::common::closing;
use super::{Content, Input, Leaving, Next, PageBehaviour, World};
use crate::wizard::content::{Blocks, Meaning};

/// One sentence.
#[derive(Debug, PartialEq)]
pub struct ThrownAway;

impl PageBehaviour for ThrownAway {
    fn content<'p>(&'p self, _: &'p World) -> Content<'p> {
        let mut body = Blocks::default();
        body.say(Meaning::Text, "This page says one sentence.");
        Content::long(body, Blocks::default())
    }

    fn keys(&self, _: &World) -> Vec<Binding> {
        vec![closing(&[])]
    }

    fn on(self, input: Input, _: &mut World) -> Next {
        match input {
            Input::Do(Intent::Back) => Next::Back,
            _ => self.pass(),
        }
    }

    fn leaving(&self, _: &World) -> Leaving {
        Leaving::Free
    }
}
