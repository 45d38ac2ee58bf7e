//! Longer explanations of keys for the help.

use super::{Binding, Intent};

impl Binding {
    /// What the keys do, in a line.
    #[must_use]
    pub fn meaning(&self) -> &'static str {
        let Some(intent) = self.intents.first() else { return self.words };
        match (intent, self.words) {
            (Intent::Guide, _) => "why this matters: the step's whole explanation",
            (Intent::Evidence, "evidence") => "evidence: the answers of AWS that the verdicts rest on",
            (Intent::Skip, _) => "skip this step for now; you are asked why",
            (Intent::ReadAgain, _) => "read everything here again from AWS",
            (Intent::Reveal, "show") => "show the secrets on the screen",
            (Intent::Reveal, "hide") => "hide the secrets again",
            (Intent::Phone, _) => "the practice phone, which shows the codes of this device",
            (Intent::Copy, "copy") => "copy to the terminal's clipboard (OSC 52)",
            (Intent::CopyKey, _) => "copy the secret access key to the terminal's clipboard",
            (Intent::Address, _) => "the address as a QR code, for a phone",
            (Intent::Seed, _) => "the secret key that the console shows, pasted, as a QR code",
            (Intent::Open, _) => "open the address in the browser of this machine",
            (Intent::SecondWay, _) => "the second way in: who else can sign in, seen and proven",
            (Intent::Message, _) => "show a message to send to the people who have to do it",
            (Intent::Passkey, _) => "add a passkey for root at the practice console, in place of an app",
            (Intent::AcceptRisk, _) => "accept the risk for now: with reason, owner and end date",
            (Intent::Sheet, _) => "the break-glass sheet: how root is reached in an emergency",
            (Intent::OwnSignIn, _) => "your own sign-in: your MFA, your password, your access keys",
            (Intent::UseKey, _) => "go on here with the new key: so it is seen to work",
            (Intent::SignIn, _) => "sign in again, or as somebody else",
            (Intent::Reconnect, _) => "connect again, with renewed credentials",
            (Intent::Suspend, _) => "suspend: back to the shell, where fg comes back here",
            (Intent::Help, _) => "this list",
            _ => self.words,
        }
    }
}
