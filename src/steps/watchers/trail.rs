//! Corrects an incomplete trail of this account. It creates no trail: that needs a bucket and its policy, which
//! people decide.

use super::{Action, ActionId, Call, Change, Consent, Facts, Plan};
use crate::account::TrailFix;
use crate::account::facts::TrailState;

/// The control that this item passes.
pub(super) const CONTROL: &str = "cloudtrail-on";

/// The fixes for a trail.
struct Correction<'a> {
    trail: &'a TrailState,
    fixes: Vec<TrailFix>,
}

/// The trail that needs the fewest fixes. Only trails of this account in its home Region, not the organization's.
/// `None`: one is complete, or none can be fixed.
fn correction(facts: &Facts) -> Option<Correction<'_>> {
    let caller = facts.caller.known()?;
    let home = caller.partition().home_region();
    let own = facts.trails.known()?.iter().filter(|trail| {
        let account = trail.arn.split(':').nth(4);
        trail.home_region == home && !trail.is_organization && account == Some(caller.account.as_str())
    });
    let corrections = own.filter_map(|trail| Some(Correction { trail, fixes: fixes(trail)? }));
    corrections.min_by_key(|correction| correction.fixes.len()).filter(|correction| !correction.fixes.is_empty())
}

/// The fixes that the trail needs. `None`: unknown, or no call can fix it.
fn fixes(trail: &TrailState) -> Option<Vec<TrailFix>> {
    let mut fixes = Vec::new();
    if !trail.multi_region || !trail.validation {
        let global_events = !trail.multi_region && !trail.global_events;
        fixes.push(TrailFix::Update {
            multi_region: !trail.multi_region,
            global_events,
            validation: !trail.validation,
        });
    }
    if trail.management.known()?.lacks().is_some() {
        fixes.push(TrailFix::Selectors(trail.selectors.as_ref()?.recording_all()?));
    }
    if !trail.logging? {
        fixes.push(TrailFix::Start);
    }
    Some(fixes)
}

pub(super) fn actions(facts: &Facts) -> Vec<Action> {
    let action = |id, label: &str| Action { id, label: label.into(), blocked: None };
    let correct = correction(facts).map(|_| action(ActionId::FillIn, "Correct the trail"));
    correct.into_iter().chain([action(ActionId::ByHand, "By hand, and watch")]).collect()
}

pub(super) fn plan(facts: &Facts) -> Result<Plan, String> {
    let found = correction(facts).ok_or("No trail of this account needs correction. Read again (r).")?;
    let (trail, region) = (found.trail, found.trail.home_region.clone());
    let call = |fix: TrailFix| {
        let effect = effect(trail, &fix);
        let change = Change::CorrectTrail { trail: trail.arn.clone(), region: region.clone(), fix };
        Call { change, effect }
    };
    Ok(Plan {
        title: format!("Correct the trail {}", trail.name),
        notes: vec![
            "The first copy of management events in each Region is free. AWS charges for further copies (if another trail records them too), and for S3 storage.".into(),
            "The trail's data events and its bucket stay as they are.".into(),
        ],
        calls: found.fixes.into_iter().map(call).collect(),
        consent: Consent::Careful,
        ..Plan::default()
    })
}

/// The effects of a fix.
fn effect(trail: &TrailState, fix: &TrailFix) -> Vec<(&'static str, String, String)> {
    let one = |name, before: &str, after: &str| (name, before.to_owned(), after.to_owned());
    match fix {
        TrailFix::Update { multi_region, validation, .. } => {
            let regions = multi_region.then(|| one("Regions", &trail.home_region, "all"));
            let files = validation.then(|| one("Log file validation", "off", "on"));
            regions.into_iter().chain(files).collect()
        }
        TrailFix::Selectors(_) => {
            let before = trail.management.known().map(crate::account::management_events::ManagementEvents::words);
            vec![one("Management events", &before.unwrap_or_default(), "read and write management events")]
        }
        TrailFix::Start => vec![one("Logging", "stopped", "on")],
    }
}
