//! Reads the service-specific credentials of all users in one list. The SDK has no paginator for it.

use aws_sdk_iam::types::{ServiceSpecificCredentialMetadata, StatusType};

use super::text;
use crate::account::facts::{KeyStatus, ServiceCredential};
use crate::account::{Failure, Fault};
use crate::aws::Aws;
use crate::aws::failures::of_read;
use crate::aws::time::moment;

const ACTION: &str = "iam:ListServiceSpecificCredentials";
/// More pages than any account has. It ends a loop if AWS repeats its marker forever.
const MAX_PAGES: usize = 1000;

impl Aws {
    pub(in crate::aws) async fn service_credentials(&self) -> Result<Vec<ServiceCredential>, Failure> {
        let (mut found, mut after) = (Vec::new(), None);
        for _ in 0..MAX_PAGES {
            let call = self.reading.iam.list_service_specific_credentials().all_users(true).set_marker(after);
            let page = call.send().await.map_err(of_read(ACTION))?;
            let Some(listed) = &page.service_specific_credentials else {
                return Err(Failure::lacks(ACTION, "ServiceSpecificCredentials"));
            };
            for credential in listed {
                found.push(one(credential)?);
            }
            after = page.marker.filter(|marker| page.is_truncated && !marker.is_empty());
            if after.is_none() {
                return Ok(found);
            }
        }
        Err(Failure::new(Fault::Unreadable, ACTION, format!("more than {MAX_PAGES} pages came")))
    }
}

fn one(found: &ServiceSpecificCredentialMetadata) -> Result<ServiceCredential, Failure> {
    let needed = |value: &str, member: &'static str| {
        text(value).map(str::to_owned).ok_or_else(|| Failure::lacks(ACTION, member))
    };
    Ok(ServiceCredential {
        id: needed(found.service_specific_credential_id(), "ServiceSpecificCredentialId")?,
        user: needed(found.user_name(), "UserName")?,
        service: needed(found.service_name(), "ServiceName")?,
        status: match found.status() {
            StatusType::Active => KeyStatus::Active,
            StatusType::Inactive => KeyStatus::Inactive,
            other => KeyStatus::Other(other.as_str().to_owned()),
        },
        expires: found.expiration_date().and_then(moment),
    })
}
