"""A mail: plain text and the same as HTML, with one link that only shows something."""

from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime

from markupsafe import Markup, escape


@dataclass(frozen=True, slots=True)
class Letter:
    """What is written to whom, in the language of the recipient (`language`, a tag such as zh-CN).

    `link` is a whole address; `link_text` says where it leads. Without a link there is none.
    """

    to: str
    to_name: str
    subject: str
    text: str
    language: str
    link: str = ""
    link_text: str = ""


def mime(letter: Letter, sender: str, key: str, date: datetime) -> EmailMessage:
    """The message as it is sent; the same key gives the same Message-ID, by which receivers know a copy.

    Raises:
        ValueError: an address cannot be used.
    """
    message = EmailMessage()
    message["From"] = sender
    message["To"] = Address(letter.to_name, addr_spec=letter.to)
    message["Subject"] = " ".join(letter.subject.split())
    message["Message-ID"] = f"<{key}@{sender.rpartition('@')[2].rstrip('>')}>"
    message["Date"] = format_datetime(date)
    message["Content-Language"] = letter.language
    # Programs that answer for people who are away leave it alone.
    message["Auto-Submitted"] = "auto-generated"
    link = f"\n\n{letter.link_text}\n{letter.link}" if letter.link else ""
    message.set_content(f"{letter.text}{link}\n", cte="base64")
    message.add_alternative(_html(letter), subtype="html", cte="base64")
    return message


def _html(letter: Letter) -> str:
    paragraphs = Markup("").join(
        Markup("<p>{}</p>").format(Markup("<br>").join(escape(line) for line in part.split("\n")))
        for part in letter.text.split("\n\n")
    )
    link = (
        Markup('<p><a href="{}">{}</a></p>').format(letter.link, letter.link_text)
        if letter.link
        else Markup("")
    )
    page = Markup(
        '<!doctype html><html lang="{}"><meta charset="utf-8"><title>{}</title><body>{}{}</body></html>'
    )
    return str(page.format(letter.language, letter.subject, paragraphs, link))
