"""What stands under every notice, in Chinese and English (财产调查规定, Articles 21 to 24)."""

from __future__ import annotations

from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from backend.notices.domain import Reward

Text = dict[str, str]

# A round sum that is easy to reckon with.
EXAMPLE_RECOVERED = Decimal(100_000)
WANTED: dict[str, Text] = {
    "property": {
        "zh": "被执行人可供执行的财产线索,例如车辆、房产、存款、收入、公司股权,在哪里、在谁名下。",
        "en": "Property that can be enforced against: vehicles, homes, money, income, company shares;"
        " where it is and in whose name.",
    },
    "whereabouts": {
        "zh": "法院可以找到被执行人的线索。只告诉法院,不要自己去找。",
        "en": "What lets the court find the person or body listed. Tell the court only; do not look for them yourself.",
    },
}
WHO_PAYS: dict[str, Text] = {
    "creditor": {
        "zh": "申请执行人,一般从执行款中支付。",
        "en": "The creditor, normally out of what is recovered.",
    },
    "insurer": {
        "zh": "申请执行人投保的悬赏保险的保险公司。",
        "en": "The insurer with whom the creditor has insured the reward.",
    },
}
KNOWN: Text = {"zh": "法院已掌握的线索,不付。", "en": "Not for what the court already knew."}
NOTHING_RECOVERED: Text = {"zh": "没有执行到位的,不付。", "en": "Not if nothing is recovered."}
NOT_FOUND: Text = {"zh": "没有因线索找到的,不付。", "en": "Not if the tip does not lead to them."}
SAME_TIP: Text = {
    "zh": "已有人先提供同样线索的,不付。",
    "en": "Not for the same tip that somebody gave earlier.",
}
NOT_ELIGIBLE: list[Text] = [
    {"zh": "申请执行人的代理人", "en": "The creditor's agents"},
    {"zh": "有义务向法院提供线索的人", "en": "People obliged to give the court such tips"},
    {"zh": "其他不应当领取的情形", "en": "Others for whom a reward would be improper"},
]
HOW_TO_CLAIM: Text = {
    "zh": "法院确认线索有用、满足付款条件后,凭查询码或到法院领取。这时才需要实名;"
    "身份依法会让出钱的一方知道必要信息,对被执行人保密。",
    "en": "Once the court has found the tip useful and the condition is met, claim with your code or at the court."
    " Only then is your identity needed; whoever pays is told what is necessary, and it is kept from the debtor.",
}
MISUSE: Text = {
    "zh": "列入公示不等于犯罪。请勿上门、跟踪、骚扰、辱骂或转发扩散,违者可能要承担法律责任。",
    "en": "Being listed is not a crime. Do not visit, follow, harass or insult anyone, or spread this;"
    " doing so may be unlawful.",
}


STATES: dict[str, Text] = {
    "draft": {"zh": "草拟", "en": "Draft"},
    "approved": {"zh": "已批准,未发布", "en": "Approved, not published"},
    "published": {"zh": "发布中", "en": "Published"},
    "closed": {"zh": "已结束", "en": "Closed"},
    "paid": {"zh": "已付奖金", "en": "Paid"},
}
NAMES: dict[str, Text] = {
    "property": {"zh": "财产线索", "en": "Property"},
    "whereabouts": {"zh": "下落线索", "en": "Whereabouts"},
}
EVENTS: dict[str, Text] = {
    "draft": {"zh": "草拟", "en": "Drafted"},
    "approve": {"zh": "批准", "en": "Approved"},
    "publish": {"zh": "发布", "en": "Published"},
    "extend": {"zh": "延长", "en": "Extended"},
    "close": {"zh": "结束", "en": "Closed"},
    "pay": {"zh": "已付奖金", "en": "Paid"},
}
# Why a notice is over: what an officer may choose, and what the database says of itself.
CAUSES: dict[str, Text] = {
    "refused": {"zh": "不同意发布", "en": "The request was refused"},
    "creditor_request": {"zh": "申请执行人要求", "en": "At the creditor's request"},
    "performed": {"zh": "已履行", "en": "Performed"},
    "mistaken": {"zh": "有误", "en": "Mistaken"},
    "listing_ended": {"zh": "公示已结束", "en": "The listing ended"},
    "listing_suspended": {"zh": "公示已暂停", "en": "The listing was suspended"},
    "term_over": {"zh": "期满", "en": "After its last day"},
    "paid": {"zh": "已付奖金", "en": "Paid"},
}


def explained(row: Mapping[str, Any]) -> dict[str, Any]:
    """Everything that stands under a notice; `row` has its terms."""
    kind = row["kind"]
    reward = Reward(row["basis"], row["amount"], row["percent"], row["cap"])
    return {
        "wanted": WANTED[kind],
        "example": example(kind, reward),
        "who_pays": WHO_PAYS[row["funder"]],
        "not_paid": not_paid(kind, reward),
        "not_eligible": NOT_ELIGIBLE,
        "how_to_claim": HOW_TO_CLAIM,
        "court_adds": row["how_to_claim"],
        "misuse": MISUSE,
    }


def not_paid(kind: str, reward: Reward) -> list[Text]:
    """When nothing is: a fixed sum for whereabouts asks for nothing but that the tip led to them."""
    conditions = [NOT_FOUND] if kind == "whereabouts" else []
    if kind == "property" or reward.amount is None:
        conditions.append(NOTHING_RECOVERED)
    return [KNOWN, *conditions, SAME_TIP]


def promise(reward: Reward) -> Text:
    """What is promised, in one line."""
    if reward.amount is not None:
        amount = money(reward.amount)
        return {"zh": f"奖金 {amount} 元", "en": f"¥{amount}"}
    percent = _plain(reward.percent or Decimal(0))
    zh, en = f"执行到位金额的 {percent}%", f"{percent}% of what is recovered"
    if reward.cap is None:
        return {"zh": zh, "en": en}
    return {"zh": f"{zh},最高 {money(reward.cap)} 元", "en": f"{en}, at most ¥{money(reward.cap)}"}


def example(kind: str, reward: Reward) -> Text:
    """The reward of one case, with the cap where it bites."""
    paid = money(reward.for_recovered(EXAMPLE_RECOVERED))
    if reward.amount is None:
        recovered = money(EXAMPLE_RECOVERED)
        return {
            "zh": f"若因线索执行到位 {recovered} 元,奖金 {paid} 元",
            "en": f"If {recovered} yuan are recovered thanks to the tip, {paid} yuan",
        }
    if kind == "whereabouts":
        return {"zh": f"若因线索找到,奖金 {paid} 元", "en": f"If the tip leads to them, {paid} yuan"}
    return {"zh": f"若因线索执行到位,奖金 {paid} 元", "en": f"If money is recovered thanks to the tip, {paid} yuan"}


def money(yuan: Decimal) -> str:
    """`5,000` or `5,000.50`."""
    return f"{yuan:,.0f}" if yuan == yuan.to_integral_value() else f"{yuan:,.2f}"


def _plain(number: Decimal) -> str:
    return f"{number:f}".rstrip("0").rstrip(".") if "." in f"{number:f}" else f"{number:f}"
