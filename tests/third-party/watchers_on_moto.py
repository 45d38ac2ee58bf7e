"""What watches over an account, set up on moto's AWS by boto3, region by region; `lockroot check` says whether it is on.

moto does not list regions, so that one call goes to the practice account, by an endpoint of its own in the environment.
moto has no IAM Access Analyzer.
"""

from __future__ import annotations

import json
import subprocess

import boto3

from emulator import Emulator
from ledger import Ledger
from served import Boto, Served
from terminal import bare_environment

HOME = "us-east-1"
CONTROLS = ("guardduty-on", "security-hub-on", "root-use-alarm")
TOPIC = "arn:aws:sns:us-east-1:123456789012:security"
ABOUT_ROOT = {
    "detail-type": ["AWS API Call via CloudTrail", "AWS Console Sign In via CloudTrail"],
    "detail": {"userIdentity": {"type": ["Root"]}},
}
CIS_FILTER = (
    '{ $.userIdentity.type = "Root" && $.userIdentity.invokedBy NOT EXISTS && $.eventType != "AwsServiceEvent" }'
)
METRIC = {"metricName": "RootUsage", "metricNamespace": "CISBenchmark", "metricValue": "1"}


class Account:
    """moto, seen by boto3 and by lockroot."""

    def __init__(self, binary: str, emulator: Emulator, served: Served) -> None:
        self._binary, self._emulator, self._served = binary, emulator, served
        self._keys = served.keys("root")
        listed = Boto(served.url, self._keys).call("account", "ListRegions", MaxResults=50)["Regions"]
        self.regions = [region["RegionName"] for region in listed if region["RegionOptStatus"].startswith("ENABLED")]

    def client(self, service: str, region: str = HOME):
        """boto3's client of `service` in `region`."""
        return boto3.client(
            service,
            endpoint_url=self._emulator.url,
            region_name=region,
            aws_access_key_id=self._keys.id,
            aws_secret_access_key=self._keys.secret,
        )

    def check(self) -> dict[str, dict]:
        """What lockroot says of each control."""
        environment = bare_environment("/nonexistent") | self._keys.environment()
        environment |= {"AWS_ENDPOINT_URL": self._emulator.url, "AWS_ENDPOINT_URL_ACCOUNT": self._served.url}
        command = [self._binary, "check", "--format", "json", "--only", ",".join(CONTROLS)]
        ended = subprocess.run(
            command, env=environment, stdin=subprocess.DEVNULL, capture_output=True, text=True, timeout=120
        )
        return {check["id"]: check for check in json.loads(ended.stdout)["checks"]}

    def says(self, ledger: Ledger, when: str, control: str, verdict: str, words: str = "") -> None:
        """A check of one control's verdict, and of its reason."""
        found = self.check()[control]
        ledger.equal(f"{when}: lockroot check says {control}", found["verdict"], verdict)
        if words:
            ledger.holds(f"{when}: and says {words!r}", words in found["why"], found["why"])


def run(binary: str, ledger: Ledger) -> None:
    """All checks of this file."""
    with Emulator() as emulator, Served(binary, "fresh") as served:
        with ledger.story("what watches over moto's account"):
            account = Account(binary, emulator, served)
            nothing_is_on(account, ledger)
            guardduty(account, ledger)
            security_hub(account, ledger)
            event_rule(account, ledger)
            metric_alarm(account, ledger)


def nothing_is_on(account: Account, ledger: Ledger) -> None:
    """On a new account."""
    found = account.check()
    ledger.equal("lockroot finds nothing on at moto", {id: found[id]["verdict"] for id in CONTROLS}, dict.fromkeys(CONTROLS, "fail"))
    ledger.holds("every enabled region was asked", f"all {len(account.regions)} enabled" in found["guardduty-on"]["why"])


def guardduty(account: Account, ledger: Ledger) -> None:
    """In one region, in all, and suspended in one."""
    account.client("guardduty", "eu-west-1").create_detector(Enable=True)
    account.says(ledger, "GuardDuty in one region", "guardduty-on", "fail", "(on in eu-west-1)")
    for region in account.regions:
        if region != "eu-west-1":
            account.client("guardduty", region).create_detector(Enable=True)
    account.says(ledger, "GuardDuty in every region", "guardduty-on", "pass")
    client = account.client("guardduty", "sa-east-1")
    client.update_detector(DetectorId=client.list_detectors()["DetectorIds"][0], Enable=False)
    account.says(ledger, "GuardDuty suspended in one region", "guardduty-on", "fail", "off in sa-east-1")


