//! Finds complete URLs on a drawn screen, so the terminal can link them. A wrapped or cut URL would lead elsewhere.

use ratatui::buffer::{Buffer, Cell};

use crate::steps::{StepId, root_mfa};
use crate::wizard::Wizard;
use crate::wizard::content::Block;

/// A URL on the screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hyperlink {
    pub address: String,
    /// Column, row and cell of each character.
    pub cells: Vec<(u16, u16, Cell)>,
}

/// The links on `buffer`, which shows `wizard`.
#[must_use]
pub fn links(buffer: &Buffer, wizard: &Wizard) -> Vec<Hyperlink> {
    let area = buffer.area;
    let found: Vec<Hyperlink> = (area.top()..area.bottom()).flat_map(|y| in_row(buffer, y)).collect();
    // Most screens have no links and need no further work.
    if found.is_empty() {
        return found;
    }
    let known = addresses(wizard);
    found.into_iter().filter(|link| known.contains(&link.address)).collect()
}

/// The URLs that the front page may show: its own and those of our texts. URLs in untrusted text are not linked.
fn addresses(wizard: &Wizard) -> Vec<String> {
    let guides = StepId::CHECKLIST.into_iter().flat_map(|id| id.definition().guide().split_whitespace());
    let mut known: Vec<String> = guides.filter(|word| word.starts_with("https://")).map(str::to_owned).collect();
    known.push(root_mfa::console_address(wizard.facts()));
    known.push(root_mfa::account_page(wizard.facts()));
    let content = wizard.content();
    known.extend([&content.body, &content.foot].into_iter().flat_map(|blocks| &blocks.0).filter_map(given));
    known
}

fn given(block: &Block<'_>) -> Option<String> {
    match block {
        Block::Address(address) => Some(address.to_string()),
        _ => None,
    }
}

fn in_row(buffer: &Buffer, y: u16) -> Vec<Hyperlink> {
    let mut links = Vec::new();
    let mut run: Vec<(u16, u16, Cell)> = Vec::new();
    let (left, right) = (buffer.area.left(), buffer.area.right());
    for x in left..=right {
        let cell = (x < right).then(|| &buffer[(x, y)]);
        match cell.filter(|cell| !cell.symbol().trim().is_empty()) {
            Some(cell) => run.push((x, y, cell.clone())),
            None => links.extend(link(std::mem::take(&mut run))),
        }
    }
    links
}

/// Converts a run of cells without blanks into a link, if it is a URL. Trailing punctuation is dropped.
fn link(mut run: Vec<(u16, u16, Cell)>) -> Option<Hyperlink> {
    while run.last().is_some_and(|(_, _, cell)| matches!(cell.symbol(), "." | "," | ")" | ";")) {
        run.pop();
    }
    let address: String = run.iter().map(|(_, _, cell)| cell.symbol()).collect();
    address.starts_with("https://").then_some(Hyperlink { address, cells: run })
}

#[cfg(test)]
mod tests {
    use ratatui::layout::Rect;
    use ratatui::style::Style;

    use super::*;
    use crate::wizard::Mode;
    use crate::wizard::pages::Leave;
    use crate::wizard::tests::specimens;

    const ADDRESS: &str = "https://console.aws.amazon.com/iam/home#/security_credentials";

    fn on(columns: u16, text: &str) -> Vec<Hyperlink> {
        let (wizard, _) = Wizard::start(Mode::Live, time::macros::datetime!(2026-11-21 12:00 UTC));
        let mut buffer = Buffer::empty(Rect::new(0, 0, columns, 2));
        buffer.set_string(0, 1, text, Style::new());
        links(&buffer, &wizard)
    }

    #[test]
    fn a_complete_address_becomes_a_link_without_its_full_stop() {
        let links = on(100, &format!("as root: {ADDRESS}. Then"));
        assert_eq!(links.len(), 1);
        assert_eq!(links[0].address, ADDRESS);
        assert_eq!(links[0].cells[0].0, 9);
        assert_eq!(links[0].cells.len(), ADDRESS.len());
    }

    #[test]
    fn a_cut_or_foreign_address_becomes_no_link() {
        assert_eq!(on(40, ADDRESS), []);
        assert_eq!(on(100, "https://example.com/iam/home#/security_credentials"), []);
    }

    #[test]
    fn only_the_front_page_has_a_link() {
        let address = "https://123456789012.signin.aws.amazon.com/console";
        assert_eq!(on(100, address), []);
        let mut wizards = specimens::all().into_iter();
        let (_, mut wizard) = wizards.find(|(name, _)| *name == "showing-revealed").unwrap();
        let mut buffer = Buffer::empty(Rect::new(0, 0, 100, 1));
        buffer.set_string(0, 0, address, Style::new());
        assert_eq!(links(&buffer, &wizard).len(), 1);
        wizard.set_over(Leave);
        assert_eq!(links(&buffer, &wizard), []);
    }
}
