/** Texts of following a request by its code in Chinese; part of `zh.ts`. */
export const follow = {
  title: '查办理进度',
  label: '查询码',
  hint: '25 个字母和数字,横线可以不写',
  find: '查看',
  mistyped: '查询码打错了:请逐字核对(没有 I、L、O、U),共 25 个。',
  unknown: '没有这个查询码。请核对字母和数字(没有 I、L、O、U)。',
  line: '编号 {number} · {court} · {hour} 收到',
  states: {
    received: '已收到',
    checking: '正在审查',
    decided: '已有决定',
    acted: '已经处理',
    destroyed: '内容已永久销毁'
  },
  outcomes: { founded: '理由成立', founded_in_part: '部分理由成立', not_founded: '理由不成立' },
  answerBy: '法院最迟 {date} 答复。',
  answerPassed: '已过应答复的日期({date})。可拨打法院电话催办。',
  nextTitle: '接下来',
  next: {
    received: '法院会先核对材料。不需要再提交一次。',
    checking: '法院正在审查。需要补充的,会在下面留言。',
    founded: '理由成立的,法院应在 3 个工作日内改正。',
    founded_in_part: '成立的部分,法院应在 3 个工作日内改正;其余的理由见法院的答复。',
    not_founded: '理由见法院的答复。不服的,可以自收到之日起 10 天内向上一级法院申请复议;复议期间不停止执行。',
    acted: '公示已经按决定改正或停止。',
    destroyed: '这份申请已经办完,内容已按期永久销毁,只留下编号和状态。'
  },
  messages: '法院的答复',
  noMessages: '还没有答复。',
  message: '第 {n} 条',
  unopened: '第 {n} 条打不开:它不是用这家法院现在的钥匙写的。请打电话向法院核实。',
  missing: '缺第 {n} 条,请打电话向法院询问。',
  repeated: '第 {n} 条收到不止一次。',
  noKey: '法院的钥匙现在核对不上,留言打不开,也不能再写。请打电话给法院。',
  write: '再写给法院',
  writeLabel: '补充说明(加密后发出)',
  send: '加密并发送',
  sent: '已发出',
  notSent: '没有确认送达。再按一次不会重复。',
  full: '不能再补充了,请直接联系法院。',
  empty: '请先写内容。',
  ended: '停止公示以后',
  stopped: '已于 {time} 停止公示。地图、查询和下游接口 1 分钟内同步。',
  endedText: '其他网站的转载不由本院控制,可出示此告知书要求删除。',
  removalCode: '移出告知书的核验码:{code}',
  removalOpen: '打开移出告知书(可打印)',
  removalCopy: '复制告知书网址(可打印)',
  destroyed: '内容将于 {date} 永久销毁。',
  privacy: '查询码只在这一页用,不会保存。离开就清空。'
}

export type FollowWords = typeof follow
