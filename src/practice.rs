//! The practice account: a simulated AWS in this process. It answers real requests with real responses, root's
//! included. It does not know the SDK.

mod account_management;
mod authentication;
mod base64;
mod by_hand;
mod chaos;
mod cloudtrail;
mod console;
mod devices;
mod exchange;
mod fault;
mod form;
mod iam;
mod iam_request;
mod identifiers;
mod json_request;
mod kept;
mod managed_policies;
mod organization;
mod page;
mod permissions;
mod policy;
mod practice_login;
mod principal;
mod qr_png;
mod query;
mod refusal;
mod rest_json;
mod rules;
mod scenario;
mod service;
mod sessions;
mod signature;
mod state;
mod sts;
#[cfg(test)]
mod tests;
mod throttle;
mod token;
mod watchers;
mod xml;

use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

pub use chaos::Chaos;
pub use fault::{FaultKind, InjectedFault, check_pattern};
pub use kept::{Keeper, Snapshot};
pub use practice_login::PracticeLogin;
pub use scenario::{GoalTable, LessonTable, Scenario, ScenarioError, SignedInAs, WhyTable, span};
pub use throttle::Rate;

use crate::account::{Console, Failure, Inbox, NewDevice, Pending, Timestamp};
use crate::clock::Clock;
use crate::wire::{Endpoint, Replying, SigningKeys};
use state::State;

/// A practice account. Clones share its state.
#[derive(Clone)]
pub struct Practice {
    state: Arc<Mutex<State>>,
    signed_in_as: SignedInAs,
    clock: Clock,
    keeper: Option<Arc<dyn Keeper>>,
}

impl Practice {
    /// Opens the account of `scenario` at the time of `clock`, which it follows from then on.
    #[must_use]
    pub fn new(scenario: Scenario, clock: Clock) -> Self {
        // This is the simulated AWS, whose clock others follow.
        let clock = clock.uncorrected();
        let state = Arc::new(Mutex::new(scenario.open(clock.now())));
        Self { state, signed_in_as: scenario.signed_in_as().clone(), clock, keeper: None }
    }

    /// Restores a [`Self::snapshot`]. `clock` is advanced to the snapshot's lead, and further if the machine's clock
    /// was turned back: no past action may lie in the future.
    ///
    /// # Errors
    /// What is wrong with the text.
    pub fn restore(text: &[u8], clock: &Clock) -> Result<Self, String> {
        let kept::Restored { at, ahead_seconds, signed_in_as, state } = kept::read(text)?;
        let clock = clock.uncorrected();
        clock.advance(Duration::from_secs(ahead_seconds).saturating_sub(clock.ahead()));
        let behind = Duration::try_from(at - clock.now()).unwrap_or_default();
        if !behind.is_zero() {
            clock.advance(behind + Duration::from_secs(1));
        }
        Ok(Self { state: Arc::new(Mutex::new(state)), signed_in_as, clock, keeper: None })
    }

    /// The same account with a `keeper`. It receives a snapshot after each change, before the change is answered.
    #[must_use]
    pub fn kept_by(self, keeper: Arc<dyn Keeper>) -> Self {
        Self { keeper: Some(keeper), ..self }
    }

    #[must_use]
    pub fn snapshot(&self) -> Snapshot {
        self.snapshot_of(&mut self.state())
    }

    fn snapshot_of(&self, state: &mut State) -> Snapshot {
        (state.ahead, state.snapshots) = (self.clock.ahead(), state.snapshots + 1);
        let at = self.clock.now();
        Snapshot { number: state.snapshots, at, text: kept::write(state, &self.signed_in_as, at) }
    }

