//! Security Hub (CSPM) collects findings in every region that is enabled.

use super::Judgement;
use super::regional::{State, Watcher, judge as in_every_region};
use crate::account::facts::Hub;
use crate::account::{Facts, Question};

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

pub(super) fn judge(facts: &Facts) -> Result<Judgement, Judgement> {
    in_every_region(&facts.security_hub, &SECURITY_HUB)
}
