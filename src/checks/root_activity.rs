//! CloudTrail's history shows nothing of root's in the last days.

use super::credentials::when;
use super::{Evidence, Judgement, evidence, known};
use crate::account::age::ago;
use crate::account::{Facts, Partition, Question, Timestamp, TrailEvent};

const FIX: &str = "Ask who it was. If nobody knows, change root's password, delete its keys, and look at what was done: CloudTrail, event history, user name root.";

/// Events of an answer; with that many there may be more.
const PAGE: usize = 50;

pub(super) fn judge(facts: &Facts) -> Result<Judgement, Judgement> {
    let caller = known(&facts.caller, &Question::Caller)?;
    if caller.partition() == Partition::China {
        return Ok(Judgement::not_applicable("Accounts in AWS China have no root user.", Vec::new()));
    }
    let events = known(&facts.root_activity, &Question::RootActivity)?;
    let now = facts.root_activity.at().unwrap_or(Timestamp::UNIX_EPOCH);
    let limit = facts.parameters.root_activity_days;
    let since = now - time::Duration::days(limit.into());
    let recent: Vec<&TrailEvent> = events.iter().filter(|event| event.at > since).collect();
    // What this program did, and what AWS did by itself.
    let counts = |event: &&&TrailEvent| !event.is_own() && event.kind != "AwsServiceEvent";
    let foreign: Vec<&TrailEvent> = recent.iter().filter(counts).copied().collect();
    let proof = foreign.iter().take(8).filter_map(|event| proof(facts, event)).collect();
    let home = caller.partition().home_region();
    let Some(newest) = foreign.iter().max_by_key(|event| event.at) else {
        if recent.len() >= PAGE {
            let why = format!(
                "The newest {PAGE} events of root's are lockroot's own. What was before them is in CloudTrail's event history."
            );
            return Ok(Judgement::manual(why, Vec::new()));
        }
        let count = evidence(
            &facts.root_activity,
            Question::RootActivity.action(),
            "Events",
            format!("none by root in {limit} days, but by this program"),
        );
        let why = format!("CloudTrail shows nothing of root's within {limit} days in {home}, but what lockroot did.");
        return Ok(Judgement::pass(why, count.into_iter().collect()));
    };
    let count = if events.len() >= PAGE { format!("{} or more", foreign.len()) } else { foreign.len().to_string() };
    let said = format!(
        "Root did {count} things within {limit} days in {home}; the last one {}: {}.",
        ago(newest.at, now),
        newest.name
    );
    Ok(if caller.is_root() {
        Judgement::manual(format!("{said} Root is signed in now, so that this may be you."), proof)
    } else {
        Judgement::fail(said, proof, FIX)
    })
}

fn proof(facts: &Facts, event: &TrailEvent) -> Option<Evidence> {
    let from = if event.address.is_empty() { "an unnamed place" } else { &event.address };
    let value = format!("{} from {from}", when(event.at));
    evidence(&facts.root_activity, Question::RootActivity.action(), event.name.clone(), value)
}
