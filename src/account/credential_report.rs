//! The credential report as AWS wrote it. Columns are found by name. Source: IAM User Guide, "Get credential reports
//! for your AWS account".

mod rows;

use time::format_description::well_known::Rfc3339;

use super::Timestamp;

/// A field of the report. Each placeholder that AWS writes has its own meaning, so each has its own variant.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Field<T> {
    Value(T),
    /// `N/A`: does not apply, or the key was never used.
    NotApplicable,
    /// `no_information`: the password was never used, or not since October 2014.
    NoInformation,
    /// `not_supported`: AWS does not report it for this principal.
    NotSupported,
    /// The report has no such column, or the field is empty.
    #[default]
    Absent,
    /// A value that this version cannot parse, verbatim.
    Other(String),
}

impl<T> Field<T> {
    #[must_use]
    pub fn value(&self) -> Option<&T> {
        match self {
            Self::Value(value) => Some(value),
            _ => None,
        }
    }

    fn read(text: Option<&str>, parse: impl Fn(&str) -> Option<T>) -> Self {
        match text.map(str::trim) {
            None | Some("") => Self::Absent,
            Some("N/A") => Self::NotApplicable,
            Some("no_information") => Self::NoInformation,
            Some("not_supported") => Self::NotSupported,
            Some(text) => parse(text).map_or_else(|| Self::Other(text.to_owned()), Self::Value),
        }
    }

    /// The formatted value, or AWS's placeholder.
    #[must_use]
    pub fn words(&self, value: impl Fn(&T) -> String) -> String {
        match self {
            Self::Value(known) => value(known),
            Self::NotApplicable => "N/A".into(),
            Self::NoInformation => "no_information".into(),
            Self::NotSupported => "not_supported".into(),
            Self::Absent => "absent".into(),
            Self::Other(other) => other.clone(),
        }
    }
}

/// One of the two access key slots of a row.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ReportKey {
    /// `access_key_N_active`: false for an inactive or missing key.
    pub active: Field<bool>,
    /// `access_key_N_last_rotated`: creation time; `N/A` without a key.
    pub made: Field<Timestamp>,
    /// `access_key_N_last_used_date`: `N/A` if never used.
    pub used: Field<Timestamp>,
    /// `access_key_N_last_used_region`
    pub region: Field<String>,
    /// `access_key_N_last_used_service`
    pub service: Field<String>,
}

impl ReportKey {
    /// Whether the slot holds a key, active or not.
    #[must_use]
    pub fn exists(&self) -> bool {
        self.active == Field::Value(true) || self.made.value().is_some()
    }

    #[must_use]
    pub fn is_active(&self) -> bool {
        self.active == Field::Value(true)
    }
}

/// One principal: root or an IAM user.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct ReportRow {
    /// User name; [`Self::ROOT`] for root.
    pub user: String,
    pub arn: String,
    pub created: Field<Timestamp>,
    /// Whether a console password exists.
    pub password: Field<bool>,
    /// Last use of the password, accurate to five minutes.
    pub password_used: Field<Timestamp>,
    pub password_changed: Field<Timestamp>,
    /// When the password policy requires a new one.
    pub password_expires: Field<Timestamp>,
    /// Whether an MFA device is assigned.
    pub mfa: Field<bool>,
    pub keys: [ReportKey; 2],
}

impl ReportRow {
    /// Root's user name in the report.
    pub const ROOT: &'static str = "<root_account>";

