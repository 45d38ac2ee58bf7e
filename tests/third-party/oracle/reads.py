"""What boto3 reads of an account, with the credentials of whoever the check ran as: a value, or the code of a refusal."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Callable
from contextlib import suppress
from functools import cached_property

import boto3
from botocore import xform_name
from botocore.client import BaseClient
from botocore.config import Config
from botocore.credentials import Credentials
from botocore.exceptions import ClientError
from botocore.session import Session

from served import REGION, Keys

# CloudTrail answers two questions a second, and says so.
PATIENT = Config(retries={"total_max_attempts": 8, "mode": "standard"}, user_agent_extra="oracle")


class Denied(Exception):
    """What was asked for could not be read."""


class Hands:
    """Clients, which are slow to make, kept for one account after the other: only address and credentials change."""

    def __init__(self) -> None:
        core = Session()
        self._credentials = core._credentials = Credentials("none", "none")
        self._session, self._clients, self._url = boto3.Session(botocore_session=core, region_name=REGION), {}, ""

    def take(self, url: str, keys: Keys) -> None:
        """Works on another account from here on."""
        own = self._credentials
        self._url, own.access_key, own.secret_key, own.token = url, keys.id, keys.secret, keys.token

    def client(self, service: str, region: str) -> BaseClient:
        """A client that sends to the account's address."""
        if (service, region) not in self._clients:
            client = self._session.client(service, region, endpoint_url="http://127.0.0.1:1", config=PATIENT)
            client.meta.events.register_first("before-sign.*.*", self._lead)
            self._clients[service, region] = client
        return self._clients[service, region]

    def _lead(self, request: object, **_: object) -> None:
        request.url = request.url.replace("http://127.0.0.1:1", self._url, 1)

    def call(self, service: str, operation: str, region: str = REGION, **asked: object) -> dict:
        """One call; `Denied` if a permission lacks, botocore's own error else."""
        try:
            return getattr(self.client(service, region), xform_name(operation))(**asked)
        except ClientError as error:
            if error.response["Error"]["Code"] in ("AccessDenied", "AccessDeniedException"):
                raise Denied(operation) from error
            raise

    def all(self, service: str, operation: str, member: str, region: str = REGION, **asked: object) -> list:
        """All pages of a list."""
        pages = self.client(service, region).get_paginator(xform_name(operation)).paginate(**asked)
        try:
            return [item for page in pages for item in page.get(member, [])]
        except ClientError as error:
            if error.response["Error"]["Code"] in ("AccessDenied", "AccessDeniedException"):
                raise Denied(operation) from error
            raise

    def unless(self, code: str, ask: Callable[[], object]) -> object:
        """The answer, or None where AWS says with `code` that there is none."""
        try:
            return ask()
        except ClientError as error:
            if error.response["Error"]["Code"] != code:
                raise
            return None


