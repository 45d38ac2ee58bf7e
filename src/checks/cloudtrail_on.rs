//! A trail records every region, logs now, and its files can't be changed unnoticed.

use super::{Evidence, Judgement, evidence, known};
use crate::account::facts::TrailState;
use crate::account::{Facts, Question};

const FIX: &str =
    "Make a trail for all regions with log file validation, and start its logging: CloudTrail console, Trails.";

pub(super) fn judge(facts: &Facts) -> Result<Judgement, Judgement> {
    let trails = known(&facts.trails, &Question::Trails)?;
    let proof: Vec<Evidence> = trails.iter().filter_map(|trail| proof(facts, trail)).collect();
    let best = trails.iter().min_by_key(|trail| lacks(trail).len());
    Ok(match best.map(|trail| (trail, lacks(trail))) {
        None => {
            let none = evidence(&facts.trails, Question::Trails.action(), "trailList", "empty");
            let why = "There is no trail: what happens here is kept for 90 days only, and in CloudTrail alone.";
            Judgement::fail(why, none.into_iter().collect(), FIX)
        }
        Some((trail, lacks)) if lacks.is_empty() => {
            Judgement::pass(format!("{} records every region, logs, and validates its files.", trail.name), proof)
        }
        Some((trail, lacks)) => Judgement::fail(format!("{}: {}.", trail.name, lacks.join(", ")), proof, FIX),
    })
}

fn lacks(trail: &TrailState) -> Vec<&'static str> {
    let all = [
        (trail.multi_region, "it records one region only"),
        (trail.logging != Some(false), "its logging is stopped"),
        (trail.validation, "its files are not validated"),
    ];
    all.into_iter().filter(|(fine, _)| !fine).map(|(_, words)| words).collect()
}

fn proof(facts: &Facts, trail: &TrailState) -> Option<Evidence> {
    let logging = match trail.logging {
        Some(true) => "IsLogging",
        Some(false) => "not logging",
        None => "logging not asked",
    };
    let regions = if trail.multi_region { "IsMultiRegionTrail" } else { "one region" };
    let validation = if trail.validation { "LogFileValidationEnabled" } else { "no validation" };
    let value = format!("{regions}, {logging}, {validation}");
    evidence(&facts.trails, Question::Trails.action(), trail.arn.clone(), value)
}
