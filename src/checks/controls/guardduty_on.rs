//! GuardDuty is on in every enabled Region.

use crate::account::facts::Detector;
use crate::account::{Facts, Question};
use crate::checks::regional::{State, Watcher, assess as in_every_region};
use crate::checks::{Assess, Assessment, Control, References, Remedy, Severity, StepId, console};

pub(super) const CONTROL: Control = Control {
    id: "guardduty-on",
    title: "GuardDuty is on in every Region",
    severity: Severity::High,
    questions: &[Question::GuardDuty],
    references: References { cis: &[], security_hub: &["GuardDuty.1"], prowler: &["guardduty_is_enabled"] },
    differs: "all enabled Regions are one finding here",
    console: Some(console::GUARD_DUTY),
    remedy: Remedy::Step(StepId::Watchers),
    text: include_str!("../../../assets/explain/guardduty-on.md"),
    assess: Assess::Facts(assess),
};

const GUARD_DUTY: Watcher<Detector> = Watcher {
    name: "GuardDuty",
    question: Question::GuardDuty,
    read: |detector| {
        let (call, field) = match detector {
            Detector::Absent => ("guardduty:ListDetectors", "detectorIds"),
            Detector::Enabled | Detector::Disabled { .. } => ("guardduty:GetDetector", "status"),
        };
        let value = match detector {
            Detector::Enabled => "ENABLED",
            Detector::Disabled { .. } => "DISABLED",
            Detector::Absent => "empty",
        };
        State { on: *detector == Detector::Enabled, call, field, value: value.to_owned() }
    },
    fix: "Turn GuardDuty on in every enabled Region, even where nothing runs: lockroot, the step \"Watch over the account\"; by hand: GuardDuty console, Get started, Region by Region. In an organization, the delegated administrator does it for all accounts.",
};

fn assess(facts: &Facts) -> Result<Assessment, Assessment> {
    in_every_region(&facts.guard_duty, &GUARD_DUTY)
}
