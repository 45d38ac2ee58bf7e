//! Reads which roles, groups and users have AWSSupportAccess.

use crate::account::Failure;
use crate::account::facts::PolicyHolders;
use crate::aws::Aws;
use crate::aws::failures::of_read;

impl Aws {
    pub(in crate::aws) async fn support_role(&self) -> Result<PolicyHolders, Failure> {
        const ACTION: &str = "iam:ListEntitiesForPolicy";
        let arn = self.plain.partition().managed_policy("AWSSupportAccess");
        let call = self.reading.iam.list_entities_for_policy().policy_arn(arn);
        let pages: Vec<_> = call.into_paginator().send().try_collect().await.map_err(of_read(ACTION))?;
        let mut holders = PolicyHolders::default();
        let named = |name: Option<&str>, member| {
            super::text(name.unwrap_or_default()).map(str::to_owned).ok_or_else(|| Failure::lacks(ACTION, member))
        };
        for page in &pages {
            for role in page.policy_roles() {
                holders.roles.push(named(role.role_name(), "RoleName")?);
            }
            for group in page.policy_groups() {
                holders.groups.push(named(group.group_name(), "GroupName")?);
            }
            for user in page.policy_users() {
                holders.users.push(named(user.user_name(), "UserName")?);
            }
        }
        Ok(holders)
    }
}
