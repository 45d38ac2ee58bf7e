//! Compares the documentation with the program, and regenerates derived parts.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use lockroot::account::permissions::{PERMISSIONS, Permission, Statement};
use lockroot::checks::{CONTROLS, Control, Names, Severity, explain};
use lockroot::steps::StepId;
use lockroot::wizard::pages::PageKind;
use lockroot::wizard::pages::ways::WAYS;

use crate::layers::ROOMS;

const STEPS: &str = "docs/steps.md";
const PERMISSIONS_PAGE: &str = "docs/permissions.md";
const ADDRESSES: &str = "docs/addresses.md";

/// How to regenerate: the same variable accepts snapshots.
const REGENERATE: &str = "INSTA_UPDATE=always cargo test generated_from";

/// Reads a file of the project.
fn page(path: &str) -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).expect("a page of the project")
}

/// Asserts that `path` is `expected`, or writes it when asked to.
fn assert_or_write(path: &str, expected: &str) {
    if page(path) == expected {
        return;
    }
    assert!(
        std::env::var("INSTA_UPDATE").is_ok_and(|update| update == "always"),
        "{path} is out of date. Regenerate it with `{REGENERATE}` and read the difference."
    );
    std::fs::write(Path::new(env!("CARGO_MANIFEST_DIR")).join(path), expected).expect("a page that can be written");
}

/// `page` with the part between the marks of `name` replaced.
fn with(page: &str, name: &str, text: &str) -> String {
    let (begin, end) = (format!("<!-- generated: {name} -->\n"), format!("<!-- end of {name} -->"));
    let (before, rest) = page.split_once(&begin).unwrap_or_else(|| panic!("no mark {begin}"));
    let (_, after) = rest.split_once(&end).unwrap_or_else(|| panic!("no mark {end}"));
    format!("{before}{begin}\n{text}\n{end}{after}")
}

fn quoted(names: &[&str]) -> String {
    names.iter().map(|name| format!("`{name}`")).collect::<Vec<_>>().join(", ")
}

/// `| critical | root-access-keys (IAM.4), … |`
fn severities() -> String {
    let of = |severity: Severity| {
        let rated = CONTROLS.iter().filter(|control| control.severity == severity);
        let named = rated.map(|control| match control.references().security_hub.as_slice() {
            [] => format!("`{}`", control.id),
            hub => format!("`{}` ({})", control.id, hub.join(", ")),
        });
        format!("| {severity} | {} |\n", named.collect::<Vec<_>>().join(", "))
    };
    format!("| Severity | Controls |\n|---|---|\n{}", Severity::ALL.map(of).concat())
}

/// A section for each control: when it passes, fails, and the rest.
fn verdicts() -> String {
    let section = |control: &Control| {
        let text = explain::chapter(control, "Verdicts").expect("every text has it");
        format!("### {}: {}\n\n{text}\n", control.id, control.title)
    };
    CONTROLS.iter().map(section).collect::<Vec<_>>().join("\n")
}

/// A row for each control, and below it one for each of its rules.
fn references() -> String {
    let row = |id: &str, names: &Names, differs: &str| {
        let or_none = |text: String| if text.is_empty() { "–".to_owned() } else { text };
        let cis = ["5.0", "6.0", "7.0"].map(|version| {
            let numbers = names.cis.iter().find(|(known, _)| *known == version);
            or_none(numbers.map_or_else(String::new, |(_, numbers)| numbers.clone()))
        });
        let (hub, prowler) = (or_none(names.security_hub.join(", ")), or_none(quoted(&names.prowler)));
        format!(
            "| `{id}` | {} | {hub} | {prowler} | {differs}{}|\n",
            cis.join(" | "),
            if differs.is_empty() { "" } else { " " }
        )
    };
    let rows = CONTROLS.iter().flat_map(|control| {
        let rules = control.rules().iter();
        let rules = rules.map(move |rule| row(rule.id, &rule.references(), &format!("a rule of `{}`", control.id)));
        std::iter::once(row(control.id, &control.references(), control.differs)).chain(rules)
    });
    let head =
        "| Control | CIS 5.0 | CIS 6.0 | CIS 7.0 | Security Hub | Prowler | Scope |\n|---|---|---|---|---|---|---|\n";
    head.to_owned() + &rows.collect::<String>()
}

