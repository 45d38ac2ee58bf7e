//! Shared by the controls on the organization.

use super::{Evidence, evidence};
use crate::account::{Facts, Question};

pub(super) const QUESTION: Question = Question::OrganizationsFeatures;
/// Evidence on the organization's centralized root access.
pub(super) fn proof(facts: &Facts, value: &str) -> Vec<Evidence> {
    evidence(&facts.central_root, QUESTION.action(), "EnabledFeatures", value).into_iter().collect()
}
