//! What the main pane shows, and what can lie over it.

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
}

/// What lies over the main pane.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Overlay {
    /// Nothing.
    None,
    /// All keys that work now; scrolled by so many lines.
    Help(u16),
    /// The step's whole explanation; scrolled by so many lines.
    Guide(u16),
    /// What the verdicts rest on; scrolled by so many lines.
    Evidence(u16),
    /// The question whether to leave.
    Leaving,
    /// The console's address as a QR code.
    Address,
    /// The break-glass sheet; scrolled by so many lines.
    Sheet(u16),
    /// The secret key that the console shows, drawn once more: `Wizard::seed_copy`.
    Seed,
    /// How far to move the practice account's clock.
    Clock,
    /// The second way in, and how to prove it.
    SecondWay,
    /// Every user; the one that is picked, counted from 0.
    Users(usize),
    /// All that is known of one user; which, and scrolled by so many lines.
    User(usize, u16),
}
