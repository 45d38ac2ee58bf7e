//! The text about each control: why, the risk, how to put it right by hand and with lockroot, references.

/// The texts, by control.
const TEXTS: &[(&str, &str)] = &[
    ("root-access-keys", include_str!("../../assets/explain/root-access-keys.md")),
    ("root-signing-certificates", include_str!("../../assets/explain/root-signing-certificates.md")),
    ("root-mfa", include_str!("../../assets/explain/root-mfa.md")),
    ("billing-contact", include_str!("../../assets/explain/billing-contact.md")),
    ("operations-contact", include_str!("../../assets/explain/operations-contact.md")),
    ("security-contact", include_str!("../../assets/explain/security-contact.md")),
    ("administrator", include_str!("../../assets/explain/administrator.md")),
    ("administrator-mfa", include_str!("../../assets/explain/administrator-mfa.md")),
    ("permissions-through-groups", include_str!("../../assets/explain/permissions-through-groups.md")),
    ("password-policy", include_str!("../../assets/explain/password-policy.md")),
    ("root-email", include_str!("../../assets/explain/root-email.md")),
    ("root-password", include_str!("../../assets/explain/root-password.md")),
    ("root-devices", include_str!("../../assets/explain/root-devices.md")),
    ("root-hardware-mfa", include_str!("../../assets/explain/root-hardware-mfa.md")),
    ("root-unused", include_str!("../../assets/explain/root-unused.md")),
    ("root-activity", include_str!("../../assets/explain/root-activity.md")),
    ("root-credentials-removed", include_str!("../../assets/explain/root-credentials-removed.md")),
    ("contacts-differ", include_str!("../../assets/explain/contacts-differ.md")),
    ("primary-contact", include_str!("../../assets/explain/primary-contact.md")),
    ("two-administrators", include_str!("../../assets/explain/two-administrators.md")),
    ("console-users-mfa", include_str!("../../assets/explain/console-users-mfa.md")),
    ("unused-credentials", include_str!("../../assets/explain/unused-credentials.md")),
    ("key-age", include_str!("../../assets/explain/key-age.md")),
    ("two-active-keys", include_str!("../../assets/explain/two-active-keys.md")),
    ("set-up-key-never-used", include_str!("../../assets/explain/set-up-key-never-used.md")),
    ("full-admin-policies", include_str!("../../assets/explain/full-admin-policies.md")),
    ("password-policy-length", include_str!("../../assets/explain/password-policy-length.md")),
    ("password-policy-reuse", include_str!("../../assets/explain/password-policy-reuse.md")),
    ("password-policy-uppercase", include_str!("../../assets/explain/password-policy-uppercase.md")),
    ("password-policy-lowercase", include_str!("../../assets/explain/password-policy-lowercase.md")),
    ("password-policy-symbol", include_str!("../../assets/explain/password-policy-symbol.md")),
    ("password-policy-number", include_str!("../../assets/explain/password-policy-number.md")),
    ("password-policy-expiry", include_str!("../../assets/explain/password-policy-expiry.md")),
    ("support-role", include_str!("../../assets/explain/support-role.md")),
    ("abandoned-devices", include_str!("../../assets/explain/abandoned-devices.md")),
    ("account-alias", include_str!("../../assets/explain/account-alias.md")),
    ("cloudtrail-on", include_str!("../../assets/explain/cloudtrail-on.md")),
    ("guardduty-on", include_str!("../../assets/explain/guardduty-on.md")),
    ("security-hub-on", include_str!("../../assets/explain/security-hub-on.md")),
    ("access-analyzer-on", include_str!("../../assets/explain/access-analyzer-on.md")),
    ("root-use-alarm", include_str!("../../assets/explain/root-use-alarm.md")),
    ("inline-full-admin", include_str!("../../assets/explain/inline-full-admin.md")),
    ("administrator-access-on-groups", include_str!("../../assets/explain/administrator-access-on-groups.md")),
    ("cloudshell-full-access", include_str!("../../assets/explain/cloudshell-full-access.md")),
    ("administrator-hardware-mfa", include_str!("../../assets/explain/administrator-hardware-mfa.md")),
    ("server-certificates-expired", include_str!("../../assets/explain/server-certificates-expired.md")),
    ("long-term-service-credentials", include_str!("../../assets/explain/long-term-service-credentials.md")),
    ("in-organization", include_str!("../../assets/explain/in-organization.md")),
    ("root-sessions", include_str!("../../assets/explain/root-sessions.md")),
    ("federated-sign-in", include_str!("../../assets/explain/federated-sign-in.md")),
];

/// The text about the control `id`, in Markdown.
#[must_use]
pub fn text(id: &str) -> Option<&'static str> {
    TEXTS.iter().find(|(name, _)| *name == id).map(|(_, text)| *text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::{CONTROLS, control};

    const PARTS: [&str; 5] =
        ["## Why", "## Risk", "## Put it right by hand", "## Put it right with lockroot", "## References"];

    #[test]
    fn every_control_has_its_text_and_every_text_its_control() {
        for control in CONTROLS {
            let id = control.id;
            let text =
                text(id).unwrap_or_else(|| panic!("assets/explain/{id}.md is missing, or its line in explain.rs"));
            let heading = format!("# {id}: {}\n\nSeverity: {}\n", control.title, control.severity);
            assert!(text.starts_with(&heading), "{id} begins with {heading:?}");
            let places: Vec<_> =
                PARTS.iter().map(|part| text.find(part).unwrap_or_else(|| panic!("{id}: {part}"))).collect();
            assert!(places.is_sorted(), "{id}");
            assert!(text.contains("https://docs.aws.amazon.com/"), "{id} says where AWS documents it");
            assert!(
                // An address or a pattern that is to be copied stays on its line.
                text.lines()
                    .all(|line| line.chars().count() <= 100 || line.contains("https://") || line.starts_with("    {")),
                "{id} fits a page"
            );
        }
        assert!(TEXTS.iter().all(|(id, _)| control(id).is_some()));
    }

    #[test]
    fn the_metric_filter_is_the_one_that_security_hub_wants_on_one_line() {
        // Security Hub user guide, CloudWatch.1.
        let filter =
            r#"{$.userIdentity.type="Root" && $.userIdentity.invokedBy NOT EXISTS && $.eventType !="AwsServiceEvent"}"#;
        let text = text("root-use-alarm").unwrap();
        assert!(text.lines().any(|line| line.trim() == filter), "{text}");
        assert!(
            text.contains("--state ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS"),
            "or it hears no read-only calls"
        );
    }

    #[test]
    fn the_texts_name_what_others_call_it() {
        for control in CONTROLS {
            let (_, references) = text(control.id).unwrap().split_once("## References").unwrap();
            for (version, number) in control.references.cis {
                assert!(references.contains(&format!("CIS {version}: {number}")), "{}: CIS {version}", control.id);
            }
            for name in control.references.security_hub.iter().chain(control.references.prowler) {
                let whole = references
                    .split(|c: char| !(c.is_alphanumeric() || c == '_' || c == '.'))
                    .any(|word| word.trim_end_matches('.') == *name);
                assert!(whole, "{}: {name}", control.id);
            }
        }
    }
}
