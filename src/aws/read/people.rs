//! Reads users, groups and roles in a fixed number of calls, and the sign-in facts of users with full access.

use std::collections::BTreeMap;

use aws_sdk_iam::types::{
    AttachedPermissionsBoundary, AttachedPolicy, EntityType, GroupDetail, ManagedPolicyDetail, PolicyDetail, UserDetail,
};
use percent_encoding::percent_decode_str;

use super::{each, roles, text};
use crate::account::facts::{CustomerPolicy, FullAdmin, Group, LoginProfile, People, SignIn, User};
use crate::account::policy_document::{allows_everything, denies_everything};
use crate::account::{Failure, Fault, Reading, Subject, Tag};
use crate::aws::Aws;
use crate::aws::failures::of_read;
use crate::aws::owner::Owner;
use crate::aws::time::moment;

/// Lists all principals with their policies.
const DETAILS: &str = "iam:GetAccountAuthorizationDetails";
/// AWS's maximum page size.
const PAGE: i32 = 1000;

impl Aws {
    pub(in crate::aws) async fn people(&self) -> Result<People, Failure> {
        let mut people = self.users_and_groups().await?;
        let names: Vec<String> = people.perhaps_with_full_access().map(|user| user.name.clone()).collect();
        let sign_ins = each(names, async |name: String| {
            let (sign_in, used) = tokio::join!(self.sign_in(&name), self.password_used(&name));
            (name, sign_in, self.reading(used))
        })
        .await;
        for (name, sign_in, password_used) in sign_ins {
            if let Some(user) = people.users.iter_mut().find(|user| user.name == name) {
                user.sign_in = Some(sign_in);
                user.password_used = password_used;
            }
        }
        Ok(people)
    }

    async fn users_and_groups(&self) -> Result<People, Failure> {
        let call = self.reading.iam.get_account_authorization_details();
        let call = call.filter(EntityType::User).filter(EntityType::Group).filter(EntityType::LocalManagedPolicy);
        let call = call.filter(EntityType::Role);
        let call = call.into_paginator().page_size(PAGE);
        let mut pages = call.send();
        let mut people = People::default();
        // One page at a time: an answer about thousands of users is far larger than the kept part.
        while let Some(page) = pages.try_next().await.map_err(of_read(DETAILS))? {
            for detail in page.user_detail_list() {
                people.users.push(user(detail)?);
            }
            for detail in page.group_detail_list() {
                people.groups.push(group(detail)?);
            }
            for detail in page.policies() {
                people.policies.push(policy(detail)?);
            }
            people.assigned_roles.extend(page.role_detail_list().iter().filter_map(roles::assigned));
            for detail in page.role_detail_list() {
                people.roles.push(roles::policies(detail, DETAILS)?);
            }
        }
        Ok(people)
    }

    /// Reads both parts concurrently; each keeps its own failure.
    pub(in crate::aws) async fn sign_in(&self, user: &str) -> SignIn {
        let subject = Subject::User(user.to_owned());
        let (password, devices) = tokio::join!(self.login_profile(user), self.devices(&subject));
        SignIn { password: self.reading(password), devices: self.reading(devices) }
    }

    async fn login_profile(&self, user: &str) -> Result<Option<LoginProfile>, Failure> {
        const ACTION: &str = "iam:GetLoginProfile";
        let owner = Owner::user(user, ACTION)?;
        let call = self.reading.iam.get_login_profile().set_user_name(owner.into_user_name());
        let answer = match call.send().await.map_err(of_read(ACTION)) {
            Ok(answer) => answer,
            Err(failure) if failure.fault == Fault::Absent => return Ok(None),
            Err(failure) => return Err(failure),
        };
        let profile = answer.login_profile.filter(|profile| text(profile.user_name()).is_some());
        let profile = profile.ok_or_else(|| Failure::lacks(ACTION, "LoginProfile"))?;
        Ok(Some(LoginProfile {
            created: moment(profile.create_date()),
            reset_required: profile.password_reset_required,
        }))
    }
}

