/** What an objection's fields and choices are called; the phone's `letter.ts` names them. */

/** @type {Record<string, [string, string]>} */
export const DOORS = {
  performed: ['我已经履行', 'I have performed'],
  wrong: ['信息有误或不该列入', 'Wrong, or should not be listed'],
  died: ['家人已去世', 'A relative has died']
}
/** @type {Record<string, [string, string]>} */
export const LABELS = {
  name: ['被列入的人', 'Who is listed'],
  case_number: ['案号', 'Case'],
  paid_on: ['履行日期', 'Performed on'],
  amount: ['金额或事项', 'Amount, or what was done'],
  how: ['怎样付的', 'How it was paid'],
  claim: ['哪里不对', 'What is wrong'],
  by: ['提出的人', 'Who asks'],
  relation: ['与其关系', 'Relation'],
  died_on: ['去世日期', 'Date of death'],
  contact: ['联系方式', 'Contact']
}
/** @type {Record<string, Record<string, [string, string]>>} */
export const VALUES = {
  how: {
    transfer: ['转账', 'Bank transfer'],
    court: ['交法院', 'To the court'],
    creditor: ['给对方', 'To the creditor'],
    other: ['其他', 'Other']
  },
  claim: {
    'should-not-be-listed': ['不该列入', 'Should not have been listed'],
    'details-wrong': ['内容有错', 'Details are wrong'],
    'should-be-deleted': ['早该删除', 'Should have been removed']
  },
  by: {
    self: ['本人', 'The listed person'],
    representative: ['代理人', 'A representative'],
    relative: ['已去世者的近亲属', 'A near relative of one who has died']
  }
}
