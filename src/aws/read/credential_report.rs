//! Reads the credential report. AWS writes it in the background, at most every four hours.

use std::time::Duration;

use aws_sdk_iam::types::ReportStateType;

use crate::account::{CredentialReport, Failure, Fault};
use crate::aws::Aws;
use crate::aws::failures::of_read;
use crate::aws::time::moment;

const GET: &str = "iam:GetCredentialReport";
const GENERATE: &str = "iam:GenerateCredentialReport";

/// Pauses between polls, 30 seconds in total. AWS takes a few seconds.
const PAUSES: [Duration; 12] = {
    const fn s(milliseconds: u64) -> Duration {
        Duration::from_millis(milliseconds)
    }
    [s(250), s(500), s(750), s(1000), s(1500), s(2000), s(2000), s(3000), s(4000), s(5000), s(5000), s(5000)]
};

/// The report's state at AWS.
enum ReportState {
    There(CredentialReport),
    /// No report, or it has expired.
    None,
    /// AWS is generating it.
    Underway(Failure),
}

impl Aws {
    /// `fresh`: asks AWS to generate a new report first. AWS returns the existing one if it is less than four hours
    /// old.
    pub(in crate::aws) async fn credential_report(&self, fresh: bool) -> Result<CredentialReport, Failure> {
        if !fresh && let ReportState::There(report) = self.report_state().await? {
            return Ok(report);
        }
        let call = self.reading.iam.generate_credential_report();
        let answer = call.send().await.map_err(of_read(GENERATE))?;
        let is_there = answer.state() == Some(&ReportStateType::Complete);
        let mut last = None;
        for pause in PAUSES {
            match self.report_state().await? {
                ReportState::There(report) => return Ok(report),
                ReportState::Underway(failure) => last = Some(failure),
                ReportState::None if is_there => break,
                ReportState::None => {}
            }
            tokio::time::sleep(pause).await;
        }
        let said = "AWS is still making the credential report. Try again in a minute";
        let failure = Failure::new(Fault::Busy, GET, said);
        Err(last.map_or_else(
            || failure.clone(),
            |last| Failure { code: last.code, request_id: last.request_id, ..failure.clone() },
        ))
    }

    async fn report_state(&self) -> Result<ReportState, Failure> {
        let answer = match self.reading.iam.get_credential_report().send().await.map_err(of_read(GET)) {
            Ok(answer) => answer,
            Err(failure) => {
                let code = failure.code.as_deref().unwrap_or_default().trim_end_matches("Exception");
                return match code {
                    "ReportNotPresent" | "CredentialReportNotPresent" | "ReportExpired" | "CredentialReportExpired" => {
                        Ok(ReportState::None)
                    }
                    "ReportInProgress" | "CredentialReportNotReady" => Ok(ReportState::Underway(failure)),
                    _ => Err(failure),
                };
            }
        };
        let content = answer.content.ok_or_else(|| Failure::lacks(GET, "Content"))?;
        let csv = String::from_utf8_lossy(content.as_ref()).into_owned();
        let report = CredentialReport::parse(csv, answer.generated_time.as_ref().and_then(moment));
        report.map(ReportState::There).map_err(|said| Failure::new(Fault::Unreadable, GET, said))
    }
}
