//! Whether fresh facts show that a change took effect.

use super::super::PhoneStatus;
use super::super::facts::Facts;
use super::{Change, Subject, device_name, is_same_policy};

impl Change {
    /// Whether fresh facts show the change. `None`: the needed facts are unknown.
    #[must_use]
    pub fn shows_in(&self, facts: &Facts) -> Option<bool> {
        match self {
            Self::SetKeyStatus { owner, key, status } => {
                Some(facts.keys_of(owner)?.iter().any(|k| k.id == *key && k.status == *status))
            }
            Self::DeleteKey { owner, key } => Some(!facts.keys_of(owner)?.iter().any(|k| k.id == *key)),
            Self::SetCertificateStatus { owner: Subject::Root, certificate, status } => {
                let known = facts.root_certificates.known()?;
                Some(known.iter().any(|found| found.id == *certificate && found.status == *status))
            }
            Self::DeleteCertificate { owner: Subject::Root, certificate } => {
                Some(!facts.root_certificates.known()?.iter().any(|found| found.id == *certificate))
            }
            Self::SetCertificateStatus { owner: Subject::User(_), .. }
            | Self::DeleteCertificate { owner: Subject::User(_), .. } => None,
            Self::PutContact { of, contact } => Some(facts.contact(*of).known()?.as_ref() == Some(contact)),
            Self::CreateGroup { group } => Some(facts.people.known()?.group(group).is_some()),
            Self::AttachGroupPolicy { group, policy } => {
                Some(facts.people.known()?.group(group).is_some_and(|g| g.attached_policies.contains(policy)))
            }
            Self::CreateUser { user, tags } | Self::TagUser { user, tags } => {
                let user = facts.people.known()?.user(user);
                Some(user.is_some_and(|user| tags.iter().all(|tag| user.tags.contains(tag))))
            }
            Self::AddUserToGroup { user, group } => is_member(facts, user, group),
            Self::RemoveUserFromGroup { user, group } => is_member(facts, user, group).map(|is_in| !is_in),
            Self::CreateLoginProfile { user, .. } => Some(facts.sign_in(user)?.password.known()?.is_some()),
            // Only with the id from the answer can a read tell the new key from the others.
            Self::CreateKey { .. } => None,
            Self::CreateDevice { name, .. } => {
                Some(facts.virtual_devices.known()?.iter().any(|d| device_name(&d.serial) == name))
            }
            Self::EnableDevice { user, serial, .. } => {
                Some(facts.sign_in(user)?.devices.known()?.iter().any(|device| device.serial == *serial))
            }
            // A question leaves nothing to read back.
            Self::AskRootDevice { .. } => None,
            Self::EnableRootDevice { serial, .. } => {
                Some(facts.root_devices.known()?.iter().any(|device| device.serial == *serial))
            }
            Self::DeleteDevice { serial } => Some(!facts.virtual_devices.known()?.iter().any(|d| d.serial == *serial)),
            Self::PutPasswordPolicy(policy) => Some(facts.password_policy.known()?.as_ref() == Some(policy)),
            Self::DeletePasswordPolicy => Some(facts.password_policy.known()?.is_none()),
            Self::PutContactInformation(contact) => {
                Some(facts.contact_information.known()?.as_ref().is_some_and(|set| set.says_the_same_as(contact)))
            }
            Self::SendPhoneCode { again: true, .. } => None,
            Self::SendPhoneCode { phone, again: false } => Some(phone_has_status(facts, phone, &PhoneStatus::Pending)?),
            Self::VerifyPhone { phone, .. } => Some(phone_has_status(facts, phone, &PhoneStatus::Verified)?),
            Self::DeleteContact { of } => Some(facts.contact(*of).known()?.is_none()),
            Self::CreateAlias { alias } => Some(facts.alias.known()?.as_ref() == Some(alias)),
            Self::DeleteAlias { alias } => Some(facts.alias.known()?.as_ref() != Some(alias)),
            // AWS tells whether a password exists, not which one.
            Self::SetPassword { .. } => None,
            Self::DeleteLoginProfile { user } => Some(facts.sign_in(user)?.password.known()?.is_none()),
            Self::SetServiceCredentialStatus { credential, status, .. } => {
                let known = facts.service_credentials.known()?;
                Some(known.iter().any(|found| found.id == *credential && found.status == *status))
            }
            Self::DeleteServiceCredential { credential, .. } => {
                Some(!facts.service_credentials.known()?.iter().any(|found| found.id == *credential))
            }
            Self::PutGroupPolicy { group, name, document } => {
                let group = facts.people.known()?.group(group);
                Some(
                    group.is_some_and(|group| {
                        group.inline_policies.get(name).is_some_and(|d| is_same_policy(d, document))
                    }),
                )
            }
            Self::DetachUserPolicy { user, policy } => {
                Some(!facts.people.known()?.user(user).is_some_and(|user| user.attached_policies.contains(policy)))
            }
            Self::DeleteUserPolicy { user, name } => {
                Some(!facts.people.known()?.user(user).is_some_and(|user| user.inline_policies.contains(name)))
            }
            Self::TurnOn { call, region } => call.shows_in(region, facts),
            Self::Alarm { part, .. } => part.shows_in(facts),
            Self::CorrectTrail { trail, fix, .. } => fix.shows_in(trail, facts),
            // No read tells passwords apart, but a read shows that AWS no longer requires a new one.
            Self::ChangePassword { was_asked: false, .. } => None,
            Self::ChangePassword { user, was_asked: true, .. } => {
                Some(facts.sign_in(user)?.password.known()?.as_ref().is_some_and(|profile| !profile.reset_required))
            }
            // No read shows a device's clock. AWS accepting the codes is the proof.
            Self::ResyncDevice { .. } => None,
        }
    }
}

/// Whether AWS shows `user` among the members of `group`.
fn is_member(facts: &Facts, user: &str, group: &str) -> Option<bool> {
    let user = facts.people.known()?.user(user);
    Some(user.is_some_and(|user| user.groups.iter().any(|name| name.eq_ignore_ascii_case(group))))
}

/// Whether AWS reports `status` for exactly this number.
fn phone_has_status(facts: &Facts, phone: &str, status: &PhoneStatus) -> Option<bool> {
    let contact = facts.contact_information.known()?.as_ref();
    Some(contact.is_some_and(|contact| contact.phone == phone && contact.phone_status == *status))
}
