//! CloudTrail's event history shows no recent root activity.

use crate::account::age::ago;
use crate::account::{Facts, Question, RootActivity, Timestamp, TrailEvent};
use crate::checks::credentials::when;
use crate::checks::partition::without_root;
use crate::checks::{
    Assess, Assessment, Awaits, Control, Evidence, HandOff, References, Remedy, Severity, Verdict, console, evidence,
    known,
};

pub(super) const CONTROL: Control = Control {
    id: "root-activity",
    title: "No recent root activity in CloudTrail",
    severity: Severity::Medium,
    questions: &[Question::Caller, Question::RootActivity],
    references: References::NONE,
    differs: "",
    console: Some(console::TRAIL),
    remedy: Remedy::HandOff(HandOff {
        steps: &[
            "Open Event history in us-east-1 first, then in each Region that you use. Filter by User name: root.",
            "Ask your colleagues who it was, and why root was needed.",
            "If nobody knows: change root's password, delete its access keys, look at its MFA devices, and open an AWS Support case.",
            "The control passes 7 days after the last event.",
        ],
        costs: None,
        awaits: Awaits::Pass,
    }),
    text: include_str!("../../../assets/explain/root-activity.md"),
    assess: Assess::Facts(assess),
};

const FIX: &str = "Ask who it was. If nobody knows, change root's password, delete its keys, and review what was done: CloudTrail, Event history, user name root.";

fn assess(facts: &Facts) -> Result<Assessment, Assessment> {
    let caller = known(&facts.caller, &Question::Caller)?;
    if let Some(none) = without_root(facts)? {
        return Ok(none);
    }
    let activity = known(&facts.root_activity, &Question::RootActivity)?;
    let now = facts.root_activity.at().unwrap_or(Timestamp::UNIX_EPOCH);
    let limit = facts.parameters.root_activity_days;
    let since = now - time::Duration::days(limit.into());
    // Events of AWS services themselves are not a use of root.
    let counts = |event: &&TrailEvent| event.at > since && event.kind != "AwsServiceEvent";
    let found: Vec<&TrailEvent> = activity.events.iter().filter(counts).collect();
    let home = caller.partition().home_region();
    let earlier = activity.read_back_to.filter(|oldest| *oldest > since);
    let proof = summary(facts, found.len(), activity, limit).into_iter();
    let proof = proof.chain(found.iter().take(8).filter_map(|event| proof_of(facts, event))).collect();
    let Some(newest) = found.iter().max_by_key(|event| event.at) else {
        return Ok(match earlier {
            Some(oldest) => Assessment::manual(
                format!(
                    "Back to {} only lockroot's own calls were found. Look for older events in CloudTrail's event history, user name root.",
                    when(oldest)
                ),
                proof,
            ),
            None => Assessment::pass(quiet(activity, limit, home), proof),
        });
    };
    let more = if earlier.is_some() { " or more" } else { "" };
    let said = format!(
        "{}{more} root events within {limit} days in {home}; the last one {}: {}.",
        found.len(),
        ago(newest.at, now),
        newest.name
    );
    Ok(if caller.is_root() {
        Assessment::manual(format!("{said} You are signed in as root: this may be you."), proof)
    } else {
        Assessment::fail(said, proof, FIX)
    })
}

/// Whether the verdicts differ only because root asked once and another principal the other time. Root never gets a
/// fail, since root may have caused the events. Only root's own session is left out.
pub(in crate::checks) fn differs_by_caller(then: Verdict, now: Verdict, to_root: bool, facts: &Facts) -> bool {
    let Some(activity) = facts.root_activity.known() else { return true };
    match (then, now) {
        // Events that root's check left out as lockroot's own count now. Any other event is new.
        (Verdict::Pass | Verdict::NotApplicable, Verdict::Fail) => activity.events.iter().all(TrailEvent::is_own),
        // Only root's check leaves events out.
        (_, Verdict::Pass | Verdict::NotApplicable) => to_root && activity.own > 0,
        _ => true,
    }
}

fn quiet(activity: &RootActivity, limit: u32, home: &str) -> String {
    let besides = if activity.own > 0 { " besides what this session of lockroot did" } else { "" };
    format!("CloudTrail shows no root activity within {limit} days in {home}{besides}.")
}

fn summary(facts: &Facts, found: usize, activity: &RootActivity, limit: u32) -> Option<Evidence> {
    let value = format!("{found} by root in {limit} days; {} of this session's own left out", activity.own);
    evidence(&facts.root_activity, Question::RootActivity.action(), "Events", value)
}

/// Evidence on an event: address, key, MFA and program.
fn proof_of(facts: &Facts, event: &TrailEvent) -> Option<Evidence> {
    let from = if event.address.is_empty() { "an unnamed place" } else { &event.address };
    let key = if event.key.is_empty() { String::new() } else { format!(", key {}", event.key) };
    let mfa = event.mfa.map_or("", |mfa| if mfa { ", with MFA" } else { ", without MFA" });
    let program = if event.is_own() { ", by an earlier session of lockroot" } else { "" };
    let value = format!("{} from {from}{key}{mfa}{program}", when(event.at));
    evidence(&facts.root_activity, Question::RootActivity.action(), event.name.clone(), value)
}
