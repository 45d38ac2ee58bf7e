//! Clickable links of a finding: AWS documentation and console pages.

use unicode_width::UnicodeWidthStr;

use crate::account::Partition;
use crate::checks::{Control, console};

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Link {
    /// Link text.
    pub words: String,
    /// URL.
    pub address: String,
}

/// Links about `control`: AWS's documentation, Security Hub's control, and the console page in `partition`.
pub(super) fn of(control: &Control, partition: &Partition) -> Vec<Link> {
    let addresses =
        control.text.lines().filter_map(|line| line.strip_prefix("- ")).filter(|item| item.starts_with("https://"));
    let mut links: Vec<Link> =
        addresses.map(|address| Link { words: name(address), address: address.into() }).collect();
    let console = control.console.filter(|path| *path != console::ROOT || partition.has_root_console());
    links.extend(console.map(|path| Link { words: "console".into(), address: partition.console(path) }));
    links
}

/// The link text: `Security Hub IAM.9` for Security Hub's page, whose anchor names the control; else AWS's
/// documentation.
fn name(address: &str) -> String {
    match address.split_once("/securityhub/").and_then(|(_, page)| page.rsplit_once('#')) {
        Some((_, anchor)) => {
            let (service, number) = anchor.rsplit_once('-').unwrap_or((anchor, ""));
            let service = match service {
                "cloudtrail" => "CloudTrail".into(),
                "account" => "Account".into(),
                other => other.to_uppercase(),
            };
            format!("Security Hub {service}.{number}")
        }
        None => "AWS documentation".into(),
    }
}

/// Lines of at most `width` columns with clickable `links` (OSC 8).
pub(super) fn lines(links: &[Link], width: usize) -> Vec<String> {
    const SEPARATOR: &str = " · ";
    let mut lines: Vec<(usize, String)> = Vec::new();
    for Link { words, address } in links {
        let wide = words.width();
        let clickable = format!("\x1b]8;;{address}\x1b\\{words}\x1b]8;;\x1b\\");
        match lines.last_mut().filter(|(used, _)| used + SEPARATOR.width() + wide <= width) {
            Some((used, line)) => {
                *used += SEPARATOR.width() + wide;
                line.push_str(SEPARATOR);
                line.push_str(&clickable);
            }
            None => lines.push((wide, clickable)),
        }
    }
    lines.into_iter().map(|(_, line)| line).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::checks::{CONTROLS, control};

    fn words(id: &str, partition: &Partition) -> Vec<String> {
        of(control(id).unwrap(), partition).into_iter().map(|link| link.words).collect()
    }

    #[test]
    fn a_control_links_to_its_pages_and_to_the_console() {
        let links = of(control("root-mfa").unwrap(), &Partition::Commercial);
        let addresses: Vec<&str> = links.iter().map(|link| link.address.as_str()).collect();
        assert_eq!(
            addresses,
            [
                "https://docs.aws.amazon.com/IAM/latest/UserGuide/enable-mfa-for-root.html",
                "https://docs.aws.amazon.com/securityhub/latest/userguide/iam-controls.html#iam-9",
                "https://console.aws.amazon.com/iam/home#/security_credentials",
            ]
        );
        assert_eq!(words("root-mfa", &Partition::Commercial), ["AWS documentation", "Security Hub IAM.9", "console"]);
        assert!(!words("root-mfa", &Partition::GovCloud).contains(&"console".to_owned()), "root has none there");
        let policy = of(control("password-policy").unwrap(), &Partition::GovCloud);
        assert!(policy.iter().any(|link| link.address.starts_with("https://console.amazonaws-us-gov.com/")));
    }

    #[test]
    fn no_link_address_ends_its_escape_sequence() {
        for link in CONTROLS.iter().flat_map(|control| of(control, &Partition::Commercial)) {
            let harmless = |c: char| c.is_ascii_graphic() && !matches!(c, ';' | '\\');
            assert!(link.address.starts_with("https://") && link.address.chars().all(harmless), "{link:?}");
            assert!(!link.words.ends_with('.'), "{link:?}");
        }
    }

    #[test]
    fn the_width_of_a_line_counts_only_visible_text() {
        let link = |words: &str| Link { words: words.into(), address: "https://example.com/a/long/address".into() };
        let lines = lines(&[link("12345"), link("67"), link("8")], 10);
        assert_eq!(lines.len(), 2);
        assert!(lines[0].contains("12345") && lines[0].contains("67") && lines[1].contains('8'));
        assert!(lines.iter().all(|line| line.ends_with("\x1b]8;;\x1b\\")), "no link runs on: {lines:?}");
    }
}
