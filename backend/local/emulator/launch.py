"""Starts the AWS emulator, with what AWS does and it does not.

The gateway hands on the headers of a service's answer (ETag, Link, Retry-After, Content-Encoding, the
type of a problem document); the emulator keeps the content type alone, and on errors not even that.
What stands in a path is encoded on its way to the service; the emulator passes it on decoded, which no
HTTP can carry. A service that cannot be reached is a 504 of the gateway, not a 500. Limits of single
operations count: the emulator does not know their paths, whose slashes CloudFormation writes as ~1.

Policies are asked as on AWS: see authorization.py. What becomes of a mail is told: see mail_events.py.

SIGUSR1 saves the state, which the emulator by itself does only when it is stopped in order.
"""

import contextvars
import logging
import signal
import urllib.error
from urllib.parse import quote

import authorization
import mail_events
from ministack import app
from ministack.services import apigateway_v1 as gateway
from ministack.services.cloudformation import provisioners

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
method_settings = provisioners._apigw_method_settings


async def open_url_noting_headers(request, timeout_seconds):
    try:
        answer = await open_url(request, timeout_seconds)
    except urllib.error.HTTPError as error:
        answer_headers.set(dict(error.headers.items()))
        raise
    answer_headers.set(answer[1])
    return answer


async def invoke_http_proxy_with_headers(integration, path, method, headers, body, query_params, path_params=None):
    answer_headers.set(None)
    encoded = {name: quote(value, safe="", errors="surrogatepass") for name, value in (path_params or {}).items()}
    answer = await invoke_http_proxy(integration, path, method, headers, body, query_params, encoded)
    answered = answer_headers.get()
    if answered is None:
        # Nothing was answered at all: refused, reset or too late.
        return gateway._gw_error("INTEGRATION_FAILURE", "Network error communicating with endpoint")
    status, _, content = answer
    passed = {name: value for name, value in answered.items() if name.lower() not in NOT_PASSED_ON}
    return status, passed, content


def method_settings_by_path(raw):
    """`/~1auth~1login/POST` is `/auth/login/POST`; the entry for everything stays `*/*`."""
    return {
        name.removeprefix("/").replace("~1", "/") if "~1" in name else name: entry
        for name, entry in method_settings(raw).items()
    }


def save_state(*_):
    try:
        app.save_all(app._build_persistence_save_dict())
    except Exception:
        logging.getLogger("launch").exception("the state could not be saved")


gateway._urlopen_async = open_url_noting_headers
gateway._invoke_http_proxy_v1 = invoke_http_proxy_with_headers
provisioners._apigw_method_settings = method_settings_by_path
signal.signal(signal.SIGUSR1, save_state)
authorization.install()
mail_events.install()
app.main()
