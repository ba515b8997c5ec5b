/** Long texts in Chinese: what one can do today, what the words mean, about. `articles.en.ts` has the same shape. */

export const TOPICS = ['performed', 'wrong', 'not-me', 'died', 'child', 'ask'] as const
export type Topic = (typeof TOPICS)[number]

export interface TodayText {
  title: string
  /** How an entity's page offers it, where that differs. */
  choice?: string
  /** What to do now, one paragraph each. */
  now: string[]
  /** What to have ready before calling or writing. */
  prepare: string[]
  /** A blank form to copy, where a written request helps. */
  form: string
}

export interface Passage {
  title: string
  text: string
}

export interface Articles {
  today: Record<Topic, TodayText>
  words: Passage[]
  wordsLead: string
  groundsTitle: string
  /** The row form of the six grounds. */
  groundsShort: Record<number, string>
  about: Passage[]
}

const FORM_ENDING = '\n\n申请人(签名):\n联系电话:\n日期:    年  月  日'

function form(title: string, lines: string): string {
  return `${title}\n\n致:____________人民法院(执行法院)\n执行案号:\n被列入的人(姓名或名称):\n${lines}${FORM_ENDING}`
}

const objectionForm = form(
  '失信被执行人名单 纠正申请书',
  '申请人与其关系:□本人  □代理人  □近亲属\n\n请求(选一项):\n□ 不应列入,请撤销\n□ 内容有错,请更正\n□ 应当删除,请删除\n\n事实和理由:\n\n附证据:'
)

