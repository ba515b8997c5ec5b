/** Texts of the rewards and services tabs in Chinese; part of `messages.zh.ts`. */
export const services = {
  notices: {
    title: '悬赏',
    none: '悬赏公告的内容还没有放到这里。没有悬赏也可以提供线索。',
    coming:
      '以后这里会列出法院发布的悬赏公告:要找什么、谁出钱、奖金怎样算、什么情况不付、到哪天截止。按日期排列,没有照片。',
    todayTitle: '今天怎么办',
    today:
      '看悬赏、交线索,请直接打电话或写信给执行法院。不必留姓名,也请不要跟踪、蹲守、偷拍、闯入或冒充他人。有人身危险请拨 110。',
    contact: '法院电话'
  },
  services: {
    title: '办事',
    lead: '给被列入的人和家属。不收费,不需要登录。',
    selfCheck: '查我自己是否被列入',
    performed: '我已经履行',
    wrong: '信息有误或不该列入',
    died: '家人已去世',
    follow: '查办理进度',
    codes: '我的查询码',
    courts: '法院电话',
    words: '这些词是什么意思',
    about: '关于与隐私',
    language: '语言 Language',
    clear: '清除本机全部记录',
    clearAsk:
      '将清除这部手机上的全部记录:看过的地区和单位、上次的地图位置、语言选择、用来计算姓名数量的随机记号、您选择记下的查询码、法院钥匙的编号。没有其他东西存在手机上。查询码没有另外保存的,清除后找不回。',
    clearDo: '清除',
    cleared: '已清除',
    clearFailed: '没有清除成功,请再试一次',
    chinese: '中文',
    english: 'English',
    selfGroup: '本人和家属',
    followGroup: '已经提交过的',
    helpGroup: '了解与设置'
  },
  today: {
    now: '今天怎么办',
    notOpen: '这家法院还没有开通在线办理。请拨打 {phone}{post},可复制这份申请书(空白)。',
    orPost: '或寄到 {address}',
    notOpenAny:
      '还没有开通在线办理。请拨打执行法院的电话(不知道号码时拨 12368),或写信寄到法院,可复制这份申请书(空白)。',
    form: '申请书(空白)',
    copyForm: '复制申请书',
    copied: '申请书已复制,可以粘贴到任何地方填写',
    whichCourt: '找执行法院的电话',
    whichCourtWhy: '执行法院写在公示信息的「哪个法院、什么案子」里。',
    prepare: '请准备'
  },
  courts: {
    title: '法院电话',
    label: '按名称找法院',
    hint: '法院名称,例如 裕华',
    find: '查找',
    byArea: '按地区找',
    inArea: '地区:{area}',
    anyArea: '不限地区',
    none: '没有找到法院。可以换个名称,或拨打 12368(全国法院服务热线)。',
    phone: '电话:{phone}',
    noPhone: '没有登记电话,可拨打 12368(全国法院服务热线)',
    address: '地址:{address}',
    noAddress: '没有登记地址',
    call: '拨打',
    callNumber: '拨打 {phone}',
    copyAddress: '复制地址',
    area: '所在地区:{area}',
    listOfArea: '看 {area} 的名单',
    courtTitle: '法院',
    online: '在线办理:还没有开通,请打电话或写信',
    onlineOpen: '在线办理:已开通,在「办事」里提交',
    openCourt: '{court}的电话和地址'
  }
}

export type ServiceMessages = typeof services
