//! Renders the text about a control as HTML, with the Markdown that these texts use.

use std::fmt::Write;

use super::{safe, with_code};

/// The text about a control in a collapsed element, without heading and severity, which the page shows above.
pub(super) fn details(text: &str) -> String {
    let mut html = String::from("<details>\n<summary>Why, and how to fix it</summary>\n");
    for block in
        text.trim_end().split("\n\n").filter(|block| !block.starts_with("# ") && !block.starts_with("Severity: "))
    {
        let _ = writeln!(html, "{}", element(block));
    }
    html.push_str("</details>\n");
    html
}

fn element(block: &str) -> String {
    if let Some(heading) = block.strip_prefix("## ") {
        return format!("<h4>{}</h4>", safe(heading));
    }
    if block.starts_with("    ") {
        let lines: Vec<String> = block.lines().map(|line| safe(line.strip_prefix("    ").unwrap_or(line))).collect();
        return format!("<pre><code>{}</code></pre>", lines.join("\n"));
    }
    if block.starts_with("- ") {
        let items = block.split("\n- ").map(|item| format!("<li>{}</li>", item_of(item.trim_start_matches("- "))));
        return format!("<ul>{}</ul>", items.collect::<String>());
    }
    format!("<p>{}</p>", with_code(block))
}

fn item_of(item: &str) -> String {
    let item = with_code(item);
    if item.starts_with("https://") && !item.contains(' ') { format!("<a href=\"{item}\">{item}</a>") } else { item }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_explanation_is_rendered_as_html_blocks() {
        let html = details(
            "# id: Title\n\nSeverity: low\n\n## Why\n\nOne `a`\ntwo.\n\n    aws x \\\n      --y <Z>\n\n- one\n- https://example.com/#a\n",
        );
        assert_eq!(
            html,
            "<details>\n<summary>Why, and how to fix it</summary>\n<h4>Why</h4>\n<p>One <code>a</code> two.</p>\n\
             <pre><code>aws x \\\n  --y &lt;Z&gt;</code></pre>\n\
             <ul><li>one</li><li><a href=\"https://example.com/#a\">https://example.com/#a</a></li></ul>\n</details>\n"
        );
    }
}
