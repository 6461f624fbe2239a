import { useEffect, useRef } from 'react'
import { findFragment } from '../../share/frame.ts'
import { actions, useApp } from '../../store/app.ts'
import { statusWord } from '../text/words.ts'

/** Opens what the address holds, now and when it changes, and keeps address, history and title true. */
export function useLinks() {
  useEffect(() => {
    const openAddress = () => {
      const fragment = findFragment(location.hash)
      if (fragment === undefined) actions.leaveLink()
      else actions.openLink(fragment)
    }
    if (findFragment(location.hash) !== undefined) openAddress()
    window.addEventListener('hashchange', openAddress)
    return () => window.removeEventListener('hashchange', openAddress)
  }, [])

  // Once the page shows something else, its address must not claim to be the link's; Back returns to it.
  const linked = useApp((state) => state.linked !== null)
  const before = useRef(false)
  useEffect(() => {
    const left = before.current && !linked
    before.current = linked
    if (!left || findFragment(location.hash) === undefined) return
    try {
      history.pushState(null, '', location.pathname + location.search)
    } catch {
      // A page from a file may not change its address in some browsers.
    }
  }, [linked])

  const title = useApp(({ report, status }) =>
    report && status === 'done' ? `${statusWord[report.verdict.status]}: ${report.verdict.cause}` : '',
  )
  useEffect(() => {
    document.title = title === '' ? 'Weaklink' : `${title} - Weaklink`
  }, [title])
}