class Reads:
    """Everything that the definitions rest on; what was denied raises `Denied` wherever it is needed."""

    def __init__(self, hands: Hands) -> None:
        self.aws = hands

    @cached_property
    def caller(self) -> dict:
        return self.aws.call("sts", "GetCallerIdentity")

    @property
    def is_root(self) -> bool:
        return self.caller["Arn"].endswith(":root")

    def look_back(self) -> None:
        """Reads the events before this reader makes more of them."""
        with suppress(Denied):
            self.events

    @cached_property
    def events(self) -> list[dict]:
        """Of root's user name in the home region."""
        return self.aws.all("cloudtrail", "LookupEvents", "Events", LookupAttributes=[{"AttributeKey": "Username", "AttributeValue": "root"}])

    @cached_property
    def report(self) -> list[dict]:
        """The credential report's rows, root's first."""
        answer = self.aws.call("iam", "GetCredentialReport")
        return list(csv.DictReader(io.StringIO(answer["Content"].decode())))

    @cached_property
    def report_made(self) -> object:
        return self.aws.call("iam", "GetCredentialReport")["GeneratedTime"]

    @cached_property
    def summary(self) -> dict:
        return self.aws.call("iam", "GetAccountSummary")["SummaryMap"]

    @cached_property
    def keys(self) -> list:
        return self.aws.all("iam", "ListAccessKeys", "AccessKeyMetadata")

    def key_uses(self, besides: str) -> list:
        found = [self.aws.call("iam", "GetAccessKeyLastUsed", AccessKeyId=key["AccessKeyId"]) for key in self.keys if key["AccessKeyId"] != besides]
        return [use["AccessKeyLastUsed"].get("LastUsedDate") for use in found]

    @cached_property
    def certificates(self) -> list:
        return self.aws.all("iam", "ListSigningCertificates", "Certificates")

    @cached_property
    def devices(self) -> list:
        return self.aws.all("iam", "ListMFADevices", "MFADevices")

    @cached_property
    def virtual_devices(self) -> list:
        return self.aws.all("iam", "ListVirtualMFADevices", "VirtualMFADevices")

    @cached_property
    def users(self) -> list:
        return self.aws.all("iam", "GetAccountAuthorizationDetails", "UserDetailList")

    @cached_property
    def groups(self) -> dict[str, dict]:
        all = self.aws.all("iam", "GetAccountAuthorizationDetails", "GroupDetailList")
        return {group["GroupName"]: group for group in all}

    @cached_property
    def roles(self) -> list:
        return self.aws.all("iam", "GetAccountAuthorizationDetails", "RoleDetailList")

    @cached_property
    def own_policies(self) -> list:
        return self.aws.all("iam", "GetAccountAuthorizationDetails", "Policies", Filter=["LocalManagedPolicy"])

    def has_password(self, user: str) -> bool:
        return self.aws.unless("NoSuchEntity", lambda: self.aws.call("iam", "GetLoginProfile", UserName=user)) is not None

    def devices_of(self, user: str) -> list:
        return self.aws.all("iam", "ListMFADevices", "MFADevices", UserName=user)

    def has_mfa(self, user: str) -> bool:
        return bool(self.devices_of(user))

    @cached_property
    def server_certificates(self) -> list:
        return self.aws.all("iam", "ListServerCertificates", "ServerCertificateMetadataList")

    @cached_property
    def service_credentials(self) -> list:
        """Of all users; boto3 has no pages for it."""
        found, asked = [], {"AllUsers": True}
        while True:
            page = self.aws.call("iam", "ListServiceSpecificCredentials", **asked)
            found += page["ServiceSpecificCredentials"]
            if not page.get("IsTruncated"):
                return found
            asked["Marker"] = page["Marker"]

    @cached_property
    def password_policy(self) -> dict | None:
        answer = self.aws.unless("NoSuchEntity", lambda: self.aws.call("iam", "GetAccountPasswordPolicy"))
        return answer and answer["PasswordPolicy"]

    @cached_property
    def aliases(self) -> list:
        return self.aws.all("iam", "ListAccountAliases", "AccountAliases")

    @cached_property
    def supporters(self) -> list:
        answer = self.aws.call("iam", "ListEntitiesForPolicy", PolicyArn="arn:aws:iam::aws:policy/AWSSupportAccess")
        return answer["PolicyGroups"] + answer["PolicyUsers"] + answer["PolicyRoles"]

    def features(self) -> dict:
        return self.aws.call("iam", "ListOrganizationsFeatures")

    def contact(self, kind: str) -> dict | None:
        ask = lambda: self.aws.call("account", "GetAlternateContact", AlternateContactType=kind)["AlternateContact"]  # noqa: E731
        return self.aws.unless("ResourceNotFoundException", ask)

    @cached_property
    def primary_contact(self) -> dict:
        return self.aws.call("account", "GetContactInformation")["ContactInformation"]

    @cached_property
    def phone_status(self) -> str | None:
        return self.aws.call("account", "GetContactInformation").get("VerificationStatus")

    @cached_property
    def trails(self) -> list[dict]:
        """With what is told of each by calls of its own."""
        found = self.aws.call("cloudtrail", "DescribeTrails")["trailList"]
        return [trail | {"IsLogging": self._ask(trail, "GetTrailStatus")["IsLogging"]} for trail in found]

    def selectors(self, trail: dict) -> dict:
        """What a trail records."""
        return self._ask(trail, "GetEventSelectors", TrailName=trail["TrailARN"])

    def _ask(self, trail: dict, operation: str, **asked: object) -> dict:
        return self.aws.call("cloudtrail", operation, trail["HomeRegion"], **(asked or {"Name": trail["TrailARN"]}))

    @cached_property
    def regions(self) -> list[str]:
        wanted = ["ENABLED", "ENABLED_BY_DEFAULT"]
        found = self.aws.all("account", "ListRegions", "Regions", RegionOptStatusContains=wanted)
        return [region["RegionName"] for region in found]

    def detects(self, region: str) -> bool:
        ids = self.aws.all("guardduty", "ListDetectors", "DetectorIds", region)
        return any(self.aws.call("guardduty", "GetDetector", region, DetectorId=id)["Status"] == "ENABLED" for id in ids)

    def has_hub(self, region: str) -> bool:
        return self.aws.unless("InvalidAccessException", lambda: self.aws.call("securityhub", "DescribeHub", region)) is not None

    def analyzes(self, region: str) -> bool:
        found = self.aws.all("accessanalyzer", "ListAnalyzers", "analyzers", region)
        return any(one["type"] in ("ACCOUNT", "ORGANIZATION") and one["status"] == "ACTIVE" for one in found)

    @cached_property
    def rules(self) -> list[dict]:
        return self.aws.all("events", "ListRules", "Rules")

    def targets(self, rule: str) -> list:
        return self.aws.all("events", "ListTargetsByRule", "Targets", Rule=rule)

    def subscribers(self, arn: str) -> list | None:
        """Who gets what comes to a topic, all of which are this account's; none for any other target."""
        if not re.fullmatch(r"arn:aws:sns:[^:]+:\d{12}:[^:]+", arn):
            return None
        ask = lambda: self.aws.all("sns", "ListSubscriptionsByTopic", "Subscriptions", TopicArn=arn)  # noqa: E731
        found = self.aws.unless("NotFound", ask) or []
        return [one for one in found if one["SubscriptionArn"].startswith("arn:")]

    def may_publish(self, arn: str) -> bool:
        """Whether EventBridge may write to a target: to a topic, if a statement of its policy says so without a condition."""
        if not re.fullmatch(r"arn:aws:sns:[^:]+:\d{12}:[^:]+", arn):
            return True
        ask = lambda: self.aws.call("sns", "GetTopicAttributes", TopicArn=arn)["Attributes"]  # noqa: E731
        attributes = self.aws.unless("NotFound", ask) or {"Policy": '{"Statement": []}'}
        policy = json.loads(attributes["Policy"])
        return "KmsMasterKeyId" not in attributes and any(
            one["Effect"] == "Allow"
            and one["Principal"] == {"Service": "events.amazonaws.com"}
            and one["Action"] == "sns:Publish"
            and "Condition" not in one
            for one in policy["Statement"]
        )

    def filters(self, group: str, region: str) -> list:
        ask = lambda: self.aws.all("logs", "DescribeMetricFilters", "metricFilters", region, logGroupName=group)  # noqa: E731
        return self.aws.unless("ResourceNotFoundException", ask) or []

    def alarms(self, metric: dict, region: str) -> list:
        asked = {"MetricName": metric["metricName"], "Namespace": metric["metricNamespace"]}
        return self.aws.call("cloudwatch", "DescribeAlarmsForMetric", region, **asked)["MetricAlarms"]
