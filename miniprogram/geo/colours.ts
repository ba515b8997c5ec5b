/** The colours of styles/tokens.wxss that the map needs as values; a test compares them. */
export interface MapColours {
  ink: string
  paper: string
  area: string
  link: string
}

export type Theme = 'light' | 'dark'

const COLOURS: Record<Theme, MapColours> = {
  light: { ink: '#1c2521', paper: '#ffffff', area: '#3c6656', link: '#1558b0' },
  dark: { ink: '#e8edea', paper: '#1b211e', area: '#9cc5b3', link: '#8ab8ff' }
}

export function coloursOf(theme: Theme): MapColours {
  return COLOURS[theme]
}

/** What the phone is set to now. */
export function currentTheme(): Theme {
  return wx.getAppBaseInfo().theme === 'dark' ? 'dark' : 'light'
}
