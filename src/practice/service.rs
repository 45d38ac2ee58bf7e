//! The simulated services: names in IAM and signatures, protocol, and calls.

use http::Request;
use serde_json::{Map, Value};

use super::account_management::regions;
use super::iam_request::Call;
use super::json_request::JsonCall;
use super::refusal::Refusal;
use super::signature::Authorization;
use super::watchers::{access_analyzer, alarms, event_bridge, guard_duty, metric_filters, security_hub, sns};
use super::{account_management, cloudtrail, iam, sts};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Service {
    Iam,
    Sts,
    Account,
    CloudTrail,
    GuardDuty,
    SecurityHub,
    AccessAnalyzer,
    EventBridge,
    Logs,
    CloudWatch,
    Sns,
    /// A service that practice does not simulate.
    Other(Protocol),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Protocol {
    /// Form parameters and XML answers.
    Query,
    /// Method and path identify the call; JSON answers.
    Rest,
    /// A header identifies the call; the version is in the content type.
    Json(&'static str),
}

impl Service {
    /// Identified by the credential scope; an unsigned request by its header or path.
    pub fn of(request: &Request<Vec<u8>>) -> Self {
        let scope = Authorization::of(request).map(|authorization| authorization.service);
        let target = request.headers().get("x-amz-target").and_then(|target| target.to_str().ok());
        match (scope.as_deref(), target) {
            (Some("sts"), _) => Self::Sts,
            (Some("account"), _) => Self::Account,
            (Some("cloudtrail"), _) => Self::CloudTrail,
            (Some("guardduty"), _) => Self::GuardDuty,
            (Some("securityhub"), _) => Self::SecurityHub,
            (Some("access-analyzer"), _) => Self::AccessAnalyzer,
            (Some("events"), _) => Self::EventBridge,
            (Some("logs"), _) => Self::Logs,
            (Some("monitoring"), _) => Self::CloudWatch,
            (Some("sns"), _) => Self::Sns,
            (Some("iam"), _) => Self::Iam,
            (Some(_), _) => Self::Other(protocol_of(request)),
            (None, Some(target)) if target.starts_with("AWSEvents.") => Self::EventBridge,
            (None, Some(target)) if target.starts_with("Logs_") => Self::Logs,
            (None, Some(target)) if target.starts_with("GraniteService") => Self::CloudWatch,
            (None, Some(_)) => Self::CloudTrail,
            (None, None) if request.uri().path().len() > 1 => Self::Account,
            (None, _) => Self::Iam,
        }
    }

    /// Prefix of its IAM actions.
    pub fn prefix(self) -> &'static str {
        match self {
            Self::Iam => "iam",
            Self::Sts => "sts",
            Self::Account => "account",
            Self::CloudTrail => "cloudtrail",
            Self::GuardDuty => "guardduty",
            Self::SecurityHub => "securityhub",
            Self::AccessAnalyzer => "access-analyzer",
            Self::EventBridge => "events",
            Self::Logs => "logs",
            Self::CloudWatch => "cloudwatch",
            Self::Sns => "sns",
            Self::Other(_) => "other",
        }
    }

    /// CloudTrail's event source.
    pub fn source(self) -> String {
        let name = if self == Self::CloudWatch { "monitoring" } else { self.prefix() };
        format!("{name}.amazonaws.com")
    }

    pub fn protocol(self) -> Protocol {
        match self {
            Self::Iam | Self::Sts | Self::Sns => Protocol::Query,
            Self::Account | Self::GuardDuty | Self::SecurityHub | Self::AccessAnalyzer => Protocol::Rest,
            Self::CloudTrail | Self::EventBridge | Self::Logs => Protocol::Json("1.1"),
            Self::CloudWatch => Protocol::Json("1.0"),
            Self::Other(protocol) => protocol,
        }
    }

    /// XML namespace in the query protocol.
    pub fn namespace(self) -> &'static str {
        match self {
            Self::Sts => "https://sts.amazonaws.com/doc/2011-06-15/",
            Self::Sns => "http://sns.amazonaws.com/doc/2010-03-31/",
            _ => "https://iam.amazonaws.com/doc/2010-05-08/",
        }
    }

    /// Calls of a service with the query protocol; empty for others.
    pub fn query_calls(self) -> &'static [Call] {
        match self {
            Self::Iam => iam::CALLS,
            Self::Sts => sts::CALLS,
            Self::Sns => sns::CALLS,
            _ => &[],
        }
    }

    /// The service's own code for a general refusal.
    pub fn refuses(self, refusal: Refusal) -> Refusal {
        let code = match (self, refusal.code) {
            (Self::Sns, "AccessDenied") => "AuthorizationError",
            (Self::Sns, "ValidationError") => "InvalidParameter",
            (Self::Sns, "ServiceFailure") => "InternalError",
            (Self::GuardDuty | Self::SecurityHub, "Throttling") => "ThrottlingException",
            (Self::AccessAnalyzer, "Throttling") => {
                return Refusal { code: "ThrottlingException", status: 429, ..refusal };
            }
            (Self::GuardDuty, "ValidationError") => "BadRequestException",
            (Self::GuardDuty, "ServiceFailure") => "InternalServerErrorException",
            (Self::SecurityHub, "ValidationError") => "InvalidInputException",
            (Self::SecurityHub, "ServiceFailure") => "InternalException",
            (Self::AccessAnalyzer, "ValidationError") => {
                return Refusal { code: "ValidationException", ..refusal }.with("reason", "fieldValidationFailed");
            }
            (_, code) => code,
        };
        Refusal { code, ..refusal }
    }

    /// Calls of a service with a JSON protocol; empty for others.
    pub fn json_calls(self) -> &'static [JsonCall] {
        match self {
            Self::Iam | Self::Sts | Self::Sns | Self::Other(_) => &[],
            Self::Account => account_management::CALLS,
            Self::CloudTrail => cloudtrail::CALLS,
            Self::GuardDuty => guard_duty::CALLS,
            Self::SecurityHub => security_hub::CALLS,
            Self::AccessAnalyzer => access_analyzer::CALLS,
            Self::EventBridge => event_bridge::CALLS,
            Self::Logs => metric_filters::CALLS,
            Self::CloudWatch => alarms::CALLS,
        }
    }

    /// Whether it exists separately in each Region, and refuses calls to Regions that are not enabled.
    pub fn is_regional(self) -> bool {
        !matches!(self, Self::Iam | Self::Sts | Self::Account | Self::Other(_))
    }

    /// Whether requests may be signed for `region`. A global service accepts its home Region only. STS has an
    /// endpoint in every Region besides the global one.
    pub fn is_signed_for(self, region: &str) -> bool {
        match self {
            Self::Iam | Self::Account => region == "us-east-1",
            _ => regions::is_region(region),
        }
    }

    /// The REST call for method and path, with its path parameters.
    pub fn route(self, request: &Request<Vec<u8>>) -> (String, Map<String, Value>) {
        let path = request.uri().path().trim_matches('/');
        let mut parameters = Map::new();
        let name = match (self, request.method().as_str(), path.split_once('/')) {
            (Self::GuardDuty, "GET", None) if path == "detector" => "ListDetectors",
            (Self::GuardDuty, "GET", Some(("detector", id))) if !id.contains('/') => {
                parameters.insert("DetectorId".into(), id.into());
                "GetDetector"
            }
            (Self::GuardDuty, "POST", None) if path == "detector" => "CreateDetector",
            (Self::GuardDuty, "POST", Some(("detector", id))) if !id.contains('/') => {
                parameters.insert("DetectorId".into(), id.into());
                "UpdateDetector"
            }
            (Self::SecurityHub, "GET", None) if path == "accounts" => "DescribeHub",
            (Self::SecurityHub, "POST", None) if path == "accounts" => "EnableSecurityHub",
            (Self::AccessAnalyzer, "GET", None) if path == "analyzer" => "ListAnalyzers",
            (Self::AccessAnalyzer, "PUT", None) if path == "analyzer" => "CreateAnalyzer",
            (Self::Account, _, _) => return (account_management::name_of(request.uri().path()), parameters),
            _ => path,
        };
        (name.to_owned(), parameters)
    }

    /// The refusal of an unknown call.
    pub fn unknown(self, name: &str) -> Refusal {
        match self.protocol() {
            Protocol::Query if name.is_empty() => {
                Refusal::new("MissingAction", 400, "The request is missing an action.")
            }
            Protocol::Query => {
                Refusal::new("InvalidAction", 400, format!("Could not find operation {name} for this version"))
            }
            Protocol::Rest | Protocol::Json(_) => {
                Refusal::new("UnknownOperationException", 404, "The requested operation does not exist.")
            }
        }
    }
}

/// Guesses the protocol of an unknown service from its request.
fn protocol_of(request: &Request<Vec<u8>>) -> Protocol {
    let header = |name: &str| request.headers().get(name).and_then(|value| value.to_str().ok()).unwrap_or_default();
    match (header("x-amz-target"), header("content-type")) {
        ("", kind) if kind.starts_with("application/x-www-form-urlencoded") => Protocol::Query,
        ("", _) => Protocol::Rest,
        (_, kind) if kind.ends_with("1.0") => Protocol::Json("1.0"),
        _ => Protocol::Json("1.1"),
    }
}