    #[must_use]
    pub fn is_root(&self) -> bool {
        self.user == Self::ROOT
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct CredentialReport {
    /// When AWS generated it (`GeneratedTime`). Up to four hours old.
    pub generated: Option<Timestamp>,
    /// Root and all users.
    pub rows: Vec<ReportRow>,
    /// The beginnings of rows whose field borders are unclear, so that their owner is unknown.
    pub unreadable: Vec<String>,
    /// The report verbatim.
    pub csv: String,
}

impl CredentialReport {
    /// How long AWS returns the same report before it generates another.
    pub const VALID_FOR: time::Duration = time::Duration::hours(4);

    /// Parses `csv`, which AWS generated at `generated`.
    ///
    /// # Errors
    /// Why `csv` is not a credential report.
    pub fn parse(csv: String, generated: Option<Timestamp>) -> Result<Self, String> {
        let mut reader = csv::ReaderBuilder::new().flexible(true).from_reader(csv.as_bytes());
        let heads = reader.headers().map_err(|error| error.to_string())?.clone();
        let column = |name: &str| heads.iter().position(|head| head.trim() == name);
        if column("user").is_none() {
            return Err("the credential report has no column \"user\"".into());
        }
        let (mut rows, mut unreadable) = (Vec::new(), Vec::new());
        for record in reader.records() {
            let record = record.map_err(|error| error.to_string())?;
            match rows::aligned(&heads, &record) {
                Some(fields) => rows.push(row(&|name: &str| fields.get(column(name)?).map(String::as_str))),
                None => unreadable.push(record.get(0).unwrap_or_default().to_owned()),
            }
        }
        Ok(Self { generated, rows, unreadable, csv })
    }

    #[must_use]
    pub fn root(&self) -> Option<&ReportRow> {
        self.rows.iter().find(|row| row.is_root())
    }

    pub fn users(&self) -> impl Iterator<Item = &ReportRow> {
        self.rows.iter().filter(|row| !row.is_root())
    }

    #[must_use]
    pub fn user(&self, name: &str) -> Option<&ReportRow> {
        self.users().find(|row| row.user.eq_ignore_ascii_case(name))
    }
}

fn row<'a>(field: &dyn Fn(&str) -> Option<&'a str>) -> ReportRow {
    let text = |name: &str| field(name).unwrap_or_default().to_owned();
    let moment = |name: &str| Field::read(field(name), moment);
    let flag = |name: &str| Field::read(field(name), flag);
    let word = |name: &str| Field::read(field(name), |text| Some(text.to_owned()));
    let key = |n: u8| ReportKey {
        active: flag(&format!("access_key_{n}_active")),
        made: moment(&format!("access_key_{n}_last_rotated")),
        used: moment(&format!("access_key_{n}_last_used_date")),
        region: word(&format!("access_key_{n}_last_used_region")),
        service: word(&format!("access_key_{n}_last_used_service")),
    };
    ReportRow {
        user: text("user"),
        arn: text("arn"),
        created: moment("user_creation_time"),
        password: flag("password_enabled"),
        password_used: moment("password_last_used"),
        password_changed: moment("password_last_changed"),
        password_expires: moment("password_next_rotation"),
        mfa: flag("mfa_active"),
        keys: [key(1), key(2)],
    }
}

fn moment(text: &str) -> Option<Timestamp> {
    Timestamp::parse(text, &Rfc3339).ok()
}

fn flag(text: &str) -> Option<bool> {
    match text.to_ascii_lowercase().as_str() {
        "true" => Some(true),
        "false" => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use time::macros::datetime;

    const WHOLE: &str = "user,arn,user_creation_time,password_enabled,password_last_used,password_last_changed,password_next_rotation,mfa_active,access_key_1_active,access_key_1_last_rotated,access_key_1_last_used_date,access_key_1_last_used_region,access_key_1_last_used_service,access_key_2_active,access_key_2_last_rotated,access_key_2_last_used_date,access_key_2_last_used_region,access_key_2_last_used_service,cert_1_active,cert_1_last_rotated,cert_2_active,cert_2_last_rotated
<root_account>,arn:aws:iam::123456789012:root,2019-01-02T03:04:05+00:00,not_supported,2026-11-20T10:00:00+00:00,not_supported,not_supported,true,false,2020-01-01T00:00:00+00:00,N/A,N/A,N/A,false,N/A,N/A,N/A,N/A,false,N/A,false,N/A
alice,arn:aws:iam::123456789012:user/alice,2019-01-02T03:04:05+00:00,true,no_information,2020-01-01T00:00:00+00:00,N/A,false,true,2020-01-01T00:00:00+00:00,2026-11-01T00:00:00+00:00,eu-west-1,s3,perhaps,,soon,N/A,N/A,false,N/A,false,N/A";

    #[test]
    fn the_placeholders_of_the_report_are_distinguished() {
        let report = CredentialReport::parse(WHOLE.into(), None).unwrap();
        let root = report.root().unwrap();
        assert_eq!((&root.password, &root.password_expires), (&Field::NotSupported, &Field::NotSupported));
        assert_eq!(root.password_used, Field::Value(datetime!(2026-11-20 10:00 UTC)));
        assert_eq!(
            (&root.keys[0].used, root.keys[0].exists(), root.keys[0].is_active()),
            (&Field::NotApplicable, true, false)
        );
        assert!(!root.keys[1].exists());
        let alice = report.user("ALICE").unwrap();
        assert_eq!(alice.password_used, Field::NoInformation);
        assert_eq!(alice.password_expires, Field::NotApplicable);
        assert_eq!(alice.keys[0].service, Field::Value("s3".into()));
        assert_eq!(alice.keys[1].active, Field::Other("perhaps".into()));
        assert_eq!((&alice.keys[1].made, &alice.keys[1].used), (&Field::Absent, &Field::Other("soon".into())));
        assert_eq!(report.users().count(), 1);
        assert_eq!(report.csv, WHOLE, "kept as AWS gave it");
    }

    #[test]
    fn columns_are_found_by_name_in_any_order() {
        let csv = "mfa_active,new_column,user\nTRUE,\"a, b\",bob\n";
        let report = CredentialReport::parse(csv.into(), None).unwrap();
        let bob = report.user("bob").unwrap();
        assert_eq!((&bob.mfa, &bob.password), (&Field::Value(true), &Field::Absent));
        assert!(CredentialReport::parse("a,b\n1,2".into(), None).unwrap_err().contains("\"user\""));
        assert!(CredentialReport::parse(String::new(), None).is_err());
    }

    const ROOT: &str = "<root_account>,arn:aws:iam::123456789012:root,,not_supported";

    #[test]
    fn a_comma_in_a_name_shifts_no_column_quoted_or_not() {
        for row in [
            "\"we,i\",\"arn:aws:iam::123456789012:user/we,i\",,true",
            "we,i,arn:aws:iam::123456789012:user/we,i,,true",
            "\"we,i\",arn:aws:iam::123456789012:user/we,i,,true",
            "we,i,\"arn:aws:iam::123456789012:user/we,i\",,true",
        ] {
            let csv = format!(
                "user,arn,user_creation_time,password_enabled\n{ROOT}\n{row}\nbob,arn:aws:iam::123456789012:user/a,b/bob,,false"
            );
            let report = CredentialReport::parse(csv, None).unwrap();
            let users: Vec<_> = report.users().map(|row| (row.user.as_str(), row.password.clone())).collect();
            assert_eq!(users, [("we,i", Field::Value(true)), ("bob", Field::Value(false))], "{row}");
        }
    }

    #[test]
    fn a_row_that_cannot_be_aligned_belongs_to_no_user() {
        let cut = WHOLE
            .replace("alice,arn:aws:iam::123456789012:user/alice,", "al\nice,arn:aws:iam::123456789012:user/al\nice,");
        let report = CredentialReport::parse(cut, None).unwrap();
        assert_eq!((report.users().count(), report.unreadable.len()), (0, 3), "{report:?}");
        let quoted = WHOLE.replace(
            "alice,arn:aws:iam::123456789012:user/alice,",
            "\"al\nice\",\"arn:aws:iam::123456789012:user/al\nice\",",
        );
        assert!(CredentialReport::parse(quoted, None).unwrap().user("al\nice").is_some());
    }

    #[test]
    fn any_text_is_parsed_or_refused() {
        for text in ["user", "user\n", "user,arn\nx", "user\n\"", "user,mfa_active\na,b,c,d", "\u{0}", "user\r\n\r\n"] {
            let _ = CredentialReport::parse(text.into(), None).map(|report| report.users().count());
        }
    }
}
