"""What the product refuses with, in Chinese: errors carry English, which a page in Chinese does not tell as it is.

`{}` stands for what differs. What no table knows is told as it is.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from backend.console.refusal_titles import TITLES
from backend.core.desk import t

# Details of refusals, exact or with places for what differs.
DETAILS: Mapping[str, str] = {
    "Such a cause is decided for one listing at a time.": "这样的事由只能逐条决定。",
    "Choose 1 to {} listings.": "请选择 1 至 {} 条公示。",
    "That is no listing.": "这不是一条公示。",
    "Hand it over to a clerk of the court.": "请移交给本院的经办人。",
    "A second officer must approve a list.": "名单须由另一名批准人签署。",
    "Somebody would be shown again: a second officer must approve.": "有人会因此重新公示:须由另一名批准人签署。",
    "{} cannot be corrected here.": "这一项不能在这里更正。",
    "{} is not corrected for {}.": "这一项不能以这一事由更正。",
    "A correction says what is right.": "请写明正确的内容。",
    "{} is one of {}.": "请从列出的内容中选择。",
    "The text holds a number or an address that must not be shown: take it out.": (
        "文字中有不得公示的号码或住址:请删去。"
    ),
    "The day lies in the future, or before there were such courts.": "日期在将来,或早于法院设立。",
    "Ground 1 alone has no term (Article 2).": "只有情形一的没有期限(第二条)。",
    "The term must end after the publication.": "期限须在公布之日以后届满。",
    "The term is longer than the law knows (Article 2).": "期限超过法定最长期限(第二条)。",
    "Nobody is {} years old.": "没有人是 {} 岁。",
    "A day is written as 2026-03-01.": "日期请写成 2026-03-01。",
    "Say why it is sent back.": "请写明为什么退回。",
    "An objection is one of {}.": "请选择结果。",
    "A tip is one of {}.": "请选择结果。",
    "A tip that is not used, and no other, has a reason: {}.": "未采用的线索才写原因。",
    "{}: {}. {} Nothing was changed.": "{}:{}。{} 什么都没有改变。",
    "That is no change of this list.": "这不是本名单中的一项变化。",
    "Choose some of them, or all that have no cause yet.": "请选中几条,或选全部未写明事由的。",
    "The law knows no such cause.": "依法没有这样的事由。",
    "Only the browser that uploaded the list can open its quarantine; upload the file again.": (
        "只有上传名单的浏览器能打开隔离的行;请重新上传文件。"
    ),
    "It waits for a second signature: take that back first.": "它正在等待批准:请先撤回那一请求。",
    "Other lists are being checked; try again in a moment.": "正在核对其他名单;请过一会儿再试。",
    "must not hold NUL": "不得含有空字符",
    "This listing lacks no term.": "这条公示不缺期限。",
    "Such a cause cannot be recorded, or its day lies in the future.": "这样的事由不能记录,或日期在将来。",
    "State the day of death; it does not lie in the future.": "请填写死亡日期,不能在将来。",
    "A listing that is {} cannot be moved by {}.": "这条公示现在的状态不能这样办理。",
    "A listing that is {} cannot be moved by {} for that cause.": "这条公示现在的状态不能以这一事由这样办理。",
    "A listing with a term is deleted early only where the court decides so (Article 2).": (
        "有期限的公示,只有法院决定才能提前删除(第二条)。"
    ),
    "A listing without a term is deleted for a cause of Article 10.": "没有期限的公示按第十条的事由删除。",
    "Its term has not ended.": "期限还没有满。",
    "Only a court's file states that: name the cause that the law has for it.": (
        "这只能由法院的文件写明;请选择法定事由。"
    ),
    "A correction states which field it sets right, and to what.": "更正须写明哪一项、改成什么。",
    "That is recorded of the person, for every listing of theirs.": "这要对本人认定,适用于其全部公示。",
    "The day lies in the future.": "日期在将来。",
    "The day lies before {}, since when the listing is {}.": "日期早于 {},即现在状态开始之日。",
    "{} is not stated by {}.": "这样办理不写这一日期。",
    "A minor is never listed (Article 4).": "未成年人不得列入(第四条)。",
    "The listed person has died: the court decides first.": "公示对象已去世:须先由法院决定。",
    "Deleted at the creditor's request: barred until {} (Article 10).": (
        "因申请执行人请求而删除:{} 之前不得再次列入(第十条)。"
    ),
    "The term has ended.": "期限已满。",
    "The period of grace lasts until {}.": "宽限期至 {}。",
    "The second signature must be another officer's.": "第二个签名须是另一人的。",
    "A second officer must approve: {}.": "须由另一名批准人签署。",
    "Grounds 2 to 6 have a term and ground 1 alone has none (Article 2).": (
        "情形二至六有期限,只有情形一的没有期限(第二条)。"
    ),
    "The term must end after the decision.": "期限须在决定之日以后届满。",
    "The term ends between {} and {} (Article 2).": "期限应在 {} 与 {} 之间届满(第二条)。",
    "A period of grace lasts one to three months from the decision: until a day between {} and {}.": (
        "宽限期自决定之日起一至三个月:至 {} 与 {} 之间的一天。"
    ),
    "That is decided or stated in a file, and not found.": "这一事由由决定或文件写明,不能作为发现的事由记录。",
    "Nothing is decided yet: discard the draft.": "尚未作出决定:请将草稿作废。",
    "Nobody has recorded that the listed person has died.": "没有记录此人已经死亡。",
    "No period of grace was granted.": "没有给予过宽限期。",
    "It was not suspended for this reason.": "当初暂停公示不是因为这一事由。",
    "This needs the role {}.": "这需要另一种角色。",
    "The notice runs until {} already.": "公告已至 {}。",
    "The basis is one of {}.": "请选择奖金的计算办法。",
    "A fixed reward has an amount, one by percentage a percentage, and never both.": (
        "定额奖金填数额,按比例的填比例,不能两者都填。"
    ),
    "Only a percentage has a cap.": "只有按比例的才有上限。",
    "Money is in yuan, above 0 and to the fen.": "金额以元计,大于 0,精确到分。",
    "The percentage is above 0, at most 100, with at most two decimals.": "比例大于 0,至多 100,至多两位小数。",
    "A notice that is {} cannot be moved by {}.": "它已结束,或已到别的一步;等签的请求请退回或撤回。",
    "The creditor's written request cannot come after today.": "申请执行人书面申请的日期不能在今天以后。",
    "The last day must not be past.": "最后一天不能已经过去。",
    "What the court adds has 1 to {} characters.": "法院补充的内容为 1 至 {} 个字。",
    "What the court adds must hold no identity number and not the listed name.": (
        "法院补充的内容不得含有证件号码和公示对象的姓名或名称。"
    ),
    "The first day is today or later, and not behind the last.": "第一天不早于今天,也不晚于最后一天。",
    "The cause is one of {}.": "请选择结束的事由。",
    "It was never published, so nobody can have earned its reward.": "它从未公布,没有人能得到这份奖金。",
    "The kind is one of {}, who pays one of {}.": "请选择线索种类和出资人。",
    "Say which listings are meant: without one nothing would follow from this decision.": (
        "请写明是哪几条公示:否则这一决定没有后果。"
    ),
    "Hand it over to an officer of the court who can open it.": "请移交给本院能打开它的人员。",
    "Whoever filed named the listings; no others can be decided about here.": (
        "申请人已写明是哪几条;这里不能决定其他公示。"
    ),
    "A listing that was found is not this court's.": "所找到的公示不是本院的。",
    "This objection is not decided yet.": "这一申请还没有作决定。",
    "This review is not decided yet.": "这一复议还没有作决定。",
    "A founded objection, and no other, names what follows: withdraw, correct or delete.": (
        "申请成立的须写明如何办理(撤销、更正或删除);其他结果不写。"
    ),
    "An objection that is not founded in whole is refused with reasons (Article 12).": (
        "不成立的申请须说明理由(第十二条)。"
    ),
    "A reversal, and nothing else, names what follows: withdraw, correct or delete.": (
        "撤销原决定的须写明如何办理(撤销、更正或删除);其他结果不写。"
    ),
    "A reward was promised, so the award comes with the decision.": "公告承诺了奖金,决定须同时写明获奖。",
    "Open it first.": "请先打开它。",
    "Say why it is opened; that is recorded.": "请写明为什么打开;这会被记录。",
    "Nothing was recovered, so nothing is paid.": "没有执行到位,不付奖金。",
    "Nothing is proposed for this claim.": "这一申请还没有提出奖金。",
    "A claim is refused with reasons.": "拒付须说明理由。",
    "Name the notice that promised a reward for this tip.": "请写明是哪份公告承诺的奖金。",
    "The notice is gone.": "公告已不存在。",
    "Ranks count from 1.": "名次从 1 起。",
    "No reward is due: {}.": "不应付奖金:有条件没有满足。",
    "What was recovered is a sum of yuan.": "执行到位的金额以元计。",
    "The notice states no reward.": "公告没有写明奖金。",
    "A JSON object is needed, without NUL or half of a character.": "内容不合格式,或含有空字符。",
}
# What a verification of the trail finds.
BREAKS: Mapping[str, str] = {
    "the end is cut off": "末尾被截去",
    "the head is not the last entry": "链头不是最后一条",
    "what the entry says was erased without a record of it": "这一条的内容被删除而没有记录",
    "the events of the file that it counts were changed": "它所记文件的各条经过被改动",
    "an entry is missing": "缺一条",
    "an entry is repeated": "有一条重复",
    "the entry was changed, put in or moved": "这一条被改动、插入或移动",
    "what the entry says was changed": "这一条的内容被改动",
    "the entry is not the one whose digest was signed": "这一条与签名时的不同",
    "Line {} of {} is damaged or not signed by this key.": "{1} 的第 {0} 行已损坏,或不是用这把钥匙签名的。",
}
# What the checks of forms say (marshmallow), and the fields that it stands at.
CHECKS: Mapping[str, str] = {
    "Missing data for required field.": "必须填写",
    "Field may not be null.": "必须填写",
    "Not a valid date.": "不是有效的日期",
    "Not a valid integer.": "不是整数",
    "Not a valid number.": "不是数字",
    "Not a valid UUID.": "请从列表中选择",
    "Not a valid boolean.": "请从选项中选择",
    "Not a valid string.": "只能填一项",
    "Must be one of: {}.": "请从选项中选择",
    "Length must be between {} and {}.": "长度须在 {} 至 {} 个字之间",
    "Longer than maximum length {}.": "最多 {} 个字",
    "Shorter than minimum length {}.": "至少 {} 个字",
    "does not hold": "没有满足",
}
# Fields of forms as their pages call them.
FIELDS: Mapping[str, tuple[str, str]] = {
    "reason": ("理由", "reason"),
    "reasons": ("理由", "reasons"),
    "cause": ("事由", "cause"),
    "count": ("条数", "count"),
    "on": ("日期", "day"),
    "term_ends_on": ("期限最后一天", "last day of the term"),
    "grace_until": ("宽限期最后一天", "last day of the grace"),
    "died_on": ("死亡日期", "day of death"),
    "finding": ("认定", "finding"),
    "field": ("项目", "field"),
    "value": ("内容", "value"),
    "verdict": ("决定", "decision"),
    "decision": ("决定", "decision"),
    "action": ("办理", "step"),
    "to": ("移交给", "hand over to"),
    "kind": ("种类", "kind"),
    "basis": ("计算办法", "basis"),
    "amount": ("数额", "amount"),
    "percent": ("比例", "percentage"),
    "cap": ("上限", "cap"),
    "funder": ("出资人", "who pays"),
    "requested_on": ("申请日期", "day of the request"),
    "ends_on": ("最后一天", "last day"),
    "first": ("第一天", "first day"),
    "how_to_claim": ("领奖说明", "how to claim"),
    "condition": ("条件", "condition"),
    "recovered": ("执行到位金额", "sum recovered"),
    "rank": ("名次", "rank"),
    "notice": ("公告", "notice"),
    "outcome": ("结果", "outcome"),
    "act": ("办理方式", "what follows"),
    "listings": ("公示", "listings"),
    "phone": ("电话", "telephone"),
    "address": ("地址", "address"),
    "login": ("登录名", "login"),
    "name": ("姓名", "name"),
    "roles": ("角色", "roles"),
    "not_agent": ("领奖人不是申请执行人的代理人", "no agent of the creditor"),
    "not_bound": ("领奖人没有提供线索的义务", "no duty to give the clue"),
    "not_known": ("法院此前不掌握该线索", "not known to the court before"),
    "claim_met": ("债权因此实现", "the claim was met"),
    "found": ("因此找到了被执行人", "found thanks to the tip"),
}


def field_name(pointer: str) -> str:
    """What a page calls the field that a check stands at."""
    name = pointer.rpartition("/")[2]
    return t(*FIELDS[name]) if name in FIELDS else name


def said(english: str) -> str:
    """What the product refuses with, in the reader's language."""
    return t(in_chinese(english), english)


def in_chinese(english: str) -> str:
    """The same in Chinese, where a table knows it."""
    if english in TITLES:
        return TITLES[english]
    for pattern, zh in _patterns():
        if found := pattern.fullmatch(english):
            return zh.format(*map(in_chinese, found.groups()))
    return english


@cache
def _patterns() -> list[tuple[re.Pattern[str], str]]:
    """What differs as a group of its own; what is exact comes first."""
    told = sorted({**DETAILS, **BREAKS, **CHECKS}.items(), key=lambda pair: pair[0].count("{}"))
    return [(re.compile(re.escape(en).replace(r"\{\}", "(.*)"), re.DOTALL), zh) for en, zh in told]
