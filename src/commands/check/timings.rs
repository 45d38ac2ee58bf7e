//! `--timings`: each call in order, and the critical path.

use std::fmt::Write;
use std::time::Duration;

use crate::account::calls::{CallMade, critical_path};

/// Maximum calls listed of the critical path. Real checks stay below it. On a practice account one processor does
/// everything, so each call seems to wait for the previous one.
const MAX_LINES: usize = 5;

#[must_use]
pub fn table(calls: &[CallMade]) -> String {
    let mut calls: Vec<&CallMade> = calls.iter().collect();
    calls.sort_by_key(|call| (call.began, call.words()));
    let width = calls.iter().map(|call| call.words().len()).max().unwrap_or(0).max(4);
    let mut text = format!("{:width$}  begins ms  takes ms  waits ms  retries\n", "call");
    for call in &calls {
        let _ = writeln!(
            text,
            "{:width$}  {:>9}  {:>8}  {:>8}  {:>7}{}",
            call.words(),
            ms(call.began),
            ms(call.took),
            ms(call.waited),
            call.attempts.saturating_sub(1),
            if call.failed { "  error" } else { "" }
        );
    }
    let owned: Vec<CallMade> = calls.into_iter().cloned().collect();
    let path = critical_path(&owned);
    let total = path.last().map_or(Duration::ZERO, |call| call.ended());
    let mut steps: Vec<String> = path.iter().map(|call| format!("{} {} ms", call.words(), ms(call.took))).collect();
    if steps.len() > MAX_LINES {
        let left_out = steps.len() - MAX_LINES;
        steps.splice(MAX_LINES - 1..MAX_LINES - 1 + left_out, [format!("{left_out} more one after the other")]);
    }
    let _ = writeln!(text, "{} calls in {} ms; critical path: {}", owned.len(), ms(total), steps.join(", then "));
    text
}

fn ms(time: Duration) -> String {
    format!("{:.1}", time.as_secs_f64() * 1000.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_shows_waits_retries_and_the_critical_path() {
        let call = |action: &str, began, took, waited, attempts| CallMade {
            action: action.into(),
            region: None,
            began: Duration::from_millis(began),
            took: Duration::from_millis(took),
            waited: Duration::from_millis(waited),
            attempts,
            failed: attempts == 4,
        };
        let calls = [
            call("iam:ListAccessKeys", 50, 200, 120, 2),
            call("sts:GetCallerIdentity", 0, 49, 1, 1),
            call("iam:GetAccountSummary", 0, 90, 60, 4),
        ];
        let table = table(&calls);
        let lines: Vec<&str> = table.lines().collect();
        assert_eq!(lines[0], "call                   begins ms  takes ms  waits ms  retries");
        assert_eq!(lines[1], "iam:GetAccountSummary        0.0      90.0      60.0        3  error");
        assert_eq!(lines[3], "iam:ListAccessKeys          50.0     200.0     120.0        1");
        assert_eq!(
            lines[4],
            "3 calls in 250.0 ms; critical path: sts:GetCallerIdentity 49.0 ms, then iam:ListAccessKeys 200.0 ms"
        );
    }

    #[test]
    fn a_long_chain_is_shortened_in_its_middle() {
        let call = |n: u64| CallMade {
            action: format!("iam:Call{n}"),
            region: None,
            began: Duration::from_millis(10 * n),
            took: Duration::from_millis(9),
            waited: Duration::ZERO,
            attempts: 1,
            failed: false,
        };
        let chain = |count: u64| table(&(0..count).map(call).collect::<Vec<_>>()).lines().last().unwrap().to_owned();
        assert!(chain(5).ends_with("iam:Call2 9.0 ms, then iam:Call3 9.0 ms, then iam:Call4 9.0 ms"), "{}", chain(5));
        assert_eq!(
            chain(9),
            "9 calls in 89.0 ms; critical path: iam:Call0 9.0 ms, then iam:Call1 9.0 ms, then iam:Call2 9.0 ms, \
             then iam:Call3 9.0 ms, then 4 more one after the other, then iam:Call8 9.0 ms"
        );
    }

    #[test]
    fn a_regional_call_names_its_region() {
        let call = CallMade {
            action: "guardduty:ListDetectors".into(),
            region: Some("eu-west-1".into()),
            began: Duration::ZERO,
            took: Duration::from_millis(7),
            waited: Duration::ZERO,
            attempts: 1,
            failed: false,
        };
        let table = table(&[call]);
        assert!(table.lines().nth(1).unwrap().starts_with("guardduty:ListDetectors eu-west-1        0.0 "), "{table}");
        assert!(table.ends_with("critical path: guardduty:ListDetectors eu-west-1 7.0 ms\n"), "{table}");
    }
}
