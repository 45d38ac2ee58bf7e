//! GuardDuty looks for attacks in every region that is enabled.

use super::Judgement;
use super::regional::{State, Watcher, judge as in_every_region};
use crate::account::facts::Detector;
use crate::account::{Facts, Question};

const GUARD_DUTY: Watcher<Detector> = Watcher {
    name: "GuardDuty",
    question: Question::GuardDuty,
    read: |detector| {
        let (call, field) = match detector {
            Detector::Absent => ("guardduty:ListDetectors", "detectorIds"),
            Detector::Enabled | Detector::Disabled => ("guardduty:GetDetector", "status"),
        };
        let value = match detector {
            Detector::Enabled => "ENABLED",
            Detector::Disabled => "DISABLED",
            Detector::Absent => "empty",
        };
        State { on: *detector == Detector::Enabled, call, field, value: value.to_owned() }
    },
    fix: "Switch GuardDuty on in every enabled region, also where nothing runs: GuardDuty console, Get started, region by region; in an organization, once for all from its delegated administrator.",
};

pub(super) fn judge(facts: &Facts) -> Result<Judgement, Judgement> {
    in_every_region(&facts.guard_duty, &GUARD_DUTY)
}
