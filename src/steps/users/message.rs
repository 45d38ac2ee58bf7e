//! Messages for people who must do something themselves.

use crate::account::Facts;

/// Asks a person to set up MFA for the sign-in of `whose` with `device`. `address` is the console's sign-in page.
#[must_use]
pub fn mfa_message(whose: &str, address: &str, device: &str) -> String {
    format!(
        "Please set up MFA for {whose} today. It takes five minutes.\n\
         1. Sign in: {address}\n\
         2. Open the account menu at the top right: Security credentials.\n\
         3. Choose Assign MFA device, and take {device}.\n\
         4. Follow the dialogue to its end. Nobody else can do this for you.\n"
    )
}

/// The message to `user`.
pub(super) fn of(user: &str, facts: &Facts) -> String {
    let account = facts.caller.known().map_or("", |caller| caller.account.as_str());
    let whose = format!("your user {user} of AWS account {account}");
    mfa_message(&whose, &facts.sign_in_address(), "a passkey, or an authenticator app")
}
