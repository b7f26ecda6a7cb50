"""The table that `make bench` prints."""

from collections.abc import Sequence

from bench.measuring import Figures

TARGET_RATIO = 1.0
_HEAD = ("measure", "way", "database", "control ms", "guanxi ms", "ratio")


def table(results: Sequence[tuple[str, Figures]], control: str, subject: str | None) -> str:
    """Rows of (database, figures) as aligned text; without a subject the last two columns stay empty."""
    rows = [_HEAD, *(_row(database, figures, control, subject) for database, figures in results)]
    widths = [max(len(row[place]) for row in rows) for place in range(len(_HEAD))]
    lines = ["  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows]
    return "\n".join([lines[0], "-" * len(lines[0]), *lines[1:]])


def verdict(results: Sequence[tuple[str, Figures]], control: str, subject: str) -> str:
    """How many of the measures are within the target."""
    ratios = [figures.ratio(subject, control) for _, figures in results]
    within = sum(ratio <= TARGET_RATIO for ratio in ratios)
    return (
        f"{within} of {len(ratios)} within the target of {TARGET_RATIO:.1f} x the control; highest "
        f"{max(ratios):.2f} x, lowest {min(ratios):.2f} x."
    )


def _row(database: str, figures: Figures, control: str, subject: str | None) -> tuple[str, ...]:
    place = (figures.measure, figures.way, database, f"{figures.typical(control):.3f}")
    if subject is None:
        return (*place, "-", "-")
    return (*place, f"{figures.typical(subject):.3f}", f"{figures.ratio(subject, control):.2f}")
