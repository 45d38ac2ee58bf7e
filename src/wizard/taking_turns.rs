//! Several users were set up in one go: each gets the page with its secrets and the page with its QR code, one after the
//! other.

use super::Wizard;
use super::stage::{Enrolee, Enrolment, HandOver, Kept, Record, Sight, Stage};
use crate::steps::StepId;

impl Wizard {
    /// The next user's turn: secrets to show, a QR code to scan, or the result. `at`: the sign-in address and the account.
    pub(super) fn next_user(&mut self, id: StepId, at: (String, String), mut rest: Vec<Kept>, record: Record) {
        let Some(place) = rest.iter().position(|kept| kept.has_secrets() || kept.device.is_some()) else {
            self.set_stage(id, Stage::Settled(record));
            return;
        };
        let kept = rest.remove(place);
        let has_secrets = kept.has_secrets();
        let user = Enrolee::User(kept.user);
        let (address, account) = at;
        let next = kept.device.map(|device| Enrolment::new(user.clone(), device, &account));
        let stage = match (has_secrets, next) {
            (false, Some(enrolment)) => Stage::Enrolling(Enrolment { rest, ..enrolment }),
            (_, next) => Stage::Showing(HandOver {
                address,
                account,
                user,
                password: kept.password,
                key: kept.key,
                sight: Sight::Unseen,
                next: next.map(Box::new),
                rest,
                record,
            }),
        };
        self.set_stage(id, stage);
    }

    /// The secrets were kept by the person; they are gone from here now.
    pub(super) fn handed_over(&mut self, id: StepId, hand_over: HandOver) {
        if hand_over.sight == Sight::Unseen {
            self.remark = Some("Nobody has seen them yet: v shows them.".into());
            self.set_stage(id, Stage::Showing(hand_over));
            return;
        }
        let HandOver { address, account, user, next, rest, record, .. } = hand_over;
        match next {
            Some(enrolment) => self.set_stage(id, Stage::Enrolling(Enrolment { rest, ..*enrolment })),
            None if user == Enrolee::Root => self.set_stage(id, Stage::default()),
            None => self.next_user(id, (address, account), rest, record),
        }
    }
}
