"""What is said where a connection cannot be encrypted: who is not trusted, and why."""

import ssl


def failed(server: str, error: ssl.SSLError) -> str:
    """Return the one sentence for a handshake that failed; nothing was sent before.

    An authority of one's own is trusted by the standard variable SSL_CERT_FILE.
    """
    if isinstance(error, ssl.SSLCertVerificationError):
        why = error.verify_message.rstrip(".") or "it cannot be verified"
        return (
            f"{server} has a certificate that cannot be trusted ({why}), so nothing "
            "was sent. If the server is yours, name the file with its certificate in "
            "SSL_CERT_FILE."
        )
    return (
        f"{server} does not answer in an encrypted way, so nothing was sent. Check the "
        "address and the port."
    )
