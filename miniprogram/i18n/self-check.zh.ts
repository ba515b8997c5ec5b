/** Texts of the self-check in Chinese; part of `messages.zh.ts`. */
export const selfCheck = {
  selfCheck: {
    title: '查我自己是否被列入',
    choice: '用身份证号核对是不是我',
    before: '需要身份证号和姓名。号码在您手机上换算成公示文件里的写法(隐去月日)后才比对,完整号码不会发出,也不保存。',
    relative: '可以为已去世的近亲属查询(例如父母、配偶):填他们的号码和姓名。',
    court: '执行法院',
    otherCourt: '换一家法院',
    pick: '选择要核对的法院',
    coverage: '可核对的公示:{comparable}/{of} 条({court})',
    nothingToCompare: '法院提供的文件不含可核对的信息,这里查不了;请按姓名查询或致电法院。',
    nobodyListed: '{court} 目前没有公示个人。',
    noData: '{court} 还没有导入数据,这里查不了;请致电法院。',
    noCourts: '这里还没有法院可选。请换一个地区找,或拨打 12368(全国法院服务热线)。',
    number: '身份证号(18 位)',
    name: '姓名',
    check: '核对',
    working: '正在核对,约需 3 秒…',
    problems: {
      empty: '请填写身份证号。',
      old: '这是 15 位的旧号码。公示文件使用 18 位号码,请看户口簿或新的身份证;查不到 18 位号码的,请致电法院。',
      form: '身份证号是 18 位:前 17 位是数字,最后一位是数字或 X。请核对。',
      date: '号码里的出生日期不存在,请核对第 7 到 14 位。',
      check: '号码最后一位与前面的数字对不上,可能输错了一位,请核对。'
    } as Record<string, string>,
    noName: '请填写姓名,与身份证上的一致。',
    found: '您有 {n} 条公示',
    foundOne: '您有 {n} 条公示',
    notFound: '在可核对的 {comparable} 条中没有找到您。',
    uncompared: '另有 {n} 条无法核对。',
    noCertificate: '这不是"无案件"证明。',
    waysOn: '还可以这样查',
    again: '再查一次',
    whatNow: '接下来可以做什么',
    ownPage: '看这条公示的页面'
  }
}

export type SelfCheckMessages = typeof selfCheck
