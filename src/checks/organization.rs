//! Whether the account is in an organization, and whether that organization can act as root in its members.

use super::{Evidence, Judgement, evidence, known};
use crate::account::facts::CentralRoot;
use crate::account::{Facts, Question};

const QUESTION: Question = Question::OrganizationsFeatures;
const SESSIONS: &str = "Switch it on in the management account: IAM console, Root access management; or `aws iam enable-organizations-root-sessions`.";

/// An account by itself is told to a person: whether one is enough, only they know.
pub(super) fn membership(facts: &Facts) -> Result<Judgement, Judgement> {
    let central = known(&facts.central_root, &QUESTION)?;
    Ok(match central {
        CentralRoot::NoOrganization => Judgement::manual(
            "The account is in no organization: no service control policy limits it, and nobody else can recover its root. Decide whether one account is enough.",
            proof(facts, "OrganizationNotFound"),
        ),
        CentralRoot::Member => {
            Judgement::pass("The account is a member of an organization.", proof(facts, "a member account"))
        }
        CentralRoot::NoTrustedAccess | CentralRoot::NotAllFeatures | CentralRoot::Features { .. } => {
            let value = "the management account, or a delegated administrator";
            Judgement::pass("The account manages an organization.", proof(facts, value))
        }
    })
}

/// Without root sessions the management account can remove credentials of members but neither restore them nor act.
pub(super) fn root_sessions(facts: &Facts) -> Result<Judgement, Judgement> {
    let central = known(&facts.central_root, &QUESTION)?;
    let off = "Root sessions are off: deleted root credentials of a member account can't be restored.";
    Ok(match central {
        CentralRoot::NoOrganization => {
            Judgement::not_applicable("The account is in no organization.", proof(facts, "OrganizationNotFound"))
        }
        CentralRoot::Member => Judgement::not_applicable(
            "This is a member account. Only the management account sees what is enabled.",
            proof(facts, "a member account"),
        ),
        CentralRoot::NoTrustedAccess => Judgement::fail(off, proof(facts, "ServiceAccessNotEnabled"), SESSIONS),
        CentralRoot::NotAllFeatures => Judgement::fail(off, proof(facts, "OrganizationNotInAllFeaturesMode"), SESSIONS),
        CentralRoot::Features { sessions: false, .. } => {
            Judgement::fail(off, proof(facts, "RootSessions is not among them"), SESSIONS)
        }
        CentralRoot::Features { sessions: true, .. } => Judgement::pass(
            "The management account can take root actions in member accounts, in short sessions.",
            proof(facts, "RootSessions"),
        ),
    })
}

fn proof(facts: &Facts, value: &str) -> Vec<Evidence> {
    evidence(&facts.central_root, QUESTION.action(), "EnabledFeatures", value).into_iter().collect()
}
