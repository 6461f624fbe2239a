import { useEffect } from 'react'
import { useApp } from '../../store/app.ts'
import { preloadExamples } from '../examples/examples.ts'
import { loadFixes } from '../findings/use-fixes.ts'
import { loadHelpDialog } from '../help/HelpButton.tsx'
import { loadShareDialog } from '../share/ShareButton.tsx'

/** Effects on the document as a whole: the theme, the worker's early start, and what print must open. */
export function usePage() {
  const theme = useApp((state) => state.theme)
  useEffect(() => {
    if (theme === 'system') document.documentElement.removeAttribute('data-theme')
    else document.documentElement.setAttribute('data-theme', theme)
  }, [theme])

  useEffect(() => {
    // After the first paint, and before the first paste.
    const timer = setTimeout(() => {
      void preloadExamples()
      void loadFixes().catch(() => {})
      void loadShareDialog().catch(() => {})
      void loadHelpDialog().catch(() => {})
    }, 120)
    return () => clearTimeout(timer)
  }, [])

  useEffect(() => {
    let opened: HTMLDetailsElement[] = []
    const open = () => {
      opened = [
        ...document.querySelectorAll<HTMLDetailsElement>('details.finding:not([open]), details.read:not([open])'),
      ]
      for (const element of opened) element.open = true
    }
    const close = () => {
      for (const element of opened) element.open = false
    }
    window.addEventListener('beforeprint', open)
    window.addEventListener('afterprint', close)
    return () => {
      window.removeEventListener('beforeprint', open)
      window.removeEventListener('afterprint', close)
    }
  }, [])
}
