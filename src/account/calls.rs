//! Timings of AWS calls: duration, waits, retries.

use std::time::Duration;

/// One call that has ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CallMade {
    /// The call, as IAM names actions.
    pub action: String,
    /// The region, of calls that are made in several.
    pub region: Option<String>,
    /// When it began, counted from the connection.
    pub began: Duration,
    /// How long it took, waits included.
    pub took: Duration,
    /// How much of that was no attempt: pauses before repetitions, and what the SDK itself does.
    pub waited: Duration,
    /// How often it was sent.
    pub attempts: u32,
    /// Whether it ended in an error. Some errors are answers: a contact that is not set is one.
    pub failed: bool,
}

impl CallMade {
    /// The action, with its region where there is one.
    #[must_use]
    pub fn words(&self) -> String {
        match &self.region {
            Some(region) => format!("{} {region}", self.action),
            None => self.action.clone(),
        }
    }

    /// When it ended, counted from the connection.
    #[must_use]
    pub fn ended(&self) -> Duration {
        self.began + self.took
    }
}

/// The chain of calls that decided how long everything took: the one that ended last, before it the one that ended last
/// before that one began, and so on. In the order of time.
#[must_use]
pub fn critical_path(calls: &[CallMade]) -> Vec<&CallMade> {
    let mut path: Vec<&CallMade> = Vec::new();
    let mut before = Duration::MAX;
    // A call of no length could otherwise follow itself.
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
    fn the_path_is_made_of_calls_that_waited_for_each_other() {
        let calls = [call("who", 0, 100), call("list", 0, 150), call("keys", 101, 80), call("used", 182, 40)];
        let path: Vec<&str> = critical_path(&calls).iter().map(|call| call.action.as_str()).collect();
        assert_eq!(path, ["who", "keys", "used"]);
        assert!(critical_path(&[]).is_empty());
        let instant = [call("a", 0, 0), call("b", 0, 0)];
        assert_eq!(critical_path(&instant).len(), 2, "and it ends");
    }
}
