//! The policies in use: a user with exactly one policy makes every read and every change of its steps. With one action
//! less, AWS denies exactly the reads and changes that need the action.

use std::collections::BTreeSet;
use std::sync::Arc;

use lockroot::account::facts::{Detector, KeyStatus};
use lockroot::account::management_events::EventSelectors;
use lockroot::account::root_use::{EVENT_PATTERN, RuleSettings};
use lockroot::account::*;
use lockroot::aws::connect_in_process;
use lockroot::clock::Clock;
use lockroot::practice::{Practice, Scenario, SignedInAs};
use lockroot::secret::Secret;
use lockroot::steps::StepId;
use lockroot::wire::SigningKeys;
use serde_json::json;

use crate::policies::{OWN, STEPS, WIZARD, allowed, questions_of, questions_of_wizard};
use crate::support::START;

/// An account with something for every read and every change. POLICY is dana's only policy. A group carries it: the
/// wizard's is too long for a user's inline policies.
const SCENE: &str = r#"
title = "An account for policies"
account = "123456789012"
alias = "acme"
signed_in_as = "user:dana"

[password_policy]
minimum_length = 8

[contact_information]
full_name = "Ada Example"
address_line_1 = "1 Example Street"
city = "Exampletown"
postal_code = "8000"
country_code = "CH"
phone_number = "+41 44 000 00 00"
verification_status = "UNVERIFIED"

[contacts.billing]
name = "Ada Example"
title = "CFO"
email = "ada@example.com"
phone = "+41 44 000 00 00"

[[groups]]
name = "team"

[[groups]]
name = "danas"
inline_policies = { own = '''POLICY''' }

[[groups]]
name = "admins"
policies = ["AdministratorAccess"]

[[users]]
name = "kim"
groups = ["admins"]
password = true

[[users]]
name = "dana"
password = "Old-password-1"
groups = ["danas"]
[[users.keys]]
age = "1d"

[[users]]
name = "ann"
password = true
mfa = ["virtual"]
policies = ["ReadOnlyAccess"]
inline_policies = { old = '{"Version":"2012-10-17","Statement":{"Effect":"Allow","Action":"s3:GetObject","Resource":"*"}}' }
[[users.keys]]
age = "1d"
[[users.keys]]
age = "1d"
active = false
[[users.service_credentials]]
service = "codecommit.amazonaws.com"
[[users.service_credentials]]
service = "codecommit.amazonaws.com"

[[users]]
name = "bob"

[[devices]]
name = "left-over-of-root-mfa"
[[devices]]
name = "left-over-of-administrator"
[[devices]]
name = "left-over-of-users"
[[devices]]
name = "left-over"

[[trails]]
name = "all"
logging = false
log_group = "all"

[[metric_filters]]
name = "RootUsage"
log_group = "all"
pattern = '{ $.userIdentity.type = "Root" }'
namespace = "CIS"
metric = "RootUsage"

[[alarms]]
name = "RootUsage"
namespace = "CIS"
metric = "RootUsage"

[[event_rules]]
name = "watch-root"
pattern = '{"detail":{"userIdentity":{"type":["Root"]}}}'
targets = ["arn:aws:sns:us-east-1:123456789012:alerts"]

[[topics]]
name = "alerts"
[[topics]]
name = "root-use"

[[guardduty]]
regions = ["us-east-1"]
enabled = false
"#;

const HOME: &str = "us-east-1";

/// What AWS names by itself in the account.
struct Ids {
    own_key: String,
    keys_of_ann: Vec<String>,
    credentials_of_ann: Vec<String>,
    device_of_ann: String,
    detector: String,
}

/// The account, and dana's key.
fn account(policy: &str) -> (Arc<Practice>, SigningKeys) {
    let scenario = Scenario::parse("the test", &SCENE.replace("POLICY", policy)).unwrap();
    let practice = Practice::new(scenario, Clock::set_to(START));
    let keys = practice.session();
    (Arc::new(practice), keys)
}

