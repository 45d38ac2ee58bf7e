//! A change for people: its API action, a sentence, its parameters, and the AWS CLI command.

use super::super::facts::KeyStatus;
use super::super::{PasswordPolicy, Tag};
use super::{Change, ROOT_NAME, Subject, WRONG_CODES, device_name, trail_fix};

impl Change {
    /// IAM action name, e.g. `iam:CreateUser`.
    #[must_use]
    pub fn action(&self) -> &'static str {
        match self {
            Self::SetKeyStatus { .. } => "iam:UpdateAccessKey",
            Self::DeleteKey { .. } => "iam:DeleteAccessKey",
            Self::SetCertificateStatus { .. } => "iam:UpdateSigningCertificate",
            Self::DeleteCertificate { .. } => "iam:DeleteSigningCertificate",
            Self::PutContact { .. } => "account:PutAlternateContact",
            Self::CreateGroup { .. } => "iam:CreateGroup",
            Self::AttachGroupPolicy { .. } => "iam:AttachGroupPolicy",
            Self::CreateUser { .. } => "iam:CreateUser",
            Self::AddUserToGroup { .. } => "iam:AddUserToGroup",
            Self::RemoveUserFromGroup { .. } => "iam:RemoveUserFromGroup",
            Self::CreateLoginProfile { .. } => "iam:CreateLoginProfile",
            Self::CreateKey { .. } => "iam:CreateAccessKey",
            Self::CreateDevice { .. } => "iam:CreateVirtualMFADevice",
            Self::EnableDevice { .. } | Self::AskRootDevice { .. } | Self::EnableRootDevice { .. } => {
                "iam:EnableMFADevice"
            }
            Self::DeleteDevice { .. } => "iam:DeleteVirtualMFADevice",
            Self::PutPasswordPolicy(_) => "iam:UpdateAccountPasswordPolicy",
            Self::DeletePasswordPolicy => "iam:DeleteAccountPasswordPolicy",
            Self::PutContactInformation(_) => "account:PutContactInformation",
            Self::SendPhoneCode { .. } => "account:SendPhoneNumberVerification",
            Self::VerifyPhone { .. } => "account:VerifyPhoneNumber",
            Self::DeleteContact { .. } => "account:DeleteAlternateContact",
            Self::CreateAlias { .. } => "iam:CreateAccountAlias",
            Self::DeleteAlias { .. } => "iam:DeleteAccountAlias",
            Self::SetPassword { .. } => "iam:UpdateLoginProfile",
            Self::DeleteLoginProfile { .. } => "iam:DeleteLoginProfile",
            Self::SetServiceCredentialStatus { .. } => "iam:UpdateServiceSpecificCredential",
            Self::DeleteServiceCredential { .. } => "iam:DeleteServiceSpecificCredential",
            Self::ChangePassword { .. } => "iam:ChangePassword",
            Self::PutGroupPolicy { .. } => "iam:PutGroupPolicy",
            Self::DetachUserPolicy { .. } => "iam:DetachUserPolicy",
            Self::DeleteUserPolicy { .. } => "iam:DeleteUserPolicy",
            Self::ResyncDevice { .. } => "iam:ResyncMFADevice",
            Self::TagUser { .. } => "iam:TagUser",
            Self::TurnOn { call, .. } => call.action(),
            Self::Alarm { part, .. } => part.action(),
            Self::CorrectTrail { fix, .. } => fix.action(),
        }
    }

    /// A few words for people, in the imperative.
    #[must_use]
    pub fn words(&self) -> String {
        match self {
            Self::SetKeyStatus { owner, key, status } => {
                let verb = if *status == KeyStatus::Active { "Activate" } else { "Deactivate" };
                format!("{verb} {} access key {key}", possessive(owner))
            }
            Self::DeleteKey { owner, key } => format!("Delete {} access key {key}", possessive(owner)),
            Self::SetCertificateStatus { owner, certificate, status } => {
                let verb = if *status == KeyStatus::Active { "Activate" } else { "Deactivate" };
                format!("{verb} {} signing certificate {certificate}", possessive(owner))
            }
            Self::DeleteCertificate { owner, certificate } => {
                format!("Delete {} signing certificate {certificate}", possessive(owner))
            }
            Self::PutContact { of, .. } => format!("Set the {} contact", of.word()),
            Self::CreateGroup { group } => format!("Create the group {group}"),
            Self::AttachGroupPolicy { group, policy } => {
                format!("Attach {} to the group {group}", policy.rsplit('/').next().unwrap_or(policy))
            }
            Self::CreateUser { user, .. } => format!("Create the user {user}"),
            Self::AddUserToGroup { user, group } => format!("Add {user} to the group {group}"),
            Self::RemoveUserFromGroup { user, group } => format!("Remove {user} from the group {group}"),
            Self::CreateLoginProfile { user, .. } => format!("Give {user} a console password"),
            Self::CreateKey { user } => format!("Create an access key for {user}"),
            Self::CreateDevice { name, .. } => format!("Create the virtual MFA device {name}"),
            Self::EnableDevice { user, .. } => format!("Enable MFA for {user}"),
            Self::AskRootDevice { .. } => "Ask AWS, with two wrong codes, whether root's MFA can be set up here".into(),
            Self::EnableRootDevice { .. } => "Enable MFA for root".into(),
            Self::DeleteDevice { serial } => format!("Delete the unassigned MFA device {}", device_name(serial)),
            Self::PutPasswordPolicy(_) => "Set the account password policy".into(),
            Self::DeletePasswordPolicy => "Return to AWS's default password policy".into(),
            Self::PutContactInformation(_) => "Set the primary contact".into(),
            Self::SendPhoneCode { phone, .. } => format!("Send a code to {phone}"),
            Self::VerifyPhone { phone, .. } => format!("Verify the phone number {phone} with its code"),
            Self::DeleteContact { of } => format!("Delete the {} contact", of.word()),
            Self::CreateAlias { alias } => format!("Set the account alias {alias}"),
            Self::DeleteAlias { alias } => format!("Delete the account alias {alias}"),
            Self::SetPassword { user, .. } => format!("Set a new console password for {user}"),
            Self::DeleteLoginProfile { user } => format!("Delete the console password of {user}"),
            Self::SetServiceCredentialStatus { user, credential, status } => {
                let verb = if *status == KeyStatus::Active { "Activate" } else { "Deactivate" };
                format!("{verb} {user}'s service-specific credential {credential}")
            }
            Self::DeleteServiceCredential { user, credential } => {
                format!("Delete {user}'s service-specific credential {credential}")
            }
            Self::ChangePassword { user, .. } => format!("Change {user}'s own console password"),
            Self::PutGroupPolicy { group, name, .. } => format!("Write the policy {name} into the group {group}"),
            Self::DetachUserPolicy { user, policy } => {
                format!("Detach {} from the user {user}", policy.rsplit('/').next().unwrap_or(policy))
            }
            Self::DeleteUserPolicy { user, name } => format!("Delete the policy {name} from the user {user}"),
            Self::TagUser { user, .. } => format!("Tag the user {user}"),
            Self::ResyncDevice { user, serial, .. } => {
                format!("Resynchronize {user}'s MFA device {}", device_name(serial))
            }
            Self::TurnOn { call, region } => format!("{} in {region}", call.words()),
            Self::Alarm { part, .. } => part.words(),
            Self::CorrectTrail { trail, fix, .. } => fix.words(trail_fix::name_of(trail)),
        }
    }

    /// The target Region, unless it is the home Region.
    #[must_use]
    pub fn region(&self) -> Option<&str> {
        match self {
            Self::TurnOn { region, .. } | Self::Alarm { region, .. } | Self::CorrectTrail { region, .. } => {
                Some(region)
            }
            _ => None,
        }
    }

    /// Whether the change is one of several Regions': if AWS refuses it, the others are still sent.
    #[must_use]
    pub fn is_one_of_many_regions(&self) -> bool {
        matches!(self, Self::TurnOn { .. })
    }

    /// Whether `other` sends the same call to another Region.
    #[must_use]
    pub fn is_elsewhere(&self, other: &Self) -> bool {
        match (self, other) {
            (Self::TurnOn { call, .. }, Self::TurnOn { call: to, .. }) => call == to,
            _ => false,
        }
    }

    /// Every parameter by its API name. Secrets are shown as dots.
    #[must_use]
    pub fn parameters(&self) -> Vec<(&'static str, String)> {
        fn owned(owner: &Subject) -> Vec<(&'static str, String)> {
            owner.user_name().map(|name| ("UserName", name.to_owned())).into_iter().collect()
        }
        const DOTS: &str = "••••••••";
        match self {
            Self::SetKeyStatus { owner, key, status } => {
                [owned(owner), vec![("AccessKeyId", key.clone()), ("Status", status.wire().to_owned())]].concat()
            }
            Self::DeleteKey { owner, key } => [owned(owner), vec![("AccessKeyId", key.clone())]].concat(),
            Self::SetCertificateStatus { owner, certificate, status } => {
                let status = ("Status", status.wire().to_owned());
                [owned(owner), vec![("CertificateId", certificate.clone()), status]].concat()
            }
            Self::DeleteCertificate { owner, certificate } => {
                [owned(owner), vec![("CertificateId", certificate.clone())]].concat()
            }
            Self::PutContact { of, contact } => vec![
                ("AlternateContactType", of.wire().to_owned()),
                ("Name", contact.name.clone()),
                ("Title", contact.title.clone()),
                ("EmailAddress", contact.email.clone()),
                ("PhoneNumber", contact.phone.clone()),
            ],
            Self::CreateGroup { group } => vec![("GroupName", group.clone())],
            Self::AttachGroupPolicy { group, policy } => {
                vec![("GroupName", group.clone()), ("PolicyArn", policy.clone())]
            }
            Self::CreateKey { user } | Self::DeleteLoginProfile { user } => vec![("UserName", user.clone())],
            Self::SetServiceCredentialStatus { user, credential, status } => vec![
                ("UserName", user.clone()),
                ("ServiceSpecificCredentialId", credential.clone()),
                ("Status", status.wire().to_owned()),
            ],
            Self::DeleteServiceCredential { user, credential } => {
                vec![("UserName", user.clone()), ("ServiceSpecificCredentialId", credential.clone())]
            }
            Self::CreateUser { user, tags } | Self::TagUser { user, tags } => {
                let tags = tags.iter().map(|tag| ("Tags", shorthand(tag)));
                std::iter::once(("UserName", user.clone())).chain(tags).collect()
            }
            Self::AddUserToGroup { user, group } | Self::RemoveUserFromGroup { user, group } => {
                vec![("GroupName", group.clone()), ("UserName", user.clone())]
            }
            Self::CreateLoginProfile { user, reset_required, .. } | Self::SetPassword { user, reset_required, .. } => {
                vec![
                    ("UserName", user.clone()),
                    ("Password", DOTS.into()),
                    ("PasswordResetRequired", reset_required.to_string()),
                ]
            }
            Self::ChangePassword { .. } => vec![("OldPassword", DOTS.into()), ("NewPassword", DOTS.into())],
            Self::CreateDevice { name, .. } => vec![("VirtualMFADeviceName", name.clone())],
            Self::EnableDevice { user, serial, codes } | Self::ResyncDevice { user, serial, codes } => {
                enabling(user, serial, (&codes.0, &codes.1))
            }
            Self::AskRootDevice { serial } => enabling(ROOT_NAME, serial, WRONG_CODES),
            Self::EnableRootDevice { serial, codes } => enabling(ROOT_NAME, serial, (&codes.0, &codes.1)),
            Self::DeleteDevice { serial } => vec![("SerialNumber", serial.clone())],
            Self::PutPasswordPolicy(policy) => policy_parameters(policy),
            Self::DeletePasswordPolicy => Vec::new(),
            Self::PutContactInformation(contact) => {
                contact.filled().map(|(field, text)| (field.wire(), text.to_owned())).collect()
            }
            Self::SendPhoneCode { .. } => Vec::new(),
            Self::VerifyPhone { code, .. } => vec![("Otp", code.clone())],
            Self::DeleteContact { of } => vec![("AlternateContactType", of.wire().to_owned())],
            Self::CreateAlias { alias } | Self::DeleteAlias { alias } => vec![("AccountAlias", alias.clone())],
            Self::PutGroupPolicy { group, name, document } => {
                vec![("GroupName", group.clone()), ("PolicyName", name.clone()), ("PolicyDocument", document.clone())]
            }
            Self::DetachUserPolicy { user, policy } => vec![("UserName", user.clone()), ("PolicyArn", policy.clone())],
            Self::DeleteUserPolicy { user, name } => vec![("UserName", user.clone()), ("PolicyName", name.clone())],
            Self::TurnOn { call, .. } => call.parameters(),
            Self::Alarm { part, .. } => part.parameters(),
            Self::CorrectTrail { trail, fix, .. } => fix.parameters(trail),
        }
    }

    /// The change as an AWS CLI command. Secrets are shell variables for the person to fill in.
    #[must_use]
    pub fn cli(&self) -> String {
        let (service, operation) = self.action().split_once(':').unwrap_or_default();
        let service = if let Self::TurnOn { call, .. } = self { call.cli_service() } else { service };
        let mut words = vec!["aws".to_owned(), service.to_owned(), kebab(operation)];
        // The primary contact's fields form one JSON parameter.
        if let Self::PutContactInformation(_) = self {
            let fields = self.parameters().into_iter().map(|(name, value)| (name.to_owned(), value.into()));
            let json = serde_json::Value::Object(fields.collect()).to_string();
            return format!("{} --contact-information {}", words.join(" "), quoted(&json));
        }
        // Tags form one parameter with many values.
        let (tags, others): (Vec<_>, Vec<_>) = self.parameters().into_iter().partition(|(name, _)| *name == "Tags");
        for (name, value) in others {
            let flag = kebab(name);
            match (name, value.as_str()) {
                ("Password", _) => words.push("--password \"$PASSWORD\"".into()),
                ("OldPassword", _) => words.push("--old-password \"$OLD_PASSWORD\"".into()),
                ("NewPassword", _) => words.push("--new-password \"$NEW_PASSWORD\"".into()),
                // The CLI reserves --endpoint-url for itself.
                ("Endpoint", address) => words.push(format!("--notification-endpoint {}", quoted(address))),
                (_, "true") => words.push(format!("--{flag}")),
                (_, "false") => words.push(format!("--no-{flag}")),
                (_, value) => words.push(format!("--{flag} {}", quoted(value))),
            }
        }
        if let Self::CreateDevice { .. } = self {
            words.push("--bootstrap-method Base32StringSeed --outfile seed.txt".into());
        }
        if !tags.is_empty() {
            words.push("--tags".into());
            words.extend(tags.iter().map(|(_, tag)| quoted(tag)));
        }
        words.extend(self.region().map(|region| format!("--region {region}")));
        words.join(" ")
    }
}

