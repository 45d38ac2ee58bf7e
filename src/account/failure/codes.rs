//! Maps AWS error codes to kinds of failure: one table for all services. An unlisted code is [`Fault::Other`].

use super::Fault;

/// Sorted by kind.
pub(super) const CODES: [(&str, Fault); 65] = [
    ("ExpiredToken", Fault::ExpiredSession),
    ("ExpiredTokenException", Fault::ExpiredSession),
    ("InvalidClientTokenId", Fault::UnknownKey),
    ("UnrecognizedClientException", Fault::UnknownKey),
    ("InvalidAccessKeyId", Fault::UnknownKey),
    ("SignatureDoesNotMatch", Fault::BadSignature),
    ("InvalidSignatureException", Fault::BadSignature),
    ("RequestExpired", Fault::BadSignature),
    ("IncompleteSignature", Fault::BadSignature),
    ("AccessDenied", Fault::AccessDenied),
    ("AccessDeniedException", Fault::AccessDenied),
    ("OptInRequired", Fault::AccessDenied),
    ("NotAuthorized", Fault::AccessDenied),
    ("UnauthorizedOperation", Fault::AccessDenied),
    ("AuthorizationError", Fault::AccessDenied),
    ("EntityAlreadyExists", Fault::Exists),
    ("EntityAlreadyExistsException", Fault::Exists),
    ("ResourceConflictException", Fault::Exists),
    ("NoSuchEntity", Fault::Absent),
    ("NoSuchEntityException", Fault::Absent),
    ("ResourceNotFoundException", Fault::Absent),
    ("NotFound", Fault::Absent),
    ("TrailNotFoundException", Fault::Absent),
    ("InvalidAuthenticationCode", Fault::InvalidCodes),
    ("InvalidAuthenticationCodeException", Fault::InvalidCodes),
    ("PasswordPolicyViolation", Fault::PasswordRefused),
    ("PasswordPolicyViolationException", Fault::PasswordRefused),
    ("LimitExceeded", Fault::Limit),
    ("LimitExceededException", Fault::Limit),
    ("ServiceQuotaExceededException", Fault::Limit),
    ("SubscriptionLimitExceeded", Fault::Limit),
    ("TopicLimitExceeded", Fault::Limit),
    ("EntityTemporarilyUnmodifiable", Fault::Busy),
    ("EntityTemporarilyUnmodifiableException", Fault::Busy),
    ("ConcurrentModification", Fault::Busy),
    ("ConcurrentModificationException", Fault::Busy),
    ("ConcurrentAccess", Fault::Busy),
    ("ConflictException", Fault::Busy),
    ("DeleteConflict", Fault::InUse),
    ("DeleteConflictException", Fault::InUse),
    ("ValidationError", Fault::Invalid),
    ("ValidationException", Fault::Invalid),
    ("InvalidInput", Fault::Invalid),
    ("InvalidInputException", Fault::Invalid),
    ("MalformedPolicyDocument", Fault::Invalid),
    ("InvalidEventPatternException", Fault::Invalid),
    ("InvalidEventSelectorsException", Fault::Invalid),
    ("InvalidParameter", Fault::Invalid),
    ("InvalidParameterValue", Fault::Invalid),
    ("InvalidParameterCombination", Fault::Invalid),
    ("MissingParameter", Fault::Invalid),
    ("PolicyNotAttachable", Fault::Invalid),
    ("Throttling", Fault::Throttled),
    ("Throttled", Fault::Throttled),
    ("ThrottlingException", Fault::Throttled),
    ("TooManyRequestsException", Fault::Throttled),
    ("RequestLimitExceeded", Fault::Throttled),
    ("SlowDown", Fault::Throttled),
    ("ServiceFailure", Fault::Server),
    ("ServiceFailureException", Fault::Server),
    ("InternalFailure", Fault::Server),
    ("InternalServerException", Fault::Server),
    ("InternalException", Fault::Server),
    ("ServiceUnavailable", Fault::Server),
    ("InternalError", Fault::Server),
];

