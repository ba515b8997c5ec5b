"""What a listing's page says about its end and about objecting (Articles 2 and 10 to 12)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from backend.entities.duties import Duty

Text = dict[str, str]

_ENGLISH_MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

NO_TERM = {
    "zh": "没有固定期限。已经履行、和解并履行完毕、申请人申请撤下且法院同意等情形一出现,法院应在 3 个工作日内删除。",
    "en": "No fixed end. Once performed, settled and performed, or the creditor asks and the court agrees"
    " (and other causes), the court must delete it within 3 working days.",
}
TERM_KNOWN = {
    "zh": "最后一天是 {zh_date}。第二天零点起这里不再显示。提前履行的,法院可以决定提前删除,需要申请。",
    "en": "Last day {en_date}; from midnight it is no longer shown here."
    " After early performance the court may delete it sooner; ask for it.",
}
TERM_NOT_STATED = {
    "zh": "公示文件没有写明期限。这类情形一般为两年,依法可延长一至三年;以法院决定书为准。",
    "en": "The file does not state the term. It is normally two years, by law extendable by one to three;"
    " the court's decision counts.",
}
PERFORMED_NO_TERM = {
    "zh": "法院已记录全部履行,应当删除;如仍在这里显示,请联系法院。",
    "en": "The court has recorded full performance, so deletion is due; if this still shows, ask the court.",
}
PERFORMED_WITH_TERM = {
    "zh": "法院已记录全部履行;是否提前删除由法院决定,可以提出申请。",
    "en": "The court has recorded full performance; whether to delete early is the court's decision, and you may ask.",
}
# What an open duty adds, by its kind; the first where everything was performed.
PERFORMED_DUE = {
    "zh": "法院已记录全部履行,应在 {zh_date} 前删除。",
    "en": "The court has recorded full performance; deletion is due by {en_date}.",
}
PERFORMED_DECIDING = {
    "zh": "法院已记录全部履行,正在决定是否提前删除。",
    "en": "The court has recorded full performance and is deciding on early deletion.",
}
DUE = {
    "delete_after_cause": {
        "zh": "法院已记录应当删除的原因,应在 {zh_date} 前删除。",
        "en": "The court has recorded a cause of deletion; deletion is due by {en_date}.",
    },
    "decide_early_deletion": {"zh": "法院正在决定是否提前删除。", "en": "The court is deciding on early deletion."},
    "act_on_objection": {
        "zh": "纠正申请成立,法院应在 {zh_date} 前改正或移出。",
        "en": "An objection was upheld; the court must correct or remove this by {en_date}.",
    },
    "withdraw": {
        "zh": "法院查明不应列入,应在 {zh_date} 前撤销。",
        "en": "The court has found that this should not have been listed; withdrawal is due by {en_date}.",
    },
    "correct": {
        "zh": "法院查明内容有误,应在 {zh_date} 前更正。",
        "en": "The court has found a mistake in this; correction is due by {en_date}.",
    },
    "decide_objection": {
        "zh": "有人对这条信息提出纠正申请,法院最迟 {zh_date} 答复。结果出来前,内容可能有误。",
        "en": "An objection is open; the court answers by {en_date}. Until then this may be wrong.",
    },
}
OVERDUE = {
    "delete_after_cause": {
        "zh": "已过应删除的日期({zh_date})。可拨打法院电话催办,或在这里提出。",
        "en": "The deletion date ({en_date}) has passed. Call the court or ask here.",
    },
    "decide_objection": {
        "zh": "有人对这条信息提出纠正申请,已过答复的日期({zh_date})。可拨打法院电话催办。结果出来前,内容可能有误。",
        "en": "An objection is open, and the day for an answer ({en_date}) has passed. Call the court."
        " Until then this may be wrong.",
    },
}
OVERDUE_CHANGE = {
    "zh": "已过应改正的日期({zh_date})。可拨打法院电话催办,或在这里提出。",
    "en": "The date for setting this right ({en_date}) has passed. Call the court or ask here.",
}
# A duty without a last day: the clocks were not loaded when it began.
UNDATED = {
    "zh": "法院应当处理这条信息,期限没有记录;可拨打法院电话询问。",
    "en": "The court must act on this; the last day is not recorded. Call the court.",
}
SEVERAL = {
    "zh": "一条结束,不影响其他条。",
    "en": "The end of one does not end the others.",
}
HOW_TO_OBJECT = {
    "zh": "认为不该列入、内容有错或早该删除的,可以向这家法院书面提出。"
    "法院已开通在线办理的,从这条公示或「办事」进入;没有开通的,请打电话或寄信,联系方式见法院页面。不收费,不需要律师。"
    "法院 15 天内审查;理由成立的,3 个工作日内改正;不成立的会说明理由,您可在 10 天内向上一级法院申请复议。",
    "en": "If this should not have been listed, is wrong, or should have been removed, tell this court in writing."
    ' Where the court is open online, from this listing or under "Services"; where it is not, call or write:'
    " the court's page has its contacts. Free, no lawyer needed."
    " The court reviews within 15 days; if you are right it acts within 3 working days; if not, it gives reasons"
    " and you have 10 days to ask the next higher court.",
}
# 法释〔2017〕7号, Article 10: on any of these a listing without a term is deleted.
CAUSES_OF_DELETION: list[Text] = [
    {"zh": "已经履行生效法律文书确定的义务,或者法院已经执行完毕", "en": "performed, or enforced in full"},
    {"zh": "双方达成执行和解协议并已履行完毕", "en": "settlement reached and performed"},
    {"zh": "申请执行人书面申请删除,法院审查同意", "en": "the creditor asks in writing and the court agrees"},
    {
        "zh": "终结本次执行程序后,两次以上网络查询未发现可供执行财产,且申请执行人或者其他人没有提供有效财产线索",
        "en": "case closed for lack of property, two or more empty searches and no valid clue",
    },
    {
        "zh": "因审判监督或破产程序,法院依法裁定中止执行",
        "en": "enforcement stayed because of a retrial or bankruptcy",
    },
    {"zh": "法院依法裁定不予执行", "en": "the court rules that it is not to be enforced"},
    {"zh": "法院依法裁定终结执行", "en": "the court rules that enforcement is terminated"},
]


@dataclass(frozen=True)
class ListingTerms:
    """What decides how one listing ends.

    Attributes:
        grounds: 1 to 6; only ground 1 has no term.
        term_ends_on: last day as the decision states it; None where there is none or the file does not say.
        performance: none, partial, full or other.
        several: whether the entity has other current listings.
    """

    grounds: list[int]
    term_ends_on: date | None
    performance: str
    several: bool


def how_it_ends(terms: ListingTerms, duties: tuple[Duty, ...] = ()) -> dict[str, str | list[Text]]:
    """The sentences that apply, in both languages; `causes` only where they end the listing by themselves.

    A stated term counts whatever the grounds are, since the listing really is gone after it.
    """
    fixed_term = terms.term_ends_on is not None or any(ground != 1 for ground in terms.grounds)
    lines = [_term_line(terms.term_ends_on, fixed_term=fixed_term)]
    if terms.performance == "full" and not any(duty.kind in _ABOUT_DELETION for duty in duties):
        lines.append(PERFORMED_WITH_TERM if fixed_term else PERFORMED_NO_TERM)
    lines += [_duty_line(duty) for duty in duties]
    if terms.several:
        lines.append(SEVERAL)
    return {
        "zh": "".join(line["zh"] for line in lines),
        "en": " ".join(line["en"] for line in lines),
        "causes": [] if fixed_term else CAUSES_OF_DELETION,
    }


_ABOUT_DELETION = ("delete_after_cause", "decide_early_deletion")


def _duty_line(duty: Duty) -> Text:
    if duty.kind == "decide_early_deletion":
        return PERFORMED_DECIDING if duty.performed else DUE[duty.kind]
    if duty.on is None:
        return UNDATED
    if duty.overdue:
        return _dated(OVERDUE.get(duty.kind, OVERDUE_CHANGE), duty.on)
    return _dated(PERFORMED_DUE if duty.performed and duty.kind == "delete_after_cause" else DUE[duty.kind], duty.on)


def _term_line(term_ends_on: date | None, *, fixed_term: bool) -> Text:
    if term_ends_on is None:
        return TERM_NOT_STATED if fixed_term else NO_TERM
    return _dated(TERM_KNOWN, term_ends_on)


def _dated(line: Text, day: date) -> Text:
    zh_date = f"{day.year}年{day.month}月{day.day}日"
    en_date = f"{day.day} {_ENGLISH_MONTHS[day.month - 1]} {day.year}"
    return {key: text.format(zh_date=zh_date, en_date=en_date) for key, text in line.items()}
