//! Each question: its calls, and how their answers are read.

use lockroot::account::facts::*;
use lockroot::account::*;

use super::endpoint::{Canned, Script, alice, connected, error, root};

const DATE: &str = "2023-11-14T22:13:20Z";

fn known<T>(value: T) -> Reading<T> {
    Reading::Known { value, at: then() }
}

fn then() -> Timestamp {
    Timestamp::from_unix_timestamp(super::endpoint::NOW).unwrap()
}

async fn read(script: Script, question: Question) -> (Fact, Vec<String>) {
    let (aws, script) = connected(script);
    let fact = aws.read(&question).await;
    let actions: Vec<String> = script.asked().into_iter().map(|asked| asked.action).collect();
    for action in actions.iter().filter(|action| *action != "sts:GetCallerIdentity") {
        assert!(question.actions().contains(&action.as_str()), "{question:?} asked {action}");
    }
    (fact, actions)
}

#[tokio::test(start_paused = true)]
async fn the_caller_is_the_principal_that_aws_returns_for_the_credential() {
    let (fact, _) = read(root(), Question::Caller).await;
    let Fact::Caller(Reading::Known { value: caller, .. }) = fact else { panic!("{fact:?}") };
    assert!(caller.is_root());
    assert_eq!(caller.account, "123456789012");
    let credential = Credential {
        access_key_id: "AKIAROOT".into(),
        kind: CredentialKind::LongTerm,
        source: "a test".into(),
        base: None,
    };
    assert_eq!(caller.credential, credential);
    assert!(caller.signed_with("AKIAROOT"));
}

#[tokio::test(start_paused = true)]
async fn a_caller_without_an_arn_is_a_named_failure() {
    let script = Script::default().result("sts:GetCallerIdentity", "<Account>123456789012</Account>");
    let (fact, _) = read(script, Question::Caller).await;
    assert_eq!(fact, Fact::Caller(Reading::Failed(Failure::lacks("sts:GetCallerIdentity", "Arn"))));
}

#[tokio::test(start_paused = true)]
async fn root_keys_are_read_from_every_page_with_their_last_use() {
    let key = |id: &str, status: &str| {
        format!(
            "<member><UserName>root</UserName><AccessKeyId>{id}</AccessKeyId><Status>{status}</Status><CreateDate>{DATE}</CreateDate></member>"
        )
    };
    let first = format!(
        "<AccessKeyMetadata>{}</AccessKeyMetadata><IsTruncated>true</IsTruncated><Marker>more</Marker>",
        key("AKIA1", "Active")
    );
    let second = format!(
        "<AccessKeyMetadata>{}{}</AccessKeyMetadata><IsTruncated>false</IsTruncated>",
        key("AKIA2", "Inactive"),
        key("AKIA3", "Expired")
    );
    let used = format!(
        "<AccessKeyLastUsed><LastUsedDate>{DATE}</LastUsedDate><ServiceName>s3</ServiceName><Region>eu-west-1</Region></AccessKeyLastUsed>"
    );
    let never = "<AccessKeyLastUsed><ServiceName>N/A</ServiceName><Region>N/A</Region></AccessKeyLastUsed>";
    let script = root()
        .result("iam:ListAccessKeys", &first)
        .result("iam:ListAccessKeys", &second)
        .result("iam:GetAccessKeyLastUsed", &used)
        .result("iam:GetAccessKeyLastUsed", never)
        .error("iam:GetAccessKeyLastUsed", 403, "AccessDenied", "no");
    let (fact, _) = read(script, Question::RootKeys).await;
    let Fact::RootKeys(Reading::Known { value: keys, .. }) = fact else { panic!("{fact:?}") };
    let states: Vec<_> = keys.iter().map(|key| (key.id.as_str(), key.status.wire())).collect();
    assert_eq!(states, [("AKIA1", "Active"), ("AKIA2", "Inactive"), ("AKIA3", "Expired")]);
    assert_eq!(keys[0].created, Some(then()));
    let use_of_s3 = LastUse { at: then(), service: "s3".into(), region: "eu-west-1".into() };
    assert_eq!(keys[0].last_used, known(Some(use_of_s3)));
    assert_eq!(keys[1].last_used, known(None));
    assert_eq!(keys[2].last_used.failure().map(|failure| failure.fault), Some(Fault::AccessDenied));
}

