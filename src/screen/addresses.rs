//! The addresses on a drawn screen, so that the terminal can make them links. Only whole ones count: one that was broken or
//! cut would lead somewhere else.

use ratatui::buffer::{Buffer, Cell};

use crate::steps::{StepId, root_mfa};
use crate::wizard::Wizard;
use crate::wizard::stage::Stage;

/// An address as it stands on the screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// Where it leads.
    pub address: String,
    /// Its cells, with column and row.
    pub cells: Vec<(u16, u16, Cell)>,
}

/// The links on `buffer`, which shows `wizard`.
#[must_use]
pub fn links(buffer: &Buffer, wizard: &Wizard) -> Vec<Link> {
    let known = addresses(wizard);
    let area = buffer.area;
    (area.top()..area.bottom()).flat_map(|y| in_row(buffer, y, &known)).collect()
}

/// Every address that any page of `wizard` may show.
fn addresses(wizard: &Wizard) -> Vec<String> {
    let guides = StepId::ALL.into_iter().flat_map(|id| id.definition().guide().split_whitespace());
    let mut known: Vec<String> = guides.filter(|word| word.starts_with("https://")).map(str::to_owned).collect();
    known.push(root_mfa::console_address(&wizard.facts));
    known.push(root_mfa::account_page(&wizard.facts));
    known.extend(wizard.steps.iter().filter_map(|step| match &step.stage {
        Stage::Showing(hand_over) => Some(hand_over.address.clone()),
        _ => None,
    }));
    known
}

fn in_row(buffer: &Buffer, y: u16, known: &[String]) -> Vec<Link> {
    let mut links = Vec::new();
    let mut run: Vec<(u16, u16, Cell)> = Vec::new();
    let (left, right) = (buffer.area.left(), buffer.area.right());
    for x in left..=right {
        let cell = (x < right).then(|| &buffer[(x, y)]);
        match cell.filter(|cell| !cell.symbol().trim().is_empty()) {
            Some(cell) => run.push((x, y, cell.clone())),
            None => links.extend(link(std::mem::take(&mut run), known)),
        }
    }
    links
}

/// A run of cells without a blank, if it is an address; the full stop of its sentence is none of it.
fn link(mut run: Vec<(u16, u16, Cell)>, known: &[String]) -> Option<Link> {
    while run.last().is_some_and(|(_, _, cell)| matches!(cell.symbol(), "." | "," | ")" | ";")) {
        run.pop();
    }
    let address: String = run.iter().map(|(_, _, cell)| cell.symbol()).collect();
    known.contains(&address).then_some(Link { address, cells: run })
}

#[cfg(test)]
mod tests {
    use ratatui::layout::Rect;
    use ratatui::style::Style;

    use super::*;
    use crate::wizard::Mode;

    const ADDRESS: &str = "https://console.aws.amazon.com/iam/home#/security_credentials";

    fn on(columns: u16, text: &str) -> Vec<Link> {
        let (wizard, _) = Wizard::start(Mode::Live, time::macros::datetime!(2026-11-21 12:00 UTC));
        let mut buffer = Buffer::empty(Rect::new(0, 0, columns, 2));
        buffer.set_string(0, 1, text, Style::new());
        links(&buffer, &wizard)
    }

    #[test]
    fn a_whole_address_is_a_link_and_the_full_stop_is_not_part_of_it() {
        let links = on(100, &format!("as root: {ADDRESS}. Then"));
        assert_eq!(links.len(), 1);
        assert_eq!(links[0].address, ADDRESS);
        assert_eq!(links[0].cells[0].0, 9);
        assert_eq!(links[0].cells.len(), ADDRESS.len());
    }

    #[test]
    fn a_cut_or_foreign_address_is_none() {
        assert_eq!(on(40, ADDRESS), []);
        assert_eq!(on(100, "https://example.com/iam/home#/security_credentials"), []);
    }
}
