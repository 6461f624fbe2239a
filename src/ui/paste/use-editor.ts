import { type RefObject, useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { EditorHandle, EditorSettings } from './editor.ts'

type EditorModule = typeof import('./editor.ts')

let loaded: EditorModule | null = null

/** Loads the editor once the first paint is done; `null` until then, and when it cannot be loaded. */
export function useEditorModule(): EditorModule | null {
  const [module, setModule] = useState(loaded)
  useEffect(() => {
    if (loaded) return
    let wanted = true
    const timer = setTimeout(() => {
      import('./editor.ts').then(
        (arrived) => {
          loaded = arrived
          if (wanted) setModule(arrived)
        },
        // The plain text field stays, and does all but marking evidence.
        () => undefined,
      )
    }, 60)
    return () => {
      wanted = false
      clearTimeout(timer)
    }
  }, [])
  return module
}

/**
 * An editor in `parent` for as long as the component is there. `settings` is read when it is made, and `onCreated` is
 * called before another key can be pressed.
 */
export function useEditor(
  parent: RefObject<HTMLElement | null>,
  settings: () => Omit<EditorSettings, 'parent'>,
  onCreated?: (handle: EditorHandle) => void,
): EditorHandle | null {
  const module = useEditorModule()
  const [handle, setHandle] = useState<EditorHandle | null>(null)
  const latest = useRef({ settings, onCreated })
  latest.current = { settings, onCreated }
  // Before the browser paints or takes a key, so that the text field and the editor are never both there.
  useLayoutEffect(() => {
    if (!module || !parent.current) return
    const created = module.createEditor({ ...latest.current.settings(), parent: parent.current })
    latest.current.onCreated?.(created)
    setHandle(created)
    return () => {
      created.destroy()
      setHandle(null)
    }
  }, [module, parent])
  return handle
}