/// AWS CLI shorthand for a tag. A value without a comma or surrounding blanks needs no inner quotes.
fn shorthand(tag: &Tag) -> String {
    format!("Key={},Value={}", tag.key, tag.value)
}

fn possessive(owner: &Subject) -> String {
    match owner {
        Subject::Root => "root's".into(),
        Subject::User(name) => format!("{name}'s"),
    }
}

fn enabling(user: &str, serial: &str, codes: (&str, &str)) -> Vec<(&'static str, String)> {
    vec![
        ("UserName", user.to_owned()),
        ("SerialNumber", serial.to_owned()),
        ("AuthenticationCode1", codes.0.to_owned()),
        ("AuthenticationCode2", codes.1.to_owned()),
    ]
}

fn policy_parameters(policy: &PasswordPolicy) -> Vec<(&'static str, String)> {
    let mut parameters = vec![
        ("MinimumPasswordLength", policy.minimum_length.to_string()),
        ("RequireSymbols", policy.require_symbols.to_string()),
        ("RequireNumbers", policy.require_numbers.to_string()),
        ("RequireUppercaseCharacters", policy.require_uppercase.to_string()),
        ("RequireLowercaseCharacters", policy.require_lowercase.to_string()),
        ("AllowUsersToChangePassword", policy.allow_change.to_string()),
    ];
    parameters.extend(policy.max_age.map(|days| ("MaxPasswordAge", days.to_string())));
    parameters.extend(policy.reuse_prevention.map(|count| ("PasswordReusePrevention", count.to_string())));
    parameters.push(("HardExpiry", policy.hard_expiry.to_string()));
    parameters
}

