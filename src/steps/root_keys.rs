//! Removes root's access keys. A key in use is deactivated first; the key that signs this session is deleted last.

mod advice;
mod certificates;
mod places;
mod plan;
mod policy;
mod waiting;

pub use advice::advice;
pub use places::{regions, watched_regions};
pub use policy::{Starting, starting_policy};
pub use waiting::waiting;
pub(super) use waiting::{before_deletion, late_use, waits_on};

use super::{
    Action, ActionId, Call, Changes, Form, Opening, Plan, Reach, Scope, Step, StepId, StepView, Table, reach,
    verdict_rows,
};
use plan::{call, consent, last_one, plan_notes, title, verb};

use crate::account::age::{age, ago};
use crate::account::facts::{AccessKey, KeyStatus, SigningCertificate, Summary};
use crate::account::{Caller, Facts, Partition, Question, Reading, Timestamp, Traced};

pub(super) struct RootKeys;

impl Step for RootKeys {
    fn title(&self) -> &'static str {
        "Root access keys"
    }

    fn short_title(&self) -> &'static str {
        "Root keys"
    }

    fn scope(&self) -> Scope {
        Scope::Root
    }

    fn asks_of_one(&self, _question: &Question) -> bool {
        false
    }

    fn reach(&self, caller: &Caller, facts: &Facts) -> Reach {
        let refusal = facts.root_keys.failure().map(|failure| failure.fault);
        match caller.partition() {
            Partition::China => Reach::NotApplicable("accounts in AWS China have no root user"),
            Partition::EuropeanSovereign | Partition::Other(_) => reach::UNDOCUMENTED,
            Partition::GovCloud if !caller.is_root() => Reach::HandOff(
                "GovCloud's root has access keys on request only; delete them with one of them, or ask AWS Support",
            ),
            Partition::GovCloud | Partition::Commercial if caller.is_root() => reach::iam(caller, facts, refusal),
            Partition::GovCloud | Partition::Commercial if reach::lacks_mfa(facts) => reach::NO_MFA,
            Partition::GovCloud | Partition::Commercial
                if facts.summary.known().and_then(Summary::root_keys) == Some(0) =>
            {
                Reach::NotApplicable("root has no access key")
            }
            Partition::GovCloud | Partition::Commercial => {
                Reach::HandOff("as root: `aws login`, then lockroot; or the console's \"Security credentials\"")
            }
        }
    }

    fn changes(&self) -> Changes {
        Changes {
            anybody: &[],
            root: &[
                "iam:DeleteAccessKey",
                "iam:DeleteSigningCertificate",
                "iam:UpdateAccessKey",
                "iam:UpdateSigningCertificate",
            ],
        }
    }

    fn guide(&self) -> &'static str {
        include_str!("../../assets/guide/root-access-keys.md")
    }

    fn view(&self, facts: &Facts, item: usize, now: Timestamp) -> StepView {
        let keys = keys(facts);
        StepView {
            why: "You don't need root keys: a role or a user can do the same work with fewer permissions. Find out who uses a key, move that work, deactivate, watch, delete.",
            rows: verdict_rows(StepId::RootKeys, facts),
            table: table(facts, keys, now),
            notes: notes(facts, keys, item, now),
            actions: actions(facts, keys, item, now),
        }
    }

    fn open(&self, action: ActionId, item: usize, facts: &Facts) -> Opening {
        match action {
            ActionId::Examine | ActionId::Watch => {
                let picked = keys(facts).get(item).map(|key| key.id.clone()).unwrap_or_default();
                if action == ActionId::Watch { Opening::Watch(picked) } else { Opening::Evidence(Traced::Key(picked)) }
            }
            _ => Opening::Plan,
        }
    }

    fn next_item(&self, facts: &Facts, now: Timestamp) -> Option<usize> {
        let keys = keys(facts);
        let certificates = keys.len() + usize::from(has_row_for_all(facts, keys));
        let rows = (0..keys.len()).chain(certificates..certificates + certificates::all(facts).len());
        // Waiting keys need no action now.
        let is_free = |action: &Action| action.id != ActionId::Watch && action.blocked.is_none();
        { rows }.find(|item| actions(facts, keys, *item, now).first().is_some_and(is_free))
    }

    fn plan_questions(&self, _action: ActionId, _item: usize, _form: Option<&Form>, _facts: &Facts) -> Vec<Question> {
        // To know whether somebody other than root can sign in.
        StepId::Administrator.watched()
    }

    fn plan(
        &self,
        action: ActionId,
        item: usize,
        _form: Option<&Form>,
        facts: &Facts,
        as_of: Timestamp,
    ) -> Result<Plan, String> {
        if let Some(found) = certificate(facts, item) {
            return certificates::plan(action, found);
        }
        let picked = picked(facts, keys(facts), item);
        if let Some(blocked) =
            actions(facts, keys(facts), item, as_of).into_iter().find(|a| a.id == action).and_then(|a| a.blocked)
        {
            return Err(blocked);
        }
        let calls: Vec<Call> = picked.iter().filter_map(|key| call(action, key)).collect();
        if calls.is_empty() {
            return Err("Nothing to do: the keys have changed since.".into());
        }
        Ok(Plan {
            title: title(action, calls.len()),
            consent: consent(action, &picked, facts),
            notes: plan_notes(action, &picked, facts, as_of),
            calls,
            ..Plan::default()
        })
    }
}

fn keys(facts: &Facts) -> &[AccessKey] {
    facts.root_keys.known().map_or(&[], Vec::as_slice)
}

