//! Security Hub CSPM is on in every enabled Region.

use crate::account::facts::Hub;
use crate::account::{Facts, Question};
use crate::checks::regional::{State, Watcher, assess as in_every_region};
use crate::checks::{Assess, Assessment, Control, References, Remedy, Severity, StepId, console};

pub(super) const CONTROL: Control = Control {
    id: "security-hub-on",
    title: "Security Hub CSPM is on in every Region",
    severity: Severity::Medium,
    questions: &[Question::SecurityHub],
    references: References {
        cis: &[("5.0", "4.16"), ("6.0", "5.16"), ("7.0", "5.16")],
        security_hub: &[],
        prowler: &["securityhub_enabled"],
    },
    differs: "all enabled Regions are one finding here; standards don't count",
    console: Some(console::SECURITY_HUB),
    remedy: Remedy::Step(StepId::Watchers),
    text: include_str!("../../../assets/explain/security-hub-on.md"),
    assess: Assess::Facts(assess),
};

const SECURITY_HUB: Watcher<Hub> = Watcher {
    name: "Security Hub",
    question: Question::SecurityHub,
    read: |hub| {
        let on = *hub == Hub::Subscribed;
        let value = if on { "subscribed" } else { "not subscribed" };
        State { on, call: "securityhub:DescribeHub", field: "HubArn", value: value.to_owned() }
    },
    fix: "Turn Security Hub CSPM on in every enabled Region: lockroot, the step \"Watch over the account\"; by hand: Security Hub console, Region by Region. In an organization, central configuration does it for all accounts.",
};

fn assess(facts: &Facts) -> Result<Assessment, Assessment> {
    in_every_region(&facts.security_hub, &SECURITY_HUB)
}
