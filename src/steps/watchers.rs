//! Services that watch the account, and the root alarm. One plan turns on one service or everything that is off, in
//! all or chosen Regions; each Region is one call.

mod alarm;
mod fields;
mod service;
mod support;
mod trail;

use super::{
    Action, ActionId, Call, Changes, Consent, FieldId, Form, Opening, Plan, Problem, Reach, Scope, Step, StepView,
    Table, reach,
};
use crate::account::facts::CentralRoot;
use crate::account::{Caller, Change, Facts, Question, Timestamp, TurnOnCall};
use crate::checks::Verdict;
pub use alarm::awaited;
use service::Service;

pub(super) struct Watchers;

impl Step for Watchers {
    fn title(&self) -> &'static str {
        "Watch over the account"
    }

    fn short_title(&self) -> &'static str {
        "Watchers"
    }

    fn scope(&self) -> Scope {
        Scope::Account
    }

    fn asks_of_one(&self, question: &Question) -> bool {
        matches!(question, Question::SnsTopic(_))
    }

    fn reach(&self, caller: &Caller, facts: &Facts) -> Reach {
        // IAM is not involved, and these services accept STS sessions with or without MFA.
        let refusals = [facts.access_analyzers.failure(), facts.guard_duty.failure(), facts.security_hub.failure()];
        reach::by_reads(caller, refusals.into_iter().flatten().map(|failure| failure.fault))
    }

    fn changes(&self) -> Changes {
        Changes {
            anybody: &[
                "access-analyzer:CreateAnalyzer",
                "cloudtrail:PutEventSelectors",
                "cloudtrail:StartLogging",
                "cloudtrail:UpdateTrail",
                "events:PutRule",
                "events:PutTargets",
                "guardduty:CreateDetector",
                "guardduty:UpdateDetector",
                "iam:AddUserToGroup",
                "iam:AttachGroupPolicy",
                "iam:CreateGroup",
                // AWS creates the service-linked role on the caller's behalf with the first call of a service.
                "iam:CreateServiceLinkedRole",
                "securityhub:EnableSecurityHub",
                "sns:CreateTopic",
                "sns:Subscribe",
            ],
            root: &[],
        }
    }

    fn guide(&self) -> &'static str {
        include_str!("../../assets/guide/watch-over-the-account.md")
    }

    /// Whether an organization may do this centrally, and which users a group could get.
    fn further_questions(&self) -> Vec<Question> {
        vec![Question::OrganizationsFeatures, Question::People]
    }

    fn view(&self, facts: &Facts, item: usize, _now: Timestamp) -> StepView {
        StepView {
            why: "Attackers use a stolen key in Regions that nobody watches. Turn these services on in every enabled Region, and have somebody notified when root is used.",
            table: table(facts),
            notes: notes(facts, item),
            actions: actions(facts, item),
            ..StepView::default()
        }
    }

    /// The topics that have been read.
    fn questions_again(&self, facts: &Facts) -> Vec<Question> {
        facts.sns_topics.keys().cloned().map(Question::SnsTopic).collect()
    }

    /// One action turns on every service that is off, whatever row is selected. Then the remaining rows follow.
    fn first_item(&self, facts: &Facts) -> Option<usize> {
        let is_off = Service::ALL.iter().any(|service| !service.off(facts).is_empty());
        let fails = |(id, ..): &(&str, &str, &str, &str)| verdict(id, facts) == Some(Verdict::Fail);
        let left = OTHERS.iter().position(fails).filter(|_| !is_off);
        Some(left.map_or(0, |left| Service::ALL.len() + left))
    }

    fn open(&self, action: ActionId, item: usize, facts: &Facts) -> Opening {
        match (action, other(item)) {
            (ActionId::ByHand, Some((control, ..))) => Opening::ByHand(control),
            (ActionId::Message, None) => {
                Opening::Message(Service::ALL.get(item).map(|service| service.request(facts)).unwrap_or_default())
            }
            (ActionId::FillIn, Some((alarm::CONTROL, ..))) => alarm::open(facts),
            (ActionId::FillIn, Some((support::CONTROL, ..))) => Opening::Form(support::form(facts)),
            (ActionId::FillIn, Some((trail::CONTROL, ..))) => Opening::Plan,
            _ => Opening::Form(fields::form(&chosen(action, item), facts)),
        }
    }

    fn next_item(&self, _facts: &Facts, _now: Timestamp) -> Option<usize> {
        // One action turns on every service that is off, whatever row is selected.
        None
    }

    fn problems(&self, form: &Form, facts: &Facts) -> Vec<Problem> {
        match () {
            () if form.field(FieldId::Addresses).is_some() => alarm::problems(form, facts),
            () if form.field(FieldId::Members).is_some() => support::problems(form, facts),
            () => fields::problems(form, facts),
        }
    }

    fn live_questions(&self, facts: &Facts, is_shown: bool) -> Vec<Question> {
        if is_shown { alarm::unasked(facts) } else { Vec::new() }
    }

    fn plan_questions(&self, _action: ActionId, _item: usize, form: Option<&Form>, facts: &Facts) -> Vec<Question> {
        form.map(|form| alarm::questions(form, facts)).unwrap_or_default()
    }

    fn plan(
        &self,
        action: ActionId,
        item: usize,
        form: Option<&Form>,
        facts: &Facts,
        _as_of: Timestamp,
    ) -> Result<Plan, String> {
        match (action, other(item)) {
            (ActionId::FillIn, Some((trail::CONTROL, ..))) => return trail::plan(facts),
            (ActionId::FillIn, Some((support::CONTROL, ..))) => return support::plan(form, facts),
            (ActionId::FillIn, _) => return alarm::plan(form, facts),
            _ => {}
        }
        let services = chosen(action, item);
        let only = form.filter(|form| form.chosen(FieldId::RegionScope) == fields::LISTED).map(fields::listed);
        let is_wanted = |region: &str| only.as_ref().is_none_or(|only| only.iter().any(|name| name == region));
        // A call that costs money needs more than Enter.
        let costs = services.iter().any(|service| *service != Service::AccessAnalyzer);
        let consent = if costs { Consent::Careful } else { Consent::Plain };
        let mut plan = Plan { consent, ..Plan::default() };
        let mut regions: Vec<String> = Vec::new();
        for service in &services {
            let mut off = service.off(facts);
            off.retain(|(region, _)| is_wanted(region));
            if !off.is_empty() {
                plan.notes.extend(service.notes(facts));
            }
            regions.extend(off.iter().map(|(region, _)| region.clone()));
            plan.calls.extend(off.into_iter().map(|(region, call)| {
                let before = if matches!(call, TurnOnCall::UpdateDetector { .. }) { "suspended" } else { "off" };
                Call::new(Change::TurnOn { call, region }, service.name(), before, "on")
            }));
        }
        regions.sort();
        regions.dedup();
        if let Some(other) = only.iter().flatten().find(|name| !regions.contains(name)) {
            return Err(format!("{other} is not an enabled Region where {} is off.", named(&services)));
        }
        if plan.calls.is_empty() {
            return Err(format!("{} in none of the chosen Regions. Read again (r).", named_off(&services)));
        }
        plan.title = format!("Turn on {} in {}", named(&services), counted(regions.len()));
        Ok(plan)
    }
}