/// `CIS 5.0: 1.3; Security Hub: IAM.4; Prowler: …`
fn others(control: &Control) -> String {
    let names = control.references();
    let cis = names.cis.iter().map(|(version, numbers)| format!("CIS {version}: {numbers}"));
    let hub = (!names.security_hub.is_empty()).then(|| format!("Security Hub: {}", names.security_hub.join(", ")));
    let prowler = (!names.prowler.is_empty()).then(|| format!("Prowler: {}", quoted(&names.prowler)));
    let all: Vec<String> = cis.chain(hub).chain(prowler).collect();
    if all.is_empty() { "none".into() } else { all.join("; ") }
}

/// A section for each control: its definition, its sources, and other tools' definitions.
fn definitions() -> String {
    let section = |control: &Control| {
        let chapter = |name| explain::chapter(control, name).expect("every text has it").replace('\n', "\n  ");
        let source = chapter("References").lines().next().map(|line| line.trim_start_matches("- ").to_owned());
        format!(
            "## {}\n\n{}. Severity: {}.\n\n- Definition: {}\n- Source: {}\n- Others: {}\n- Difference: {}\n",
            control.id,
            control.title,
            control.severity,
            chapter("Definition"),
            source.expect("a page of AWS's"),
            others(control),
            chapter("Difference"),
        )
    };
    CONTROLS.iter().map(section).collect::<Vec<_>>().join("\n")
}

#[test]
fn the_page_on_the_check_is_generated_from_the_controls() {
    let page = with(&page("docs/check.md"), "severities", &severities());
    let page = with(&page, "verdicts", &verdicts());
    assert_or_write("docs/check.md", &with(&page, "references", &references()));
}

#[test]
fn the_page_of_definitions_is_generated_from_the_controls() {
    assert_or_write("docs/truth.md", &with(&page("docs/truth.md"), "definitions", &definitions()));
}

/// A row for each question of `check`.
fn permissions() -> String {
    let head = "| Action | Resource | For |\n|---|---|---|\n\
                | `sts:GetCallerIdentity` | – | who is signed in. AWS asks for no permission |\n";
    let row =
        |row: &Permission| format!("| {} | {} | {} |\n", quoted(row.actions), row.statement.resource().1, row.learns);
    head.to_owned() + &PERMISSIONS.iter().map(row).collect::<String>()
}

/// The policy statements that allow the reads of `check`.
fn statements() -> String {
    let of = |statement: Statement| {
        let rows = PERMISSIONS.iter().filter(|row| row.statement == statement);
        let actions: BTreeSet<&str> = rows.flat_map(|row| row.actions.iter().copied()).collect();
        let actions: Vec<String> = actions.into_iter().map(|action| format!("        \"{action}\"")).collect();
        format!(
            "    {{\n      \"Sid\": \"{}\",\n      \"Effect\": \"Allow\",\n      \"Action\": [\n{}\n      ],\n      \
             \"Resource\": \"{}\"\n    }}",
            statement.sid(),
            actions.join(",\n"),
            statement.resource().0
        )
    };
    Statement::ALL.map(of).join(",\n")
}

#[test]
fn the_permissions_page_and_policies_are_generated_from_the_table() {
    assert_or_write("docs/permissions.md", &with(&page("docs/permissions.md"), "permissions", &permissions()));
    let (head, read) = ("{\n  \"Version\": \"2012-10-17\",\n  \"Statement\": [\n", statements());
    assert_or_write("assets/policies/check.json", &format!("{head}{read}\n  ]\n}}\n"));
    // The wizard's changes follow, written by hand, from the first statement that is not a read.
    let wizard = page("assets/policies/wizard.json");
    let changes: Vec<&str> = wizard.split("    {\n").skip(1).filter(|text| !text.contains("\"Sid\": \"Read")).collect();
    assert_or_write("assets/policies/wizard.json", &format!("{head}{read},\n    {{\n{}", changes.join("    {\n")));
}

