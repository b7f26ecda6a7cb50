"""The verbs of the platform, one a file: load, decide, save, append events, in one transaction.

Only this layer opens transactions. Commands never call commands; what several of them do is in the helper
modules beside them. Nothing reads without an actor.
"""
