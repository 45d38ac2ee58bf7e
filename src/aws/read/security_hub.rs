//! Reads Security Hub CSPM in every Region: whether the account is subscribed.

use crate::account::regional::{Hub, Regional};
use crate::account::{Failure, Reading};
use crate::aws::Aws;
use crate::aws::plain::{SECURITY_HUB, ServiceRegion};

impl Aws {
    pub(in crate::aws) async fn security_hub(&self) -> Reading<Regional<Hub>> {
        self.in_every_region(|region| async move { self.hub(&region).await }).await
    }

    /// AWS reports "not subscribed" as an error, which is a valid answer here.
    async fn hub(&self, region: &str) -> Result<Hub, Failure> {
        const ACTION: &str = "securityhub:DescribeHub";
        let place = ServiceRegion { service: &SECURITY_HUB, region };
        match self.plain.get(place, ACTION, "/accounts".to_owned()).await {
            Ok(hub) if hub.get("HubArn").is_some() => Ok(Hub::Subscribed),
            Ok(_) => Err(Failure::lacks(ACTION, "HubArn")),
            Err(failure) => match failure.code.as_deref() {
                Some("InvalidAccessException" | "ResourceNotFoundException") => Ok(Hub::NotSubscribed),
                _ => Err(failure),
            },
        }
    }
}
