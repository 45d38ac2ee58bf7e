//! Identity and Access Management. Source: AWS IAM API Reference, 2010-05-08. One file a kind of thing, one function a call.

pub mod aliases;
pub mod attachments;
pub mod details;
pub mod groups;
pub mod inline_policies;
pub mod keys;
pub mod login_profiles;
pub mod mfa;
pub mod password_policy;
pub mod summary;
pub mod users;

use super::visit::Call;

/// Its calls, by name. A call that is not here is an `InvalidAction`.
pub const CALLS: &[Call] = &[
    ("AddUserToGroup", groups::add_user),
    ("AttachGroupPolicy", attachments::attach_to_group),
    ("AttachUserPolicy", attachments::attach_to_user),
    ("CreateAccessKey", keys::create),
    ("CreateAccountAlias", aliases::create),
    ("CreateGroup", groups::create),
    ("CreateLoginProfile", login_profiles::create),
    ("CreateUser", users::create),
    ("CreateVirtualMFADevice", mfa::create),
    ("DeactivateMFADevice", mfa::deactivate),
    ("DeleteAccessKey", keys::delete),
    ("DeleteAccountAlias", aliases::delete),
    ("DeleteAccountPasswordPolicy", password_policy::delete),
    ("DeleteGroup", groups::delete),
    ("DeleteLoginProfile", login_profiles::delete),
    ("DeleteUser", users::delete),
    ("DeleteUserPolicy", inline_policies::delete),
    ("DeleteVirtualMFADevice", mfa::delete),
    ("DetachGroupPolicy", attachments::detach_from_group),
    ("DetachUserPolicy", attachments::detach_from_user),
    ("EnableMFADevice", mfa::enable),
    ("GetAccessKeyLastUsed", keys::last_used),
    ("GetAccountAuthorizationDetails", details::details),
    ("GetAccountPasswordPolicy", password_policy::read),
    ("GetAccountSummary", summary::summary),
    ("GetGroup", groups::read),
    ("GetLoginProfile", login_profiles::read),
    ("GetUser", users::read),
    ("GetUserPolicy", inline_policies::read),
    ("ListAccessKeys", keys::list),
    ("ListAccountAliases", aliases::list),
    ("ListAttachedGroupPolicies", attachments::list_of_group),
    ("ListAttachedUserPolicies", attachments::list_of_user),
    ("ListGroupPolicies", inline_policies::list_of_group),
    ("ListGroups", groups::list),
    ("ListGroupsForUser", groups::list_of_user),
    ("ListMFADevices", mfa::list),
    ("ListUserPolicies", inline_policies::list),
    ("ListUsers", users::list),
    ("ListVirtualMFADevices", mfa::list_virtual),
    ("PutUserPolicy", inline_policies::put),
    ("RemoveUserFromGroup", groups::remove_user),
    ("ResyncMFADevice", mfa::resync),
    ("TagUser", users::tag),
    ("UpdateAccessKey", keys::update),
    ("UpdateAccountPasswordPolicy", password_policy::update),
    ("UpdateLoginProfile", login_profiles::update),
];

#[cfg(test)]
mod tests {
    #[test]
    fn the_table_is_in_order_and_names_no_call_twice() {
        assert!(super::CALLS.is_sorted_by(|(a, _), (b, _)| a < b));
    }
}
