"""The titles of refusals in Chinese; `refusal_words` has the rest."""

from __future__ import annotations

from collections.abc import Mapping

# The titles of errors that a view of the console can meet: the first line of their docstrings.
TITLES: Mapping[str, str] = {
    "The request is not valid": "填写有误",
    "Not Found": "没有这一项",
    "The request conflicts with the present state": "与现在的状态不符",
    "Not allowed": "不能办理",
    "The service is busy": "服务器正忙",
    "Too Many Requests": "尝试过多",
    "Internal Server Error": "服务器出错",
    "This request did not come from this page": "这一请求不是从本页面发出的,或登录已换;请重新打开本页再办",
    "Your role does not allow this": "您的角色不能办理这一项",
    "The law's time limits and causes are not loaded, or are those of an older version": (
        "法定期限和事由没有载入,或是旧版本的"
    ),
    "There is no such request": "没有这一请求",
    "This request was decided already": "这一请求已经办结",
    "This waits for a second signature already": "同样的事项正在等待批准",
    "You made this request yourself; another officer must approve it": "这是您自己提交的,须由另一人批准",
    "The number typed is not how many records will be changed": "输入的不是将改变的条数,请重新输入",
    "Open what would be changed first; then type how many records": "请先打开将改变的内容,再输入条数",
    "Show your second factor again before you read more": "继续阅读之前,请再验证一次第二因素",
    "You have no key yet": "您还没有钥匙",
    "This court does not take this here yet": "本院还没有开通在线办理",
    "The court has another key now; seal to that one": "本院已换新钥匙,请用新钥匙加密",
    "No more messages are taken for this filing": "这一件不再接收留言",
    "It is not certain that this was stored; send it again as it is": "没有确认保存;请原样再发一次",
    "This officer holds no key of the court that opens this": "您没有能打开它的本院钥匙",
    "Too many filings were opened in the last ten minutes": "十分钟内打开的件数已到上限,请稍后再试",
    "The filing's key is destroyed": "这一件的钥匙已销毁",
    "The listing is another court's": "这条公示是其他法院的",
    "The bytes are not of the form the protocol lays down": "内容不合规定的格式",
    "The text is too long to be sealed": "文字太长,不能加密",
    "The sealed bytes cannot be opened with this key": "用这把钥匙打不开",
    "What was sealed belongs to another place or speaker": "内容与所属的件或发送人不符",
    "The key is not one to be trusted now": "这把钥匙现在不可信任",
    "The chain does not lead from one head to the next": "记录链前后不相连",
    "The certificate was not signed for this filing": "回执不是为这一件签发的",
    "WeChat does not answer at the moment": "微信暂时没有回应",
    "The second factor could not be checked; begin again": "第二因素没有核对成功;请重新开始",
    "This is your only second factor; add another one first": "这是您唯一的第二因素;请先添加另一个",
    "A key of this number or a higher one is known": "已有同号或更大号的钥匙",
    "Make the recovery key first": "请先生成恢复密钥",
    "The court has a recovery key": "本院已有恢复密钥",
    "A signing key waits for the root's signature already": "已有一把签名钥匙在等待根签名",
    "No signing key waits for the root's signature": "没有签名钥匙在等待根签名",
    "This is not the key that was asked for": "这不是所申请的钥匙",
    "The court has no signing key that is good now": "本院现在没有有效的签名钥匙",
    "This server knows no root whose word counts; the operator sets ROOT_PUBLIC_KEY": (
        "服务器不认识有效的根;请系统管理员设置 ROOT_PUBLIC_KEY"
    ),
    "This server has no key for certificates; the operator makes one with `keys make-server`": (
        "服务器没有签发回执的钥匙;请系统管理员用 keys make-server 生成"
    ),
    "You have a key already; a keeper can take it away, and then you make another": (
        "您已有钥匙;须由钥匙管理员先撤销,才能另做一把"
    ),
    "This is not the fingerprint of the officer's key; compare again, in person": (
        "与该人员钥匙的指纹不符;请当面再核对一次"
    ),
    "Compare the fingerprint with the officer in person first": "请先与该人员当面核对指纹",
    "A key goes to recovery, and to compared officers whose roles allow it": (
        "钥匙只交给恢复密钥,以及角色允许、指纹已当面核对的人员"
    ),
    "There is no such officer": "没有这名人员",
    "This login is taken": "这个登录名已被使用",
    "A login has 2 to 32 of a-z, 0-9, dot, hyphen and underscore": (
        "登录名由 2 至 32 个小写字母、数字、点、连字符或下划线组成"
    ),
    "A court keeps at least one keeper": "每个法院至少保留一名钥匙管理员",
    "An officer has at least one of the five roles": "每名人员至少有五种角色之一",
    "Whoever is or was a keeper cannot be an approver: one person would give both signatures": (
        "现任或曾任钥匙管理员的人不能任批准人:否则一人可以签两次"
    ),
    "Only the operator, on the server, gives an approver or keeper a password": (
        "批准人和钥匙管理员的密码只能由系统管理员在服务器上给出"
    ),
    "This is what it says already": "内容没有变化",
    "The present password is not right": "现在的密码不对",
    "Too many attempts; wait before the next one": "尝试过多,请稍后再试",
    "A password has at least 15 characters": "密码至少 15 个字符",
    "A password has at most 200 characters": "密码最多 200 个字符",
    "This password is too easy to guess: it is made of common words, this court's own or a pattern": (
        "这个密码太容易猜到:由常用词、本院的字样或简单规律组成"
    ),
    "This list changes nothing": "这份名单不改变任何内容",
    "This cannot happen to the listing now": "这条公示现在不能这样办理",
    "A second officer must approve this": "须由另一名批准人签署",
    "One of these is listed, or drafted, already": "其中有一条已经列入或已有草稿",
    "There is nothing open to decide": "没有待决定的事项",
    "The law's time limits are not loaded": "法定期限没有载入;请告诉系统管理员",
    "Only a person has an age and dies": "只有自然人才有年龄和死亡",
    "This file is no list that can be read": "这个文件读不成名单",
    "The register has changed since this list was checked: check it again": "核对之后登记有变动:请重新核对",
    "This list is not in a state for that": "这份名单现在的状态不能这样办理",
    "This list can be undone no more": "这份名单已过可以撤回的时间",
    "The listing has not been withdrawn, deleted or closed": "这条公示还没有撤销、删除或到期结案",
    "The law knows no such reason for this": "依法没有这样的事由",
    "This cannot happen to the notice now": "这份公告现在不能这样办理",
    "The listing has ended or is suspended, so it can have no notice": "公示已结束或暂停,不能有悬赏公告",
    "A second, different officer must sign this": "须由另一人签署",
    "Somebody else has answered meanwhile; open it again": "期间已有别人留言;请重新打开再看",
    "This objection is decided": "这一申请已作决定",
    "This objection is not decided against whoever filed it": "这一申请没有作出对申请人不利的决定",
    "A review of this decision was asked for already": "已有人对这一决定申请复议",
    "This review has ended": "这一复议已结束",
    "There is no listing to be found for this review": "没有与这一复议有关的公示",
    "The reward comes to another amount now; send it back": "奖金数额已变;请退回",
    "This tip is decided": "这条线索已作决定",
    "The court has no key for rewards, so nobody could claim this one": "本院没有领奖钥匙,无人能领取",
    "No reward can be claimed for this tip": "这条线索没有奖金可领",
    "A claim was sent for this tip before": "这条线索已有人申请领奖",
    "A reward was proposed for this claim, or the claim is closed": "这一申请已提出奖金,或已结束",
    "Open the claim first: nobody proposes a reward without having seen whose it is": (
        "请先打开申请:没有看过申请人是谁,不能提出奖金"
    ),
    "This reward is approved": "这笔奖金已经批准",
    "Two officers have not signed this reward, so the cashier is not to pay it": "这笔奖金没有两人签署,不能付款",
    "The cashier has this already, or another officer is about to give it: delete the file": (
        "出纳已有这一笔,或另一人正在导出;请删除这份文件"
    ),
    "The notice promised less than that in all": "超过公告承诺的总额",
    "Whoever proposed a reward does not approve it": "提出奖金的人不能批准它",
    "Something else was filed under this receipt": "这个查询码下已有另外的内容",
}