    /// Runs `what` on the state, and takes a snapshot if the state changed. Returns the keeper's pending work.
    fn with_state<T>(&self, what: impl FnOnce(&mut State, Timestamp) -> T) -> (T, Option<Pending<'static, ()>>) {
        let mut state = self.state();
        state.ahead = self.clock.ahead();
        let before = state.changes;
        let result = what(&mut state, self.clock.now());
        let keeper = self.keeper.as_ref().filter(|_| state.changes != before);
        let snapshot = keeper.map(|keeper| (keeper, self.snapshot_of(&mut state)));
        drop(state);
        (result, snapshot.map(|(keeper, snapshot)| keeper.keep(snapshot)))
    }

    /// The same for the console. It waits for no keeper; pending work continues.
    fn visit_console<T>(&self, what: impl FnOnce(&mut State, Timestamp) -> T) -> T {
        self.with_state(|state, now| {
            state.changes += 1;
            what(state, now)
        })
        .0
    }

    /// Signs in as the scenario says. A temporary session lasts twelve hours; signing in again starts another.
    #[must_use]
    pub fn session(&self) -> SigningKeys {
        // Scenarios are validated, but the principal may have been deleted since.
        self.session_as(&self.signed_in_as).unwrap_or_else(sessions::nobody)
    }

    /// Signs in as `who`. `None`: no such user, a user without key and password, or root without an active key.
    #[must_use]
    pub fn session_as(&self, who: &SignedInAs) -> Option<SigningKeys> {
        sessions::start(&mut self.state(), who, self.clock.now())
    }

    /// 12 digits.
    #[must_use]
    pub fn account_id(&self) -> String {
        self.state().account.clone()
    }

    /// All principals that can sign in, root first, with credentials for other programs. Each call starts new
    /// sessions.
    #[must_use]
    pub fn principals(&self) -> Vec<PracticeLogin> {
        practice_login::all(&mut self.state(), self.clock.now())
    }

    /// ARN of the access key's owner.
    #[must_use]
    pub fn owner_of(&self, access_key_id: &str) -> Option<String> {
        practice_login::owner(&self.state(), access_key_id)
    }

    /// Adds a fault.
    pub fn inject(&self, fault: InjectedFault) {
        self.state().injected.faults.push(fault);
    }

    /// Adds random faults to the existing ones.
    pub fn shake(&self, chaos: Chaos) {
        self.state().injected.chaos.push(chaos);
    }

    /// Sets the rate limit of a service (`iam`) or call (`iam:CreateUser`), replacing the default.
    pub fn limit(&self, of: &str, rate: Rate) {
        self.state().throttle.set(of, rate);
    }

    /// A poisoned lock is ignored: the state is plain data without invariants that a panic could break.
    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl fmt::Debug for Practice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Practice").field("signed_in_as", &self.signed_in_as).finish_non_exhaustive()
    }
}

impl Endpoint for Practice {
    fn answer(&self, request: http::Request<Vec<u8>>) -> Replying<'_> {
        let (reply, keeping) = self.with_state(|state, now| exchange::exchange(state, &request, now));
        Box::pin(async move {
            if let Some(keeping) = keeping {
                keeping.await;
            }
            reply
        })
    }
}

impl Console for Practice {
    fn offer_root_device(&self) -> Result<NewDevice, Failure> {
        self.visit_console(console::offer)
    }

    fn assign_root_device(&self, serial: &str, codes: &(String, String)) -> Result<(), Failure> {
        self.visit_console(|state, now| console::assign(state, serial, codes, now))
    }

    fn sign_in_as(&self, user: &str) -> Result<(), Failure> {
        self.visit_console(|state, now| console::sign_in(state, user, now))
    }

    fn message(&self, inbox: Inbox) -> Result<Option<String>, Failure> {
        let state = self.state();
        Ok(match inbox {
            Inbox::Phone => state.contact_information.code().map(str::to_owned),
            Inbox::Mail => watchers::sns::newest(&state),
        })
    }

    fn phone(&self, serial: &str) -> Result<NewDevice, Failure> {
        console::phone(&self.state(), serial)
    }

    fn carry_out(&self, control: &str) -> Result<(), Failure> {
        self.visit_console(|state, now| by_hand::carry_out(state, control, now))
    }
}
