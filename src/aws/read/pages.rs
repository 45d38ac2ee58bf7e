//! Reads paginated lists of services without an SDK crate.

use serde_json::Value;

use crate::account::{Failure, Fault};

/// More pages than any account has. It ends a loop if a service repeats its token forever.
const MAX_PAGES: usize = 1000;

/// All items in the member `list`. `ask` receives the value of the member `token` of the previous page.
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

/// A required text member of `item`.
pub(super) fn text(item: &Value, member: &str, action: &str) -> Result<String, Failure> {
    let text = item.get(member).and_then(Value::as_str).filter(|text| !text.is_empty());
    text.map(str::to_owned).ok_or_else(|| Failure::lacks(action, member))
}

/// Percent-encodes `text` for a path or query (RFC 3986).
pub(in crate::aws) fn encoded(text: &str) -> String {
    const KEPT: &percent_encoding::AsciiSet =
        &percent_encoding::NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');
    percent_encoding::utf8_percent_encode(text, KEPT).to_string()
}
