//! A trail records all management events of every Region, is logging, and validates its files.

use crate::account::facts::TrailState;
use crate::account::{Facts, Question, Reading};
use crate::checks::StepId;
use crate::checks::{
    Assess, Assessment, Awaits, Control, Evidence, HandOff, References, Remedy, Severity, console, evidence, known,
};

pub(super) const CONTROL: Control = Control {
    id: "cloudtrail-on",
    title: "CloudTrail records every Region",
    severity: Severity::High,
    questions: &[Question::Trails],
    references: References {
        cis: &[("5.0", "3.1, 3.2"), ("6.0", "4.1, 4.2"), ("7.0", "4.1, 4.2")],
        security_hub: &["CloudTrail.1", "CloudTrail.4"],
        prowler: &["cloudtrail_multi_region_enabled", "cloudtrail_log_file_validation_enabled"],
    },
    differs: "",
    console: Some(console::TRAIL),
    remedy: Remedy::StepOrHandOff(
        StepId::Watchers,
        HandOff {
            steps: &[
                "Trails, Create trail. A trail created in the console records all Regions.",
                "Storage location: Create new S3 bucket. CloudTrail sets the policy of the bucket.",
                "Additional settings: leave Log file validation enabled.",
                "Events: Management events, with API activity Read and Write.",
            ],
            costs: Some(
                "The first copy of management events is free. You pay S3 for storage, and CloudTrail for further copies.",
            ),
            awaits: Awaits::Pass,
        },
    ),
    text: include_str!("../../../assets/explain/cloudtrail-on.md"),
    assess: Assess::Facts(assess),
};

const FIX: &str = "Create a trail for all Regions that records read and write management events, with log file validation, and start logging: CloudTrail console, Trails. lockroot corrects an existing trail: the step \"Watch over the account\".";

fn assess(facts: &Facts) -> Result<Assessment, Assessment> {
    let trails = known(&facts.trails, &Question::Trails)?;
    let proof: Vec<Evidence> = trails.iter().flat_map(|trail| proof(facts, trail)).collect();
    // A trail with unread events may be sufficient, but a trail known to be sufficient comes first.
    let best = trails.iter().min_by_key(|trail| (lacks(trail).len(), trail.management.known().is_none()));
    Ok(match best.map(|trail| (trail, lacks(trail))) {
        None => {
            let none = evidence(&facts.trails, Question::Trails.action(), "trailList", "empty");
            let why = "There is no trail: events are kept for 90 days only, and only in CloudTrail.";
            Assessment::fail(why, none.into_iter().collect(), FIX)
        }
        Some((trail, lacks)) if lacks.is_empty() => match known(&trail.management, &Question::Trails) {
            Ok(_) => Assessment::pass(
                format!(
                    "{} records every management event of every Region, logs, and validates its files.",
                    trail.name
                ),
                proof,
            ),
            Err(unknown) => Assessment { evidence: proof, ..unknown },
        },
        Some((trail, lacks)) => Assessment::fail(format!("{}: {}.", trail.name, lacks.join(", ")), proof, FIX),
    })
}

/// The known shortcomings of a trail.
fn lacks(trail: &TrailState) -> Vec<String> {
    let all = [
        (trail.multi_region, "it records one Region only"),
        (trail.logging != Some(false), "its logging is stopped"),
        (trail.validation, "its files are not validated"),
    ];
    let lacks = all.into_iter().filter(|(fine, _)| !fine).map(|(_, words)| words.to_owned());
    lacks.chain(trail.management.known().and_then(|events| events.lacks())).collect()
}

fn proof(facts: &Facts, trail: &TrailState) -> Vec<Evidence> {
    let logging = match trail.logging {
        Some(true) => "IsLogging",
        Some(false) => "not logging",
        None => "logging not asked",
    };
    let regions = if trail.multi_region { "IsMultiRegionTrail" } else { "one Region" };
    let validation = if trail.validation { "LogFileValidationEnabled" } else { "no validation" };
    let value = format!("{regions}, {logging}, {validation}");
    let state = evidence(&facts.trails, Question::Trails.action(), trail.arn.clone(), value);
    let events = match &trail.management {
        Reading::Known { value, .. } => Some(value.words()),
        _ => None,
    };
    let events = events.and_then(|words| {
        evidence(&trail.management, "cloudtrail:GetEventSelectors", trail.arn.clone(), format!("records {words}"))
    });
    state.into_iter().chain(events).collect()
}
