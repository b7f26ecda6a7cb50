"""Handing a mail to the mail server."""

from email.message import EmailMessage
from email.utils import parseaddr

from aiosmtplib import SMTP, SMTPException, SMTPResponseException

from guanxi.delivery.outcome import Doubtful, NotDelivered, Rejected
from guanxi.settings import MailAccount

SECONDS = 20


async def hand_in(account: MailAccount, message: EmailMessage) -> None:
    """Give a message with one recipient to the mail server.

    Raises:
        Rejected: the server will never take it (5xx).
        Doubtful: the connection ended after the content was sent and before the server said that it has it.
        NotDelivered: anything else; nothing was taken.
    """
    server = SMTP(
        hostname=account.host,
        port=account.port,
        username=account.user or None,
        password=account.password or None,
        use_tls=account.security == "tls",
        start_tls=account.security == "starttls",
        timeout=SECONDS,
    )
    try:
        await server.connect()
        await server.mail(parseaddr(str(message["From"]))[1])
        await server.rcpt(parseaddr(str(message["To"]))[1])
    except (SMTPException, OSError) as error:
        server.close()
        raise _told(error) from error
    try:
        await server.data(message.as_bytes())
    except SMTPResponseException as error:
        raise _told(error) from error
    except (SMTPException, OSError) as error:
        raise Doubtful(f"The mail server was lost while it took the mail: {error}") from error
    finally:
        # It has the mail, or has not: how the parting goes changes nothing.
        server.close()


def _told(error: Exception) -> NotDelivered:
    """What the server said; the password is never part of it."""
    if isinstance(error, SMTPResponseException):
        kind = Rejected if error.code >= 500 and error.code not in (530, 534, 535, 538) else NotDelivered
        return kind(f"The mail server said {error.code} {error.message}", error.code)
    return NotDelivered(f"The mail server cannot be reached: {error}")
