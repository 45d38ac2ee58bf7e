//! The places of the main pane. All but one's own sign-in are lines of the checklist.

use crate::steps::StepId;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// The signed-in principal.
    SignIn,
    Step(StepId),
    /// All controls with their verdicts.
    Summary,
}

impl Place {
    /// All lines of the checklist: the sign-in, each step, the summary.
    pub const ALL: [Self; StepId::CHECKLIST.len() + 2] = {
        let mut all = [Self::Summary; StepId::CHECKLIST.len() + 2];
        all[0] = Self::SignIn;
        let mut step = 0;
        while step < StepId::CHECKLIST.len() {
            all[step + 1] = Self::Step(StepId::CHECKLIST[step]);
            step += 1;
        }
        all
    };

    /// All places with a stack of pages: the lines of the checklist, then one's own sign-in. That step belongs to line
    /// 1 but has a stack of its own, so line 1 always shows the sign-in page.
    pub const SLOTS: [Self; StepId::ALL.len() + 2] = {
        let mut all = [Self::Summary; StepId::ALL.len() + 2];
        let mut line = 0;
        while line < Self::ALL.len() {
            all[line] = Self::ALL[line];
            line += 1;
        }
        while line < all.len() {
            all[line] = Self::Step(StepId::ALL[line - 2]);
            line += 1;
        }
        all
    };

    /// The line of the checklist that this place belongs to.
    #[must_use]
    pub fn line(self) -> Self {
        match self {
            Self::Step(id) if !id.is_listed() => Self::SignIn,
            line => line,
        }
    }

    /// A short name for the checklist.
    #[must_use]
    pub fn title(self) -> &'static str {
        match self {
            Self::SignIn => "Signed in",
            Self::Step(id) => id.definition().short_title(),
            Self::Summary => "Summary",
        }
    }

    /// The digit of this line in the checklist, which is also its key: 1 to 9, then 0 for the summary.
    #[must_use]
    pub fn digit(self) -> char {
        match self.line() {
            Self::Summary => '0',
            line => char::from(b'1' + line.index() as u8),
        }
    }

    /// Index in [`Self::SLOTS`]. For a line of the checklist, it is also the index in [`Self::ALL`].
    #[must_use]
    pub fn index(self) -> usize {
        match self {
            Self::SignIn => 0,
            Self::Step(id) => id as usize + if id.is_listed() { 1 } else { 2 },
            Self::Summary => Self::ALL.len() - 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place_has_its_own_digit_which_is_its_steps_number() {
        let digits: Vec<char> = Place::ALL.map(Place::digit).into();
        assert!(digits.iter().all(char::is_ascii_digit), "{digits:?}");
        let mut once = digits.clone();
        once.sort_unstable();
        once.dedup();
        assert_eq!(once.len(), digits.len(), "{digits:?}");
        for step in StepId::CHECKLIST {
            assert_eq!(Place::Step(step).digit().to_string(), step.number().to_string());
        }
        assert!(Place::SLOTS.iter().enumerate().all(|(i, place)| place.index() == i));
        assert_eq!(Place::ALL, Place::SLOTS[..Place::ALL.len()]);
        assert!(Place::SLOTS.iter().all(|place| Place::ALL.contains(&place.line())));
        let listed: Vec<StepId> = StepId::ALL.into_iter().filter(|step| step.is_listed()).collect();
        assert_eq!(listed, StepId::CHECKLIST, "what is about oneself stands last");
        assert_eq!(StepId::OwnSignIn.number().to_string(), Place::SignIn.digit().to_string());
    }
}