/// The AWS CLI's spelling of an API name: `VirtualMFADeviceName` becomes `virtual-mfa-device-name`.
fn kebab(name: &str) -> String {
    let characters: Vec<char> = name.chars().collect();
    let mut kebab = String::new();
    for (i, &c) in characters.iter().enumerate() {
        let after_small = i > 0 && !characters[i - 1].is_uppercase();
        let before_small = characters.get(i + 1).is_some_and(|next| next.is_lowercase());
        if c.is_uppercase() && i > 0 && (after_small || before_small) && characters[i - 1] != '-' {
            kebab.push('-');
        }
        kebab.extend(c.to_lowercase());
    }
    // The CLI joins a digit to the word before it, and spells two calls irregularly.
    kebab
        .replace("authentication-code-1", "authentication-code1")
        .replace("authentication-code-2", "authentication-code2")
}

fn quoted(value: &str) -> String {
    let plain = |c: char| c.is_ascii_alphanumeric() || "-_./:@+=,".contains(c);
    if !value.is_empty() && value.chars().all(plain) {
        value.to_owned()
    } else {
        format!("'{}'", value.replace('\'', r"'\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::secret::Secret;

    #[test]
    fn the_cli_command_makes_the_same_call() {
        let enable = Change::EnableDevice {
            user: "administrator".into(),
            serial: "arn:aws:iam::123456789012:mfa/administrator".into(),
            codes: ("123456".into(), "654321".into()),
        };
        assert_eq!(
            enable.cli(),
            "aws iam enable-mfa-device --user-name administrator --serial-number arn:aws:iam::123456789012:mfa/administrator \
             --authentication-code1 123456 --authentication-code2 654321"
        );
        assert_eq!(
            Change::DeleteKey { owner: Subject::Root, key: "AKIAEXAMPLE".into() }.cli(),
            "aws iam delete-access-key --access-key-id AKIAEXAMPLE"
        );
        assert_eq!(
            Change::CreateDevice { name: "administrator".into(), user: None }.cli(),
            "aws iam create-virtual-mfa-device --virtual-mfa-device-name administrator --bootstrap-method Base32StringSeed --outfile seed.txt"
        );
    }

    #[test]
    fn the_primary_contact_is_one_parameter_of_the_cli() {
        let contact = crate::account::ContactInformation {
            full_name: "Paula O'Neil".into(),
            country_code: "IE".into(),
            ..Default::default()
        };
        assert_eq!(
            Change::PutContactInformation(Box::new(contact)).cli(),
            r#"aws account put-contact-information --contact-information '{"CountryCode":"IE","FullName":"Paula O'\''Neil"}'"#
        );
    }

    #[test]
    fn the_cli_command_uses_the_clis_names_for_region_and_service() {
        let call = super::super::TurnOnCall::CreateAnalyzer { name: "external-access".into() };
        let change = Change::TurnOn { call, region: "eu-west-1".into() };
        assert_eq!(
            change.cli(),
            "aws accessanalyzer create-analyzer --analyzer-name external-access --type ACCOUNT --region eu-west-1"
        );
        let resume = Change::TurnOn {
            call: super::super::TurnOnCall::UpdateDetector { id: "d1".into() },
            region: "eu-west-1".into(),
        };
        assert_eq!(resume.cli(), "aws guardduty update-detector --detector-id d1 --enable --region eu-west-1");
    }

    #[test]
    fn quotes_in_values_survive_the_shell() {
        assert_eq!(quoted("Paula O'Neil"), r"'Paula O'\''Neil'");
    }

    #[test]
    fn no_password_appears_in_parameters_or_command() {
        let change =
            Change::CreateLoginProfile { user: "a".into(), password: Secret::new("hunter2"), reset_required: true };
        assert!(!format!("{:?} {} {change:?}", change.parameters(), change.cli()).contains("hunter2"));
    }
}
