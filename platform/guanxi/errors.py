"""Everything that can be refused, as one tree, and the sentences that say why.

    GuanxiError
    ├── Refused                 a person can do something about it; carries problems
    │   ├── Unauthenticated     401  sign in first
    │   ├── Forbidden           403  signed in, but not allowed
    │   ├── NotFound            404  not there, or not visible: the answer is the same
    │   ├── Conflict            409  somebody was faster, or the state does not allow it
    │   ├── Gone                410  a one-time link was used or has expired
    │   ├── VersionMismatch     412  the record has changed since it was read
    │   ├── TooLarge            413  over a declared limit
    │   ├── Invalid             422  the content does not hold
    │   ├── VersionRequired     428  a change needs the version it was made on
    │   └── TooManyRequests     429  throttled; `retry_after` seconds
    ├── Unavailable             503  the database or a lock could not be had; safe to try again
    └── DefinitionsRefused      definitions do not compile; carries definition problems

Layers raise these by class; only the web edge turns them into HTTP.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import ClassVar


@dataclass(frozen=True, slots=True)
class Text:
    """A sentence for a person: a template in English and its values.

    The template is a gettext message id with `{name}` holes; it is translated where it is shown.
    A value may be a plain value, another `Text`, or a label map such as `{"en": ..., "zh-CN": ...}`.
    """

    template: str
    values: Mapping[str, object] = field(default_factory=dict)

    def __call__(self, **values: object) -> "Text":
        """The same sentence with these values."""
        return Text(self.template, values)

    def __str__(self) -> str:
        return self.template.format(**{name: _english(value) for name, value in self.values.items()})


def N_(template: str, /, **values: object) -> Text:  # noqa: N802 - the customary gettext marker
    """Mark a sentence for translation and bind its values."""
    return Text(template, values)


def _english(value: object) -> object:
    if isinstance(value, Mapping):
        return value.get("en") or next(iter(value.values()), "")
    return value


Sentence = Text | Mapping[str, str]
"""What a problem says: a product sentence, or a message that a definition brings in its languages."""


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing wrong with a piece of content.

    `field` is a JSON pointer into the submitted content (`/lines/0/discount`; empty: the whole);
    `code` is stable for programs; `message` says what is wrong and what to do.
    """

    field: str
    code: str
    message: Sentence

    def english(self) -> str:
        """The message in English, for logs and tests."""
        return str(_english(self.message))


class GuanxiError(Exception):
    """Root of everything raised on purpose."""


class Refused(GuanxiError):
    """A request that cannot be carried out, with what the person can do about it."""

    status: ClassVar[int] = 400
    code: ClassVar[str] = "refused"

    def __init__(self, message: Sentence, problems: Sequence[Problem] = ()) -> None:
        self.message = message
        self.problems = tuple(problems)
        super().__init__(str(_english(message)))


class Unauthenticated(Refused):
    """Nobody is signed in, or the token is not valid."""

    status, code = 401, "unauthenticated"


class Forbidden(Refused):
    """The person is known, but this is not theirs to do."""

    status, code = 403, "forbidden"


class NotFound(Refused):
    """Nothing there that this person may see."""

    status, code = 404, "not_found"


class Conflict(Refused):
    """The state of things does not allow it, or somebody was faster."""

    status, code = 409, "conflict"


class Gone(Refused):
    """A one-time link that was used or has expired."""

    status, code = 410, "gone"


class VersionMismatch(Refused):
    """The record has changed since the version the change was made on."""

    status, code = 412, "version_mismatch"


class TooLarge(Refused):
    """Over a declared limit of size."""

    status, code = 413, "too_large"


class Invalid(Refused):
    """The content does not hold; `problems` names every field at once."""

    status, code = 422, "invalid"


class VersionRequired(Refused):
    """A change must say on which version it was made."""

    status, code = 428, "version_required"


class TooManyRequests(Refused):
    """Throttled."""

    status, code = 429, "too_many_requests"

    def __init__(self, message: Sentence, retry_after: int) -> None:
        self.retry_after = retry_after
        super().__init__(message)


class Unavailable(GuanxiError):
    """Something outside (database, lock) could not be had; the request may be tried again."""


@dataclass(frozen=True, slots=True)
class DefinitionProblem:
    """One thing wrong with a definition: where, what, and what to write instead.

    `told` is message and hint as a text that can be translated, where there is one.
    """

    file: str
    pointer: str
    message: str
    hint: str = ""
    told: Text | None = field(default=None, compare=False, repr=False)

    @property
    def where(self) -> str:
        """The file, and the place in it."""
        return f"{self.file}{'#' + self.pointer if self.pointer else ''}"

    def __str__(self) -> str:
        return f"{self.where}: {self.message}" + (f" ({self.hint})" if self.hint else "")


class DefinitionsRefused(GuanxiError):
    """Definitions that do not compile, with all problems at once."""

    def __init__(self, problems: Sequence[DefinitionProblem]) -> None:
        self.problems = tuple(problems)
        super().__init__("\n".join(map(str, self.problems)))
