//! Security Hub (CSPM) collects findings in every region that is enabled.

use super::Judgement;
use super::regional::{Watcher, judge as in_every_region};
use crate::account::facts::Hub;
use crate::account::{Facts, Question};

const SECURITY_HUB: Watcher<Hub> = Watcher {
    name: "Security Hub",
    question: Question::SecurityHub,
    call: "securityhub:DescribeHub",
    field: "HubArn",
    read: |hub| match hub {
        Hub::Subscribed => (true, "subscribed".to_owned()),
        Hub::NotSubscribed => (false, "not subscribed".to_owned()),
    },
    fix: "Switch Security Hub CSPM on in every enabled region: Security Hub console, region by region; in an organization, once for all by its central configuration.",
};

pub(super) fn judge(facts: &Facts) -> Result<Judgement, Judgement> {
    in_every_region(&facts.security_hub, &SECURITY_HUB)
}
