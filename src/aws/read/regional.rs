//! Asks the same question in every enabled Region: at once in the default Regions, and in opt-in Regions after AWS
//! has listed them.

use futures_util::future::{join, join_all};
use tokio::sync::Semaphore;

use crate::account::regional::Regional;
use crate::account::{Failure, Reading};
use crate::aws::Aws;

/// Maximum concurrent Regions per question.
const AT_ONCE: usize = 24;

impl Aws {
    /// Asks every enabled Region. It fails only if no Region answers.
    pub(super) async fn in_every_region<T, F>(&self, ask: impl Fn(String) -> F) -> Reading<Regional<T>>
    where
        F: Future<Output = Result<T, Failure>>,
    {
        let partition = self.plain.partition();
        let always_on = partition.regions_always_on();
        let permits = Semaphore::new(AT_ONCE);
        let one = async |region: String| {
            // The semaphore is never closed.
            let _permit = permits.acquire().await;
            (region.clone(), ask(region).await)
        };
        let at_once = join_all(always_on.iter().map(|region| one((*region).to_owned())));
        let opted_in = async {
            if !partition.has_opt_in_regions() {
                return Ok(Vec::new());
            }
            let listed = self.enabled_regions.get_or_try_init(|| self.regions()).await?;
            let more = listed.iter().filter(|region| !always_on.contains(&region.as_str()));
            Ok(join_all(more.map(|region| one(region.clone()))).await)
        };
        let (mut asked, opted_in) = join(at_once, opted_in).await;
        let unlisted = match opted_in {
            Ok(more) => {
                asked.extend(more);
                None
            }
            Err(failure) => Some(failure),
        };
        let regions: std::collections::BTreeMap<_, _> = asked.into_iter().collect();
        let failure_at_home = regions.get(partition.home_region()).and_then(|answer| answer.as_ref().err().cloned());
        match failure_at_home.filter(|_| regions.values().all(Result::is_err)) {
            Some(failure) => Reading::Failed(failure),
            None => Reading::Known { value: Regional { regions, unlisted }, at: self.clock.now() },
        }
    }
}
