import { follow } from './follow.zh'
import { tips } from './tips.zh'

/** Texts of the sealed requests in Chinese; `en.ts` has the same shape. */
export const zh = {
  tip: tips,
  follow,
  common: {
    leave: '离开',
    leaveNote: '离开本页内容会清空。点「离开」会打开地图。',
    next: '检查并发送',
    copy: '复制',
    code: '查询码',
    cleared: '内容已经清空,没有保存在任何地方。请重新开始。',
    again: '重新开始'
  },
  doors: {
    performed: {
      title: '我已经履行',
      lead: '告诉法院,请求删除',
      before: [
        '不收费,不需要律师,约 5 分钟。文字和照片都在您手机上加密后才发出,只有这家法院的经办人能看。',
        '付款给对方不会自动通知法院,请附凭证。'
      ],
      statement: '还想说明的(可不填)',
      example: '例如:全部付清,对方写了收据。'
    },
    wrong: {
      title: '信息有误或不该列入',
      lead: '向法院提出纠正申请',
      before: [
        '不收费,不需要律师,约 5 分钟。法院 15 天内审查;理由成立的,3 个工作日内改正;不成立的会说明理由,您可在 10 天内向上一级法院申请复议。',
        '文字和照片都在您手机上加密后才发出,只有这家法院的经办人能看。'
      ],
      statement: '事实和理由',
      example: '哪里不对,怎样能看出来。'
    },
    died: {
      title: '家人已去世',
      lead: '请节哀。',
      before: [
        '人去世后,执行应当中止或由法院作出裁定;您不会因为是子女就成为被执行人,继承人只在所得遗产范围内、经法院裁定后才承担。',
        '不需要您自己的身份证号码。证明可以后补。内容在您手机上加密后才发出,只有这家法院的经办人能看。'
      ],
      statement: '',
      example: ''
    }
  },
  promise: {
    noTerm: '没有期限的:法院确认后应在 3 个工作日内删除。',
    term: '有期限的:法院可以决定提前删除。',
    died: '法院核实后先停止公示,再作决定。'
  },
  subject: {
    which: '是哪一条',
    about: '关于:{name}',
    listing: '{court} · {number}',
    orSearch: '能查到这条公示的,从它那一页进来更快。',
    search: '去查询',
    name: '被列入的人(姓名或名称)',
    caseNumber: '案号(不知道可以不填)',
    caseExample: '例如(2099)冀9999执1号',
    court: '哪家法院',
    courtHint: '法院名称,例如 裕华',
    findCourt: '查找',
    noCourt: '没有找到法院。可以换个名称,或拨打 12368(全国法院服务热线)。',
    chosenCourt: '法院:{court}',
    otherCourt: '换一家',
    demo: '演示数据:这里的人名、单位、案号都是虚构的。请不要填写真实情况。'
  },
  performed: {
    title: '怎样履行的',
    paidOn: '哪天',
    chooseDay: '选日期',
    amount: '金额(元),或做了什么',
    how: '怎样付的',
    hows: [
      { value: 'transfer', text: '转账' },
      { value: 'court', text: '交法院' },
      { value: 'creditor', text: '给对方' },
      { value: 'other', text: '其他' }
    ]
  },
  wrong: {
    claim: '哪里不对',
    claims: [
      {
        value: 'should-not-be-listed',
        text: '不该列入(例如:不是我、我没有能力履行、我是未成年人、财产已被查封足够)'
      },
      { value: 'details-wrong', text: '内容有错' },
      { value: 'should-be-deleted', text: '早该删除' }
    ],
    by: '您是谁',
    bys: [
      { value: 'self', text: '本人' },
      { value: 'representative', text: '代理人' },
      { value: 'relative', text: '已去世者的近亲属' }
    ]
  },
  died: {
    title: '关于去世的家人',
    relation: '您与其关系',
    relationExample: '例如:女儿',
    diedOn: '去世日期'
  },
  photos: {
    title: '证明材料(照片,可不加)',
    performed: '转账凭证、收据或和解协议。不附也能提交,附了办得更快。',
    wrong: '能说明的材料。',
    died: '死亡证明、户口注销或殡葬证明,有一份即可,也可以后补。',
    redrawn: '照片会先在手机上重画一遍,隐藏信息(位置、机型等)随之消失。最多 {n} 张。',
    add: '添加照片',
    adding: '正在重画…',
    remove: '移去第 {n} 张',
    label: '第 {n} 张照片',
    failed: '有照片打不开,没有加上。',
    denied: '没有相册权限也能提交,照片不是必须的。',
    goOn: '继续'
  },
  contact: {
    title: '怎样联系您',
    label: '电话或地址(只有法院能看)'
  },
  counter: {
    count: '{n}/1000 字 · 封装还剩 {bytes} 字节(一个汉字 3 字节)',
    tooLong: '超出 {n} 字,请删短一些。',
    tooBig: '超出封装 {bytes} 字节(一个汉字 3 字节),请删短一些或少加照片。'
  },
  missing: {
    name: '请填写被列入的人的姓名或名称。',
    court: '请先选法院。',
    listing: '请选是哪一条。',
    paidOn: '请选履行的日期。',
    amount: '请填写金额,或做了什么。',
    how: '请选怎样付的。',
    claim: '请选哪里不对。',
    by: '请选您是谁。',
    text: '请写事实和理由。',
    relation: '请填写您与其关系。',
    diedOn: '请选去世日期。',
    contact: '请填写怎样联系您。'
  },
  check: {
    title: '检查并发送',
    to: '发给:{court}',
    codeTitle: '您的查询码',
    codeNote: '发送前请先记下。凭它查进度、看答复;丢失后法院也找不回。',
    send: '加密并发送',
    sendAgain: '再发一次',
    sealing: '正在加密…',
    proving: '正在准备发送,约需几秒…',
    sending: '正在发送…',
    unconfirmed: '没有确认送达。再按一次不会重复。',
    offline: '没有网络,没有确认送达。再按一次不会重复。',
    busy: '服务器正忙,没有确认送达。请过 {seconds} 秒再按;不会重复。',
    busyUntil: '这里提交得太频繁,没有确认送达。请在 {time} 后再按;不会重复。',
    refused: '法院没有收下(可能刚换过钥匙)。请再按一次;仍不行请打电话给法院。',
    badCertificate: '收到的回执核对不上,不能当作送达。再按一次不会重复;仍不行请打电话给法院。',
    noRandom: '这部手机给不出可靠的随机数,不能加密,所以什么也没有发出。请换一部手机,或打电话给法院。',
    noKey: '这家法院的钥匙现在核对不上,所以什么也没有发出。请打电话给法院。',
    change: '返回可以修改。',
    changedTitle: '会成为另一份申请',
    changed: '前一份可能已经送达,它的查询码是 {code}。内容改动后会作为另一份发送,查询码也换新。',
    changedDo: '另发一份',
    changedNot: '不改了'
  },
  summary: {
    about: '关于',
    caseNumber: '案号',
    paidOn: '履行日期',
    amount: '金额或事项',
    how: '方式',
    claim: '哪里不对',
    by: '提出的人',
    relation: '关系',
    diedOn: '去世日期',
    text: '说明',
    photos: '照片',
    photoCount: '{n} 张',
    contact: '联系方式'
  },
  receipt: {
    title: '已送达',
    line: '编号 {number} · {court} · {hour}',
    hour: '{day} {hour} 时',
    only: '您的查询码(唯一凭证,丢失无法找回)',
    wroteDown: '抄在纸上了',
    savePicture: '存为图片…',
    pictureWarning: '图片会进相册,可能同步到云端或被家人看到。图片只写"查询码"和号码。',
    pictureDo: '存图片',
    pictureSaved: '图片已保存',
    pictureFailed: '没有保存成功。可以复制或抄在纸上。',
    tick: '我已保存好,知道丢失后法院也找不回',
    done: '完成',
    cleared: '这一页已经清空。已经送达的内容仍在法院;查询码没有另外保存的,找不回,法院也找不回。',
    toServices: '去办事',
    notSaved: '您还没有保存查询码',
    keep: '记在本机',
    keepNote:
      '默认不记。记下后,「我的查询码」里只显示「查询码 {start}… · {month}」,不写姓名、法院和事由。拿到这部手机的人可以凭它看答复。',
    notKept: '这部手机存不下了,查询码没有记在本机。请另外保存,再点「完成」。',
    next: '接下来',
    steps: {
      performed: '法院核实后答复,最迟 15 天。答复和进度请凭查询码在「查办理进度」里看。',
      wrong: '法院 15 天内审查并答复。答复和进度请凭查询码在「查办理进度」里看。',
      died: '法院核实后先停止公示,再作决定。答复和进度请凭查询码在「查办理进度」里看。'
    },
    certificate: '送达证明',
    certificateNote: '证明某一时刻有一份申请送达,写着编号、法院、时间和签名,不含查询码。',
    certificateCopy: '复制证明',
    certificatePicture: '证明存为图片',
    certificateLines: {
      number: '编号',
      court: '法院',
      hour: '时间',
      signature: '签名',
      env: '内容指纹',
      head: '登记链'
    }
  },
  reminder: {
    title: '微信提醒',
    offer: '有结果时微信提醒一次(不含姓名和内容)',
    why: '点下面的按钮后,微信会问您是否同意。我们只为这一条消息向微信取得您在本小程序里的编号(不是微信号,也不是手机号),加密保存,发出后删除。',
    ask: '提醒我一次',
    asked: '法院有答复时,微信会提醒您一次。也可以随时凭查询码查看。',
    takeBack: '取消提醒',
    declined: '没有设置提醒。请凭查询码回来看。',
    failed: '没有设置成功,可以再试一次,或凭查询码回来看。',
    notTakenBack: '没有取消成功,请再试一次'
  },
  codes: {
    title: '我的查询码',
    none: '这部手机没有记下查询码。提交后可以选择「记在本机」;默认不记。',
    row: '查询码 {start}… · {month}',
    note: '只记号码和月份,不记姓名、法院和事由。任何人以「查询码」为名向您要钱或要验证码,都不是法院。',
    follow: '查进度',
    remove: '移去',
    removeAsk: '移去后这部手机不再有这个查询码。没有另外保存的话,就找不回了。',
    other: '输入别的查询码'
  },
  closed: {
    title: '这家法院还没有开通在线办理',
    text: '请拨打 {phone}{post},可下载这份申请书(空白)。',
    orPost: ' 或寄到 {address}',
    form: '申请书(空白)',
    copyForm: '复制申请书',
    copied: '申请书已复制,可以粘贴到任何地方填写',
    savePicture: '存为图片,可打印',
    prepare: '请准备',
    notTrusted: '这家法院的钥匙核对不上,为了不让别人看到内容,现在不能在线提交。'
  }
}

export type FilingWords = typeof zh
