//! Token buckets for throttling. IAM's and STS's rates are unpublished: these suffice for a person and throttle a
//! loop without pauses.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::refusal::Refusal;
use crate::account::Timestamp;

/// A token bucket of size `burst`, refilled by `per_second`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rate {
    /// Tokens added per second.
    pub per_second: u32,
    /// Maximum tokens.
    pub burst: u32,
}

/// All rates and buckets.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Throttle {
    /// By service prefix (`iam`, for all its calls together) or action.
    rates: BTreeMap<String, Rate>,
    /// Not kept: they are full after a restart.
    #[serde(skip)]
    buckets: BTreeMap<(String, String), Bucket>,
}

#[derive(Debug, Clone)]
struct Bucket {
    tokens: f64,
    at: Timestamp,
}

/// Service or action, tokens per second, maximum tokens. Sources: Account Management Reference Guide, "Quotas for AWS
/// Account Management"; CloudTrail API, `LookupEvents`: "limited to two per second, per account, per Region". IAM and
/// STS: see above.
const DEFAULTS: [(&str, u32, u32); 12] = [
    ("iam", 100, 1000),
    ("sts", 100, 1000),
    ("account:GetAlternateContact", 10, 15),
    ("account:GetContactInformation", 10, 15),
    ("account:PutAlternateContact", 5, 8),
    ("account:PutContactInformation", 5, 8),
    ("account:DeleteAlternateContact", 1, 6),
    ("account:GetAccountInformation", 3, 3),
    ("account:GetPrimaryEmail", 3, 3),
    ("account:GetRegionOptStatus", 5, 5),
    ("account:ListRegions", 5, 5),
    ("cloudtrail:LookupEvents", 2, 2),
];

impl Default for Throttle {
    fn default() -> Self {
        let rate = |(of, per_second, burst): (&str, u32, u32)| (of.to_owned(), Rate { per_second, burst });
        Self { rates: DEFAULTS.map(rate).into(), buckets: BTreeMap::new() }
    }
}

impl Throttle {
    /// Sets the rate of a service or call. A service's rate replaces those of its calls.
    pub fn set(&mut self, of: &str, rate: Rate) {
        if !of.contains(':') {
            self.rates.retain(|name, _| name.split(':').next() != Some(of));
        }
        self.rates.insert(of.to_owned(), rate);
        self.buckets.clear();
    }

    /// Takes a token for `action` in `region`, or refuses the call.
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
    fn a_token_bucket_empties_and_refills() {
        let mut throttle = Throttle::default();
        throttle.set("iam", Rate { per_second: 1, burst: 3 });
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
        assert!((0..9).all(|_| take("cloudtrail:GetTrailStatus", "us-east-1", 0)), "what has no rate is not limited");
    }

    #[test]
    fn a_loop_without_pauses_reaches_every_services_default_limit() {
        let mut throttle = Throttle::default();
        let mut meets = |action: &str| (0..1001).filter(|_| throttle.take(action, "us-east-1", NOON).is_ok()).count();
        assert_eq!(meets("iam:ListUsers"), 1000);
        assert_eq!(meets("sts:GetCallerIdentity"), 1000);
        assert_eq!(meets("account:GetAlternateContact"), 15);
        assert_eq!(meets("account:DeleteAlternateContact"), 6);
        assert_eq!(meets("account:ListRegions"), 5);
    }

    #[test]
    fn a_services_own_rate_replaces_those_of_its_calls() {
        let mut throttle = Throttle::default();
        throttle.set("account", Rate { per_second: 1, burst: 100 });
        assert!((0..100).all(|_| throttle.take("account:ListRegions", "us-east-1", NOON).is_ok()));
        assert!(throttle.take("account:GetContactInformation", "us-east-1", NOON).is_err());
    }
}
