"""Lets policies decide as they do on AWS, where the emulator by itself asks them too little.

- The policy of an event bus counts, and AWS::Events::EventBusPolicy makes one: the emulator keeps
  the statements of PutPermission and never looks at them.
- PutEvents is asked entry by entry, with `events:source` and `events:detail-type`. Without those a
  role whose grant is bound to its own source may publish nothing.
- A mail is asked on the sender's identity and on its configuration set, with `ses:FromAddress`; a look
  at an identity on that identity; the parameters below a path on that path. The emulator asks all of
  them on `*`, which only a grant on everything allows.
- A batch call of SQS needs the permission of the single call, as on AWS.
- `aws:PrincipalArn` of a role's session is the role, as on AWS, not the session.
- A policy is read once; the emulator by itself reads all policies of a role twice in every call.
"""

import contextvars
import functools
import json
from email.utils import parseaddr
from urllib.parse import unquote

from ministack.core import iam_actions, iam_evaluator
from ministack.services import eventbridge, iam, ses_v2
from ministack.services.cloudformation import provisioners

# What to ask instead of the emulator's own question: (resource, condition keys), all to be allowed.
questions_of_call = contextvars.ContextVar("questions_of_call", default=())

parse_policy_document = iam_evaluator.parse_policy_document
extract_resource_arn = iam_actions.extract_resource_arn
enforce = iam_evaluator.enforce
resolve_condition_key = iam_evaluator._resolve_condition_key


def note_questions(service, method, path, headers, body, query_params, region, account_id):
    def arn(of, resource):
        return f"arn:aws:{of}:{region}:{account_id}:{resource}"

    questions_of_call.set(())
    target = headers.get("x-amz-target", "")
    if target == "AWSEvents.PutEvents":
        questions_of_call.set(tuple(ask_events(read_json(body), arn)))
    elif service == "ses" and method == "POST" and path == "/v2/email/outbound-emails":
        questions_of_call.set(tuple(ask_mail(read_json(body), arn)))
    elif service == "ses" and method == "GET" and path.startswith("/v2/email/identities/"):
        return arn("ses", f"identity/{unquote(path.rpartition('/')[2])}")
    elif target == "AmazonSSM.GetParametersByPath":
        below = str(read_json(body).get("Path", "")).strip("/")
        return arn("ssm", f"parameter/{below}")
    return extract_resource_arn(service, method, path, headers, body, query_params, region, account_id)


def read_json(body):
    try:
        content = json.loads(body or b"{}")
    except ValueError:
        return {}
    return content if isinstance(content, dict) else {}


def ask_events(call, arn):
    for entry in call.get("Entries") or ():
        if not isinstance(entry, dict):
            continue
        bus = str(entry.get("EventBusName") or "default")
        keys = {"events:source": entry.get("Source"), "events:detail-type": entry.get("DetailType")}
        known = {name: value for name, value in keys.items() if value is not None}
        yield (bus if bus.startswith("arn:") else arn("events", f"event-bus/{bus}")), known


def ask_mail(call, arn):
    sender = parseaddr(call.get("FromEmailAddress") or "")[1]
    # The address itself where it is verified, otherwise its domain.
    domain = sender.rpartition("@")[2]
    identity = sender if sender in ses_v2._identities else domain
    keys = {"ses:FromAddress": sender}
    yield arn("ses", f"identity/{identity}"), keys
    if configuration_set := call.get("ConfigurationSetName"):
        yield arn("ses", f"configuration-set/{configuration_set}"), keys


def enforce_questions(access_key_id, iam_action, service, region, resource_arn="*", service_context=None):
    """Asks each question of the call; the first refusal is the answer."""
    if iam_action.startswith("sqs:"):
        iam_action = iam_action.removesuffix("Batch")
    for resource, keys in questions_of_call.get() or ((resource_arn, {}),):
        context = {**(service_context or {}), **keys}
        refused = enforce(access_key_id, iam_action, service, region, resource, context)
        if refused is not None:
            return refused
    return None


@functools.lru_cache(maxsize=1024)
def parse_policy_text(text):
    return parse_policy_document(text)


def parse_policy_once(document):
    return parse_policy_text(document) if isinstance(document, str) else parse_policy_document(document)


def resolve_key_with_role(key, context):
    value = resolve_condition_key(key, context)
    if key.lower() != "aws:principalarn" or ":assumed-role/" not in str(value):
        return value
    role = iam._roles.get(value.split("/")[1])
    return value if role is None else role["Arn"]


def bus_policy_for_arn(arn):
    """The policy of a bus and its owner, or None when the ARN is not that of a bus with a policy."""
    parts = arn.split(":", 5)
    if len(parts) < 6 or not parts[5].startswith("event-bus/"):
        return None
    policy = eventbridge._event_bus_policies.get(parts[5].removeprefix("event-bus/"))
    return None if policy is None else (policy, parts[4])


def put_statement(_logical_id, props, _stack_name):
    bus = props.get("EventBusName", "default")
    sid = props["StatementId"]
    statement = props.get("Statement")
    if statement is None:
        raise ValueError("AWS::Events::EventBusPolicy: give the whole Statement")
    if bus not in eventbridge._event_buses:
        raise ValueError(f"EventBus does not exist: {bus}")
    policy = eventbridge._event_bus_policies.get(bus) or {"Version": "2012-10-17", "Statement": []}
    others = [known for known in policy["Statement"] if known.get("Sid") != sid]
    eventbridge._event_bus_policies[bus] = {**policy, "Statement": [*others, {**statement, "Sid": sid}]}
    return sid, {}


def replace_statement(physical_id, old_props, new_props, stack_name):
    if any(old_props.get(key) != new_props.get(key) for key in ("EventBusName", "StatementId")):
        remove_statement(physical_id, old_props)
    return put_statement(physical_id, new_props, stack_name)


def remove_statement(_physical_id, props):
    eventbridge._remove_permission(
        {"EventBusName": props.get("EventBusName", "default"), "StatementId": props.get("StatementId")}
    )


def install():
    """Takes the place of the emulator's own functions; once, before it starts."""
    iam_actions.extract_resource_arn = note_questions
    iam_evaluator.enforce = enforce_questions
    iam_evaluator.parse_policy_document = parse_policy_once
    iam_evaluator._resolve_condition_key = resolve_key_with_role
    eventbridge.bus_policy_for_arn = bus_policy_for_arn
    iam_evaluator._RESOURCE_POLICY_LOOKUPS["events"] = ("eventbridge", "bus_policy_for_arn")
    provisioners._RESOURCE_HANDLERS["AWS::Events::EventBusPolicy"] = {
        "create": put_statement,
        "update": replace_statement,
        "delete": remove_statement,
    }
