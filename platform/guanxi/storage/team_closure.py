"""Which teams are at or below which: one row for each pair, kept up whenever a team is written.

Scopes and the chain of managers are answered from it without walking the tree.
"""

from guanxi.storage.session import Session

TEAM = "team"
DEEPEST = 50
"""A tree that is deeper has a circle in it; the walk ends there."""

_CLEAR = "DELETE FROM g_team_closure"
_FILL = f"""
INSERT INTO g_team_closure (ancestor, descendant, depth)
WITH RECURSIVE pairs (ancestor, descendant, depth) AS (
  SELECT id, id, 0 FROM e_team
  UNION ALL
  SELECT p.ancestor, t.id, p.depth + 1 FROM pairs p JOIN e_team t ON t.parent_team = p.descendant
  WHERE p.depth < {DEEPEST}
)
SELECT ancestor, descendant, min(depth) FROM pairs GROUP BY ancestor, descendant
"""


def keep_closure(session: Session) -> None:
    """Write all pairs anew together with the commit; there are a few thousand at most."""
    if session.dialect == "postgres":
        # Two changes of the tree at once: the second one sees the first.
        session.at_end("LOCK TABLE g_team_closure IN SHARE ROW EXCLUSIVE MODE")
    session.at_end(_CLEAR)
    session.at_end(_FILL)
