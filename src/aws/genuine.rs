//! Verifies that a successful answer is the document of its call, before the SDK reads it. The SDK would accept a web
//! page as success of a call without a result, and read a missing list as empty.

use std::collections::HashMap;
use std::fmt;

use aws_smithy_runtime_api::box_error::BoxError;
use aws_smithy_runtime_api::client::interceptors::Intercept;
use aws_smithy_runtime_api::client::interceptors::context::{
    BeforeDeserializationInterceptorContextRef, BeforeTransmitInterceptorContextRef,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpResponse, Metadata};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::config_bag::{ConfigBag, Storable, StoreReplace};
use aws_types::request_id::RequestId;
use serde::de::IgnoredAny;

use super::time::date_of;
use crate::account::Timestamp;
use crate::clock::Clock;

/// Intercepts every call. It refuses invalid answers, and passes the time in valid ones to the clock.
#[derive(Debug, Clone)]
pub(super) struct Genuine(pub Clock);

/// Why an answer with a success status is not valid.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum NoAnswer {
    /// Another document, or truncated.
    NotTheDocument,
    /// No request id, by which AWS could find it.
    NoRequestId,
    /// This member is missing.
    Lacks(&'static str),
}

impl fmt::Display for NoAnswer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotTheDocument => f.write_str("the answer is not the document of this call"),
            Self::NoRequestId => f.write_str("the answer has no request id"),
            Self::Lacks(member) => write!(f, "the answer has no {member}"),
        }
    }
}

impl std::error::Error for NoAnswer {}

/// Members that AWS always sends, and for which the SDK substitutes defaults (empty lists, false). IAM's are taken
/// from its examples. `OrganizationId` is checked in place of the features, which may be empty.
const MEMBERS: [(&str, &[&str]); 16] = [
    ("ListAccountAliases", &["AccountAliases"]),
    ("ListMFADevices", &["MFADevices"]),
    ("ListVirtualMFADevices", &["VirtualMFADevices"]),
    ("ListAccessKeys", &["AccessKeyMetadata"]),
    ("ListSigningCertificates", &["Certificates"]),
    ("GetAccountAuthorizationDetails", &["UserDetailList", "GroupDetailList", "RoleDetailList", "Policies"]),
    ("ListEntitiesForPolicy", &["PolicyGroups", "PolicyUsers", "PolicyRoles"]),
    ("ListOrganizationsFeatures", &["OrganizationId"]),
    (
        "GetAccountPasswordPolicy",
        &[
            "RequireSymbols",
            "RequireNumbers",
            "RequireUppercaseCharacters",
            "RequireLowercaseCharacters",
            "AllowUsersToChangePassword",
        ],
    ),
    ("ListRegions", &["Regions"]),
    ("DescribeTrails", &["trailList"]),
    ("GetTrailStatus", &["IsLogging"]),
    ("LookupEvents", &["Events"]),
    ("ListSubscriptionsByTopic", &["Subscriptions"]),
    ("GetTopicAttributes", &["Attributes"]),
    ("PutTargets", &["FailedEntryCount"]),
];

fn members_of(call: &str) -> &'static [&'static str] {
    MEMBERS.iter().find(|(name, _)| *name == call).map_or(&[], |(_, members)| members)
}

/// Whether `response` is the valid answer to `call`. Error responses are not checked.
fn look(call: &Metadata, response: &HttpResponse) -> Result<(), NoAnswer> {
    let body =
        std::str::from_utf8(response.body().bytes().unwrap_or_default()).map_err(|_| NoAnswer::NotTheDocument)?;
    let id = response.request_id().is_some_and(|id| !id.is_empty());
    match call.service() {
        "IAM" | "STS" | "sns" => xml(call.name(), body.trim(), id),
        _ => json(call.name(), body.trim(), id),
    }
}

/// Query protocol: a `<NameResponse>` root element that contains a request id.
fn xml(call: &str, body: &str, has_id: bool) -> Result<(), NoAnswer> {
    let document = match body.strip_prefix("<?xml") {
        Some(rest) => rest.split_once("?>").map_or("", |(_, rest)| rest.trim_start()),
        None => body,
    };
    let inside = document.strip_prefix('<').and_then(|rest| rest.strip_prefix(call)?.strip_prefix("Response"));
    let inside = inside.filter(|rest| rest.starts_with('>') || rest.starts_with(char::is_whitespace));
    let inside = inside.and_then(|rest| rest.strip_suffix(&format!("</{call}Response>")));
    let inside = inside.ok_or(NoAnswer::NotTheDocument)?;
    if !has_id && inside.split_once("<RequestId>").is_none_or(|(_, id)| id.trim_start().starts_with('<')) {
        return Err(NoAnswer::NoRequestId);
    }
    let has = |member: &str| {
        inside.match_indices(member).any(|(place, _)| {
            inside[..place].ends_with('<') && inside[place + member.len()..].starts_with(['>', '/', ' '])
        })
    };
    members_of(call).iter().find(|member| !has(member)).map_or(Ok(()), |member| Err(NoAnswer::Lacks(member)))
}

