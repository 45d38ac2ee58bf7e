//! Root was not used recently: its password and both keys count.

use crate::account::age::ago;
use crate::account::facts::{Field, ReportKey, ReportRow};
use crate::account::{Caller, CredentialKind, Facts, Question, Timestamp};
use crate::checks::credentials::{by_report, days, generated, when};
use crate::checks::partition::without_root;
use crate::checks::{
    Assess, Assessment, Awaits, Control, Evidence, HandOff, References, Remedy, Severity, console, evidence, known,
    root_devices,
};

pub(super) const CONTROL: Control = Control {
    id: "root-unused",
    title: "Root is not used",
    severity: Severity::Medium,
    questions: &[Question::Caller, Question::Summary, Question::RootKeys, Question::CredentialReport],
    references: References {
        cis: &[("5.0", "1.6"), ("6.0", "2.6"), ("7.0", "2.7")],
        security_hub: &[],
        prowler: &["iam_avoid_root_usage"],
    },
    differs: "inactive keys count; 90 days here",
    console: Some(console::TRAIL),
    remedy: Remedy::HandOff(HandOff {
        steps: &[
            "Find out who used root, and for what: CloudTrail, Event history, Lookup attributes: User name, root.",
            "Give that work to an administrator or a role. The step \"Administrator\" creates an administrator.",
            "Stop using root. The control passes 90 days after the last use.",
        ],
        costs: None,
        awaits: Awaits::Pass,
    }),
    text: include_str!("../../../assets/explain/root-unused.md"),
    assess: Assess::Facts(assess),
};

const FIX: &str = "Find out who used root and for what, and give an administrator that work. Keep root for the few tasks that only root can do.";

struct Use {
    at: Timestamp,
    words: String,
    /// Whether it may be the sign-in of the current session.
    own: bool,
}

fn assess(facts: &Facts) -> Result<Assessment, Assessment> {
    let caller = known(&facts.caller, &Question::Caller)?;
    if let Some(none) = without_root(facts)? {
        return Ok(none);
    }
    if let Some(none) = root_devices::removed(facts)? {
        return Ok(none);
    }
    let limit = i64::from(facts.parameters.root_unused_days);
    let mut proof = Vec::new();
    let (mut uses, mut unclear) = (live(facts, &mut proof), Vec::new());
    let report = known(&facts.credential_report, &Question::CredentialReport);
    let now = facts.credential_report.at().or(facts.root_keys.at()).or(facts.caller.at());
    let now = now.unwrap_or(Timestamp::UNIX_EPOCH);
    if let Ok(report) = report {
        proof.extend(generated(facts, report));
        match report.root() {
            None => unclear.push("root".to_owned()),
            Some(root) => reported(facts, caller, root, (&mut uses, &mut unclear, &mut proof)),
        }
    }
    let by = report.as_ref().map(|report| format!(" {}", by_report(report, now))).unwrap_or_default();
    // Today's sign-in of root overwrites earlier ones. Then only the keys show other uses.
    let is_own = |used: &&Use| caller.is_root() && used.own && days(used.at, now) < 1;
    let latest = uses.iter().filter(|used| !is_own(used)).max_by_key(|used| used.at);
    let said = |used: &Use| format!("Last used {}: {}.{by}", ago(used.at, now), used.words);
    if let Some(used) = latest.filter(|used| days(used.at, now) < limit) {
        return Ok(Assessment::fail(said(used), proof, FIX));
    }
    // An unread report may contain a use by somebody else.
    if let Err(assessment) = report {
        return Ok(Assessment { evidence: proof, ..assessment });
    }
    if let Some(own) = uses.iter().find(is_own) {
        let why = format!("{} You are signed in as root: this may be you.", said(own));
        return Ok(Assessment::manual(why, proof));
    }
    if !unclear.is_empty() {
        return Ok(Assessment::unknown(format!("The report lacks the value: {}.{by}", unclear.join(", ")), proof));
    }
    if let (None, Ok(report), false) = (latest, &report, caller.partition().has_root_console()) {
        let has_key = report.root().is_some_and(|root| root.keys.iter().any(ReportKey::exists));
        if !has_key && facts.root_keys.known().is_none_or(Vec::is_empty) {
            let why = format!("Root has no console password and no access key: nobody can use it.{by}");
            return Ok(Assessment::not_applicable(why, proof));
        }
    }
    Ok(match latest {
        Some(used) => Assessment::pass(said(used), proof),
        None => Assessment::pass(format!("AWS has recorded no use of root.{by}"), proof),
    })
}

