"""How sending can fail, by what may be done about it.

GuanxiError
└── NotDelivered     it did not arrive; trying again may help
    ├── Rejected     it did not arrive, and trying again will not help
    └── Doubtful     it may have arrived: sending again could send it twice
"""

from guanxi.errors import GuanxiError


class NotDelivered(GuanxiError):
    """It did not arrive; trying again may help. `status` is the reply's code, where there was a reply."""

    def __init__(self, message: str, status: int | None = None) -> None:
        self.status = status
        super().__init__(message)


class Rejected(NotDelivered):
    """It did not arrive, and trying again will not help."""


class Doubtful(NotDelivered):
    """It may have arrived: sending it again could send it twice."""
