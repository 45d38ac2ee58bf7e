"""Each control's verdict by its definition: docs/check.md and what AWS, CIS and Security Hub say the words in it mean.

Nothing here was taken from the program's own code. A definition gets what boto3 read and the time; what it needs and was
denied is `unknown`.
"""

from __future__ import annotations

import json
from datetime import datetime, timedelta

from botocore.exceptions import ClientError

from oracle import patterns
from oracle.people import People
from oracle.reads import Denied, Reads

PASS, FAIL, MANUAL, NA, UNKNOWN = "pass", "fail", "manual", "not-applicable", "unknown"
KINDS = ("BILLING", "OPERATIONS", "SECURITY")

# Regions that are enabled in every account, so that they count also where the list of the account's is denied.
# Source: Account Management reference, "Enable or disable AWS Regions".
DEFAULT_REGIONS = (
    "ap-northeast-1 ap-northeast-2 ap-northeast-3 ap-south-1 ap-southeast-1 ap-southeast-2 ca-central-1 eu-central-1 "
    "eu-north-1 eu-west-1 eu-west-2 eu-west-3 sa-east-1 us-east-1 us-east-2 us-west-1 us-west-2"
).split()

# Whoever has it may use the shell in the console, and carry files in and out.
# Source: CIS, "Ensure access to AWSCloudShellFullAccess is restricted"; Security Hub IAM.27.
CLOUDSHELL = "arn:aws:iam::aws:policy/AWSCloudShellFullAccess"


def of(good: object) -> str:
    return PASS if good else FAIL


