//! Where the rooms meet: a link to AWS by the standard credential chain, or to a practice account inside the process.

use std::sync::Arc;

use crate::account::{Failure, Fault, Pending};
use crate::aws;
use crate::clock::Clock;
use crate::drive::{Connector, Link};
use crate::practice::{Practice, Scenario};
use crate::wizard::Mode;

/// Makes links for the wizard and for `check`.
#[derive(Debug, Clone)]
pub struct Links {
    /// Where live links go.
    pub target: aws::Target,
    /// The time for both sides.
    pub clock: Clock,
}

impl Connector for Links {
    fn connect(&self, mode: Mode) -> Pending<'_, Result<Link, Failure>> {
        Box::pin(async move {
            match mode {
                Mode::Live => {
                    let account = aws::connect(&self.target, self.clock.clone()).await?;
                    Ok(Link { account: Arc::new(account), console: None })
                }
                Mode::Practice { scenario } => {
                    let scenario = Scenario::named(&scenario)
                        .map_err(|error| Failure::new(Fault::Invalid, "practice", error.to_string()))?;
                    Ok(practise(scenario, &self.clock))
                }
            }
        })
    }
}

/// A link to a practice account in `scenario`.
#[must_use]
pub fn practise(scenario: Scenario, clock: &Clock) -> Link {
    let practice = Practice::new(scenario, clock.clone());
    let account = aws::connect_in_process(Arc::new(practice.clone()), practice.session(), clock.clone());
    Link { account: Arc::new(account), console: Some(Arc::new(practice)) }
}
