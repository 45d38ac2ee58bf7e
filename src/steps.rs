//! The steps: what each explains, what it reads, and which calls it offers. One file per step, all pure. The wizard
//! decides when things happen.

pub mod acceptance;
mod administrator;
pub mod contacts;
pub mod ending;
pub mod form;
pub mod mfa_codes;
mod own_sign_in;
mod page;
pub mod password_policy;
pub mod plan;
pub mod profile;
pub mod reach;
pub mod root_keys;
pub mod root_mfa;
mod root_sign_in;
mod smaller_group;
mod status;
pub mod users;
pub mod watchers;

pub use administrator::{MAX_USERS_AT_ONCE, Strength, deny_unless_mfa, password_strength};
pub use form::{Field, FieldId, Form, LeadsTo, Problem, Value};
pub use own_sign_in::{Own, session};
pub use page::{Action, ActionId, Row, StepView, Table};
pub use plan::{Call, Consent, Plan};
pub use reach::Reach;
use status::verdict_rows;
pub use status::{StepStatus, status_in};

use crate::account::{AnswerValue, Caller, Facts, Question, Timestamp, Topic, Traced};
pub use crate::checks::StepId;
use crate::checks::Verdict;

/// Appended to a reason that a new read may remove.
const READ_AGAIN: &str = "Read again (r).";

/// The principal that is signed in.
///
/// # Errors
/// AWS has not said who signs in.
fn signed_in(facts: &Facts) -> Result<&Caller, String> {
    facts.caller.known().ok_or_else(|| format!("lockroot does not know who is signed in. {READ_AGAIN}"))
}

impl StepId {
    /// The steps of the checklist and the score, in order. One's own sign-in is not one of them.
    pub const CHECKLIST: [Self; Self::ALL.len() - 1] = {
        let mut listed = [Self::RootKeys; Self::ALL.len() - 1];
        let mut step = 0;
        while step < listed.len() {
            listed[step] = Self::ALL[step];
            step += 1;
        }
        listed
    };

    /// The number of this step's line in the checklist and in texts. Line 1 is the sign-in.
    #[must_use]
    pub fn number(self) -> usize {
        if self.is_listed() { self as usize + 2 } else { 1 }
    }

    /// Whether the step has its own line in the checklist and counts in the score. One's own sign-in belongs to line 1.
    #[must_use]
    pub fn is_listed(self) -> bool {
        self.scope() != Scope::Oneself
    }

    #[must_use]
    pub fn scope(self) -> Scope {
        self.definition().scope()
    }

    #[must_use]
    pub fn definition(self) -> &'static dyn Step {
        match self {
            Self::RootKeys => &root_keys::RootKeys,
            Self::RootMfa => &root_mfa::RootMfa,
            Self::Contacts => &contacts::Contacts,
            Self::Administrator => &administrator::Administrator,
            Self::PasswordPolicy => &password_policy::Policy,
            Self::RootSignIn => &root_sign_in::RootSignIn,
            Self::Users => &users::Users,
            Self::Watchers => &watchers::Watchers,
            Self::OwnSignIn => &own_sign_in::OwnSignIn,
        }
    }

    /// The questions of its controls: everything to read while AWS is watched.
    #[must_use]
    pub fn watched(self) -> Vec<Question> {
        let mut questions: Vec<Question> =
            self.controls().flat_map(|control| control.questions.iter().cloned()).collect();
        questions.retain(|question| *question != Question::Caller);
        questions.sort();
        questions.dedup();
        questions
    }

    /// All questions of its page and its controls, each once. `facts` name the principal.
    #[must_use]
    pub fn questions(self, facts: &Facts) -> Vec<Question> {
        let mut questions = self.watched();
        questions.extend(self.definition().further_questions());
        questions.extend(self.definition().own_questions(facts));
        questions.sort();
        questions.dedup();
        questions
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// The root user. Root is not locked away until the step is done.
    Root,
    /// The rest of the account.
    Account,
    /// The signed-in principal.
    Oneself,
}

/// The result of choosing an action.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Opening {
    /// A form to complete.
    Form(Form),
    /// A plan, without a form. The facts are read again first.
    Plan,
    /// The page for root's MFA in the console.
    Console,
    /// A password that lockroot generates and the person sets.
    Password,
    /// CloudTrail's events about that key or about root.
    Evidence(Traced),
    /// The watch on the key with that id.
    Watch(String),
    /// A message to send.
    Message(String),
    /// A record with this run's changes, to send.
    Record(String),
    /// Manual work, while lockroot watches that control.
    ByHand(&'static str),
    /// A form for an MFA code, which starts a session with MFA.
    Code(Form),
}

