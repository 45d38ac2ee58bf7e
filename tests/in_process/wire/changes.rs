//! Each change sends the call that it shows.

use std::collections::BTreeMap;

use lockroot::account::facts::KeyStatus;
use lockroot::account::management_events::EventSelectors;
use lockroot::account::root_use::{EVENT_PATTERN, RuleSettings};
use lockroot::account::*;
use lockroot::secret::Secret;
use serde_json::json;

use super::endpoint::{Canned, Script, alice, connected, root};

const PASSWORD: &str = "Correct-horse-7-staple";
const SEED: &str = "CHQ3HZ7IVVO5JB2YYWIQW6CZJ4BF5K6TGZQ3M56MOKWLFUG54KOXEDJ7R4QJL7UQ";

fn contact() -> AlternateContact {
    AlternateContact {
        name: "Ann Ö".into(),
        title: "CFO & more".into(),
        email: "a+b@example.com".into(),
        phone: "+1 (2) 3".into(),
    }
}

/// A primary contact with the required fields and those in `wanted`, each with its own text.
fn primary(wanted: fn(ContactField) -> bool) -> ContactInformation {
    let mut contact = ContactInformation { phone_status: PhoneStatus::Verified, ..Default::default() };
    for field in ContactField::ALL.into_iter().filter(|field| field.is_needed() || wanted(*field)) {
        contact.put(field, format!("{} & more", field.word()));
    }
    contact
}

/// One of every kind; a new kind fails to compile in [`kind`] until it is added here.
fn every_change() -> Vec<Change> {
    let user = || "administrator".to_owned();
    let root = || Subject::Root;
    let serial = || "arn:aws:iam::123456789012:mfa/administrator".to_owned();
    let policy = || PasswordPolicy { max_age: Some(90), ..PasswordPolicy::aws_default().raised_to_cis() };
    vec![
        Change::SetKeyStatus { owner: root(), key: "AKIA1".into(), status: KeyStatus::Inactive },
        Change::SetKeyStatus { owner: Subject::User(user()), key: "AKIA1".into(), status: KeyStatus::Active },
        Change::DeleteKey { owner: root(), key: "AKIA1".into() },
        Change::DeleteKey { owner: Subject::User(user()), key: "AKIA1".into() },
        Change::PutContact { of: ContactType::Security, contact: contact() },
        Change::CreateGroup { group: "Administrators".into() },
        Change::AttachGroupPolicy {
            group: "Administrators".into(),
            policy: Partition::Commercial.managed_policy("AdministratorAccess"),
        },
        Change::CreateUser { user: user(), tags: vec![Tag { key: "team".into(), value: "platform".into() }] },
        Change::TagUser { user: user(), tags: vec![Tag { key: "cost center".into(), value: String::new() }] },
        Change::ResyncDevice { user: user(), serial: serial(), codes: ("123456".into(), "000001".into()) },
        Change::AddUserToGroup { user: user(), group: "Administrators".into() },
        Change::RemoveUserFromGroup { user: user(), group: "Administrators".into() },
        Change::CreateLoginProfile { user: user(), password: Secret::new(PASSWORD), reset_required: false },
        Change::CreateKey { user: user() },
        Change::CreateDevice { name: user(), user: None },
        Change::EnableDevice { user: user(), serial: serial(), codes: ("123456".into(), "000001".into()) },
        Change::EnableRootDevice { serial: serial(), codes: ("123456".into(), "000001".into()) },
        Change::DeleteDevice { serial: serial() },
        Change::PutPasswordPolicy(policy()),
        Change::PutPasswordPolicy(PasswordPolicy::aws_default()),
        Change::DeletePasswordPolicy,
        Change::PutContactInformation(Box::new(primary(|field| !field.is_needed()))),
        Change::PutContactInformation(Box::new(primary(|_| false))),
        Change::SendPhoneCode { phone: "+41 44 000 00 00".into(), again: false },
        Change::VerifyPhone { phone: "+41 44 000 00 00".into(), code: "4F7K2A".into() },
        Change::DeleteContact { of: ContactType::Operations },
        Change::CreateAlias { alias: "acme-prod".into() },
        Change::DeleteAlias { alias: "acme".into() },
        Change::SetPassword { user: user(), password: Secret::new(PASSWORD), reset_required: true },
        Change::DeleteLoginProfile { user: user() },
        Change::SetServiceCredentialStatus { user: user(), credential: "ACCA1".into(), status: KeyStatus::Inactive },
        Change::DeleteServiceCredential { user: user(), credential: "ACCA1".into() },
        Change::PutGroupPolicy {
            group: "Administrators".into(),
            name: lockroot::steps::deny_unless_mfa::NAME.into(),
            document: lockroot::steps::deny_unless_mfa::DOCUMENT.into(),
        },
        Change::DetachUserPolicy { user: user(), policy: Partition::Commercial.managed_policy("AdministratorAccess") },
        Change::DeleteUserPolicy { user: user(), name: "own".into() },
        turn_on(TurnOnCall::CreateAnalyzer { name: "external-access".into() }),
        turn_on(TurnOnCall::CreateDetector),
        turn_on(TurnOnCall::UpdateDetector { id: "d1".into() }),
        turn_on(TurnOnCall::EnableSecurityHub),
        alarm(AlarmPart::Topic { arn: TOPIC.into(), policy: "{\"a\":1}".into() }),
        alarm(AlarmPart::Subscription { topic: TOPIC.into(), address: "sec@example.com".into() }),
        alarm(AlarmPart::Rule {
            name: "root-use".into(),
            settings: Box::new(RuleSettings { pattern: EVENT_PATTERN.into(), ..RuleSettings::default() }),
        }),
        alarm(AlarmPart::Target { rule: "root-use".into(), topic: TOPIC.into() }),
        correct(TrailFix::Update { multi_region: true, global_events: true, validation: true }),
        correct(TrailFix::Selectors(EventSelectors::Classic(json!([{ "ReadWriteType": "All" }])))),
        correct(TrailFix::Start),
    ]
}

