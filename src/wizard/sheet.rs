//! The break-glass sheet: shown, and saved where the program was started.

use super::{Effect, Mode, Wizard};
use crate::break_glass;

impl Wizard {
    /// The break-glass sheet as it is shown.
    #[must_use]
    pub fn sheet(&self) -> String {
        break_glass::markdown(&self.facts, self.mode != Mode::Live, self.now)
    }

    /// Both forms of the break-glass sheet, under a name that says whose it is.
    pub(super) fn save_sheet(&self) -> Effect {
        let account = self.caller().map_or("unknown", |caller| caller.account.as_str());
        let whose = if self.mode == Mode::Live { account } else { "practice" };
        let sheet = self.sheet();
        let name = |ending: &str| format!("lockroot-break-glass-{whose}.{ending}");
        Effect::Save(vec![(name("html"), break_glass::html(&sheet)), (name("md"), sheet)])
    }
}
