//! Least privilege: the services that a user needs, and a group with fewer permissions. The user joins that group
//! before losing the own policies, or before leaving larger groups.

use super::super::smaller_group::{self, short};
use super::super::{Call, Consent, Field, FieldId, Form, Plan, Problem};
use super::READ_AGAIN;
use super::guard::{Guard, Loss};
use super::moves::{MAX_GROUP_NAME_LEN, groups_of, join};
use super::self_service;
use crate::account::age::ago;
use crate::account::facts::{AccessKey, Group, MAX_GROUPS, People, ServiceUse, User};
use crate::account::{Change, Facts, Reading, Timestamp};
use crate::checks::some;
use crate::steps::signed_in;

/// Number of services that are shown with their last use.
const MAX_NAMED: usize = 6;
/// The same in the hint of a form.
const IN_A_HINT: usize = 2;

/// The services that `user` uses, in a sentence or two, if AWS was asked.
pub(super) fn used(user: &User, facts: &Facts, now: Timestamp) -> Option<String> {
    let name = &user.name;
    Some(match facts.services_used.get(&user.arn)? {
        Reading::Known { value, .. } => format!("{name}, in 400 days: {}", used_of(value, now, MAX_NAMED)),
        Reading::Unread => return None,
        Reading::Failed(failure) => format!("The services that {name} uses could not be read: {failure}"),
        Reading::Closed(reason) => format!("The services that {name} uses could not be read: {reason}"),
    })
}

/// The most recently used services, the first `named` by name, and the number of unused ones.
fn used_of(services: &[ServiceUse], now: Timestamp, named: usize) -> String {
    let mut used: Vec<(Timestamp, &str)> =
        services.iter().filter_map(|service| Some((service.last?, service.namespace.as_str()))).collect();
    used.sort_by(|one, other| other.cmp(one));
    let idle = services.len() - used.len();
    let names: Vec<String> =
        used.iter().take(named).map(|(at, namespace)| format!("{namespace} ({})", ago(*at, now))).collect();
    let more = used.len().saturating_sub(named);
    let used = match (names.as_slice(), more) {
        ([], _) => "used nothing".to_owned(),
        (names, 0) => format!("used {}", names.join(", ")),
        (names, more) => format!("used {} and {more} more", names.join(", ")),
    };
    match idle {
        0 => format!("{used}."),
        count => format!("{used}; granted and not used: {count}."),
    }
}

/// Which permissions of the user's go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sheds {
    /// The policies that the user holds itself.
    OwnPolicies,
    /// Memberships in groups.
    Groups,
}

pub(super) fn form(user: &User, sheds: Sheds, facts: &Facts, now: Timestamp) -> Form {
    // Two lines have room.
    let hint = match facts.services_used.get(&user.arn).and_then(|reading| reading.known()) {
        Some(services) => format!("In 400 days {}", used_of(services, now, IN_A_HINT)),
        None => used(user, facts, now).unwrap_or_else(|| "The services in use are unknown.".into()),
    };
    let left = match sheds {
        Sheds::OwnPolicies => None,
        Sheds::Groups => facts.people.known().map(|people| {
            let hint = format!("Separated by blanks. {} leaves them after joining the group above.", user.name);
            Field::text(FieldId::GroupsLeft, "Leaves", hint, larger_groups(people, user).join(" "))
                .at_most(MAX_GROUPS * (MAX_GROUP_NAME_LEN + 1))
        }),
    };
    Form::new(smaller_group::fields(hint, 0).into_iter().chain(left).collect(), "Review")
        .titled(format!("Give {} fewer permissions", user.name))
}

/// The groups that give `user` something, except those that only let users manage their own sign-in.
fn larger_groups<'a>(people: &'a People, user: &'a User) -> Vec<&'a str> {
    // Leaving a group also ends what it denies, so the person has to name such a group.
    let is_larger =
        |group: &&Group| is_giving(group) && !self_service::is_all(group) && !denies_something(people, group);
    groups_of(people, user).filter(is_larger).map(|group| group.name.as_str()).collect()
}

/// Whether the group carries any policy.
fn is_giving(group: &Group) -> bool {
    !group.attached_policies.is_empty() || !group.inline_policies.is_empty()
}

