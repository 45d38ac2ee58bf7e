"""The wizard on moto's AWS, by the keys of tests/outside: what watches is turned on (GuardDuty, Security Hub, a trail's settings,
who hears of root), and what else moto knows of the wizard's calls. boto3 reads everything back.

moto lists no Regions, so that one call goes to the practice account, by an endpoint of its own in the environment. What moto
lacks or does otherwise than AWS is said with the checks; each is held, and is a failure once moto has learnt it.
"""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from botocore.exceptions import BotoCoreError, ClientError
from botocore.parsers import ResponseParserError

from calls import CALLS, READER, correct_trail, root_alarm, turn_on
from changes_by_others import sent
from emulator import CARRIED_OUT, CREDENTIALS, Emulator
from ledger import Ledger
from served import REGION, Boto, Keys, Refused, Served
from session import Session
from world import ADMINISTRATOR_ACCESS, OTHER_CONTACT, World

KEYS = Keys(CREDENTIALS["AWS_ACCESS_KEY_ID"], CREDENTIALS["AWS_SECRET_ACCESS_KEY"])
TOPIC = f"arn:aws:sns:{REGION}:123456789012:root-use"
ALL = {"ReadWriteType": "All", "IncludeManagementEvents": True}
# Rows of the matrix that moto can play as they stand there.
ROWS = (
    "DeleteAlternateContact",
    "DeleteAccountAlias",
    "DeleteAccountPasswordPolicy",
    "DeleteVirtualMFADevice",
    "CreateAccessKey",
    "TagUser",
    "UpdateLoginProfile",
    "RemoveUserFromGroup",
)
# Of the wizard's calls those that moto 5.2 does not know.
UNKNOWN = {
    "CreateAnalyzer",
    "PutContactInformation",
    "SendPhoneNumberVerification",
    "VerifyPhoneNumber",
    "ChangePassword",
    "ResyncMFADevice",
    "UpdateServiceSpecificCredential",
    "DeleteServiceSpecificCredential",
}
# What it knows and the wizard cannot be brought to there, with the reason.
OUT_OF_REACH = {
    "UpdateAccessKey": "every key at moto is new, and the wizard deactivates old ones; nobody is root there",
    "DeleteAccessKey": "it follows UpdateAccessKey",
    "DeleteLoginProfile": "every password at moto is new, and the wizard deletes what is long unused",
    "UpdateSigningCertificate": "it is about root's, and nobody is root at moto",
    "DeleteSigningCertificate": "it is about root's, and nobody is root at moto",
}


def run(binary: str, ledger: Ledger) -> None:
    """What watches in one session, a suspended detector in another one, then the rows."""
    with Emulator() as emulator, Served(binary, "fresh") as served:
        keys = served.keys("root").environment()
        keys |= {"AWS_ENDPOINT_URL": emulator.url, "AWS_ENDPOINT_URL_ACCOUNT": served.url}
        with ledger.story("what watches, set up by the wizard on moto"):
            leave_a_trail(emulator)
            with begun(binary, keys) as session:
                carry_out(session, "GuardDuty is turned on", turn_on("GuardDuty"), 1, ledger)
                detectors_are_read_back(emulator, ledger)
                carry_out(session, "Security Hub is turned on", turn_on("Security Hub"), 1, ledger)
                hub_is_read_back(emulator, ledger)
                carry_out(session, "the trail is corrected", correct_trail, 3, ledger)
                trail_is_read_back(emulator, ledger)
                tell_of_root(session, ledger)
                alarm_is_read_back(emulator, ledger)
        with ledger.story("a detector that is suspended on moto"):
            client = emulator.client("guardduty")
            [id] = client.list_detectors()["DetectorIds"]
            client.update_detector(DetectorId=id, Enable=False)
            with begun(binary, keys) as session:
                carry_out(session, "GuardDuty is resumed", turn_on("GuardDuty"), 1, ledger)
            detectors_are_read_back(emulator, ledger)
        with ledger.story("what moto does otherwise"):
            gaps(emulator, ledger)
    for label in ROWS:
        with ledger.story(f"{label} on moto"), Emulator() as emulator:
            row(label, binary, emulator, ledger)


@contextmanager
def begun(binary: str, keys: dict[str, str]) -> Iterator[Session]:
    """The wizard, once it has read the account."""
    with tempfile.TemporaryDirectory(prefix="lockroot-home-") as home, Session(binary, None, home, keys) as session:
        session.begin()
        yield session


