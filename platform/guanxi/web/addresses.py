"""Where to go next, as a request may ask for it: never off this site."""

from urllib.parse import quote

HOME = "/"


def local(address: str) -> str:
    r"""The address if it is a path of this site, else the start page.

    Browsers read `//host` and `/\host` as another site, and drop tabs and line breaks before they look.
    """
    if len(address) > 2000 or not address.startswith("/") or address.startswith("//"):
        return HOME
    if "\\" in address or not address.isprintable():
        return HOME
    return quote(address, safe="/?#[]@!$&'()*+,;=:%-._~")