impl Ids {
    /// Root reads them.
    async fn of(practice: &Arc<Practice>, own_key: String) -> Self {
        let root = practice.session_as(&SignedInAs::RootLogin).unwrap();
        let root = connect_in_process(practice.clone(), root, Clock::set_to(START));
        let Fact::UserKeys(_, keys) = root.read(&Question::UserKeys("ann".into())).await else { panic!() };
        let Fact::ServiceCredentials(credentials) = root.read(&Question::ServiceCredentials).await else { panic!() };
        let Fact::SignIn(_, sign_in) = root.read(&Question::SignIn("ann".into())).await else { panic!() };
        let Fact::GuardDuty(detectors) = root.read(&Question::GuardDuty).await else { panic!() };
        let Some(Ok(Detector::Disabled { id: detector })) = detectors.known().unwrap().regions.get(HOME).cloned()
        else {
            panic!()
        };
        Self {
            own_key,
            keys_of_ann: keys.known().unwrap().iter().map(|key| key.id.clone()).collect(),
            credentials_of_ann: credentials.known().unwrap().iter().map(|one| one.id.clone()).collect(),
            device_of_ann: sign_in.devices.known().unwrap()[0].serial.clone(),
            detector,
        }
    }
}

fn ann() -> String {
    "ann".into()
}

fn group() -> String {
    "team".into()
}

fn managed(name: &str) -> String {
    Partition::Commercial.managed_policy(name)
}

/// The device of that name, and codes that it does not show.
fn enable(user: &str) -> Change {
    let codes = ("000000".into(), "000000".into());
    Change::EnableDevice { user: user.into(), serial: device("left-over"), codes }
}

fn device(name: &str) -> String {
    format!("arn:aws:iam::123456789012:mfa/{name}")
}

/// What a step changes, each on something of its own: none rests on another one.
fn changes(step: StepId, ids: &Ids) -> Vec<Change> {
    let own = || Subject::User("dana".into());
    let of_ann = || Subject::User(ann());
    match step {
        StepId::RootKeys | StepId::RootSignIn => Vec::new(),
        StepId::RootMfa => vec![Change::DeleteDevice { serial: device("left-over-of-root-mfa") }],
        StepId::Contacts => contact_changes(),
        StepId::Administrator => vec![
            Change::CreateGroup { group: "administrators".into() },
            Change::AttachGroupPolicy { group: group(), policy: managed("AdministratorAccess") },
            Change::PutGroupPolicy { group: group(), name: "mfa".into(), document: "{\"Statement\":[]}".into() },
            Change::CreateUser { user: "eve".into(), tags: vec![Tag { key: "team".into(), value: "a".into() }] },
            Change::TagUser { user: ann(), tags: vec![Tag { key: "team".into(), value: "a".into() }] },
            Change::AddUserToGroup { user: ann(), group: group() },
            Change::CreateLoginProfile {
                user: "bob".into(),
                password: Secret::new("Pass-word-12"),
                reset_required: true,
            },
            Change::SetPassword { user: ann(), password: Secret::new("Pass-word-12"), reset_required: true },
            Change::CreateKey { user: "bob".into() },
            Change::CreateDevice { name: "eve".into(), user: Some("eve".into()) },
            enable("bob"),
            Change::ResyncDevice {
                user: ann(),
                serial: ids.device_of_ann.clone(),
                codes: ("000000".into(), "000000".into()),
            },
            Change::DeleteDevice { serial: device("left-over-of-administrator") },
        ],
        StepId::PasswordPolicy => {
            vec![Change::PutPasswordPolicy(PasswordPolicy::aws_default().raised_to_cis()), Change::DeletePasswordPolicy]
        }
        StepId::Users => vec![
            Change::CreateGroup { group: "readers".into() },
            Change::AttachGroupPolicy { group: group(), policy: managed("ReadOnlyAccess") },
            Change::PutGroupPolicy { group: group(), name: "own".into(), document: "{\"Statement\":[]}".into() },
            Change::AddUserToGroup { user: ann(), group: group() },
            Change::RemoveUserFromGroup { user: ann(), group: group() },
            Change::TagUser { user: ann(), tags: vec![Tag { key: "reviewed".into(), value: "2026-11-21".into() }] },
            Change::DetachUserPolicy { user: ann(), policy: managed("ReadOnlyAccess") },
            Change::DeleteUserPolicy { user: ann(), name: "old".into() },
            Change::SetKeyStatus { owner: of_ann(), key: ids.keys_of_ann[0].clone(), status: KeyStatus::Inactive },
            Change::DeleteKey { owner: of_ann(), key: ids.keys_of_ann[1].clone() },
            Change::SetServiceCredentialStatus {
                user: ann(),
                credential: ids.credentials_of_ann[0].clone(),
                status: KeyStatus::Inactive,
            },
            Change::DeleteServiceCredential { user: ann(), credential: ids.credentials_of_ann[1].clone() },
            Change::CreateDevice { name: "ann-2".into(), user: Some(ann()) },
            enable("bob"),
            Change::DeleteDevice { serial: device("left-over-of-users") },
            Change::DeleteLoginProfile { user: ann() },
        ],
        StepId::Watchers => watcher_changes(ids),
        StepId::OwnSignIn => vec![
            Change::CreateDevice { name: "dana".into(), user: Some("dana".into()) },
            enable("dana"),
            Change::DeleteDevice { serial: device("left-over") },
            Change::ChangePassword {
                user: "dana".into(),
                old: Secret::new("Old-password-1"),
                new: Secret::new("New-password-2"),
                was_asked: false,
            },
            Change::CreateKey { user: "dana".into() },
            Change::SetKeyStatus { owner: own(), key: ids.own_key.clone(), status: KeyStatus::Active },
            // The key that signs: nothing comes after it.
            Change::DeleteKey { owner: own(), key: ids.own_key.clone() },
        ],
    }
}

