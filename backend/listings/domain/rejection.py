"""Why a row cannot be taken: it goes to quarantine with its number, its column and one of these reasons."""

from __future__ import annotations

from enum import Enum


class Reason(Enum):
    """A reason for quarantine: its Chinese and its English words, neither of which ever holds a value of the row."""

    NOT_A_RECORD = ("这一行不是一条记录", "not a record")
    UNPRINTABLE = ("含有无法显示的字符", "unprintable text")
    TOO_LONG = ("内容过长", "text too long")
    EMPTY_NAME = ("姓名或名称为空", "empty name")
    PRIVATE_NUMBER = ("此处不应有证件号码", "an ID number where none may stand")
    UNKNOWN_KIND = ("类型无法识别", "unknown kind")
    UNKNOWN_COURT = ("法院名称无法识别", "unknown court")
    OTHER_COURT = ("不是这份名单的法院", "row of another court")
    CASE_NUMBER = ("案号无法识别", "unreadable case number")
    ID_IN_CLEAR = ("证件号码未遮盖", "resident ID in clear")
    FULL_ID_CHECK = ("身份证号码校验不通过", "full_id is not a valid resident ID")
    FULL_ID_MISMATCH = ("身份证号码与遮盖后的号码不一致", "full_id and the masked number disagree")
    USCC_CHECK = ("统一社会信用代码校验不通过", "unified social credit code check")
    UNREADABLE_AGE = ("年龄无法识别", "unreadable age")
    MINOR = ("未成年人不得列入", "minor")
    DECEASED = ("此人已去世，须由法院决定", "the listed person has died: the court decides")
    BARRED = ("应申请执行人请求删除，尚在禁止再次列入的期间", "deleted at the creditor's request: still barred")
    UNREADABLE_DATE = ("日期缺失或无法识别", "missing or unreadable date")
    IMPOSSIBLE_DATE = ("日期不存在或不合理", "impossible date")
    FUTURE_DATE = ("日期在将来", "future date")
    NO_GROUND = ("失信行为具体情形无法识别", "no ground recognised")
    UNKNOWN_AREA = ("行政区划代码不存在或不是区县", "unknown area")
    IMPOSSIBLE_COORDINATES = ("坐标不合理", "impossible coordinates")

    @property
    def zh(self) -> str:
        return str(self.value[0])

    @property
    def en(self) -> str:
        return str(self.value[1])


class Rejected(Exception):
    """One value of a row breaks a rule; `field` is a name of `fields.FIELDS`, or empty for the row as a whole."""

    def __init__(self, field: str, reason: Reason) -> None:
        super().__init__(field, reason)
        self.field = field
        self.reason = reason