/// The groups of `user` that carry policies.
pub(super) fn giving<'a>(people: &'a People, user: &'a User) -> impl Iterator<Item = &'a Group> {
    groups_of(people, user).filter(|group| is_giving(group))
}

/// What is wrong with the groups to leave.
pub(super) fn problem(form: &Form, people: &People) -> Option<Problem> {
    let names = form.field(FieldId::GroupsLeft).map(|_| form.text(FieldId::GroupsLeft))?;
    let problem = |words| Some(Problem { field: FieldId::GroupsLeft, words, at_once: false });
    match names.split_whitespace().find(|name| people.group(name).is_none()) {
        Some(name) => problem(format!("No group is called {name}.")),
        None if names.trim().is_empty() => problem("Name a group to leave.".into()),
        None => None,
    }
}

/// The groups of `user` that the form names. One that the user is not in, as after a plan that was interrupted, is left
/// already; the group that gives less is never left.
fn groups_left<'a>(form: &Form, people: &'a People, user: &'a User) -> Result<Vec<&'a Group>, String> {
    let names = form.text(FieldId::GroupsLeft).split_whitespace();
    let is_named = |group: &&Group| names.clone().any(|name| group.name.eq_ignore_ascii_case(name));
    let is_smaller = |group: &&Group| group.name.eq_ignore_ascii_case(form.text(FieldId::GroupName));
    let left: Vec<&Group> = groups_of(people, user).filter(|group| is_named(group) && !is_smaller(group)).collect();
    if left.is_empty() {
        return Err(format!("{} is in none of these groups. Name one that gives more.", user.name));
    }
    Ok(left)
}

/// Into the group, and then off with what the user holds itself, or out of the larger groups.
pub(super) fn plan(
    user: &User,
    form: &Form,
    facts: &Facts,
    guard: &Guard<'_>,
    as_of: Timestamp,
) -> Result<Plan, String> {
    let people = facts.people.known().ok_or_else(|| format!("Users and groups could not be read. {READ_AGAIN}"))?;
    let caller = signed_in(facts)?;
    let losses = [Loss::Rights(&user.name)];
    if let Some(why) = guard.blocks(&losses) {
        return Err(why);
    }
    if let Some(problem) = smaller_group::problem(form, people) {
        return Err(problem.words);
    }
    if let Some(why) = smaller_group::gives_more(form, people, user) {
        return Err(why);
    }
    let group = form.text(FieldId::GroupName);
    let (mut calls, of_members) = smaller_group::calls(form, people, caller);
    calls.extend(join(user, group)?);
    let left = match form.field(FieldId::GroupsLeft) {
        Some(_) => groups_left(form, people, user)?,
        None => Vec::new(),
    };
    let taken = if left.is_empty() { off(people, user, group) } else { leave(user, &left) };
    if taken.is_empty() {
        return Err(format!(
            "The own policies of {} only deny something: without them {} could do more.",
            user.name, user.name
        ));
    }
    calls.extend(taken);
    let mut notes = vec![lost(user, form, facts, as_of)];
    notes.extend(denies(people, &left));
    notes.extend(may_deny(people, user, &left));
    notes.extend(stays_denied(people, user).filter(|_| left.is_empty()));
    notes.extend(of_members);
    notes.push(kept(people, user, group, &left));
    notes.extend(guard.words(&losses));
    let consent = Consent::Typed { what: format!("the user's name: {}", user.name), expected: user.name.clone() };
    Ok(Plan {
        title: format!("Give {} fewer permissions: {group}", user.name),
        calls,
        notes,
        consent,
        ..Plan::default()
    })
}

/// What `user` used of late, and what of it the group does not give. AWS tells services, and no single actions.
fn lost(user: &User, form: &Form, facts: &Facts, as_of: Timestamp) -> String {
    let (name, days) = (&user.name, AccessKey::IN_USE);
    let Some(services) = facts.services_used.get(&user.arn).and_then(|reading| reading.known()) else {
        return format!("What {name} used in the last {days} days is unknown. Ask {name} before you go on.");
    };
    let late = |service: &&ServiceUse| service.last.is_some_and(|last| (as_of - last).whole_days() < days);
    let late: Vec<&str> = services.iter().filter(late).map(|service| service.namespace.as_str()).collect();
    match late.as_slice() {
        [] => format!("{name} used nothing in the last {days} days."),
        used => format!("In the last {days} days {name} used {}. {}", some(used), smaller_group::loss(form, used)),
    }
}