export const zh: Articles = {
  today: {
    performed: {
      title: '我已经履行',
      now: [
        '没有期限的:法院确认后应在 3 个工作日内删除。有期限的:法院可以决定提前删除。',
        '付款给对方不会自动通知法院,请附凭证。'
      ],
      prepare: ['案号', '付款日期、金额和方式', '转账凭证、收据或和解协议', '联系方式'],
      form: form(
        '失信被执行人信息 删除申请书(已履行)',
        '\n我已于    年  月  日履行,金额        元,\n方式:□转账  □交法院  □给对方  □其他\n请求删除失信信息。\n\n附凭证:'
      )
    },
    wrong: {
      title: '信息有误或不该列入',
      choice: '信息不对',
      now: [
        '不该列入(例如:不是我、我没有能力履行、我是未成年人、财产已被查封足够)、内容有错、早该删除,都可以向执行法院书面提出。',
        '不收费,不需要律师,约 5 分钟。法院 15 天内审查;理由成立的,3 个工作日内改正;不成立的会说明理由,您可在 10 天内向上一级法院申请复议。',
        '本人、代理人,或已去世者的近亲属都可以提出。'
      ],
      prepare: ['案号', '哪里不对', '能说明的材料(复印件即可)', '联系方式'],
      form: objectionForm
    },
    'not-me': {
      title: '不是我,或只是同名',
      choice: '不是我 / 同名',
      now: [
        '同名不等于同一个人。先核对法院、案号、地区、性别和年龄段;对不上的,很可能是别人。',
        '如果是被冒名,或法院把您当成了那个人,请打电话或写信给执行法院,要求核对身份并更正。法院 15 天内审查;理由成立的,3 个工作日内改正。'
      ],
      prepare: ['案号', '本人身份证', '冒名的情况(例如身份证丢失的时间)'],
      form: objectionForm
    },
    died: {
      title: '家人已去世',
      choice: '本人已去世',
      now: [
        '请节哀。人去世后,执行应当中止或由法院作出裁定;您不会因为是子女就成为被执行人,继承人只在所得遗产范围内、经法院裁定后才承担。',
        '请打电话或写信告诉执行法院,请求停止公示。不需要您自己的身份证号码。'
      ],
      prepare: [
        '姓名和法院,如果知道再加案号',
        '您与其关系',
        '去世日期',
        '一份证明:死亡证明、户口注销或殡葬证明(可以后补)'
      ],
      form: form(
        '停止公示申请书(被执行人已去世)',
        '去世日期:    年  月  日\n申请人与其关系:\n\n请求停止公示并依法处理。\n\n附证明(可以后补):'
      )
    },
    child: {
      title: '家里有未成年人信息',
      now: [
        '未成年人不得列入名单,公示里也不应出现能认出未成年人的内容。',
        '请马上打电话给执行法院,说明是哪一条、哪几个字。不要把页面转发给别人。'
      ],
      prepare: ['案号', '是哪一条、哪几个字'],
      form: objectionForm
    },
    ask: {
      title: '我想问法院',
      now: ['可以问:为什么列入、还差多少、怎样才能移出、找哪位法官。请打电话或写信给执行法院。'],
      prepare: ['案号', '您与被列入的人的关系'],
      form: ''
    }
  },
  wordsLead: '法院文件里的词,用平常话怎么说。',
  words: [
    {
      title: '失信被执行人',
      text: '法院判决要求做的事没有做,又符合法定情形,由法院决定列入名单的人或单位。列入不等于犯罪。'
    },
    { title: '执行法院', text: '负责让判决得到履行的法院。纠正、删除都由它决定。' },
    { title: '案号', text: '法院给这个执行案件的编号,例如(2099)冀9999执1号。打电话、写信时请带上。' },
    { title: '执行依据', text: '要求做这件事的判决、裁定、调解书或仲裁裁决。' },
    { title: '申请执行人', text: '请求法院执行的一方,通常是应当收到钱的人。' },
    { title: '立案与公布', text: '立案是法院开始执行的日期;公布是列入名单对外公示的日期。' },
    {
      title: '归入',
      text: '为了按地区计数,把每个人算在一个区县里:法院文件写明的地区,没有写明的就是执行法院所在的地区。不是住址,地图上也没有个人的点。'
    },
    { title: '登记住所', text: '单位在登记机关公开登记的地址,可能不是经营的地方。' },
    {
      title: '撤销、更正、删除、到期',
      text: '撤销:本来就不该列入。更正:内容有错,改过来。删除:列入的原因不在了。到期:期限届满,第二天零点起不再显示。'
    },
    { title: '年龄段', text: '公布那一天的年龄,只写十年一段,以后不再变动。' },
    { title: '〔已隐去〕', text: '与公示无关的个人信息已隐去,例如证件号码、电话、门牌号、孩子的姓名。' }
  ],
  groundsTitle: '六种列入原因',
  groundsShort: {
    1: '有能力履行却没有履行',
    2: '妨碍或抗拒执行',
    3: '规避执行',
    4: '没有按规定报告财产',
    5: '违反限制消费令',
    6: '不履行执行和解协议'
  },
  about: [
    { title: '谁在运行', text: '本服务由 {court} 依法运行。' },
    {
      title: '公示什么、不公示什么',
      text: '公示:姓名或名称、法院、案号、法院要求做什么、做到了多少、为什么列入、到什么时候、怎样结束。不公示:住址、电话、照片、证件号码的任何一部分、位置。'
    },
    {
      title: '为什么没有住址和位置',
      text: '法律规定的公示内容里没有住址和坐标。个人只归入一个区县,从不标点;单位只标公开登记的住所。我们不想让任何人被找上门。'
    },
    {
      title: '数据从哪里来、多久更新',
      text: '来自执行法院提供的名单文件。每一页都写着数据截至什么时候;超过 7 天没有更新会特别标出。以法院为准。'
    },
    {
      title: '怎样结束',
      text: '履行、和解履行完毕、申请人申请撤下且法院同意、到期等情形出现后,法院应在 3 个工作日内删除。到期的第二天零点起这里不再显示,也不保留姓名。'
    },
    { title: '怎样申诉', text: '在「办事」里选「信息有误或不该列入」。不收费,不需要律师。法院 15 天内审查。' },
    {
      title: '我们拒绝做什么',
      text: '不提供住址、实时位置、评分、海报,不出售数据,不按远近排列个人,不提供转发个人页面的按钮。'
    },
    {
      title: '隐私',
      text: '看地图、查名字不需要登录。定位只在您点「我所在的区县」时用一次,用完即弃。手机上只记看过的地区和单位、上次的地图位置、语言、一个随机记号、您联系过的法院的钥匙编号,以及您选择记下的查询码,从不记人名。记号每天更换,不说明您是谁,只用来计算看过多少个姓名,防止批量抓取。可以在「办事」里全部清除。'
    },
    { title: '开源与版本', text: '本软件是开源的,任何人都可以检查它做什么、不做什么。' }
  ]
}
