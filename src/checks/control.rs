//! The type of a control: everything about it in one value.

use super::controls::root_activity;
use super::{Assessment, Remedy, Severity, Verdict};
use crate::account::facts::Audience;
use crate::account::{Facts, Principal, Question};

/// One control.
pub struct Control {
    /// Its name in reports and on the command line. Never changes.
    pub id: &'static str,
    /// What is true when it passes.
    pub title: &'static str,
    /// How bad it is when it fails: AWS Security Hub's rating where it has one for the same thing (docs/check.md).
    pub severity: Severity,
    /// What it has to know.
    pub questions: &'static [Question],
    /// What others call it. Those of its rules are in the rules.
    pub(super) references: References,
    /// Where those others look at something else, in a few words for the table in docs/check.md.
    pub differs: &'static str,
    /// The page of AWS's console where it can be fixed, without the host.
    pub console: Option<&'static str>,
    /// What leads from a fail to a pass.
    pub remedy: Remedy,
    /// The text about it, in Markdown: the chapters of assets/explain, without what this value says already.
    pub text: &'static str,
    /// How it comes to its verdict.
    pub(super) assess: Assess,
}

/// One is told from another by its name.
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

/// How a control comes to its verdict.
#[derive(Debug)]
pub(super) enum Assess {
    /// From the facts as a whole.
    Facts(fn(&Facts) -> Result<Assessment, Assessment>),
    /// From rules that others count one by one. One fact is one finding: a rule that fails fails the control.
    Rules(&'static [Rule]),
}

/// One rule of a control that has several.
#[derive(Debug)]
pub struct Rule {
    /// Its name. It can be selected, skipped and suppressed by it.
    pub id: &'static str,
    /// What is true when it passes.
    pub title: &'static str,
    /// What others call it.
    pub(super) references: References,
    pub(super) assess: fn(&Facts) -> Result<Assessment, Assessment>,
}

/// What others call the same thing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct References {
    /// CIS AWS Foundations Benchmark: version and recommendations. Versions 5.0, 6.0 and 7.0 as Prowler 5.46 maps them.
    pub cis: &'static [(&'static str, &'static str)],
    /// AWS Security Hub controls.
    pub security_hub: &'static [&'static str],
    /// Prowler checks.
    pub prowler: &'static [&'static str],
}

impl References {
    /// Nobody else asks for it.
    pub(super) const NONE: Self = Self { cis: &[], security_hub: &[], prowler: &[] };
}

/// The references of a control or of a rule, all in one place.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Names {
    /// CIS AWS Foundations Benchmark: version and recommendations, separated by commas.
    pub cis: Vec<(&'static str, String)>,
    /// AWS Security Hub controls.
    pub security_hub: Vec<&'static str>,
    /// Prowler checks.
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
    /// What others call it.
    #[must_use]
    pub fn references(&self) -> Names {
        Names::default().with(&self.references)
    }

    fn assess(&self, facts: &Facts) -> Assessment {
        (self.assess)(facts).unwrap_or_else(|unknown| unknown)
    }
}

impl Control {
    /// Its rules; none if it is assessed as a whole.
    #[must_use]
    pub fn rules(&self) -> &'static [Rule] {
        match self.assess {
            Assess::Facts(_) => &[],
            Assess::Rules(rules) => rules,
        }
    }

    /// What others call it, or one of its rules.
    #[must_use]
    pub fn references(&self) -> Names {
        let own = Names::default().with(&self.references);
        self.rules().iter().fold(own, |names, rule| names.with(&rule.references))
    }

    /// Its word on `facts`.
    #[must_use]
    pub fn assess(&self, facts: &Facts) -> Assessment {
        self.assess_by(facts, |_| true).0
    }

    /// Its word on `facts` by those of its rules that are `asked` for, and what each of them says.
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

    /// Whether the verdict `then`, which `principal` was told, differs from `now` only because somebody else asks. Of its keys
    /// and devices AWS tells root alone; not everybody may read everything; and what root did is another thing for root.
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

    /// Its verdict in a result that was stored by id. In one from before its rules became one control, each rule has a
    /// verdict under its own id, and together they say what it would have said.
    #[must_use]
    pub fn stored(&self, verdict: impl Fn(&str) -> Option<Verdict>) -> Option<Verdict> {
        let by_rule = Verdict::of_rules(self.rules().iter().filter_map(|rule| verdict(rule.id)));
        by_rule.or_else(|| verdict(self.id))
    }
}

impl Verdict {
    /// What rules with these verdicts come to together; none if there are no rules. One that does not apply says nothing beside
    /// one that does.
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
    /// What rules say together: the reasons of those that decide, each once, and all that they rest on.
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
