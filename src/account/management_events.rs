//! Which management events a trail records, by its classic or advanced event selectors. Source: CloudTrail API
//! Reference, `EventSelector` and `AdvancedFieldSelector`.

use serde_json::{Value, json};

/// The management events that a trail records.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ManagementEvents {
    /// Read-only calls.
    pub reads: bool,
    /// All other events, including root's sign-ins.
    pub writes: bool,
    /// Excluded event sources, e.g. `kms.amazonaws.com`, or a note that the selectors cover only some.
    pub left_out: Vec<String>,
}

/// A condition of an advanced selector.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct FieldSelector {
    /// `eventCategory`, `readOnly`, `eventSource` …
    pub field: String,
    /// The field must equal one of these.
    pub equals: Vec<String>,
    /// The field must equal none of these.
    pub not_equals: Vec<String>,
    /// Whether it has other operators too, e.g. on how the field starts or ends.
    pub says_more: bool,
}

/// A trail's event selectors in the API's form: classic or advanced, never both.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum EventSelectors {
    /// `EventSelectors`
    Classic(Value),
    /// `AdvancedEventSelectors`
    Advanced(Value),
}

/// Maximum classic selectors per trail. Source: CloudTrail API, `PutEventSelectors`.
const MAX_SELECTORS: usize = 5;

impl EventSelectors {
    /// The list's name in the API.
    #[must_use]
    pub fn member(&self) -> &'static str {
        match self {
            Self::Classic(_) => "EventSelectors",
            Self::Advanced(_) => "AdvancedEventSelectors",
        }
    }

    #[must_use]
    pub fn json(&self) -> &Value {
        match self {
            Self::Classic(list) | Self::Advanced(list) => list,
        }
    }

    /// The same selectors with all management events added; other events stay unchanged. `None`: AWS's limit leaves
    /// no room.
    #[must_use]
    pub fn recording_all(&self) -> Option<Self> {
        let list = self.json().as_array()?;
        match self {
            Self::Classic(_) => {
                let has_data = |one: &&Value| one["DataResources"].as_array().is_some_and(|all| !all.is_empty());
                let data = list.iter().filter(has_data).map(|one| {
                    let mut one = one.clone();
                    one["IncludeManagementEvents"] = false.into();
                    one["ExcludeManagementEventSources"] = json!([]);
                    one
                });
                let all = json!({ "ReadWriteType": "All", "IncludeManagementEvents": true, "DataResources": [], "ExcludeManagementEventSources": [] });
                let selectors: Vec<Value> = std::iter::once(all).chain(data).collect();
                (selectors.len() <= MAX_SELECTORS).then(|| Self::Classic(selectors.into()))
            }
            Self::Advanced(_) => {
                let is_management = |one: &&Value| {
                    let fields = one["FieldSelectors"].as_array().into_iter().flatten();
                    fields
                        .into_iter()
                        .any(|field| field["Field"] == "eventCategory" && field["Equals"] == json!(["Management"]))
                };
                let others = list.iter().filter(|one| !is_management(one)).cloned();
                let field = json!({ "Field": "eventCategory", "Equals": ["Management"] });
                let all = json!({ "Name": "Management events", "FieldSelectors": [field] });
                Some(Self::Advanced(std::iter::once(all).chain(others).collect()))
            }
        }
    }
}

/// The event source of root's sign-ins.
const SIGN_IN: &str = "signin.amazonaws.com";

impl ManagementEvents {
    #[must_use]
    pub fn all() -> Self {
        Self { reads: true, writes: true, left_out: Vec::new() }
    }

    /// Adds a classic selector for management events: `All`, `ReadOnly` or `WriteOnly`.
    pub fn take_classic(&mut self, kind: &str, excluded: &[String]) {
        self.reads |= ["All", "ReadOnly"].contains(&kind);
        self.writes |= ["All", "WriteOnly"].contains(&kind);
        self.left_out.extend(excluded.iter().cloned());
    }

    /// Adds an advanced selector. One that narrows by anything except `readOnly` and excluded sources does not record
    /// all events.
    pub fn take_advanced(&mut self, fields: &[FieldSelector]) {
        let category = fields.iter().find(|field| field.field == "eventCategory");
        if !category.is_some_and(|field| field.equals.iter().any(|value| value == "Management")) {
            return;
        }
        let (mut reads, mut writes, mut left_out) = (true, true, Vec::new());
        for field in fields.iter().filter(|field| field.field != "eventCategory") {
            match field.field.as_str() {
                "readOnly" if !field.says_more => {
                    let has = |values: &[String], word: &str| values.iter().any(|value| value == word);
                    let lets = |word: &str| {
                        (field.equals.is_empty() || has(&field.equals, word)) && !has(&field.not_equals, word)
                    };
                    (reads, writes) = (reads && lets("true"), writes && lets("false"));
                }
                "eventSource" if field.equals.is_empty() && !field.says_more => {
                    left_out.extend(field.not_equals.iter().cloned());
                }
                other => {
                    self.left_out.push(format!("everything that its selector for {other} does not name"));
                    return;
                }
            }
        }
        (self.reads, self.writes) = (self.reads || reads, self.writes || writes);
        self.left_out.extend(left_out);
    }

    /// What the trail fails to record; `None` if it records everything.
    #[must_use]
    pub fn lacks(&self) -> Option<String> {
        match (self.reads, self.writes) {
            (true, true) if self.left_out.is_empty() => None,
            (true, true) => Some(format!("it leaves out {}", self.left_out.join(", "))),
            (true, false) => Some("it records no write management events".into()),
            (false, true) => Some("it records no read management events".into()),
            (false, false) => Some("it records no management events".into()),
        }
    }

