//! Access to the machine's state for tests and benchmarks. The program does not use it.

use super::pages::Page;
use super::{Place, Slot, Wizard};

#[doc(hidden)]
impl Wizard {
    /// Shows that place.
    pub fn set_place(&mut self, place: Place) {
        self.here = place;
    }

    /// Shows that page at that place.
    pub fn set_page(&mut self, place: Place, page: impl Into<Page>) {
        let id = self.world.new_slot();
        let stack = &mut self.places[place.index()];
        let page = page.into();
        if matches!(page, Page::Home(_) | Page::SignIn(_)) {
            stack.clear();
        }
        stack.push(Slot { id, page: Some(page) });
        self.refresh_page_summaries();
    }

    /// Opens that page over all others.
    pub fn set_over(&mut self, page: impl Into<Page>) {
        self.push_over(page);
    }

    /// Closes all overlays.
    pub fn clear_over(&mut self) {
        self.over.clear();
    }

    /// Whether a form was left half completed.
    #[must_use]
    pub fn has_drafts(&self) -> bool {
        let pages = self.places.iter().flatten().filter_map(|slot| slot.page.as_ref());
        pages.into_iter().any(|page| matches!(page, Page::Home(home) if home.has_draft()))
    }

    /// The top page at that place, mutable.
    pub fn page_mut(&mut self, place: Place) -> &mut Page {
        self.places[place.index()].last_mut().and_then(|slot| slot.page.as_mut()).expect("every place has a page")
    }
}
