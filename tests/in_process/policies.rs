//! Compares assets/policies with the program's tables and with the calls that are really made.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};

use crate::support::START;
use lockroot::account::facts::{Audience, People, User};
use lockroot::account::{CredentialReport, Facts, Question, Reader, Reading};
use lockroot::aws::connect_in_process;
use lockroot::checks::{self, CONTROLS, Verdict};
use lockroot::clock::Clock;
use lockroot::commands::check::read_all;
use lockroot::practice::{Practice, Scenario};
use lockroot::steps::{ActionId, FieldId, Opening, StepId};
use lockroot::wire::{Endpoint, Replying};

type Actions = BTreeSet<String>;

const CHECK: &str = include_str!("../../assets/policies/check.json");
pub const WIZARD: &str = include_str!("../../assets/policies/wizard.json");

/// The policy of each step. Root's keys are root's alone to change, and no policy limits root.
pub const STEPS: [(StepId, &str); 6] = [
    (StepId::RootMfa, include_str!("../../assets/policies/steps/root-mfa.json")),
    (StepId::Contacts, include_str!("../../assets/policies/steps/alternate-contacts.json")),
    (StepId::Administrator, include_str!("../../assets/policies/steps/administrator.json")),
    (StepId::PasswordPolicy, include_str!("../../assets/policies/steps/password-policy.json")),
    (StepId::Users, include_str!("../../assets/policies/steps/users.json")),
    (StepId::Watchers, include_str!("../../assets/policies/steps/watch-over-the-account.json")),
];

/// The actions that a policy allows.
pub fn allowed(policy: &str) -> Actions {
    let policy: serde_json::Value = serde_json::from_str(policy).unwrap();
    let statements = policy["Statement"].as_array().unwrap();
    assert!(statements.iter().all(|statement| statement["Effect"] == "Allow"));
    let texts = |value: &serde_json::Value| match value {
        serde_json::Value::Array(several) => several.iter().map(|one| one.as_str().unwrap().to_owned()).collect(),
        one => vec![one.as_str().unwrap().to_owned()],
    };
    statements.iter().flat_map(|statement| texts(&statement["Action"])).collect()
}

/// The actions that answer `questions` for a caller other than root. GetCallerIdentity needs no permission.
fn reading(questions: impl IntoIterator<Item = Question>) -> Actions {
    let questions = questions.into_iter().filter(|question| question.told_to() != Audience::RootOnly);
    let actions = questions.flat_map(|question| question.actions().iter().copied()).map(str::to_owned);
    actions.filter(|action| action != "sts:GetCallerIdentity").collect()
}

/// What a plan reads besides: a password expiry is compared with every user's password.
fn for_plans(step: StepId) -> Vec<Question> {
    let (definition, facts) = (step.definition(), lockroot::account::Facts::default());
    let Opening::Form(mut form) = definition.open(ActionId::FillIn, 0, &facts) else { return Vec::new() };
    if form.field(FieldId::MaxAge).is_some() {
        form.put_text(FieldId::MaxAge, "90");
    }
    definition.plan_questions(ActionId::FillIn, 0, Some(&form), &facts)
}

/// What a step asks about single users, and about the use of their keys.
fn of_single_users(step: StepId) -> Vec<Question> {
    let attached_policies = vec!["arn:aws:iam::aws:policy/IAMFullAccess".to_owned()];
    let user = User {
        name: "ann".into(),
        arn: "arn:aws:iam::123456789012:user/ann".into(),
        attached_policies,
        ..User::default()
    };
    let people = People { users: vec![user], ..People::default() };
    let facts = Facts {
        // There is no root alarm, so the step asks which names are taken.
        root_rules: Reading::Known { value: Vec::new(), at: START },
        people: Reading::Known { value: people, at: START },
        credential_report: Reading::Known { value: CredentialReport::default(), at: START },
        ..as_dana()
    };
    let mut questions = step.definition().live_questions(&facts, true);
    if questions.iter().any(|question| matches!(question, Question::UserKeys(_))) {
        questions.push(Question::Regions);
    }
    // What each action of each row asks when it is chosen.
    let definition = step.definition();
    for item in 0..definition.view(&facts, 0, START).table.rows.len() {
        let actions = definition.view(&facts, item, START).actions;
        questions.extend(actions.iter().flat_map(|action| definition.plan_questions(action.id, item, None, &facts)));
    }
    questions
}

/// What a step asks of somebody who is not root.
pub fn questions_of(step: StepId) -> Vec<Question> {
    let questions = step.questions(&as_dana()).into_iter().chain(for_plans(step)).chain(of_single_users(step));
    // A new review after a changed plan asks who changed the account.
    let questions: BTreeSet<Question> = questions.chain([Question::RecentChanges]).collect();
    questions.into_iter().filter(|question| question.told_to() != Audience::RootOnly).collect()
}

/// What `check` and all steps of the account ask.
pub fn questions_of_wizard() -> Vec<Question> {
    let of_check = checks::questions().into_iter().filter(|question| question.told_to() != Audience::RootOnly);
    let all: BTreeSet<Question> = of_check.chain(STEPS.iter().flat_map(|(step, _)| questions_of(*step))).collect();
    all.into_iter().collect()
}

