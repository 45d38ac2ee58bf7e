//! What a person does by hand now, and what lockroot watches for meanwhile.

use std::borrow::Cow;

use super::{ByHand, HandOffStage, TestSignIn};
use crate::account::Timestamp;
use crate::account::facts::{AssignedRole, Summary};
use crate::account::trail::TrailEvent;
use crate::checks::{Awaits, Verdict, identity_center_in_use};
use crate::steps::watchers;
use crate::wizard::World;

impl ByHand {
    /// The steps to take now, in order.
    #[must_use]
    pub fn steps(&self, world: &World) -> Vec<Cow<'static, str>> {
        let hand_off = || self.control.remedy.hand_off().map(|hand_off| hand_off.steps).unwrap_or_default();
        let awaited = watchers::awaited(world.facts()).filter(|_| self.awaits() == Awaits::PassAndTest);
        match awaited {
            _ if self.assigned(world).is_some() => vec![
                "IAM Identity Center, Dashboard: open the AWS access portal URL, in a private window of your browser.".into(),
                "Sign in as the person who got the permission set. Choose this account, then the permission set's name.".into(),
                "IAM shows the use of the role some hours later, as AWS says. lockroot goes on watching meanwhile.".into(),
            ],
            _ if self.awaits_test(world) => vec![
                "Sign in as root once, in a private browser window, and sign out again.".into(),
                "Check whether the e-mail arrives. Only the recipient can tell; lockroot sees root's sign-in in CloudTrail, up to 15 minutes late.".into(),
                "The controls on root use then show this sign-in, as they should.".into(),
            ],
            Some((topic, readers)) => vec![
                format!("{}: open the e-mail \"AWS Notification - Subscription Confirmation\" about the topic {topic}, and choose Confirm subscription.", readers.join(", ")).into(),
                "Only the recipient can confirm it, not lockroot and not root. The e-mail is valid for two days.".into(),
                "No e-mail? Look in the spam folder. Or subscribe the address again on the step's page: AWS sends a new one.".into(),
            ],
            None => hand_off().iter().copied().map(Cow::from).collect(),
        }
    }

    /// The role of a permission set with AdministratorAccess, if the page waits for it.
    #[must_use]
    pub fn assigned<'w>(&self, world: &'w World) -> Option<&'w AssignedRole> {
        let people = world.facts().people.known().filter(|_| self.awaits() == Awaits::IdentityCenterRole)?;
        people.identity_center()
    }

    /// Last use of that role, as far as AWS reports it.
    #[must_use]
    pub fn assigned_used(&self, world: &World) -> Option<Timestamp> {
        let people = world.facts().people.known().filter(|_| self.awaits() == Awaits::IdentityCenterRole)?;
        identity_center_in_use(world.facts(), people).map(|(_, used)| used)
    }

    /// Whether the awaited state is reached.
    pub(super) fn is_over(&self, world: &World) -> bool {
        match self.awaits() {
            Awaits::IdentityCenterRole => self.assigned_used(world).is_some(),
            Awaits::Pass | Awaits::PassByEachPerson | Awaits::PassAndTest => {
                matches!(self.verdict(world), Some(Verdict::Pass | Verdict::NotApplicable))
            }
        }
    }

    pub(super) fn verdict(&self, world: &World) -> Option<Verdict> {
        world.facts().assessments().verdict(self.control.id)
    }

    /// When the control passed, if a sign-in of root has to follow as a test.
    fn tested_from(&self) -> Option<Timestamp> {
        self.done_at().filter(|_| self.awaits() == Awaits::PassAndTest)
    }

    /// Whether it passes and CloudTrail shows no sign-in of root since then. Root without a password can't sign in.
    #[must_use]
    pub fn awaits_test(&self, world: &World) -> bool {
        let has_password = || world.facts().summary.known().and_then(Summary::root_password) != Some(0);
        self.tested_from().is_some() && self.test_sign_in(world).is_none() && has_password()
    }

    /// Whether Enter simulates a sign-in of root: in practice nobody else does it.
    #[must_use]
    pub fn simulates_test(&self, world: &World) -> bool {
        world.is_practice() && self.awaits_test(world) && !matches!(self.stage, HandOffStage::Done(_, TestSignIn::Done))
    }

    /// The first event of root's that CloudTrail shows since the control passed.
    #[must_use]
    pub fn test_sign_in<'w>(&self, world: &'w World) -> Option<&'w TrailEvent> {
        let passed = self.tested_from()?;
        let since = passed - time::Duration::nanoseconds(passed.nanosecond().into());
        world.facts().root_activity.known()?.events.iter().rev().find(|event| event.at >= since)
    }
}
