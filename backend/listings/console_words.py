"""What codes of a listing are called at the console, in Chinese and in English."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from backend.core.desk import t

Words = Mapping[str, tuple[str, str]]
STATES: Words = {
    "draft": ("草稿", "draft"),
    "decided": ("已决定", "decided"),
    "grace": ("宽限期", "period of grace"),
    "published": ("公布中", "published"),
    "suspended": ("暂停公示", "suspended"),
    "withdrawn": ("已撤销", "withdrawn"),
    "deleted": ("已删除", "deleted"),
    "expired": ("已到期", "expired"),
}
ACTIONS: Words = {
    "draft": ("拟定", "draft"),
    "decide": ("决定纳入", "decide"),
    "discard": ("作废草稿", "discard"),
    "grant_grace": ("给予宽限期", "grant grace"),
    "publish": ("公布", "publish"),
    "correct": ("更正", "correct"),
    "suspend": ("暂停公示", "suspend"),
    "resume": ("恢复公示", "resume"),
    "withdraw": ("撤销", "withdraw"),
    "delete": ("删除", "delete"),
    "expire": ("到期结案", "close after the term"),
    "relist": ("再次列入", "list again"),
    "keep": ("不提前删除", "not deleted early"),
    "record_cause": ("记录事由", "record a cause"),
    "release_text": ("公开已隐去的文字", "show withheld text"),
    "keep_text": ("维持隐去", "keep text withheld"),
}
PERFORMANCES: Words = {
    "none": ("全部未履行", "not performed"),
    "partial": ("部分未履行", "performed in part"),
    "full": ("全部已履行", "performed in full"),
    "other": ("其他", "other"),
}
DUTIES: Words = {
    "withdraw": ("应撤销", "withdraw"),
    "correct": ("应更正", "correct"),
    "delete_after_cause": ("出现删除事由,应删除", "delete, a cause has come about"),
    "delete_after_term": ("期限届满,应删除", "delete, the term has ended"),
    "decide_objection": ("应答复纠正申请", "decide an objection"),
    "act_on_objection": ("申请成立,应办理", "act on a founded objection"),
    "decide_review": ("应作出复议决定", "decide a review"),
    "decide_early_deletion": ("应决定是否提前删除", "decide on early deletion"),
    "decide_after_death": ("被执行人死亡,应作决定", "decide after a death"),
    "complete_term": ("应补全期限", "complete the term"),
    "check_minor": ("应查明是否未成年", "find out whether a minor"),
}
FIELDS: Words = {
    "duty": ("义务", "duty"),
    "performance": ("履行情况", "performance"),
    "performed_part": ("已履行部分", "performed part"),
    "unperformed_part": ("未履行部分", "unperformed part"),
    "basis_issuer": ("作出执行依据单位", "issuer of the basis"),
    "basis_number": ("执行依据文号", "number of the basis"),
    "filed_on": ("立案时间", "filed on"),
    "term_ends_on": ("期限至", "term ends on"),
    "grace_until": ("宽限期至", "grace until"),
    "published_on": ("发布时间", "published on"),
    "sex": ("性别", "sex"),
    "birth_date": ("出生日期(不保存)", "birth date (not kept)"),
    "age_band": ("年龄段", "age band"),
    "grounds": ("情形", "grounds"),
    "name": ("姓名或名称", "name"),
    "representative": ("法定代表人", "representative"),
    "registered_address": ("登记住所", "registered address"),
    "area": ("地区", "area"),
}
CHANGES: Words = {
    "new": ("新增", "new"),
    "republished": ("再次列入", "listed again"),
    "changed": ("变更", "changed"),
    "removed": ("移出(文件写明原因)", "removed, cause stated"),
    "dropped": ("移出(不在新名单中)", "removed, no longer in the list"),
    "withdrawn": ("撤下(未成年人)", "withdrawn, a minor"),
}
PUBLIC, HIDDEN = "公示 shown", "不公示 not shown"
# What the public sees of a change, before and after it.
SHOWN = {
    "new": (HIDDEN, PUBLIC),
    "republished": (HIDDEN, PUBLIC),
    "changed": (PUBLIC, PUBLIC),
    "removed": (PUBLIC, HIDDEN),
    "dropped": (PUBLIC, HIDDEN),
    "withdrawn": (PUBLIC, HIDDEN),
}
GUARD = (
    "本院现有 200 条以上,本次无事由移出超过 5%,或新增超过 20%;请核对是否选错文件。",
    "Of 200 or more listings over 5 % would leave without a stated cause, or over 20 % be added: is it the right file?",
)
LIST_STATES: Words = {
    "checking": ("正在核对", "being checked"),
    "refused": ("不能采用", "cannot be taken"),
    "checked": ("已核对,未生效", "checked, without effect"),
    "removing": ("正在移出写明事由的", "those with a stated cause are being taken off"),
    "approved": ("已批准,即将生效", "approved, about to take effect"),
    "applying": ("正在生效", "taking effect"),
    "applied": ("已生效", "applied"),
    "failed": ("没有生效", "did not take effect"),
    "discarded": ("已放弃", "discarded"),
    "undoing": ("正在撤回", "being taken back"),
    "undone": ("已撤回", "taken back"),
}
PHASES: Words = {
    "waiting": ("等待另一次导入结束", "waiting for another import"),
    "read": ("已读行数", "rows read"),
    "plan": ("正在比对", "comparing"),
    "apply": ("正在写入", "writing"),
}
GAPS: Words = {
    "term": ("缺期限", "lacks its term"),
    "text": ("有待决定的隐去文字", "text withheld, to decide about"),
}
SEXES: Words = {"male": ("男", "male"), "female": ("女", "female")}
# Fields that hold one of a few codes.
CODED: Mapping[str, Words] = {"performance": PERFORMANCES, "sex": SEXES}
# Fields that hold a day.
DAYS = frozenset({"filed_on", "term_ends_on", "birth_date"})
# What each step does to what the public sees, told before it is done.
EFFECTS: Words = {
    "decide": ("记录法院的纳入决定;尚不公布。", "Records the court's decision; nothing is published yet."),
    "discard": ("草稿作废,从未公布。", "The draft ends; it was never published."),
    "grant_grace": ("宽限期内不公布。", "Nothing is published while the grace lasts."),
    "publish": (
        "批准后任何人都能在地图和查询中看到。须由另一名批准人签署。",
        "Once approved anybody sees it on the map and in searches. Another officer must approve.",
    ),
    "suspend": (
        "立即停止公示,地图、查询和下游接口 1 分钟内同步;之后须作决定。",
        "Publication stops at once, everywhere within a minute; a decision must follow.",
    ),
    "resume": ("批准后恢复公示。须由另一名批准人签署。", "Shown again once another officer approves."),
    "withdraw": (
        "立即停止公示,按从未应当列入处理;1 分钟内各处同步。再次列入须两人签署。",
        "Publication stops at once, as of what should never have been listed. Listing again needs two officers.",
    ),
    "delete": (
        "立即停止公示,1 分钟内各处同步。再次列入须两人签署。",
        "Publication stops at once, everywhere within a minute. Listing again needs two officers.",
    ),
    "expire": ("期限已满,结案;早已不再显示。", "The term is over; it is no longer shown already. This closes it."),
    "relist": ("批准后再次公示。须由另一名批准人签署。", "Shown again once another officer approves."),
}


def failure(kept: str) -> str:
    """Why a list was refused, or took no effect, as `domain.refusal.told` keeps it, in the reader's language."""
    zh, _, en = kept.partition("\n")
    return t(zh, en) if en else kept


def word(words: Words, code: Any) -> str:
    """A code in the reader's language; a code without words as it is."""
    if code is None:
        return ""
    return t(*words[code]) if code in words else str(code)


def heading(words: Words, code: Any) -> str:
    """A code in the reader's language where it begins a line: as a heading, a link or a button."""
    said = word(words, code)
    return said[:1].upper() + said[1:]


def value(field: Any, said: Any) -> str:
    """What a field of a listing holds, in the reader's language."""
    return word(CODED.get(field, {}), said)


def value_in_both(field: Any, said: Any) -> str:
    """What a field of a listing holds, for paper."""
    return both(CODED.get(field, {}), said)


def both(words: Words, code: Any) -> str:
    """A code in both languages, for what is kept and may be read in either; one without words as it is."""
    return " ".join(words[code]) if code in words else str(code)


def phase(progress: str | None) -> str:
    """What part of the work is being done, e.g. `read 5000`."""
    code, _, number = (progress or "").partition(" ")
    return f"{word(PHASES, code)} {number}".strip() if code else ""


def grounds_of(mask: int, grounds: Iterable[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """The grounds that a mask names."""
    return [ground for ground in grounds if mask & (1 << (ground["id"] - 1))]
