//! A note for the team that somebody reviewed a finding and left it. It is a tag of the user: `lockroot:reviewed:` and
//! what was reviewed, with the day and the controls that failed. No control passes by it.

use super::super::{Action, ActionId, Call, Consent, Plan};
use super::findings::{Finding, What};
use super::{READ_AGAIN, action};
use crate::account::facts::User;
use crate::account::tags::{MAX_TAGS, is_same_key};
use crate::account::{Change, Facts, Tag, Timestamp};

/// What the keys of such tags begin with.
const KEY: &str = "lockroot:reviewed:";

/// The key of the tag about `finding`. IAM's rules for tags allow everything in it.
fn key(finding: &Finding<'_>) -> Option<String> {
    let what = match &finding.what {
        What::Key(key) => &key.id,
        What::Service(credential) => &credential.id,
        What::Password(_) => "password",
        What::Policies(_) => "policies",
        What::Reported(_) | What::Groups(_) => return None,
    };
    Some(format!("{KEY}{what}"))
}

/// What the tag says of `finding` after the day.
fn said(finding: &Finding<'_>) -> String {
    let mut controls = finding.controls.clone();
    controls.sort_unstable();
    controls.join(" ")
}

fn tag<'a>(finding: &Finding<'_>, user: &'a User) -> Option<&'a Tag> {
    let key = key(finding)?;
    user.tags.iter().find(|tag| is_same_key(&tag.key, &key))
}

/// The day of the note on `finding`. It counts until the controls that fail are others, and no longer than a key may be
/// old.
pub(super) fn day(finding: &Finding<'_>, facts: &Facts, now: Timestamp) -> Option<time::Date> {
    let (day, said_then) = tag(finding, user(finding, facts)?)?.value.split_once(' ')?;
    let day = time::Date::parse(day, time::macros::format_description!("[year]-[month]-[day]")).ok()?;
    let age = (now.date() - day).whole_days();
    let counts = (0..=i64::from(facts.parameters.key_age_days)).contains(&age);
    (counts && !finding.controls.is_empty() && said_then == said(finding)).then_some(day)
}

fn user<'a>(finding: &Finding<'_>, facts: &'a Facts) -> Option<&'a User> {
    facts.people.known()?.user(&finding.user)
}

pub(super) fn offer(finding: &Finding<'_>) -> Option<Action> {
    let is_offered = finding.is_open() && key(finding).is_some();
    is_offered.then(|| action(ActionId::MarkReviewed, "Mark as reviewed", None))
}

pub(super) fn plan(finding: &Finding<'_>, facts: &Facts, as_of: Timestamp) -> Result<Plan, String> {
    let name = &finding.user;
    let gone = || format!("That no longer exists. {READ_AGAIN}");
    let user = user(finding, facts).ok_or_else(gone)?;
    let key = key(finding).filter(|_| finding.is_open()).ok_or_else(gone)?;
    let before = tag(finding, user);
    if before.is_none() && user.tags.len() >= MAX_TAGS {
        return Err(format!("{name} has {MAX_TAGS} tags already, the maximum. Remove one first."));
    }
    let tag = Tag { key, value: format!("{} {}", as_of.date(), said(finding)) };
    let (before, after) = (before.map_or("none".to_owned(), |tag| tag.value.clone()), tag.value.clone());
    let change = Change::TagUser { user: name.clone(), tags: vec![tag] };
    let days = facts.parameters.key_age_days;
    Ok(Plan {
        title: format!("Mark as reviewed: {}, {}", finding.subject(), finding.why),
        calls: vec![Call::new(change, "Tag", before, after)],
        notes: vec![
            "This is a note for your team, in a tag of the user. The control still fails.".into(),
            format!("It shows for {days} days, or until something else is wrong with it."),
        ],
        consent: Consent::Plain,
        ..Plan::default()
    })
}

#[cfg(test)]
mod tests {
    use super::super::guard::Guard;
    use super::super::{Step, Users, findings};
    use super::*;
    use crate::account::Reading;
    use crate::account::facts::People;

    const NOW: Timestamp = time::macros::datetime!(2026-11-21 12:00:00 UTC);

    /// Ada holds a policy herself and has these tags.
    fn facts(tags: &[(String, String)]) -> Facts {
        let tags = tags.iter().map(|(key, value)| Tag { key: key.clone(), value: value.clone() }).collect();
        let policies = vec!["arn:aws:iam::aws:policy/ReadOnlyAccess".to_owned()];
        let user = User { name: "ada".into(), attached_policies: policies, tags, ..User::default() };
        let people = People { users: vec![user], ..People::default() };
        Facts { people: Reading::Known { value: people, at: NOW }, ..Facts::default() }
    }

    fn reviewed(value: &str) -> Option<time::Date> {
        let facts = facts(&[("Lockroot:Reviewed:policies".into(), value.into())]);
        let found = findings::all(&facts, &Guard::of(&facts), NOW);
        found.iter().find(|finding| matches!(finding.what, What::Policies(_))).and_then(|finding| finding.reviewed)
    }

    #[test]
    fn a_note_counts_for_its_days_and_while_the_same_controls_fail() {
        let day = time::macros::date!(2026 - 11 - 01);
        assert_eq!(reviewed("2026-11-01 permissions-through-groups"), Some(day));
        for other in [
            "2026-11-01 key-age",
            "2026-08-01 permissions-through-groups",
            "2027-01-01 permissions-through-groups",
            "soon permissions-through-groups",
            "2026-11-01",
            "",
        ] {
            assert_eq!(reviewed(other), None, "{other}");
        }
    }

    #[test]
    fn the_plan_sets_one_tag_within_iams_rules_and_says_what_it_replaces() {
        let planned = |facts: &Facts| Users.plan(ActionId::MarkReviewed, 0, None, facts, NOW);
        let plan = planned(&facts(&[])).expect("it can be noted");
        let Change::TagUser { user, tags } = &plan.calls[0].change else { panic!("{plan:?}") };
        let text = format!("{}={}", tags[0].key, tags[0].value);
        assert_eq!(text, "lockroot:reviewed:policies=2026-11-21 permissions-through-groups");
        assert_eq!((user.as_str(), crate::account::tags::parse(&text).as_ref()), ("ada", Ok(tags)));
        let old = ("lockroot:reviewed:policies".to_owned(), "2026-01-01 x".to_owned());
        let again = planned(&facts(std::slice::from_ref(&old))).expect("an older note is replaced");
        assert_eq!(again.calls[0].effect[0].1, "2026-01-01 x");
        let many: Vec<_> = (0..MAX_TAGS).map(|n| (format!("tag-{n}"), String::new())).collect();
        assert!(planned(&facts(&many)).unwrap_err().contains("50 tags"));
        let full: Vec<_> = many.into_iter().skip(1).chain([old]).collect();
        assert!(planned(&facts(&full)).is_ok(), "no tag is added");
    }
}
