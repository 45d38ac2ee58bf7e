//! GuardDuty looks for attacks in every region that is enabled.

use super::Judgement;
use super::regional::{Watcher, judge as in_every_region};
use crate::account::facts::Detector;
use crate::account::{Facts, Question};

const GUARD_DUTY: Watcher<Detector> = Watcher {
    name: "GuardDuty",
    question: Question::GuardDuty,
    call: "guardduty:GetDetector",
    field: "status",
    read: |detector| match detector {
        Detector::Enabled => (true, "ENABLED".to_owned()),
        Detector::Disabled => (false, "DISABLED".to_owned()),
        Detector::Absent => (false, "no detector".to_owned()),
    },
    fix: "Switch GuardDuty on in every enabled region, also where nothing runs: GuardDuty console, Get started, region by region; in an organization, once for all from its delegated administrator.",
};

pub(super) fn judge(facts: &Facts) -> Result<Judgement, Judgement> {
    in_every_region(&facts.guard_duty, &GUARD_DUTY)
}
