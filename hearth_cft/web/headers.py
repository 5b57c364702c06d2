"""Define the headers of every response, and what a browser may do with our pages."""

from __future__ import annotations

from hearth_cft.config import Config

Headers = list[tuple[bytes, bytes]]

POLICY = "; ".join(
    (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "img-src 'self' data: blob:",
        "media-src 'self' blob:",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "worker-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
# The camera reads the QR code of the twelve words from another phone. The microphone records a
# client's voice notes (static/js/features/voice-notes/). The app asks for either only after a tap,
# and never asks for anything else.
PERMISSIONS = "camera=(self), microphone=(self), geolocation=(), payment=(), usb=()"
# Phones tell Hearth's responses by it from those of a proxy or a Wi-Fi's sign-in page
# (static/js/downloads/from-hearth.js). Proxies that answer in Hearth's place drop it.
MARK = (b"hearth", b"1")
# Some proxies and mobile networks shrink pictures, rewrite pages or add scripts to them. A phone
# can't keep a page that has one other byte. Every response forbids it (RFC 9111, section 5.2.2.6).
PAGE_CACHE = (b"cache-control", b"no-cache, no-transform")
FOREVER = (b"cache-control", b"public, max-age=31536000, immutable, no-transform")
NO_STORE = (b"cache-control", b"no-store, no-transform")


def security_headers(config: Config) -> Headers:
    """Return the headers for a response that a browser could open as a page."""
    return [
        (b"content-security-policy", POLICY.encode()),
        (b"referrer-policy", b"no-referrer"),
        (b"cross-origin-opener-policy", b"same-origin"),
        (b"permissions-policy", PERMISSIONS.encode()),
        *part_headers(config),
    ]


def part_headers(config: Config) -> Headers:
    """Return the headers for the scripts, styles, fonts and data of a page.

    The headers that apply only to pages are left out. They have no effect on these responses, and
    a first visit fetches a dozen of them.
    """
    headers = [
        (b"x-content-type-options", b"nosniff"),
        (b"cross-origin-resource-policy", b"same-origin"),
        MARK,
    ]
    if config.behind_tls:
        headers.append((b"strict-transport-security", _transport_security(config)))
    return headers


def _transport_security(config: Config) -> bytes:
    # With 0, browsers forget what they were told (RFC 6797, section 6.1.1). Without the header they
    # would remember it.
    subdomains = "; includeSubDomains" if config.hsts_subdomains else ""
    return f"max-age={config.hsts_max_age}{subdomains}".encode()