/// Uses in root's row of the credential report; fields without a value; the evidence.
type Reported<'a> = (&'a mut Vec<Use>, &'a mut Vec<String>, &'a mut Vec<Evidence>);

fn reported(facts: &Facts, caller: &Caller, root: &ReportRow, (uses, unclear, proof): Reported<'_>) {
    match &root.password_used {
        Field::Value(at) => uses.push(Use { at: *at, words: "its password".into(), own: true }),
        Field::NoInformation | Field::NotApplicable => {}
        // Where root has no console, the report does not cover the password, so the keys decide.
        Field::NotSupported if !caller.partition().has_root_console() => {}
        other => unclear.push(format!("password_last_used = {}", other.words(ToString::to_string))),
    }
    let words = root.password_used.words(|at| when(*at));
    proof.extend(report_evidence(facts, "password_last_used", words));
    for (n, key) in root.keys.iter().enumerate().filter(|(_, key)| key.exists()) {
        uses.extend(of_key(n + 1, key, signs(facts, &root.keys, key), unclear));
        let words = key.used.words(|at| when(*at));
        proof.extend(report_evidence(facts, &format!("access_key_{}_last_used_date", n + 1), words));
    }
}

/// Root's own view of its keys, which is newer than any report.
fn live(facts: &Facts, proof: &mut Vec<Evidence>) -> Vec<Use> {
    let mut uses = Vec::new();
    for key in facts.root_keys.known().into_iter().flatten() {
        let Some(Some(used)) = key.last_used.known() else { continue };
        let words = format!("{} in {}", used.service, used.region);
        let field = format!("{} LastUsedDate", key.id);
        proof.extend(evidence(
            &key.last_used,
            "iam:GetAccessKeyLastUsed",
            field,
            format!("{}, {words}", when(used.at)),
        ));
        // This session signs with the key, so the last use is its own.
        let own = facts.caller.known().is_some_and(|caller| caller.signed_with(&key.id));
        uses.push(Use { at: used.at, words: format!("access key …{}, {words}", key.last_four()), own });
    }
    uses
}

/// Whether `key` of the report signs this session. The report does not name keys. It is the only key, or has the
/// creation date of the signing key.
fn signs(facts: &Facts, all: &[ReportKey], key: &ReportKey) -> bool {
    let Some(caller) = facts.caller.known().filter(|caller| caller.is_root()) else { return false };
    let signing = facts.root_keys.known().into_iter().flatten().find(|known| caller.signed_with(&known.id));
    let is_it = match (&key.made, signing.and_then(|known| known.created)) {
        (Field::Value(made), Some(created)) => *made == created,
        _ => false,
    };
    let is_only = all.iter().filter(|key| key.exists()).count() == 1;
    caller.credential.kind == CredentialKind::LongTerm && (is_only || is_it)
}

fn of_key(n: usize, key: &ReportKey, own: bool, unclear: &mut Vec<String>) -> Option<Use> {
    match &key.used {
        Field::Value(at) => {
            let service = key.service.words(Clone::clone);
            let region = key.region.words(Clone::clone);
            Some(Use { at: *at, words: format!("access key {n}, {service} in {region}"), own })
        }
        Field::NotApplicable | Field::NoInformation => None,
        other => {
            unclear.push(format!("access_key_{n}_last_used_date = {}", other.words(ToString::to_string)));
            None
        }
    }
}

fn report_evidence(facts: &Facts, column: &str, value: String) -> Option<Evidence> {
    let call = Question::CredentialReport.action();
    evidence(&facts.credential_report, call, format!("<root_account> {column}"), value)
}
