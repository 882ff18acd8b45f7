"""Starts the AWS emulator, with what AWS does and it does not.

The gateway hands on the headers of a service's answer (ETag, Link, Retry-After, Content-Encoding, the
type of a problem document); the emulator keeps the content type alone, and on errors not even that.
A service that cannot be reached is a 504 of the gateway, not a 500.

Policies are asked as on AWS: see authorization.py. What becomes of a mail is told: see mail_events.py.

SIGUSR1 saves the state, which the emulator by itself does only when it is stopped in order.
"""

import contextvars
import logging
import signal
import urllib.error

import authorization
import mail_events
from ministack import app
from ministack.services import apigateway_v1 as gateway

# They belong to one connection (RFC 9110, 7.6.1), or are set anew by the server in front.
NOT_PASSED_ON = frozenset(
    {
        "connection",
        "content-length",
        "date",
        "keep-alive",
        "proxy-authenticate",
        "proxy-connection",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
    }
)

answer_headers = contextvars.ContextVar("answer_headers", default=None)
open_url = gateway._urlopen_async
invoke_http_proxy = gateway._invoke_http_proxy_v1


async def open_url_noting_headers(request, timeout_seconds):
    try:
        answer = await open_url(request, timeout_seconds)
    except urllib.error.HTTPError as error:
        answer_headers.set(dict(error.headers.items()))
        raise
    answer_headers.set(answer[1])
    return answer


async def invoke_http_proxy_with_headers(*arguments, **options):
    answer_headers.set(None)
    answer = await invoke_http_proxy(*arguments, **options)
    headers = answer_headers.get()
    if headers is None:
        # Nothing was answered at all: refused, reset or too late.
        return gateway._gw_error("INTEGRATION_FAILURE", "Network error communicating with endpoint")
    status, _, body = answer
    passed = {name: value for name, value in headers.items() if name.lower() not in NOT_PASSED_ON}
    return status, passed, body


def save_state(*_):
    try:
        app.save_all(app._build_persistence_save_dict())
    except Exception:
        logging.getLogger("launch").exception("the state could not be saved")


gateway._urlopen_async = open_url_noting_headers
gateway._invoke_http_proxy_v1 = invoke_http_proxy_with_headers
signal.signal(signal.SIGUSR1, save_state)
authorization.install()
mail_events.install()
app.main()
