//! Compares with a saved report: better, worse, other, new and gone controls.

use serde::Deserialize;
use time::format_description::well_known::Rfc3339;

use super::{Finding, json};
use crate::account::{Facts, LastRun, Timestamp};
use crate::checks::{Control, Verdict, named};

/// The compared parts of a saved JSON report.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Saved {
    schema: String,
    practice: bool,
    account: Option<Account>,
    caller: Option<Caller>,
    /// RFC 3339.
    pub checked_at: String,
    checks: Vec<Check>,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
struct Account {
    id: String,
    partition: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
struct Caller {
    arn: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
struct Check {
    id: String,
    verdict: String,
    /// Results of the control's rules. Older reports lack them: their rules were controls.
    #[serde(default)]
    rules: Vec<Check>,
}

/// A control whose verdict changed.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Move {
    /// Control id.
    pub id: String,
    /// The saved verdict; `None`: not in that report.
    pub from: Option<Verdict>,
    /// The current verdict; `None`: the control no longer exists.
    pub to: Option<Verdict>,
}

/// All changes. Each list is in the order of the report that contains the controls.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drift {
    /// When the saved report was made, RFC 3339.
    pub since: String,
    /// In order now, and was not.
    pub better: Vec<Move>,
    /// Fails now, or is no longer in order.
    pub worse: Vec<Move>,
    /// Any other change, e.g. from fail to unknown.
    pub other: Vec<Move>,
    /// Missing in the saved report.
    pub new: Vec<Move>,
    /// No longer a control. A control that was not selected is not gone.
    pub gone: Vec<Move>,
}

impl Saved {
    /// Parses a saved report.
    ///
    /// # Errors
    /// Not JSON, another schema, or a missing member.
    pub fn parse(text: &str) -> Result<Self, String> {
        #[derive(Deserialize)]
        struct Head {
            schema: Option<String>,
        }
        let expected = json::SCHEMA;
        let head: Head = serde_json::from_str(text).map_err(|error| format!("is not a JSON report: {error}"))?;
        match head.schema.as_deref() {
            Some(schema) if schema == expected => {}
            Some(other) => return Err(format!("has the schema {other:?}; only {expected:?} can be compared")),
            None => return Err(format!("names no schema; expected a report of {expected:?}")),
        }
        let saved: Self = serde_json::from_str(text).map_err(|error| format!("is not a whole report: {error}"))?;
        let all = saved.checks.iter().chain(saved.checks.iter().flat_map(|check| &check.rules));
        match all.into_iter().find(|check| Verdict::of_word(&check.verdict).is_none()) {
            Some(check) => Err(format!("gives {:?} the verdict {:?}, which there is not", check.id, check.verdict)),
            None => Ok(saved),
        }
    }

    /// Checks that the report is about this account, practice or not.
    ///
    /// # Errors
    /// Which account it is about.
    pub fn verify(&self, practice: bool, id: &str, partition: &str) -> Result<(), String> {
        if self.practice != practice {
            let kind = |practice| if practice { "a practice account" } else { "an AWS account" };
            return Err(format!("is about {}, and this run is about {}", kind(self.practice), kind(practice)));
        }
        match &self.account {
            Some(account) if account.id == id && account.partition == partition => Ok(()),
            Some(other) => Err(format!(
                "is about the account {} ({}), and this run is about {id} ({partition})",
                other.id, other.partition
            )),
            None => Err("names no account: nobody was signed in when it was made".into()),
        }
    }
}

impl Saved {
    /// The saved and the current verdict on a control. For a control with rules, both combine only the rules present
    /// in both reports: an older report has a verdict per rule, and a narrowed one lacks some.
    fn verdicts(&self, finding: &Finding) -> (Option<Verdict>, Verdict) {
        let now = finding.assessment.verdict;
        if finding.rules.is_empty() {
            return (self.verdict(finding.control.id), now);
        }
        let both = finding.rules.iter().filter_map(|(rule, said)| Some((self.verdict(rule.id)?, said.verdict)));
        let (then, since): (Vec<Verdict>, Vec<Verdict>) = both.unzip();
        (Verdict::of_rules(then.into_iter()), Verdict::of_rules(since.into_iter()).unwrap_or(now))
    }

    fn verdict(&self, id: &str) -> Option<Verdict> {
        let all = self.checks.iter().chain(self.checks.iter().flat_map(|check| &check.rules));
        all.into_iter().find(|check| check.id == id).and_then(|check| Verdict::of_word(&check.verdict))
    }

    /// Its verdicts, if it is about this real account.
    #[must_use]
    pub fn run(&self, partition: &str, id: &str) -> Option<LastRun> {
        self.verify(false, id, partition).ok()?;
        let at = Timestamp::parse(&self.checked_at, &Rfc3339).ok()?;
        let verdicts = self.checks.iter().map(|check| (check.id.clone(), check.verdict.clone())).collect();
        Some(LastRun { at, principal: self.caller.as_ref().map(|caller| caller.arn.clone()), verdicts })
    }
}

impl Drift {
    /// The changes between `saved` and `findings`. Differences due only to another principal do not count.
    #[must_use]
    pub fn new(saved: &Saved, findings: &[Finding], facts: &Facts) -> Self {
        let differs = |control: &Control, from, to| {
            let then = saved.caller.as_ref();
            then.is_some_and(|then| control.differs_by_caller(from, &then.arn, to, facts))
        };
        let mut drift = Self {
            since: saved.checked_at.clone(),
            better: vec![],
            worse: vec![],
            other: vec![],
            new: vec![],
            gone: vec![],
        };
        for finding in findings {
            let (from, to) = saved.verdicts(finding);
            let moved = Move { id: finding.control.id.to_owned(), from, to: Some(to) };
            match from {
                None => drift.new.push(moved),
                Some(from) if from == to || is_sound(from) && is_sound(to) => {}
                Some(from) if differs(finding.control, from, to) => {}
                Some(_) if is_sound(to) => drift.better.push(moved),
                Some(from) if to == Verdict::Fail || is_sound(from) => drift.worse.push(moved),
                Some(_) => drift.other.push(moved),
            }
        }
        drift.gone = saved
            .checks
            .iter()
            .filter(|check| named(&check.id).is_none())
            .map(|check| Move { id: check.id.clone(), from: Verdict::of_word(&check.verdict), to: None })
            .collect();
        drift
    }

    /// The five lists with their names.
    #[must_use]
    pub fn lists(&self) -> [(&'static str, &[Move]); 5] {
        [
            ("better", &self.better),
            ("worse", &self.worse),
            ("other", &self.other),
            ("new", &self.new),
            ("gone", &self.gone),
        ]
    }

    /// One line per non-empty list: `worse: root-mfa (pass, now fail)`.
    #[must_use]
    pub fn lines(&self) -> Vec<String> {
        let lists = self.lists();
        let said = lists.iter().filter(|(_, moves)| !moves.is_empty());
        said.map(|(name, moves)| format!("{name}: {}", moves.iter().map(Move::words).collect::<Vec<_>>().join(", ")))
            .collect()
    }

    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.lists().iter().all(|(_, moves)| moves.is_empty())
    }
}

impl Move {
    fn words(&self) -> String {
        match (self.from, self.to) {
            (Some(from), Some(to)) => format!("{} ({}, now {})", self.id, from.word(), to.word()),
            (None, Some(only)) | (Some(only), None) => format!("{} ({})", self.id, only.word()),
            (None, None) => self.id.clone(),
        }
    }
}

/// Whether nothing has to be done.
fn is_sound(verdict: Verdict) -> bool {
    matches!(verdict, Verdict::Pass | Verdict::NotApplicable)
}
