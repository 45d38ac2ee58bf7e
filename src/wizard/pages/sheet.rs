//! Shows the break-glass sheet, and saves it in the current folder.

use super::super::keys::common::{closing, one, scrolling};
use super::super::keys::{Binding, Intent, Key};
use super::{Content, Input, Leaving, Next, PageBehaviour, World};
use crate::break_glass;
use crate::wizard::content::{Block, Blocks};
use crate::wizard::event::Request;

/// The page with the break-glass sheet.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Sheet {
    /// Index of the first visible line.
    line: u16,
}

impl Sheet {
    /// Opens the sheet, and reads its facts again.
    pub(in crate::wizard) fn open(world: &mut World) -> Self {
        if world.can_ask() && !world.is_occupied() {
            world.read(break_glass::QUESTIONS);
        }
        Self::default()
    }

    /// The sheet in Markdown.
    #[must_use]
    pub fn text(world: &World) -> String {
        break_glass::markdown(world.facts(), world.is_practice(), world.now())
    }

    /// Saves both forms, with the account in the file names.
    fn save(world: &mut World) {
        let account = world.caller().map_or("unknown", |caller| caller.account.as_str());
        let whose = if world.is_practice() { "practice" } else { account };
        let name = |ending: &str| format!("lockroot-break-glass-{whose}.{ending}");
        let sheet = Self::text(world);
        let files = vec![(name("html"), break_glass::html(&sheet)), (name("md"), sheet)];
        world.ask_for_page(Request::WriteFiles(files));
    }
}

pub(super) fn content<'p>(world: &World) -> Content<'p> {
    Content::long(Blocks(vec![Block::Markdown(Sheet::text(world).into())]), Blocks::default())
}

impl PageBehaviour for Sheet {
    fn content<'p>(&'p self, world: &'p World) -> Content<'p> {
        content(world)
    }

    fn keys(&self, _: &World) -> Vec<Binding> {
        let save = one(Key::Char('s'), "s", "save it", Intent::Save);
        vec![scrolling(), save, closing(&[Key::Enter, Key::Char('q'), Key::Char('b')])]
    }

    fn on(mut self, input: Input, world: &mut World) -> Next {
        match input {
            Input::Do(Intent::Back) => return Next::Back,
            Input::Do(Intent::Scroll(by)) => self.line = world.drawn().scrolled(by),
            Input::Do(Intent::Save) if break_glass::QUESTIONS.iter().any(|question| world.is_reading(question)) => {
                world.say("Wait a moment: reading the sheet's facts again.");
            }
            Input::Do(Intent::Save) => Self::save(world),
            _ => return self.unhandled(),
        }
        self.stay()
    }

    fn leaving(&self, _: &World) -> Leaving {
        Leaving::Free
    }

    fn line(&self) -> Option<u16> {
        Some(self.line)
    }
}
