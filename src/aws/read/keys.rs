//! Reads the access keys of root or of one user, each with its last use.

use aws_sdk_iam::types::{AccessKeyMetadata, StatusType};

use super::each;
use crate::account::facts::{AccessKey, KeyStatus, LastUse};
use crate::account::{Failure, Reading, Subject};
use crate::aws::Aws;
use crate::aws::failures::of_read;
use crate::aws::owner::Owner;
use crate::aws::time::moment;

impl Aws {
    /// Only root can list its keys, so no other principal asks.
    pub(in crate::aws) async fn root_keys(&self) -> Reading<Vec<AccessKey>> {
        match self.remembered_caller().await {
            Err(failure) => Reading::Failed(failure),
            Ok(caller) if !caller.is_root() => Reading::Closed("only root can list its own access keys"),
            Ok(_) => self.reading(self.keys_with_last_use(&Subject::Root).await),
        }
    }

    pub(in crate::aws) async fn user_keys(&self, user: &str) -> Reading<Vec<AccessKey>> {
        self.reading(self.keys_with_last_use(&Subject::User(user.to_owned())).await)
    }

    async fn keys_with_last_use(&self, owner: &Subject) -> Result<Vec<AccessKey>, Failure> {
        const ACTION: &str = "iam:ListAccessKeys";
        let owner = self.owner(owner, ACTION).await?;
        let listed = self.list_access_keys(owner).await?;
        let keys = listed.iter().map(|key| access_key(key, ACTION)).collect::<Result<Vec<_>, _>>()?;
        Ok(each(keys, async |key: AccessKey| {
            let last_used = self.reading(self.last_use(&key.id).await);
            AccessKey { last_used, ..key }
        })
        .await)
    }

    async fn list_access_keys(&self, owner: Owner) -> Result<Vec<AccessKeyMetadata>, Failure> {
        let call = self.reading.iam.list_access_keys().set_user_name(owner.into_user_name());
        call.into_paginator().items().send().try_collect().await.map_err(of_read("iam:ListAccessKeys"))
    }

    async fn last_use(&self, key: &str) -> Result<Option<LastUse>, Failure> {
        const ACTION: &str = "iam:GetAccessKeyLastUsed";
        let call = self.reading.iam.get_access_key_last_used().access_key_id(key);
        let answer = call.send().await.map_err(of_read(ACTION))?;
        let used = answer.access_key_last_used.ok_or_else(|| Failure::lacks(ACTION, "AccessKeyLastUsed"))?;
        // A key that was never used has service and Region "N/A" and no date.
        Ok(used.last_used_date.as_ref().and_then(moment).map(|at| LastUse {
            at,
            service: used.service_name,
            region: used.region,
        }))
    }
}

fn access_key(key: &AccessKeyMetadata, action: &str) -> Result<AccessKey, Failure> {
    let status = key.status().ok_or_else(|| Failure::lacks(action, "Status"))?;
    Ok(AccessKey {
        id: key.access_key_id().ok_or_else(|| Failure::lacks(action, "AccessKeyId"))?.to_owned(),
        status: match status {
            StatusType::Active => KeyStatus::Active,
            StatusType::Inactive => KeyStatus::Inactive,
            other => KeyStatus::Other(other.as_str().to_owned()),
        },
        created: key.create_date().and_then(moment),
        last_used: Reading::Unread,
    })
}
