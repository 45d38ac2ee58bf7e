//! Reads which services a principal uses. AWS computes it in a job: start it, poll, read pages.

use std::time::Duration;

use aws_sdk_iam::types::{JobStatusType, ServiceLastAccessed};

use super::text;
use crate::account::facts::ServiceUse;
use crate::account::{Failure, Fault};
use crate::aws::Aws;
use crate::aws::failures::of_read;
use crate::aws::time::moment;

const GENERATE: &str = "iam:GenerateServiceLastAccessedDetails";
const GET: &str = "iam:GetServiceLastAccessedDetails";

/// Pauses between polls, 15 seconds in total. AWS takes a second or two.
const PAUSES: [Duration; 8] = {
    const fn s(milliseconds: u64) -> Duration {
        Duration::from_millis(milliseconds)
    }
    [s(500), s(500), s(1000), s(1000), s(2000), s(3000), s(3000), s(4000)]
};
/// More pages than there are services. It ends a loop if AWS repeats its marker forever.
const MAX_PAGES: usize = 100;

impl Aws {
    pub(in crate::aws) async fn services_used(&self, arn: &str) -> Result<Vec<ServiceUse>, Failure> {
        let call = self.reading.iam.generate_service_last_accessed_details().arn(arn);
        let job =
            call.send().await.map_err(of_read(GENERATE))?.job_id.ok_or_else(|| Failure::lacks(GENERATE, "JobId"))?;
        for pause in PAUSES {
            if let Some(found) = self.finished(&job).await? {
                return Ok(found);
            }
            tokio::time::sleep(pause).await;
        }
        Err(Failure::new(Fault::Busy, GET, "AWS is still working it out. Try again in a minute"))
    }

    /// The job's result; `None`: still running.
    async fn finished(&self, job: &str) -> Result<Option<Vec<ServiceUse>>, Failure> {
        let (mut found, mut after) = (Vec::new(), None);
        for _ in 0..MAX_PAGES {
            let call = self.reading.iam.get_service_last_accessed_details().job_id(job).set_marker(after);
            let page = call.send().await.map_err(of_read(GET))?;
            match page.job_status() {
                JobStatusType::Completed => {}
                JobStatusType::InProgress => return Ok(None),
                other => {
                    let said = page.error.as_ref().map_or("", |error| error.message());
                    return Err(Failure::new(
                        Fault::Server,
                        GET,
                        format!("the job ended as {}. {said}", other.as_str()),
                    ));
                }
            }
            for service in page.services_last_accessed() {
                found.push(one(service)?);
            }
            after = page.marker.filter(|marker| page.is_truncated && !marker.is_empty());
            if after.is_none() {
                return Ok(Some(found));
            }
        }
        Err(Failure::new(Fault::Unreadable, GET, format!("more than {MAX_PAGES} pages came")))
    }
}

fn one(found: &ServiceLastAccessed) -> Result<ServiceUse, Failure> {
    let namespace = text(found.service_namespace()).ok_or_else(|| Failure::lacks(GET, "ServiceNamespace"))?;
    Ok(ServiceUse { namespace: namespace.to_owned(), last: found.last_authenticated().and_then(moment) })
}
