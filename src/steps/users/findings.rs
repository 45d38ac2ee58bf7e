//! The findings on users, one for each item, from the controls and from waiting keys.

use super::super::Table;
use super::guard::{Guard, Loss};
use super::{direct, least_privilege, moves, policies, reviewed};
use crate::account::age::{age, ago};
use crate::account::facts::{AccessKey, Field, KeyStatus, ReportRow, ServiceCredential, User};
use crate::account::{Facts, Reading, Timestamp};
use crate::checks::Severity;
use crate::checks::control;
use crate::checks::users::{Broken, Thing, broken};

/// The item of a finding.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum What<'a> {
    Key(&'a AccessKey),
    /// An access key from the credential report, which has no key ids.
    Reported(usize),
    Password(Password),
    Service(&'a ServiceCredential),
    /// The user's own policies.
    Policies(&'a User),
    /// Groups that give the user permissions.
    Groups(&'a User),
}

/// Problems of a console password.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Password {
    /// Whether nobody uses it.
    pub is_unused: bool,
    /// Whether the user has no MFA.
    pub lacks_mfa: bool,
}

/// A problem of a user's item, or an item that waits for deletion.
#[derive(Debug, Clone)]
pub(super) struct Finding<'a> {
    pub user: String,
    pub what: What<'a>,
    /// The failed controls. Empty for an item that only waits.
    pub controls: Vec<&'static str>,
    /// The reason in words.
    pub why: String,
    /// The day of the note that somebody reviewed it, as long as the note counts.
    pub reviewed: Option<time::Date>,
    rank: Rank,
}

/// Sort order. The first field that differs decides.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
struct Rank {
    state: State,
    severity: Severity,
    is_mere_user: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum State {
    Open,
    /// It can't be changed now: the guard prevents it, or its key id is unknown.
    Stuck,
    /// Somebody reviewed it and left it.
    Reviewed,
    /// Not wrong any more: it waits to be deleted.
    Waiting,
    /// Nothing is wrong: it says what a user may do.
    Fine,
}

impl Finding<'_> {
    /// Whether it is a problem.
    pub fn is_open(&self) -> bool {
        match self.rank.state {
            State::Open | State::Stuck | State::Reviewed => true,
            State::Waiting | State::Fine => false,
        }
    }

    /// Whether it is wrong and nobody has dealt with it: the next one to change.
    pub fn is_next(&self) -> bool {
        self.rank.state == State::Open
    }

    /// Whether the item is used to sign in or to sign requests.
    pub fn is_credential(&self) -> bool {
        matches!(self.what, What::Key(_) | What::Reported(_) | What::Password(_))
    }

    /// Access that ends if the item is removed.
    pub fn loss(&self) -> Option<Loss<'_>> {
        match self.what {
            What::Key(key) if key.status == KeyStatus::Active => Some(Loss::Key(&self.user, &key.id)),
            What::Password(_) => Some(Loss::Password(&self.user)),
            What::Key(_) | What::Reported(_) | What::Service(_) | What::Policies(_) | What::Groups(_) => None,
        }
    }

    /// What it is called, and no other row.
    pub fn subject(&self) -> String {
        match &self.what {
            What::Key(key) => key.id.clone(),
            What::Reported(place) => format!("key {} of {}", place + 1, self.user),
            What::Password(_) => format!("unused console password of {}", self.user),
            What::Service(credential) => credential.id.clone(),
            What::Policies(_) => format!("policy on {}", self.user),
            What::Groups(_) => format!("groups of {}", self.user),
        }
    }

    fn what(&self) -> String {
        match &self.what {
            What::Key(key) => format!("key …{}", key.last_four()),
            What::Reported(place) => format!("key {}", place + 1),
            What::Password(_) => "password".into(),
            What::Service(credential) => credential.service.split('.').next().unwrap_or_default().to_owned(),
            What::Policies(_) => "policies".into(),
            What::Groups(_) => "groups".into(),
        }
    }
}

/// All findings, worst first.
pub(super) fn all<'a>(facts: &'a Facts, guard: &Guard<'_>, now: Timestamp) -> Vec<Finding<'a>> {
    let mut found: Vec<Finding<'a>> = Vec::new();
    for broken in broken(facts) {
        of_user(&broken, facts, now, &mut found);
    }
    found.extend(direct(facts).map(of_policies(facts)));
    found.extend(services(facts, now));
    inactive(facts, now, &mut found);
    found.extend(of_groups(facts));
    for finding in &mut found {
        finding.reviewed = reviewed::day(finding, facts, now);
        finding.rank = rank(finding, guard);
    }
    found.sort_by(|one, other| (one.rank, &one.user).cmp(&(other.rank, &other.user)));
    found
}

