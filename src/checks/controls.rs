//! All controls, one in each file. To add one, write a file with its `CONTROL` and a line in [`CONTROLS`].

mod abandoned_devices;
mod access_analyzer_on;
mod account_alias;
mod administrator;
mod administrator_access_on_groups;
mod administrator_hardware_mfa;
mod administrator_mfa;
mod billing_contact;
mod cloudshell_full_access;
mod cloudtrail_on;
pub(super) mod console_users_mfa;
mod contacts_differ;
mod federated_sign_in;
mod full_admin_policies;
mod guardduty_on;
mod in_organization;
mod inline_full_admin;
pub(super) mod key_age;
mod long_term_service_credentials;
mod operations_contact;
mod password_policy;
mod permissions_through_groups;
mod primary_contact;
mod root_access_keys;
pub(super) mod root_activity;
mod root_credentials_removed;
mod root_devices;
mod root_email;
mod root_hardware_mfa;
mod root_mfa;
mod root_password;
mod root_sessions;
mod root_signing_certificates;
mod root_unused;
mod root_use_alarm;
mod security_contact;
mod security_hub_on;
mod server_certificates_expired;
pub(super) mod set_up_key_never_used;
mod support_role;
pub(super) mod two_active_keys;
mod two_administrators;
pub(super) mod unused_credentials;

use super::Control;

/// In report order.
pub static CONTROLS: &[Control] = &[
    root_access_keys::CONTROL,
    root_signing_certificates::CONTROL,
    root_mfa::CONTROL,
    billing_contact::CONTROL,
    operations_contact::CONTROL,
    security_contact::CONTROL,
    administrator::CONTROL,
    administrator_mfa::CONTROL,
    permissions_through_groups::CONTROL,
    password_policy::CONTROL,
    root_email::CONTROL,
    root_password::CONTROL,
    root_devices::CONTROL,
    root_hardware_mfa::CONTROL,
    root_unused::CONTROL,
    root_activity::CONTROL,
    root_credentials_removed::CONTROL,
    contacts_differ::CONTROL,
    primary_contact::CONTROL,
    two_administrators::CONTROL,
    console_users_mfa::CONTROL,
    unused_credentials::CONTROL,
    key_age::CONTROL,
    two_active_keys::CONTROL,
    set_up_key_never_used::CONTROL,
    full_admin_policies::CONTROL,
    support_role::CONTROL,
    abandoned_devices::CONTROL,
    account_alias::CONTROL,
    cloudtrail_on::CONTROL,
    guardduty_on::CONTROL,
    security_hub_on::CONTROL,
    access_analyzer_on::CONTROL,
    root_use_alarm::CONTROL,
    inline_full_admin::CONTROL,
    administrator_access_on_groups::CONTROL,
    cloudshell_full_access::CONTROL,
    administrator_hardware_mfa::CONTROL,
    server_certificates_expired::CONTROL,
    long_term_service_credentials::CONTROL,
    in_organization::CONTROL,
    root_sessions::CONTROL,
    federated_sign_in::CONTROL,
];
