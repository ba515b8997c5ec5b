"""How an article is cited where it stands alone, on paper or in another's hands."""

from __future__ import annotations

RULES = "《最高人民法院关于公布失信被执行人名单信息的若干规定》(法释〔2017〕7号)"


def cited(article: str, law: str = RULES) -> str:
    """An article of `register.cause` with its law: one that names none is of the rules in force since 2017-05-01.

    Articles of other laws, and of the rules as they were before, stand there with their names.
    """
    return law + article if article.startswith("第") else article