/// Items that are not regional services: control, name, where it applies, cost.
const OTHERS: [(&str, &str, &str, &str); 3] = [
    (trail::CONTROL, "CloudTrail", "all Regions", "S3 storage"),
    (alarm::CONTROL, "Root alarm", "home Region", "next to none"),
    (support::CONTROL, "Support", "group or role", "free"),
];

/// The item of row `item`, if it is not a regional service.
fn other(item: usize) -> Option<&'static (&'static str, &'static str, &'static str, &'static str)> {
    OTHERS.get(item.checked_sub(Service::ALL.len())?)
}

/// The services of an action.
fn chosen(action: ActionId, item: usize) -> Vec<Service> {
    match action {
        ActionId::TurnOn => Service::ALL.get(item).copied().into_iter().collect(),
        _ => Service::ALL.to_vec(),
    }
}

fn named(services: &[Service]) -> String {
    match services {
        [one] => one.name().to_owned(),
        _ => "everything that is off".to_owned(),
    }
}

fn named_off(services: &[Service]) -> String {
    match services {
        [one] => format!("{} is off", one.name()),
        _ => "Something is off".to_owned(),
    }
}

fn counted(regions: usize) -> String {
    if regions == 1 { "1 Region".to_owned() } else { format!("{regions} Regions") }
}

