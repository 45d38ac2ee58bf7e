//! Parses and applies `--fail-on`.

use crate::checks::{Severity, Verdict};

/// Verdicts that count for the exit code, each with a minimum severity.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FailOn {
    verdicts: Vec<(Verdict, Severity)>,
    worse: bool,
}

impl Default for FailOn {
    /// Every fail and every unknown counts.
    fn default() -> Self {
        Self { verdicts: vec![(Verdict::Fail, Severity::Low), (Verdict::Unknown, Severity::Low)], worse: false }
    }
}

impl FailOn {
    #[must_use]
    pub fn counts(&self, verdict: Verdict, severity: Severity) -> bool {
        self.verdicts.iter().any(|(counted, from)| *counted == verdict && severity.at_least(*from))
    }

    /// Whether a change to worse counts.
    #[must_use]
    pub fn counts_worse(&self) -> bool {
        self.worse
    }

    /// Parses `fail,unknown:high`; `high` means `fail:high,unknown:high`; also `worse`, or `never` alone.
    ///
    /// # Errors
    /// The unknown word, and the allowed ones.
    pub fn parse(text: &str) -> Result<Self, String> {
        let mut this = Self { verdicts: Vec::new(), worse: false };
        let words: Vec<&str> = text.split(',').map(str::trim).collect();
        if words == ["never"] {
            return Ok(this);
        }
        for word in words {
            let (verdict, severity) = match word.split_once(':') {
                Some((verdict, severity)) => (verdict, Some(severity)),
                None => (word, None),
            };
            let from = severity.map_or(Some(Severity::Low), Severity::of_word).ok_or_else(|| allowed(word))?;
            match (verdict, Severity::of_word(word)) {
                (_, Some(from)) => this.verdicts.extend([(Verdict::Fail, from), (Verdict::Unknown, from)]),
                ("fail", _) => this.verdicts.push((Verdict::Fail, from)),
                ("unknown", _) => this.verdicts.push((Verdict::Unknown, from)),
                ("manual", _) => this.verdicts.push((Verdict::Manual, from)),
                ("worse", _) if severity.is_none() => this.worse = true,
                _ => return Err(allowed(word)),
            }
        }
        Ok(this)
    }
}

fn allowed(word: &str) -> String {
    format!(
        "{word:?} is not understood: fail, unknown or manual, each with :critical, :high, :medium or :low if you like; \
         a severity alone; worse; or never by itself"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn counted(text: &str) -> Vec<(Verdict, Severity)> {
        let fail_on = FailOn::parse(text).unwrap();
        let all = Verdict::ALL.into_iter().flat_map(|verdict| Severity::ALL.map(|severity| (verdict, severity)));
        all.filter(|(verdict, severity)| fail_on.counts(*verdict, *severity)).collect()
    }

    #[test]
    fn verdicts_and_severities_are_parsed() {
        assert_eq!(FailOn::parse("fail,unknown").unwrap(), FailOn::default());
        assert_eq!(counted("never"), []);
        assert_eq!(counted("fail:critical"), [(Verdict::Fail, Severity::Critical)]);
        let high = [Severity::Critical, Severity::High];
        let both: Vec<_> = [Verdict::Fail, Verdict::Unknown].into_iter().flat_map(|v| high.map(|s| (v, s))).collect();
        assert_eq!(counted("high"), both);
        assert_eq!(counted("manual").len(), 4);
        let worse = FailOn::parse("worse").unwrap();
        assert!(worse.counts_worse() && !worse.counts(Verdict::Fail, Severity::Critical));
    }

    #[test]
    fn an_unknown_value_is_named_with_the_valid_ones() {
        for (text, word) in [
            ("fial", "fial"),
            ("fail:urgent", "fail:urgent"),
            ("never,fail", "never"),
            ("", ""),
            ("pass", "pass"),
            ("worse:high", "worse:high"),
            ("high:fail", "high:fail"),
        ] {
            let error = FailOn::parse(text).unwrap_err();
            assert!(error.starts_with(&format!("{word:?} is not understood: fail, unknown")), "{error}");
        }
    }
}