fn contact_changes() -> Vec<Change> {
    let contact = AlternateContact {
        name: "Ada Example".into(),
        title: "CTO".into(),
        email: "ada@example.com".into(),
        phone: "+41 44 000 00 00".into(),
    };
    let primary = ContactInformation {
        full_name: "Ada Example".into(),
        address_line_1: "2 Example Street".into(),
        city: "Exampletown".into(),
        postal_code: "8000".into(),
        country_code: "CH".into(),
        phone: "+41 44 000 00 00".into(),
        ..ContactInformation::default()
    };
    vec![
        Change::PutContact { of: ContactType::Security, contact },
        Change::DeleteContact { of: ContactType::Billing },
        Change::PutContactInformation(Box::new(primary)),
        Change::SendPhoneCode { phone: "+41 44 000 00 00".into(), again: false },
        Change::VerifyPhone { phone: "+41 44 000 00 00".into(), code: "AAAAAA".into() },
        Change::DeleteAlias { alias: "acme".into() },
        Change::CreateAlias { alias: "acme-prod".into() },
    ]
}

fn watcher_changes(ids: &Ids) -> Vec<Change> {
    let region = || HOME.to_owned();
    let topic = |name: &str| format!("arn:aws:sns:{HOME}:123456789012:{name}");
    let turn_on = |call, region: &str| Change::TurnOn { call, region: region.into() };
    let trail = "arn:aws:cloudtrail:us-east-1:123456789012:trail/all".to_owned();
    let correct = |fix| Change::CorrectTrail { trail: trail.clone(), region: region(), fix };
    let alarm = |part| Change::Alarm { part, region: region() };
    let settings = RuleSettings { pattern: EVENT_PATTERN.into(), ..RuleSettings::default() };
    vec![
        turn_on(TurnOnCall::CreateAnalyzer { name: "external-access".into() }, HOME),
        turn_on(TurnOnCall::CreateDetector, "eu-west-1"),
        turn_on(TurnOnCall::UpdateDetector { id: ids.detector.clone() }, HOME),
        turn_on(TurnOnCall::EnableSecurityHub, HOME),
        correct(TrailFix::Update { multi_region: true, global_events: true, validation: true }),
        correct(TrailFix::Selectors(EventSelectors::Classic(json!([{
            "ReadWriteType": "All", "IncludeManagementEvents": true, "DataResources": []
        }])))),
        correct(TrailFix::Start),
        alarm(AlarmPart::Topic { arn: topic("root-use-2"), policy: "{}".into() }),
        alarm(AlarmPart::Subscription { topic: topic("alerts"), address: "sec@example.com".into() }),
        alarm(AlarmPart::Rule { name: "root-use".into(), settings: Box::new(settings) }),
        alarm(AlarmPart::Target { rule: "watch-root".into(), topic: topic("alerts") }),
        Change::CreateGroup { group: "support".into() },
        Change::AttachGroupPolicy { group: group(), policy: managed("AWSSupportAccess") },
        Change::AddUserToGroup { user: ann(), group: group() },
    ]
}

