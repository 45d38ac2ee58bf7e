//! The plan before the person: shown, confirmed or given up. Only here a plan turns into calls.

use super::keys::Intent;
use super::stage::{Confirmed, Cursor, Origin, Review, ReviewFocus, Stage};
use super::{Coverage, Effect, Step, Wizard};
use crate::steps::{Consent, Plan, StepId};

/// How long a review stands on the screen before it can be confirmed: an Enter that comes sooner was on its way, over a slow connection or
/// in a hurry, before anybody could see the review.
const UNSEEN: time::Duration = time::Duration::milliseconds(300);

const ONE_AT_A_TIME: &str = "One thing at a time: something is still on its way.";

impl Wizard {
    pub(super) fn review(&mut self, id: StepId, plan: Plan, origin: Origin) -> Vec<Effect> {
        debug_assert!(
            plan.calls.iter().all(|call| id.definition().changes().contain(call.change.action())),
            "the step says which calls it makes: {:?}",
            plan.calls
        );
        if let Some(why) = self.why_read_only().filter(|_| self.is_read_only()) {
            self.remark = Some(why);
            self.return_to(id, origin);
            return Vec::new();
        }
        let focus = if plan.consent == Consent::Careful { ReviewFocus::Back } else { ReviewFocus::Ahead };
        self.set_stage(
            id,
            Stage::Confirming(Review {
                plan,
                as_of: self.now,
                moved: Vec::new(),
                focus,
                typed: String::new(),
                scroll: 0,
                seen: Coverage::default(),
                since: self.now,
                origin,
            }),
        );
        vec![Effect::DropPendingKeys]
    }

    /// A plan was confirmed, and the account has changed since its review: nothing is sent, and what would be sent now is
    /// shown anew. Going ahead is not preselected, whatever it takes.
    pub(super) fn review_again(&mut self, id: StepId, plan: Plan, origin: Origin, moved: Vec<String>) -> Vec<Effect> {
        let effects = self.review(id, plan, origin);
        if let Stage::Confirming(review) = &mut self.steps[id as usize].stage {
            review.moved = moved;
            review.focus = ReviewFocus::Back;
        }
        effects
    }

    pub(super) fn in_review(&mut self, id: StepId, mut review: Review, intent: Intent) -> Vec<Effect> {
        match (intent, &review.plan.consent) {
            (Intent::Back, _) => return self.go_back(id, review),
            (Intent::Choose, _) if (time::Duration::ZERO..UNSEEN).contains(&(self.now - review.since)) => {
                // A key that is held down goes on coming: it has to stop first.
                review.since = self.now;
                self.remark = Some("That key came before this page could be read. Nothing was done.".into());
            }
            (Intent::Scroll(by), _) => review.scroll = self.drawn.scrolled(by),
            (Intent::Choose, _) if review.focus == ReviewFocus::Ahead && review.hides_a_loss() => {
                self.remark = Some(unread(review.seen.left()));
            }
            (Intent::Choose, Consent::Typed { expected, .. }) if review.typed.trim() != expected => {
                self.remark = Some("That is not what was asked for. Nothing was done.".into());
            }
            (Intent::Choose, Consent::Typed { .. }) => return self.confirmed(id, review),
            (Intent::Choose, _) if review.focus == ReviewFocus::Ahead => return self.confirmed(id, review),
            (Intent::Choose, _) => return self.go_back(id, review),
            (Intent::Erase(_), _) => {
                review.typed.pop();
            }
            (Intent::Clear, _) => review.typed.clear(),
            (Intent::Shift(_), Consent::Plain | Consent::Careful) => {
                review.focus = match review.focus {
                    ReviewFocus::Back => ReviewFocus::Ahead,
                    ReviewFocus::Ahead => ReviewFocus::Back,
                }
            }
            _ => {}
        }
        self.set_stage(id, Stage::Confirming(review));
        Vec::new()
    }

    /// A review scrolls by itself.
    pub(super) fn is_reviewing(&self) -> bool {
        matches!(self.here(), Some(Step { stage: Stage::Confirming(_), .. }))
    }

    pub(super) fn go_back(&mut self, id: StepId, review: Review) -> Vec<Effect> {
        self.return_to(id, review.origin);
        Vec::new()
    }

    /// Back to where a plan came from, with everything that was filled in.
    pub(super) fn return_to(&mut self, id: StepId, origin: Origin) {
        let stage = match origin {
            Origin::Draft(draft) if draft.form.is_some() => Stage::Filling(draft),
            Origin::Draft(draft) => Stage::Explaining(Cursor { item: draft.item, action: 0 }),
            Origin::Enrolment(enrolment) => Stage::Enrolling(*enrolment),
        };
        self.set_stage(id, stage);
    }

    /// The person has confirmed. Whether it is still true what was shown is read once more before anything is sent.
    pub(super) fn confirmed(&mut self, id: StepId, review: Review) -> Vec<Effect> {
        if self.is_occupied() {
            return self.not_now(id, review);
        }
        let confirmed = Confirmed { plan: review.plan, as_of: review.as_of };
        self.prepare_for(id, review.origin, Some(confirmed))
    }

    /// What was confirmed is still true: the very calls that were shown are moved on to be sent.
    pub(super) fn send(&mut self, id: StepId, confirmed: Confirmed, origin: Origin) -> Vec<Effect> {
        if self.is_occupied() {
            self.remark = Some(ONE_AT_A_TIME.into());
            return self.review(id, confirmed.plan, origin);
        }
        self.steps[id as usize].draft = None;
        let waiting = confirmed.plan.calls.into_iter().rev().map(|call| call.change).collect();
        self.begin(id, confirmed.plan.title, waiting, origin)
    }

    fn not_now(&mut self, id: StepId, review: Review) -> Vec<Effect> {
        self.remark = Some(ONE_AT_A_TIME.into());
        self.set_stage(id, Stage::Confirming(review));
        Vec::new()
    }
}

/// Why what was only shown in part is not sent.
fn unread(lines: usize) -> String {
    let lines = if lines == 1 { "1 more line".to_owned() } else { format!("{lines} more lines") };
    format!("Scroll down first: {lines}. Something here is taken away, and it has to be on the screen once.")
}
