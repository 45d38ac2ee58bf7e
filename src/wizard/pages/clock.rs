//! How far the practice account's clock is to be moved forward: what takes hours or months can be seen at once.

use std::time::Duration;

use super::super::keys::common::{bind, closing};
use super::super::keys::{Binding, Intent, Key};
use super::{Behave, Input, Leaving, Next, World};

/// The leaps on offer: their keys and how long they are.
pub const LEAPS: [(char, Duration); 5] = [
    ('1', Duration::from_secs(30)),
    ('2', Duration::from_secs(3600)),
    ('3', Duration::from_secs(4 * 3600)),
    ('4', Duration::from_secs(86_400)),
    ('5', Duration::from_secs(90 * 86_400)),
];

/// The leaps of the practice account's clock before the person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Clock;

impl Behave for Clock {
    fn keys(&self, _: &World) -> Vec<Binding> {
        let pairs: Vec<(Key, Intent)> =
            LEAPS.iter().map(|(key, length)| (Key::Char(*key), Intent::Advance(length.as_secs()))).collect();
        vec![bind(("1–5", "1-5"), "move the clock", &pairs), closing(&[Key::Enter, Key::Char('t')])]
    }

    fn on(self, input: Input, _: &mut World) -> Next {
        match input {
            Input::Do(Intent::Back) => Next::Back,
            _ => self.pass(),
        }
    }

    fn leaving(&self, _: &World) -> Leaving {
        Leaving::Free
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
