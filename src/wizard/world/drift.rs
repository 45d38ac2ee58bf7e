//! Controls that got better or worse since the last run of the wizard or the last saved check. Controls that could not
//! be read count for neither.

use super::World;
use crate::account::{CallUnderWay, LastRun, Question, Timestamp};
use crate::checks::{CONTROLS, Control, Verdict};
use crate::journal::{Journal, Note};

/// The last run, and the part of this run that is saved for the next.
#[derive(Debug, Default)]
pub struct Runs {
    /// The account that both belong to. `None`: no journal was read yet.
    account: Option<String>,
    last: Option<LastRun>,
    /// The part of this run that is saved.
    kept: Option<LastRun>,
    /// The pending call when the last run was cut off.
    pub(super) cut_off: Option<CallUnderWay>,
    /// Whether AWS has been asked how that call ended.
    pub(super) is_settled: bool,
}

#[derive(Debug)]
pub struct Drift {
    /// When the last run was made.
    pub since: Timestamp,
    /// Controls that pass or don't apply now, and failed or needed a person before.
    pub better: Vec<&'static Control>,
    /// Controls that fail now and did not before.
    pub worse: Vec<&'static Control>,
    /// Number of controls that can't be compared, because they could not be read.
    pub unknown: usize,
}

impl World {
    /// Changes since the last run. `None`: there was no last run, or not everything has been read.
    #[must_use]
    pub fn drift(&self) -> Option<Drift> {
        let last = self.runs.last.as_ref().filter(|_| self.has_read_all())?;
        let mut drift = Drift { since: last.at, better: Vec::new(), worse: Vec::new(), unknown: 0 };
        for (control, assessment) in self.facts.assessments().iter() {
            let then = control.stored(|id| last.verdicts.get(id).and_then(|word| Verdict::of_word(word)));
            let told = then.zip(last.principal.as_deref());
            if self.uses_older_report(control, last.at)
                || told.is_some_and(|(then, who)| control.differs_by_caller(then, who, assessment.verdict, &self.facts))
            {
                continue;
            }
            match (then, assessment.verdict) {
                (Some(Verdict::Fail | Verdict::Manual), Verdict::Pass | Verdict::NotApplicable) => {
                    drift.better.push(control);
                }
                (Some(Verdict::Pass | Verdict::NotApplicable | Verdict::Manual), Verdict::Fail) => {
                    drift.worse.push(control);
                }
                (_, Verdict::Unknown) => drift.unknown += 1,
                _ => {}
            }
        }
        Some(drift)
    }

    /// Whether `control` uses a credential report older than the last run. AWS makes one every four hours, so the
    /// report may lack changes that the last run saw.
    fn uses_older_report(&self, control: &Control, last: Timestamp) -> bool {
        let report = self.facts.credential_report.known().and_then(|report| report.generated);
        control.questions.contains(&Question::CredentialReport) && report.is_some_and(|made| made < last)
    }

    /// Takes the last run from the journal. Later loads are ignored, because then the journal already contains this
    /// run.
    pub(super) fn recall_run(&mut self, journal: &Journal) {
        let account = self.caller().map(|caller| caller.account.clone());
        if self.runs.account != account {
            let (last, cut_off) = (journal.last_run().cloned(), journal.call_under_way().cloned());
            self.runs = Runs { account, last, cut_off, ..Runs::default() };
        }
    }

    /// Saves the verdicts of this run for the next, whenever they differ.
    pub(super) fn note_run(&mut self) {
        let account = self.caller().map(|caller| &caller.account);
        if account.is_none() || self.runs.account.as_ref() != account || !self.has_read_all() {
            return;
        }
        let words = self
            .facts
            .assessments()
            .iter()
            .map(|(control, assessment)| (control.id.to_owned(), assessment.verdict.word().to_owned()));
        let run = LastRun {
            at: self.now,
            principal: self.caller().map(|caller| caller.arn.clone()),
            verdicts: words.collect(),
        };
        if self.runs.kept.as_ref().is_some_and(|kept| kept.verdicts == run.verdicts) {
            return;
        }
        self.runs.kept = Some(run.clone());
        self.note(Note::Run(run));
    }

    /// The pending call when the last run was cut off. `true`: AWS has been asked how it ended.
    #[must_use]
    pub fn cut_off(&self) -> Option<(&CallUnderWay, bool)> {
        Some((self.runs.cut_off.as_ref()?, self.runs.is_settled))
    }

    pub(super) fn has_read_all(&self) -> bool {
        let is_read = |control: &Control| !control.questions.iter().any(|question| self.facts.is_unread(question));
        !self.is_busy() && CONTROLS.iter().all(is_read)
    }
}
