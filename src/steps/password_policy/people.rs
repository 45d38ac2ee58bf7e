//! How a new password policy affects people: at once, and at their next password change.

use super::ages::{self, Ages, Dated};
use super::next_change::at_next_change;
use super::own_change;
use crate::account::age::ago;
use crate::account::{CredentialReport, Facts, PasswordPolicy, Question, Timestamp};
use crate::checks;
use crate::steps::plan::Listing;

/// Notes for the review.
#[derive(Debug, Default)]
pub(super) struct Effect {
    /// Sentences, most urgent first.
    pub notes: Vec<String>,
    /// Full lists, where the sentences name only some users.
    pub listings: Vec<Listing>,
}

/// An expiry to assess: days of validity, the previous days, whether it locks out, and the moment.
#[derive(Clone, Copy)]
struct Expiry {
    days: u32,
    before: Option<u32>,
    locks: bool,
    now: Timestamp,
}

/// Whether passwords that are valid now may have expired with `after`.
pub(super) fn is_sooner(before: Option<&PasswordPolicy>, after: Option<&PasswordPolicy>) -> bool {
    let days = |policy: Option<&PasswordPolicy>| policy.and_then(|policy| policy.max_age);
    days(after).is_some_and(|new| days(before).is_none_or(|old| new < old))
}

/// The notes about replacing `before` with `after`.
pub(super) fn effect(
    before: Option<&PasswordPolicy>,
    after: Option<&PasswordPolicy>,
    facts: &Facts,
    now: Timestamp,
) -> Effect {
    let mut effect = Effect::default();
    let locks = after.is_some_and(|policy| policy.hard_expiry);
    let max_age = after.and_then(|policy| policy.max_age);
    if let Some(days) = max_age.filter(|_| locks || is_sooner(before, after)) {
        let before = before.and_then(|policy| policy.max_age);
        effect.expire(Expiry { days, before, locks, now }, facts);
    } else if locks {
        effect
            .notes
            .push("Lock-out has no effect without an expiry. If somebody sets one later, it locks people out.".into());
    }
    let is_off = |policy: Option<&PasswordPolicy>| policy.is_some_and(|policy| !policy.allow_change);
    if is_off(after) && (!is_off(before) || locks || is_sooner(before, after)) {
        effect.notes.extend(own_change::notes(facts));
    }
    let next = at_next_change(before, after);
    if !next.is_empty() {
        effect
            .notes
            .push(format!("At the next password change: {}. Current passwords work until then.", next.join(", ")));
    }
    effect
}

impl Effect {
    fn expire(&mut self, expiry: Expiry, facts: &Facts) {
        let Some(report) = facts.credential_report.known() else { return self.expire_unreported(expiry, facts) };
        let ages = ages::by_report(report, facts);
        let (expired, _): (Vec<Dated<'_>>, Vec<Dated<'_>>) =
            ages.dated.iter().partition(|dated| dated.has_expired(expiry.days, expiry.now));
        let by = checks::by_report(report, expiry.now);
        let all = match ages.dated.len() {
            1 => "1 console password".to_owned(),
            count => format!("{count} console passwords"),
        };
        let days = days(expiry.days);
        self.notes.push(match expired.len() {
            _ if ages.dated.is_empty() => format!("At once: the report dates no console password. {by}"),
            0 => format!("At once: none of {all} has reached {days}. {by}"),
            count => format!(
                "At once: {count} of {all} {} reached {days} and {}: {}. {by}",
                if count == 1 { "has" } else { "have" },
                if count == 1 { "expires" } else { "expire" },
                named(&expired, expiry.now)
            ),
        });
        if expiry.locks {
            self.notes.push(lock_out(&expired, &ages, expiry, facts));
        }
        self.notes.extend(is_behind(report, expiry.now));
        self.notes.extend(newer(&ages, expiry));
        if !ages.untold.is_empty() {
            let untold: Vec<String> = ages.untold.iter().map(|(user, what)| format!("{user} ({what})")).collect();
            self.notes.push(format!("Unknown, because the report lacks it: {}.", checks::some(&untold)));
            self.list(format!("Unknown, because the report lacks it: {}", untold.len()), untold);
        }
        if facts.people.known().is_none() {
            self.notes
                .push("The users could not be read. Users created or deleted since the report are unknown.".into());
        }
        self.notes.push("This policy does not cover root's password, which never expires.".into());
        let lines = expired.iter().map(|dated| {
            let already = expiry.before.is_some_and(|before| dated.has_expired(before, expiry.now));
            let already = if already { ", expired already" } else { "" };
            format!("{}: changed {} ({}){already}", dated.user, ago(dated.at, expiry.now), dated.at.date())
        });
        self.list(format!("Expired with this: {}", expired.len()), lines.collect());
    }