/// JSON protocols: one object. A change may answer with an empty body.
fn json(call: &str, body: &str, has_id: bool) -> Result<(), NoAnswer> {
    let is_change = !["Get", "List", "Describe", "Lookup"].iter().any(|read| call.starts_with(read));
    let object: HashMap<String, Option<IgnoredAny>> = match body {
        "" if is_change => HashMap::new(),
        _ => serde_json::from_str(body).map_err(|_| NoAnswer::NotTheDocument)?,
    };
    if !has_id {
        return Err(NoAnswer::NoRequestId);
    }
    let has = |member: &str| object.get(member).is_some_and(Option::is_some);
    members_of(call).iter().find(|member| !has(member)).map_or(Ok(()), |member| Err(NoAnswer::Lacks(member)))
}

/// When the request was sent, by this machine's clock.
#[derive(Debug, Clone, Copy)]
struct Sent(Timestamp);

impl Storable for Sent {
    type Storer = StoreReplace<Self>;
}

#[aws_smithy_runtime_api::client::interceptors::dyn_dispatch_hint]
impl Intercept for Genuine {
    fn name(&self) -> &'static str {
        "Genuine"
    }

    fn read_before_transmit(
        &self,
        _context: &BeforeTransmitInterceptorContextRef<'_>,
        _runtime_components: &RuntimeComponents,
        cfg: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        cfg.interceptor_state().store_put(Sent(self.0.ticking()));
        Ok(())
    }

    fn read_before_deserialization(
        &self,
        context: &BeforeDeserializationInterceptorContextRef<'_>,
        _runtime_components: &RuntimeComponents,
        cfg: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let response = context.response();
        let Some(call) = cfg.load::<Metadata>().filter(|_| response.status().is_success()) else { return Ok(()) };
        look(call, response)?;
        if let (Some(date), Some(sent)) = (date_of(response), cfg.load::<Sent>()) {
            self.0.learn_aws_time(date, sent.0);
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_genuine_answer_is_the_calls_complete_document_with_a_request_id() {
        let whole = "<DeleteUserResponse xmlns=\"urn:x\"><ResponseMetadata><RequestId>r</RequestId></ResponseMetadata></DeleteUserResponse>";
        assert_eq!(xml("DeleteUser", whole, false), Ok(()));
        assert_eq!(xml("DeleteUser", &format!("<?xml version=\"1.0\"?>\n{whole}"), false), Ok(()));
        let without = "<DeleteUserResponse></DeleteUserResponse>";
        assert_eq!(
            (xml("DeleteUser", without, true), xml("DeleteUser", without, false)),
            (Ok(()), Err(NoAnswer::NoRequestId))
        );
        for other in
            ["", "<html></html>", "{}", &whole[..whole.len() - 9], "<DeleteUserResponses></DeleteUserResponse>"]
        {
            assert_eq!(xml("DeleteUser", other, true), Err(NoAnswer::NotTheDocument), "{other}");
        }
        assert_eq!(xml("CreateUser", whole, true), Err(NoAnswer::NotTheDocument));
    }

    #[test]
    fn a_missing_list_is_not_an_empty_list() {
        let answer = |inside| {
            format!(
                "<ListAccessKeysResponse><ListAccessKeysResult>{inside}</ListAccessKeysResult></ListAccessKeysResponse>"
            )
        };
        for there in ["<AccessKeyMetadata/>", "<AccessKeyMetadata></AccessKeyMetadata>", "<AccessKeyMetadata />"] {
            assert_eq!(xml("ListAccessKeys", &answer(there), true), Ok(()), "{there}");
        }
        for missing in ["", "<AccessKeyMetadataX/>", "AccessKeyMetadata"] {
            let lacks = Err(NoAnswer::Lacks("AccessKeyMetadata"));
            assert_eq!(xml("ListAccessKeys", &answer(missing), true), lacks, "{missing}");
        }
        assert_eq!(json("LookupEvents", "{\"Events\":[]}", true), Ok(()));
        for missing in ["{}", "{\"Events\":null}"] {
            assert_eq!(json("LookupEvents", missing, true), Err(NoAnswer::Lacks("Events")));
        }
    }

    #[test]
    fn only_a_change_may_have_an_empty_answer() {
        assert_eq!(json("PutAlternateContact", "", true), Ok(()));
        assert_eq!(json("PutAlternateContact", "", false), Err(NoAnswer::NoRequestId));
        for body in ["", "[]", "<html>", "{\"a\":"] {
            assert_eq!(json("GetAlternateContact", body, true), Err(NoAnswer::NotTheDocument), "{body}");
        }
    }
}
