//! Reads paginated lists of services without an SDK crate.

use serde_json::Value;

use crate::account::{Failure, Fault};

/// More pages than any account has. A service that names the same next page for ever does not keep us.
const MAX_PAGES: usize = 1000;

/// All items that stand under `list`. `ask` gets where the page before ended, which stands under `token`.
pub(super) async fn all<F>(
    action: &'static str,
    (list, token): (&str, &str),
    mut ask: impl FnMut(Option<String>) -> F,
) -> Result<Vec<Value>, Failure>
where
    F: Future<Output = Result<Value, Failure>>,
{
    let (mut items, mut after) = (Vec::new(), None);
    for _ in 0..MAX_PAGES {
        let mut page = ask(after).await?;
        match page.get_mut(list).map(Value::take) {
            Some(Value::Array(page)) => items.extend(page),
            _ => return Err(Failure::lacks(action, list)),
        }
        after = page.get(token).and_then(Value::as_str).filter(|next| !next.is_empty()).map(str::to_owned);
        if after.is_none() {
            return Ok(items);
        }
    }
    Err(Failure::new(Fault::Unreadable, action, format!("more than {MAX_PAGES} pages came")))
}

/// A text of `item`, which must have it.
pub(super) fn text(item: &Value, member: &str, action: &str) -> Result<String, Failure> {
    let text = item.get(member).and_then(Value::as_str).filter(|text| !text.is_empty());
    text.map(str::to_owned).ok_or_else(|| Failure::lacks(action, member))
}

/// `text` inside a path or a query (RFC 3986).
pub(in crate::aws) fn encoded(text: &str) -> String {
    const KEPT: &percent_encoding::AsciiSet =
        &percent_encoding::NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');
    percent_encoding::utf8_percent_encode(text, KEPT).to_string()
}
