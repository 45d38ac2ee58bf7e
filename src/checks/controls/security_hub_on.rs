//! Security Hub (CSPM) collects findings in every region that is enabled.

use crate::account::facts::Hub;
use crate::account::{Facts, Question};
use crate::checks::regional::{State, Watcher, judge as in_every_region};
use crate::checks::{Control, HandOff, Judge, Judgement, References, Severity, Way, console};

pub(super) const CONTROL: Control = Control {
    id: "security-hub-on",
    title: "Security Hub is on in every region",
    severity: Severity::Medium,
    questions: &[Question::SecurityHub],
    references: References {
        cis: &[("5.0", "4.16"), ("6.0", "5.16"), ("7.0", "5.16")],
        security_hub: &[],
        prowler: &["securityhub_enabled"],
    },
    differs: "as above; standards don't count here",
    console: Some(console::SECURITY_HUB),
    way: Way::HandOff(HandOff {
        steps: &[
            "Choose a Region that the finding names, at the top right of the console.",
            "Enable AWS Config there: Security Hub CSPM needs it for most of its controls.",
            "Go to Security Hub CSPM, Enable. Repeat this in each Region that the finding names.",
            "In an organization, central configuration enables it once for all accounts and Regions.",
        ],
        costs: Some(
            "AWS charges by the checks that Security Hub CSPM makes and by the items that AWS Config records. Security Hub CSPM has a 30-day free trial.",
        ),
    }),
    text: include_str!("../../../assets/explain/security-hub-on.md"),
    judge: Judge::Facts(judge),
};

const SECURITY_HUB: Watcher<Hub> = Watcher {
    name: "Security Hub",
    question: Question::SecurityHub,
    read: |hub| {
        let on = *hub == Hub::Subscribed;
        let value = if on { "subscribed" } else { "not subscribed" };
        State { on, call: "securityhub:DescribeHub", field: "HubArn", value: value.to_owned() }
    },
    fix: "Switch Security Hub CSPM on in every enabled region: Security Hub console, region by region; in an organization, once for all by its central configuration.",
};

fn judge(facts: &Facts) -> Result<Judgement, Judgement> {
    in_every_region(&facts.security_hub, &SECURITY_HUB)
}
