//! The places of the checklist: what the main pane shows.

use crate::steps::StepId;

/// What the main pane shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// Who is signed in.
    SignIn,
    /// A step.
    Step(StepId),
    /// All controls with their verdicts.
    Summary,
}

impl Place {
    /// All places, as the checklist lists them: the sign-in, each step, the summary.
    pub const ALL: [Self; StepId::ALL.len() + 2] = {
        let mut all = [Self::Summary; StepId::ALL.len() + 2];
        all[0] = Self::SignIn;
        let mut step = 0;
        while step < StepId::ALL.len() {
            all[step + 1] = Self::Step(StepId::ALL[step]);
            step += 1;
        }
        all
    };

    /// The digit that leads to it and by which the checklist numbers it: 1 to 9 in that order, 0 for the summary, which is last.
    #[must_use]
    pub fn digit(self) -> char {
        match self {
            Self::Summary => '0',
            Self::SignIn | Self::Step(_) => char::from(b'1' + self.index() as u8),
        }
    }

    /// Where in [`Self::ALL`] it is, counted from 0.
    #[must_use]
    pub fn index(self) -> usize {
        match self {
            Self::SignIn => 0,
            Self::Step(id) => 1 + id as usize,
            Self::Summary => Self::ALL.len() - 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place_has_a_digit_of_its_own_which_is_the_number_of_its_step() {
        let digits: Vec<char> = Place::ALL.map(Place::digit).into();
        assert!(digits.iter().all(char::is_ascii_digit), "{digits:?}");
        let mut once = digits.clone();
        once.sort_unstable();
        once.dedup();
        assert_eq!(once.len(), digits.len(), "{digits:?}");
        for step in StepId::ALL {
            assert_eq!(Place::Step(step).digit().to_string(), step.number().to_string());
        }
        assert!(Place::ALL.iter().enumerate().all(|(i, place)| place.index() == i));
    }
}
