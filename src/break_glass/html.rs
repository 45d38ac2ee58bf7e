//! Renders the sheet's Markdown as one HTML file for printing.

use crate::plain::{MARK, misleads};

/// Style for screen and paper. No script and no external resources.
const STYLE: &str = ":root{color-scheme:light}body{font:12pt/1.45 Georgia,serif;max-width:46em;margin:2em auto;padding:0 1em;color:#111;background:#fff;overflow-wrap:anywhere}\
h1{font-size:1.4em;border-bottom:2px solid #111}h2{font-size:1.1em;margin-bottom:.2em}ul,ol{margin-top:.2em}li{margin:.15em 0}\
@media print{body{margin:0;max-width:none;font-size:10pt}h2{break-after:avoid}li{break-inside:avoid}}";

/// Converts `markdown`, which must be lockroot's own sheet, to a complete page.
#[must_use]
pub fn html(markdown: &str) -> String {
    let mut body = String::new();
    let mut list: Option<&str> = None;
    let mut blocks = Vec::new();
    for text in markdown.lines() {
        let number = text.split_once(". ").filter(|(number, _)| number.bytes().all(|b| b.is_ascii_digit()));
        match (text.strip_prefix("- "), number, text.strip_prefix("  ")) {
            (Some(item), ..) => blocks.push(("ul", item.to_owned())),
            (_, Some((_, item)), _) => blocks.push(("ol", item.to_owned())),
            (.., Some(more)) if matches!(blocks.last(), Some(("ul" | "ol", _))) => {
                if let Some((_, item)) = blocks.last_mut() {
                    item.push(' ');
                    item.push_str(more.trim_start());
                }
            }
            _ if text.trim().is_empty() => blocks.push(("", String::new())),
            _ => match (text.strip_prefix("## "), text.strip_prefix("# "), blocks.last_mut()) {
                (Some(heading), ..) => blocks.push(("h2", heading.to_owned())),
                (_, Some(heading), _) => blocks.push(("h1", heading.to_owned())),
                (.., Some(("p", paragraph))) => {
                    paragraph.push(' ');
                    paragraph.push_str(text);
                }
                _ => blocks.push(("p", text.to_owned())),
            },
        }
    }
    for (kind, text) in blocks {
        let wanted = matches!(kind, "ul" | "ol").then_some(kind);
        // A blank line between two items does not end their list.
        if kind.is_empty() {
            continue;
        }
        if list != wanted {
            list.iter().for_each(|open| body.push_str(&format!("</{open}>\n")));
            wanted.iter().for_each(|open| body.push_str(&format!("<{open}>\n")));
            list = wanted;
        }
        let tag = if wanted.is_some() { "li" } else { kind };
        body.push_str(&format!("<{tag}>{}</{tag}>\n", inline(&text)));
    }
    list.iter().for_each(|open| body.push_str(&format!("</{open}>\n")));
    let title = markdown.lines().next().unwrap_or_default().trim_start_matches("# ");
    format!(
        "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n<meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'; style-src 'unsafe-inline'\">\n<title>{}</title>\n<style>{STYLE}</style>\n</head>\n<body>\n{body}</body>\n</html>\n",
        escaped(title)
    )
}

/// Converts bold text and escapes everything else.
fn inline(text: &str) -> String {
    let mut bold = false;
    let mut html = String::new();
    for (i, part) in text.split("**").enumerate() {
        if i > 0 {
            bold = !bold;
            html.push_str(if bold { "<strong>" } else { "</strong>" });
        }
        html.push_str(&escaped(part));
    }
    if bold {
        html.push_str("</strong>");
    }
    html
}

fn escaped(text: &str) -> String {
    let mut html = String::new();
    for character in text.chars() {
        match character {
            '&' => html.push_str("&amp;"),
            '<' => html.push_str("&lt;"),
            '>' => html.push_str("&gt;"),
            '"' => html.push_str("&quot;"),
            '`' => {}
            // Misleading characters are replaced by a mark, as everywhere.
            c if misleads(c) => html.push(MARK),
            c => html.push(c),
        }
    }
    html
}
