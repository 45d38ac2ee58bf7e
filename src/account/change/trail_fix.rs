//! Corrections of an existing trail. Each is one CloudTrail call in the trail's home Region.

use crate::account::facts::{Facts, TrailState};
use crate::account::management_events::{EventSelectors, ManagementEvents};

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum TrailFix {
    /// `cloudtrail:UpdateTrail`. Only true flags are sent; the rest of the trail stays unchanged.
    Update {
        /// Record every Region.
        multi_region: bool,
        /// Record global services. AWS requires it for a multi-Region trail.
        global_events: bool,
        /// Enable log file validation.
        validation: bool,
    },
    /// `cloudtrail:PutEventSelectors`, which replaces all selectors.
    Selectors(EventSelectors),
    /// `cloudtrail:StartLogging`
    Start,
}

impl TrailFix {
    /// IAM action name, e.g. `iam:CreateUser`.
    #[must_use]
    pub fn action(&self) -> &'static str {
        match self {
            Self::Update { .. } => "cloudtrail:UpdateTrail",
            Self::Selectors(_) => "cloudtrail:PutEventSelectors",
            Self::Start => "cloudtrail:StartLogging",
        }
    }

    /// A few words for people about the trail called `name`.
    pub(super) fn words(&self, name: &str) -> String {
        match self {
            Self::Update { multi_region: true, validation: true, .. } => {
                format!("Make the trail {name} record every Region and validate its files")
            }
            Self::Update { multi_region: true, .. } => format!("Make the trail {name} record every Region"),
            Self::Update { .. } => format!("Make the trail {name} validate its files"),
            Self::Selectors(_) => format!("Make the trail {name} record all management events"),
            Self::Start => format!("Start logging on the trail {name}"),
        }
    }

    /// Every parameter by its API name. Nested values are JSON.
    pub(super) fn parameters(&self, trail: &str) -> Vec<(&'static str, String)> {
        match self {
            Self::Update { multi_region, global_events, validation } => {
                let flags = [
                    ("IsMultiRegionTrail", multi_region),
                    ("IncludeGlobalServiceEvents", global_events),
                    ("EnableLogFileValidation", validation),
                ];
                let flags = flags.into_iter().filter(|(_, on)| **on).map(|(name, _)| (name, true.to_string()));
                std::iter::once(("Name", trail.to_owned())).chain(flags).collect()
            }
            Self::Selectors(selectors) => {
                vec![("TrailName", trail.to_owned()), (selectors.member(), selectors.json().to_string())]
            }
            Self::Start => vec![("Name", trail.to_owned())],
        }
    }

    /// Whether fresh facts show the fix on the trail with this ARN. `None`: the needed facts are unknown.
    pub(super) fn shows_in(&self, trail: &str, facts: &Facts) -> Option<bool> {
        let found: Option<&TrailState> = facts.trails.known()?.iter().find(|state| state.arn == trail);
        let Some(state) = found else { return Some(false) };
        Some(match self {
            Self::Update { multi_region, validation, .. } => {
                (state.multi_region || !multi_region) && (state.validation || !validation)
            }
            Self::Selectors(_) => *state.management.known()? == ManagementEvents::all(),
            Self::Start => state.logging == Some(true),
        })
    }
}

/// The name in a trail's ARN.
pub(super) fn name_of(trail: &str) -> &str {
    trail.rsplit('/').next().unwrap_or(trail)
}

#[cfg(test)]
mod tests {
    use serde_json::json;
    use time::macros::datetime;

    use super::*;
    use crate::account::{Change, Reading};

    const ARN: &str = "arn:aws:cloudtrail:us-east-1:123456789012:trail/all";

    fn change(fix: TrailFix) -> Change {
        Change::CorrectTrail { trail: ARN.into(), region: "us-east-1".into(), fix }
    }

    #[test]
    fn a_trail_correction_sends_only_the_changed_fields() {
        let whole = change(TrailFix::Update { multi_region: true, global_events: true, validation: true });
        assert_eq!(
            whole.cli(),
            format!(
                "aws cloudtrail update-trail --name {ARN} --is-multi-region-trail --include-global-service-events --enable-log-file-validation --region us-east-1"
            )
        );
        let files = change(TrailFix::Update { multi_region: false, global_events: false, validation: true });
        assert_eq!(files.parameters(), [("Name", ARN.to_owned()), ("EnableLogFileValidation", "true".to_owned())]);
        let selectors = EventSelectors::Classic(json!([{ "ReadWriteType": "All" }]));
        assert_eq!(
            change(TrailFix::Selectors(selectors)).cli(),
            format!(
                "aws cloudtrail put-event-selectors --trail-name {ARN} --event-selectors '[{{\"ReadWriteType\":\"All\"}}]' --region us-east-1"
            )
        );
        assert_eq!(change(TrailFix::Start).words(), "Start logging on the trail all");
    }

    #[test]
    fn each_correction_is_confirmed_by_a_fresh_read_of_the_trail() {
        let at = datetime!(2026-11-21 12:00 UTC);
        let with = |state: TrailState| Facts { trails: Reading::Known { value: vec![state], at }, ..Facts::default() };
        let management = Reading::Known { value: ManagementEvents::all(), at };
        let good = TrailState {
            arn: ARN.into(),
            multi_region: true,
            validation: true,
            logging: Some(true),
            management,
            ..TrailState::default()
        };
        let fixes = [
            TrailFix::Update { multi_region: true, global_events: false, validation: true },
            TrailFix::Selectors(EventSelectors::Classic(json!([]))),
            TrailFix::Start,
        ];
        for fix in fixes {
            let change = change(fix);
            assert_eq!(change.shows_in(&Facts::default()), None);
            assert_eq!(change.shows_in(&with(good.clone())), Some(true), "{change:?}");
            let none = ManagementEvents { reads: false, ..ManagementEvents::all() };
            let management = Reading::Known { value: none, at };
            let bad = TrailState { validation: false, logging: Some(false), management, ..good.clone() };
            assert_eq!(change.shows_in(&with(bad)), Some(false), "{change:?}");
        }
    }
}
