"""Fictional decisions: duties without creditors, case numbers of a year to come, dates of the past three years."""

from __future__ import annotations

import random
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import count

from backend.listings.demo.words import table, weighted

_YEARS_PUBLISHED = 3
_GROUNDS = (
    "有履行能力而拒不履行生效法律文书确定义务",
    "以伪造证据、暴力、威胁等方法妨碍、抗拒执行",
    "以虚假诉讼、虚假仲裁或者以隐匿、转移财产等方法规避执行",
    "违反财产报告制度",
    "违反限制消费令",
    "无正当理由拒不履行执行和解协议",
)
_GROUND_SETS = weighted("cases", "grounds")
_PERFORMANCES = weighted("cases", "performances")
_DUTIES: list[str] = table("cases")["duties"]
_WITHHELD_DUTIES: list[str] = table("cases")["withheld_duties"]
_AMOUNTS = (1_000, 5_000, 20_000, 60_000, 150_000, 600_000, 3_000_000)


@dataclass
class CaseBook:
    """Draws decisions; numbers its cases one after the other, so that no two listings share one by accident."""

    rng: random.Random
    today: date
    numbers: count[int]
    last: dict[str, str]

    @classmethod
    def opened(cls, rng: random.Random, today: date) -> CaseBook:
        return cls(rng, today, count(1), {})

    def draw(self, court: Mapping[str, str], *, alone: bool) -> dict[str, object]:
        """The part of a record that says what was decided; `court` has court_code, court_name and province.

        Unless `alone`, one case in twelve is that of the court's last listing: co-debtors share a case number.
        """
        rng = self.rng
        age_days = int(365 * _YEARS_PUBLISHED * rng.random() ** 1.6)
        published_on = self.today - timedelta(days=age_days)
        grounds = _GROUND_SETS.draw(rng)
        performance = _PERFORMANCES.draw(rng)
        number = next(self.numbers)
        paid, open_part = self._parts(performance)
        return {
            "caseCode": self._case_number(court["court_code"], number, alone=alone),
            "courtName": court["court_name"],
            "areaName": court["province"],
            "gistId": f"（2098）{court['court_code']}民初{number}号",
            "gistUnit": court["court_name"],
            "regDate": _written(published_on - timedelta(days=rng.randint(20, 400))),
            "publishDate": _written(published_on),
            "duty": self._duty(),
            "performance": performance,
            "performedPart": paid,
            "unperformPart": open_part,
            "disruptTypeName": ",".join(_GROUNDS[int(ground) - 1] for ground in grounds.split(",")),
            "term_ends_on": self._term(grounds, published_on),
        }

    def _case_number(self, court_code: str, number: int, *, alone: bool) -> str:
        if not alone and self.rng.random() < 0.08 and court_code in self.last:
            return self.last.pop(court_code)
        kind = "执恢" if self.rng.random() < 0.1 else "执"
        self.last[court_code] = f"（2099）{court_code}{kind}{number}号"
        return self.last[court_code]

    def _duty(self) -> str:
        rng = self.rng
        chance = rng.random()
        if chance < 0.03:
            return ""
        template = rng.choice(_WITHHELD_DUTIES if chance < 0.05 else _DUTIES)
        return template.format(
            amount=f"{self._amount():,}",
            small=f"{rng.randrange(500, 50_000, 50):,}",
            rate=rng.choice(("3.65", "6", "12")),
            number=rng.randint(1, 300),
            building=rng.randint(1, 20),
            unit=rng.randint(1, 5),
            room=rng.randint(1001, 1899),
        )

    def _parts(self, performance: str) -> tuple[str, str]:
        if performance != "部分未履行":
            return "暂无", "暂无"
        amount = self._amount()
        return f"{amount // 4:,}元", f"{amount - amount // 4:,}元"

    def _amount(self) -> int:
        low = self.rng.randrange(len(_AMOUNTS) - 1)
        return self.rng.randrange(_AMOUNTS[low], _AMOUNTS[low + 1], 100)

    def _term(self, grounds: str, published_on: date) -> str:
        """Half of the listings on grounds 2 to 6 state their term, as the official feed never does; none is over."""
        if grounds == "1" or self.rng.random() < 0.5:
            return ""
        for years in (2, 3, 4, 5):
            ends_on = published_on + timedelta(days=365 * years)
            if ends_on > self.today + timedelta(days=10):
                return ends_on.isoformat()
        return ""


def _written(day: date) -> str:
    return f"{day.year}年{day.month:02d}月{day.day:02d}日"