def carry_out(session: Session, what: str, reach: Callable[[Session, None], None], calls: int, ledger: Ledger) -> None:
    """Goes to the review by keys, confirms it, waits for the proof, and comes back to the step."""
    reach(session, None)
    session.yes()
    session.wait_until(lambda: "What was done" in session.pane() and "What is true now" in session.pane(), "the proof")
    done = session.pane().split("What was done")[1].split("What is true now")[0]
    lines = [line for line in done.splitlines() if "read back" in line]
    ledger.equal(f"the wizard on moto: {what}, call by call, and read back", len(lines), calls)
    for _ in range(4):  # a key that came while the page was new is dropped
        session.press("esc")
        if session.comes_true(lambda: "What was done" not in session.pane(), 3.0):
            break


def tell_of_root(session: Session, ledger: Ledger) -> None:
    """Topic, subscription, rule and target. moto confirms at once, so that the wizard waits for nobody."""
    root_alarm(session, None)
    session.yes()
    session.wait_for("It passes. Read back from AWS")
    ledger.holds("the wizard on moto: root's use is told, and read back", "Root use triggers a notification" in session.pane())


def leave_a_trail(emulator: Emulator) -> None:
    """Of one Region, that does not log."""
    emulator.client("s3").create_bucket(Bucket="trail")
    emulator.client("cloudtrail").create_trail(Name="old", S3BucketName="trail")


def detectors_are_read_back(emulator: Emulator, ledger: Ledger) -> None:
    """One, and it works."""
    client = emulator.client("guardduty")
    states = [client.get_detector(DetectorId=id)["Status"] for id in client.list_detectors()["DetectorIds"]]
    ledger.equal("boto3 reads GuardDuty's detector", states, ["ENABLED"])


def hub_is_read_back(emulator: Emulator, ledger: Ledger) -> None:
    """The account is subscribed."""
    hub = emulator.client("securityhub").describe_hub()["HubArn"]
    ledger.equal("boto3 reads Security Hub's hub", hub, f"arn:aws:securityhub:{REGION}:123456789012:hub/default")


def trail_is_read_back(emulator: Emulator, ledger: Ledger) -> None:
    """Every Region, files validated, all management events, logging; and the bucket is what it was."""
    client = emulator.client("cloudtrail")
    [trail] = client.describe_trails()["trailList"]
    seen = (trail["IsMultiRegionTrail"], trail["LogFileValidationEnabled"], trail["S3BucketName"])
    ledger.equal("boto3 reads the trail's settings", seen, (True, True, "trail"))
    selectors = client.get_event_selectors(TrailName="old")["EventSelectors"]
    seen = [{name: one[name] for name in ALL} for one in selectors]
    ledger.equal("boto3 reads the trail's selectors", seen, [ALL])
    ledger.equal("boto3 reads that the trail logs", client.get_trail_status(Name="old")["IsLogging"], True)


def alarm_is_read_back(emulator: Emulator, ledger: Ledger) -> None:
    """Topic, policy, subscription, rule and target."""
    topics, events = emulator.client("sns"), emulator.client("events")
    policy = json.loads(topics.get_topic_attributes(TopicArn=TOPIC)["Attributes"]["Policy"])
    may = [(one["Principal"], one["Action"], one["Resource"]) for one in policy["Statement"] if "Service" in one["Principal"]]
    wanted = [({"Service": "events.amazonaws.com"}, "sns:Publish", TOPIC)]
    ledger.equal("boto3 reads whom the topic lets publish", may, wanted)
    subscribed = topics.list_subscriptions_by_topic(TopicArn=TOPIC)["Subscriptions"]
    ledger.equal("boto3 reads the subscription", [(one["Protocol"], one["Endpoint"]) for one in subscribed], [("email", READER)])
    [rule] = events.list_rules()["Rules"]
    seen = (rule["Name"], rule["State"], json.loads(rule["EventPattern"])["detail"]["userIdentity"])
    wanted = ("root-use", "ENABLED_WITH_ALL_CLOUDTRAIL_MANAGEMENT_EVENTS", {"type": ["Root"]})
    ledger.equal("boto3 reads the rule", seen, wanted)
    targets = [one["Arn"] for one in events.list_targets_by_rule(Rule="root-use")["Targets"]]
    ledger.equal("boto3 reads the rule's target", targets, [TOPIC])


