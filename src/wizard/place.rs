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
    /// All places, as the checklist lists them.
    pub const ALL: [Self; 9] = [
        Self::SignIn,
        Self::Step(StepId::RootKeys),
        Self::Step(StepId::RootMfa),
        Self::Step(StepId::Contacts),
        Self::Step(StepId::Administrator),
        Self::Step(StepId::PasswordPolicy),
        Self::Step(StepId::RootSignIn),
        Self::Step(StepId::Groups),
        Self::Summary,
    ];

    /// Where in that list it is, counted from 0.
    #[must_use]
    pub fn index(self) -> usize {
        match self {
            Self::SignIn => 0,
            Self::Step(id) => 1 + id as usize,
            Self::Summary => Self::ALL.len() - 1,
        }
    }
}
