//! Whether this process may change the account. A second lockroot on the same account may only read, because each
//! would invalidate the other's facts.

use super::World;
use crate::journal::Claim;
use crate::steps::{self, ActionId, StepId};
use crate::wizard::event::Request;
use crate::wizard::requests::RequestKind;

/// What this lockroot may do to the account.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Access {
    /// Change it.
    #[default]
    Full,
    /// Nothing yet: whether another lockroot works on it is being looked up.
    Asking,
    /// Look at it. Another lockroot works on it.
    ReadOnly {
        /// The number of its process, if that is known.
        pid: Option<u32>,
    },
}

/// The access, and the account that it is to.
#[derive(Debug, Default)]
pub(super) struct Claimed {
    account: Option<String>,
    access: Access,
}

impl Claimed {
    /// Whether the answer is on its way.
    pub(super) fn is_asking(&self) -> bool {
        self.access == Access::Asking
    }
}

impl World {
    /// What this lockroot may do to the account.
    #[must_use]
    pub fn access(&self) -> &Access {
        &self.claimed.access
    }

    /// Why nothing can be changed; `None`: it can.
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

    /// Asks whether the account is this program's own to change, and reads all of it: of a new account after the answer, so
    /// that nothing is known of it from the time before it was ours.
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

    /// Asks again after the other lockroot was found at work.
    pub(in crate::wizard) fn claim_again(&mut self) {
        if let Some(account) = self.claimed.account.clone().filter(|_| self.is_read_only()) {
            self.ask(RequestKind::Claim(account.clone()), Request::Claim(account));
        }
    }

    /// Whose the account is has come. What is remembered of it is read after that, so that it is the last that was written.
    pub(in crate::wizard) fn on_claimed(&mut self, account: String, claim: Claim) {
        if self.claimed.account.as_ref() != Some(&account) {
            return;
        }
        let before = std::mem::replace(
            &mut self.claimed.access,
            match claim {
                // What can't be known forbids nothing; that nothing can be remembered either is said by the first note.
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
        // The other one may have changed anything.
        if before != self.claimed.access {
            let questions = self.all_questions();
            self.read(questions);
        }
    }

    /// Whether another lockroot works on the account.
    pub(in crate::wizard) fn is_read_only(&self) -> bool {
        matches!(self.claimed.access, Access::ReadOnly { .. })
    }

    /// The page of a step with row `item` picked. It says why its changes can't be chosen, if another lockroot works on the account. What only looks, or leads to
    /// the console, still can. Until the answer is there, pages are as ever: it comes sooner than anything could be sent.
    #[must_use]
    pub fn page(&self, id: StepId, item: usize) -> steps::StepView {
        let mut page = id.definition().page(&self.facts, item, self.now);
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

/// Whether an action changes the account, or what is remembered of it.
fn changes_something(action: ActionId) -> bool {
    !matches!(action, ActionId::HandOff | ActionId::Examine | ActionId::Watch | ActionId::MakePassword)
}
