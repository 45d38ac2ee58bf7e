//! The names of the steps: what each is, `steps` says. They are here because each control names the step that is its remedy.

use super::{CONTROLS, Control, Remedy};

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

impl StepId {
    /// The controls that pass when the step is done, in the order of reports.
    pub fn controls(self) -> impl Iterator<Item = &'static Control> {
        CONTROLS.iter().filter(move |control| match control.remedy {
            Remedy::Step(step) | Remedy::StepOrHandOff(step, _) => step == self,
            Remedy::OptionalStep(_) | Remedy::OptionalHandOff(..) | Remedy::HandOff(_) => false,
        })
    }
}
