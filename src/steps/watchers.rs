//! What watches over the account: services that have to be on in every enabled Region. One plan turns on one of them, or all
//! that are off, in all Regions or in chosen ones; each Region is one call.

mod fields;
mod service;

use super::{
    Action, ActionId, Call, Changes, Consent, FieldId, Form, Hardening, Opening, Page, Plan, Problem, Reach, Scope,
    Table, reach,
};
use crate::account::facts::CentralRoot;
use crate::account::{Caller, Change, Facts, Question, Switch, Timestamp};
use crate::checks::Verdict;
use service::Service;

pub(super) struct Watchers;

impl Hardening for Watchers {
    fn title(&self) -> &'static str {
        "Watch over the account"
    }

    fn short_title(&self) -> &'static str {
        "Watchers"
    }

    fn scope(&self) -> Scope {
        Scope::Account
    }

    fn reach(&self, caller: &Caller, facts: &Facts) -> Reach {
        // IAM has no say in it: STS's sessions are taken, with MFA or without.
        let refusals = [facts.access_analyzers.failure(), facts.guard_duty.failure(), facts.security_hub.failure()];
        reach::by_reads(caller, refusals.into_iter().flatten().map(|failure| failure.fault))
    }

    fn changes(&self) -> Changes {
        Changes {
            anybody: &[
                "access-analyzer:CreateAnalyzer",
                "guardduty:CreateDetector",
                "guardduty:UpdateDetector",
                // The first call of a service has AWS make its linked role on behalf of the caller.
                "iam:CreateServiceLinkedRole",
                "securityhub:EnableSecurityHub",
            ],
            root: &[],
        }
    }

    fn guide(&self) -> &'static str {
        include_str!("../../assets/guide/watch-over-the-account.md")
    }

    /// Whether an organization may do this centrally.
    fn further_questions(&self) -> Vec<Question> {
        vec![Question::OrganizationsFeatures]
    }

    fn page(&self, facts: &Facts, item: usize, _now: Timestamp) -> Page {
        Page {
            why: "A stolen key is used in Regions where nobody looks. These services look there, and say what they find. Each has to be on in every enabled Region.",
            table: table(facts),
            notes: notes(facts),
            actions: actions(facts, item),
            ..Page::default()
        }
    }

    fn open(&self, action: ActionId, item: usize, facts: &Facts) -> Opening {
        match (action, item.checked_sub(Service::ALL.len()).and_then(|place| HANDED.get(place))) {
            (ActionId::ByHand, Some((control, ..))) => Opening::ByHand(control),
            _ => Opening::Form(fields::form(&chosen(action, item), facts)),
        }
    }

    fn next_item(&self, _facts: &Facts, _now: Timestamp) -> Option<usize> {
        // What is off is turned on together, whichever row is picked.
        None
    }

    fn problems(&self, form: &Form, facts: &Facts) -> Vec<Problem> {
        fields::problems(form, facts)
    }

    fn plan(
        &self,
        action: ActionId,
        item: usize,
        form: Option<&Form>,
        facts: &Facts,
        _as_of: Timestamp,
    ) -> Result<Plan, String> {
        let services = chosen(action, item);
        let only = form.filter(|form| form.chosen(FieldId::RegionScope) == fields::LISTED).map(fields::listed);
        let is_wanted = |region: &str| only.as_ref().is_none_or(|only| only.iter().any(|name| name == region));
        // What costs money is not done by Enter alone.
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
            plan.calls.extend(off.into_iter().map(|(region, switch)| {
                let before = if matches!(switch, Switch::Detector { .. }) { "suspended" } else { "off" };
                Call::new(Change::TurnOn { switch, region }, service.name(), before, "on")
            }));
        }
        regions.sort();
        regions.dedup();
        if let Some(other) = only.iter().flatten().find(|name| !regions.contains(name)) {
            return Err(format!("{other} is no enabled Region where {} is off.", named(&services)));
        }
        if plan.calls.is_empty() {
            return Err(format!("{} in no Region that was chosen. Read again (r).", named_off(&services)));
        }
        plan.title = format!("Turn on {} in {}", named(&services), counted(regions.len()));
        Ok(plan)
    }
}

