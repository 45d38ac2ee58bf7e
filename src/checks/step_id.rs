//! The ids of the steps; `steps` defines them. They are here because each control names the step that fixes it.

use super::{CONTROLS, Control, Remedy};

macro_rules! steps {
    ($($(#[$what:meta])* $step:ident),* $(,)?) => {
        /// The steps of the wizard, in order. `steps` defines them.
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum StepId { $($(#[$what])* $step),* }

        impl StepId {
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
    /// Fix users: keys, passwords, MFA, and permissions granted outside groups.
    Users,
    /// Turn on monitoring services.
    Watchers,
    /// Maintain the signed-in user's own MFA, password and access keys. This personal step is not a line of the
    /// checklist and comes last.
    OwnSignIn,
}

impl StepId {
    /// The controls that pass when the step is done, in report order.
    pub fn controls(self) -> impl Iterator<Item = &'static Control> {
        CONTROLS.iter().filter(move |control| match control.remedy {
            Remedy::Step(step) | Remedy::StepOrHandOff(step, _) => step == self,
            Remedy::OptionalStep(_) | Remedy::OptionalHandOff(..) | Remedy::HandOff(_) => false,
        })
    }
}
