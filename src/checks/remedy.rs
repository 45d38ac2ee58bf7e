//! How to fix a failed control: in a step of the wizard, or by hand while lockroot watches. Each control says it
//! (`remedy` of its `CONTROL`), without a default. A person can accept the risk instead ([`super::suppression`]).

use super::StepId;

/// What leads a control that fails to a pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Remedy {
    /// That step, which is done only when the control passes.
    Step(StepId),
    /// That step can change it, and is done without.
    OptionalStep(StepId),
    /// That step, which is done only when the control passes. What none of its calls changes, a person does by hand from there,
    /// while lockroot watches.
    StepOrHandOff(StepId, HandOff),
    /// A person does it by hand, from that step, while lockroot watches. Nothing is open without it: it is advice.
    OptionalHandOff(StepId, HandOff),
    /// No step changes it: a person does, while lockroot watches.
    HandOff(HandOff),
}

/// What a person does by hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct HandOff {
    /// What to do, in this order, in the words of AWS's console.
    pub steps: &'static [&'static str],
    /// What it costs, where AWS charges for it or people would expect that.
    pub costs: Option<&'static str>,
}

impl Remedy {
    /// The step of the wizard that changes it, if one does.
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

    /// What a person does by hand, where no step does it, or not all of it.
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

    /// What the text about a control says of lockroot where a person does it by hand.
    const HANDED_OFF: &str = "`lockroot`, Summary: it shows these steps and watches until the control passes.";

    #[test]
    fn the_text_about_a_control_that_is_handed_off_says_that_lockroot_watches() {
        for control in CONTROLS {
            let text = explain::chapter(control, "Fix it with lockroot").unwrap_or_default().replace('\n', " ");
            let is_handed = matches!(control.remedy, Remedy::HandOff(_));
            assert_eq!(text.starts_with(HANDED_OFF), is_handed, "{}: {text}", control.id);
        }
    }

    #[test]
    fn a_hand_off_has_sentences_that_can_be_done_one_after_the_other() {
        for control in CONTROLS {
            let Some(HandOff { steps, costs }) = control.remedy.hand_off() else { continue };
            assert!((2..=5).contains(&steps.len()), "{}", control.id);
            for words in steps.iter().chain(&costs) {
                let is_command = words.contains("aws iam ");
                assert!(words.ends_with('.') || is_command, "{}: {words}", control.id);
                assert!(words.chars().count() <= 200, "{}: {words}", control.id);
            }
        }
    }

    #[test]
    fn only_what_no_console_page_shows_is_handed_off_without_an_address() {
        let without =
            CONTROLS.iter().filter(|control| control.remedy.hand_off().is_some() && control.console.is_none());
        assert_eq!(without.map(|control| control.id).collect::<Vec<_>>(), ["server-certificates-expired"]);
    }
}
