"""One small typed language for every condition, formula, filter and rule.

Python's syntax over the declared members of an entity; `compile_formula` checks a text before anything is
evaluated. The back ends agree by test: `Formula.evaluate` on a record in memory, `condition_sql` and
`value_sql` on tables of SQLite and PostgreSQL, and `explain`, which tells the value of every part.
"""

from guanxi.expressions.errors import ExpressionError, ExpressionProblem
from guanxi.expressions.explain import Each, Explanation, Step, explain
from guanxi.expressions.explain_reasons import Shows, because, sentence, spoken
from guanxi.expressions.formula import Formula, compile_formula
from guanxi.expressions.sets import SqlValue, condition_sql, value_sql
from guanxi.expressions.tables import Bind, ColumnRef, TableRef, Tables
from guanxi.expressions.types import (
    BOOLEAN,
    DATE,
    DATETIME,
    DURATION,
    INTEGER,
    STANDARD_VARIABLES,
    TEXT,
    CollectionType,
    DecimalType,
    MoneyType,
    OptionsType,
    ReferenceType,
    Shape,
    Shapes,
    TextType,
    Type,
)

__all__ = [
    "BOOLEAN",
    "DATE",
    "DATETIME",
    "DURATION",
    "INTEGER",
    "STANDARD_VARIABLES",
    "TEXT",
    "Bind",
    "CollectionType",
    "ColumnRef",
    "DecimalType",
    "Each",
    "Explanation",
    "ExpressionError",
    "ExpressionProblem",
    "Formula",
    "MoneyType",
    "OptionsType",
    "ReferenceType",
    "Shape",
    "Shapes",
    "Shows",
    "SqlValue",
    "Step",
    "TableRef",
    "Tables",
    "TextType",
    "Type",
    "because",
    "compile_formula",
    "condition_sql",
    "explain",
    "sentence",
    "spoken",
    "value_sql",
]