#[tokio::test(start_paused = true)]
async fn root_only_questions_are_not_asked_when_a_user_signs() {
    for question in [Question::RootKeys, Question::RootDevices] {
        let (fact, asked) = read(alice(), question).await;
        assert!(matches!(fact, Fact::RootKeys(Reading::Closed(_)) | Fact::RootDevices(Reading::Closed(_))), "{fact:?}");
        assert_eq!(asked, ["sts:GetCallerIdentity"]);
    }
}

#[tokio::test(start_paused = true)]
async fn root_only_questions_fail_like_the_callers_read() {
    let script = Script::default().error("sts:GetCallerIdentity", 403, "ExpiredToken", "over");
    let (fact, asked) = read(script, Question::RootKeys).await;
    let Fact::RootKeys(Reading::Failed(failure)) = fact else { panic!("{fact:?}") };
    assert_eq!((failure.fault, failure.action.as_str()), (Fault::ExpiredSession, "sts:GetCallerIdentity"));
    assert_eq!(asked, ["sts:GetCallerIdentity"]);
}

#[tokio::test(start_paused = true)]
async fn root_devices_are_read_without_a_user_name() {
    let devices = format!(
        "<MFADevices><member><SerialNumber>arn:aws:iam::123456789012:mfa/phone</SerialNumber><EnableDate>{DATE}</EnableDate></member><member><SerialNumber>GAHT1</SerialNumber></member></MFADevices><IsTruncated>false</IsTruncated>"
    );
    let (aws, script) = connected(root().result("iam:ListMFADevices", &devices));
    let fact = aws.read(&Question::RootDevices).await;
    let devices = vec![
        MfaDevice { serial: "arn:aws:iam::123456789012:mfa/phone".into(), enabled: Some(then()) },
        MfaDevice { serial: "GAHT1".into(), enabled: None },
    ];
    assert_eq!(fact, Fact::RootDevices(known(devices)));
    assert!(script.asked()[1].parameters.is_empty(), "{:?}", script.asked());
}

#[tokio::test(start_paused = true)]
async fn a_virtual_device_is_roots_by_its_arn_and_never_by_its_name() {
    let device = |name: &str, rest: &str| {
        format!("<member><SerialNumber>arn:aws:iam::123456789012:mfa/{name}</SerialNumber>{rest}</member>")
    };
    let owner = |arn: &str| {
        format!(
            "<User><UserId>1</UserId><Arn>{arn}</Arn><CreateDate>{DATE}</CreateDate></User><EnableDate>{DATE}</EnableDate>"
        )
    };
    let list = [
        device("phone", &owner("arn:aws:iam::123456789012:root")),
        device("root-account-mfa-device", &owner("arn:aws:iam::123456789012:user/team/bob")),
    ];
    let first = format!(
        "<VirtualMFADevices>{}</VirtualMFADevices><IsTruncated>true</IsTruncated><Marker>2</Marker>",
        list.concat()
    );
    let second = format!("<VirtualMFADevices>{}</VirtualMFADevices>", device("orphan", ""));
    let script = alice().result("iam:ListVirtualMFADevices", &first).result("iam:ListVirtualMFADevices", &second);
    let (fact, _) = read(script, Question::VirtualDevices).await;
    let Fact::VirtualDevices(Reading::Known { value: devices, .. }) = fact else { panic!("{fact:?}") };
    let owners: Vec<_> = devices.iter().map(|device| (device.owner.clone(), device.enabled)).collect();
    assert_eq!(
        owners,
        [
            (DeviceOwner::Root, Some(then())),
            (DeviceOwner::User("bob".into()), Some(then())),
            (DeviceOwner::Nobody, None)
        ]
    );
}

#[tokio::test(start_paused = true)]
async fn an_enabled_device_without_an_owner_is_a_failure() {
    let list = format!(
        "<VirtualMFADevices><member><SerialNumber>arn:aws:iam::1:mfa/x</SerialNumber><EnableDate>{DATE}</EnableDate></member></VirtualMFADevices>"
    );
    let (fact, _) = read(alice().result("iam:ListVirtualMFADevices", &list), Question::VirtualDevices).await;
    let failure = Failure::lacks("iam:ListVirtualMFADevices", "User.Arn");
    assert_eq!(fact, Fact::VirtualDevices(Reading::Failed(failure)));
}

