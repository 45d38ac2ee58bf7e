//! The state of regional services in each Region: GuardDuty, Security Hub CSPM, IAM Access Analyzer.

use std::collections::BTreeMap;

use super::{Failure, Partition};

/// A regional service's answers from every Region asked.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Regional<T> {
    /// Answer or failure by Region.
    pub regions: BTreeMap<String, Result<T, Failure>>,
    /// Why the list of enabled Regions may be incomplete; `None`: it is complete.
    pub unlisted: Option<Failure>,
}

impl<T> Default for Regional<T> {
    fn default() -> Self {
        Self { regions: BTreeMap::new(), unlisted: None }
    }
}

/// GuardDuty in a Region, from `guardduty:GetDetector`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Detector {
    Enabled,
    /// The detector is suspended.
    Disabled {
        /// Detector id, needed to enable it again.
        id: String,
    },
    /// No detector exists.
    Absent,
}

/// Security Hub CSPM in a Region, from `securityhub:DescribeHub`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Hub {
    Subscribed,
    NotSubscribed,
}

/// An IAM Access Analyzer analyzer, from `access-analyzer:ListAnalyzers`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Analyzer {
    pub name: String,
    /// AWS's spelling: `ACCOUNT`, `ORGANIZATION_UNUSED_ACCESS`.
    pub kind: String,
    /// AWS's spelling: `ACTIVE`, `CREATING`, `DISABLED`, `FAILED`.
    pub status: String,
}

impl Analyzer {
    /// Whether it finds external access. The other kinds cost money and find internal or unused access.
    #[must_use]
    pub fn is_external(&self) -> bool {
        matches!(self.kind.as_str(), "ACCOUNT" | "ORGANIZATION")
    }

    #[must_use]
    pub fn is_active(&self) -> bool {
        self.status == "ACTIVE"
    }
}

impl Partition {
    /// The Regions that every account of the partition has. Source: Account Management Reference Guide, "Enable or
    /// disable AWS Regions in your account".
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

    /// Whether the partition has opt-in Regions. Only the commercial one has.
    #[must_use]
    pub fn has_opt_in_regions(&self) -> bool {
        matches!(self, Self::Commercial | Self::Other(_))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn regions_belong_to_their_partition_and_include_its_home_region() {
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
