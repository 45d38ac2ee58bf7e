//! Token buckets: how many requests a service takes before it says that there are too many.
//! IAM's and STS's rates are unpublished, so that they are unlimited unless somebody sets them.

use std::collections::BTreeMap;

use super::refusal::Refusal;
use crate::account::Timestamp;

/// A rate: a bucket of `burst` tokens, which fills by `per_second`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rate {
    pub per_second: u32,
    pub burst: u32,
}

/// All rates, and the buckets as they are.
#[derive(Debug, Clone)]
pub struct Throttle {
    /// By a service's prefix (`iam`, for all of its calls together) or by a call's action.
    pub rates: BTreeMap<String, Rate>,
    buckets: BTreeMap<(String, String), Bucket>,
}

#[derive(Debug, Clone)]
struct Bucket {
    tokens: f64,
    at: Timestamp,
}

impl Default for Throttle {
    /// Source: CloudTrail API, `LookupEvents`: "The rate of lookup requests is limited to two per second, per account, per Region."
    fn default() -> Self {
        let lookup = ("cloudtrail:LookupEvents".to_owned(), Rate { per_second: 2, burst: 2 });
        Self { rates: BTreeMap::from([lookup]), buckets: BTreeMap::new() }
    }
}

impl Throttle {
    /// Takes a token for a call of `action` in `region`, or refuses it.
    pub fn take(&mut self, action: &str, region: &str, now: Timestamp) -> Result<(), Refusal> {
        let service = action.split(':').next().unwrap_or(action);
        for name in [service, action] {
            let Some(rate) = self.rates.get(name) else { continue };
            let full = Bucket { tokens: rate.burst.into(), at: now };
            let bucket = self.buckets.entry((name.to_owned(), region.to_owned())).or_insert(full);
            let passed = (now - bucket.at).as_seconds_f64().max(0.0);
            bucket.tokens = (bucket.tokens + passed * f64::from(rate.per_second)).min(rate.burst.into());
            bucket.at = now;
            if bucket.tokens < 1.0 {
                return Err(Refusal::new("Throttling", 400, "Rate exceeded"));
            }
            bucket.tokens -= 1.0;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOON: Timestamp = time::macros::datetime!(2026-11-21 12:00:00 UTC);

    #[test]
    fn a_bucket_empties_and_fills_again() {
        let mut throttle = Throttle::default();
        throttle.rates.insert("iam".into(), Rate { per_second: 1, burst: 3 });
        let mut take = |action: &str, region: &str, milliseconds: i64| {
            throttle.take(action, region, NOON + time::Duration::milliseconds(milliseconds)).is_ok()
        };
        assert!((0..3).all(|_| take("iam:ListUsers", "us-east-1", 0)));
        assert!(!take("iam:GetUser", "us-east-1", 0), "one bucket for the service");
        assert!(!take("iam:GetUser", "us-east-1", 500));
        assert!(take("iam:GetUser", "us-east-1", 1000));
        assert!((0..2).all(|_| take("cloudtrail:LookupEvents", "us-east-1", 0)));
        assert!(!take("cloudtrail:LookupEvents", "us-east-1", 0));
        assert!(take("cloudtrail:LookupEvents", "eu-central-1", 0), "each Region has its own");
        assert!((0..100).all(|_| take("sts:GetCallerIdentity", "us-east-1", 0)), "what has no rate is not limited");
    }
}
