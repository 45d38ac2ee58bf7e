//! The state of regional services in each Region: GuardDuty, Security Hub CSPM, IAM Access Analyzer.

use std::collections::BTreeMap;

use super::{Failure, Partition};

/// What a regional service said in every region that was asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Regional<T> {
    /// By region: what it said there, or why it could not be asked.
    pub regions: BTreeMap<String, Result<T, Failure>>,
    /// Why nobody knows whether more regions are enabled; `None`: these are all that are.
    pub unlisted: Option<Failure>,
}

impl<T> Default for Regional<T> {
    fn default() -> Self {
        Self { regions: BTreeMap::new(), unlisted: None }
    }
}

/// GuardDuty in a region, by `guardduty:GetDetector`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Detector {
    /// There is a detector, and it works.
    Enabled,
    /// There is a detector, and it is suspended.
    Disabled {
        /// Its id, by which it is enabled again.
        id: String,
    },
    /// There is none.
    Absent,
}

/// Security Hub (CSPM) in a region, by `securityhub:DescribeHub`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hub {
    /// The account is subscribed to it.
    Subscribed,
    /// It is not.
    NotSubscribed,
}

/// An analyzer of IAM Access Analyzer, by `access-analyzer:ListAnalyzers`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Analyzer {
    /// Its name.
    pub name: String,
    /// What it analyzes, as AWS spells it: `ACCOUNT`, `ORGANIZATION_UNUSED_ACCESS`.
    pub kind: String,
    /// As AWS spells it: `ACTIVE`, `CREATING`, `DISABLED`, `FAILED`.
    pub status: String,
}

impl Analyzer {
    /// Whether it looks for access from outside. The other kinds are paid for, and look at access from within.
    #[must_use]
    pub fn is_external(&self) -> bool {
        matches!(self.kind.as_str(), "ACCOUNT" | "ORGANIZATION")
    }

    /// Whether it works.
    #[must_use]
    pub fn is_active(&self) -> bool {
        self.status == "ACTIVE"
    }
}

impl Partition {
    /// The regions that are on in every account of the partition.
    /// Source: Account Management Reference Guide, "Enable or disable AWS Regions in your account".
    #[must_use]
    pub fn regions_always_on(&self) -> &'static [&'static str] {
        match self {
            Self::China => &["cn-north-1", "cn-northwest-1"],
            Self::GovCloud => &["us-gov-east-1", "us-gov-west-1"],
            Self::EuropeanSovereign => &["eusc-de-east-1"],
            Self::Commercial | Self::Other(_) => &[
                "ap-northeast-1",
                "ap-northeast-2",
                "ap-northeast-3",
                "ap-south-1",
                "ap-southeast-1",
                "ap-southeast-2",
                "ca-central-1",
                "eu-central-1",
                "eu-north-1",
                "eu-west-1",
                "eu-west-2",
                "eu-west-3",
                "sa-east-1",
                "us-east-1",
                "us-east-2",
                "us-west-1",
                "us-west-2",
            ],
        }
    }

    /// Whether there are regions that an account has to opt in to. Only the commercial partition has some.
    #[must_use]
    pub fn has_opt_in_regions(&self) -> bool {
        matches!(self, Self::Commercial | Self::Other(_))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regions_are_of_their_own_partition_and_the_home_is_among_them() {
        for partition in [Partition::Commercial, Partition::China, Partition::GovCloud, Partition::EuropeanSovereign] {
            let regions = partition.regions_always_on();
            assert!(regions.contains(&partition.home_region()) && regions.is_sorted());
            assert!(regions.iter().all(|region| Partition::of_region(region) == partition), "{partition:?}");
        }
    }

    #[test]
    fn only_analyzers_of_external_access_count() {
        let analyzer = |kind: &str| Analyzer { name: "a".into(), kind: kind.into(), status: "ACTIVE".into() };
        assert!(analyzer("ACCOUNT").is_external() && analyzer("ORGANIZATION").is_external());
        assert!(
            !analyzer("ACCOUNT_UNUSED_ACCESS").is_external() && !analyzer("ORGANIZATION_INTERNAL_ACCESS").is_external()
        );
    }
}
