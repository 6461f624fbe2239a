import { type RefObject, useEffect, useRef, useState } from 'react'
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

/** An editor in `parent` for as long as the component is there. `settings` is read once. */
export function useEditor(
  parent: RefObject<HTMLElement | null>,
  settings: () => Omit<EditorSettings, 'parent'>,
): EditorHandle | null {
  const module = useEditorModule()
  const [handle, setHandle] = useState<EditorHandle | null>(null)
  const read = useRef(settings)
  read.current = settings
  useEffect(() => {
    if (!module || !parent.current) return
    const created = module.createEditor({ ...read.current(), parent: parent.current })
    setHandle(created)
    return () => {
      created.destroy()
      setHandle(null)
    }
  }, [module, parent])
  return handle
}