/// The actions that AWS asks for.
fn needs(change: &Change) -> Vec<&'static str> {
    let more = match change {
        Change::CreateUser { .. } => Some("iam:TagUser"),
        // The first one in the account. There is a detector.
        Change::TurnOn { call: TurnOnCall::CreateAnalyzer { .. } | TurnOnCall::EnableSecurityHub, .. } => {
            Some("iam:CreateServiceLinkedRole")
        }
        _ => None,
    };
    std::iter::once(change.action()).chain(more).collect()
}

/// The actions that AWS denied, as its messages name them.
fn denied(said: &str) -> BTreeSet<String> {
    let parts = said.split("not authorized to perform: ").skip(1);
    parts.filter_map(|part| part.split_once(" on resource")).map(|(action, _)| action.to_owned()).collect()
}

/// Each question and change of `steps` with the actions that it needs and those that AWS denied, by a user with `policy`.
async fn run(
    policy: &str,
    steps: &[StepId],
    questions: &[Question],
) -> Vec<(String, Vec<&'static str>, BTreeSet<String>)> {
    let (practice, keys) = account(policy);
    let ids = Ids::of(&practice, keys.access_key_id.clone()).await;
    let aws = connect_in_process(practice, keys, Clock::set_to(START));
    let mut results = Vec::new();
    for question in questions {
        let fact = aws.read(question).await;
        results.push((format!("{question:?}"), question.actions().to_vec(), denied(&format!("{fact:?}"))));
    }
    for change in steps.iter().flat_map(|step| changes(*step, &ids)) {
        let failure = aws.apply(&change).await.err();
        let denied = failure.as_ref().map(|failure| denied(&failure.message)).unwrap_or_default();
        let is_denied = failure.as_ref().is_some_and(|failure| failure.fault == Fault::AccessDenied);
        assert_eq!(is_denied, !denied.is_empty(), "{change:?}: {failure:?}");
        // The codes of devices and of the phone are wrong.
        let has_code =
            matches!(change, Change::EnableDevice { .. } | Change::ResyncDevice { .. } | Change::VerifyPhone { .. });
        assert!(failure.is_none() || is_denied || has_code, "{change:?}: {failure:?}");
        results.push((format!("{change:?}"), needs(&change), denied));
    }
    results
}

fn without(policy: &str, action: &str) -> String {
    policy.replace(&format!("\"{action}\""), "\"iam:Nothing\"")
}

/// With `policy` AWS denies nothing. Without one of its actions, AWS denies exactly what needs that action.
async fn assert_enough_and_needed(name: &str, policy: &str, steps: &[StepId], questions: &[Question]) {
    let mut wrong = Vec::new();
    for (what, _, denied) in run(policy, steps, questions).await {
        wrong.extend((!denied.is_empty()).then(|| format!("{what} lacks {denied:?}")));
    }
    for action in allowed(policy) {
        let results = run(&without(policy, &action), steps, questions).await;
        for (what, needs, denied) in &results {
            let expected: BTreeSet<String> =
                needs.contains(&action.as_str()).then(|| action.clone()).into_iter().collect();
            wrong.extend((*denied != expected).then(|| format!("without {action}, {what} lacks {denied:?}")));
        }
        let is_needed = results.iter().any(|(_, _, denied)| !denied.is_empty());
        wrong.extend((!is_needed).then(|| format!("nothing needs {action}")));
    }
    assert_eq!(wrong, [""; 0], "{name}");
}

#[tokio::test(start_paused = true)]
async fn each_step_works_with_its_policy_and_needs_each_action_of_it() {
    for (step, policy) in STEPS.into_iter().chain([(StepId::OwnSignIn, OWN)]) {
        assert_enough_and_needed(&format!("{step:?}"), policy, &[step], &questions_of(step)).await;
    }
}

#[tokio::test(start_paused = true)]
async fn the_wizard_works_with_its_policy_and_needs_each_action_of_it() {
    assert_enough_and_needed("the wizard", WIZARD, &STEPS.map(|(step, _)| step), &questions_of_wizard()).await;
}

#[tokio::test(start_paused = true)]
async fn every_change_of_a_step_is_in_use() {
    let (practice, keys) = account(OWN);
    let ids = Ids::of(&practice, keys.access_key_id).await;
    for step in StepId::ALL {
        let changes = changes(step, &ids);
        let used: BTreeSet<&str> = changes.iter().flat_map(needs).collect();
        assert_eq!(used, step.definition().changes().anybody.iter().copied().collect(), "{step:?}");
    }
}
