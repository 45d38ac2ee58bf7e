//! Compares a series of changes with fresh facts.

use super::{Change, device_name};
use crate::account::facts::Facts;

impl Change {
    /// Whether it deletes what `later` creates again under the same name.
    fn makes_room_for(&self, later: &Self) -> bool {
        match (self, later) {
            (Self::DeleteDevice { serial }, Self::CreateDevice { name, .. }) => {
                device_name(serial).eq_ignore_ascii_case(name)
            }
            _ => false,
        }
    }
}

/// Whether fresh facts show each change, as in [`Change::shows_in`]. A deletion whose name is reused is proven by the
/// later creation, since AWS refuses a name that is still taken.
#[must_use]
pub fn read_back(changes: &[Change], facts: &Facts) -> Vec<Option<bool>> {
    let shows = |(at, change): (usize, &Change)| {
        let made_again = changes[at + 1..].iter().find(|later| change.makes_room_for(later));
        made_again.unwrap_or(change).shows_in(facts)
    };
    changes.iter().enumerate().map(shows).collect()
}

#[cfg(test)]
mod tests {
    use time::macros::datetime;

    use super::*;
    use crate::account::Reading;
    use crate::account::identities::{DeviceOwner, VirtualDevice};

    #[test]
    fn a_replaced_device_counts_as_deleted_once_its_successor_is_shown() {
        let serial = "arn:aws:iam::123456789012:mfa/mia".to_owned();
        let with = |devices: Vec<VirtualDevice>| {
            let virtual_devices = Reading::Known { value: devices, at: datetime!(2026-11-21 12:00 UTC) };
            Facts { virtual_devices, ..Facts::default() }
        };
        let there = with(vec![VirtualDevice { serial: serial.clone(), owner: DeviceOwner::Nobody, enabled: None }]);
        let delete = Change::DeleteDevice { serial };
        let create = |name: &str| Change::CreateDevice { name: name.into(), user: Some("mia".into()) };
        let both = [delete.clone(), create("mia")];
        assert_eq!(read_back(&both, &there), [Some(true), Some(true)]);
        assert_eq!(read_back(&both, &with(Vec::new())), [Some(false), Some(false)], "the new one is not shown yet");
        assert_eq!(read_back(&[delete.clone(), create("mia-2")], &there), [Some(false), Some(false)]);
        assert_eq!(read_back(&[create("mia"), delete], &there), [Some(true), Some(false)], "in their order");
    }
}
