//! Serializes a timestamp as RFC 3339 without losing fractions of a second. For `#[serde(with = "…")]`.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de, ser};
use time::format_description::well_known::Rfc3339;

use crate::account::Timestamp;

/// # Errors
/// Years beyond 9999 have no RFC 3339 form.
pub fn serialize<S: Serializer>(moment: &Timestamp, serializer: S) -> Result<S::Ok, S::Error> {
    moment.format(&Rfc3339).map_err(ser::Error::custom)?.serialize(serializer)
}

/// # Errors
/// The text is not an RFC 3339 timestamp.
pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Timestamp, D::Error> {
    let text = String::deserialize(deserializer)?;
    Timestamp::parse(&text, &Rfc3339).map_err(|_| de::Error::custom(format!("{text:?} is no moment")))
}

/// The same for an optional timestamp.
pub mod maybe {
    use super::{Deserialize, Deserializer, Serialize, Serializer, Timestamp};

    #[derive(Serialize, Deserialize)]
    #[serde(transparent)]
    struct Moment(#[serde(with = "super")] Timestamp);

    /// # Errors
    /// Years beyond 9999 have no RFC 3339 form.
    pub fn serialize<S: Serializer>(moment: &Option<Timestamp>, serializer: S) -> Result<S::Ok, S::Error> {
        moment.map(Moment).serialize(serializer)
    }

    /// # Errors
    /// The text is not an RFC 3339 timestamp.
    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Timestamp>, D::Error> {
        Ok(Option::<Moment>::deserialize(deserializer)?.map(|moment| moment.0))
    }
}
