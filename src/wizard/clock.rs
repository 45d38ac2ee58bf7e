//! The practice account's clock, which can be moved forward: what takes hours or months can be seen at once.

use std::time::Duration;

use super::stage::Stage;
use super::{Effect, Mode, Place, Session, Wizard};

/// The leaps on offer: their keys and how long they are.
pub const LEAPS: [(char, Duration); 5] = [
    ('1', Duration::from_secs(30)),
    ('2', Duration::from_secs(3600)),
    ('3', Duration::from_secs(4 * 3600)),
    ('4', Duration::from_secs(86_400)),
    ('5', Duration::from_secs(90 * 86_400)),
];

/// As far as it goes: a hundred years.
const FARTHEST: Duration = Duration::from_secs(100 * 365 * 86_400);

impl Wizard {
    /// Whether the clock can be moved now: in practice only, and not where text is typed or a decision waits.
    #[must_use]
    pub fn can_move_clock(&self) -> bool {
        let stage = self.here().map(|step| &step.stage);
        let is_free = matches!(
            stage,
            None | Some(
                Stage::Explaining(_)
                    | Stage::HandedOff(_)
                    | Stage::Enrolling(_)
                    | Stage::Proving(_)
                    | Stage::Refused(_)
                    | Stage::Settled(_)
                    | Stage::Skipped(_)
            )
        );
        matches!(self.mode, Mode::Practice { .. }) && self.session != Session::Connecting && is_free
    }

    /// Moves the clock and reads again what is here, as it is by then.
    pub(super) fn leap(&mut self, by: Duration) -> Vec<Effect> {
        if !self.can_move_clock() {
            return Vec::new();
        }
        if self.clock_ahead + by > FARTHEST {
            self.remark = Some("The clock is a hundred years ahead: it goes no farther.".into());
            return Vec::new();
        }
        self.clock_ahead += by;
        let mut effects = vec![Effect::Advance(by)];
        let reads = match self.place {
            // A QR code waits for codes only, and a proof reads when its own pause is over.
            Place::Step(id) => !matches!(self.step(id).stage, Stage::Enrolling(_) | Stage::Proving(_)),
            Place::SignIn | Place::Summary => true,
        };
        if reads && self.session == Session::Established {
            effects.extend(self.read_again());
        }
        effects
    }
}

/// A span in its two largest units: `30 s`, `4 h`, `91 d 4 h`.
#[must_use]
pub fn span(length: Duration) -> String {
    let seconds = length.as_secs();
    let units = [(seconds / 86_400, "d"), (seconds / 3600 % 24, "h"), (seconds / 60 % 60, "min"), (seconds % 60, "s")];
    let said = units.iter().filter(|(count, _)| *count > 0).take(2).map(|(count, unit)| format!("{count} {unit}"));
    said.collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spans_are_said_in_their_two_largest_units() {
        let said = LEAPS.map(|(_, length)| span(length));
        assert_eq!(said, ["30 s", "1 h", "4 h", "1 d", "90 d"]);
        assert_eq!(span(Duration::from_secs(86_400 * 91 + 3 * 3600 + 61)), "91 d 3 h");
        assert_eq!(span(Duration::from_secs(3690)), "1 h 1 min");
    }
}