class Definitions:
    """All controls, at one moment."""

    def __init__(self, reads: Reads, now: datetime, own: str) -> None:
        self.reads, self.now, self.people = reads, now, People(reads, now)
        self._own = own  # the user agent of the check itself

    def verdict(self, control: str) -> str:
        """`unknown` where something was denied that the definition rests on."""
        try:
            return getattr(self, control.replace("-", "_"))()
        except Denied:
            return UNKNOWN

    def knows(self, control: str) -> bool:
        return hasattr(self, control.replace("-", "_"))

    def days(self, number: int) -> timedelta:
        return timedelta(days=number)

    # Root

    @property
    def password(self) -> bool:
        return self.reads.summary["AccountPasswordPresent"] > 0

    @property
    def mfa(self) -> bool:
        return self.reads.summary["AccountMFAEnabled"] > 0

    @property
    def keys(self) -> int:
        return self.reads.summary["AccountAccessKeysPresent"]

    def root_access_keys(self) -> str:
        if self.keys:
            return FAIL
        return of(not self.reads.is_root or not self.reads.keys)

    def root_signing_certificates(self) -> str:
        try:
            found = self.reads.summary["AccountSigningCertificatesPresent"]
        except Denied:
            if not self.reads.is_root:
                raise
            found = len(self.reads.certificates)
        return of(found == 0)

    def root_mfa(self) -> str:
        return PASS if self.mfa else of(False) if self.password else NA

    def root_email(self) -> str:
        return MANUAL if self.password else NA

    root_password = root_email

    def root_devices(self) -> str:
        if not self.password and not self.keys:
            return NA
        if self.reads.is_root:
            return of(len(self.reads.devices) >= 2)
        if not self.mfa:
            return FAIL
        try:
            return PASS if len(self._roots_virtual()) >= 2 else MANUAL
        except Denied:
            return MANUAL

    def root_hardware_mfa(self) -> str:
        if not self.password and not self.keys:
            return NA
        if self.reads.is_root:
            return of(any(":mfa/" not in device["SerialNumber"] for device in self.reads.devices))
        if not self.mfa:
            return FAIL
        return MANUAL if self._roots_virtual() else PASS

    def _roots_virtual(self) -> list:
        return [one for one in self.reads.virtual_devices if one.get("User", {}).get("Arn", "").endswith(":root")]

    def root_unused(self) -> str:
        if not self.password and not self.keys:
            return NA
        row = self.reads.report[0]
        signed_in = self.people.moment(row["password_last_used"])
        # The key that signs these very calls is used by them: of its use nobody can tell more than that it may be ours.
        own = [key["CreateDate"] for key in self.reads.keys if key["AccessKeyId"] == self.people.own_key] if self.reads.is_root else []
        theirs = [n for n in (1, 2) if self.people.moment(row[f"access_key_{n}_last_rotated"]) not in own]
        used = [self.people.moment(row[f"access_key_{n}_last_used_date"]) for n in theirs]
        if self.reads.is_root:
            used += self.reads.key_uses(besides=self.people.own_key)
        recent = [at for at in used if at and self.now - at < self.days(90)]
        if not recent and self.reads.is_root and (own or (signed_in and self.now - signed_in < self.days(1))):
            return FAIL if own and signed_in and self.days(1) <= self.now - signed_in < self.days(90) else MANUAL
        return of(not recent and (signed_in is None or self.now - signed_in >= self.days(90)))

    def root_activity(self) -> str:
        """What the check itself and this oracle did does not count, nor what AWS's services do by themselves."""
        events = [json.loads(event["CloudTrailEvent"]) for event in self.reads.events]
        key = self.people.own_key
        strange = [
            event
            for event in events
            if self.now - self.people.moment(event["eventTime"]) < self.days(7)
            and not (self._own in event["userAgent"] and event["userIdentity"].get("accessKeyId") == key)
            and "oracle" not in event["userAgent"]
            and "invokedBy" not in event["userIdentity"]
        ]
        return PASS if not strange else MANUAL if self.reads.is_root else FAIL

    def root_credentials_removed(self) -> str:
        try:
            features = self.reads.features()["EnabledFeatures"]
        except ClientError as error:
            code = error.response["Error"]["Code"]
            if code in ("ServiceAccessNotEnabledException", "OrganizationNotInAllFeaturesModeException"):
                return FAIL
            if code == "OrganizationNotFoundException":
                return NA
            return PASS if not self.password and not self.keys else NA
        return of("RootCredentialsManagement" in features)

    # Contacts

    def _contact(self, kind: str) -> str:
        return of(self.reads.contact(kind))

    def billing_contact(self) -> str:
        return self._contact("BILLING")

    def operations_contact(self) -> str:
        return self._contact("OPERATIONS")

    def security_contact(self) -> str:
        return self._contact("SECURITY")

    def contacts_differ(self) -> str:
        boxes = [contact["EmailAddress"].strip().lower() for contact in map(self.reads.contact, KINDS) if contact]
        return NA if len(boxes) < 2 else of(len(set(boxes)) == len(boxes))

    def primary_contact(self) -> str:
        contact = self.reads.primary_contact
        known = contact.get("FullName") and contact.get("PhoneNumber")
        return of(known and self.reads.phone_status not in ("UNVERIFIED", "PENDING"))

    # Passwords

    def _policy(self, good: object) -> str:
        policy = self.reads.password_policy
        return of(policy is not None and good(policy))

    def password_policy(self) -> str:
        """One fact is one finding: any rule that fails fails it. The expiry, which nobody asks for, says nothing."""
        rules = ("length", "reuse", "uppercase", "lowercase", "symbol", "number")
        return of(all(getattr(self, f"password_policy_{rule}")() == PASS for rule in rules))

    def password_policy_length(self) -> str:
        return self._policy(lambda policy: policy["MinimumPasswordLength"] >= 14)

    def password_policy_reuse(self) -> str:
        return self._policy(lambda policy: policy.get("PasswordReusePrevention", 0) >= 24)

    def password_policy_uppercase(self) -> str:
        return self._policy(lambda policy: policy["RequireUppercaseCharacters"])

    def password_policy_lowercase(self) -> str:
        return self._policy(lambda policy: policy["RequireLowercaseCharacters"])

    def password_policy_symbol(self) -> str:
        return self._policy(lambda policy: policy["RequireSymbols"])

    def password_policy_number(self) -> str:
        return self._policy(lambda policy: policy["RequireNumbers"])

    def password_policy_expiry(self) -> str:
        return NA

    # People

    def administrator(self) -> str:
        return of(self.people.administrators_with_password() or self.people.has_permission_set())

    def two_administrators(self) -> str:
        if len(self.people.administrators_with_password()) >= 2:
            return PASS
        return MANUAL if self.people.has_permission_set() else FAIL

    def administrator_mfa(self) -> str:
        people = [user for user in self.people.all_powerful() if self.reads.has_password(user["UserName"])]
        if not people:
            return NA if self.people.has_permission_set() else FAIL
        return of(all(self.reads.has_mfa(user["UserName"]) for user in people))

    def permissions_through_groups(self) -> str:
        own = [user for user in self.reads.users if user["AttachedManagedPolicies"] or user.get("UserPolicyList")]
        return of(not own) if self.reads.users else NA

    def _rows(self, is_bad: object) -> str:
        rows = self.reads.report[1:]
        return of(not any(is_bad(row) for row in rows)) if rows else NA

    def console_users_mfa(self) -> str:
        return self._rows(self.people.lacks_mfa)

    def unused_credentials(self) -> str:
        return self._rows(self.people.lies_unused)

    def key_age(self) -> str:
        return self._rows(self.people.has_old_key)

    def two_active_keys(self) -> str:
        return self._rows(self.people.has_two_keys)

    def set_up_key_never_used(self) -> str:
        return self._rows(self.people.has_key_from_set_up)

    def full_admin_policies(self) -> str:
        documents = [version["Document"] for policy in self.reads.own_policies for version in policy["PolicyVersionList"] if version["IsDefaultVersion"]]
        if any(map(patterns.allows_everything, documents)):
            return FAIL
        return UNKNOWN if any(map(patterns.allows_nearly_everything, documents)) else PASS

    def inline_full_admin(self) -> str:
        """Prowler, iam_inline_policy_no_administrative_privileges: of users, groups and roles."""
        documents = [policy["PolicyDocument"] for holder, kind in self.people.holders() for policy in holder.get(f"{kind}PolicyList", [])]
        if any(map(patterns.allows_everything, documents)):
            return FAIL
        return UNKNOWN if any(map(patterns.allows_nearly_everything, documents)) else PASS

    def administrator_access_on_groups(self) -> str:
        """Prowler, iam_user_administrator_access_policy and iam_role_administratoraccess_policy; a role is for a person to judge."""
        if any(map(self.people.carries, self.reads.users)):
            return FAIL
        return MANUAL if any(self.people.carries(holder) for holder, kind in self.people.holders() if kind == "Role") else PASS

    def cloudshell_full_access(self) -> str:
        """Security Hub, IAM.27: no user, role or group has it."""
        return of(not any(self.people.carries(holder, CLOUDSHELL) for holder, _ in self.people.holders()))

    def administrator_hardware_mfa(self) -> str:
        """Prowler, iam_user_hardware_mfa_enabled, of administrators: a passkey, a security key or a token with a serial number."""
        people = [user for user in self.people.all_powerful() if self.reads.has_password(user["UserName"])]
        is_hardware = lambda device: ":mfa/" not in device["SerialNumber"]  # noqa: E731
        return of(all(any(map(is_hardware, self.reads.devices_of(user["UserName"]))) for user in people)) if people else NA

    def federated_sign_in(self) -> str:
        """CIS, "Ensure IAM users are managed centrally via identity federation": an audit by hand."""
        return MANUAL if any(row["password_enabled"] == "true" for row in self.reads.report[1:]) else PASS

    def server_certificates_expired(self) -> str:
        """Security Hub, IAM.26: NON_COMPLIANT with an expired certificate in IAM; nothing to judge without one."""
        ends = [one["Expiration"] for one in self.reads.server_certificates]
        return of(all(end > self.now for end in ends)) if ends else NA

    def long_term_service_credentials(self) -> str:
        """Prowler, bedrock_api_key_no_long_term_credentials, of every service: none is active that has not expired."""
        active = [one for one in self.reads.service_credentials if one["Status"] == "Active"]
        return of(all("ExpirationDate" in one and one["ExpirationDate"] <= self.now for one in active))

    # The organization

    def _organization(self) -> str | list:
        """The code of a refusal, or the features that are enabled. Source: API reference, ListOrganizationsFeatures."""
        try:
            return self.reads.features()["EnabledFeatures"]
        except ClientError as error:
            return error.response["Error"]["Code"]

    def in_organization(self) -> str:
        """Prowler, organizations_account_part_of_organizations; Security Hub, Account.2. One account may be enough."""
        return MANUAL if self._organization() == "OrganizationNotFoundException" else PASS

    def root_sessions(self) -> str:
        """CIS 7.0, 2.1.1, for whom the organization answers."""
        found = self._organization()
        if found in ("OrganizationNotFoundException", "AccountNotManagementOrDelegatedAdministratorException"):
            return NA
        return of(isinstance(found, list) and "RootSessions" in found)

    def support_role(self) -> str:
        return of(self.reads.supporters)

    def abandoned_devices(self) -> str:
        devices = self.reads.virtual_devices
        return of(all(device.get("User") for device in devices)) if devices else NA

    def account_alias(self) -> str:
        return of(self.reads.aliases)

    # What watches

    def cloudtrail_on(self) -> str:
        return of(any(map(self._is_enough, self.reads.trails)))

    def _is_enough(self, trail: dict) -> bool:
        flags = ("IsMultiRegionTrail", "IsLogging", "LogFileValidationEnabled")
        kinds = ("Read", "Write")
        return all(trail[flag] for flag in flags) and all(self._records(trail, kind) for kind in kinds) and not self._leaves_out(trail)

    def _records(self, trail: dict, kind: str) -> bool:
        """Whether a trail records all management events of `kind`: read or write. One that leaves out sources does not record
        them all (AWS Config, multi-region-cloudtrail-enabled); root's sign-ins, which are writes, are in it all the same."""
        answer = self.reads.selectors(trail)
        for one in answer.get("EventSelectors") or []:
            if one["IncludeManagementEvents"] and one["ReadWriteType"] in ("All", f"{kind}Only"):
                return True
        for one in answer.get("AdvancedEventSelectors") or []:
            fields = {field["Field"]: field for field in one["FieldSelectors"]}
            read_only = fields.get("readOnly", {}).get("Equals", ["true", "false"])
            narrowed = set(fields) - {"eventCategory", "readOnly", "eventSource"} or "NotEquals" not in fields.get("eventSource", {"NotEquals": []})
            if fields["eventCategory"]["Equals"] == ["Management"] and not narrowed and ("true" if kind == "Read" else "false") in read_only:
                return True
        return False

    def _leaves_out(self, trail: dict) -> list:
        """The event sources of management events that a trail does not record."""
        answer = self.reads.selectors(trail)
        classic = [source for one in answer.get("EventSelectors") or [] for source in one.get("ExcludeManagementEventSources", [])]
        fields = [field for one in answer.get("AdvancedEventSelectors") or [] for field in one["FieldSelectors"]]
        return classic + [source for field in fields if field["Field"] == "eventSource" for source in field.get("NotEquals", [])]

    def _everywhere(self, is_on: object) -> str:
        """Off in one region is a failure, whatever the others hide."""
        hidden, regions = False, DEFAULT_REGIONS
        try:
            regions = self.reads.regions
        except Denied:
            hidden = True
        for region in regions:
            try:
                if not is_on(region):
                    return FAIL
            except Denied:
                hidden = True
        return UNKNOWN if hidden else PASS

    def guardduty_on(self) -> str:
        return self._everywhere(self.reads.detects)

    def security_hub_on(self) -> str:
        return self._everywhere(self.reads.has_hub)

    def access_analyzer_on(self) -> str:
        return self._everywhere(self.reads.analyzes)

    def root_use_alarm(self) -> str:
        """Somebody is told of root, by a rule or by an alarm; of everybody's sign-ins is for a person to judge."""
        logging = [trail for trail in self.reads.trails if trail["IsLogging"]]
        ways = [(self._heard(rule), logging) for rule in self.reads.rules]
        for trail in logging:
            if trail["IsMultiRegionTrail"] and "CloudWatchLogsLogGroupArn" in trail:
                ways += [(verdict, [trail]) for verdict in self._counted(trail)]
        # What a trail records matters only to what would tell.
        for wanted in (PASS, MANUAL):
            if any(self._records(trail, "Write") for verdict, trails in ways if verdict == wanted for trail in trails):
                return wanted
        return FAIL

    def _heard(self, rule: dict) -> str:
        pattern = json.loads(rule["EventPattern"])
        through = patterns.lets_through(pattern, patterns.sign_in("Root"))
        if not through or not rule["State"].startswith("ENABLED") or not self._reaches_somebody(rule):
            return FAIL
        return MANUAL if patterns.lets_through(pattern, patterns.sign_in("IAMUser")) else PASS

    def _reaches_somebody(self, rule: dict) -> bool:
        """A target that is no topic of this account may; such a topic does with a confirmed subscription, and if its policy
        lets EventBridge publish."""
        targets = [target["Arn"] for target in self.reads.targets(rule["Name"])]
        return any(self.reads.subscribers(arn) != [] and self.reads.may_publish(arn) for arn in targets)

    def _counted(self, trail: dict) -> set[str]:
        _, _, _, region, _, _, group, *_ = trail["CloudWatchLogsLogGroupArn"].split(":")
        verdicts = set()
        for one in self.reads.filters(group, region):
            counted = patterns.counts(one["filterPattern"], patterns.sign_in("Root")["detail"])
            others = patterns.counts(one["filterPattern"], patterns.sign_in("IAMUser")["detail"])
            alarms = [alarm for metric in one["metricTransformations"] for alarm in self.reads.alarms(metric, region)]
            if counted and any(alarm["ActionsEnabled"] and alarm["AlarmActions"] for alarm in alarms):
                verdicts.add(MANUAL if others else PASS)
        return verdicts
