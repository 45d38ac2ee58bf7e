//! The way from each control that fails to one that passes: a step of the wizard, or a person by hand, watched. Each control says
//! its own (`way` of its `CONTROL`), without a default: no finding is reported that leads nowhere. Beside it, a person can
//! accept the risk ([`super::suppression`]).

use super::{CONTROLS, Control};

macro_rules! steps {
    ($($(#[$what:meta])* $step:ident),* $(,)?) => {
        /// The steps of the wizard, in their order. What each is, `steps` says.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum StepId { $($(#[$what])* $step),* }

        impl StepId {
            /// All of them.
            pub const ALL: [Self; [$(stringify!($step)),*].len()] = [$(Self::$step),*];
        }
    };
}

steps! {
    /// Delete root's access keys.
    RootKeys,
    /// Assign MFA to root.
    RootMfa,
    /// Set the alternate contacts.
    Contacts,
    /// Create an administrator to use instead of root.
    Administrator,
    /// Set the account password policy.
    PasswordPolicy,
    /// Answer for root's e-mail address and password.
    RootSignIn,
    /// Fix what is wrong with users: their keys, passwords and MFA, and permissions that are not through groups.
    Users,
    /// Turn on what watches over the account.
    Watchers,
    /// Look after one's own MFA, password and access keys. What is about oneself is no line of the checklist, and stands last.
    OwnSignIn,
}

/// What leads a control that fails to a pass.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Way {
    /// That step, which is done only when the control passes.
    Step(StepId),
    /// That step can change it, and is done without.
    Beside(StepId),
    /// That step, which is done only when the control passes. What none of its calls changes, a person does by hand from there,
    /// while lockroot watches.
    StepOrByHand(StepId, HandOff),
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

impl Way {
    /// The step of the wizard that changes it, if one does.
    #[must_use]
    pub fn step(self) -> Option<StepId> {
        match self {
            Self::Step(step) | Self::Beside(step) | Self::StepOrByHand(step, _) => Some(step),
            Self::HandOff(_) => None,
        }
    }

    /// What a person does by hand, where no step does it, or not all of it.
    #[must_use]
    pub fn hand_off(self) -> Option<HandOff> {
        match self {
            Self::HandOff(hand_off) | Self::StepOrByHand(_, hand_off) => Some(hand_off),
            Self::Step(_) | Self::Beside(_) => None,
        }
    }
}

impl StepId {
    /// The controls that pass when the step is done, in the order of reports.
    pub fn controls(self) -> impl Iterator<Item = &'static Control> {
        CONTROLS.iter().filter(move |control| match control.way {
            Way::Step(step) | Way::StepOrByHand(step, _) => step == self,
            Way::Beside(_) | Way::HandOff(_) => false,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::explain;

    /// What the text about a control says of lockroot where a person does it by hand.
    const HANDED_OFF: &str = "`lockroot`, Summary: it shows these steps and watches until the control passes.";

    #[test]
    fn the_text_about_a_control_that_is_handed_off_says_that_lockroot_watches() {
        for control in CONTROLS {
            let text = explain::chapter(control, "Fix it with lockroot").unwrap_or_default().replace('\n', " ");
            let is_handed = matches!(control.way, Way::HandOff(_));
            assert_eq!(text.starts_with(HANDED_OFF), is_handed, "{}: {text}", control.id);
        }
    }

    #[test]
    fn a_hand_off_has_sentences_that_can_be_done_one_after_the_other() {
        for control in CONTROLS {
            let Some(HandOff { steps, costs }) = control.way.hand_off() else { continue };
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
        let without = CONTROLS.iter().filter(|control| control.way.hand_off().is_some() && control.console.is_none());
        assert_eq!(without.map(|control| control.id).collect::<Vec<_>>(), ["server-certificates-expired"]);
    }
}
