//! Sends changes. Each is one call that sends exactly what [`Change::parameters`] shows.

mod alarm;
mod contact_information;
mod trail;
mod turn_on;

use std::error::Error;

use aws_sdk_iam::types::StatusType;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::result::SdkError;
use aws_smithy_types::error::metadata::ProvideErrorMetadata;
use zeroize::Zeroize;

use super::Aws;
use super::failures::{done_but_lacks, of_change};
use super::owner::Owner;
use super::read::contact_type;
use crate::account::change::{ROOT_NAME, WRONG_CODES};
use crate::account::facts::KeyStatus;
use crate::account::{
    AlternateContact, Change, ContactType, Failure, Fault, NewDevice, Outcome, PasswordPolicy, RootMfaApi, Subject, Tag,
};
use crate::secret::Secret;

impl Aws {
    pub(super) async fn send(&self, change: &Change) -> Result<Outcome, Failure> {
        let (iam, action) = (&self.changing.iam, change.action());
        match change {
            Change::SetKeyStatus { owner, key, status } => self.set_key_status(owner, key, status, action).await,
            Change::DeleteKey { owner, key } => self.delete_key(owner, key, action).await,
            Change::SetCertificateStatus { owner, certificate, status } => {
                let owner = self.owner(owner, action).await?;
                let call = iam.update_signing_certificate().set_user_name(owner.into_user_name());
                done(call.certificate_id(certificate).status(StatusType::from(status.wire())).send(), action).await
            }
            Change::DeleteCertificate { owner, certificate } => {
                let owner = self.owner(owner, action).await?;
                let call = iam.delete_signing_certificate().set_user_name(owner.into_user_name());
                done(call.certificate_id(certificate).send(), action).await
            }
            Change::PutContact { of, contact } => self.put_contact(*of, contact, action).await,
            Change::CreateGroup { group } => done(iam.create_group().group_name(group).send(), action).await,
            Change::AttachGroupPolicy { group, policy } => {
                done(iam.attach_group_policy().group_name(group).policy_arn(policy).send(), action).await
            }
            Change::CreateUser { user, tags } => self.create_user(user, tags, action).await,
            Change::AddUserToGroup { user, group } => {
                done(iam.add_user_to_group().group_name(group).user_name(user).send(), action).await
            }
            Change::RemoveUserFromGroup { user, group } => {
                done(iam.remove_user_from_group().group_name(group).user_name(user).send(), action).await
            }
            Change::CreateLoginProfile { user, password, reset_required } => {
                let owner = Owner::user(user, action)?;
                let call = iam.create_login_profile().set_user_name(owner.into_user_name());
                done(call.password(password.expose()).password_reset_required(*reset_required).send(), action).await
            }
            Change::CreateKey { user } => self.create_key(Owner::user(user, action)?, action).await,
            Change::CreateDevice { name, .. } => self.create_device(name, action).await,
            Change::EnableDevice { user, serial, codes } => {
                self.enable_device(user, serial, (&codes.0, &codes.1), action).await
            }
            Change::AskRootDevice { serial } => {
                self.owner(&Subject::Root, action).await?;
                root_mfa_api(self.enable_device(ROOT_NAME, serial, WRONG_CODES, action).await, action)
            }
            Change::EnableRootDevice { serial, codes } => {
                self.owner(&Subject::Root, action).await?;
                self.enable_device(ROOT_NAME, serial, (&codes.0, &codes.1), action).await
            }
            Change::DeleteDevice { serial } => {
                done(iam.delete_virtual_mfa_device().serial_number(serial).send(), action).await
            }
            Change::PutPasswordPolicy(policy) => self.put_password_policy(policy, action).await,
            Change::DeletePasswordPolicy => done(iam.delete_account_password_policy().send(), action).await,
            Change::PutContactInformation(contact) => self.put_contact_information(contact, action).await,
            Change::SendPhoneCode { .. } => {
                done(self.changing.account.send_phone_number_verification().send(), action).await
            }
            Change::VerifyPhone { code, .. } => {
                done(self.changing.account.verify_phone_number().otp(code).send(), action).await
            }
            Change::DeleteContact { of } => {
                let call = self.changing.account.delete_alternate_contact();
                done(call.alternate_contact_type(contact_type(*of)).send(), action).await
            }
            Change::CreateAlias { alias } => done(iam.create_account_alias().account_alias(alias).send(), action).await,
            Change::DeleteAlias { alias } => done(iam.delete_account_alias().account_alias(alias).send(), action).await,
            Change::SetPassword { user, password, reset_required } => {
                let call = iam.update_login_profile().user_name(user).password(password.expose());
                done(call.password_reset_required(*reset_required).send(), action).await
            }
            Change::DeleteLoginProfile { user } => {
                let owner = Owner::user(user, action)?;
                done(iam.delete_login_profile().set_user_name(owner.into_user_name()).send(), action).await
            }
            Change::SetServiceCredentialStatus { user, credential, status } => {
                let owner = Owner::user(user, action)?;
                let call = iam.update_service_specific_credential().set_user_name(owner.into_user_name());
                let call = call.service_specific_credential_id(credential).status(StatusType::from(status.wire()));
                done(call.send(), action).await
            }
            Change::DeleteServiceCredential { user, credential } => {
                let owner = Owner::user(user, action)?;
                let call = iam.delete_service_specific_credential().set_user_name(owner.into_user_name());
                done(call.service_specific_credential_id(credential).send(), action).await
            }
            Change::ChangePassword { user, old, new, .. } => {
                self.is_oneself(user, action).await?;
                let call = iam.change_password().old_password(old.expose()).new_password(new.expose());
                done(call.send(), action).await
            }
            Change::PutGroupPolicy { group, name, document } => {
                let call = iam.put_group_policy().group_name(group).policy_name(name);
                done(call.policy_document(document).send(), action).await
            }
            Change::DetachUserPolicy { user, policy } => {
                done(iam.detach_user_policy().user_name(user).policy_arn(policy).send(), action).await
            }
            Change::DeleteUserPolicy { user, name } => {
                done(iam.delete_user_policy().user_name(user).policy_name(name).send(), action).await
            }
            Change::TagUser { user, tags } => {
                let call = iam.tag_user().user_name(user).set_tags(Some(tags_of(tags, action)?));
                done(call.send(), action).await
            }
            Change::TurnOn { call, region } => self.turn_on(call, region, action).await,
            Change::Alarm { part, region } => self.put_alarm(part, region, action).await,
            Change::CorrectTrail { region, .. } => self.correct_trail(change, region, action).await,
            Change::ResyncDevice { user, serial, codes } => {
                let call = iam.resync_mfa_device().user_name(user).serial_number(serial);
                done(call.authentication_code1(&codes.0).authentication_code2(&codes.1).send(), action).await
            }
        }
    }