/// The calls by which a step changes the account, as IAM actions. Tests compare policies and documentation with them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Changes {
    /// Calls for any principal with the permission.
    pub anybody: &'static [&'static str],
    /// Calls that AWS accepts only from root.
    pub root: &'static [&'static str],
}

impl Changes {
    /// Whether the step makes that call.
    #[must_use]
    pub fn contains(&self, action: &str) -> bool {
        self.anybody.contains(&action) || self.root.contains(&action)
    }
}

pub trait Step: Sync {
    fn title(&self) -> &'static str;

    /// The title for the checklist.
    fn short_title(&self) -> &'static str;

    fn scope(&self) -> Scope;

    /// How far the signed-in `caller` can take the step.
    fn reach(&self, caller: &Caller, facts: &Facts) -> Reach;

    /// The calls that its plans can contain.
    fn changes(&self) -> Changes;

    /// The full explanation in Markdown. The documentation has the same text.
    fn guide(&self) -> &'static str;

    /// Questions for its page that none of its controls needs.
    fn further_questions(&self) -> Vec<Question> {
        Vec::new()
    }

    /// Questions about the signed-in principal.
    fn own_questions(&self, _facts: &Facts) -> Vec<Question> {
        Vec::new()
    }

    /// The current state and the possible actions, with row `item` selected. `now` is for ages.
    fn view(&self, facts: &Facts, item: usize, now: Timestamp) -> StepView;

    /// When its page says something else although nothing new is read: while seconds are counted down.
    fn changes_at(&self, _facts: &Facts, _now: Timestamp) -> Option<Timestamp> {
        None
    }

    /// The row that is selected until the person selects another. `None`: the first.
    fn first_item(&self, _facts: &Facts) -> Option<usize> {
        None
    }

    /// The result of choosing `action` with row `item` selected.
    fn open(&self, action: ActionId, item: usize, facts: &Facts) -> Opening;

    /// The first row that needs an action now. `None` if one action handles all rows.
    fn next_item(&self, facts: &Facts, now: Timestamp) -> Option<usize>;

    /// Problems of the form as completed so far.
    fn problems(&self, _form: &Form, _facts: &Facts) -> Vec<Problem> {
        Vec::new()
    }

    /// Adjusts the form after `changed` was edited: presets set other fields.
    fn settle(&self, _form: &mut Form, _changed: FieldId, _facts: &Facts) {}

    /// An optional action, offered once the step is done.
    fn offers_beyond(&self, _facts: &Facts) -> Option<ActionId> {
        None
    }

    /// The answers in a form of [`ActionId::Answer`], which makes no calls.
    fn answers(&self, _form: &Form) -> Vec<(Topic, AnswerValue)> {
        Vec::new()
    }

    /// Further questions for the plan of `action` on row `item`.
    fn plan_questions(&self, _action: ActionId, _item: usize, _form: Option<&Form>, _facts: &Facts) -> Vec<Question> {
        Vec::new()
    }

    /// Unanswered questions about single users, derived from the other answers. With thousands of users they take many
    /// calls, so some are asked only while the page is shown.
    fn live_questions(&self, _facts: &Facts, _is_shown: bool) -> Vec<Question> {
        Vec::new()
    }

    /// Questions whose answers other people change, the oldest answer first. While the page is in front, it asks them
    /// again, slowly and a few at a time.
    fn awaited(&self, _facts: &Facts) -> Vec<Question> {
        Vec::new()
    }

    /// All questions that the step can ask about a single user.
    fn questions_of_user(&self, _user: &str) -> Vec<Question> {
        Vec::new()
    }

    /// Whether the step asks `question`, which is about a single user or topic.
    fn asks_of_one(&self, question: &Question) -> bool;

    /// Questions about single users or topics to ask again when the page is read again.
    fn questions_again(&self, _facts: &Facts) -> Vec<Question> {
        Vec::new()
    }

    /// The plan for `action` on row `item` with the completed form. Ages count to `as_of`, so that the same facts give
    /// the same plan a minute later. The confirmed plan is compared with it.
    ///
    /// # Errors
    /// A sentence: why there is nothing to do, or why it is not possible.
    fn plan(
        &self,
        action: ActionId,
        item: usize,
        form: Option<&Form>,
        facts: &Facts,
        as_of: Timestamp,
    ) -> Result<Plan, String>;
}
