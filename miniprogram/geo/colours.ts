/** The colours of styles/tokens.wxss that maps, canvases and attributes need as values; a test compares them. */
export interface MapColours {
  ink: string
  paper: string
  ground: string
  area: string
  areaTint: string
  link: string
}

export type Theme = 'light' | 'dark'

const COLOURS: Record<Theme, MapColours> = {
  light: {
    ink: '#1c2521',
    paper: '#ffffff',
    ground: '#f4f6f5',
    area: '#3c6656',
    areaTint: '#e5eeea',
    link: '#1558b0'
  },
  dark: {
    ink: '#e8edea',
    paper: '#1b211e',
    ground: '#121614',
    area: '#9cc5b3',
    areaTint: '#22312b',
    link: '#8ab8ff'
  }
}

/** What leaves the screen, whatever theme it has: a sheet to be printed, and photos where they are transparent. */
export const PRINT = { ink: '#000000', paper: '#ffffff' }

export function coloursOf(theme: Theme): MapColours {
  return COLOURS[theme]
}

/** What the phone is set to now. */
export function currentTheme(): Theme {
  return wx.getAppBaseInfo().theme === 'dark' ? 'dark' : 'light'
}