fn rank(finding: &Finding<'_>, guard: &Guard<'_>) -> Rank {
    let severities = finding.controls.iter().filter_map(|id| control(id)).map(|control| control.severity);
    let state = match finding.loss() {
        _ if finding.reviewed.is_some() => State::Reviewed,
        _ if matches!(finding.what, What::Groups(_)) => State::Fine,
        _ if finding.controls.is_empty() => State::Waiting,
        _ if matches!(finding.what, What::Reported(_)) => State::Stuck,
        // A user without MFA can always be given MFA.
        _ if matches!(&finding.what, What::Password(password) if password.lacks_mfa) => State::Open,
        Some(loss) if guard.blocks(&[loss]).is_some() => State::Stuck,
        _ => State::Open,
    };
    Rank {
        state,
        severity: severities.min().unwrap_or(Severity::Low),
        is_mere_user: !guard.is_administrator(&finding.user),
    }
}

fn finding<'a>(user: &str, what: What<'a>, controls: Vec<&'static str>, why: String) -> Finding<'a> {
    let rank = Rank { state: State::Open, severity: Severity::Low, is_mere_user: true };
    Finding { user: user.to_owned(), what, controls, why, reviewed: None, rank }
}

/// One finding for each item of a user, with all controls that it fails.
fn of_user<'a>(broken: &Broken<'a>, facts: &Facts, now: Timestamp, found: &mut Vec<Finding<'a>>) {
    let mut things: Vec<(Thing<'a>, Vec<&'static str>)> = Vec::new();
    for (thing, id) in &broken.things {
        let thing = if *id == "two-active-keys" { less_used(&broken.keys).unwrap_or(*thing) } else { *thing };
        match things.iter_mut().find(|(known, _)| *known == thing) {
            Some((_, ids)) => ids.push(id),
            None => things.push((thing, vec![id])),
        }
    }
    let user = broken.row.user.as_str();
    for (thing, ids) in things {
        found.push(match thing {
            Thing::Key(key) => {
                let why = why_of_key(&ids, key, now);
                finding(user, What::Key(key), ids, why)
            }
            Thing::Reported(place) => {
                let failed = facts.user_keys.get(user).is_some_and(|reading| reading.failure().is_some());
                let why = if failed { "its id could not be read" } else { "reading…" };
                finding(user, What::Reported(place), ids, why.into())
            }
            Thing::Password => {
                let is = |id: &str| ids.contains(&id);
                let password = Password { is_unused: is("unused-credentials"), lacks_mfa: is("console-users-mfa") };
                finding(user, What::Password(password), ids, why_of_password(password, &broken.row, now))
            }
        });
    }
}

/// Of two active keys, the one that was used less recently. The other is more likely needed.
fn less_used<'a>(keys: &[&'a AccessKey]) -> Option<Thing<'a>> {
    let last = |key: &&&AccessKey| key.last_used.known().and_then(Option::as_ref).map(|used| used.at);
    let active = keys.iter().filter(|key| key.status == KeyStatus::Active);
    active.min_by_key(last).map(|key| Thing::Key(key))
}

fn why_of_key(ids: &[&str], key: &AccessKey, now: Timestamp) -> String {
    let mut reasons = Vec::new();
    if ids.contains(&"key-age") {
        reasons.extend(key.created.map(|at| format!("{} old", age(at, now))));
    }
    if ids.contains(&"two-active-keys") {
        reasons.push("second active key".into());
    }
    reasons.push(last_use(key, now));
    reasons.join(", ")
}

/// Last use of `key`, in words.
pub(super) fn last_use(key: &AccessKey, now: Timestamp) -> String {
    match &key.last_used {
        Reading::Known { value: Some(used), .. } => format!("used {}", ago(used.at, now)),
        Reading::Known { value: None, .. } => "never used".into(),
        Reading::Unread | Reading::Failed(_) | Reading::Closed(_) => "last use could not be read".into(),
    }
}

fn why_of_password(password: Password, row: &ReportRow, now: Timestamp) -> String {
    let used = match &row.password_used {
        Field::Value(at) => format!("used {}", ago(*at, now)),
        Field::NoInformation | Field::NotApplicable => "never used".into(),
        _ => "last use could not be read".into(),
    };
    if password.lacks_mfa { format!("no MFA, {used}") } else { used }
}

