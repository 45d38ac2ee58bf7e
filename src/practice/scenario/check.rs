//! Validates a scenario as a whole: references, duplicates, AWS's quotas.

use std::collections::{BTreeMap, BTreeSet};
use std::ops::Range;

use toml::Spanned;

use super::certificates::{ServerCertificateTable, ServiceCredentialTable};
use super::schema::{KeyTable, MfaKind, Scenario, SignedInAs, TrustedService, UserTable};
use crate::account::contact;
use crate::practice::fault;
use crate::practice::managed_policies::{self, POLICIES};
use crate::practice::policy;
use crate::practice::policy::Document;
use crate::practice::rules;

/// The place of a problem, and its message.
pub(super) type Wrong = (Range<usize>, String);

/// AWS's quotas. Source: IAM User Guide, "IAM and AWS STS quotas".
const KEYS: usize = 2;
const DEVICES: usize = 8;
const GROUPS_PER_USER: usize = 10;
const ATTACHED_POLICIES: usize = 10;

/// The name of root's first virtual device.
pub(super) const ROOT_DEVICE: &str = "root-account-mfa-device";

impl Scenario {
    /// Checks that references exist and AWS's quotas hold.
    pub(super) fn check(&self) -> Result<(), Wrong> {
        self.check_sign_in()?;
        self.denied.iter().try_for_each(check_pattern)?;
        check_names("UserName", self.users.iter().map(|user| &user.name), &rules::NEW_USER_NAME)?;
        check_names("GroupName", self.groups.iter().map(|group| &group.name), &rules::GROUP_NAME)?;
        check_names("RoleName", self.roles.iter().map(|role| &role.name), &rules::ROLE_NAME)?;
        for role in &self.roles {
            role.policies.iter().try_for_each(check_policy)?;
            at_most(ATTACHED_POLICIES, "managed policies on a role", &role.policies)?;
            check_inline(&role.inline_policies)?;
        }
        self.server_certificates.iter().try_for_each(ServerCertificateTable::check)?;
        for group in &self.groups {
            check_inline(&group.inline_policies)?;
            group.policies.iter().try_for_each(check_policy)?;
            at_most(ATTACHED_POLICIES, "managed policies on a group", &group.policies)?;
        }
        check_names(
            "PermissionSetName",
            self.permission_sets.iter().map(|set| &set.name),
            &rules::PERMISSION_SET_NAME,
        )?;
        for set in &self.permission_sets {
            set.policies.iter().try_for_each(check_policy)?;
            at_most(ATTACHED_POLICIES, "managed policies on a permission set", &set.policies)?;
        }
        check_credentials(&self.root.keys, &self.root.mfa)?;
        self.users.iter().try_for_each(|user| self.check_user(user))?;
        self.check_devices()?;
        self.check_organization()?;
        self.check_contact_information()?;
        self.check_watchers()?;
        self.policies.values().try_for_each(|document| {
            let problem = |problem| Err((document.span(), format!("no policy document: {problem}")));
            Document::parse(document.get_ref()).map(|_| ()).or_else(problem)
        })?;
        self.check_lifetimes()
    }

    fn check_sign_in(&self) -> Result<(), Wrong> {
        let at = self.signed_in_as.span();
        match self.signed_in_as.get_ref() {
            SignedInAs::User(name) => match self.users.iter().find(|user| user.is(name)) {
                None => Err((at, format!("there is no user {name}; expected one of this file's users"))),
                Some(user) if !user.can_sign_in() => {
                    Err((at, format!("{name} has nothing to sign in with; expected an active key or a password")))
                }
                Some(_) => Ok(()),
            },
            SignedInAs::RootKey if !self.root.keys.iter().any(|key| key.get_ref().active) => {
                Err((at, "root has no active key; expected one under [[root.keys]]".into()))
            }
            SignedInAs::RootLogin if !self.root.password => {
                Err((at, "root has no password to log in with; expected password = true under [root]".into()))
            }
            SignedInAs::RootLogin | SignedInAs::RootKey => Ok(()),
        }
    }

    /// Members are other accounts, and only accounts that manage them know them. A delegated administrator is a
    /// member of an organization that trusts the service.
    fn check_organization(&self) -> Result<(), Wrong> {
        let Some(organization) = &self.organization else { return Ok(()) };
        for service in &organization.delegated_administrator {
            let wrong = |what: &str| Err((service.span(), what.to_owned()));
            if organization.management {
                return wrong("a management account delegates to others; expected management = false");
            }
            if !organization.trusted_access.contains(service.get_ref()) {
                return wrong("its organization does not trust that service; expected it in trusted_access");
            }
        }
        for (id, email) in &organization.members {
            let text = id.get_ref();
            let wrong = |what: &str| Err((id.span(), what.to_owned()));
            if text.len() != 12 || !text.bytes().all(|b| b.is_ascii_digit()) {
                return wrong(&format!("{text:?} is no account id; expected twelve digits"));
            }
            if *text == self.account.0 {
                return wrong("that is this account itself; expected another one of its organization");
            }
            let delegated =
                organization.delegated_administrator.iter().any(|of| *of.get_ref() == TrustedService::Account);
            if !organization.management && !delegated {
                return wrong(
                    "only a management account knows its members; expected management = true, or \"account\" in delegated_administrator",
                );
            }
            if let Some(problem) = contact::email_problem(email.get_ref()) {
                return Err((email.span(), format!("{:?} can't be an e-mail address: {problem}", email.get_ref())));
            }
        }
        Ok(())
    }

