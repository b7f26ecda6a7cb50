"""What is proved of a process before it is published: that it can be run to an end, whatever comes."""

from guanxi.definitions.proving.flaws import Flaw, Known
from guanxi.definitions.proving.prove import known_of, prove, refuse_unproved, warnings_of

__all__ = ["Flaw", "Known", "known_of", "prove", "refuse_unproved", "warnings_of"]
