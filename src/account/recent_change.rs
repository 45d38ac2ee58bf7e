//! Recent changes in CloudTrail. They show who changed the account during a review.

use super::moment::rfc3339;
use super::{Reading, Timestamp};

/// A mutating call in CloudTrail. All texts are untrusted until they are drawn.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecentChange {
    pub at: Timestamp,
    /// Event source, e.g. `iam.amazonaws.com`.
    pub source: String,
    /// Event name, e.g. `AddUserToGroup`.
    pub name: String,
    /// The caller's ARN, or another identifier from the record; empty if the record has none.
    pub who: String,
    /// Id of the signing access key; empty if none.
    pub key: String,
    /// Names of the affected users, groups and keys.
    pub about: Vec<String>,
    pub refused: bool,
}

/// A principal and its changes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ChangedBy {
    /// Empty if CloudTrail does not tell.
    pub who: String,
    /// Unique changes in chronological order: `AddUserToGroup (Operators, zoe)`.
    pub what: Vec<String>,
    /// Time of the latest change.
    pub last: Timestamp,
}

/// The services whose calls can outdate a plan: users, groups, keys and policies; contacts.
const SOURCES: [&str; 2] = ["iam.amazonaws.com", "account.amazonaws.com"];

/// Who made changes since `since` that can outdate a plan; the latest first. Refused calls and this session's own
/// (`own_key`) are left out.
#[must_use]
pub fn changed_by(events: &[RecentChange], since: Timestamp, own_key: &str) -> Vec<ChangedBy> {
    // CloudTrail records whole seconds, so a change in the second of the review may have come after it.
    let since = since - time::Duration::nanoseconds(since.nanosecond().into());
    let matters = |event: &&RecentChange| {
        let own = !own_key.is_empty() && event.key == own_key;
        event.at >= since && !event.refused && !own && SOURCES.contains(&event.source.as_str())
    };
    let mut events: Vec<&RecentChange> = events.iter().filter(matters).collect();
    events.sort_by_key(|event| event.at);
    let mut found: Vec<ChangedBy> = Vec::new();
    for event in events {
        let what = event.words();
        match found.iter_mut().find(|one| one.who == event.who) {
            Some(one) => {
                one.last = event.at;
                one.what.retain(|earlier| *earlier != what);
                one.what.push(what);
            }
            None => found.push(ChangedBy { who: event.who.clone(), what: vec![what], last: event.at }),
        }
    }
    found.sort_by_key(|one| std::cmp::Reverse(one.last));
    found
}

/// Maximum persons named, and maximum calls named for each.
const MAX_NAMED: usize = 3;

/// Who changed the account since `since` according to CloudTrail, in lines for people.
#[must_use]
pub fn by_whom(reading: &Reading<Vec<RecentChange>>, since: Timestamp, own_key: &str) -> Vec<String> {
    let events = match reading {
        Reading::Unread => return vec!["Changed by: reading CloudTrail…".to_owned()],
        Reading::Closed(why) => return vec![format!("Changed by: unknown. {why}")],
        Reading::Failed(failure) => return vec![format!("Changed by: unknown. {failure}")],
        Reading::Known { value, .. } => value,
    };
    let found = changed_by(events, since, own_key);
    if found.is_empty() {
        let late = "CloudTrail does not show it yet: it can be 15 minutes late.";
        return vec![format!("Changed by: unknown. {late}")];
    }
    let mut lines: Vec<String> = found.iter().take(MAX_NAMED).map(ChangedBy::words).collect();
    if found.len() > MAX_NAMED {
        lines.push(format!("CloudTrail shows changes by {} others.", found.len() - MAX_NAMED));
    }
    lines
}

impl ChangedBy {
    fn words(&self) -> String {
        let who = if self.who.is_empty() { "an unnamed principal" } else { &self.who };
        let left_out = self.what.len().saturating_sub(MAX_NAMED);
        let what = self.what[left_out..].join(", ");
        let before = if left_out == 0 { String::new() } else { format!(", and {left_out} earlier calls") };
        format!("Changed by, according to CloudTrail: {who}: {what}{before}; the last at {}.", rfc3339(self.last))
    }
}

impl RecentChange {
    fn words(&self) -> String {
        if self.about.is_empty() { self.name.clone() } else { format!("{} ({})", self.name, self.about.join(", ")) }
    }
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;

    const SINCE: Timestamp = datetime!(2026-11-21 12:00:00.9 UTC);
    const EVE: &str = "arn:aws:iam::123456789012:user/eve";
    const OTTO: &str = "arn:aws:iam::123456789012:user/otto";

