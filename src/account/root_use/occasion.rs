//! Sample events of root and of a user, as CloudTrail records them and EventBridge delivers them. Sources:
//! CloudTrail User Guide, "AWS Management Console sign-in events"; EventBridge Events Reference, "AWS Sign-In
//! events".

use serde_json::{Value, json};

use crate::account::Partition;

/// The account to sample. Where root has a console, the event is its sign-in, recorded in the home Region. Elsewhere
/// it is a call with root's key.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Occasion {
    /// 12 digits.
    pub account: String,
    pub partition: Partition,
}

impl Occasion {
    /// The CloudTrail record of root or of a user.
    pub(super) fn record(&self, by_root: bool) -> Value {
        let (account, partition) = (&self.account, self.partition.name());
        let identity = if by_root {
            json!({
                "type": "Root",
                "principalId": account,
                "arn": format!("arn:{partition}:iam::{account}:root"),
                "accountId": account,
                "accessKeyId": "",
            })
        } else {
            json!({
                "type": "IAMUser",
                "principalId": "AIDAEXAMPLE",
                "arn": format!("arn:{partition}:iam::{account}:user/somebody"),
                "accountId": account,
                "accessKeyId": "",
                "userName": "somebody",
            })
        };
        let mut record = json!({
            "eventVersion": "1.11",
            "userIdentity": identity,
            "eventTime": "2026-11-21T12:00:00Z",
            "awsRegion": self.partition.home_region(),
            "sourceIPAddress": "192.0.2.1",
            "userAgent": "Mozilla/5.0",
            "requestParameters": null,
            "eventID": "11111111-2222-3333-4444-555555555555",
            "readOnly": false,
            "managementEvent": true,
            "recipientAccountId": account,
            "eventCategory": "Management",
        });
        let what = if self.partition.has_root_console() {
            json!({
                "eventSource": "signin.amazonaws.com",
                "eventName": "ConsoleLogin",
                "eventType": "AwsConsoleSignIn",
                "responseElements": { "ConsoleLogin": "Success" },
                "additionalEventData": { "MobileVersion": "No", "MFAUsed": "Yes" },
            })
        } else {
            json!({
                "eventSource": "iam.amazonaws.com",
                "eventName": "CreateUser",
                "eventType": "AwsApiCall",
                "responseElements": null,
            })
        };
        if let (Some(record), Value::Object(what)) = (record.as_object_mut(), what) {
            record.extend(what);
        }
        record
    }

    /// The EventBridge event that contains the record.
    pub(super) fn event(&self, by_root: bool) -> Value {
        let (source, kind) = if self.partition.has_root_console() {
            ("aws.signin", "AWS Console Sign In via CloudTrail")
        } else {
            ("aws.iam", "AWS API Call via CloudTrail")
        };
        json!({
            "version": "0",
            "id": "11111111-2222-3333-4444-555555555555",
            "detail-type": kind,
            "source": source,
            "account": self.account,
            "time": "2026-11-21T12:00:00Z",
            "region": self.partition.home_region(),
            "resources": [],
            "detail": self.record(by_root),
        })
    }
}