/// That leaving a group also ends what it denies.
fn denies(people: &People, left: &[&Group]) -> Option<String> {
    let names: Vec<&str> =
        left.iter().filter(|group| denies_something(people, group)).map(|group| group.name.as_str()).collect();
    (!names.is_empty()).then(|| format!("These groups also deny something, which ends too: {}.", some(&names)))
}

fn denies_something(people: &People, group: &Group) -> bool {
    group.inline_policies.values().any(|text| is_deny(text))
        || group.attached_policies.iter().any(|arn| is_quarantine(arn) || people.denies(arn))
}

/// Customer managed policies that go, whose denials lockroot does not read.
fn may_deny(people: &People, user: &User, left: &[&Group]) -> Option<String> {
    let own = user.attached_policies.iter().filter(|_| left.is_empty());
    let of_groups = left.iter().flat_map(|group| &group.attached_policies);
    let is_customer = |arn: &&String| !arn.contains(":aws:policy/") && !people.denies(arn);
    let names: Vec<&str> = own.chain(of_groups).filter(is_customer).map(|arn| short(arn)).collect();
    (!names.is_empty()).then(|| format!("If one of these policies denies something, that ends too: {}.", some(&names)))
}

fn is_deny(document: &str) -> bool {
    document.contains("\"Deny\"")
}

/// A policy that AWS attaches to a user whose key has leaked: it denies dangerous calls. Source: AWS Managed Policy
/// Reference, AWSCompromisedKeyQuarantine, V2 and V3.
fn is_quarantine(arn: &str) -> bool {
    short(arn).starts_with("AWSCompromisedKeyQuarantine")
}

/// The own policies of `user` that deny something, or whose text is unknown. Without them the user could do more, so they
/// stay.
fn denying<'a>(people: &'a People, user: &'a User) -> impl Iterator<Item = &'a str> {
    let inline = user.inline_policies.iter().map(String::as_str);
    let inline = inline.filter(|name| user.inline_documents.get(*name).is_none_or(|text| is_deny(text)));
    inline.chain(
        user.attached_policies.iter().filter(|arn| is_quarantine(arn) || people.denies(arn)).map(|arn| short(arn)),
    )
}

fn stays_denied(people: &People, user: &User) -> Option<String> {
    let names: Vec<&str> = denying(people, user).collect();
    let stays = if names.len() == 1 { "stays on the user: it denies" } else { "stay on the user: they deny" };
    (!names.is_empty()).then(|| format!("{} {stays} something, or may do so.", some(&names)))
}

/// What `user` may still do.
fn kept(people: &People, user: &User, group: &str, left: &[&Group]) -> String {
    let name = &user.name;
    let goes = |other: &&str| {
        other.eq_ignore_ascii_case(group) || left.iter().any(|left| left.name.eq_ignore_ascii_case(other))
    };
    let others = user.groups.iter().map(String::as_str).filter(|other| !goes(other));
    // Who leaves groups keeps what is attached to the user.
    let own =
        user.attached_policies.iter().map(|arn| short(arn)).chain(user.inline_policies.iter().map(String::as_str));
    let kept: Vec<&str> = others.chain(own.filter(|_| !left.is_empty())).collect();
    match kept.as_slice() {
        [] => {
            // A policy whose text was not read may allow something, too.
            let stays: Vec<&str> = denying(people, user).collect();
            let and = if stays.is_empty() { String::new() } else { format!(", and what {} says", some(&stays)) };
            format!("From then on {name} and the access keys of {name} have only the permissions of {group}{and}.")
        }
        kept => format!("{name} also keeps the permissions of {}.", some(kept)),
    }
}

/// The calls by which `user` leaves groups.
fn leave(user: &User, left: &[&Group]) -> Vec<Call> {
    let call = |group: &&Group| {
        let change = Change::RemoveUserFromGroup { user: user.name.clone(), group: group.name.clone() };
        Call::new(change, "Member of", group.name.clone(), format!("no longer in {}", group.name))
    };
    left.iter().map(call).collect()
}