    /// Whether it records root's sign-ins and changes.
    #[must_use]
    pub fn tells_of_root(&self) -> bool {
        self.writes && !self.left_out.iter().any(|source| source == SIGN_IN)
    }

    /// A sentence part for evidence.
    #[must_use]
    pub fn words(&self) -> String {
        let kinds = match (self.reads, self.writes) {
            (true, true) => "read and write management events",
            (true, false) => "read management events only",
            (false, true) => "write management events only",
            (false, false) => "no management events",
        };
        match self.left_out.as_slice() {
            [] => kinds.into(),
            several => format!("{kinds}, without {}", several.join(", ")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn field(field: &str, equals: &[&str], not_equals: &[&str]) -> FieldSelector {
        let all = |values: &[&str]| values.iter().map(|value| (*value).to_owned()).collect();
        FieldSelector { field: field.into(), equals: all(equals), not_equals: all(not_equals), says_more: false }
    }

    fn advanced(selectors: &[&[FieldSelector]]) -> ManagementEvents {
        let mut events = ManagementEvents::default();
        selectors.iter().for_each(|fields| events.take_advanced(fields));
        events
    }

    #[test]
    fn classic_selectors_distinguish_reads_from_writes() {
        let classic = |kinds: &[&str], excluded: &[String]| {
            let mut events = ManagementEvents::default();
            kinds.iter().for_each(|kind| events.take_classic(kind, excluded));
            events
        };
        assert_eq!(classic(&["All"], &[]), ManagementEvents::all());
        assert!(classic(&["SomethingNew"], &[]).lacks().unwrap().contains("no management events"));
        assert_eq!(classic(&["ReadOnly", "WriteOnly"], &[]), ManagementEvents::all());
        assert!(classic(&["ReadOnly"], &[]).lacks().unwrap().contains("no write"));
        assert!(classic(&["WriteOnly"], &[]).lacks().unwrap().contains("no read"));
        assert!(classic(&[], &[]).lacks().unwrap().contains("no management events"));
        let without_kms = classic(&["All"], &["kms.amazonaws.com".into()]);
        assert_eq!(without_kms.lacks().unwrap(), "it leaves out kms.amazonaws.com");
        assert!(without_kms.tells_of_root());
    }

    #[test]
    fn selectors_made_to_record_all_keep_their_data_events() {
        let bucket = json!([{ "Type": "AWS::S3::Object", "Values": ["arn:aws:s3:::b/"] }]);
        let classic = |list: Value| EventSelectors::Classic(list).recording_all().map(|all| all.json().clone());
        let all = json!({ "ReadWriteType": "All", "IncludeManagementEvents": true, "DataResources": [], "ExcludeManagementEventSources": [] });
        let reads = json!({ "ReadWriteType": "ReadOnly", "IncludeManagementEvents": true, "DataResources": [], "ExcludeManagementEventSources": [] });
        assert_eq!(classic(json!([reads])), Some(json!([all])));
        let data = |management: bool, excluded: Value| json!({ "ReadWriteType": "WriteOnly", "IncludeManagementEvents": management, "DataResources": bucket, "ExcludeManagementEventSources": excluded });
        let kept = classic(json!([data(true, json!(["kms.amazonaws.com"]))]));
        assert_eq!(kept, Some(json!([all, data(false, json!([]))])));
        assert_eq!(classic(vec![data(true, json!([])); 5].into()), None, "there is room for five");
        let management = json!({ "FieldSelectors": [{ "Field": "eventCategory", "Equals": ["Management"] }, { "Field": "readOnly", "Equals": ["true"] }] });
        let objects = json!({ "Name": "d", "FieldSelectors": [{ "Field": "eventCategory", "Equals": ["Data"] }] });
        let advanced = EventSelectors::Advanced(json!([management, objects])).recording_all().unwrap();
        assert_eq!(advanced.member(), "AdvancedEventSelectors");
        assert_eq!(
            *advanced.json(),
            json!([{ "Name": "Management events", "FieldSelectors": [{ "Field": "eventCategory", "Equals": ["Management"] }] }, objects])
        );
    }

    #[test]
    fn advanced_selectors_record_the_events_that_match_their_fields() {
        let management = || field("eventCategory", &["Management"], &[]);
        assert_eq!(advanced(&[&[management()]]), ManagementEvents::all());
        assert!(!advanced(&[&[field("eventCategory", &["Data"], &[])]]).writes);
        let (reads, writes) =
            ([management(), field("readOnly", &["true"], &[])], [management(), field("readOnly", &["false"], &[])]);
        assert_eq!(advanced(&[&reads, &writes]), ManagementEvents::all());
        assert!(!advanced(&[&reads]).tells_of_root() && advanced(&[&writes]).tells_of_root());
        let inverted = advanced(&[&[management(), field("readOnly", &[], &["true"])]]);
        assert_eq!((inverted.reads, inverted.writes), (false, true));
        let without = |source: &str| advanced(&[&[management(), field("eventSource", &[], &[source])]]);
        assert_eq!(without("kms.amazonaws.com").lacks().unwrap(), "it leaves out kms.amazonaws.com");
        assert!(!without("signin.amazonaws.com").tells_of_root());
        let narrow = advanced(&[&[management(), field("eventName", &["RunInstances"], &[])]]);
        assert_eq!((narrow.reads, narrow.writes), (false, false), "some events are not all");
    }
}