def row(label: str, binary: str, emulator: Emulator, ledger: Ledger) -> None:
    """One row of the matrix: set up, reached and confirmed as there, judged by what boto3 reads."""
    call = next(call for call in CALLS if call.label == label)
    world = World(emulator.moto, KEYS, lambda: "")
    prepare(world)
    call.set_up(world)
    with begun(binary, CREDENTIALS | {"AWS_ENDPOINT_URL": emulator.url}) as session:
        call.reach(session, world)
        session.yes()
        session.wait_until(lambda: emulator.made(call.target) and bool(call.is_done(world)), "what boto3 reads")
        ledger.holds(f"the wizard on moto made {label}, and boto3 reads it", True)


def prepare(world: World) -> None:
    """What of the matrix's account the rows need."""
    world.iam.create_group(GroupName="Administrators")
    world.iam.attach_group_policy(GroupName="Administrators", PolicyArn=ADMINISTRATOR_ACCESS)
    world.make_administrator("ada", device=True)
    world.iam.create_user(UserName="deployer")
    world.iam.create_virtual_mfa_device(VirtualMFADeviceName="left-over")
    world.account.put_alternate_contact(AlternateContactType="BILLING", **OTHER_CONTACT)


def gaps(emulator: Emulator, ledger: Ledger) -> None:
    """What moto 5.2 does otherwise than AWS, each shown. The table in README.md is this one."""
    topics, events, client = emulator.client("sns"), emulator.client("events"), emulator.client
    subscription = topics.list_subscriptions_by_topic(TopicArn=TOPIC)["Subscriptions"][0]["SubscriptionArn"]
    seven = [{"Id": str(number), "Arn": TOPIC} for number in range(7)]
    for what, is_so in {
        "a subscription by e-mail is confirmed at once": subscription != "PendingConfirmation",
        "a topic that is there takes other attributes": takes(lambda: topics.create_topic(Name="root-use", Attributes={"DisplayName": "x"})),
        "text that is no address can subscribe by e-mail": takes(lambda: topics.subscribe(TopicArn=TOPIC, Protocol="email", Endpoint="nobody")),
        "a rule takes more than five targets": takes(lambda: events.put_targets(Rule="root-use", Targets=seven)),
        "a Region takes a second detector": takes(lambda: client("guardduty").create_detector(Enable=True)),
        "Security Hub can be enabled twice": takes(lambda: client("securityhub").enable_security_hub()),
        "a new trail has no event selectors": new_trail_records_nothing(emulator),
        "there is no IAM Access Analyzer": not takes(client("accessanalyzer").list_analyzers),
        "no Regions are listed": not takes(client("account").list_regions),
        "there is no primary contact": not takes(client("account").get_contact_information),
    }.items():
        ledger.holds(f"moto's own gap, as README.md says: {what}", is_so)
    learnt = [action for action in sorted(sent()) if action.split(":")[1] in UNKNOWN and knows(emulator, action)]
    ledger.equal("moto knows none of the calls that are said to be unknown to it", learnt, [])


def knows(emulator: Emulator, action: str) -> bool:
    """Whether moto answers the call as AWS would, with whatever error, and not with a page."""
    service, operation = action.split(":")
    try:
        Boto(emulator.moto, KEYS).call(service.replace("access-analyzer", "accessanalyzer"), operation)
    except Refused as refused:
        return refused.code not in ("404", "500")
    except ResponseParserError:
        return False
    return True


def takes(call: Callable[[], object]) -> bool:
    """Whether moto does it."""
    try:
        call()
    except (ClientError, BotoCoreError):
        return False
    return True


def new_trail_records_nothing(emulator: Emulator) -> bool:
    """AWS's records all management events."""
    client = emulator.client("cloudtrail")
    client.create_trail(Name="newer", S3BucketName="trail")
    return client.get_event_selectors(TrailName="newer")["EventSelectors"] == []


def every_call_is_accounted_for(ledger: Ledger) -> None:
    """Once all runs on moto are over: each change was made there, or moto does not know it, or it is said why not."""
    changes = {action.split(":")[1] for action in sent()}
    done = changes & CARRIED_OUT
    print(f"      on moto the wizard made: {', '.join(sorted(done))}")
    print(f"      moto does not know: {', '.join(sorted(UNKNOWN))}")
    for call, why in OUT_OF_REACH.items():
        print(f"      {call} is not made on moto: {why}")
    ledger.equal("every change was made on moto, or it is said why not", sorted(changes - done - UNKNOWN - set(OUT_OF_REACH)), [])
    ledger.equal("nothing of that was made all the same", sorted(done & (UNKNOWN | set(OUT_OF_REACH))), [])
