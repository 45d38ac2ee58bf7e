//! Real-world patterns against sample sign-ins of root and of a user.

use super::*;
use crate::account::Partition;

fn here() -> Occasion {
    Occasion { account: "123456789012".into(), partition: Partition::Commercial }
}

#[test]
fn event_patterns_about_root_are_recognized() {
    for pattern in [
        // AWS's own example.
        r#"{"detail-type":["AWS API Call via CloudTrail","AWS Console Sign In via CloudTrail"],"detail":{"userIdentity":{"type":["Root"]}}}"#,
        r#"{"source":["aws.signin"],"detail":{"eventName":["ConsoleLogin"],"userIdentity":{"type":["Root"]}}}"#,
        r#"{"detail":{"userIdentity":{"arn":[{"suffix":":root"}]}}}"#,
        r#"{"detail":{"userIdentity":{"arn":[{"wildcard":"arn:aws:iam::*:root"}],"invokedBy":[{"exists":false}]}}}"#,
        r#"{"detail":{"userIdentity":{"type":[{"equals-ignore-case":"root"}]},"eventType":[{"anything-but":["AwsServiceEvent"]}]}}"#,
        r#"{"account":["123456789012"],"detail":{"$or":[{"userIdentity":{"type":["Root"]}},{"eventName":["DeleteTrail"]}]}}"#,
        r#"{"detail":{"userIdentity":{"type":[{"anything-but":{"prefix":["IAM","Assumed"]}}]}}}"#,
    ] {
        assert_eq!(Notice::of_event_pattern(pattern, &here()), Notice::Root, "{pattern}");
    }
}

#[test]
fn other_event_patterns_are_not_about_root() {
    for (pattern, notice) in [
        (r#"{"source":["aws.signin"]}"#, Notice::Everybody),
        (r#"{"source":[{"prefix":"aws."}]}"#, Notice::Everybody),
        (r#"{"detail":{"userIdentity":{"type":["IAMUser"]}}}"#, Notice::Nothing),
        // Matches calls but no sign-ins.
        (
            r#"{"detail-type":["AWS API Call via CloudTrail"],"detail":{"userIdentity":{"type":["Root"]}}}"#,
            Notice::Nothing,
        ),
        (r#"{"detail":{"userIdentity":{"type":["Root"]},"additionalEventData":{"MFAUsed":["No"]}}}"#, Notice::Nothing),
        (r#"{"account":["999999999999"],"detail":{"userIdentity":{"type":["Root"]}}}"#, Notice::Nothing),
        (r#"{"source":["aws.guardduty"]}"#, Notice::Nothing),
        (r#"{"detail":{"userIdentity":{"type":["Root"]},"sourceIPAddress":[{"cidr":"10.0.0.0/8"}]}}"#, Notice::Unclear),
        (r#"{"source":["aws.ec2"],"detail":{"x":[{"numeric":[">",1]}]}}"#, Notice::Nothing),
        ("[]", Notice::Unclear),
        ("", Notice::Unclear),
    ] {
        assert_eq!(Notice::of_event_pattern(pattern, &here()), notice, "{pattern}");
    }
}

#[test]
fn without_a_root_console_a_pattern_for_root_calls_is_enough() {
    let calls = r#"{"detail-type":["AWS API Call via CloudTrail"],"detail":{"userIdentity":{"type":["Root"]}}}"#;
    let govcloud = Occasion { partition: Partition::GovCloud, ..here() };
    assert_eq!(Notice::of_event_pattern(calls, &govcloud), Notice::Root);
}

#[test]
fn filter_patterns_about_root_are_recognized() {
    for pattern in [
        // CIS, in its various spellings.
        r#"{ $.userIdentity.type = "Root" && $.userIdentity.invokedBy NOT EXISTS && $.eventType != "AwsServiceEvent" }"#,
        r#"{$.userIdentity.type="Root" && $.userIdentity.invokedBy NOT EXISTS && $.eventType !="AwsServiceEvent"}"#,
        "{ $.userIdentity.type = Root && $.userIdentity.invokedBy NOT EXISTS && $.eventType != AwsServiceEvent }",
        r#"{ ($.userIdentity.type = "Root") && ($.userIdentity.invokedBy not exists) }"#,
        r#"{ $.userIdentity.arn = "*:root" }"#,
        "Root",
        "?ERROR ?Root",
        "ConsoleLogin \":root\" -AssumedRole",
        r#"{ ($.eventName = "StopLogging") || ($.userIdentity.type = "Root" && $.readOnly IS FALSE) }"#,
    ] {
        assert_eq!(Notice::of_filter_pattern(pattern, &here()), Notice::Root, "{pattern}");
    }
}

#[test]
fn other_filter_patterns_are_not_about_root() {
    for (pattern, notice) in [
        (r#"{ $.eventName = "ConsoleLogin" }"#, Notice::Everybody),
        ("", Notice::Everybody),
        (r#"{ $.userIdentity.type = "IAMUser" }"#, Notice::Nothing),
        (r#"{ ($.errorCode = "*UnauthorizedOperation") || ($.errorCode = "AccessDenied*") }"#, Notice::Nothing),
        (r#"{ $.userIdentity.type = "Root" && $.errorMessage = "Failed authentication" }"#, Notice::Nothing),
        (r#"{ $.userIdentity.type = %^Root$% }"#, Notice::Unclear),
        ("ERROR", Notice::Nothing),
        ("Root -ConsoleLogin", Notice::Nothing),
        ("ConsoleLogin \"Success\"", Notice::Everybody),
        ("?ERROR ?StopLogging", Notice::Nothing),
        ("?ERROR Root", Notice::Unclear),
        ("%Root%", Notice::Unclear),
        ("\"Root", Notice::Unclear),
        ("[ip, user, ...]", Notice::Unclear),
        (r#"{ $.userIdentity.type = "Root" && }"#, Notice::Unclear),
        (r#"{ $.userIdentity.type = "Root }"#, Notice::Unclear),
        (r#"{ ($.userIdentity.type = "Root" }"#, Notice::Unclear),
        ("{ & }", Notice::Unclear),
        ("{ }", Notice::Unclear),
    ] {
        assert_eq!(Notice::of_filter_pattern(pattern, &here()), notice, "{pattern}");
    }
}

#[test]
fn foreign_text_never_breaks_a_parser() {
    for pattern in [
        "?",
        "?a é",
        "-",
        "\"\"",
        "é?",
        "{",
        "}",
        "{\"",
        "{$",
        "{$.}",
        "{$.é = é}",
        "{ é",
        "{!}",
        "{$.a !}",
        "{((((}",
        "{$.a = \"é*\"}",
    ] {
        let _ = Notice::of_filter_pattern(pattern, &here());
        let _ = Notice::of_event_pattern(pattern, &here());
    }
}