/// A line for each page, with the pages that replace or cover it.
fn ways() -> String {
    let row = |(from, to): &(PageKind, &[PageKind])| {
        let to: Vec<String> = to.iter().map(|kind| format!("`{kind:?}`")).collect();
        format!("| `{from:?}` | {} |\n", if to.is_empty() { "– (only back)".to_owned() } else { to.join(", ") })
    };
    format!("| From | to |\n|---|---|\n{}", WAYS.iter().map(row).collect::<String>())
}

/// A line for each room, with the rooms it may use.
fn rooms() -> String {
    let row = |(room, known): &(&str, &[&str])| {
        let known = match *room {
            "main" => "all".to_owned(),
            _ if known.is_empty() => "–".to_owned(),
            _ => known.join(", "),
        };
        format!("| `{room}` | {known} |\n")
    };
    format!("| Room | may know |\n|---|---|\n{}", ROOMS.iter().map(row).collect::<String>())
}

#[test]
fn the_picture_of_the_rooms_is_generated_from_their_table() {
    assert_or_write("docs/architecture.md", &with(&page("docs/architecture.md"), "rooms", &rooms()));
}

#[test]
fn the_picture_of_the_machine_is_generated_from_the_ways() {
    let known: Vec<PageKind> = WAYS.iter().map(|(from, _)| *from).collect();
    assert_eq!(known, PageKind::ALL, "every page is in the picture, once");
    assert_or_write("docs/architecture.md", &with(&page("docs/architecture.md"), "ways", &ways()));
}

/// The numbered headings of `page` that begin with `marks`.
fn numbered<'a>(page: &'a str, marks: &str) -> Vec<(usize, &'a str)> {
    let headings = page.lines().filter_map(|line| line.strip_prefix(marks)?.split_once(' '));
    headings.filter_map(|(number, title)| Some((number.parse().ok()?, title))).collect()
}

#[test]
fn steps_have_the_numbers_of_the_checklist() {
    let on_screen: Vec<(usize, &str)> =
        StepId::CHECKLIST.iter().map(|step| (step.number(), step.definition().title())).collect();
    assert_eq!(numbered(&page(STEPS), "## "), on_screen, "{STEPS}");
    let permissions = page(PERMISSIONS_PAGE);
    let (_, each) = permissions.split_once("## What each step needs").expect("the chapter is there");
    for (number, title) in numbered(each, "### ") {
        assert!(on_screen.contains(&(number, title)), "docs/permissions.md: {number} {title}");
    }
}

/// All files with text for readers.
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

/// The addresses of AWS's documentation in `text`, without their `#` parts.
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
fn every_address_of_awss_documentation_is_in_the_list_generated_from_the_texts() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut files = vec![root.join("README.md")];
    ["assets", "docs", "src"].iter().for_each(|folder| texts(&root.join(folder), &mut files));
    let is_list = |file: &PathBuf| file.ends_with(ADDRESSES);
    let used: BTreeSet<String> = files
        .iter()
        .filter(|file| !is_list(file))
        .flat_map(|file| addresses(&std::fs::read_to_string(file).expect("text")).collect::<Vec<_>>())
        .collect();
    let list = page(ADDRESSES);
    let (rows, rest): (Vec<&str>, Vec<&str>) = list.lines().partition(|line| line.starts_with("| https://"));
    let looked_at: BTreeMap<&str, &str> = rows.iter().map(|row| (address_of(row), *row)).collect();
    // A new address starts as unchecked. Its reviewer writes the month.
    let row = |address: &String| match looked_at.get(address.as_str()) {
        Some(row) => (*row).to_owned(),
        None => format!("| {address} | never | not looked at yet |"),
    };
    let rows: Vec<String> = used.iter().map(row).collect();
    for row in &rows {
        let cells: Vec<&str> = row.trim_matches('|').split('|').map(str::trim).collect();
        let [address, looked_at, how] = cells[..] else { panic!("three cells: {row}") };
        let is_month = looked_at.len() == 7 && looked_at.as_bytes()[4] == b'-';
        assert!(is_month || looked_at == "never", "{address}: {looked_at}");
        assert!(!how.is_empty(), "{address}: how it was looked at");
    }
    assert_or_write(ADDRESSES, &format!("{}\n{}\n", rest.join("\n"), rows.join("\n")));
}

fn address_of(row: &str) -> &str {
    row.trim_matches('|').split('|').next().unwrap_or_default().trim()
}
