"""User and password: from the environment or the keyring, never shown."""

import os
from urllib.parse import urlsplit


def login_for(
    service: str, address: str, user: str | None = None
) -> tuple[str, str] | None:
    """Return who to be at an address, or None where nothing is stored.

    CLOSER_<SERVICE>_USER and CLOSER_<SERVICE>_PASSWORD come first; then the keyring,
    if the `keyring` package is installed, under the name of the host.
    """
    user = user or os.environ.get(f"CLOSER_{service}_USER")
    password = os.environ.get(f"CLOSER_{service}_PASSWORD")
    if user and password:
        return user, password
    parts = urlsplit(address if "://" in address else f"//{address}")
    return _from_keyring(parts.hostname or address, user)


def _from_keyring(host: str, user: str | None) -> tuple[str, str] | None:
    try:
        import keyring  # noqa: PLC0415 - not everybody has one
        from keyring.errors import KeyringError  # noqa: PLC0415
    except ImportError:
        return None
    try:
        found = keyring.get_credential(host, user)
    except KeyringError:
        return None
    if found is None or not found.password:
        return None
    return found.username, found.password
