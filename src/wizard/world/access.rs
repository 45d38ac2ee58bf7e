//! Whether this process may change the account. A second lockroot on the same account may only read, because each
//! would invalidate the other's facts.

use super::World;
use crate::journal::Claim;
use crate::steps::{self, ActionId, StepId, reach};
use crate::wizard::event::Request;
use crate::wizard::requests::RequestKind;

/// Access of this lockroot to the account.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Access {
    /// It may change the account.
    #[default]
    Full,
    /// Unknown: lockroot is asking whether another one works on the account.
    Asking,
    /// Read only, because another lockroot works on the account.
    ReadOnly {
        /// Process id of the other one, if known.
        pid: Option<u32>,
    },
}

/// The access and the account it is for.
#[derive(Debug, Default)]
pub(super) struct Claimed {
    account: Option<String>,
    access: Access,
}

impl Claimed {
    pub(super) fn is_asking(&self) -> bool {
        self.access == Access::Asking
    }
}

impl World {
    #[must_use]
    pub fn access(&self) -> &Access {
        &self.claimed.access
    }

    /// Whether the user may manage only their own sign-in.
    #[must_use]
    pub fn has_own_sign_in_only(&self) -> bool {
        reach::has_own_sign_in_only(&self.facts)
    }

    /// Why nothing can be changed. `None`: changes are possible.
    #[must_use]
    pub fn why_read_only(&self) -> Option<String> {
        match self.claimed.access {
            Access::Full => None,
            Access::Asking => Some("lockroot is checking whether another lockroot uses this account.".into()),
            Access::ReadOnly { pid } => {
                let other = another(pid);
                Some(format!("{other} is changing this account. Quit that one, then press r here."))
            }
        }
    }

    /// Claims the account and reads it. A new account is read only after the reply, so no fact is older than the claim.
    pub(in crate::wizard) fn claim(&mut self, account: String) {
        let is_known = self.claimed.account.as_ref() == Some(&account) && !self.claimed.is_asking();
        if is_known {
            let questions = self.all_questions();
            self.read(questions);
        } else {
            self.claimed = Claimed { account: Some(account.clone()), access: Access::Asking };
        }
        self.ask(RequestKind::Claim(account.clone()), Request::Claim(account));
    }

    /// Claims again, after another lockroot was found.
    pub(in crate::wizard) fn claim_again(&mut self) {
        if let Some(account) = self.claimed.account.clone().filter(|_| self.is_read_only()) {
            self.ask(RequestKind::Claim(account.clone()), Request::Claim(account));
        }
    }

    /// Handles the reply to a claim. The journal is loaded after it, so that it contains the other lockroot's last
    /// entry.
    pub(in crate::wizard) fn on_claimed(&mut self, account: String, claim: Claim) {
        if self.claimed.account.as_ref() != Some(&account) {
            return;
        }
        let before = std::mem::replace(
            &mut self.claimed.access,
            match claim {
                // If the claim fails, nothing is forbidden. The first note reports that nothing can be remembered.
                Claim::Ours | Claim::Unknown(_) => Access::Full,
                Claim::Theirs { pid } => Access::ReadOnly { pid },
            },
        );
        self.ask(RequestKind::Journal(account.clone()), Request::LoadJournal(account.clone()));
        self.ask_for_page(Request::LoadSuppressions(account));
        match (&before, &self.claimed.access) {
            (_, Access::ReadOnly { pid }) => {
                let other = another(*pid);
                self.say(format!("{other} is changing this account. Here you can look, but change nothing."));
            }
            (Access::ReadOnly { .. }, _) => {
                self.say("The other lockroot has ended. You can change the account from here now.");
            }
            (Access::Asking | Access::Full, _) => {}
        }
        // The other lockroot may have changed anything.
        if before != self.claimed.access {
            let questions = self.all_questions();
            self.read(questions);
        }
    }

    pub(in crate::wizard) fn is_read_only(&self) -> bool {
        matches!(self.claimed.access, Access::ReadOnly { .. })
    }

    /// The view of a step with row `item` selected. If another lockroot works on the account, actions that change it
    /// are blocked with the reason. Until the claim is answered nothing is blocked: the reply arrives before a change
    /// could be sent.
    #[must_use]
    pub fn step_view(&self, id: StepId, item: usize) -> steps::StepView {
        let mut page = id.definition().view(&self.facts, item, self.now);
        let Some(why) = self.why_read_only().filter(|_| self.is_read_only()) else { return page };
        for action in page.actions.iter_mut().filter(|action| changes_something(action.id)) {
            action.blocked.get_or_insert_with(|| why.clone());
        }
        page
    }
}

fn another(pid: Option<u32>) -> String {
    pid.map_or("Another lockroot".into(), |pid| format!("Another lockroot (process {pid})"))
}

/// Whether an action changes the account or the journal.
fn changes_something(action: ActionId) -> bool {
    !matches!(action, ActionId::HandOff | ActionId::Examine | ActionId::Watch | ActionId::MakePassword)
}
