//! How to fix a failed control: in a step of the wizard, or by hand while lockroot watches. Each `CONTROL` has a
//! `remedy`; there is no default. A person can accept the risk instead ([`super::suppression`]).

use super::StepId;

/// How a failed control is fixed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Remedy {
    /// The step fixes it, and is done only when the control passes.
    Step(StepId),
    /// The step can fix it, but is done without it.
    OptionalStep(StepId),
    /// The step is done only when the control passes. A person does by hand what the step's calls cannot, while
    /// lockroot watches.
    StepOrHandOff(StepId, HandOff),
    /// Advice only: a person does it by hand from this step, while lockroot watches. The step is done without it.
    OptionalHandOff(StepId, HandOff),
    /// No step fixes it. A person does it by hand, while lockroot watches.
    HandOff(HandOff),
}

/// Work for a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HandOff {
    /// In order, in the words of AWS's console.
    pub steps: &'static [&'static str],
    /// The price, if AWS charges for it or people would expect a charge.
    pub costs: Option<&'static str>,
    /// What lockroot watches for.
    pub awaits: Awaits,
}

/// What ends a hand-off.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Awaits {
    /// The control passes, or no longer applies.
    Pass,
    /// The control passes, and each person that its finding names has to do something: a message tells them.
    PassByEachPerson,
    /// The control passes after somebody confirmed an e-mail. Then somebody tries it with a sign-in of root.
    PassAndTest,
    /// Somebody used a role of IAM Identity Center with AdministratorAccess. The control's own verdict is about users.
    IdentityCenterRole,
}

impl Remedy {
    /// The step that leads to the fix, if any.
    #[must_use]
    pub fn step(self) -> Option<StepId> {
        match self {
            Self::Step(step)
            | Self::OptionalStep(step)
            | Self::StepOrHandOff(step, _)
            | Self::OptionalHandOff(step, _) => Some(step),
            Self::HandOff(_) => None,
        }
    }

    /// The manual part, if any.
    #[must_use]
    pub fn hand_off(self) -> Option<HandOff> {
        match self {
            Self::HandOff(hand_off) | Self::StepOrHandOff(_, hand_off) | Self::OptionalHandOff(_, hand_off) => {
                Some(hand_off)
            }
            Self::Step(_) | Self::OptionalStep(_) => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::{CONTROLS, explain};

    /// The sentence in a control's text about manual work with lockroot.
    const HANDED_OFF: &str = "`lockroot`, Summary: it shows these steps and watches until the control passes.";

    #[test]
    fn explanations_of_handed_off_controls_say_that_lockroot_watches() {
        for control in CONTROLS {
            let text = explain::chapter(control, "Fix it with lockroot").unwrap_or_default().replace('\n', " ");
            let is_handed = matches!(control.remedy, Remedy::HandOff(_));
            assert_eq!(text.starts_with(HANDED_OFF), is_handed, "{}: {text}", control.id);
        }
    }

    #[test]
    fn a_hand_off_has_two_to_five_complete_sentences() {
        for control in CONTROLS {
            let Some(HandOff { steps, costs, .. }) = control.remedy.hand_off() else { continue };
            assert!((2..=5).contains(&steps.len()), "{}", control.id);
            for words in steps.iter().chain(&costs) {
                let is_command = words.contains("aws iam ");
                assert!(words.ends_with('.') || is_command, "{}: {words}", control.id);
                assert!(words.chars().count() <= 200, "{}: {words}", control.id);
            }
        }
    }

    #[test]
    fn every_hand_off_has_an_address_unless_no_console_page_exists() {
        let without =
            CONTROLS.iter().filter(|control| control.remedy.hand_off().is_some() && control.console.is_none());
        assert_eq!(without.map(|control| control.id).collect::<Vec<_>>(), ["server-certificates-expired"]);
    }
}
