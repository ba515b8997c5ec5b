"""What the console calls a tip's states, reasons and targets, in Chinese and English."""

from __future__ import annotations

Text = dict[str, str]

STATUS: dict[str, Text] = {
    "received": {"zh": "已收到", "en": "Received"},
    "checking": {"zh": "正在核实", "en": "Being checked"},
    "useful": {"zh": "有用", "en": "Useful"},
    "not_used": {"zh": "未采用", "en": "Not used"},
    "claimable": {"zh": "可以领取", "en": "Ready to claim"},
    "rewarded": {"zh": "奖金已定", "en": "Reward decided"},
    "closed": {"zh": "已结束", "en": "Closed"},
}
REASON: dict[str, Text] = {
    "known": {"zh": "法院早已掌握", "en": "already known"},
    "unconfirmed": {"zh": "查无此事", "en": "could not be confirmed"},
    "unrelated": {"zh": "与本案无关", "en": "not about this case"},
    "earlier": {"zh": "已有更早的相同线索", "en": "the same tip came earlier"},
}
TARGET: dict[str, Text] = {
    "notice": {"zh": "悬赏公告", "en": "A reward notice"},
    "listing": {"zh": "公示信息", "en": "A listing"},
    "entity": {"zh": "公示对象", "en": "Somebody listed"},
    "court": {"zh": "法院", "en": "The court"},
}
CLAIM: dict[str, Text] = {
    "received": {"zh": "待办", "en": "To be decided"},
    "proposed": {"zh": "等第二人批准", "en": "Waits for a second signature"},
    "approved": {"zh": "已批准,待付", "en": "Approved, to be paid"},
    "exported": {"zh": "已交出纳", "en": "Given to the cashier"},
    "refused": {"zh": "未批准", "en": "Refused"},
    "closed": {"zh": "已销毁", "en": "Destroyed"},
}
ELIGIBLE: dict[str, Text] = {
    "not_agent": {"zh": "领奖人不是申请执行人的代理人", "en": "The claimant is no agent of the creditor"},
    "not_bound": {"zh": "领奖人没有向法院提供线索的义务", "en": "The claimant had no duty to give the clue"},
    "not_known": {"zh": "法院此前不掌握该线索", "en": "The court did not know the clue before"},
}
# What must have come of the tip: one of the two, by what the notice promised.
CONDITION: dict[str, Text] = {
    "claim_met": {"zh": "债权因此全部或部分实现", "en": "The creditor's claim was met in whole or part"},
    "found": {"zh": "法院因该线索找到了被执行人", "en": "The court found them thanks to the tip"},
}