#[tokio::test(start_paused = true)]
async fn an_absent_contact_is_recognized_by_its_code_alone() {
    let json = r#"{"AlternateContact":{"AlternateContactType":"BILLING","Name":"Ann","Title":"CFO","EmailAddress":"a@example.com","PhoneNumber":"+1"}}"#;
    let (fact, _) =
        read(Script::default().json("account:GetAlternateContact", 200, json), Question::Contact(ContactType::Billing))
            .await;
    let ann =
        AlternateContact { name: "Ann".into(), title: "CFO".into(), email: "a@example.com".into(), phone: "+1".into() };
    assert_eq!(fact, Fact::Contact(ContactType::Billing, known(Some(ann))));
    for status in [400, 404] {
        let gone =
            "ResourceNotFoundException\n{\"message\":\"No contact of the inputted alternate contact type found.\"}";
        let script = Script::default().json("account:GetAlternateContact", status, gone);
        let (fact, _) = read(script, Question::Contact(ContactType::Security)).await;
        assert_eq!(fact, Fact::Contact(ContactType::Security, known(None)));
    }
}

#[tokio::test(start_paused = true)]
async fn a_refused_contact_is_a_failure_with_awss_message() {
    let denied = "AccessDeniedException\n{\"message\":\"You are not authorized.\"}";
    let script = Script::default().json("account:GetAlternateContact", 403, denied);
    let (fact, _) = read(script, Question::Contact(ContactType::Security)).await;
    let Fact::Contact(_, Reading::Failed(failure)) = fact else { panic!("{fact:?}") };
    assert_eq!((failure.fault, failure.message.as_str()), (Fault::AccessDenied, "You are not authorized."));
    assert_eq!(failure.code.as_deref(), Some("AccessDeniedException"));
    assert_eq!(failure.request_id.as_deref(), Some("r-1"));
}

fn account_details() -> Script {
    let admin = "<AttachedManagedPolicies><member><PolicyName>AdministratorAccess</PolicyName><PolicyArn>arn:aws:iam::aws:policy/AdministratorAccess</PolicyArn></member></AttachedManagedPolicies>";
    let user = |name: &str, rest: &str| {
        let absent = |list: &str| if rest.contains(list) { String::new() } else { format!("<{list}/>") };
        let lists = ["GroupList", "AttachedManagedPolicies"].map(absent).concat();
        format!(
            "<member><UserName>{name}</UserName><Path>/</Path><CreateDate>{DATE}</CreateDate>{lists}{rest}</member>"
        )
    };
    let first = format!(
        "<UserDetailList>{}</UserDetailList><GroupDetailList/><RoleDetailList/><Policies/><IsTruncated>true</IsTruncated><Marker>2</Marker>",
        user(
            "ann",
            "<GroupList><member>admins</member></GroupList><Tags><member><Key>team</Key><Value>red</Value></member></Tags>"
        )
    );
    let sso = format!(
        "<RoleDetailList><member><Path>/aws-reserved/sso.amazonaws.com/eu-west-1/</Path><RoleName>AWSReservedSSO_Boss_0123456789abcdef</RoleName><AssumeRolePolicyDocument>{}</AssumeRolePolicyDocument><RolePolicyList><member><PolicyName>AwsSSOInlinePolicy</PolicyName></member></RolePolicyList>{admin}<RoleLastUsed><LastUsedDate>{DATE}</LastUsedDate><Region>eu-west-1</Region></RoleLastUsed></member><member><Path>/</Path><RoleName>AWSReservedSSO_Fake_0123456789abcdef</RoleName>{admin}</member></RoleDetailList>",
        "%7B%22Statement%22%3A%7B%22Effect%22%3A%22Allow%22%2C%22Principal%22%3A%7B%22Federated%22%3A%22arn%3Aaws%3Aiam%3A%3A1%3Asaml-provider%2FAWSSSO_1_DO_NOT_DELETE%22%7D%2C%22Action%22%3A%22sts%3AAssumeRoleWithSAML%22%7D%7D"
    );
    let second = format!(
        "{sso}<UserDetailList>{}</UserDetailList><GroupDetailList><member><GroupName>admins</GroupName>{admin}</member></GroupDetailList><Policies/><IsTruncated>false</IsTruncated>",
        user(
            "ci",
            &format!(
                "<UserPolicyList><member><PolicyName>push</PolicyName><PolicyDocument>x</PolicyDocument></member></UserPolicyList>{admin}<PermissionsBoundary><PermissionsBoundaryType>Policy</PermissionsBoundaryType><PermissionsBoundaryArn>arn:aws:iam::aws:policy/ReadOnlyAccess</PermissionsBoundaryArn></PermissionsBoundary>"
            )
        )
    );
    alice()
        .result("iam:GetAccountAuthorizationDetails", &first)
        .result("iam:GetAccountAuthorizationDetails", &second)
        .error("iam:ListMFADevices", 403, "AccessDenied", "no")
        .result("iam:GetUser", &format!("<User><UserName>ann</UserName><Path>/</Path><UserId>AIDA</UserId><Arn>arn:aws:iam::123456789012:user/ann</Arn><CreateDate>{DATE}</CreateDate><PasswordLastUsed>{DATE}</PasswordLastUsed></User>"))
}