def security_hub(account: Account, ledger: Ledger) -> None:
    """In all regions but one, and in all."""
    *most, last = account.regions
    for region in most:
        account.client("securityhub", region).enable_security_hub()
    account.says(ledger, "Security Hub in all regions but one", "security-hub-on", "fail", f"off in {last}")
    account.client("securityhub", last).enable_security_hub()
    account.says(ledger, "Security Hub in every region", "security-hub-on", "pass")


def event_rule(account: Account, ledger: Ledger) -> None:
    """A rule of EventBridge: with a target, with a trail, in another region, disabled."""
    events = account.client("events")
    events.put_rule(Name="builds", EventPattern=json.dumps({"source": ["aws.codebuild"]}))
    account.says(ledger, "a rule about something else", "root-use-alarm", "fail", "No EventBridge rule")
    elsewhere = account.client("events", "eu-west-1")
    elsewhere.put_rule(Name="root-use", EventPattern=json.dumps(ABOUT_ROOT))
    elsewhere.put_targets(Rule="root-use", Targets=[{"Id": "1", "Arn": TOPIC}])
    account.says(ledger, "a rule in another region", "root-use-alarm", "fail", "No EventBridge rule")
    events.put_rule(Name="root-use", EventPattern=json.dumps(ABOUT_ROOT))
    account.says(ledger, "a rule without a target", "root-use-alarm", "fail", "has no target")
    events.put_targets(Rule="root-use", Targets=[{"Id": "1", "Arn": TOPIC}])
    account.says(ledger, "a rule without a trail", "root-use-alarm", "fail")
    account.client("s3").create_bucket(Bucket="trail-of-root")
    account.client("logs").create_log_group(logGroupName="trail")
    trails = account.client("cloudtrail")
    trails.create_trail(
        Name="everywhere",
        S3BucketName="trail-of-root",
        IsMultiRegionTrail=True,
        CloudWatchLogsLogGroupArn="arn:aws:logs:us-east-1:123456789012:log-group:trail:*",
        CloudWatchLogsRoleArn="arn:aws:iam::123456789012:role/trail",
    )
    # AWS's new trails record all management events; moto's have no selector at all.
    trails.put_event_selectors(
        TrailName="everywhere", EventSelectors=[{"ReadWriteType": "All", "IncludeManagementEvents": True}]
    )
    account.says(ledger, "a trail that does not log", "root-use-alarm", "fail")
    trails.start_logging(Name="everywhere")
    account.says(ledger, "a rule whose topic is not there", "root-use-alarm", "fail", "no confirmed subscriber")
    topics = account.client("sns")
    topics.create_topic(Name=TOPIC.rsplit(":", 1)[1])
    # SNS's own policy of a new topic is about the account, and lets no service publish.
    account.says(ledger, "a topic that takes nothing in", "root-use-alarm", "fail", "does not let EventBridge publish")
    publish = {"Effect": "Allow", "Principal": {"Service": "events.amazonaws.com"}, "Action": "sns:Publish", "Resource": TOPIC}
    policy = json.dumps({"Version": "2012-10-17", "Statement": [publish]})
    topics.set_topic_attributes(TopicArn=TOPIC, AttributeName="Policy", AttributeValue=policy)
    account.says(ledger, "a rule whose topic nobody reads", "root-use-alarm", "fail", "no confirmed subscriber")
    topics.subscribe(TopicArn=TOPIC, Protocol="email", Endpoint="security@example.com")
    account.says(ledger, "a rule, a target, a reader and a trail", "root-use-alarm", "pass", "root-use")
    events.disable_rule(Name="root-use")
    account.says(ledger, "a disabled rule", "root-use-alarm", "fail", "is disabled")
    events.remove_targets(Rule="root-use", Ids=["1"])
    events.delete_rule(Name="root-use")


def metric_alarm(account: Account, ledger: Ledger) -> None:
    """A metric filter on the trail's log group, and an alarm."""
    account.client("logs").put_metric_filter(
        logGroupName="trail", filterName="root", filterPattern=CIS_FILTER, metricTransformations=[METRIC]
    )
    account.says(ledger, "a metric filter without an alarm", "root-use-alarm", "fail", "no alarm watches it")
    alarms = account.client("cloudwatch")
    alarms.put_metric_alarm(
        AlarmName="root-used",
        Namespace=METRIC["metricNamespace"],
        MetricName=METRIC["metricName"],
        Statistic="Sum",
        Period=300,
        EvaluationPeriods=1,
        Threshold=1,
        ComparisonOperator="GreaterThanOrEqualToThreshold",
        AlarmActions=[TOPIC],
    )
    account.says(ledger, "a metric filter with an alarm", "root-use-alarm", "pass", "root-used")
    alarms.disable_alarm_actions(AlarmNames=["root-used"])
    account.says(ledger, "an alarm that does nothing", "root-use-alarm", "fail", "has no enabled actions")