fn signs_session(facts: &Facts, key: &AccessKey) -> bool {
    facts.caller.known().is_some_and(|caller| caller.signed_with(&key.id))
}

/// Whether the table has a row for all keys together.
fn has_row_for_all(facts: &Facts, keys: &[AccessKey]) -> bool {
    picked(facts, keys, keys.len()).len() > 1
}

/// The signing certificate in row `item`. Certificates come after the keys.
fn certificate(facts: &Facts, item: usize) -> Option<&SigningCertificate> {
    let keys = keys(facts);
    let before = keys.len() + usize::from(has_row_for_all(facts, keys));
    certificates::all(facts).get(item.checked_sub(before)?)
}

/// The keys of row `item`: one key, or in the row after them all keys except the one that signs this session.
fn picked<'a>(facts: &Facts, keys: &'a [AccessKey], item: usize) -> Vec<&'a AccessKey> {
    match keys.get(item) {
        Some(key) => vec![key],
        None => keys.iter().filter(|key| !signs_session(facts, key)).collect(),
    }
}

fn table(facts: &Facts, keys: &[AccessKey], now: Timestamp) -> Table {
    if keys.is_empty() && certificates::all(facts).is_empty() {
        return Table::default();
    }
    let mut rows: Vec<Vec<String>> = keys.iter().map(|key| cells(facts, key, now)).collect();
    if has_row_for_all(facts, keys) {
        rows.push(vec!["all keys".into(), String::new(), String::new(), String::new()]);
    }
    rows.extend(certificates::rows(facts, now));
    Table { heads: vec!["KEY", "STATE", "AGE", "LAST USED"], rows, ..Table::default() }
}

fn cells(facts: &Facts, key: &AccessKey, now: Timestamp) -> Vec<String> {
    let used = match &key.last_used {
        _ if signs_session(facts, key) => "now, by this session".into(),
        Reading::Known { value: None, .. } => "never".into(),
        Reading::Known { value: Some(used), .. } => format!("{} {} {}", ago(used.at, now), used.service, used.region),
        Reading::Unread | Reading::Failed(_) | Reading::Closed(_) => "could not be read".into(),
    };
    vec![key.id.clone(), key.status.wire().to_lowercase(), key.created.map_or("?".into(), |at| age(at, now)), used]
}

fn notes(facts: &Facts, keys: &[AccessKey], item: usize, now: Timestamp) -> Vec<String> {
    let mut notes = waiting(facts, now);
    let none = facts.summary.known().and_then(|summary| summary.root_keys()) == Some(0);
    if let (Reading::Closed(reason), false) = (&facts.root_keys, none) {
        notes.push(format!(
            "{}. To delete root's keys, sign in as root (`aws login`) and start lockroot again.",
            capitalised(reason)
        ));
    }
    if facts.root_keys.failure().is_some() {
        let address = super::root_mfa::console_address(facts);
        notes.push(format!("If AWS still refuses to list them here, use the console, as root: {address}"));
    }
    if let Some(found) = certificate(facts, item) {
        notes.push(certificates::note(found));
        return notes;
    }
    for key in picked(facts, keys, item) {
        let short = key.last_four();
        match &key.last_used {
            _ if signs_session(facts, key) => notes.push(format!("…{short} signs this session. Delete it last, once you have proven that another administrator can sign in (i).")),
            Reading::Known { value: Some(_), .. } if key.recent_use(now).is_some() => notes.push(format!(
                "…{short} is in use. Find out who uses it, move that work to an IAM role, deactivate and watch; delete it later."
            )),
            Reading::Known { value: None, .. } if !facts.waits.contains_key(&key.id) => {
                notes.push(format!("…{short} has never been used: nothing needs it."));
            }
            Reading::Known { .. } => {}
            _ => notes.push(format!(
                "The last use of …{short} could not be read: it may be in use. Find out who uses it first."
            )),
        }
    }
    notes
}

fn actions(facts: &Facts, keys: &[AccessKey], item: usize, now: Timestamp) -> Vec<Action> {
    use ActionId::{Activate, Deactivate, Delete, Examine, Watch};
    if let Some(found) = certificate(facts, item) {
        return certificates::actions(found);
    }
    let picked = picked(facts, keys, item);
    let is_active = |key: &&AccessKey| key.status == KeyStatus::Active;
    let offered: &[ActionId] = match picked.as_slice() {
        [] => &[],
        [only] if is_active(only) => &[Deactivate, Delete, Examine],
        [only] if waiting::waits_on(facts, only, now) => &[Watch, Activate, Examine, Delete],
        [_] => &[Delete, Activate, Examine, Watch],
        some if some.iter().any(is_active) => &[Deactivate, Delete],
        _ => &[Delete, Activate],
    };
    let missed = matches!(picked.as_slice(), [only] if only.may_be_in_use(now));
    let all = if keys.get(item).is_none() { " all" } else { "" };
    offered
        .iter()
        .map(|id| Action {
            id: *id,
            label: match id {
                Deactivate if missed => "Deactivate and watch".into(),
                Examine => "Who uses it?".into(),
                Watch => "Watch".into(),
                _ => format!("{}{all}", verb(*id)),
            },
            blocked: picked
                .iter()
                .find(|key| signs_session(facts, key))
                .and_then(|key| last_one(*id, key, keys, facts)),
        })
        .collect()
}

fn capitalised(text: &str) -> String {
    let mut characters = text.chars();
    characters.next().map_or_else(String::new, |first| first.to_uppercase().chain(characters).collect())
}