fn table(facts: &Facts) -> Table {
    let row = |service: Service| vec![service.label().to_owned(), service.words(facts), service.costs().to_owned()];
    let others = OTHERS.map(|(id, name, pass, costs)| {
        let words = match verdict(id, facts) {
            None => "reading…",
            Some(Verdict::Pass) => pass,
            Some(_) if id == alarm::CONTROL && awaited(facts).is_some() => "not confirmed yet",
            Some(Verdict::Fail) => "not enough",
            Some(Verdict::Unknown) => "could not be read",
            Some(Verdict::Manual) => "only you know",
            Some(Verdict::NotApplicable) => "n/a",
        };
        vec![name.to_owned(), words.to_owned(), costs.to_owned()]
    });
    let rows = Service::ALL.into_iter().map(row).chain(others).collect();
    Table { heads: vec!["WHAT", "STATUS", "COSTS"], rows, ..Table::default() }
}

/// Verdict of a control. `None`: its facts are being read.
fn verdict(id: &str, facts: &Facts) -> Option<Verdict> {
    let control = crate::checks::control(id)?;
    let is_read = !control.questions.iter().any(|question| facts.is_unread(question));
    is_read.then(|| control.assess(facts).verdict)
}

fn actions(facts: &Facts, item: usize) -> Vec<Action> {
    let action = |id, label| Action { id, label, blocked: None };
    let off = |service: &Service| service.off(facts).len();
    let mut actions = Vec::new();
    if let Some(picked) = Service::ALL.get(item).filter(|service| off(service) > 0) {
        actions.push(action(ActionId::TurnOn, format!("Turn on in {}", counted(off(picked)))));
        if facts.central_root.known() == Some(&CentralRoot::Member) {
            actions.push(action(ActionId::Message, "Ask the organization".into()));
        }
    }
    if let Some((id, ..)) = other(item)
        && !matches!(verdict(id, facts), None | Some(Verdict::Pass | Verdict::NotApplicable))
    {
        debug_assert!(crate::checks::control(id).is_some_and(|control| control.remedy.hand_off().is_some()), "{id}");
        actions.extend(match *id {
            alarm::CONTROL => alarm::actions(facts),
            trail::CONTROL => trail::actions(facts),
            _ => support::actions(facts),
        });
    }
    let further = Service::ALL.iter().enumerate().filter(|(at, service)| *at != item && off(service) > 0).count();
    if further > 0 {
        actions.push(action(ActionId::TurnOnAll, "Turn on everything that is off".into()));
    }
    actions
}

fn notes(facts: &Facts, item: usize) -> Vec<String> {
    let mut notes: Vec<String> = Service::ALL.iter().filter_map(|service| service.unread(facts)).collect();
    notes.dedup();
    notes.extend(Service::ALL.iter().filter_map(|service| service.stuck(facts)));
    notes.extend(alarm::note(facts));
    match facts.central_root.known() {
        Some(CentralRoot::Member) => {
            notes.push("This account is in an organization. Ask the delegated administrator of each service whether it turns them on for all accounts: then you need no call here.".into());
            notes.extend(Service::ALL.get(item).map(|service| service.centrally(facts)));
        }
        Some(CentralRoot::NoTrustedAccess | CentralRoot::NotAllFeatures | CentralRoot::Features { .. }) => notes.push("This account manages an organization: a delegated administrator of each service can turn it on for all accounts. What you turn on here is for this account only.".into()),
        Some(CentralRoot::NoOrganization) | None => {}
    }
    notes
}

#[cfg(test)]
mod tests;
