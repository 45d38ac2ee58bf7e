//! Longer explanations of keys for the help.

use super::{Binding, Intent};

impl Binding {
    /// The explanation of a key in the help, on one line.
    #[must_use]
    pub fn meaning(&self) -> &'static str {
        let Some(intent) = self.intents.first() else { return self.words };
        match (intent, self.words) {
            (Intent::Guide, _) => "why this matters: the step's guide",
            (Intent::Evidence, "evidence") => "evidence: AWS's answers behind the verdicts",
            (Intent::Incident, _) => "an attacker may have root: what to do, in order",
            (Intent::Events, "events") => "every event: time, key, MFA, address, program",
            (Intent::Events, _) => "the same events by call and by sender",
            (Intent::Skip, _) => "skip this step for now; you are asked why",
            (Intent::ReadAgain, _) => "read everything here again from AWS",
            (Intent::Reveal, "show") => "show the secrets on the screen",
            (Intent::Reveal, "hide") => "hide the secrets again",
            (Intent::Phone, _) => "the practice phone, which shows the codes of this device",
            (Intent::Copy, "copy") => "copy to the terminal's clipboard (OSC 52)",
            (Intent::CopyKey, _) => "copy the secret access key to the terminal's clipboard",
            (Intent::Address, _) => "the address as a QR code, for a phone",
            (Intent::Seed, _) => "paste the console's secret key to get a QR code",
            (Intent::Open, _) => "open the address in this machine's browser",
            (Intent::SecondWay, _) => "prove that someone other than root can sign in",
            (Intent::Message, _) => "show a message to send to the people who must do this",
            (Intent::Passkey, _) => "add a passkey for root at the practice console, in place of an app",
            (Intent::AcceptRisk, _) => "accept the risk for now: with reason, owner and end date",
            (Intent::Sheet, _) => "the break-glass sheet: how to reach root in an emergency",
            (Intent::OwnSignIn, _) => "your own sign-in: your MFA, your password, your access keys",
            (Intent::UseKey, _) => "sign in here with the new key, to see that it works",
            (Intent::SignIn, _) => "sign in again, or as another principal",
            (Intent::Reconnect, _) => "connect again, with renewed credentials",
            (Intent::Suspend, _) => "suspend: back to the shell; fg returns here",
            (Intent::Help, _) => "this list",
            _ => self.words,
        }
    }
}
