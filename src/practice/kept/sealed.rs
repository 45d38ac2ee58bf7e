//! Serializes a practice account's secrets for a kept account. [`Secret`] itself can't be serialized, and only this
//! module may do it.

use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::secret::Secret;

pub fn serialize<S: Serializer>(secret: &Secret, serializer: S) -> Result<S::Ok, S::Error> {
    serializer.serialize_str(secret.expose())
}

pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Secret, D::Error> {
    String::deserialize(deserializer).map(Secret::new)
}

/// A secret that may be serialized.
struct PlainSecret<'a>(&'a Secret);

impl Serialize for PlainSecret<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serialize(self.0, serializer)
    }
}

/// For an optional secret.
pub mod maybe {
    use super::{Deserialize, Deserializer, PlainSecret, Secret, Serialize, Serializer};

    pub fn serialize<S: Serializer>(secret: &Option<Secret>, serializer: S) -> Result<S::Ok, S::Error> {
        secret.as_ref().map(PlainSecret).serialize(serializer)
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Option<Secret>, D::Error> {
        Ok(Option::<String>::deserialize(deserializer)?.map(Secret::new))
    }
}

/// For a list of secrets.
pub mod list {
    use super::{Deserialize, Deserializer, PlainSecret, Secret, Serializer};

    pub fn serialize<S: Serializer>(secrets: &[Secret], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(secrets.iter().map(PlainSecret))
    }

    pub fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Secret>, D::Error> {
        Ok(Vec::<String>::deserialize(deserializer)?.into_iter().map(Secret::new).collect())
    }
}