fn user(detail: &UserDetail) -> Result<User, Failure> {
    let inline = detail.user_policy_list().iter().map(|policy| {
        policy.policy_name().map(str::to_owned).ok_or_else(|| Failure::lacks(DETAILS, "UserPolicyList.PolicyName"))
    });
    Ok(User {
        name: detail.user_name().ok_or_else(|| Failure::lacks(DETAILS, "UserName"))?.to_owned(),
        arn: detail.arn().unwrap_or_default().to_owned(),
        created: detail.create_date().and_then(moment),
        groups: detail.group_list.clone().ok_or_else(|| Failure::lacks(DETAILS, "GroupList"))?,
        inline_policies: inline.collect::<Result<_, _>>()?,
        attached_policies: attached(&detail.attached_managed_policies)?,
        boundary: boundary(detail.permissions_boundary())?,
        sign_in: None,
        password_used: Reading::Unread,
        inline_documents: documents(detail.user_policy_list()),
        tags: detail.tags().iter().map(|tag| Tag { key: tag.key.clone(), value: tag.value.clone() }).collect(),
    })
}

fn group(detail: &GroupDetail) -> Result<Group, Failure> {
    Ok(Group {
        name: detail.group_name().ok_or_else(|| Failure::lacks(DETAILS, "GroupName"))?.to_owned(),
        attached_policies: attached(&detail.attached_managed_policies)?,
        inline_policies: detail.group_policy_list().iter().map(named).collect::<Result<_, _>>()?,
    })
}

/// The default version is URL-encoded JSON (RFC 3986).
fn policy(detail: &ManagedPolicyDetail) -> Result<CustomerPolicy, Failure> {
    let name = detail.policy_name().ok_or_else(|| Failure::lacks(DETAILS, "PolicyName"))?;
    let versions = detail.policy_version_list();
    let in_force = versions.iter().find(|version| version.is_default_version());
    let text = decoded(in_force.and_then(|version| version.document()));
    Ok(CustomerPolicy {
        allows_everything: text.as_deref().is_some_and(allows_everything),
        denies_everything: text.as_deref().is_some_and(denies_everything),
        name: name.to_owned(),
        arn: detail.arn().ok_or_else(|| Failure::lacks(DETAILS, "Policies.Arn"))?.to_owned(),
        attachments: detail.attachment_count().and_then(|count| u32::try_from(count).ok()),
        full_admin: text.as_deref().map_or(FullAdmin::UNSENT, FullAdmin::of),
    })
}

/// Texts of inline policies by name, percent-decoded. A policy without name or text is left out, and nothing is
/// offered that depends on it.
fn documents(policies: &[PolicyDetail]) -> BTreeMap<String, String> {
    let text = |policy: &PolicyDetail| Some((policy.policy_name()?.to_owned(), decoded(policy.policy_document())?));
    policies.iter().filter_map(text).collect()
}

/// Name and text of a policy. The text is empty if AWS did not send a readable one: the policy still exists.
fn named(policy: &PolicyDetail) -> Result<(String, String), Failure> {
    let name = policy.policy_name().ok_or_else(|| Failure::lacks(DETAILS, "GroupPolicyList.PolicyName"))?;
    Ok((name.to_owned(), decoded(policy.policy_document()).unwrap_or_default()))
}

/// Percent-decodes a policy document, if it is there and valid.
pub(super) fn decoded(document: Option<&str>) -> Option<String> {
    Some(percent_decode_str(document?).decode_utf8().ok()?.into_owned())
}

/// ARNs of attached policies. AWS sends this list even when empty, but omits empty lists of inline policies.
pub(super) fn attached(policies: &Option<Vec<AttachedPolicy>>) -> Result<Vec<String>, Failure> {
    let policies = policies.as_ref().ok_or_else(|| Failure::lacks(DETAILS, "AttachedManagedPolicies"))?;
    let arn = |policy: &AttachedPolicy| policy.policy_arn().map(str::to_owned);
    policies.iter().map(|policy| arn(policy).ok_or_else(|| Failure::lacks(DETAILS, "PolicyArn"))).collect()
}

/// A boundary without ARN is an error: it may forbid anything.
pub(super) fn boundary(found: Option<&AttachedPermissionsBoundary>) -> Result<Option<String>, Failure> {
    let arn = |boundary: &AttachedPermissionsBoundary| boundary.permissions_boundary_arn().map(str::to_owned);
    found.map(|found| arn(found).ok_or_else(|| Failure::lacks(DETAILS, "PermissionsBoundaryArn"))).transpose()
}
