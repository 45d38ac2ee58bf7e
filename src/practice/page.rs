//! Pagination of IAM lists: `MaxItems` and `Marker` in, `IsTruncated` and `Marker` out. A marker contains the last
//! item's key, so changes to the list lose no item.

use percent_encoding::{NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};

use super::form::Form;
use super::refusal::Refusal;
use super::rules;
use super::token;
use super::xml::Xml;

/// One page of a list.
pub struct Page<T> {
    pub items: Vec<T>,
    marker: Option<String>,
}

impl<T> Page<T> {
    /// Cuts the requested page out of `items`, which are sorted by key.
    pub fn of(form: &Form, items: impl IntoIterator<Item = (String, T)>) -> Result<Self, Refusal> {
        let most = form.number("MaxItems", 1..=1000)?.unwrap_or(100) as usize;
        let list = form.text("Action").unwrap_or_default();
        let after = form.optional("Marker", &rules::MARKER)?.map(|marker| read_marker(list, marker)).transpose()?;
        let mut rest = items.into_iter().filter(|(key, _)| after.as_ref().is_none_or(|after| key > after));
        let page: Vec<(String, T)> = rest.by_ref().take(most).collect();
        let last = page.last().map(|(key, _)| utf8_percent_encode(key, NON_ALPHANUMERIC).to_string());
        let marker = rest.next().and(last).map(|place| token::seal(list, &place));
        Ok(Self { items: page.into_iter().map(|(_, item)| item).collect(), marker })
    }

    /// Adds `IsTruncated` and `Marker` to a result.
    pub fn end(&self, xml: Xml) -> Xml {
        xml.flag("IsTruncated", self.marker.is_some()).maybe("Marker", self.marker.as_deref())
    }
}

fn read_marker(list: &str, marker: &str) -> Result<String, Refusal> {
    let place = token::open(list, marker).and_then(|place| percent_decode_str(place).decode_utf8().ok());
    place.map(std::borrow::Cow::into_owned).ok_or_else(|| Refusal::validation("Invalid Marker."))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_continue_without_gaps() {
        let items = || ["a", "b/c", "d"].map(|key| (key.to_owned(), key));
        let first = Page::of(&Form::parse(b"MaxItems=2"), items()).unwrap();
        assert_eq!(first.items, ["a", "b/c"]);
        let marker = first.marker.unwrap();
        // The form and the page each decode once.
        let sent = percent_encoding::utf8_percent_encode(&marker, NON_ALPHANUMERIC);
        let second = Page::of(&Form::parse(format!("MaxItems=2&Marker={sent}").as_bytes()), items()).unwrap();
        assert_eq!(second.items.len() + first.items.len(), 3);
    }

    #[test]
    fn a_marker_that_no_page_returned_is_refused() {
        for marker in ["a", "b%252Fc", "0123456789abcdef.a"] {
            let form = Form::parse(format!("Action=ListUsers&Marker={marker}").as_bytes());
            let refused = Page::of(&form, [("b".to_owned(), 1)]).err().map(|refusal| refusal.code);
            assert_eq!(refused, Some("ValidationError"), "{marker}");
        }
    }

    #[test]
    fn a_last_page_has_no_marker() {
        let page = Page::of(&Form::default(), [("a".to_owned(), 1)]).unwrap();
        assert!(page.marker.is_none());
    }
}