    /// Without a report, only administrators' passwords have a date: that of their creation.
    fn expire_unreported(&mut self, expiry: Expiry, facts: &Facts) {
        let why = facts.credential_report.failure().map_or_else(
            || "the credential report has not been read.".to_owned(),
            |failure| format!("the credential report could not be read. {failure}."),
        );
        let days = days(expiry.days);
        self.notes.push(format!(
            "At once: every password that has reached {days} expires. lockroot could not find out which users this affects: {why}"
        ));
        if facts.credential_report.failure().is_some() {
            let wanted = Question::CredentialReport.actions().join(" and ");
            self.notes.push(format!("The report needs {wanted}. You can also look in the console: IAM, Credential report, password_last_changed."));
        }
        let known = ages::of_administrators(facts).unwrap_or_default();
        let (old, young): (Vec<Dated<'_>>, Vec<Dated<'_>>) =
            known.iter().partition(|dated| dated.has_expired(expiry.days, expiry.now));
        let set_up = |some: &[Dated<'_>]| {
            let one = |dated: &Dated<'_>| format!("{} (set up {})", dated.user, ago(dated.at, expiry.now));
            checks::some(&some.iter().map(one).collect::<Vec<_>>())
        };
        if !old.is_empty() {
            self.notes.push(format!("Administrators among them, unless changed since: {}.", set_up(&old)));
        }
        if !young.is_empty() {
            self.notes.push(format!("Administrators with a younger password: {}.", set_up(&young)));
        }
        if expiry.locks {
            self.notes.push("Lock-out risk: a user whose password has expired needs an administrator to set a new one. If every administrator is locked out, only root can help.".into());
            if young.is_empty() {
                self.notes.push(NOBODY_LEFT.into());
            }
        }
    }

    /// Keeps `lines` as a list below, unless the sentences name all of them.
    fn list(&mut self, title: String, lines: Vec<String>) {
        if lines.len() > checks::NAMED {
            self.listings.push(Listing { title, lines });
        }
    }
}

const NOBODY_LEFT: &str = "No administrator is known to keep a working password: only root could set new ones.";

/// Names the users whom a lock-out would affect today, and who could help them.
fn lock_out(expired: &[Dated<'_>], ages: &Ages<'_>, expiry: Expiry, facts: &Facts) -> String {
    let names: Vec<&str> = expired.iter().map(|dated| dated.user).collect();
    let until = "can't sign in to the console until an administrator sets a new one";
    if names.is_empty() {
        return format!(
            "Lock-out risk: nobody is locked out today. From then on a user whose password expires {until}. If every administrator is locked out, only root can help."
        );
    }
    let administrators: Vec<&str> = facts
        .people
        .known()
        .into_iter()
        .flat_map(|people| people.administrators())
        .map(|user| user.name.as_str())
        .collect();
    let is = |user: &str, other: &str| user.eq_ignore_ascii_case(other);
    // A user newer than the report has a password only if a live read shows it.
    let newer = ages::of_administrators(facts).unwrap_or_default();
    let newer = newer.iter().filter(|dated| ages.newer.iter().any(|(name, _)| is(name, dated.user)));
    let known: Vec<Dated<'_>> = ages.dated.iter().chain(newer).copied().collect();
    let is_good =
        |user: &str| known.iter().any(|dated| is(dated.user, user) && !dated.has_expired(expiry.days, expiry.now));
    let left = match administrators.iter().any(|user| is_good(user)) {
        true => "If every administrator is locked out, only root can help.",
        false => NOBODY_LEFT,
    };
    format!(
        "Lock-out risk: this locks out {} today. An administrator must set a new password for each. {left}",
        checks::some(&names)
    )
}

/// A note if the report is older than four hours: somebody may have changed a password since.
fn is_behind(report: &CredentialReport, now: Timestamp) -> Option<String> {
    let fresh = report.generated.is_some_and(|generated| now - generated <= CredentialReport::VALID_FOR);
    (!fresh).then(|| "That report is old: it does not show passwords that were changed since then.".to_owned())
}

/// Users newer than the report. Their passwords are no older than the users.
fn newer(ages: &Ages<'_>, expiry: Expiry) -> Option<String> {
    let young =
        |made: &Option<Timestamp>| made.is_some_and(|at| !Dated { user: "", at }.has_expired(expiry.days, expiry.now));
    let (good, unclear): (Vec<_>, Vec<_>) = ages.newer.iter().partition(|(_, made)| young(made));
    let names =
        |some: &[&(&str, Option<Timestamp>)]| checks::some(&some.iter().map(|(user, _)| *user).collect::<Vec<_>>());
    let mut words = Vec::new();
    if !good.is_empty() {
        words.push(format!("Newer than the report, so not expired: {}.", names(&good)));
    }
    if !unclear.is_empty() {
        words.push(format!("Not in the report, so unknown: {}.", names(&unclear)));
    }
    (!words.is_empty()).then(|| words.join(" "))
}

/// The first few names, with the ages of their passwords in days as the policy counts.
fn named(some: &[Dated<'_>], now: Timestamp) -> String {
    let age = |dated: &Dated<'_>| u32::try_from((now - dated.at).whole_days()).unwrap_or(0);
    checks::some(&some.iter().map(|dated| format!("{} ({})", dated.user, days(age(dated)))).collect::<Vec<_>>())
}

fn days(count: u32) -> String {
    format!("{count} {}", if count == 1 { "day" } else { "days" })
}
