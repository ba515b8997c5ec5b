"""Reward notices (悬赏公告): what a court promises, at a creditor's request, for a tip that helps.

domain.py      the life of a notice, what a reward comes to, and the place where a list goes on
wording.py     what stands under every notice, in Chinese and English
queries.py     the running notices, filtered; violated constraints by name
service.py     what officers do to a notice, each act with its event and its entry in the audit trail
jobs.py        closing what is over, every day
commands.py    `notices draft|approve|publish|extend|close|list`
routes.py      `/v1/notices`
console.py     the pages of the court console; console_steps.py what a second officer signs there

A notice that is not published is public nowhere: every mark is made from `register.announced_notice`. It closes with
its listing, whoever ends or suspends that, by a trigger in the same transaction.
"""
