//! The type of a control: everything about it in one value.

use super::controls::root_activity;
use super::{Assessment, Remedy, Severity, Verdict};
use crate::account::facts::Audience;
use crate::account::{Facts, Principal, Question};

pub struct Control {
    /// Stable id for reports and the command line. Never change it.
    pub id: &'static str,
    /// States what is true when it passes.
    pub title: &'static str,
    /// AWS Security Hub's rating for the same control, if it has one (docs/check.md).
    pub severity: Severity,
    /// The questions that it needs answered.
    pub questions: &'static [Question],
    /// Ids in other catalogs. Its rules have their own.
    pub(super) references: References,
    /// How the other catalogs' controls differ, in a few words for the table in docs/check.md.
    pub differs: &'static str,
    /// The console page for the fix, without the host.
    pub console: Option<&'static str>,
    /// How to get from fail to pass.
    pub remedy: Remedy,
    /// Markdown chapters from assets/explain, without what this value contains already.
    pub text: &'static str,
    pub(super) assess: Assess,
}

/// Controls are equal if their ids are.
impl PartialEq for Control {
    fn eq(&self, other: &Self) -> bool {
        self.id == other.id
    }
}

impl Eq for Control {}

impl std::fmt::Debug for Control {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.id)
    }
}

/// How a control is assessed.
#[derive(Debug)]
pub(super) enum Assess {
    /// As a whole.
    Facts(fn(&Facts) -> Result<Assessment, Assessment>),
    /// By rules that other catalogs count separately. A failed rule fails the control.
    Rules(&'static [Rule]),
}

/// A rule of a control.
#[derive(Debug)]
pub struct Rule {
    /// Id for selecting, skipping and suppressing it.
    pub id: &'static str,
    /// States what is true when it passes.
    pub title: &'static str,
    /// Ids in other catalogs.
    pub(super) references: References,
    pub(super) assess: fn(&Facts) -> Result<Assessment, Assessment>,
}

/// Ids of the same control in other catalogs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct References {
    /// CIS AWS Foundations Benchmark: version and recommendations. Versions 5.0, 6.0 and 7.0 as Prowler 5.46 maps
    /// them.
    pub cis: &'static [(&'static str, &'static str)],
    pub security_hub: &'static [&'static str],
    pub prowler: &'static [&'static str],
}

impl References {
    /// No other catalog has it.
    pub(super) const NONE: Self = Self { cis: &[], security_hub: &[], prowler: &[] };
}

/// The merged references of a control or rule.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Names {
    /// CIS AWS Foundations Benchmark: version and comma-separated recommendations.
    pub cis: Vec<(&'static str, String)>,
    pub security_hub: Vec<&'static str>,
    pub prowler: Vec<&'static str>,
}

impl Names {
    fn with(mut self, more: &References) -> Self {
        for (version, numbers) in more.cis {
            match self.cis.iter_mut().find(|(known, _)| known == version) {
                Some((_, known)) => *known = format!("{known}, {numbers}"),
                None => self.cis.push((version, (*numbers).to_owned())),
            }
        }
        self.security_hub.extend(more.security_hub);
        self.prowler.extend(more.prowler);
        self
    }
}

impl Rule {
    #[must_use]
    pub fn references(&self) -> Names {
        Names::default().with(&self.references)
    }

    fn assess(&self, facts: &Facts) -> Assessment {
        (self.assess)(facts).unwrap_or_else(|unknown| unknown)
    }
}

impl Control {
    /// Empty if the control is assessed as a whole.
    #[must_use]
    pub fn rules(&self) -> &'static [Rule] {
        match self.assess {
            Assess::Facts(_) => &[],
            Assess::Rules(rules) => rules,
        }
    }

    /// The references of the control and all its rules.
    #[must_use]
    pub fn references(&self) -> Names {
        let own = Names::default().with(&self.references);
        self.rules().iter().fold(own, |names, rule| names.with(&rule.references))
    }

    #[must_use]
    pub fn assess(&self, facts: &Facts) -> Assessment {
        self.assess_by(facts, |_| true).0
    }

    /// Assesses `facts` with the `asked` rules only. Returns each rule's assessment too.
    #[must_use]
    pub fn assess_by(
        &self,
        facts: &Facts,
        asked: impl Fn(&Rule) -> bool,
    ) -> (Assessment, Vec<(&'static Rule, Assessment)>) {
        match self.assess {
            Assess::Facts(assess) => (assess(facts).unwrap_or_else(|unknown| unknown), Vec::new()),
            Assess::Rules(rules) => {
                let asked = rules.iter().filter(|rule| asked(rule));
                let said: Vec<_> = asked.map(|rule| (rule, rule.assess(facts))).collect();
                (Assessment::of_rules(said.iter().map(|(_, assessment)| assessment)), said)
            }
        }
    }

    /// Whether the verdicts differ only because another principal asked. AWS shows root's keys and devices to root
    /// only, permissions differ, and root's own session is left out of root's activity.
    #[must_use]
    pub fn differs_by_caller(&self, then: Verdict, principal: &str, now: Verdict, facts: &Facts) -> bool {
        let Some(caller) = facts.caller.known().filter(|caller| caller.arn != principal) else { return false };
        let either = |verdict: Verdict| then == verdict || now == verdict;
        let rests_on = |told: Audience| self.questions.iter().any(|question| question.told_to() == told);
        either(Verdict::Unknown)
            || (rests_on(Audience::RootOnly) && either(Verdict::Manual))
            || (rests_on(Audience::WithoutOwnCalls)
                && (caller.is_root() || Principal::of_arn(principal) == Principal::Root)
                && root_activity::differs_by_caller(then, now, caller.is_root(), facts))
    }

    /// Its verdict in a stored result. Older results have a verdict for each rule under the rule's id; these are
    /// combined.
    #[must_use]
    pub fn stored(&self, verdict: impl Fn(&str) -> Option<Verdict>) -> Option<Verdict> {
        let by_rule = Verdict::of_rules(self.rules().iter().filter_map(|rule| verdict(rule.id)));
        by_rule.or_else(|| verdict(self.id))
    }
}

impl Verdict {
    /// The combined verdict of rules; `None` without rules. An inapplicable rule counts only if all are.
    #[must_use]
    pub fn of_rules(verdicts: impl Iterator<Item = Self>) -> Option<Self> {
        let rank = |verdict: &Self| match verdict {
            Self::Fail => 0,
            Self::Unknown => 1,
            Self::Manual => 2,
            Self::Pass => 3,
            Self::NotApplicable => 4,
        };
        verdicts.min_by_key(rank)
    }
}

impl Assessment {
    /// Combines rules: the distinct reasons of the deciding rules, and the evidence of all.
    fn of_rules<'a>(rules: impl Iterator<Item = &'a Self> + Clone) -> Self {
        let verdict = Verdict::of_rules(rules.clone().map(|rule| rule.verdict)).unwrap_or(Verdict::NotApplicable);
        let deciding = rules.clone().filter(|rule| rule.verdict == verdict);
        let mut reasons: Vec<&str> = Vec::new();
        for rule in deciding.clone() {
            if !reasons.contains(&rule.why.as_str()) {
                reasons.push(&rule.why);
            }
        }
        let mut evidence = Vec::new();
        for found in rules.flat_map(|rule| &rule.evidence) {
            if !evidence.contains(found) {
                evidence.push(found.clone());
            }
        }
        let fix = deciding.clone().find_map(|rule| rule.fix);
        Self { verdict, why: reasons.join(" "), evidence, fix }
    }
}
