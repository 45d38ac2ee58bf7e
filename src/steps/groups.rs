//! Permissions through groups. For users who hold policies directly: a group comes to carry the same first, is read
//! back, and only then are the policies taken off the user. One user at a time.

mod moves;

use super::{Action, ActionId, Changes, Consent, Form, Hardening, Opening, Page, Plan, StepId, Table, verdict_rows};
use crate::account::facts::User;
use crate::account::{Facts, Timestamp};

pub(super) struct Groups;

const AGAIN: &str = "Read again (r).";

impl Hardening for Groups {
    fn title(&self) -> &'static str {
        "Groups"
    }

    fn changes(&self) -> Changes {
        Changes {
            anybody: &[
                "iam:AddUserToGroup",
                "iam:AttachGroupPolicy",
                "iam:CreateGroup",
                "iam:DeleteUserPolicy",
                "iam:DetachUserPolicy",
                "iam:PutGroupPolicy",
            ],
            root: &[],
        }
    }

    fn guide(&self) -> &'static str {
        include_str!("../../assets/guide/groups.md")
    }

    fn page(&self, facts: &Facts, item: usize, _now: Timestamp) -> Page {
        let table = table(facts);
        let mut actions = Vec::new();
        if let Some((people, user)) = facts.people.known().and_then(|people| Some((people, direct(facts).nth(item)?))) {
            let action = |id, label: String| Action { id, label, blocked: None };
            if moves::is_covered(people, user) {
                actions.push(action(ActionId::DetachFromUser, format!("Detach from {}", user.name)));
            } else {
                if let Some(group) = moves::twin(people, user) {
                    actions.push(action(ActionId::MoveToGroup, format!("Use {}", group.name)));
                }
                actions
                    .push(action(ActionId::MoveToNewGroup, format!("New group {}", moves::fresh_name(people, user))));
            }
        }
        Page {
            why: "Policies on single users are forgotten: nobody sees them where permissions are looked for, and they stay when somebody changes jobs. Groups show who may do what.",
            rows: verdict_rows(StepId::Groups, facts),
            table,
            notes: if actions.is_empty() {
                Vec::new()
            } else {
                vec!["Two reviews for each user: first a group gives the same and the user joins it. Once AWS shows that, the policies are taken off the user.".into()]
            },
            actions,
        }
    }

    fn open(&self, _action: ActionId, _item: usize, _facts: &Facts) -> Opening {
        Opening::Plan
    }

    fn plan(
        &self,
        action: ActionId,
        item: usize,
        _form: Option<&Form>,
        facts: &Facts,
        _as_of: Timestamp,
    ) -> Result<Plan, String> {
        let people = facts.people.known().ok_or_else(|| format!("Users and groups could not be read. {AGAIN}"))?;
        let user = direct(facts).nth(item).ok_or_else(|| format!("That user is gone. {AGAIN}"))?;
        let (title, calls, notes) = match action {
            ActionId::DetachFromUser => {
                let (calls, notes) = moves::detach(people, user)?;
                (format!("Take the policies off {}", user.name), calls, notes)
            }
            ActionId::MoveToGroup => {
                let group = moves::twin(people, user)
                    .ok_or_else(|| format!("No group carries exactly what {} holds any more. {AGAIN}", user.name))?;
                let (calls, notes) = moves::carry(people, user, &group.name)?;
                (format!("Let {} give {} the same", group.name, user.name), calls, notes)
            }
            _ => {
                let group = moves::fresh_name(people, user);
                let (calls, notes) = moves::carry(people, user, &group)?;
                (format!("Let {group} give {} the same", user.name), calls, notes)
            }
        };
        Ok(Plan { title, calls, notes, consent: Consent::Careful, ..Plan::default() })
    }
}

/// The users who hold policies themselves. Root is no IAM user, and never among them.
fn direct(facts: &Facts) -> impl Iterator<Item = &User> {
    let users = facts.people.known().map(|people| people.users.as_slice()).unwrap_or_default();
    users.iter().filter(|user| !user.attached_policies.is_empty() || !user.inline_policies.is_empty())
}

fn table(facts: &Facts) -> Table {
    let Some(people) = facts.people.known() else { return Table::default() };
    let row = |user: &User| {
        let attached = user.attached_policies.iter().map(|arn| moves::short(arn).to_owned());
        let inline = user.inline_policies.iter().map(|name| format!("{name} (inline)"));
        let policies = attached.chain(inline).collect::<Vec<_>>().join(", ");
        let group = match (moves::is_covered(people, user), moves::twin(people, user)) {
            (true, _) => "has the same".to_owned(),
            (false, Some(group)) => group.name.clone(),
            (false, None) => "new".to_owned(),
        };
        vec![user.name.clone(), policies, group]
    };
    let rows: Vec<_> = direct(facts).map(row).collect();
    if rows.is_empty() { Table::default() } else { Table { heads: vec!["USER", "HOLDS", "GROUP"], rows } }
}