/// What no call of this program's makes: the control, what it is, what it costs.
const HANDED: [(&str, &str, &str); 2] =
    [("cloudtrail-on", "CloudTrail", "S3 storage"), ("root-use-alarm", "Root alarm", "next to none")];

/// What an action is about.
fn chosen(action: ActionId, item: usize) -> Vec<Service> {
    match action {
        ActionId::TurnOn => Service::ALL.get(item).copied().into_iter().collect(),
        _ => Service::ALL.to_vec(),
    }
}

fn named(services: &[Service]) -> String {
    match services {
        [one] => one.name().to_owned(),
        _ => "all that is off".to_owned(),
    }
}

fn named_off(services: &[Service]) -> String {
    match services {
        [one] => format!("{} is off", one.name()),
        _ => "Anything is off".to_owned(),
    }
}

fn counted(regions: usize) -> String {
    if regions == 1 { "1 Region".to_owned() } else { format!("{regions} Regions") }
}

fn table(facts: &Facts) -> Table {
    let row = |service: Service| vec![service.label().to_owned(), service.words(facts), service.costs().to_owned()];
    let handed = HANDED.map(|(id, name, costs)| vec![name.to_owned(), verdict(id, facts).to_owned(), costs.to_owned()]);
    let rows = Service::ALL.into_iter().map(row).chain(handed).collect();
    Table { heads: vec!["WHAT", "ON IN", "COSTS"], rows, ..Table::default() }
}

/// A word for what a control says.
fn verdict(id: &str, facts: &Facts) -> &'static str {
    let Some(control) = crate::checks::control(id) else { return "" };
    if control.questions.iter().any(|question| facts.is_unread(question)) {
        return "reading…";
    }
    match control.judge(facts).verdict {
        Verdict::Pass => "all Regions",
        Verdict::Fail => "not enough",
        Verdict::Unknown => "could not be read",
        Verdict::Manual => "you tell",
        Verdict::NotApplicable => "n/a",
    }
}

fn actions(facts: &Facts, item: usize) -> Vec<Action> {
    let action = |id, label| Action { id, label, blocked: None };
    let off = |service: &Service| service.off(facts).len();
    let mut actions = Vec::new();
    if let Some(picked) = Service::ALL.get(item).filter(|service| off(service) > 0) {
        actions.push(action(ActionId::TurnOn, format!("Turn on in {}", counted(off(picked)))));
    }
    let handed = item.checked_sub(Service::ALL.len()).and_then(|place| HANDED.get(place));
    if let Some((id, ..)) = handed.filter(|(id, ..)| !matches!(verdict(id, facts), "all Regions" | "reading…" | "n/a"))
    {
        debug_assert!(crate::checks::control(id).is_some_and(|control| control.way.hand_off().is_some()), "{id}");
        actions.push(action(ActionId::ByHand, "By hand, and watch".into()));
    }
    let further = Service::ALL.iter().enumerate().filter(|(at, service)| *at != item && off(service) > 0).count();
    if further > 0 {
        actions.push(action(ActionId::TurnOnAll, "Turn on all that is off".into()));
    }
    actions
}

fn notes(facts: &Facts) -> Vec<String> {
    let mut notes: Vec<String> = Service::ALL.iter().filter_map(|service| service.unread(facts)).collect();
    notes.dedup();
    notes.extend(Service::ALL.iter().filter_map(|service| service.stuck(facts)));
    match facts.central_root.known() {
        Some(CentralRoot::Member) => notes.push("This account is in an organization. Where it turns these on for all accounts, ask the delegated administrator of each service: what is turned on there needs no call here.".into()),
        Some(CentralRoot::NoTrustedAccess | CentralRoot::NotAllFeatures | CentralRoot::Features { .. }) => notes.push("This account manages an organization: name a delegated administrator in each service's console, and that one turns it on for all accounts. What you turn on here is for this account alone.".into()),
        Some(CentralRoot::NoOrganization) | None => {}
    }
    notes
}

#[cfg(test)]
mod tests;
