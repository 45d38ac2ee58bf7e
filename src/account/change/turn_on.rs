//! Turns a service on in one Region with one call.

use crate::account::facts::{Detector, Facts, Hub};

/// A call that turns a regional service on.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum TurnOnCall {
    /// `access-analyzer:CreateAnalyzer` for external access, which is free.
    CreateAnalyzer { name: String },
    /// `guardduty:CreateDetector`
    CreateDetector,
    /// `guardduty:UpdateDetector`: resumes a suspended detector.
    UpdateDetector {
        /// Detector id.
        id: String,
    },
    /// `securityhub:EnableSecurityHub`, with AWS's default standards.
    EnableSecurityHub,
}

impl TurnOnCall {
    /// IAM action name, e.g. `iam:CreateUser`.
    #[must_use]
    pub fn action(&self) -> &'static str {
        match self {
            Self::CreateAnalyzer { .. } => "access-analyzer:CreateAnalyzer",
            Self::CreateDetector => "guardduty:CreateDetector",
            Self::UpdateDetector { .. } => "guardduty:UpdateDetector",
            Self::EnableSecurityHub => "securityhub:EnableSecurityHub",
        }
    }

    /// The service's name in the AWS CLI.
    pub(super) fn cli_service(&self) -> &'static str {
        match self {
            Self::CreateAnalyzer { .. } => "accessanalyzer",
            Self::CreateDetector | Self::UpdateDetector { .. } => "guardduty",
            Self::EnableSecurityHub => "securityhub",
        }
    }

    /// A few words for people, without the Region.
    #[must_use]
    pub fn words(&self) -> &'static str {
        match self {
            Self::CreateAnalyzer { .. } => "Turn on IAM Access Analyzer",
            Self::CreateDetector => "Turn on GuardDuty",
            Self::UpdateDetector { .. } => "Resume GuardDuty",
            Self::EnableSecurityHub => "Turn on Security Hub CSPM",
        }
    }

    /// Every parameter by its API name.
    pub(super) fn parameters(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::CreateAnalyzer { name } => vec![("analyzerName", name.clone()), ("type", "ACCOUNT".to_owned())],
            Self::CreateDetector => vec![("Enable", true.to_string())],
            Self::UpdateDetector { id } => vec![("DetectorId", id.clone()), ("Enable", true.to_string())],
            Self::EnableSecurityHub => vec![("EnableDefaultStandards", true.to_string())],
        }
    }

    /// Whether the service is on in `region`. `None`: unknown.
    pub(super) fn shows_in(&self, region: &str, facts: &Facts) -> Option<bool> {
        Some(match self {
            Self::CreateAnalyzer { .. } => {
                let found = facts.access_analyzers.known()?.regions.get(region)?.as_ref().ok()?;
                found.iter().any(|analyzer| analyzer.is_external() && analyzer.is_active())
            }
            Self::CreateDetector | Self::UpdateDetector { .. } => {
                *facts.guard_duty.known()?.regions.get(region)?.as_ref().ok()? == Detector::Enabled
            }
            Self::EnableSecurityHub => {
                *facts.security_hub.known()?.regions.get(region)?.as_ref().ok()? == Hub::Subscribed
            }
        })
    }
}
