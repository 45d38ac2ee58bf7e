//! The documents against the program: what can be derived is derived, so that no page says what is no longer true.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use lockroot::checks::{CONTROLS, Control};
use lockroot::steps::StepId;

const CHECK: &str = include_str!("../../docs/check.md");
const TRUTH: &str = include_str!("../../docs/truth.md");
const STEPS: &str = include_str!("../../docs/steps.md");
const PERMISSIONS: &str = include_str!("../../docs/permissions.md");
const ADDRESSES: &str = include_str!("../../docs/addresses.md");

/// `CIS 5.0: 1.3; Security Hub: IAM.4; Prowler: …`
fn others(control: &Control) -> String {
    let cis = control.references.cis.iter().map(|(version, number)| format!("CIS {version}: {number}"));
    let named = |who: &str, names: Vec<String>| (!names.is_empty()).then(|| format!("{who}: {}", names.join(", ")));
    let hub = control.references.security_hub.iter().map(|name| (*name).to_owned()).collect();
    let prowler = control.references.prowler.iter().map(|name| format!("`{name}`")).collect();
    let all: Vec<String> = cis.chain(named("Security Hub", hub)).chain(named("Prowler", prowler)).collect();
    if all.is_empty() { "none".into() } else { all.join("; ") }
}

#[test]
fn the_page_of_definitions_has_every_control_as_the_table_has_it() {
    let sections: Vec<&str> = TRUTH.split("\n## ").skip(1).collect();
    let names: Vec<&str> = sections.iter().map(|section| section.lines().next().unwrap_or_default()).collect();
    assert_eq!(names, CONTROLS.iter().map(|control| control.id).collect::<Vec<_>>());
    for (control, section) in CONTROLS.iter().zip(sections) {
        let head = format!("{}\n\n{}. Severity: {}.\n\n", control.id, control.title, control.severity);
        assert!(section.starts_with(&head), "docs/truth.md: expected {head}");
        let line = format!("\n- Others: {}\n", others(control));
        assert!(section.contains(&line), "docs/truth.md, {}: expected {line}", control.id);
        for part in ["\n- Definition: ", "\n- Source: https://docs.aws.amazon.com/", "\n- Difference: "] {
            assert!(section.contains(part), "docs/truth.md, {}: {part}", control.id);
        }
    }
}

/// The cells of the row of `id` in the table of references.
fn row(id: &str) -> Vec<String> {
    let start = format!("| `{id}` | ");
    let row = CHECK.lines().find(|line| line.starts_with(&start));
    let row = row.unwrap_or_else(|| panic!("docs/check.md has no row {id}"));
    row.trim_matches('|').split('|').map(|cell| cell.trim().to_owned()).collect()
}

#[test]
fn the_page_on_the_check_has_every_control_and_its_references() {
    let (_, headings): (Vec<&str>, Vec<&str>) = CHECK.lines().partition(|line| !line.starts_with("### "));
    for control in CONTROLS {
        let of_its_own = headings.iter().any(|heading| heading.contains(control.id));
        let of_password = control.id.strip_prefix("password-policy").is_some_and(|rule| {
            rule.is_empty()
                || headings.iter().any(|heading| heading.contains("password-policy-length") && heading.contains(rule))
        });
        assert!(of_its_own || of_password, "docs/check.md says nothing of {}", control.id);
        let cis = |version: &str| {
            let numbers = control.references.cis.iter().find(|(known, _)| *known == version);
            numbers.map_or("–".to_owned(), |(_, numbers)| (*numbers).to_owned())
        };
        let names = |names: &[&str], quote: &str| {
            let quoted: Vec<String> = names.iter().map(|name| format!("{quote}{name}{quote}")).collect();
            if quoted.is_empty() { "–".to_owned() } else { quoted.join(", ") }
        };
        let (hub, prowler) = (control.references.security_hub, control.references.prowler);
        let expected = [cis("5.0"), cis("6.0"), cis("7.0"), names(hub, ""), names(prowler, "`")];
        assert_eq!(row(control.id)[1..6], expected, "{}", control.id);
    }
}

/// The numbered headings of `page` of the level that `marks` says.
fn numbered(page: &'static str, marks: &str) -> Vec<(usize, &'static str)> {
    let headings = page.lines().filter_map(|line| line.strip_prefix(marks)?.split_once(' '));
    headings.filter_map(|(number, title)| Some((number.parse().ok()?, title))).collect()
}

#[test]
fn steps_have_the_numbers_of_the_checklist() {
    let on_screen: Vec<(usize, &str)> =
        StepId::ALL.iter().map(|step| (step.number(), step.definition().title())).collect();
    assert_eq!(numbered(STEPS, "## "), on_screen, "docs/steps.md");
    let (_, each) = PERMISSIONS.split_once("## What each step needs").expect("the chapter is there");
    for (number, title) in numbered(each, "### ") {
        assert!(on_screen.contains(&(number, title)), "docs/permissions.md: {number} {title}");
    }
}

/// All files with text for people.
fn texts(folder: &Path, found: &mut Vec<PathBuf>) {
    for entry in std::fs::read_dir(folder).expect("a folder of the project").map(|entry| entry.expect("readable")) {
        let path = entry.path();
        if path.is_dir() {
            texts(&path, found);
        } else if path.extension().is_some_and(|ending| ending == "md" || ending == "rs") {
            found.push(path);
        }
    }
}

/// The addresses of AWS's documentation in `text`, without what stands behind `#`.
fn addresses(text: &str) -> impl Iterator<Item = String> + '_ {
    let is_end = |c: char| c.is_whitespace() || "`\"'()<>|\\{}#".contains(c);
    ["https://docs.aws.amazon.com/", "https://repost.aws/"].into_iter().flat_map(move |host| {
        text.match_indices(host).filter_map(move |(at, _)| {
            let address = text[at..].split(is_end).next().unwrap_or_default().trim_end_matches(['.', ',']);
            (address.len() > host.len()).then(|| address.to_owned())
        })
    })
}

#[test]
fn every_address_of_awss_documentation_is_in_the_list_with_the_date_of_the_last_look() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = vec![root.join("README.md")];
    ["assets", "docs", "src"].iter().for_each(|folder| texts(&root.join(folder), &mut files));
    let is_list = |file: &PathBuf| file.ends_with("docs/addresses.md");
    let used: BTreeSet<String> = files
        .iter()
        .filter(|file| !is_list(file))
        .flat_map(|file| addresses(&std::fs::read_to_string(file).expect("text")).collect::<Vec<_>>())
        .collect();
    let rows: Vec<Vec<&str>> = ADDRESSES
        .lines()
        .filter(|line| line.starts_with("| https://"))
        .map(|line| line.trim_matches('|').split('|').map(str::trim).collect())
        .collect();
    let listed: BTreeSet<String> = rows.iter().map(|row| row[0].to_owned()).collect();
    assert_eq!(used.difference(&listed).collect::<Vec<_>>(), Vec::<&String>::new(), "not in docs/addresses.md");
    assert_eq!(listed.difference(&used).collect::<Vec<_>>(), Vec::<&String>::new(), "used nowhere any more");
    for row in rows {
        let [address, looked_at, how] = row[..] else { panic!("three cells: {row:?}") };
        let is_month = looked_at.len() == 7 && looked_at.as_bytes()[4] == b'-';
        assert!(is_month || looked_at == "never", "{address}: {looked_at}");
        assert!(!how.is_empty(), "{address}: how it was looked at");
    }
}
