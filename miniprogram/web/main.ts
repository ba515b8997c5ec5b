import { runApp } from 'virtual:miniprogram'
import { startApp } from './app'
import { followDialogs } from './dialogs'
import { listenForTaps } from './events'
import { navigateBack, reLaunch, startNavigation, switchTab } from './navigation'
import { mountShell } from './shell'
import { setActions } from './shell_actions'
import { mountFeedback } from './wx/feedback'
import { globals } from './wx/index'

const root = document.querySelector<HTMLElement>('#app')
if (!root) throw new Error('index.html has no #app')

setActions({ back: () => navigateBack(), switchTab, reLaunch })
Object.assign(globalThis, globals)
mountShell(root)
mountFeedback(root)
listenForTaps()
followDialogs(root)
runApp()
startApp()
startNavigation()
