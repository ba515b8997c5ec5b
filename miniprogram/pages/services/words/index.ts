import { type Ground, listGrounds } from '../../../api/grounds'
import { Loader, NOTHING, type ViewState } from '../../../api/loading'
import { articles, type Passage } from '../../../i18n/articles'
import { fill, language, messages } from '../../../i18n/index'

interface GroundView {
  id: number
  lead: string
  basis: string
  legal: string
  ends: string
}

function toView({ id, text, plain, article, how_it_ends }: Ground): GroundView {
  const lang = language()
  return {
    id,
    lead: plain[lang],
    basis: fill(messages().entity.basisArticle, { n: id }),
    legal: `${article} ${text}`,
    ends: how_it_ends[lang]
  }
}

Page({
  data: {
    lead: '',
    words: [] as Passage[],
    groundsTitle: '',
    legalTitle: '',
    endsTitle: '',
    grounds: [] as GroundView[],
    state: NOTHING as ViewState
  },

  loader: null as Loader | null,

  onLoad() {
    const { wordsLead, words, groundsTitle } = articles()
    const { services, entity } = messages()
    this.loader = new Loader((state) => this.setData({ state }))
    this.setData({ lead: wordsLead, words, groundsTitle, legalTitle: entity.legalText, endsTitle: entity.ends })
    wx.setNavigationBarTitle({ title: services.words })
    this.reload()
  },

  onUnload() {
    this.loader?.drop()
  },

  async reload() {
    const grounds = await this.loader?.load(listGrounds())
    if (grounds) this.setData({ grounds: grounds.map(toView) })
  },

  cancel() {
    this.loader?.cancel()
  }
})