#[cfg(test)]
mod tests {
    use super::*;

    /// The reverse mapping, written independently to catch a row changed by mistake.
    const BY_KIND: [(Fault, &str); 14] = [
        (Fault::ExpiredSession, "ExpiredToken ExpiredTokenException"),
        (Fault::UnknownKey, "InvalidClientTokenId UnrecognizedClientException InvalidAccessKeyId"),
        (Fault::BadSignature, "SignatureDoesNotMatch InvalidSignatureException RequestExpired IncompleteSignature"),
        (
            Fault::AccessDenied,
            "AccessDenied AccessDeniedException OptInRequired NotAuthorized UnauthorizedOperation AuthorizationError",
        ),
        (Fault::Exists, "EntityAlreadyExists EntityAlreadyExistsException ResourceConflictException"),
        (Fault::Absent, "NoSuchEntity NoSuchEntityException ResourceNotFoundException NotFound TrailNotFoundException"),
        (Fault::InvalidCodes, "InvalidAuthenticationCode InvalidAuthenticationCodeException"),
        (Fault::PasswordRefused, "PasswordPolicyViolation PasswordPolicyViolationException"),
        (
            Fault::Limit,
            "LimitExceeded LimitExceededException ServiceQuotaExceededException SubscriptionLimitExceeded TopicLimitExceeded",
        ),
        (
            Fault::Busy,
            "EntityTemporarilyUnmodifiable EntityTemporarilyUnmodifiableException ConcurrentModification ConcurrentModificationException ConcurrentAccess ConflictException",
        ),
        (Fault::InUse, "DeleteConflict DeleteConflictException"),
        (
            Fault::Invalid,
            "ValidationError ValidationException InvalidInput InvalidInputException MalformedPolicyDocument InvalidEventPatternException InvalidEventSelectorsException InvalidParameter InvalidParameterValue InvalidParameterCombination MissingParameter PolicyNotAttachable",
        ),
        (
            Fault::Throttled,
            "Throttling Throttled ThrottlingException TooManyRequestsException RequestLimitExceeded SlowDown",
        ),
        (
            Fault::Server,
            "ServiceFailure ServiceFailureException InternalFailure InternalServerException InternalException ServiceUnavailable InternalError",
        ),
    ];

    #[test]
    fn each_code_has_exactly_its_kind() {
        let expected: Vec<(&str, Fault)> =
            BY_KIND.iter().flat_map(|(fault, codes)| codes.split(' ').map(|code| (code, *fault))).collect();
        assert_eq!(CODES.to_vec(), expected);
        for (code, fault) in CODES {
            assert_eq!(Fault::of_code(code), fault, "{code} is in the table once");
        }
        assert_eq!(Fault::of_code("SomethingNew"), Fault::Other);
    }

    #[test]
    fn every_error_that_aws_declares_for_our_calls_has_a_kind() {
        let declared = [
            "AccessDeniedException",
            "AuthorizationError",
            "ConcurrentAccess",
            "ConcurrentModification",
            "DeleteConflict",
            "EntityAlreadyExists",
            "EntityTemporarilyUnmodifiable",
            "ExpiredTokenException",
            "InternalException",
            "InternalServerException",
            "InvalidAuthenticationCode",
            "InvalidEventPatternException",
            "InvalidEventSelectorsException",
            "InvalidInput",
            "InvalidParameter",
            "LimitExceeded",
            "MalformedPolicyDocument",
            "NoSuchEntity",
            "NotFound",
            "PasswordPolicyViolation",
            "PolicyNotAttachable",
            "ResourceNotFoundException",
            "ServiceFailure",
            "SubscriptionLimitExceeded",
            "TooManyRequestsException",
            "TopicLimitExceeded",
            "TrailNotFoundException",
            "ValidationException",
        ];
        for code in declared {
            assert_ne!(Fault::of_code(code), Fault::Other, "{code}");
        }
    }
}