fn of_policies<'a>(facts: &'a Facts) -> impl Fn(&'a User) -> Finding<'a> {
    move |user| {
        let why = match facts.people.known() {
            Some(people) if moves::is_covered(people, user) => {
                format!("{}; a group gives the same", policies::held(user))
            }
            _ => policies::held(user),
        };
        finding(&user.name, What::Policies(user), vec!["permissions-through-groups"], why)
    }
}

/// Users whose rights come through groups: no finding, and the place to give them less.
fn of_groups(facts: &Facts) -> impl Iterator<Item = Finding<'_>> {
    facts.people.known().into_iter().flat_map(|people| {
        people.users.iter().filter_map(|user| {
            let groups: Vec<&str> = least_privilege::giving(people, user).map(|group| group.name.as_str()).collect();
            let is_any = !groups.is_empty();
            is_any.then(|| finding(&user.name, What::Groups(user), Vec::new(), format!("in {}", groups.join(", "))))
        })
    })
}

/// Service-specific credentials: those in force, and those that were deactivated and can be deleted.
fn services<'a>(facts: &'a Facts, now: Timestamp) -> impl Iterator<Item = Finding<'a>> {
    facts.service_credentials.known().into_iter().flatten().map(move |credential| {
        let is_in_force = credential.is_in_force(now);
        let controls = if is_in_force { vec!["long-term-service-credentials"] } else { Vec::new() };
        let why = match (is_in_force, credential.expires) {
            (false, _) => credential.status.wire().to_lowercase(),
            (true, Some(end)) => format!("active until {}", end.date()),
            (true, None) => "active, never expires".into(),
        };
        finding(&credential.user, What::Service(credential), controls, why)
    })
}

/// Inactive keys. They are no problem, and can be deleted or activated again.
fn inactive<'a>(facts: &'a Facts, now: Timestamp, found: &mut Vec<Finding<'a>>) {
    for (user, reading) in &facts.user_keys {
        let keys = reading.known().into_iter().flatten();
        for key in keys.filter(|key| key.status == KeyStatus::Inactive) {
            let why = match facts.waits.get(&key.id) {
                Some(wait) => format!("waits until {}", wait.until.date()),
                None => format!("inactive, {}", last_use(key, now)),
            };
            found.push(finding(user, What::Key(key), Vec::new(), why));
        }
    }
}

/// Users of whom a row is about a key that has not been read.
pub(super) fn users_with_unread_keys(facts: &Facts) -> Vec<String> {
    let is_of_key = |(thing, _): &(Thing<'_>, &str)| matches!(thing, Thing::Reported(_));
    let reported = broken(facts).into_iter().filter(|broken| broken.things.iter().any(is_of_key));
    let mut users: Vec<String> = reported.map(|broken| broken.row.user.clone()).collect();
    let waiting = facts.waits.values().filter(|wait| !facts.is_gone(&wait.owner));
    users.extend(waiting.filter_map(|wait| wait.owner.user_name().map(str::to_owned)));
    users
}

/// Whether to read the keys of `user`: they were never read, or only before the current report.
pub(super) fn is_to_be_read(facts: &Facts, user: &str) -> bool {
    match facts.user_keys.get(user) {
        None => true,
        Some(reading) => reading.at().is_some_and(|at| facts.credential_report.at().is_some_and(|report| at < report)),
    }
}

/// A time for ages that decide nothing.
pub(super) fn read_at(facts: &Facts) -> Timestamp {
    facts.credential_report.at().or(facts.people.at()).unwrap_or(Timestamp::UNIX_EPOCH)
}

pub(super) fn table(found: &[Finding<'_>]) -> Table {
    if found.is_empty() {
        return Table::default();
    }
    let why = |finding: &Finding<'_>| match finding.reviewed {
        Some(day) => format!("reviewed {day}, {}", finding.why),
        None => finding.why.clone(),
    };
    let rows = found.iter().map(|finding| vec![finding.user.clone(), finding.what(), why(finding)]).collect();
    let subjects = found.iter().map(Finding::subject).collect();
    let dim = found.iter().map(|finding| finding.reviewed.is_some()).collect();
    Table { heads: vec!["USER", "WHAT", "WHY"], rows, subjects, dim }
}
