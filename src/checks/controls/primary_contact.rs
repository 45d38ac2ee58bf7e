//! The primary contact is set: you need it to recover root.

use crate::account::{Facts, PhoneStatus, Question};
use crate::checks::{Assess, Assessment, Control, References, Remedy, Severity, StepId, console, evidence, known};

pub(super) const CONTROL: Control = Control {
    id: "primary-contact",
    title: "The primary contact is set",
    severity: Severity::Medium,
    questions: &[Question::ContactInformation],
    references: References {
        cis: &[("5.0", "1.1"), ("6.0", "2.1"), ("7.0", "2.2")],
        security_hub: &[],
        prowler: &["account_maintain_current_contact_details"],
    },
    differs: "checks that it is set, not that it is current",
    console: Some(console::ACCOUNT),
    remedy: Remedy::OptionalStep(StepId::Contacts),
    text: include_str!("../../../assets/explain/primary-contact.md"),
    assess: Assess::Facts(assess),
};

const FIX: &str =
    "Correct it: the console's account page, Contact information; or `aws account put-contact-information`.";
/// Replacing the number would not help: the new one is unverified too.
const FIX_UNVERIFIED: &str = "Verify it: lockroot, the step \"Contacts and alias\", or the console's account page, Contact information. AWS sends a code to the phone, so it must receive text messages.";

fn assess(facts: &Facts) -> Result<Assessment, Assessment> {
    let question = Question::ContactInformation;
    let reading = &facts.contact_information;
    let proof = |field: &str, value: String| evidence(reading, question.action(), field, value);
    let Some(contact) = known(reading, &question)? else {
        let proof = proof("ContactInformation", "not set".into()).into_iter().collect();
        return Ok(Assessment::fail("Not set: AWS can't reach you when root is lost.", proof, FIX));
    };
    let who = match contact.company_name.as_str() {
        "" => contact.full_name.clone(),
        company => format!("{}, {company}", contact.full_name),
    };
    let status = contact.phone_status.words().to_owned();
    let evidence = [
        proof("FullName", who.clone()),
        proof("PhoneNumber", contact.phone.clone()),
        proof("VerificationStatus", status),
    ];
    let evidence = evidence.into_iter().flatten().collect();
    if contact.full_name.trim().is_empty() || contact.phone.trim().is_empty() {
        return Ok(Assessment::fail("Name or phone number is missing.", evidence, FIX));
    }
    let why = match contact.phone_status {
        PhoneStatus::Unverified => format!("AWS has not verified the phone number {}.", contact.phone),
        PhoneStatus::Pending => format!("AWS sent a code to the phone number {} and waits for it.", contact.phone),
        PhoneStatus::Verified | PhoneStatus::NotSupported | PhoneStatus::Unsaid | PhoneStatus::Other(_) => {
            String::new()
        }
    };
    if !why.is_empty() {
        return Ok(Assessment::fail(why, evidence, FIX_UNVERIFIED));
    }
    Ok(Assessment::pass(format!("{who}, {}. Only a person knows whether it is current.", contact.phone), evidence))
}
