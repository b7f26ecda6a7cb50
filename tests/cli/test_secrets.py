"""`guanxi secret`: kept, named, never shown."""


def test_a_secret_is_asked_for_and_never_shown_again(base):
    kept = base("secret", "set", "webhook.billing", "--value", "correct horse battery")
    assert (kept.exit_code, kept.output) == (0, "Kept: webhook.billing\n")
    listed = base("secret", "list")
    assert (listed.exit_code, listed.output) == (0, "webhook.billing\n")


def test_a_short_one_is_refused(base):
    refused = base("secret", "set", "webhook.billing", "--value", "short")
    assert refused.exit_code == 1
    assert "at least 16 characters" in refused.output
