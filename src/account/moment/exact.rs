//! Serializes a timestamp as RFC 3339 without losing fractions of a second. For `#[serde(with = "…")]`.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de, ser};
use time::format_description::well_known::Rfc3339;

use crate::account::Timestamp;

/// Writes it.
///
/// # Errors
/// Years beyond 9999 can't be written.
pub fn serialize<S: Serializer>(moment: &Timestamp, serializer: S) -> Result<S::Ok, S::Error> {
    moment.format(&Rfc3339).map_err(ser::Error::custom)?.serialize(serializer)
}

/// Reads it.
///
/// # Errors
/// It is no moment.
pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Timestamp, D::Error> {
    let text = String::deserialize(deserializer)?;
    Timestamp::parse(&text, &Rfc3339).map_err(|_| de::Error::custom(format!("{text:?} is no moment")))
}

/// The same where there may be none.
pub mod maybe {
    use super::{Deserialize, Deserializer, Serialize, Serializer, Timestamp};

    #[derive(Serialize, Deserialize)]
    #[serde(transparent)]
    struct Moment(#[serde(with = "super")] Timestamp);

    /// Writes it.
    ///
    /// # Errors
    /// Years beyond 9999 can't be written.
    pub fn serialize<S: Serializer>(moment: &Option<Timestamp>, serializer: S) -> Result<S::Ok, S::Error> {
        moment.map(Moment).serialize(serializer)
    }

    /// Reads it.
    ///
    /// # Errors
    /// It is no moment.
    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Timestamp>, D::Error> {
        Ok(Option::<Moment>::deserialize(deserializer)?.map(|moment| moment.0))
    }
}
