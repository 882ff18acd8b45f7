"""What SES does with a mail besides taking it, where the emulator stops at that.

- The configuration set's EventBridge destinations hear of it on the default bus: Send and Delivery,
  or what an address of SES's mailbox simulator stands for (bounce@simulator.amazonses.com bounces,
  complaint@ is delivered and complained of).
- The message as it was handed over is kept beside what the emulator lists of it, as `Raw` in base64.
"""

import json
import logging
import time

from ministack import app
from ministack.core.responses import get_account_id, new_uuid
from ministack.services import eventbridge, ses, ses_v2

SIMULATOR = "@simulator.amazonses.com"
FATES = {"bounce": ("Bounce",), "suppressionlist": ("Bounce",), "complaint": ("Delivery", "Complaint")}
DETAIL_TYPES = {
    "Send": "Email Sent",
    "Delivery": "Email Delivered",
    "Bounce": "Email Bounced",
    "Complaint": "Email Complaint Received",
}

handle_request = ses_v2.handle_request
list_messages = app._handle_ses_messages_request
log = logging.getLogger("mail-events")


async def handle_request_and_tell(method, path, headers, body, query_params):
    answer = await handle_request(method, path, headers, body, query_params)
    if method == "POST" and path.rstrip("/").endswith("/outbound-emails") and answer[0] == 200:
        try:
            after_send(json.loads(body), json.loads(answer[2])["MessageId"])
        except Exception:
            log.exception("what became of a mail could not be told")
    return answer


def after_send(call, message_id):
    raw = call.get("Content", {}).get("Raw", {}).get("Data")
    record = next((mail for mail in reversed(ses_v2._sent_emails_list()) if mail["MessageId"] == message_id), None)
    if raw is not None and record is not None:
        record["Raw"] = raw
    configuration_set = ses_v2._config_sets.get(call.get("ConfigurationSetName", ""))
    destinations = ((configuration_set or {}).get("EventDestinations") or {}).values()
    wanted = {
        kind.upper()
        for destination in destinations
        if destination.get("Enabled") and destination.get("EventBridgeDestination")
        for kind in destination.get("MatchingEventTypes", ())
    }
    recipients = call.get("Destination", {}).get("ToAddresses", [])
    for kind, detail in fates_of(recipients):
        if kind.upper() in wanted:
            publish(kind, {"eventType": kind, "mail": describe(call, message_id, recipients), **detail})


def fates_of(recipients):
    yield "Send", {"send": {}}
    for address in recipients:
        person = address.partition("@")[0].partition("+")[0] if address.endswith(SIMULATOR) else ""
        for kind in FATES.get(person, ("Delivery",)):
            yield kind, detail_of(kind, address)


def detail_of(kind, address):
    moment = time.strftime("%Y-%m-%dT%H:%M:%S.000Z", time.gmtime())
    if kind == "Bounce":
        recipients = [{"emailAddress": address, "action": "failed", "status": "5.1.1"}]
        bounce = {"bounceType": "Permanent", "bounceSubType": "General", "bouncedRecipients": recipients}
        return {"bounce": {**bounce, "timestamp": moment, "feedbackId": new_uuid()}}
    if kind == "Complaint":
        recipients = [{"emailAddress": address}]
        return {"complaint": {"complainedRecipients": recipients, "timestamp": moment, "feedbackId": new_uuid()}}
    return {"delivery": {"recipients": [address], "timestamp": moment, "smtpResponse": "250 OK"}}


async def list_messages_with_raw(*arguments):
    answer = await list_messages(*arguments)
    if answer is None or answer[0] != 200:
        return answer
    raws = {
        record["MessageId"]: record["Raw"]
        for entries in ses._sent_emails.to_dict().values()
        if isinstance(entries, list)
        for record in entries
        if "Raw" in record
    }
    content = json.loads(answer[2])
    for messages in content["messages"].values():
        for message in messages:
            if message["MessageId"] in raws:
                message["Raw"] = raws[message["MessageId"]]
    return answer[0], answer[1], json.dumps(content).encode()


def describe(call, message_id, recipients):
    tags = {tag["Name"]: [tag["Value"]] for tag in call.get("EmailTags", [])}
    return {
        "messageId": message_id,
        "source": call.get("FromEmailAddress", ""),
        "sendingAccountId": get_account_id(),
        "destination": recipients,
        "tags": {"ses:configuration-set": [call.get("ConfigurationSetName", "")], **tags},
    }


def publish(kind, detail):
    entry = {"Source": "aws.ses", "DetailType": DETAIL_TYPES[kind], "Detail": json.dumps(detail)}
    eventbridge._put_events({"Entries": [entry]}, allow_aws_source=True)


def install():
    """Takes the place of the emulator's own functions; once, before it starts."""
    ses_v2.handle_request = handle_request_and_tell
    app._handle_ses_messages_request = list_messages_with_raw
