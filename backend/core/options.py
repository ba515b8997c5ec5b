"""Options that several commands share."""

from __future__ import annotations

from datetime import date

import click


class Day(click.ParamType[date]):
    """A day, as `2026-01-31`."""

    name = "YYYY-MM-DD"

    def convert(self, value: object, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            return date.fromisoformat(str(value))
        except ValueError:
            self.fail(f"{value} is no day such as 2026-01-31.", param, ctx)


DAY = Day()
