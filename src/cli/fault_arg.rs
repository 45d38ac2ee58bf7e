//! Parses `--fault`: which calls fail in practice, a number of times or at random.

use std::num::NonZeroU32;

use crate::practice::{Chaos, FaultKind, InjectedFault, check_pattern};

const SHAPE: &str = "expected CALL=KIND, CALL=KIND:TIMES or CALL=KIND,KIND:PERCENT%@SEED, such as iam:CreateUser=throttle:2 \
                     or iam:*=throttle,latency-2s:5%@42";

/// A fault to inject.
#[derive(Debug, Clone)]
pub enum FaultArg {
    /// A number of times.
    Times(InjectedFault),
    /// At random.
    Chance(Chaos),
}

/// Reads `iam:CreateUser=throttle:2` or `iam:*=throttle,latency-2s:5%@42`.
///
/// # Errors
/// What was expected.
pub fn read(text: &str) -> Result<FaultArg, String> {
    let (call, rest) = text.rsplit_once('=').ok_or(SHAPE)?;
    let (kinds, how) = rest.rsplit_once(':').map_or((rest, None), |(kinds, how)| (kinds, Some(how)));
    check_pattern(call)?;
    let kinds = kinds.split(',').map(FaultKind::read).collect::<Result<Vec<_>, _>>()?;
    if let Some((percent, seed)) = how.and_then(|how| how.split_once('%')) {
        return chance(call, &kinds, percent, seed).map(FaultArg::Chance);
    }
    let times = how.map_or(Ok(1), |how| how.parse::<NonZeroU32>().map(NonZeroU32::get)).map_err(|_| SHAPE)?;
    match kinds.as_slice() {
        [kind] => Ok(FaultArg::Times(InjectedFault { call: call.to_owned(), kind: *kind, times })),
        _ => Err(format!("more than one kind needs a chance, such as 5%; {SHAPE}")),
    }
}

/// `percent` has one decimal at most; without `@SEED` the seed is 0.
fn chance(call: &str, kinds: &[FaultKind], percent: &str, seed: &str) -> Result<Chaos, String> {
    let (whole, tenths) = percent.split_once('.').unwrap_or((percent, "0"));
    let is_number =
        |text: &str, most: usize| (1..=most).contains(&text.len()) && text.bytes().all(|b| b.is_ascii_digit());
    let is_good = is_number(whole, 3) && is_number(tenths, 1);
    let per_thousand: Option<u16> = format!("{whole}{tenths}").parse().ok().filter(|_| is_good);
    let per_thousand = per_thousand
        .filter(|number| (1..=1000).contains(number))
        .ok_or_else(|| format!("{percent}% is not valid; expected 0.1% to 100%, with one decimal at most"))?;
    let seed: u32 = match seed.strip_prefix('@') {
        Some(seed) => {
            seed.parse().map_err(|_| format!("{seed:?} is not a seed; expected a whole number up to 4294967295"))?
        }
        None if seed.is_empty() => 0,
        None => return Err(SHAPE.to_owned()),
    };
    Ok(Chaos::new(seed.into(), call, per_thousand, kinds))
}
