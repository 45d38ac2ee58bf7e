//! Root keys with CloudTrail evidence: reading, complete, as a policy, watched.

use super::account::{NOW, neglected, read};
use super::{denied, having_read, practice, with};
use crate::account::*;
use crate::steps::StepId;
use crate::wizard::pages::examine::ExamineView;
use crate::wizard::pages::{Examine, KeyWatch};
use crate::wizard::watch::Watch;
use crate::wizard::{Mode, Page, Wizard};

const KEY: &str = "AKIAI44QH8DHBEXAMPLE";

fn event(minutes: i64, source: &str, name: &str, address: &str, agent: &str) -> TrailEvent {
    TrailEvent {
        at: NOW - time::Duration::minutes(minutes),
        source: format!("{source}.amazonaws.com"),
        name: name.into(),
        region: "eu-west-1".into(),
        address: address.into(),
        agent: agent.into(),
        error: (minutes % 7 == 0).then(|| "AccessDenied".into()),
        kind: "AwsApiCall".into(),
        key: String::new(),
        identity: String::new(),
        mfa: None,
    }
}

fn query(region: &str) -> TrailQuery {
    TrailQuery { of: Traced::Key(KEY.into()), region: region.into(), since: None, after: None }
}

fn traced(facts: &mut Facts, region: &str, events: Vec<TrailEvent>, next: Option<&str>) {
    let page = TrailPage { events, next: next.map(str::to_owned) };
    facts.learn(Fact::Trail(query(region), read(page)));
}

fn events() -> Vec<TrailEvent> {
    let (build, cli) = ("APN/1.0 HashiCorp/1.0 Terraform/1.5.7", "aws-cli/2.15.0 Python/3.11 Linux/6.1");
    let mut events: Vec<TrailEvent> =
        (0..30).map(|n| event(n * 60 + 5, "ecr", "GetAuthorizationToken", "20.55.14.9", cli)).collect();
    events.extend((0..9).map(|n| event(n * 300 + 7, "ec2", "DescribeInstances", "20.55.14.9", build)));
    events.push(event(90, "lambda", "UpdateFunctionCode20150331v2", "81.2.69.160", cli));
    events.push(event(1, "iam", "ListUsers", "81.2.69.160", "aws-sdk-rust/1.3 app/lockroot"));
    events
}

fn wizard(facts: Facts, page: Page) -> Wizard {
    with(having_read(practice(), facts), StepId::RootKeys, page)
}

fn examining(stopped: bool, shown: ExamineView) -> Page {
    Examine { of: Traced::Key(KEY.into()), step: StepId::RootKeys, stopped, shown }.into()
}

pub fn keys() -> Vec<(&'static str, Wizard)> {
    let mut half = neglected();
    traced(&mut half, "us-east-1", events(), Some("more"));
    let mut whole = neglected();
    traced(&mut whole, "us-east-1", events(), None);
    let refused = Failure { action: "cloudtrail:LookupEvents".into(), message: "not allowed".into(), ..denied() };
    whole.learn(Fact::Trail(query("eu-west-1"), Reading::Failed(refused)));
    let mut none = neglected();
    traced(&mut none, "us-east-1", Vec::new(), None);
    traced(&mut none, "eu-west-1", Vec::new(), None);
    let mut gone = neglected();
    if let Reading::Known { value: keys, .. } = &mut gone.root_keys {
        keys[1].status = facts::KeyStatus::Inactive;
    }
    let since = NOW - time::Duration::minutes(40);
    let late = TrailPage { events: vec![event(7, "sts", "GetCallerIdentity", "20.55.14.9", "x")], next: None };
    gone.learn(Fact::Trail(TrailQuery { since: Some(since), ..query("eu-west-1") }, read(late)));
    let next = NOW + time::Duration::seconds(15);
    let watching = KeyWatch { key: KEY.into(), step: StepId::RootKeys, watch: Watch { since, next, polls: 12 } }.into();
    vec![
        ("examining", wizard(half.clone(), examining(false, ExamineView::Evidence))),
        ("examining-stopped", wizard(half, examining(true, ExamineView::Evidence))),
        ("examined", wizard(whole.clone(), examining(false, ExamineView::Evidence))),
        ("examined-policy", wizard(whole, examining(false, ExamineView::Policy))),
        ("examined-nothing", wizard(none, examining(false, ExamineView::Evidence))),
        ("examined-root", wizard(of_root(), examining_root(ExamineView::Events))),
        ("examined-held", held()),
        ("watching-key", wizard(gone, watching)),
    ]
}

fn examining_root(shown: ExamineView) -> Page {
    Examine { of: Traced::Root, step: StepId::RootKeys, stopped: false, shown }.into()
}

/// What root did: with MFA at the console, refused without, and by a key.
fn of_root() -> Facts {
    let (browser, cli) = ("Mozilla/5.0 (X11; Linux x86_64)", "aws-cli/2.15.0 Python/3.11 Linux/6.1");
    let (signin, denied) = (event(30, "signin", "ConsoleLogin", "81.2.69.160", browser), Some("AccessDenied".into()));
    let signed = event(44, "iam", "CreateAccessKey", "203.0.113.9", cli);
    let events = vec![
        TrailEvent { mfa: Some(true), ..signin },
        TrailEvent { mfa: Some(false), key: KEY.into(), error: denied, ..signed },
    ];
    let mut facts = neglected();
    for (region, events) in [("us-east-1", events), ("eu-west-1", Vec::new())] {
        let query = TrailQuery { of: Traced::Root, ..query(region) };
        facts.learn(Fact::Trail(query, read(TrailPage { events, next: None })));
    }
    facts
}

/// The evidence of a key that this machine holds.
fn held() -> Wizard {
    let mut facts = neglected();
    traced(&mut facts, "us-east-1", events(), None);
    let mut wizard = having_read(Mode::Live, facts);
    let place = "profile deploy (~/.aws/credentials)";
    let keys = vec![source::HeldKey { id: KEY.into(), place: place.into() }];
    wizard.world.found(machine::Machine { keys, ..machine::Machine::default() });
    with(wizard, StepId::RootKeys, examining(false, ExamineView::Evidence))
}

/// Evidence in which every text tries to steer the terminal.
pub fn foreign(text: &str) -> Vec<Wizard> {
    let mut facts = neglected();
    let mut foreign = event(7, text, text, text, text);
    foreign.region = text.into();
    foreign.error = Some(text.into());
    traced(&mut facts, "us-east-1", vec![foreign.clone()], None);
    let since = Some(NOW - time::Duration::hours(1));
    let page = TrailPage { events: vec![foreign], next: None };
    facts.learn(Fact::Trail(TrailQuery { since, ..query("us-east-1") }, read(page.clone())));
    facts.learn(Fact::Trail(TrailQuery { of: Traced::Root, ..query("us-east-1") }, read(page)));
    let watch = Watch { since: NOW - time::Duration::hours(1), next: NOW, polls: 1 };
    let watch = KeyWatch { key: KEY.into(), step: StepId::RootKeys, watch };
    let root = examining_root(ExamineView::Events);
    [examining(false, ExamineView::Evidence), examining(false, ExamineView::Policy), root, watch.into()]
        .into_iter()
        .map(|page| wizard(facts.clone(), page))
        .collect()
}