    async fn create_user(&self, user: &str, tags: &[Tag], action: &'static str) -> Result<Outcome, Failure> {
        // Without tags the parameter is omitted: an empty list would be sent as a parameter.
        let tags = if tags.is_empty() { None } else { Some(tags_of(tags, action)?) };
        done(self.changing.iam.create_user().user_name(user).set_tags(tags).send(), action).await
    }

    async fn enable_device(
        &self,
        user: &str,
        serial: &str,
        codes: (&str, &str),
        action: &'static str,
    ) -> Result<Outcome, Failure> {
        let call = self.changing.iam.enable_mfa_device().user_name(user).serial_number(serial);
        done(call.authentication_code1(codes.0).authentication_code2(codes.1).send(), action).await
    }

    async fn set_key_status(
        &self,
        owner: &Subject,
        key: &str,
        status: &KeyStatus,
        action: &'static str,
    ) -> Result<Outcome, Failure> {
        let owner = self.owner(owner, action).await?;
        let call = self.changing.iam.update_access_key().set_user_name(owner.into_user_name());
        done(call.access_key_id(key).status(StatusType::from(status.wire())).send(), action).await
    }

    async fn delete_key(&self, owner: &Subject, key: &str, action: &'static str) -> Result<Outcome, Failure> {
        let owner = self.owner(owner, action).await?;
        let call = self.changing.iam.delete_access_key().set_user_name(owner.into_user_name());
        done(call.access_key_id(key).send(), action).await
    }

    async fn put_contact(
        &self,
        of: ContactType,
        contact: &AlternateContact,
        action: &'static str,
    ) -> Result<Outcome, Failure> {
        let call = self.changing.account.put_alternate_contact().alternate_contact_type(contact_type(of));
        let call = call.name(&contact.name).title(&contact.title);
        let call = call.email_address(&contact.email).phone_number(&contact.phone);
        done(call.send(), action).await
    }

