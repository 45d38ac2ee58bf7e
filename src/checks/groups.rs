//! Users get their permissions through groups only: no policy is attached to a user or written into one.

use super::{Judgement, evidence, known};
use crate::account::facts::User;
use crate::account::{Facts, Question};

const FIX: &str = "Let a group carry the same, put the user into it, then detach the policies from the user: the step \"Groups\" of lockroot.";

pub(super) fn judge(facts: &Facts) -> Result<Judgement, Judgement> {
    let people = known(&facts.people, &Question::People)?;
    let call = Question::People.action();
    let direct: Vec<&User> = people
        .users
        .iter()
        .filter(|user| !user.attached_policies.is_empty() || !user.inline_policies.is_empty())
        .collect();
    let proof =
        direct.iter().filter_map(|user| evidence(&facts.people, call, user.name.clone(), policies(user))).collect();
    let count = evidence(&facts.people, call, "UserDetailList", format!("{} users", people.users.len()));
    Ok(match (people.users.len(), direct.as_slice()) {
        (0, _) => Judgement::not_applicable("There is no IAM user.", count.into_iter().collect()),
        (_, []) => Judgement::pass("No user holds a policy directly.", count.into_iter().collect()),
        (_, [only]) => Judgement::fail(format!("{} holds policies directly.", only.name), proof, FIX),
        (_, several) => {
            let names: Vec<&str> = several.iter().map(|user| user.name.as_str()).collect();
            Judgement::fail(format!("{} users hold policies directly: {}.", names.len(), names.join(", ")), proof, FIX)
        }
    })
}

fn policies(user: &User) -> String {
    let attached = user.attached_policies.iter().map(|arn| arn.rsplit('/').next().unwrap_or(arn).to_owned());
    let inline = user.inline_policies.iter().map(|name| format!("{name} (inline)"));
    attached.chain(inline).collect::<Vec<_>>().join(", ")
}
