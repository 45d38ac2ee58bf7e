//! A step's page. The actions stay visible however long it is.

use crate::steps::{Action, Row, Table};
use crate::wizard::World;
use crate::wizard::content;
use crate::wizard::content::Meaning::{Dim, Text};
use crate::wizard::content::{Block, Blocks, Button, Cell, Column, Content, Glyph, controls, marks};
use crate::wizard::pages::Home;

/// The page of a step.
pub(super) fn of<'p>(world: &'p World, home: &Home) -> Content<'p> {
    let id = home.step;
    let page = world.step_view(id, home.item);
    let mut body = Blocks::default();
    body.title(id.definition().title());
    body.say(Text, page.why);
    body.gap();
    rows(&mut body, world, page.rows);
    if !page.table.rows.is_empty() {
        body.gap();
        body.0.push(Block::Table(table(page.table, home.item)));
    }
    if !page.notes.is_empty() {
        body.gap();
    }
    for note in page.notes {
        body.signed(Dim, Glyph::Bullet, Text, note);
    }
    Content::tight(body, actions(page.actions, home.action))
}

/// Width for names of values, with the blanks before them.
const NAMES: usize = 26;
/// Smallest column widths in characters. Nine keep an access key id recognizable: its prefix, and the last four
/// characters, which people compare.
const FIRST: usize = 9;
const SECOND: usize = 6;
const LAST: usize = 8;

/// The current state: verdicts with sign, word and reason, and values beside their names.
fn rows<'p>(body: &mut Blocks<'p>, world: &World, rows: Vec<Row>) {
    let mut group = Blocks::default();
    for row in rows {
        match row {
            Row::Control(control, Some((verdict, why))) => {
                controls::one(&mut group, world, control, Some(verdict), why);
            }
            Row::Control(control, None) => controls::one(&mut group, world, control, None, "reading…"),
            Row::Assessed(name, verdict, why) => {
                group.0.push(Block::Assessed(marks::verdict(verdict), name.into(), why.into()));
            }
            Row::Value(name, value) => group.pair(format!("  {name}"), None, Text, value),
        }
    }
    body.0.push(Block::Aligned(NAMES, group.0));
}

fn table<'p>(table: Table, picked: usize) -> content::Table<'p> {
    let last = table.heads.len().saturating_sub(1);
    let least = |i: usize| match i {
        1 => SECOND,
        _ if i == last => LAST,
        0 => FIRST,
        _ => usize::MAX,
    };
    let heads = table.heads.iter().enumerate();
    let columns = heads.map(|(i, head)| Column { head, characters: None, least: least(i) }).collect();
    let (rows, dim) = (table.rows, table.dim);
    let len = rows.len();
    let row = move |i: usize| {
        let meaning = dim.get(i).is_some_and(|dim| *dim).then_some(Dim);
        rows[i].iter().cloned().map(|text| Cell { meaning, ..Cell::new(text) }).collect()
    };
    content::Table { columns, len, picked, row: Box::new(row) }
}

fn actions<'p>(actions: Vec<Action>, focus: usize) -> Blocks<'p> {
    let buttons = actions
        .into_iter()
        .map(|action| Button { label: action.label.into(), blocked: action.blocked.map(Into::into) });
    Blocks(vec![Block::Buttons(buttons.collect(), Some(focus))])
}
