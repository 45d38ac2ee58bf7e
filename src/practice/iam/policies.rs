//! Managed policies of AWS and of the account, each with a single version. Source: IAM API, `ListPolicies`,
//! `GetPolicy`.

use super::super::iam_request::{Answer, IamRequest};
use super::super::identifiers;
use super::super::managed_policies::{ManagedPolicy, POLICIES, with_arn};
use super::super::page::Page;
use super::super::refusal::Refusal;
use super::super::rules;
use super::super::state::State;
use super::super::xml::Xml;
use super::{attachments, inline_policies};
use crate::account::Timestamp;

/// Creation date of AWS's first managed policies, used for all of them: the real dates are unknown here.
const FIRST: Timestamp = time::macros::datetime!(2015-02-06 18:39:46 UTC);

/// An attachable policy of AWS or of the account.
pub struct Policy {
    name: String,
    path: &'static str,
    pub arn: String,
    id: String,
    version: String,
    created: Timestamp,
    updated: Timestamp,
    pub document: String,
    pub is_own: bool,
}

impl Policy {
    fn of_aws(policy: &ManagedPolicy) -> Self {
        Self {
            name: policy.name().to_owned(),
            path: policy.path(),
            arn: policy.arn(),
            id: policy.id(),
            version: format!("v{}", policy.version),
            created: FIRST.min(policy.updated),
            updated: policy.updated,
            document: policy.document(),
            is_own: false,
        }
    }

    fn own(state: &State, name: &str, document: &str) -> Self {
        let arn = state.arn(&format!("policy/{name}"));
        Self {
            name: name.to_owned(),
            path: "/",
            id: identifiers::of_text("ANPA", &arn),
            arn,
            version: "v1".into(),
            created: state.created,
            updated: state.created,
            document: document.to_owned(),
            is_own: true,
        }
    }

    /// How often it is attached, and how often it is a permissions boundary.
    pub fn uses(&self, state: &State) -> (usize, usize) {
        let users = state.users.values().map(|user| &user.attached_policies);
        let groups = state.groups.values().map(|group| &group.attached_policies);
        let roles = state.roles.values().map(|role| &role.attached_policies);
        let attached = users.chain(groups).chain(roles).flatten().filter(|arn| **arn == self.arn).count();
        let bounds = state.users.values().filter(|user| user.boundary.as_ref() == Some(&self.arn)).count();
        (attached, bounds)
    }

    /// Its XML in lists.
    pub fn shape(&self, state: &State) -> Xml {
        let (attached, bounds) = self.uses(state);
        Xml::new()
            .text("PolicyName", &self.name)
            .text("PolicyId", &self.id)
            .text("Arn", &self.arn)
            .text("Path", self.path)
            .text("DefaultVersionId", &self.version)
            .number("AttachmentCount", attached)
            .number("PermissionsBoundaryUsageCount", bounds)
            .flag("IsAttachable", true)
            .moment("CreateDate", self.created)
            .moment("UpdateDate", self.updated)
    }

    /// Its version; lists of versions omit the document.
    pub fn version(&self, with_document: bool) -> Xml {
        let document = with_document.then(|| inline_policies::percent(&self.document));
        Xml::new()
            .maybe("Document", document.as_deref())
            .text("VersionId", &self.version)
            .flag("IsDefaultVersion", true)
            .moment("CreateDate", self.updated)
    }
}

/// AWS's policies, then the account's own.
pub fn all(state: &State) -> Vec<Policy> {
    let own = state.customer_policies.iter().map(|(name, document)| Policy::own(state, name, document));
    POLICIES.iter().map(Policy::of_aws).chain(own).collect()
}

pub fn list(request: &mut IamRequest) -> Answer {
    let form = request.form;
    let scope = form.one_of("Scope", &["All", "AWS", "Local"])?.unwrap_or("All");
    let only_attached = form.flag("OnlyAttached")?.unwrap_or(false);
    let usage = form.one_of("PolicyUsageFilter", &["PermissionsPolicy", "PermissionsBoundary"])?;
    let prefix = form.optional("PathPrefix", &rules::PATH_PREFIX)?.unwrap_or("/");
    let is_wanted = |policy: &Policy| {
        let (attached, bounds) = policy.uses(request.state);
        let is_used = match usage {
            Some("PermissionsPolicy") => attached > 0,
            Some(_) => bounds > 0,
            None => !only_attached || attached + bounds > 0,
        };
        (scope == "All" || policy.is_own == (scope == "Local")) && policy.path.starts_with(prefix) && is_used
    };
    let mut found: Vec<Policy> = all(request.state).into_iter().filter(is_wanted).collect();
    found.sort_by(|a, b| a.arn.cmp(&b.arn));
    let page = Page::of(form, found.into_iter().map(|policy| (policy.arn.clone(), policy)))?;
    let shapes = page.items.iter().map(|policy| policy.shape(request.state));
    Ok(Some(page.end(Xml::new().list("Policies", shapes))))
}

pub fn read(request: &mut IamRequest) -> Answer {
    Ok(Some(Xml::new().nested("Policy", named(request)?.shape(request.state))))
}

pub fn read_version(request: &mut IamRequest) -> Answer {
    let policy = named(request)?;
    let wanted = request.form.required("VersionId", &rules::POLICY_VERSION)?;
    if wanted != policy.version {
        let said = format!("Policy {} version {wanted} does not exist or is not attachable.", policy.arn);
        return Err(Refusal::no_such_entity(said));
    }
    Ok(Some(Xml::new().nested("PolicyVersion", policy.version(true))))
}

pub fn list_versions(request: &mut IamRequest) -> Answer {
    let version = named(request)?.version(false);
    let page = Page::of(request.form, [(String::new(), version)])?;
    Ok(Some(page.end(Xml::new().list("Versions", page.items.iter().cloned()))))
}

fn named(request: &IamRequest) -> Result<Policy, Refusal> {
    let arn = attachments::policy_arn(request)?;
    if let Some(policy) = with_arn(arn) {
        return Ok(Policy::of_aws(policy));
    }
    let absent = || Refusal::no_such_entity(format!("Policy {arn} was not found."));
    all(request.state).into_iter().find(|policy| policy.is_own && policy.arn == arn).ok_or_else(absent)
}