    fn check_user(&self, user: &UserTable) -> Result<(), Wrong> {
        for name in &user.groups {
            if !self.groups.iter().any(|group| group.name.get_ref().eq_ignore_ascii_case(name.get_ref())) {
                let name_of = name.get_ref();
                return Err((name.span(), format!("there is no group {name_of}; expected one of this file's groups")));
            }
        }
        no_duplicates(&user.groups)?;
        at_most(GROUPS_PER_USER, "groups for a user", &user.groups)?;
        check_inline(&user.inline_policies)?;
        user.service_credentials.iter().try_for_each(ServiceCredentialTable::check)?;
        let size: usize = user.inline_policies.values().map(|document| policy::size(document.get_ref())).sum();
        if let Some((name, _)) = user.inline_policies.iter().next().filter(|_| size > policy::USER_QUOTA) {
            let quota = policy::USER_QUOTA;
            return Err((
                name.span(),
                format!("inline policies of {size} characters; expected {quota} at most, which is AWS's quota"),
            ));
        }
        user.policies.iter().chain(&user.boundary).try_for_each(check_policy)?;
        no_duplicates(&user.policies)?;
        at_most(ATTACHED_POLICIES, "managed policies on a user", &user.policies)?;
        check_credentials(&user.keys, &user.mfa)
    }

    /// An owner's first virtual device has the owner's name, so unassigned ones need other names.
    fn check_devices(&self) -> Result<(), Wrong> {
        check_names("VirtualMFADeviceName", self.devices.iter().map(|device| &device.name), &rules::DEVICE_NAME)?;
        let has_virtual = |mfa: &[Spanned<MfaKind>]| mfa.iter().any(|kind| *kind.get_ref() == MfaKind::Virtual);
        let root = has_virtual(&self.root.mfa).then_some(ROOT_DEVICE);
        let users = self.users.iter().filter(|user| has_virtual(&user.mfa)).map(|user| user.name.get_ref().as_str());
        let taken: Vec<&str> = users.chain(root).collect();
        match self
            .devices
            .iter()
            .find(|device| taken.iter().any(|name| name.eq_ignore_ascii_case(device.name.get_ref())))
        {
            Some(device) => {
                let name = device.name.get_ref();
                Err((device.name.span(), format!("{name} is the name of a device in use; expected another")))
            }
            None => Ok(()),
        }
    }
}

impl UserTable {
    fn is(&self, name: &str) -> bool {
        self.name.get_ref().eq_ignore_ascii_case(name)
    }

    fn can_sign_in(&self) -> bool {
        self.password.is_there() || self.keys.iter().any(|key| key.get_ref().active)
    }
}

fn check_credentials(keys: &[Spanned<KeyTable>], mfa: &[Spanned<MfaKind>]) -> Result<(), Wrong> {
    at_most(KEYS, "access keys", keys)?;
    at_most(DEVICES, "MFA devices", mfa)
}

/// Refuses more than `most` items; the error is at the first surplus item.
fn at_most<T>(most: usize, what: &str, items: &[Spanned<T>]) -> Result<(), Wrong> {
    let too_many = || format!("there are {} {what}; expected {most} at most, which is AWS's quota", items.len());
    items.get(most).map_or(Ok(()), |item| Err((item.span(), too_many())))
}

/// Names must follow IAM's rule and be unique.
fn check_names<'a>(
    member: &str,
    names: impl Iterator<Item = &'a Spanned<String>> + Clone,
    rule: &rules::Rule,
) -> Result<(), Wrong> {
    for name in names.clone() {
        rule.check(member, name.get_ref()).map_err(|refusal| (name.span(), refusal.message))?;
    }
    no_duplicates(names)
}

fn no_duplicates<'a>(names: impl IntoIterator<Item = &'a Spanned<String>>) -> Result<(), Wrong> {
    let mut seen = BTreeSet::new();
    match names.into_iter().find(|name| !seen.insert(name.get_ref().to_ascii_lowercase())) {
        Some(name) => {
            let expected =
                format!("there is another {}; expected names that differ in more than their case", name.get_ref());
            Err((name.span(), expected))
        }
        None => Ok(()),
    }
}

fn check_inline(policies: &BTreeMap<Spanned<String>, Spanned<String>>) -> Result<(), Wrong> {
    for (name, document) in policies {
        rules::POLICY_NAME.check("PolicyName", name.get_ref()).map_err(|said| (name.span(), said.message))?;
        Document::parse(document.get_ref()).map_err(|said| (document.span(), said))?;
    }
    Ok(())
}

fn check_policy(name: &Spanned<String>) -> Result<(), Wrong> {
    if managed_policies::named(name.get_ref()).is_some() {
        return Ok(());
    }
    let known: Vec<&str> = POLICIES.iter().map(managed_policies::ManagedPolicy::name).collect();
    Err((name.span(), format!("there is no policy {}; expected one of {}", name.get_ref(), known.join(", "))))
}

/// Checks an IAM action pattern.
fn check_pattern(pattern: &Spanned<String>) -> Result<(), Wrong> {
    fault::check_pattern(pattern.get_ref()).map_err(|said| (pattern.span(), said))
}