#[tokio::test(start_paused = true)]
async fn users_are_read_from_every_page_and_sign_ins_of_administrators_only() {
    let profile = format!(
        "<LoginProfile><UserName>ann</UserName><CreateDate>{DATE}</CreateDate><PasswordResetRequired>true</PasswordResetRequired></LoginProfile>"
    );
    let (aws, script) = connected(account_details().result("iam:GetLoginProfile", &profile));
    let Fact::People(Reading::Known { value: people, .. }) = aws.read(&Question::People).await else { panic!() };
    let ann = people.user("ann").unwrap();
    let sign_in = ann.sign_in.as_ref().unwrap();
    assert_eq!(sign_in.password, known(Some(LoginProfile { created: Some(then()), reset_required: true })));
    assert_eq!(sign_in.devices.failure().map(|failure| failure.fault), Some(Fault::AccessDenied));
    assert_eq!(ann.password_used, known(Some(then())));
    let ci = people.user("ci").unwrap();
    assert_eq!(ci.password_used, Reading::Unread, "only administrators are asked about");
    assert_eq!((ci.sign_in.as_ref(), ci.inline_policies.as_slice()), (None, ["push".to_owned()].as_slice()));
    assert_eq!(ci.attached_policies, ["arn:aws:iam::aws:policy/AdministratorAccess"]);
    assert_eq!(ci.boundary.as_deref(), Some("arn:aws:iam::aws:policy/ReadOnlyAccess"));
    assert_eq!(ann.tags, [Tag { key: "team".into(), value: "red".into() }]);
    let [role] = people.assigned_roles.as_slice() else { panic!("{:?}", people.assigned_roles) };
    assert_eq!((role.permission_set(), role.inline_policies, role.last_used), ("Boss", 1, Some(then())));
    let may_all = role.attached_policies.iter().any(|arn| arn.ends_with("/AdministratorAccess"));
    assert!(may_all && role.is_handed_out && !role.denies_everything, "what only bears such a name is none: {role:?}");
    let asked = script.asked();
    let filter: Vec<_> = asked[0].parameters.iter().filter(|(name, _)| name.starts_with("Filter")).collect();
    assert_eq!(
        filter.iter().map(|(_, value)| value.as_str()).collect::<Vec<_>>(),
        ["User", "Group", "LocalManagedPolicy", "Role"]
    );
    for asked in asked.iter().filter(|asked| asked.action != "iam:GetAccountAuthorizationDetails") {
        assert_eq!(asked.parameters.get("UserName").map(String::as_str), Some("ann"), "{asked:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_user_without_a_password_is_known_to_have_none() {
    let script = Script::default()
        .error("iam:GetLoginProfile", 404, "NoSuchEntity", "Login Profile for User bob cannot be found.")
        .result("iam:ListMFADevices", "<MFADevices/><IsTruncated>false</IsTruncated>");
    let (fact, _) = read(script, Question::SignIn("bob".into())).await;
    assert_eq!(fact, Fact::SignIn("bob".into(), SignIn { password: known(None), devices: known(vec![]) }));
}

#[tokio::test(start_paused = true)]
async fn a_blank_user_name_is_never_sent() {
    let (fact, asked) = read(Script::default(), Question::SignIn(String::new())).await;
    let Fact::SignIn(_, sign_in) = fact else { panic!("{fact:?}") };
    assert_eq!(sign_in.password.failure().map(|failure| failure.fault), Some(Fault::Invalid));
    assert_eq!(sign_in.devices.failure().map(|failure| failure.fault), Some(Fault::Invalid));
    assert_eq!(asked, Vec::<String>::new());
    let (fact, asked) = read(Script::default(), Question::UserKeys(" ".into())).await;
    assert_eq!(
        fact.failure().map(|failure| failure.fault),
        Some(Fault::Invalid),
        "without a name, AWS takes the signer"
    );
    assert_eq!(asked, Vec::<String>::new());
}

#[tokio::test(start_paused = true)]
async fn a_users_keys_are_read_by_name_and_prove_their_changes() {
    let listed = format!(
        "<AccessKeyMetadata><member><UserName>bob</UserName><AccessKeyId>AKIA1</AccessKeyId><Status>Inactive</Status><CreateDate>{DATE}</CreateDate></member></AccessKeyMetadata><IsTruncated>false</IsTruncated>"
    );
    let script = Script::default().result("iam:ListAccessKeys", &listed).error(
        "iam:GetAccessKeyLastUsed",
        403,
        "AccessDenied",
        "no",
    );
    let (aws, script) = connected(script);
    let (bob, key) = (|| Subject::User("bob".into()), || "AKIA1".to_owned());
    let deactivated = Change::SetKeyStatus { owner: bob(), key: key(), status: KeyStatus::Inactive };
    let deleted = Change::DeleteKey { owner: bob(), key: key() };
    let mut facts = Facts::default();
    assert_eq!((deactivated.shows_in(&facts), deleted.shows_in(&facts)), (None, None), "nothing is known yet");
    let question = deactivated.declares().shown_by().unwrap();
    facts.learn(aws.read(&question).await);
    assert_eq!(script.asked()[0].parameters.get("UserName").map(String::as_str), Some("bob"));
    let [found] = facts.keys_of(&bob()).unwrap() else { panic!("{:?}", facts.user_keys) };
    assert_eq!((found.id.as_str(), found.created), ("AKIA1", Some(then())));
    assert!(found.last_used.failure().is_some(), "the keys are known without their last use");
    assert_eq!((deactivated.shows_in(&facts), deleted.shows_in(&facts)), (Some(true), Some(false)));
    facts.learn(Fact::UserKeys("bob".into(), known(vec![])));
    assert_eq!((deactivated.shows_in(&facts), deleted.shows_in(&facts)), (Some(false), Some(true)));
    assert_eq!(facts.keys_of(&Subject::Root), None, "and root's are others");
    facts.forget(&question);
    assert!(facts.is_unread(&question));
}

#[tokio::test(start_paused = true)]
async fn an_empty_login_profile_is_a_named_failure_and_not_a_password_of_1970() {
    let script = Script::default()
        .result("iam:GetLoginProfile", "")
        .result("iam:ListMFADevices", "<MFADevices><member><EnableDate/></member></MFADevices>");
    let (fact, _) = read(script, Question::SignIn("bob".into())).await;
    let Fact::SignIn(_, sign_in) = fact else { panic!("{fact:?}") };
    assert_eq!(sign_in.password, Reading::Failed(Failure::lacks("iam:GetLoginProfile", "LoginProfile")));
    assert!(sign_in.devices.failure().is_some_and(|failure| failure.fault == Fault::Unreadable), "{sign_in:?}");
}

#[tokio::test(start_paused = true)]
async fn a_password_policy_without_expiry_has_no_age_and_no_history() {
    let xml = "<PasswordPolicy><MinimumPasswordLength>14</MinimumPasswordLength><RequireSymbols>true</RequireSymbols><RequireNumbers>false</RequireNumbers><RequireUppercaseCharacters>false</RequireUppercaseCharacters><RequireLowercaseCharacters>false</RequireLowercaseCharacters><AllowUsersToChangePassword>true</AllowUsersToChangePassword><ExpirePasswords>false</ExpirePasswords><MaxPasswordAge>0</MaxPasswordAge></PasswordPolicy>";
    let (fact, _) = read(Script::default().result("iam:GetAccountPasswordPolicy", xml), Question::PasswordPolicy).await;
    let policy = PasswordPolicy { minimum_length: 14, require_symbols: true, ..PasswordPolicy::aws_default() };
    assert_eq!(fact, Fact::PasswordPolicy(known(Some(policy))));
}

#[tokio::test(start_paused = true)]
async fn without_a_password_policy_awss_default_is_in_force() {
    let gone = error(404, "NoSuchEntity", "The Password Policy with domain name 123456789012 cannot be found.");
    let (fact, _) = read(Script::default().then("iam:GetAccountPasswordPolicy", gone), Question::PasswordPolicy).await;
    assert_eq!(fact, Fact::PasswordPolicy(known(None)));
}

#[tokio::test(start_paused = true)]
async fn a_password_policy_without_a_length_is_a_named_failure() {
    let flags = ["RequireSymbols", "RequireNumbers", "RequireUppercaseCharacters", "RequireLowercaseCharacters"];
    let flags = flags.into_iter().chain(["AllowUsersToChangePassword"]);
    let flags: String = flags.map(|name| format!("<{name}>true</{name}>")).collect();
    let script = Script::default().result("iam:GetAccountPasswordPolicy", &flags);
    let (fact, _) = read(script, Question::PasswordPolicy).await;
    let failure = Failure::lacks("iam:GetAccountPasswordPolicy", "MinimumPasswordLength");
    assert_eq!(fact, Fact::PasswordPolicy(Reading::Failed(failure)));
}

#[tokio::test(start_paused = true)]
async fn a_number_that_the_summary_lacks_is_unknown_and_not_zero() {
    let map = "<SummaryMap><entry><key>AccountMFAEnabled</key><value>1</value></entry></SummaryMap>";
    let (fact, _) = read(Script::default().result("iam:GetAccountSummary", map), Question::Summary).await;
    let Fact::Summary(Reading::Known { value: summary, .. }) = fact else { panic!("{fact:?}") };
    assert_eq!((summary.root_mfa(), summary.root_keys()), (Some(1), None));
}

#[tokio::test(start_paused = true)]
async fn an_alias_is_read_if_there_is_one() {
    let alias = "<AccountAliases><member>acme</member></AccountAliases><IsTruncated>false</IsTruncated>";
    for (result, expected) in [(alias, Some("acme".to_owned())), ("<AccountAliases/>", None)] {
        let (fact, _) = read(Script::default().result("iam:ListAccountAliases", result), Question::Alias).await;
        assert_eq!(fact, Fact::Alias(known(expected)));
    }
}

#[tokio::test(start_paused = true)]
async fn concurrent_questions_read_the_caller_once() {
    let (aws, script) = connected(
        root().result("iam:ListAccessKeys", "<AccessKeyMetadata/>").result("iam:ListMFADevices", "<MFADevices/>"),
    );
    let (caller, keys, devices) = (Question::Caller, Question::RootKeys, Question::RootDevices);
    tokio::join!(aws.read(&caller), aws.read(&keys), aws.read(&devices));
    assert_eq!(script.count("sts:GetCallerIdentity"), 1);
    aws.read(&caller).await;
    assert_eq!(script.count("sts:GetCallerIdentity"), 2, "but a later question is asked afresh");
}

#[tokio::test(start_paused = true)]
async fn a_failed_read_of_the_caller_is_repeated() {
    let script = Script::default()
        .error("sts:GetCallerIdentity", 403, "AccessDenied", "not yet")
        .then("sts:GetCallerIdentity", Canned::Answer(200, "text/xml", "<GetCallerIdentityResponse><GetCallerIdentityResult><Arn>arn:aws:iam::123456789012:root</Arn><Account>123456789012</Account></GetCallerIdentityResult></GetCallerIdentityResponse>".into()))
        .result("iam:ListAccessKeys", "<AccessKeyMetadata/>");
    let (aws, _) = connected(script);
    assert!(matches!(aws.read(&Question::RootKeys).await, Fact::RootKeys(Reading::Failed(_))));
    assert_eq!(aws.read(&Question::RootKeys).await, Fact::RootKeys(known(vec![])));
}

#[tokio::test(start_paused = true)]
async fn the_primary_contact_is_read_with_its_phone_status() {
    const ACTION: &str = "account:GetContactInformation";
    let json = r#"{"ContactInformation":{"FullName":"Ann","AddressLine1":"1 Way","City":"Bern","PostalCode":"3000","CountryCode":"CH","PhoneNumber":"+41 31 1","CompanyName":"Acme","AddressLine2":"Door 2","WebsiteUrl":"https://acme.example"},"VerificationStatus":"UNVERIFIED"}"#;
    let (fact, _) = read(Script::default().json(ACTION, 200, json), Question::ContactInformation).await;
    let contact = ContactInformation {
        full_name: "Ann".into(),
        company_name: "Acme".into(),
        address_line_1: "1 Way".into(),
        address_line_2: "Door 2".into(),
        city: "Bern".into(),
        postal_code: "3000".into(),
        country_code: "CH".into(),
        phone: "+41 31 1".into(),
        website_url: "https://acme.example".into(),
        phone_status: PhoneStatus::Unverified,
        ..ContactInformation::default()
    };
    assert_eq!(contact.address(), ["1 Way", "Door 2", "3000 Bern", "CH"]);
    assert_eq!(fact, Fact::ContactInformation(known(Some(contact))));
    let (fact, _) = read(Script::default().json(ACTION, 200, "{}"), Question::ContactInformation).await;
    assert_eq!(fact, Fact::ContactInformation(Reading::Failed(Failure::lacks(ACTION, "ContactInformation"))));
}
