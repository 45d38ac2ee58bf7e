//! Turns a service on in one Region with one call.

use crate::account::facts::{Detector, Facts, Hub};

/// What turns a regional service on.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum TurnOnCall {
    /// `access-analyzer:CreateAnalyzer`: one for access from outside the account, which is free.
    CreateAnalyzer {
        /// Its name.
        name: String,
    },
    /// `guardduty:CreateDetector`
    CreateDetector,
    /// `guardduty:UpdateDetector`: one that is suspended works again.
    UpdateDetector {
        /// Its id.
        id: String,
    },
    /// `securityhub:EnableSecurityHub`, with the standards that AWS enables by default.
    EnableSecurityHub,
}

impl TurnOnCall {
    /// The call, as IAM names actions.
    #[must_use]
    pub fn action(&self) -> &'static str {
        match self {
            Self::CreateAnalyzer { .. } => "access-analyzer:CreateAnalyzer",
            Self::CreateDetector => "guardduty:CreateDetector",
            Self::UpdateDetector { .. } => "guardduty:UpdateDetector",
            Self::EnableSecurityHub => "securityhub:EnableSecurityHub",
        }
    }

    /// The service, as the AWS CLI calls it.
    pub(super) fn cli_service(&self) -> &'static str {
        match self {
            Self::CreateAnalyzer { .. } => "accessanalyzer",
            Self::CreateDetector | Self::UpdateDetector { .. } => "guardduty",
            Self::EnableSecurityHub => "securityhub",
        }
    }

    /// What it does, in a few words, before the Region is named.
    #[must_use]
    pub fn words(&self) -> &'static str {
        match self {
            Self::CreateAnalyzer { .. } => "Turn on IAM Access Analyzer",
            Self::CreateDetector => "Turn on GuardDuty",
            Self::UpdateDetector { .. } => "Resume GuardDuty",
            Self::EnableSecurityHub => "Turn on Security Hub CSPM",
        }
    }

    /// Every parameter that is sent, by the API's name.
    pub(super) fn parameters(&self) -> Vec<(&'static str, String)> {
        match self {
            Self::CreateAnalyzer { name } => vec![("analyzerName", name.clone()), ("type", "ACCOUNT".to_owned())],
            Self::CreateDetector => vec![("Enable", true.to_string())],
            Self::UpdateDetector { id } => vec![("DetectorId", id.clone()), ("Enable", true.to_string())],
            Self::EnableSecurityHub => vec![("EnableDefaultStandards", true.to_string())],
        }
    }

    /// Whether the service is on in `region`. `None`: that is not known.
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
