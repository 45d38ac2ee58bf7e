//! The form to accept a risk, and the exact text that will be written.

use crate::steps::acceptance::problems;
use crate::wizard::World;
use crate::wizard::content::Meaning::{Accent, Dim, Text, Warn};
use crate::wizard::content::{Block, Blocks, Button, Content, Glyph, form, sign, words};
use crate::wizard::pages::Accept;
use crate::wizard::pages::accept::{AcceptStage, ReviewedRisk};
use crate::wizard::pages::review::ReviewFocus;

pub(super) fn of<'p>(world: &'p World, page: &'p Accept) -> Content<'p> {
    match &page.stage {
        AcceptStage::Filling => filling(world, page),
        AcceptStage::Review(shown) => {
            let mut foot = Blocks::default();
            let focus = usize::from(shown.focus == ReviewFocus::Ahead);
            foot.0.push(Block::Buttons(vec![Button::new("Go back"), Button::new("Accept this risk")], Some(focus)));
            Content::long(review(world, page, shown), foot)
        }
        AcceptStage::Reading(shown, _) => {
            let mut foot = Blocks::default();
            let text = " Reading again whether it still fails. Nothing has been written yet.";
            foot.line([sign(Accent, Glyph::Spinner), words(Text, text)]);
            Content::long(review(world, page, shown), foot)
        }
        AcceptStage::Writing(..) => {
            let mut foot = Blocks::default();
            foot.line([sign(Accent, Glyph::Spinner), words(Text, " Writing…")]);
            Content::tight(form::body(title(page), &page.form, &[], false), foot)
        }
    }
}

fn title(page: &Accept) -> &str {
    page.form.title.as_deref().unwrap_or("Accept the risk")
}

fn filling<'p>(world: &'p World, page: &'p Accept) -> Content<'p> {
    let problems = problems(&page.form, Accept::today(world));
    let body = form::body(title(page), &page.form, &problems, true);
    let hint = page.form.focused().map_or("Next you see what will be written, and where.", |field| &field.hint);
    Content::long(body, Blocks(vec![Block::Hint(hint.into())]))
}

fn review<'p>(world: &'p World, page: &'p Accept, shown: &'p ReviewedRisk) -> Blocks<'p> {
    let mut body = Blocks::default();
    body.title(title(page));
    let until = shown.risk.until;
    body.signed(
        Warn,
        Glyph::Partial,
        Warn,
        format!("The control stays failed: it is shown as accepted, never as pass. After {until} it counts again."),
    );
    match &world.facts().accepted.file {
        Some(file) => {
            body.say(Dim, "lockroot adds this to the end of the file, where `lockroot check` reads it:");
            body.indented(Text, file);
        }
        None => body.say(
            Dim,
            "In practice this is kept until the practice ends. Of an AWS account it is added to lockroot's \
             config.toml, where `lockroot check` reads it:",
        ),
    }
    body.gap();
    for line in shown.risk.entry(&shown.account).lines() {
        body.indented(Text, line.to_owned());
    }
    body
}
