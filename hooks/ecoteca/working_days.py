"""Working days in Italy: Sundays, national holidays, and the days between them.

The holidays come from the `holidays` library: those of the whole country, without any town's patron saint. It knows the
years from 1870 to 2100; outside them only Sundays count as holidays.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import lru_cache

from holidays import country_holidays

_DAY = timedelta(days=1)
SATURDAY, SUNDAY = 5, 6


@lru_cache(maxsize=512)
def national_holidays(year: int) -> Mapping[date, str]:
    """The national holidays of a year with their Italian names, in order."""
    # The language is said, because the library would otherwise take it from the machine.
    return dict(sorted(country_holidays("IT", language="it_IT", years=year).items()))


def holiday_name(day: date) -> str:
    """What makes a day a holiday: «domenica», «Epifania»; empty for any other day."""
    return "domenica" if day.weekday() == SUNDAY else national_holidays(day.year).get(day, "")


def is_working_day(day: date) -> bool:
    """Monday to Friday, unless a national holiday."""
    return day.weekday() < SATURDAY and not holiday_name(day)


def off_holidays(day: date, *, saturdays: bool, backwards: bool = False) -> date:
    """The day itself or, where it is a holiday (or, with `saturdays`, a Saturday), the first after it that is not.

    `backwards` looks before it instead: a term that counts back moves back, or it would take time away from whom the
    term protects (Cassazione civile, sez. III, 14767/2014, on art. 155 of the code of civil procedure).
    """
    step = -_DAY if backwards else _DAY
    while holiday_name(day) or (saturdays and day.weekday() == SATURDAY):
        day += step
    return day


def working_days_from(day: date, count: int) -> date:
    """The `count`-th working day after a day, or before it where `count` is negative; the day itself never counts."""
    step = _DAY if count > 0 else -_DAY
    for _ in range(abs(count)):
        day += step
        while not is_working_day(day):
            day += step
    return day
