import type { Articles } from './articles.zh'
import { zh } from './articles.zh'

/** The courts work in Chinese, so the forms stay Chinese in every language. */
const forms = zh.today

export const en: Articles = {
  today: {
    performed: {
      title: 'I have performed',
      choice: 'I have performed',
      now: [
        'No term: the court must delete within 3 working days of confirming. With a term: the court may decide to delete early.',
        'Paying the creditor does not by itself tell the court; attach proof.'
      ],
      prepare: [
        'Case number',
        'Date, amount and way of payment',
        'Bank slip, receipt or settlement',
        'How to reach you'
      ],
      form: forms.performed.form
    },
    wrong: {
      title: 'Wrong, or should not be listed',
      choice: 'Something is wrong',
      now: [
        'Should not have been listed (for example: it is not me, I cannot perform, I am a minor, enough property is seized), details are wrong, or should have been removed: you can ask the court in charge in writing.',
        'Free, no lawyer needed, about 5 minutes. The court reviews within 15 days; if you are right it acts within 3 working days; if not, it gives reasons and you have 10 days to ask the next higher court.',
        'The person, an agent, or a near relative of someone who has died may ask.'
      ],
      prepare: ['Case number', 'What is wrong', 'Papers that show it (copies will do)', 'How to reach you'],
      form: forms.wrong.form
    },
    'not-me': {
      title: 'It is not me, or only the same name',
      choice: 'It is not me',
      now: [
        'The same name is not necessarily the same person. Check court, case, area, sex and age band first; where they differ it is most likely someone else.',
        'If your identity was misused, or the court takes you for that person, call or write to the court in charge and ask it to check and correct. It reviews within 15 days; if you are right it acts within 3 working days.'
      ],
      prepare: ['Case number', 'Your ID card', 'How it was misused (for example when a card was lost)'],
      form: forms['not-me'].form
    },
    died: {
      title: 'A relative has died',
      choice: 'The person has died',
      now: [
        'We are sorry for your loss. After a death, enforcement is stayed or the court must rule; being a child does not make you a debtor: heirs answer only within what they inherit, and only by a court ruling.',
        'Call or write to the court in charge and ask it to stop publication. Your own ID number is not needed.'
      ],
      prepare: [
        'Name and court; the case number if you know it',
        'Your relationship',
        'Date of death',
        'One proof: death certificate, cancelled household register or funeral certificate (may follow later)'
      ],
      form: forms.died.form
    },
    child: {
      title: 'It reveals a child',
      now: [
        'Minors must not be listed, and nothing published may identify one.',
        'Call the court in charge at once and say which listing and which words. Do not pass the page on.'
      ],
      prepare: ['Case number', 'Which listing and which words'],
      form: forms.child.form
    },
    ask: {
      title: 'Ask the court',
      now: [
        'You can ask why it is listed, how much is still open, how to get it removed, and which judge is in charge. Call or write to the court.'
      ],
      prepare: ['Case number', 'How you are related to the listed person'],
      form: ''
    }
  },
  wordsLead: "The words of court papers, in everyday language. The courts' own words are Chinese.",
  words: [
    {
      title: 'Listed person (失信被执行人)',
      text: 'A person or body that has not done what a judgment orders and, on one of the legal grounds, was listed by a court. Being listed is not a crime.'
    },
    {
      title: 'Court in charge (执行法院)',
      text: 'The court that enforces the judgment. It alone decides on correction and deletion.'
    },
    {
      title: 'Case number (案号)',
      text: "The court's number for the enforcement case, such as (2099)冀9999执1号. Have it ready when you call or write."
    },
    { title: 'Enforced document (执行依据)', text: 'The judgment, ruling, mediation or award that orders it.' },
    { title: 'Creditor (申请执行人)', text: 'Who asked the court to enforce, normally the one to be paid.' },
    {
      title: 'Filed and published (立案、公布)',
      text: 'Filed: the court began enforcement. Published: the listing became public.'
    },
    {
      title: 'Counted in (归入)',
      text: "To count by area everyone is put in one district: the one in the court's file, else the court's own. It is not an address, and people have no point on the map."
    },
    {
      title: 'Registered address (登记住所)',
      text: "An organisation's address in the public register; perhaps not where it works."
    },
    {
      title: 'Withdrawn, corrected, deleted, expired (撤销、更正、删除、到期)',
      text: 'Withdrawn: should never have been listed. Corrected: details were wrong. Deleted: the reason is gone. Expired: the term is over; from midnight it is no longer shown.'
    },
    { title: 'Age band', text: 'The age on the day of publication, as a ten-year band that never changes.' },
    {
      title: '[withheld] 〔已隐去〕',
      text: "Private details that need not be public are withheld, such as ID and phone numbers, house numbers and children's names."
    }
  ],
  groundsTitle: 'The six grounds',
  groundsShort: {
    1: 'Able, did not perform',
    2: 'Obstructed enforcement',
    3: 'Evaded enforcement',
    4: 'Did not report property',
    5: 'Broke a spending limit',
    6: 'Broke a settlement'
  },
  about: [
    { title: 'Who runs it', text: 'Run by {court} under the law.' },
    {
      title: 'What is and is not shown',
      text: 'Shown: name, court, case number, what the court ordered, what has been done, why it is listed, until when and how it ends. Not shown: homes, phone numbers, photos, any part of an ID number, positions. Children are never shown.'
    },
    {
      title: 'Why no homes or positions',
      text: "The law's list of public fields has no address and no position. People are counted in a district and never have a point; organisations stand at their public registered address. Nobody should be visited at home."
    },
    {
      title: 'Source and freshness',
      text: 'From the list files of the courts. Every page says as of when; anything older than 7 days is marked. The court has the last word.'
    },
    {
      title: 'How it ends',
      text: 'Once performed, settled and performed, the creditor asks and the court agrees, or the term is over, the court must delete it within 3 working days. From the midnight after the last day it is no longer shown here, and no name is kept. Once publication stops, map, search and feeds follow within a minute; the court can issue a removal notice to show to banks and to sites that hold copies.'
    },
    {
      title: 'Under which laws',
      text: "The Civil Procedure Law, the Supreme People's Court's rules on publishing the list of judgment defaulters (法释〔2017〕7号) and the Personal Information Protection Law. Every listing names its article."
    },
    {
      title: 'How to object',
      text: 'Under Services, choose "Wrong, or should not be listed". Free, no lawyer needed. The court reviews within 15 days.'
    },
    {
      title: 'What we refuse',
      text: "No homes, live positions, scores or posters; no selling of data; no sorting of people by nearness; no button to pass on a person's page."
    },
    {
      title: 'Privacy',
      text: `The map and the search need no sign-in. Your position is used once, only when you tap "My district", and thrown away. The phone keeps only areas and organisations seen, the last map position, the language, a random mark, the key numbers of courts written to and codes you chose to keep, never people's names. The mark is replaced every day and says nothing about you; it only counts how many names it was shown, against bulk copying. You can clear all of it under Services.`
    },
    {
      title: 'What you send to a court',
      text: 'Requests and photos are sealed on your phone before they leave it; only the court addressed can read them, and they are destroyed for good 180 days after the case is done. Only whoever files a request may choose one WeChat reminder: then, and only then, we get the id that you have in this mini-program (neither your WeChat id nor your phone number), keep it sealed and delete it once sent. A tip never needs a sign-in.'
    },
    {
      title: 'Contact',
      text: "The court in charge answers for what is shown: see its phone and address under Court contacts, or call 12368 (the courts' national line)."
    },
    {
      title: 'Source and version',
      text: 'Version {version}. This is open-source software (MIT licence): anyone can check what it does and does not do. For programs: {address}/v1/docs'
    }
  ]
}
