//! Managed policies attached to groups and users.

use super::super::iam_request::{Answer, IamRequest};
use super::super::managed_policies;
use super::super::page::Page;
use super::super::refusal::Refusal;
use super::super::rules;
use super::super::xml::Xml;

const PER_PRINCIPAL: usize = 10;

pub fn attach_to_group(request: &mut IamRequest) -> Answer {
    let (name, arn) = (request.group_name()?, policy_arn(request)?);
    request.state.group(name)?;
    exists(arn)?;
    attach(&mut request.state.group_mut(name)?.attached_policies, arn, "PoliciesPerGroup")
}

pub fn attach_to_user(request: &mut IamRequest) -> Answer {
    let (name, arn) = (request.user_name()?, policy_arn(request)?);
    request.state.user(name)?;
    exists(arn)?;
    attach(&mut request.state.user_mut(name)?.attached_policies, arn, "PoliciesPerUser")
}

pub fn detach_from_group(request: &mut IamRequest) -> Answer {
    let (name, arn) = (request.group_name()?, policy_arn(request)?);
    detach(&mut request.state.group_mut(name)?.attached_policies, arn)
}

pub fn detach_from_user(request: &mut IamRequest) -> Answer {
    let (name, arn) = (request.user_name()?, policy_arn(request)?);
    detach(&mut request.state.user_mut(name)?.attached_policies, arn)
}

pub fn list_of_group(request: &mut IamRequest) -> Answer {
    list(request, &request.state.seen_group(request.group_name()?, request.now)?.attached_policies)
}

pub fn list_of_user(request: &mut IamRequest) -> Answer {
    list(request, &request.state.seen_user(request.user_name()?, request.now)?.attached_policies)
}

/// Attaching an attached policy is not an error.
pub fn attach(attached: &mut Vec<String>, arn: &str, quota: &str) -> Answer {
    if attached.iter().any(|known| known == arn) {
        return Ok(None);
    }
    if attached.len() >= PER_PRINCIPAL {
        return Err(Refusal::limit(quota, PER_PRINCIPAL));
    }
    attached.push(arn.to_owned());
    attached.sort();
    Ok(None)
}

/// Detaching a policy that is not attached is an error.
pub fn detach(attached: &mut Vec<String>, arn: &str) -> Answer {
    let index = attached.iter().position(|known| known == arn);
    attached.remove(index.ok_or_else(|| Refusal::no_such_entity(format!("Policy {arn} was not found.")))?);
    Ok(None)
}

pub fn list(request: &IamRequest, arns: &[String]) -> Answer {
    let page = Page::of(request.form, arns.iter().map(|arn| (arn.clone(), arn.as_str())))?;
    Ok(Some(page.end(shapes("AttachedPolicies", page.items.iter().copied()))))
}

/// IAM's XML for attached policies.
pub fn shapes<'a>(list: &str, arns: impl Iterator<Item = &'a str>) -> Xml {
    let shape = |arn: &str| {
        let name = arn.rsplit('/').next().unwrap_or(arn);
        Xml::new().text("PolicyName", name).text("PolicyArn", arn)
    };
    Xml::new().list(list, arns.map(shape))
}

/// The required `PolicyArn`.
pub fn policy_arn<'a>(request: &IamRequest<'a>) -> Result<&'a str, Refusal> {
    request.form.required("PolicyArn", &rules::POLICY_ARN)
}

/// Checks that the policy exists and can be attached.
pub fn exists(arn: &str) -> Result<(), Refusal> {
    if !arn.starts_with("arn:") {
        return Err(Refusal::new("InvalidInput", 400, format!("ARN {arn} is not valid.")));
    }
    let absent = || Refusal::no_such_entity(format!("Policy {arn} does not exist or is not attachable."));
    managed_policies::with_arn(arn).map(|_| ()).ok_or_else(absent)
}
