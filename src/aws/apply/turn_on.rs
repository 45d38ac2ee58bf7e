//! Turns services on Region by Region with plain calls. Paths and members: botocore's models of accessanalyzer
//! (2019-11-01), guardduty (2017-11-28) and securityhub (2018-10-26).

use serde_json::{Value, json};

use crate::account::{Failure, Fault, Outcome, TurnOnCall};
use crate::aws::Aws;
use crate::aws::plain::{ACCESS_ANALYZER, GUARD_DUTY, SECURITY_HUB, Service, ServiceRegion};
use crate::aws::read::encoded;

/// Service, method with path, and body.
type Wire = (&'static Service, (&'static str, String), Value);

fn wire(call: &TurnOnCall) -> Wire {
    match call {
        TurnOnCall::CreateAnalyzer { name } => {
            (&ACCESS_ANALYZER, ("PUT", "/analyzer".into()), json!({ "analyzerName": name, "type": "ACCOUNT" }))
        }
        TurnOnCall::CreateDetector => (&GUARD_DUTY, ("POST", "/detector".into()), json!({ "enable": true })),
        TurnOnCall::UpdateDetector { id } => {
            (&GUARD_DUTY, ("POST", format!("/detector/{}", encoded(id))), json!({ "enable": true }))
        }
        TurnOnCall::EnableSecurityHub => {
            (&SECURITY_HUB, ("POST", "/accounts".into()), json!({ "EnableDefaultStandards": true }))
        }
    }
}

impl Aws {
    pub(super) async fn turn_on(
        &self,
        call: &TurnOnCall,
        region: &str,
        action: &'static str,
    ) -> Result<Outcome, Failure> {
        let (service, request, input) = wire(call);
        let answer = self.plain.change(ServiceRegion { service, region }, action, request, &input).await;
        answer.map(|_| Outcome::Done).map_err(|failure| Failure { fault: fault(&failure), ..failure })
    }
}

/// Maps these services' own error codes for an existing resource.
fn fault(failure: &Failure) -> Fault {
    match (failure.code.as_deref(), failure.action.as_str()) {
        (Some("ConflictException"), "access-analyzer:CreateAnalyzer") => Fault::Exists,
        (Some("BadRequestException"), "guardduty:CreateDetector") if failure.message.contains("already exists") => {
            Fault::Exists
        }
        (Some("BadRequestException"), _) => Fault::Invalid,
        _ => failure.fault,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::account::Change;
    use crate::aws::plain::CHANGES;

    fn all() -> [TurnOnCall; 4] {
        [
            TurnOnCall::CreateAnalyzer { name: "external-access".into() },
            TurnOnCall::CreateDetector,
            TurnOnCall::UpdateDetector { id: "d".into() },
            TurnOnCall::EnableSecurityHub,
        ]
    }

    #[test]
    fn the_list_of_changes_starts_with_the_calls_that_turn_services_on() {
        assert_eq!(all().map(|call| call.action()), CHANGES[..4]);
    }

    #[test]
    fn each_turn_on_call_sends_what_it_shows() {
        for call in all() {
            let (_, (_, path), body) = wire(&call);
            let shown = Change::TurnOn { call, region: "eu-west-1".into() }.parameters();
            let text = |value: &Value| value.as_str().map_or_else(|| value.to_string(), str::to_owned);
            let mut sent: Vec<(String, String)> =
                body.as_object().unwrap().iter().map(|(name, value)| (name.to_lowercase(), text(value))).collect();
            if let Some(id) = path.strip_prefix("/detector/") {
                sent.push(("detectorid".into(), id.to_owned()));
            }
            sent.sort();
            let mut shown: Vec<_> = shown.into_iter().map(|(name, value)| (name.to_lowercase(), value)).collect();
            shown.sort();
            assert_eq!(sent, shown);
        }
    }
}