/// The calls that take off the user what it holds itself.
fn off(people: &People, user: &User, group: &str) -> Vec<Call> {
    let after = format!("permissions of {group}");
    let attached = user.attached_policies.iter().filter(|arn| !is_quarantine(arn) && !people.denies(arn)).map(|arn| {
        let change = Change::DetachUserPolicy { user: user.name.clone(), policy: arn.clone() };
        Call::new(change, "Policy", format!("{} on the user", short(arn)), after.clone())
    });
    let stays: Vec<&str> = denying(people, user).collect();
    let inline = user.inline_policies.iter().filter(move |name| !stays.contains(&name.as_str())).map(|name| {
        let change = Change::DeleteUserPolicy { user: user.name.clone(), name: name.clone() };
        Call::new(change, "Policy", format!("{name}, inline on the user"), after.clone())
    });
    attached.chain(inline).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::Duration;

    const NOW: Timestamp = time::macros::datetime!(2026-11-21 12:00:00 UTC);
    const ARN: &str = "arn:aws:iam::123456789012:user/ada";
    const DENY: &str = r#"{"Statement":[{"Effect":"Deny","Action":"s3:*","Resource":"*"}]}"#;

    fn group(name: &str, policy: Option<&str>, inline: Option<(&str, &str)>) -> Group {
        let inline = inline.map(|(name, text)| (name.to_owned(), text.to_owned()));
        Group {
            name: name.into(),
            attached_policies: policy.map(str::to_owned).into_iter().collect(),
            inline_policies: inline.into_iter().collect(),
        }
    }

    /// Ada is in a group that gives everything, in one that denies something, and in one for self-service.
    fn facts(services: &[(&str, i64)]) -> Facts {
        let groups = vec![
            group("Everything", Some("arn:aws:iam::aws:policy/AdministratorAccess"), None),
            group("Limits", None, Some(("no-buckets", DENY))),
            group("Own", None, Some(("ManageOwnSignIn", "{}"))),
        ];
        let names = groups.iter().map(|group| group.name.clone()).collect();
        let user = User { name: "ada".into(), arn: ARN.into(), groups: names, ..User::default() };
        let used = services.iter().map(|(namespace, days)| ServiceUse {
            namespace: (*namespace).to_owned(),
            last: Some(NOW - Duration::days(*days)),
        });
        Facts {
            people: Reading::Known { value: People { users: vec![user], groups, ..People::default() }, at: NOW },
            services_used: [(ARN.to_owned(), Reading::Known { value: used.collect(), at: NOW })].into(),
            ..Facts::default()
        }
    }

    fn ada(facts: &Facts) -> &User {
        &facts.people.known().expect("they are known").users[0]
    }

    /// What the review says of the loss; `chosen` is the policy of the smaller group.
    fn lost_by(services: &[(&str, i64)], chosen: usize) -> String {
        let facts = facts(services);
        let form = Form::new(smaller_group::fields(String::new(), chosen), "Review");
        lost(ada(&facts), &form, &facts, NOW)
    }

    #[test]
    fn a_plan_says_what_was_used_in_90_days_and_is_not_allowed_any_more() {
        let used = [("s3", 2), ("iam", 40), ("sqs", 200)];
        let start = "In the last 90 days ada used s3, iam.";
        assert_eq!(lost_by(&used, 0), format!("{start} ReadOnlyAccess allows only reading there."));
        assert_eq!(lost_by(&used, 1), format!("{start} PowerUserAccess allows hardly anything of iam."));
        assert_eq!(lost_by(&used[..1], 1), "In the last 90 days ada used s3. PowerUserAccess allows all of these.");
        assert_eq!(lost_by(&used[2..], 0), "ada used nothing in the last 90 days.");
        let facts = Facts { services_used: Default::default(), ..facts(&used) };
        let form = Form::new(smaller_group::fields(String::new(), 0), "Review");
        assert!(lost(ada(&facts), &form, &facts, NOW).contains("is unknown"));
    }

    #[test]
    fn the_form_names_the_groups_to_leave_but_not_the_one_for_self_service() {
        let facts = facts(&[]);
        let form = form(ada(&facts), Sheds::Groups, &facts, NOW);
        assert_eq!(form.text(FieldId::GroupsLeft), "Everything", "leaving Limits would end what it denies");
        assert!(super::form(ada(&facts), Sheds::OwnPolicies, &facts, NOW).field(FieldId::GroupsLeft).is_none());
    }

    #[test]
    fn own_policies_that_deny_something_stay_on_the_user() {
        let documents = [("freeze", DENY), ("upload", "{}")].map(|(name, text)| (name.to_owned(), text.to_owned()));
        let user = User {
            name: "ada".into(),
            inline_policies: vec!["freeze".into(), "upload".into(), "unread".into()],
            inline_documents: documents.into(),
            attached_policies: ["ReadOnlyAccess", "AWSCompromisedKeyQuarantineV3", "AWSDenyAll"]
                .map(|name| format!("arn:aws:iam::aws:policy/{name}"))
                .into(),
            ..User::default()
        };
        let gone: Vec<String> =
            off(&People::default(), &user, "Small").iter().map(|call| call.change.words()).collect();
        assert_eq!(gone.len(), 2, "{gone:?}");
        assert!(gone[0].contains("ReadOnlyAccess") && gone[1].contains("upload"), "{gone:?}");
        let stays = stays_denied(&People::default(), &user).expect("they deny");
        assert!(
            stays.starts_with("freeze, unread, AWSCompromisedKeyQuarantineV3, AWSDenyAll stay on the user"),
            "{stays}"
        );
    }

    #[test]
    fn a_group_with_full_access_or_more_than_now_is_refused() {
        let refused = |chosen: usize, name: &str, policies: &[&str]| {
            let policies = policies.iter().map(|name| format!("arn:aws:iam::aws:policy/{name}")).collect();
            let user = User { name: "sam".into(), attached_policies: policies, ..User::default() };
            let facts = facts(&[]);
            let people = facts.people.known().expect("they are known");
            let mut form = Form::new(smaller_group::fields(String::new(), chosen), "Review");
            form.put_text(FieldId::GroupName, name);
            smaller_group::problem(&form, people)
                .map(|problem| problem.words)
                .or_else(|| smaller_group::gives_more(&form, people, &user))
        };
        let full = refused(3, "Everything", &["ReadOnlyAccess"]).expect("it gives full access");
        assert!(full.contains("gives full access"), "{full}");
        assert_eq!(refused(3, "Limits", &["ReadOnlyAccess"]), None);
        let more = refused(1, "PowerUsers", &["ReadOnlyAccess", "job-function/ViewOnlyAccess"]).expect("it gives more");
        assert_eq!(more, "sam only has ReadOnlyAccess, ViewOnlyAccess: PowerUserAccess would give more.");
        assert_eq!(refused(1, "PowerUsers", &["ReadOnlyAccess", "AmazonS3FullAccess"]), None);
        assert_eq!(refused(0, "ReadOnly", &["ReadOnlyAccess"]), None);
    }

    #[test]
    fn a_deny_that_ends_is_named() {
        let facts = facts(&[]);
        let people = facts.people.known().expect("they are known");
        let left: Vec<&Group> = people.groups.iter().collect();
        assert_eq!(denies(people, &left).as_deref(), Some("These groups also deny something, which ends too: Limits."));
        assert_eq!(denies(people, &left[..1]), None);
        let frozen = group("Frozen", Some("arn:aws:iam::aws:policy/AWSDenyAll"), None);
        assert!(denies_something(people, &frozen), "nobody leaves it unnoticed");
        let own = group("Own", Some("arn:aws:iam::123456789012:policy/regions"), None);
        let said = "If one of these policies denies something, that ends too: regions.";
        assert_eq!(may_deny(people, &User::default(), &[&own, left[0]]).as_deref(), Some(said));
        let unread = User { name: "ada".into(), inline_policies: vec!["unread".into()], ..User::default() };
        let kept = kept(people, &unread, "Small", &[]);
        assert!(kept.ends_with("only the permissions of Small, and what unread says."), "{kept}");
    }
}
