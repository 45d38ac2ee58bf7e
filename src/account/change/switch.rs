//! What turns a service on in one Region: one call to the service there.

use crate::account::facts::{Detector, Facts, Hub};

/// What turns a regional service on.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Switch {
    /// `access-analyzer:CreateAnalyzer`: one for access from outside the account, which is free.
    Analyzer {
        /// Its name.
        name: String,
    },
    /// `guardduty:CreateDetector`
    NewDetector,
    /// `guardduty:UpdateDetector`: one that is suspended works again.
    Detector {
        /// Its id.
        id: String,
    },
    /// `securityhub:EnableSecurityHub`, with the standards that AWS enables by default.
    SecurityHub,
}

impl Switch {
    /// The call, as IAM names actions.
    #[must_use]
    pub fn action(&self) -> &'static str {
        match self {
            Self::Analyzer { .. } => "access-analyzer:CreateAnalyzer",
            Self::NewDetector => "guardduty:CreateDetector",
            Self::Detector { .. } => "guardduty:UpdateDetector",
            Self::SecurityHub => "securityhub:EnableSecurityHub",
        }
    }

    /// The service, as the AWS CLI calls it.
    pub(super) fn cli_service(&self) -> &'static str {
        match self {
            Self::Analyzer { .. } => "accessanalyzer",
            Self::NewDetector | Self::Detector { .. } => "guardduty",
            Self::SecurityHub => "securityhub",
        }
    }

    /// What it does, in a few words, before the Region is named.
    #[must_use]
    pub fn words(&self) -> &'static str {
        match self {
            Self::Analyzer { .. } => "Turn on IAM Access Analyzer",
            Self::NewDetector => "Turn on GuardDuty",
            Self::Detector { .. } => "Resume GuardDuty",
            Self::SecurityHub => "Turn on Security Hub CSPM",
        }
    }

    /// Every parameter that is sent, by the API's name.
    pub(super) fn parameters(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::Analyzer { name } => vec![("analyzerName", name.clone()), ("type", "ACCOUNT".to_owned())],
            Self::NewDetector => vec![("Enable", true.to_string())],
            Self::Detector { id } => vec![("DetectorId", id.clone()), ("Enable", true.to_string())],
            Self::SecurityHub => vec![("EnableDefaultStandards", true.to_string())],
        }
    }

    /// Whether the service is on in `region`. `None`: that is not known.
    pub(super) fn shows_in(&self, region: &str, facts: &Facts) -> Option<bool> {
        Some(match self {
            Self::Analyzer { .. } => {
                let found = facts.access_analyzers.known()?.regions.get(region)?.as_ref().ok()?;
                found.iter().any(|analyzer| analyzer.is_external() && analyzer.is_active())
            }
            Self::NewDetector | Self::Detector { .. } => {
                *facts.guard_duty.known()?.regions.get(region)?.as_ref().ok()? == Detector::Enabled
            }
            Self::SecurityHub => *facts.security_hub.known()?.regions.get(region)?.as_ref().ok()? == Hub::Subscribed,
        })
    }
}
