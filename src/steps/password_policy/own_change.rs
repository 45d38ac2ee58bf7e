//! Users who may still change their own password after the policy no longer lets everyone.

use crate::account::facts::{People, User};
use crate::account::{Facts, Question};
use crate::checks::{self, Directory};

/// AWS managed policies that allow users to change their own password, by the end of the ARN.
const ALLOWING: [&str; 3] = [
    ":iam::aws:policy/AdministratorAccess",
    ":iam::aws:policy/IAMFullAccess",
    ":iam::aws:policy/IAMUserChangePassword",
];

/// Notes for a policy that does not let everyone change their own password.
pub(super) fn notes(facts: &Facts) -> Vec<String> {
    let mut notes = vec![
        "Then only administrators, and users whose policies allow iam:ChangePassword, can set new passwords. This applies to expired passwords too.".to_owned(),
    ];
    let (Some(people), Some(report)) = (facts.people.known(), facts.credential_report.known()) else {
        let unread = match facts.people.known() {
            Some(_) => Question::CredentialReport.action(),
            None => Question::People.action(),
        };
        notes.push(format!("lockroot can't list the affected users: {unread} could not be read."));
        return notes;
    };
    let with_password = report.users().filter(|row| row.password.value() == Some(&true));
    let live = Directory::new(facts);
    let users = with_password.filter_map(|row| live.user(&row.user));
    let (can, others): (Vec<&User>, Vec<&User>) = users.partition(|user| is_allowed(user, people));
    let names = |users: &[&User]| checks::some(&users.iter().map(|user| user.name.as_str()).collect::<Vec<_>>());
    if !can.is_empty() {
        notes.push(format!("Still allowed by AWS managed policies: {}.", names(&can)));
    }
    if !others.is_empty() {
        notes.push(format!("Allowed only if another policy of the account says so: {}.", names(&others)));
    }
    notes
}

/// Whether the user or one of its groups has a policy of [`ALLOWING`], and no permissions boundary prevents it.
fn is_allowed(user: &User, people: &People) -> bool {
    let allows = |arn: &String| ALLOWING.iter().any(|policy| arn.ends_with(policy));
    let groups = user.groups.iter().filter_map(|group| people.group(group));
    user.boundary.as_ref().is_none_or(allows)
        && (user.attached_policies.iter().any(allows) || groups.flat_map(|group| &group.attached_policies).any(allows))
}