    async fn create_key(&self, owner: Owner, action: &'static str) -> Result<Outcome, Failure> {
        let call = self.changing.iam.create_access_key().set_user_name(owner.into_user_name());
        let answer = call.send().await.map_err(of_change(action))?;
        let key = answer.access_key.ok_or_else(|| done_but_lacks(action, "AccessKey"))?;
        let secret = Secret::new(key.secret_access_key);
        if key.access_key_id.is_empty() {
            return Err(done_but_lacks(action, "AccessKeyId"));
        }
        if secret.is_empty() {
            return Err(done_but_lacks(action, "SecretAccessKey"));
        }
        Ok(Outcome::Key { id: key.access_key_id, secret })
    }

    async fn create_device(&self, name: &str, action: &'static str) -> Result<Outcome, Failure> {
        let call = self.changing.iam.create_virtual_mfa_device().virtual_mfa_device_name(name);
        let answer = call.send().await.map_err(of_change(action))?;
        let device = answer.virtual_mfa_device.ok_or_else(|| done_but_lacks(action, "VirtualMFADevice"))?;
        // The QR code contains the seed too.
        if let Some(picture) = device.qr_code_png {
            picture.into_inner().zeroize();
        }
        // The SDK has already decoded the base64 of the response. These bytes are the base32 text.
        let seed = device.base32_string_seed.and_then(|seed| secret(seed.into_inner()));
        let seed = seed.filter(|seed| !seed.is_empty()).ok_or_else(|| done_but_lacks(action, "Base32StringSeed"))?;
        if device.serial_number.is_empty() {
            return Err(done_but_lacks(action, "SerialNumber"));
        }
        Ok(Outcome::Device(NewDevice { serial: device.serial_number, seed }))
    }

    async fn put_password_policy(&self, policy: &PasswordPolicy, action: &'static str) -> Result<Outcome, Failure> {
        // AWS's limits are far below `i32::MAX`. AWS refuses a larger number.
        let number = |number: u32| i32::try_from(number).unwrap_or(i32::MAX);
        let call = self
            .changing
            .iam
            .update_account_password_policy()
            .minimum_password_length(number(policy.minimum_length))
            .require_symbols(policy.require_symbols)
            .require_numbers(policy.require_numbers)
            .require_uppercase_characters(policy.require_uppercase)
            .require_lowercase_characters(policy.require_lowercase)
            .allow_users_to_change_password(policy.allow_change)
            .set_max_password_age(policy.max_age.map(number))
            .set_password_reuse_prevention(policy.reuse_prevention.map(number))
            .hard_expiry(policy.hard_expiry);
        done(call.send(), action).await
    }
}

/// Interprets AWS's answer to two wrong codes. Only an answer about the call itself counts. Session, load and network
/// failures prove nothing and stay failures.
fn root_mfa_api(answer: Result<Outcome, Failure>, action: &str) -> Result<Outcome, Failure> {
    match answer {
        Ok(_) => Err(Failure {
            may_have_happened: true,
            ..Failure::new(Fault::Unreadable, action, "AWS took two codes that can't be right")
        }),
        Err(failure) if failure.fault == Fault::InvalidCodes => Ok(Outcome::RootMfaApi(RootMfaApi::Open)),
        Err(failure) if failure.fault.is_about_the_call() => Ok(Outcome::RootMfaApi(RootMfaApi::Closed(failure))),
        Err(failure) => Err(failure),
    }
}

/// Awaits a call that returns no data.
async fn done<T, E>(
    call: impl Future<Output = Result<T, SdkError<E, HttpResponse>>>,
    action: &'static str,
) -> Result<Outcome, Failure>
where
    E: ProvideErrorMetadata + Error + 'static,
{
    call.await.map(|_| Outcome::Done).map_err(of_change(action))
}

/// Converts secret bytes into text. Invalid UTF-8 is wiped.
fn secret(bytes: Vec<u8>) -> Option<Secret> {
    match String::from_utf8(bytes) {
        Ok(text) => Some(Secret::new(text)),
        Err(error) => {
            error.into_bytes().zeroize();
            None
        }
    }
}

fn tags_of(tags: &[Tag], action: &'static str) -> Result<Vec<aws_sdk_iam::types::Tag>, Failure> {
    let built = tags.iter().map(|tag| aws_sdk_iam::types::Tag::builder().key(&tag.key).value(&tag.value).build());
    built.map(|tag| tag.map_err(|error| Failure::new(Fault::Invalid, action, error.to_string()))).collect()
}
