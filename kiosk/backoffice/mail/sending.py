"""One mail to the server: how it went, in words that name nobody."""

import contextlib
import smtplib
import ssl
from dataclasses import dataclass
from email.message import EmailMessage

from kiosk.backoffice.mail.server import MailServer, Security

TIMEOUT_S = 20.0  # for each answer
ODD_LETTERS = "letters in the address that the server does not take"


@dataclass(frozen=True, slots=True)
class Failure:
    """`why` is a step and a code, or an error's name. `final`: another try would go no better.

    `general`: it is about the server rather than about this mail, so that others would fail too.
    """

    why: str
    final: bool = False
    general: bool = False


def send(mail: EmailMessage, server: MailServer) -> Failure | None:
    """Hand a mail over; None once the server has taken it.

    Where the connection ends after the text and before the answer, nobody knows whether the
    server has it: that is a failure here, and the mail goes again under the same Message-ID, by
    which mailboxes tell that it is the same one.
    A permanent answer (5xx) to the recipient or to the text is about this mail; to anything before
    (who signs in, who sends) it is about the settings, which somebody may yet mend.
    """
    try:
        smtp = _connected(server)
    except smtplib.SMTPResponseException as refused:
        signing_in = isinstance(refused, smtplib.SMTPAuthenticationError)
        step = "sign-in" if signing_in else "greeting"
        return Failure(f"{step} {refused.smtp_code}", general=True)
    except (smtplib.SMTPException, OSError) as error:
        return Failure(type(error).__name__, general=True)
    try:
        return _hand_over(mail, smtp)
    finally:
        # Whether it says good-bye or not: what it took, it has.
        with contextlib.suppress(smtplib.SMTPException, OSError):
            smtp.quit()
        smtp.close()


def _hand_over(mail: EmailMessage, smtp: smtplib.SMTP) -> Failure | None:
    try:
        smtp.send_message(mail)
    except smtplib.SMTPRecipientsRefused as refused:
        code = next(iter(refused.recipients.values()))[0]
        return Failure(f"recipient {code}", final=code >= 500)
    except smtplib.SMTPDataError as refused:
        return Failure(f"text {refused.smtp_code}", final=refused.smtp_code >= 500)
    except smtplib.SMTPNotSupportedError:
        return Failure(ODD_LETTERS, final=True)
    except smtplib.SMTPResponseException as refused:
        return Failure(f"sender {refused.smtp_code}", general=True)
    except (smtplib.SMTPException, OSError) as error:
        return Failure(type(error).__name__, general=True)
    return None


def _connected(server: MailServer) -> smtplib.SMTP:
    trusted = ssl.create_default_context()
    # Named, because asking for this machine's own name may wait for a name server.
    name, where = server.domain, (server.host, server.port)
    if server.security is Security.TLS:
        smtp: smtplib.SMTP = smtplib.SMTP_SSL(*where, name, timeout=TIMEOUT_S, context=trusted)
    else:
        smtp = smtplib.SMTP(*where, name, TIMEOUT_S)
    try:
        if server.security is Security.STARTTLS:
            smtp.starttls(context=trusted)
        if server.user:
            smtp.login(server.user, server.password)
    except BaseException:
        smtp.close()
        raise
    return smtp
