//! The steps: what to explain, what to read, which calls to offer. One step in each file, all pure. The wizard
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

impl StepId {
    /// The steps of the checklist and of the score, in their order: all but the one that is about oneself.
    pub const CHECKLIST: [Self; Self::ALL.len() - 1] = {
        let mut listed = [Self::RootKeys; Self::ALL.len() - 1];
        let mut step = 0;
        while step < listed.len() {
            listed[step] = Self::ALL[step];
            step += 1;
        }
        listed
    };

    /// The number at which the checklist shows it, and by which texts name it: line 1 is the sign-in.
    #[must_use]
    pub fn number(self) -> usize {
        if self.is_listed() { self as usize + 2 } else { 1 }
    }

    /// Whether it is a line of the checklist and counts in the score; else it is reached from line 1, and no step comes after it.
    #[must_use]
    pub fn is_listed(self) -> bool {
        self.scope() != Scope::Oneself
    }

    /// What it is about.
    #[must_use]
    pub fn scope(self) -> Scope {
        self.definition().scope()
    }

    /// What it is.
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

    /// What its controls rest on: all that has to be asked while AWS is watched.
    #[must_use]
    pub fn watched(self) -> Vec<Question> {
        let mut questions: Vec<Question> =
            self.controls().flat_map(|control| control.questions.iter().cloned()).collect();
        questions.retain(|question| *question != Question::Caller);
        questions.sort();
        questions.dedup();
        questions
    }

    /// All that its page and its controls rest on, each question once. `facts` say who is signed in.
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

/// What a step is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Scope {
    /// Root, which is not locked away before the step is done.
    Root,
    /// Everything else in the account.
    Account,
    /// Whoever is signed in.
    Oneself,
}

/// What choosing an action leads to.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Opening {
    /// A form to fill in.
    Form(Form),
    /// A plan at once, made from facts that are read afresh first.
    Plan,
    /// The console.
    Console,
    /// A password that is made here and set by the person.
    Password,
    /// What CloudTrail recorded of that key, or of root.
    Evidence(Traced),
    /// The watch on the key of that id.
    Watch(String),
    /// That text, to be sent to somebody.
    Message(String),
    /// That text, and what was changed since the program started, to be sent to somebody.
    Record(String),
    /// A person changes it by hand, while the control of that name is watched.
    ByHand(&'static str),
    /// The code of an MFA device, for a session with MFA.
    Code(Form),
}

/// The calls by which a step changes the account, as IAM names actions. Policies and documentation are held to them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Changes {
    /// Calls that anybody with the permission can make.
    pub anybody: &'static [&'static str],
    /// Calls that AWS takes from root only.
    pub root: &'static [&'static str],
}

impl Changes {
    /// Whether `action` is one of them.
    #[must_use]
    pub fn contain(&self, action: &str) -> bool {
        self.anybody.contains(&action) || self.root.contains(&action)
    }
}

/// One hardening step.
pub trait Step: Sync {
    /// Its name.
    fn title(&self) -> &'static str;

    /// The same, short enough for a line of the checklist.
    fn short_title(&self) -> &'static str;

    /// What it is about.
    fn scope(&self) -> Scope;

    /// How far `caller`, who is signed in, can take it.
    fn reach(&self, caller: &Caller, facts: &Facts) -> Reach;

    /// The calls that its plans are made of.
    fn changes(&self) -> Changes;

    /// The whole explanation, in Markdown; the same text is in the documentation.
    fn guide(&self) -> &'static str;

    /// What its page shows beyond what its controls rest on.
    fn further_questions(&self) -> Vec<Question> {
        Vec::new()
    }

    /// What it asks about whoever is signed in.
    fn own_questions(&self, _facts: &Facts) -> Vec<Question> {
        Vec::new()
    }

    /// What is true now and what can be done, with row `item` of the table picked. `now` is for ages.
    fn page(&self, facts: &Facts, item: usize, now: Timestamp) -> StepView;

    /// The row of the table that is picked as long as the person picks none; `None`: the first one.
    fn first_item(&self, _facts: &Facts) -> Option<usize> {
        None
    }

    /// What choosing `action` leads to, with row `item` of the table picked.
    fn open(&self, action: ActionId, item: usize, facts: &Facts) -> Opening;

    /// The first row of its table of which something can be done now; `None` where whatever is to be done is done together.
    fn next_item(&self, facts: &Facts, now: Timestamp) -> Option<usize>;

    /// What is wrong with what was filled in so far.
    fn problems(&self, _form: &Form, _facts: &Facts) -> Vec<Problem> {
        Vec::new()
    }

    /// What the form turns into after `changed` was edited: presets fill in other fields.
    fn settle(&self, _form: &mut Form, _changed: FieldId, _facts: &Facts) {}

    /// What it offers once it is done, though no control asks for it.
    fn offers_beyond(&self, _facts: &Facts) -> Option<ActionId> {
        None
    }

    /// What a form of [`ActionId::Answer`] says. It leads to no calls.
    fn answers(&self, _form: &Form) -> Vec<(Topic, AnswerValue)> {
        Vec::new()
    }

    /// What has to be known for the plan of `action` on row `item` beyond the step's own questions.
    fn plan_questions(&self, _action: ActionId, _item: usize, _form: Option<&Form>, _facts: &Facts) -> Vec<Question> {
        Vec::new()
    }

    /// What its page shows of single users, as far as it is not known yet: worked out from the answers to the other questions.
    /// What costs a call for each user is asked only while the page is shown.
    fn live_questions(&self, _facts: &Facts, _is_shown: bool) -> Vec<Question> {
        Vec::new()
    }

    /// What it ever asks of a single user, for its page or a plan.
    fn questions_of_user(&self, _user: &str) -> Vec<Question> {
        Vec::new()
    }

    /// Whether `question`, which is about a single user or topic, is one of those that it asks.
    fn asks_of_one(&self, question: &Question) -> bool;

    /// What it shows of single users and has to be asked anew when its page is read again.
    fn questions_again(&self, _facts: &Facts) -> Vec<Question> {
        Vec::new()
    }

    /// The calls for `action`, on row `item` of the table, with what was filled in. Ages in it are counted to `as_of`, so
    /// that the same facts give the same plan a minute later: what a confirmed plan is compared with.
    ///
    /// # Errors
    /// In words, why there is nothing to do or nothing can be done.
    fn plan(
        &self,
        action: ActionId,
        item: usize,
        form: Option<&Form>,
        facts: &Facts,
        as_of: Timestamp,
    ) -> Result<Plan, String>;
}