    fn change(second: i64, who: &str, name: &str, about: &[&str]) -> RecentChange {
        RecentChange {
            at: datetime!(2026-11-21 12:00:00 UTC) + time::Duration::seconds(second),
            source: "iam.amazonaws.com".into(),
            name: name.into(),
            who: who.into(),
            key: "AKIAOTHER".into(),
            about: about.iter().map(|text| (*text).to_owned()).collect(),
            refused: false,
        }
    }

    fn of(events: &[RecentChange]) -> Vec<(String, Vec<String>)> {
        changed_by(events, SINCE, "AKIAOWN").into_iter().map(|one| (one.who, one.what)).collect()
    }

    fn says(who: &str, what: &[&str]) -> (String, Vec<String>) {
        (who.to_owned(), what.iter().map(|text| (*text).to_owned()).collect())
    }

    #[test]
    fn each_principal_is_named_once_with_its_changes_newest_first() {
        let events = [
            change(9, EVE, "DeleteLoginProfile", &["ada"]),
            change(5, OTTO, "PutAccountAlias", &[]),
            change(3, EVE, "RemoveUserFromGroup", &["Administrators", "ada"]),
        ];
        let eve = says(EVE, &["RemoveUserFromGroup (Administrators, ada)", "DeleteLoginProfile (ada)"]);
        assert_eq!(of(&events), [eve, says(OTTO, &["PutAccountAlias"])]);
        assert_eq!(changed_by(&events, SINCE, "")[0].last, datetime!(2026-11-21 12:00:09 UTC));
    }

    #[test]
    fn a_repeated_change_is_listed_once_at_its_last_time() {
        let events = [
            change(1, EVE, "UpdateAccessKey", &["K"]),
            change(2, EVE, "TagUser", &["ada"]),
            change(3, EVE, "UpdateAccessKey", &["K"]),
        ];
        assert_eq!(of(&events), [says(EVE, &["TagUser (ada)", "UpdateAccessKey (K)"])]);
    }

    #[test]
    fn older_refused_own_and_unrelated_events_are_ignored() {
        let own = RecentChange { key: "AKIAOWN".into(), ..change(2, EVE, "CreateUser", &["zoe"]) };
        let refused = RecentChange { refused: true, ..change(2, EVE, "DeleteUser", &["zoe"]) };
        let elsewhere = RecentChange { source: "ec2.amazonaws.com".into(), ..change(2, EVE, "RunInstances", &[]) };
        assert_eq!(of(&[change(-1, EVE, "CreateGroup", &["early"]), own, refused, elsewhere]), []);
    }

    #[test]
    fn the_lines_name_who_changed_what_and_when_or_why_it_is_unknown() {
        use super::super::{Failure, Fault};
        let lines = |reading: &Reading<Vec<RecentChange>>| by_whom(reading, SINCE, "AKIAOWN").join("\n");
        let known = |value| lines(&Reading::Known { value, at: SINCE });
        assert!(lines(&Reading::Unread).contains("reading CloudTrail"));
        let denied = Failure::new(Fault::AccessDenied, "cloudtrail:LookupEvents", "no");
        assert_eq!(lines(&Reading::Failed(denied)), "Changed by: unknown. cloudtrail:LookupEvents: no");
        assert!(known(Vec::new()).contains("15 minutes late"));
        let one = vec![change(9, EVE, "DeleteLoginProfile", &["ada"])];
        let words = "Changed by, according to CloudTrail: arn:aws:iam::123456789012:user/eve: DeleteLoginProfile (ada); the last at 2026-11-21T12:00:09Z.";
        assert_eq!(known(one), words);
        let many = (0..5).map(|i| change(i, EVE, &format!("Call{i}"), &[])).collect();
        assert!(
            known(many).contains("eve: Call2, Call3, Call4, and 2 earlier calls; the last"),
            "the newest are named"
        );
        let people = (0..5).map(|i| change(i, &format!("person{i}"), "TagUser", &[])).collect();
        assert!(known(people).ends_with("CloudTrail shows changes by 2 others."));
        assert!(known(vec![change(1, "", "TagUser", &[])]).contains("an unnamed principal: TagUser"));
    }

    #[test]
    fn a_change_in_the_second_of_the_review_and_without_a_key_counts() {
        let by_console = RecentChange { key: String::new(), ..change(0, EVE, "CreateGroup", &["Operators"]) };
        let found = changed_by(std::slice::from_ref(&by_console), SINCE, "");
        assert_eq!(found[0].what, ["CreateGroup (Operators)"]);
        let contact =
            RecentChange { source: "account.amazonaws.com".into(), ..change(4, "", "PutAlternateContact", &[]) };
        assert_eq!(of(&[contact]), [says("", &["PutAlternateContact"])]);
    }
}