fn of_step(step: StepId) -> Actions {
    let changes = step.definition().changes().anybody.iter().map(|action| (*action).to_owned());
    reading(questions_of(step)).into_iter().chain(changes).collect()
}

#[test]
fn the_policy_of_check_allows_what_check_reads_and_no_more() {
    assert_eq!(allowed(CHECK), reading(checks::questions()));
}

#[test]
fn the_policy_of_each_step_allows_what_the_step_calls_and_no_more() {
    for (step, policy) in STEPS {
        assert_eq!(allowed(policy), of_step(step), "{step:?}");
    }
    assert_eq!(StepId::RootKeys.definition().changes().anybody, [""; 0], "only root changes root's keys");
}

#[test]
fn the_wizards_policy_joins_those_of_check_and_all_steps() {
    let mut all = allowed(CHECK);
    STEPS.iter().for_each(|(_, policy)| all.extend(allowed(policy)));
    assert_eq!(allowed(WIZARD), all);
}

#[test]
fn the_page_on_permissions_names_every_action() {
    let page = include_str!("../../docs/permissions.md");
    let by_root_alone = [Question::RootKeys, Question::RootDevices, Question::RootCertificates];
    let root_only = by_root_alone.iter().flat_map(Question::actions);
    let own = allowed(OWN);
    let by_root = StepId::CHECKLIST.iter().flat_map(|step| step.definition().changes().root);
    let mut names = allowed(WIZARD);
    names.extend(own);
    names.insert("sts:GetSessionToken".into());
    names.extend(root_only.chain(by_root).map(|action| (*action).to_owned()));
    let missing: Vec<String> = names.into_iter().filter(|action| !page.contains(&format!("`{action}`"))).collect();
    assert_eq!(missing, [""; 0]);
}

pub const OWN: &str = include_str!("../../assets/policies/own-sign-in.json");

/// The facts once dana is signed in.
fn as_dana() -> lockroot::account::Facts {
    let credential = lockroot::account::Credential {
        access_key_id: "AKIADANA".into(),
        kind: lockroot::account::CredentialKind::LongTerm,
        source: "the test".into(),
        base: None,
    };
    let arn = "arn:aws:iam::123456789012:user/dana".to_owned();
    let (account, principal) = ("123456789012".into(), lockroot::account::Principal::of_arn(&arn));
    let value = lockroot::account::Caller { account, arn, principal, credential, clock_ahead: None };
    lockroot::account::Facts { caller: lockroot::account::Reading::Known { value, at: START }, ..Default::default() }
}

#[test]
fn the_own_sign_in_policy_allows_what_its_step_calls_and_no_more() {
    assert_eq!(allowed(OWN), of_step(StepId::OwnSignIn));
}

/// The practice account with a record of the calls it received.
struct Recorder {
    practice: Practice,
    calls: Arc<Mutex<Actions>>,
}

impl Endpoint for Recorder {
    fn answer(&self, request: http::Request<Vec<u8>>) -> Replying<'_> {
        let path = request.uri().path().trim_start_matches('/').to_owned();
        let body = String::from_utf8_lossy(request.body()).into_owned();
        let authorization = request.headers()["authorization"].to_str().unwrap();
        let service = authorization.split('/').nth(3).unwrap().to_owned();
        let query = body.split('&').find_map(|pair| pair.strip_prefix("Action="));
        let target = request.headers().get("x-amz-target").map(|target| target.to_str().unwrap());
        let service = if service == "monitoring" { "cloudwatch".to_owned() } else { service };
        let rest = match (service.as_str(), path.as_str()) {
            ("guardduty", "detector") => Some("ListDetectors"),
            ("guardduty", _) => Some("GetDetector"),
            ("securityhub", "accounts") => Some("DescribeHub"),
            ("access-analyzer", "analyzer") => Some("ListAnalyzers"),
            _ => None,
        };
        let call = match rest.or(target.and_then(|target| target.rsplit('.').next())) {
            Some(call) => call.to_owned(),
            None => query.map_or_else(|| path[..1].to_uppercase() + &path[1..], str::to_owned),
        };
        self.calls.lock().unwrap().insert(format!("{service}:{call}"));
        self.practice.answer(request)
    }
}

const HARDENED: &str = include_str!("../../assets/practice/hardened.toml");

/// Runs the check on a hardened account as `auditor`, whose only policy is `policy`. Returns the facts and the calls.
async fn audit(policy: &serde_json::Value) -> (lockroot::account::Facts, Actions) {
    audit_in(HARDENED, policy).await
}

async fn audit_in(hardened: &str, policy: &serde_json::Value) -> (lockroot::account::Facts, Actions) {
    let scene = format!(
        "{}\n[[users]]\nname = \"auditor\"\ninline_policies = {{ check = '''{policy}''' }}\n[[users.keys]]\nage = \"1d\"\n",
        hardened.replace("\"root-login\"", "\"user:auditor\"")
    );
    run(&scene).await
}

