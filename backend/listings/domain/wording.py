"""Words of the list and what they mean here: kind, sex, the six grounds, performance, causes of removal."""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache

from backend.listings.domain.identifiers import looks_like_resident_mask
from backend.listings.domain.rejection import Reason, Rejected

# 580 and 581 are the official feed's own codes; newer feeds write 0 and 1; people write words.
_PERSON_WORDS = frozenset({"580", "0", "自然人", "个人", "被执行人(自然人)", "person"})
_BODY_WORDS = frozenset(
    {"581", "1", "法人", "其他组织", "法人或其他组织", "法人或者其他组织", "单位", "企业", "企业法人", "组织", "机构"}
    | {"非法人组织", "公司", "company", "organisation"}
)
_SEXES = {"男": "male", "男性": "male", "女": "female", "女性": "female"}

# Article 1, 法释〔2017〕7号, as files write it once prefixes and endings are off; the order is the article's.
_GROUND_TEXTS = {
    "有履行能力而拒不履行生效法律文书确定义务": 1,
    "有履行能力而拒不履行生效法律文书确定的义务": 1,
    "以伪造证据、暴力、威胁等方法妨碍、抗拒执行": 2,
    "妨碍、抗拒执行": 2,
    "以虚假诉讼、虚假仲裁或者以隐匿、转移财产等方法规避执行": 3,
    "规避执行": 3,
    "违反财产报告制度": 4,
    "违反限制消费令": 5,
    "违反限制高消费令": 5,
    "无正当理由拒不履行执行和解协议": 6,
}
_JOINERS = re.compile(r"[,，;；|\n]+")  # never 、, which stands inside the grounds
_BEFORE_GROUND = re.compile(r"^(?:[(（]?[一二三四五六\d][)）.、．]\s*)?(?:被执行人)?(?:其他|其它)?")
_AFTER_GROUND = re.compile(r"的?[。.]?$")

_PERFORMANCES = {
    "全部未履行": "none", "未履行": "none",
    "部分未履行": "partial", "部分履行": "partial", "部分已履行": "partial",
    "全部已履行": "full", "全部履行": "full", "已履行": "full", "已全部履行": "full",
}  # fmt: skip
# What an aggregator writes for a listing that has left.
LEFT_THE_LIST = "失信记录已退出"

# Causes of Article 10, of withdrawal and of expiry, by the words that tell them apart; the first that fits counts.
_CAUSES = (
    ("wrongly_listed", ("撤销", "错误列入", "不应列入", "withdrawn", "wrongly_listed")),
    ("term_ended", ("期限届满", "期满", "到期", "expired", "term_ended")),
    ("settled", ("和解", "settled")),
    ("non_enforcement", ("不予执行", "non_enforcement")),
    ("stay", ("中止", "再审", "破产", "stay")),
    ("no_property", ("终结本次", "终本", "无财产", "no_property")),
    ("terminated", ("终结执行", "终结", "terminated")),
    ("creditor_request", ("申请人", "申请执行人", "creditor_request")),
    ("performed", ("履行", "执行完毕", "结案", "performed")),
)


def read_kind(party_type: str, card: str, sex: str, name_folded: str) -> str:
    """`person`, `company` or `organisation`.

    By the type the file states; where it states none, a masked resident ID or a sex means a person. A company is a
    body whose name ends in 公司 but not in 分公司, which has no personality of its own.

    Raises:
        Rejected: a type that is neither.
    """
    if party_type:
        word = party_type if party_type.isascii() else unicodedata.normalize("NFKC", party_type)
        person = word in _PERSON_WORDS
        if not person and word not in _BODY_WORDS:
            raise Rejected("kind", Reason.UNKNOWN_KIND)
    else:
        person = sex in _SEXES or looks_like_resident_mask(card)
    if person:
        return "person"
    return "company" if name_folded.endswith("公司") and not name_folded.endswith("分公司") else "organisation"


def read_sex(text: str) -> str | None:
    """`male`, `female`, or None."""
    return _SEXES.get(text)


@lru_cache(maxsize=4096)
def read_grounds(text: str) -> int:
    """The grounds as a mask, bit n−1 for ground n; mapped by text, never by number, never split on 、.

    Raises:
        Rejected: none of the parts is a ground.
    """
    mask = 0
    for part in _JOINERS.split(text):
        bare = _BEFORE_GROUND.sub("", "".join(part.split()))
        ground = _GROUND_TEXTS.get(_AFTER_GROUND.sub("", bare))
        if ground:
            mask |= 1 << (ground - 1)
    if not mask:
        raise Rejected("grounds", Reason.NO_GROUND)
    return mask


def read_performance(text: str) -> str:
    """`none`, `partial`, `full` or, for everything else, `other`."""
    return _PERFORMANCES.get(text, "other")


@lru_cache(maxsize=4096)
def read_cause(text: str) -> str:
    """The cause of a removal as a code; `stated` where the words fit none, so that the file's own text is not kept."""
    for code, words in _CAUSES:
        if any(word in text for word in words):
            return code
    return "stated"
