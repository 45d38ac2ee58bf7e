//! Accounts with many users.

/// A hardened account with `count` users more, each with a password, a device and a key. One in ten has no device and an
/// old key that nobody uses, so that the reports have something to tell.
pub fn scene(count: usize) -> String {
    let users = (0..count).map(|n| {
        let (mfa, age, used) = if n % 10 == 9 { ("", "400d", "200d") } else { ("\"virtual\"", "30d", "1d") };
        format!(
            "\n[[users]]\nname = \"user-{n:04}\"\ngroups = [\"ReadOnly\"]\npassword = true\nlast_sign_in = \"{used}\"\nmfa = [{mfa}]\n[[users.keys]]\nage = \"{age}\"\nlast_used = \"{used}\"\n"
        )
    });
    users.fold(include_str!("../../assets/practice/hardened.toml").to_owned(), |text, user| text + &user)
}

/// The smallest: no IAM user at all.
pub const NOBODY: &str = include_str!("../../assets/practice/fresh.toml");