async fn run(scene: &str) -> (lockroot::account::Facts, Actions) {
    let clock = Clock::set_to(START);
    let practice = Practice::new(Scenario::parse("the test", scene).unwrap(), clock.clone());
    let calls = Arc::new(Mutex::new(Actions::new()));
    let keys = practice.session();
    let recorder = Arc::new(Recorder { practice, calls: Arc::clone(&calls) });
    let aws = connect_in_process(recorder, keys, clock);
    let reader: &dyn Reader = &aws;
    let facts = read_all(reader).await;
    let calls = calls.lock().unwrap().clone();
    (facts, calls)
}

fn unknown(facts: &lockroot::account::Facts) -> BTreeSet<&'static str> {
    let assessed = CONTROLS.iter().filter(|control| control.assess(facts).verdict == Verdict::Unknown);
    assessed.map(|control| control.id).collect()
}

fn check_policy() -> serde_json::Value {
    serde_json::from_str(CHECK).unwrap()
}

#[tokio::test(start_paused = true)]
async fn check_reads_everything_with_its_policy() {
    let (facts, mut calls) = audit(&check_policy()).await;
    assert_eq!(unknown(&facts), BTreeSet::new());
    assert!(facts.alias.known().is_some());
    calls.remove("sts:GetCallerIdentity");
    assert_eq!(calls, allowed(CHECK), "the table lists the calls that are made");
}

#[tokio::test(start_paused = true)]
async fn check_as_root_makes_exactly_the_calls_of_the_table() {
    let scene = format!("{}\n[[root.keys]]\nage = \"1d\"\n", include_str!("../../assets/practice/hardened.toml"));
    let (_, calls) = run(&scene).await;
    let table = checks::questions().into_iter().flat_map(|question| question.actions().iter().copied());
    assert_eq!(calls, table.map(str::to_owned).collect());
}

fn check_policy_without(action: &str) -> serde_json::Value {
    let mut policy = check_policy();
    for statement in policy["Statement"].as_array_mut().unwrap() {
        match &mut statement["Action"] {
            serde_json::Value::Array(several) => several.retain(|one| one != action),
            one if one == action => *one = serde_json::Value::Array(Vec::new()),
            _ => {}
        }
    }
    let statements = policy["Statement"].as_array_mut().unwrap();
    statements.retain(|statement| statement["Action"].as_array().is_none_or(|actions| !actions.is_empty()));
    policy
}

/// A scenario without the tables called `names`.
fn without(scene: &str, names: &[&str]) -> String {
    let tables =
        scene.split("\n[").enumerate().map(|(n, table)| if n == 0 { table.into() } else { format!("[{table}") });
    let kept = tables.filter(|table| !names.iter().any(|name| table.starts_with(&format!("[[{name}]]"))));
    kept.collect::<Vec<String>>().join("\n")
}

#[tokio::test(start_paused = true)]
async fn each_action_is_needed_to_assess_a_single_root_alarm() {
    let with_rule = without(HARDENED, &["metric_filters", "alarms"]);
    let with_alarm = without(HARDENED, &["event_rules"]);
    for (scene, action) in [
        (&with_rule, "events:ListRules"),
        (&with_rule, "events:ListTargetsByRule"),
        (&with_rule, "cloudtrail:DescribeTrails"),
        (&with_alarm, "logs:DescribeMetricFilters"),
        (&with_alarm, "cloudwatch:DescribeAlarmsForMetric"),
        (&with_alarm, "cloudtrail:GetTrailStatus"),
    ] {
        let control = checks::control("root-use-alarm").unwrap();
        let (facts, _) = audit_in(scene, &check_policy()).await;
        assert_eq!(control.assess(&facts).verdict, Verdict::Pass, "with every action");
        let (facts, _) = audit_in(scene, &check_policy_without(action)).await;
        let assessment = control.assess(&facts);
        assert_eq!(assessment.verdict, Verdict::Unknown, "without {action}: {}", assessment.why);
        assert!(assessment.why.contains(action), "{}", assessment.why);
    }
}

#[tokio::test(start_paused = true)]
async fn without_one_action_only_controls_that_need_it_are_unknown() {
    let mut lines = Vec::new();
    for action in allowed(CHECK) {
        let (facts, _) = audit(&check_policy_without(&action)).await;
        for id in unknown(&facts) {
            // Only a control that needs the action may be unknown, and it names the action.
            let control = checks::control(id).unwrap();
            assert!(
                control.questions.iter().any(|question| question.actions().contains(&action.as_str())),
                "{id} asks no {action}"
            );
            let why = control.assess(&facts).why;
            assert!(why.contains(&action), "{id} names the missing permission: {why}");
        }
        lines.push(format!("{action}: {}", unknown(&facts).into_iter().collect::<Vec<_>>().join(", ")));
    }
    // Each action with the controls that are unknown without it. No control is named if another call answers the same
    // (the account has a rule and an alarm), or if no control needs the action (`iam:GetUser`).
    insta::with_settings!({ snapshot_path => "../snapshots", prepend_module_to_snapshot => false, omit_expression => true }, {
        insta::assert_snapshot!("needed_for", lines.join("\n"));
    });
}
