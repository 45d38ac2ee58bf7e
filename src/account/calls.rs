//! Timings of AWS calls: duration, waits, retries.

use std::time::Duration;

/// A completed call.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallMade {
    /// IAM action name, e.g. `iam:CreateUser`.
    pub action: String,
    /// Set for calls that go to several Regions.
    pub region: Option<String>,
    /// Start, measured from the connection.
    pub began: Duration,
    /// Duration, waits included.
    pub took: Duration,
    /// Time outside of attempts: backoff and the SDK's own work.
    pub waited: Duration,
    pub attempts: u32,
    /// Whether it ended in an error. Some errors are answers, e.g. for a contact that is not set.
    pub failed: bool,
}

impl CallMade {
    /// The action and the Region, if set.
    #[must_use]
    pub fn words(&self) -> String {
        match &self.region {
            Some(region) => format!("{} {region}", self.action),
            None => self.action.clone(),
        }
    }

    /// End, measured from the connection.
    #[must_use]
    pub fn ended(&self) -> Duration {
        self.began + self.took
    }
}

/// The calls that determined the total time, in chronological order. Each is the last call to end before the next one
/// began.
#[must_use]
pub fn critical_path(calls: &[CallMade]) -> Vec<&CallMade> {
    let mut path: Vec<&CallMade> = Vec::new();
    let mut before = Duration::MAX;
    // A call of zero length could follow itself.
    while let Some(call) = calls
        .iter()
        .filter(|call| call.ended() <= before && !path.iter().any(|taken| std::ptr::eq(*taken, *call)))
        .max_by_key(|call| call.ended())
    {
        before = call.began;
        path.push(call);
    }
    path.reverse();
    path
}

#[cfg(test)]
mod tests {
    use super::*;

    fn call(action: &str, began: u64, took: u64) -> CallMade {
        CallMade {
            action: action.into(),
            region: None,
            began: Duration::from_millis(began),
            took: Duration::from_millis(took),
            waited: Duration::ZERO,
            attempts: 1,
            failed: false,
        }
    }

    #[test]
    fn the_critical_path_consists_of_calls_that_waited_for_each_other() {
        let calls = [call("who", 0, 100), call("list", 0, 150), call("keys", 101, 80), call("used", 182, 40)];
        let path: Vec<&str> = critical_path(&calls).iter().map(|call| call.action.as_str()).collect();
        assert_eq!(path, ["who", "keys", "used"]);
        assert!(critical_path(&[]).is_empty());
        let instant = [call("a", 0, 0), call("b", 0, 0)];
        assert_eq!(critical_path(&instant).len(), 2, "and it ends");
    }
}
