//! Who can call AWS's support: the holders of AWS's AWSSupportAccess.

use crate::account::facts::PolicyHolders;
use crate::account::{Failure, Partition};
use crate::aws::Aws;
use crate::aws::failures::of_read;

impl Aws {
    pub(in crate::aws) async fn support_role(&self) -> Result<PolicyHolders, Failure> {
        const ACTION: &str = "iam:ListEntitiesForPolicy";
        let region = self.trails.region().map(ToString::to_string).unwrap_or_default();
        let arn = Partition::of_region(&region).managed_policy("AWSSupportAccess");
        let call = self.reading.iam.list_entities_for_policy().policy_arn(arn);
        let pages: Vec<_> = call.into_paginator().send().try_collect().await.map_err(of_read(ACTION))?;
        let mut holders = PolicyHolders::default();
        for page in &pages {
            holders.roles.extend(page.policy_roles().iter().filter_map(|role| role.role_name().map(str::to_owned)));
            holders
                .groups
                .extend(page.policy_groups().iter().filter_map(|group| group.group_name().map(str::to_owned)));
            holders.users.extend(page.policy_users().iter().filter_map(|user| user.user_name().map(str::to_owned)));
        }
        Ok(holders)
    }
}