const TOPIC: &str = "arn:aws:sns:us-east-1:123456789012:root-use";

fn correct(fix: TrailFix) -> Change {
    let trail = "arn:aws:cloudtrail:us-east-1:123456789012:trail/all".to_owned();
    Change::CorrectTrail { trail, region: "us-east-1".into(), fix }
}

fn alarm(part: AlarmPart) -> Change {
    Change::Alarm { part, region: "us-east-1".into() }
}

fn turn_on(call: TurnOnCall) -> Change {
    Change::TurnOn { call, region: "eu-west-1".into() }
}

/// Answers every change with success.
fn accepting_every_change(script: Script) -> Script {
    let date = "<CreateDate>2023-11-14T22:13:20Z</CreateDate>";
    let user = "<UserName>administrator</UserName>";
    let key = format!(
        "<AccessKey>{user}<AccessKeyId>AKIANEW</AccessKeyId><Status>Active</Status><SecretAccessKey>s3cr3t</SecretAccessKey></AccessKey>"
    );
    let device = format!(
        "<VirtualMFADevice><SerialNumber>arn:aws:iam::123456789012:mfa/administrator</SerialNumber><Base32StringSeed>{}</Base32StringSeed><QRCodePNG>iVBORw0KGgo=</QRCodePNG></VirtualMFADevice>",
        base64(SEED)
    );
    script
        .result("iam:UpdateAccessKey", "")
        .result("iam:DeleteAccessKey", "")
        .json("account:PutAlternateContact", 200, "{}")
        .result("iam:CreateGroup", &format!("<Group><Path>/</Path><GroupName>Administrators</GroupName><GroupId>1</GroupId><Arn>a</Arn>{date}</Group>"))
        .result("iam:AttachGroupPolicy", "")
        .result("iam:CreateUser", &format!("<User><Path>/</Path>{user}<UserId>1</UserId><Arn>a</Arn>{date}</User>"))
        .result("iam:AddUserToGroup", "")
        .result("iam:RemoveUserFromGroup", "")
        .result("iam:CreateLoginProfile", &format!("<LoginProfile>{user}{date}</LoginProfile>"))
        .result("iam:CreateAccessKey", &key)
        .result("iam:CreateVirtualMFADevice", &device)
        .result("iam:EnableMFADevice", "")
        .result("iam:DeleteVirtualMFADevice", "")
        .result("iam:UpdateAccountPasswordPolicy", "")
        .result("iam:DeleteAccountPasswordPolicy", "")
        .json("account:PutContactInformation", 200, "{}")
        .json("account:SendPhoneNumberVerification", 200, "{\"Status\":\"PENDING\"}")
        .json("account:VerifyPhoneNumber", 200, "{\"Status\":\"VERIFIED\"}")
        .json("account:DeleteAlternateContact", 200, "{}")
        .result("iam:CreateAccountAlias", "")
        .result("iam:DeleteAccountAlias", "")
        .result("iam:UpdateLoginProfile", "")
        .result("iam:DeleteLoginProfile", "")
        .result("iam:UpdateServiceSpecificCredential", "")
        .result("iam:DeleteServiceSpecificCredential", "")
        .result("iam:PutGroupPolicy", "")
        .result("iam:TagUser", "")
        .result("iam:ResyncMFADevice", "")
        .result("iam:DetachUserPolicy", "")
        .result("iam:DeleteUserPolicy", "")
        .json("access-analyzer:CreateAnalyzer", 200, r#"{"arn":"arn:aws:access-analyzer:eu-west-1:1:analyzer/a"}"#)
        .json("guardduty:CreateDetector", 200, r#"{"detectorId":"d1"}"#)
        // AWS sends either of them as an empty answer.
        .json("guardduty:UpdateDetector", 200, "")
        .json("securityhub:EnableSecurityHub", 200, "{}")
        .json("cloudtrail:UpdateTrail", 200, "{}")
        .json("cloudtrail:PutEventSelectors", 200, "{}")
        .json("cloudtrail:StartLogging", 200, "{}")
        .result("sns:CreateTopic", &format!("<TopicArn>{TOPIC}</TopicArn>"))
        .result("sns:Subscribe", "<SubscriptionArn>pending confirmation</SubscriptionArn>")
        .json("events:PutRule", 200, r#"{"RuleArn":"arn:aws:events:us-east-1:123456789012:rule/root-use"}"#)
        .json("events:PutTargets", 200, r#"{"FailedEntryCount":0,"FailedEntries":[]}"#)
}

fn base64(text: &str) -> String {
    const ALPHABET: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut encoded = String::new();
    for chunk in text.as_bytes().chunks(3) {
        let bits = chunk.iter().fold(0u32, |bits, byte| bits << 8 | u32::from(*byte)) << (8 * (3 - chunk.len()));
        for i in 0..4 {
            let sextet = (bits >> (18 - 6 * i)) & 63;
            encoded.push(if i <= chunk.len() { char::from(ALPHABET[sextet as usize]) } else { '=' });
        }
    }
    encoded
}

#[tokio::test(start_paused = true)]
async fn every_change_sends_exactly_the_call_it_shows() {
    for change in every_change() {
        let (aws, script) = connected(accepting_every_change(root()));
        aws.apply(&change).await.unwrap_or_else(|failure| panic!("{change:?}: {failure}"));
        let asked: Vec<_> =
            script.asked().into_iter().filter(|asked| asked.action != "sts:GetCallerIdentity").collect();
        let [asked] = asked.as_slice() else { panic!("{change:?} is not one call: {asked:?}") };
        assert_eq!(asked.action, change.action());
        let mut shown: BTreeMap<String, String> =
            change.parameters().into_iter().map(|(name, value)| (name.to_owned(), value)).collect();
        // The review shows the password as dots.
        if let Some(password) = shown.get_mut("Password") {
            *password = PASSWORD.into();
        }
        // The review shows tags in the AWS CLI's format.
        if let Change::CreateUser { tags, .. } | Change::TagUser { tags, .. } = &change {
            let [tag] = tags.as_slice() else { panic!("one tag shows how") };
            assert_eq!(shown.remove("Tags"), Some(format!("Key={},Value={}", tag.key, tag.value)));
            shown.insert("Tags.member.1.Key".into(), tag.key.clone());
            shown.insert("Tags.member.1.Value".into(), tag.value.clone());
        }
        // The review shows a map as JSON.
        if let Some(attributes) = shown.remove("Attributes") {
            let attributes: BTreeMap<String, String> = serde_json::from_str(&attributes).unwrap();
            let [(key, value)] = attributes.into_iter().collect::<Vec<_>>().try_into().unwrap();
            shown.insert("Attributes.entry.1.key".into(), key);
            shown.insert("Attributes.entry.1.value".into(), value);
        }
        // Some REST members begin with a lower-case letter in the model.
        let named = |name: &String| if change.region().is_some() { name.to_lowercase() } else { name.clone() };
        let named = |all: &BTreeMap<String, String>| -> BTreeMap<String, String> {
            all.iter().map(|(name, value)| (named(name), value.clone())).collect()
        };
        assert_eq!(named(&asked.parameters), named(&shown), "{change:?}");
        assert!(change.region().is_none_or(|region| asked.region == region), "sent to its Region: {asked:?}");
    }
}

#[tokio::test(start_paused = true)]
async fn turning_a_service_on_is_retried_only_if_it_cannot_have_happened() {
    const CALL: &str = "guardduty:CreateDetector";
    let throttled = || Canned::Answer(429, "application/json", "TooManyRequestsException\n{}".into());
    let busy = root().then(CALL, throttled()).json(CALL, 200, r#"{"detectorId":"d1"}"#);
    let (aws, script) = connected(busy);
    assert_eq!(aws.apply(&turn_on(TurnOnCall::CreateDetector)).await, Ok(Outcome::Done));
    assert_eq!(script.count(CALL), 2, "what was throttled did not happen");
    let broken = || Canned::Answer(500, "application/json", "InternalServerErrorException\n{}".into());
    let page = || Canned::Answer(200, "text/html", "<html></html>".into());
    for canned in [Canned::Reset, broken(), page()] {
        let (aws, script) = connected(root().then(CALL, canned.clone()));
        let failure = aws.apply(&turn_on(TurnOnCall::CreateDetector)).await.unwrap_err();
        assert!(failure.may_have_happened, "{canned:?}: {failure}");
        assert_eq!(script.count(CALL), 1, "{canned:?}: it may have happened");
    }
}

#[tokio::test(start_paused = true)]
async fn a_service_that_is_on_already_is_reported_as_such() {
    for (call, status, code, said, fault) in [
        (TurnOnCall::CreateAnalyzer { name: "a".into() }, 409, "ConflictException", "exists", Fault::Exists),
        (TurnOnCall::CreateAnalyzer { name: "a".into() }, 402, "ServiceQuotaExceededException", "quota", Fault::Limit),
        (TurnOnCall::CreateDetector, 400, "BadRequestException", "a detector already exists", Fault::Exists),
        (TurnOnCall::CreateDetector, 400, "BadRequestException", "the input is invalid", Fault::Invalid),
        (TurnOnCall::EnableSecurityHub, 409, "ResourceConflictException", "subscribed", Fault::Exists),
        (TurnOnCall::EnableSecurityHub, 403, "AccessDeniedException", "a service control policy", Fault::AccessDenied),
    ] {
        let change = turn_on(call);
        let body = format!("{code}\n{{\"message\":\"{said}\"}}");
        let (aws, _) = connected(root().json(change.action(), status, &body));
        let failure = aws.apply(&change).await.unwrap_err();
        assert_eq!((failure.fault, failure.may_have_happened), (fault, false), "{failure}");
        assert!(failure.fault.is_about_the_call(), "the next Region is asked all the same");
        assert_eq!((failure.message.as_str(), failure.request_id.as_deref()), (said, Some("r-1")));
    }
}

#[tokio::test(start_paused = true)]
async fn failures_of_the_root_alarm_carry_each_services_message() {
    let topic = || alarm(AlarmPart::Topic { arn: TOPIC.into(), policy: "{}".into() });
    let target = || alarm(AlarmPart::Target { rule: "root-use".into(), topic: TOPIC.into() });
    let other = "Invalid parameter: Attributes Reason: Topic already exists with different attributes";
    for (status, code, said, fault) in [
        (400, "InvalidParameter", other, Fault::Exists),
        (400, "InvalidParameter", "Invalid parameter: Topic Name", Fault::Invalid),
        (403, "AuthorizationError", "User: a is not authorized to perform: SNS:CreateTopic", Fault::AccessDenied),
        (403, "TopicLimitExceeded", "no", Fault::Limit),
    ] {
        let (aws, script) = connected(root().error("sns:CreateTopic", status, code, said));
        let failure = aws.apply(&topic()).await.unwrap_err();
        assert_eq!(
            (failure.fault, failure.may_have_happened, failure.message.as_str()),
            (fault, false, said),
            "{code}"
        );
        assert_eq!(script.count("sns:CreateTopic"), 1);
    }
    let taken = r#"{"FailedEntryCount":1,"FailedEntries":[{"TargetId":"root-use","ErrorCode":"ConcurrentModificationException","ErrorMessage":"too many at once"}]}"#;
    let (aws, _) = connected(root().json("events:PutTargets", 200, taken));
    let failure = aws.apply(&target()).await.unwrap_err();
    assert_eq!((failure.fault, failure.may_have_happened), (Fault::Busy, false), "{failure}");
    // A page that is no AWS answer leaves open whether the change happened.
    for page in ["<html></html>", "<CreateTopicResponse></CreateUserResponse>"] {
        let (aws, script) = connected(root().then("sns:CreateTopic", Canned::Answer(200, "text/xml", page.into())));
        let failure = aws.apply(&topic()).await.unwrap_err();
        assert!(failure.may_have_happened, "{failure}");
        assert_eq!(script.count("sns:CreateTopic"), 1, "{page}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_taken_alias_is_explained() {
    let taken = "The account alias acme already exists.";
    let (aws, _) = connected(root().error("iam:CreateAccountAlias", 409, "EntityAlreadyExists", taken));
    let failure = aws.apply(&Change::CreateAlias { alias: "acme".into() }).await.unwrap_err();
    assert_eq!((failure.fault, failure.message.as_str()), (Fault::Exists, taken));
    assert!(failure.advice().contains("unique within the partition"), "{}", failure.advice());
}

#[tokio::test(start_paused = true)]
async fn a_new_device_returns_its_seed_as_base32_text() {
    let (aws, _) = connected(accepting_every_change(alice()));
    let outcome = aws.apply(&Change::CreateDevice { name: "administrator".into(), user: None }).await;
    let serial = "arn:aws:iam::123456789012:mfa/administrator".to_owned();
    assert_eq!(outcome, Ok(Outcome::Device(NewDevice { serial, seed: Secret::new(SEED) })));
}

#[tokio::test(start_paused = true)]
async fn a_new_key_returns_its_secret() {
    let (aws, _) = connected(accepting_every_change(alice()));
    let outcome = aws.apply(&Change::CreateKey { user: "administrator".into() }).await;
    assert_eq!(outcome, Ok(Outcome::Key { id: "AKIANEW".into(), secret: Secret::new("s3cr3t") }));
}

#[tokio::test(start_paused = true)]
async fn a_created_device_without_a_seed_is_a_failure_after_the_change() {
    let device = "<VirtualMFADevice><SerialNumber>arn:aws:iam::1:mfa/a</SerialNumber></VirtualMFADevice>";
    let (aws, _) = connected(alice().result("iam:CreateVirtualMFADevice", device));
    let failure = aws.apply(&Change::CreateDevice { name: "a".into(), user: None }).await.unwrap_err();
    assert_eq!((failure.fault, failure.may_have_happened), (Fault::Unreadable, true));
    assert!(failure.message.contains("Base32StringSeed"), "{failure}");
}

#[tokio::test(start_paused = true)]
async fn only_root_may_change_roots_credentials() {
    for change in [
        Change::DeleteKey { owner: Subject::Root, key: "AKIA1".into() },
        Change::SetKeyStatus { owner: Subject::Root, key: "AKIA1".into(), status: KeyStatus::Inactive },
        Change::AskRootDevice { serial: "arn:aws:iam::123456789012:mfa/root-mfa".into() },
        Change::EnableRootDevice {
            serial: "arn:aws:iam::123456789012:mfa/root-mfa".into(),
            codes: ("123456".into(), "654321".into()),
        },
    ] {
        let (aws, script) = connected(accepting_every_change(alice()));
        let failure = aws.apply(&change).await.unwrap_err();
        assert_eq!((failure.fault, failure.action.as_str()), (Fault::AccessDenied, change.action()));
        assert!(!failure.may_have_happened);
        assert_eq!(script.count(change.action()), 0);
    }
}

#[tokio::test(start_paused = true)]
async fn no_call_is_sent_without_a_subject() {
    let blank = String::new;
    for change in [
        Change::DeleteKey { owner: Subject::User(blank()), key: "AKIA1".into() },
        Change::SetKeyStatus { owner: Subject::User(blank()), key: "AKIA1".into(), status: KeyStatus::Inactive },
        Change::CreateLoginProfile { user: blank(), password: Secret::new(PASSWORD), reset_required: true },
        Change::CreateKey { user: blank() },
    ] {
        let (aws, script) = connected(accepting_every_change(root()));
        let failure = aws.apply(&change).await.unwrap_err();
        assert_eq!((failure.fault, failure.may_have_happened), (Fault::Invalid, false), "{change:?}");
        assert_eq!(script.count(change.action()), 0, "{change:?}");
    }
}

/// Asks whether root's MFA can be assigned by API. Returns the result and the parameters sent.
async fn ask_root_mfa_api(script: Script) -> (Result<Outcome, Failure>, Vec<BTreeMap<String, String>>) {
    let (aws, script) = connected(script);
    let answer = aws.apply(&Change::AskRootDevice { serial: "arn:aws:iam::123456789012:mfa/root-mfa".into() }).await;
    let asked = script.asked().into_iter().filter(|asked| asked.action == "iam:EnableMFADevice");
    (answer, asked.map(|asked| asked.parameters).collect())
}

#[tokio::test(start_paused = true)]
async fn roots_mfa_api_is_open_only_if_aws_refuses_the_codes() {
    let refused = |status, code: &'static str| root().error("iam:EnableMFADevice", status, code, "no");
    let (answer, sent) = ask_root_mfa_api(refused(403, "InvalidAuthenticationCode")).await;
    assert_eq!(answer, Ok(Outcome::RootMfaApi(RootMfaApi::Open)));
    assert_eq!(sent.len(), 1);
    assert_eq!(sent[0]["UserName"], "root");
    assert_eq!(sent[0]["AuthenticationCode1"], sent[0]["AuthenticationCode2"], "no device shows the same code twice");
    for (status, code) in
        [(404, "NoSuchEntity"), (400, "ValidationError"), (403, "AccessDenied"), (409, "EntityAlreadyExists")]
    {
        let (answer, _) = ask_root_mfa_api(refused(status, code)).await;
        let Ok(Outcome::RootMfaApi(RootMfaApi::Closed(failure))) = answer else { panic!("{code}: {answer:?}") };
        assert_eq!(failure.code.as_deref(), Some(code));
    }
    for (status, code) in
        [(400, "Throttling"), (500, "ServiceFailure"), (403, "ExpiredToken"), (403, "InvalidClientTokenId")]
    {
        let (answer, _) = ask_root_mfa_api(refused(status, code)).await;
        assert!(answer.is_err(), "{code} says nothing about root's MFA");
    }
}

#[tokio::test(start_paused = true)]
async fn accepted_wrong_codes_are_a_failure_that_may_have_happened() {
    let (answer, _) = ask_root_mfa_api(accepting_every_change(root())).await;
    assert!(answer.is_err_and(|failure| failure.may_have_happened));
}
