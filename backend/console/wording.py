"""What the first page calls each duty, and approvals their columns, in Chinese and English."""

from __future__ import annotations

from backend.core.desk_tables import Heading

KINDS: dict[str, tuple[str, str]] = {
    "withdraw": ("撤销不当公示", "Withdraw a wrongful listing"),
    "correct": ("更正公示信息", "Correct a listing"),
    "delete_after_cause": ("有事由,应删除", "Delete for a cause"),
    "delete_after_term": ("期满,应删除", "Delete after its term"),
    "act_on_objection": ("按决定办理纠正", "Act on an objection"),
    "decide_review": ("作出复议决定", "Decide a review"),
    "decide_early_deletion": ("决定是否提前删除", "Decide on early deletion"),
    "decide_after_death": ("被执行人死亡,决定去留", "Decide after a death"),
    "check_minor": ("核对是否未成年", "Check for a minor"),
    "decide_objection": ("审查纠正申请", "Decide an objection"),
    "answer_notice": ("答复悬赏申请", "Answer a request for a notice"),
    "publish_notice": ("发布已批准的悬赏", "Publish an approved notice"),
    "open_tip": ("线索未打开", "A tip nobody has opened"),
    "verify_tip": ("核实线索", "Verify a tip"),
    "verify_urgent_tip": ("核实紧急线索(三日)", "Verify an urgent tip (three days)"),
    "decide_claim": ("办理领奖", "Decide a claim"),
    "replace_key_sign": ("有人离开,更换签名钥匙", "Replace the signing key: somebody left"),
    "replace_key_box": ("有人离开,更换阅读钥匙", "Replace the reading key: somebody left"),
    "replace_key_reward": ("有人离开,更换领奖钥匙", "Replace the reward key: somebody left"),
    "renew_key_sign": ("签名钥匙快到期或已过期,更换", "Replace the signing key: it runs out, or has"),
    "renew_key_box": ("阅读钥匙快到期或已过期,更换", "Replace the reading key: it runs out, or has"),
    "renew_key_reward": ("领奖钥匙快到期或已过期,更换", "Replace the reward key: it runs out, or has"),
    "renew_key_cert": (
        "服务器回执钥匙快到期或已过期,重新证明",
        "Vouch anew for the server's key: that runs out, or has",
    ),
    "export_claim": ("奖金交出纳", "Give a reward to the cashier"),
}
BLOCKS: dict[str, tuple[str, str]] = {
    "due": ("今天到期", "Due today"),
    "overdue": ("已逾期", "Overdue"),
    "new": ("新到", "New"),
    "undated": ("没有期限的待办", "To be done, without a clock"),
    "sign": ("待我签署", "Waiting for my signature"),
    "back": ("退回给我的", "Sent back to me"),
    "waiting": ("等别人批准", "Waiting for someone else"),
}
# What became of a request, by its state.
DECISIONS: dict[str, tuple[str, str]] = {
    "approved": ("已批准", "Approved"),
    "sent_back": ("已退回", "Sent back"),
    "taken_back": ("已撤回", "Taken back"),
}
# Parts of the page of approvals.
PARTS: dict[str, tuple[str, str]] = {
    "sign": ("待我签署", "For me to sign"),
    "asked": ("我提交的", "What I asked for"),
    "back": ("退回给我的", "Sent back to me"),
    "all": ("全院", "Whole court"),
    "decided": ("已决定的", "Decided"),
}
# What a listing can lack without a clock, as register.listing_gap says it.
GAPS: dict[str, tuple[str, str]] = {
    "term": ("待补全期限", "Terms to complete"),
    "text": ("待决定的隐去文字", "Withheld text to decide about"),
}
# By the names of `core.approvals.Waiting`.
APPROVALS = (
    Heading("title", "事项", "What"),
    Heading("count", "条数", "Records"),
    Heading("asked_by_name", "提交人", "Asked by"),
    Heading("asked_at", "提交时间", "Asked at"),
    Heading("due_on", "期限", "Due"),
)
