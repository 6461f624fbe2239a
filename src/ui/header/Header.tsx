import { useRef } from 'react'
import { actions, useApp } from '../../store/app.ts'
import type { Theme } from '../../store/state.ts'
import { Menu } from '../controls/Menu.tsx'
import { examples, openExample } from '../examples/examples.ts'
import { ShareButton } from '../share/ShareButton.tsx'
import { Tool } from './Tool.tsx'
import './header.css'

export function Header() {
  return (
    <header className="header">
      <h1>
        <svg className="logo" viewBox="0 0 16 16" aria-hidden="true">
          <path d="M4 6.25V5.5A2.5 2.5 0 0 1 6.5 3h3A2.5 2.5 0 0 1 12 5.5v.75M4 9.75v.75A2.5 2.5 0 0 0 6.5 13h3a2.5 2.5 0 0 0 2.5-2.5v-.75" />
        </svg>
        Weaklink
      </h1>
      <nav className="tools" aria-label="Tools">
        <Menu
          label="Examples"
          items={examples.map((example) => ({
            key: example.slug,
            label: example.title,
            detail: example.detail,
            testId: 'example',
            onChoose: () => void openExample(example),
          }))}
        />
        <AddFiles />
        <ShareButton />
        <Clear />
        <ThemeSwitch />
      </nav>
    </header>
  )
}

function AddFiles() {
  const input = useRef<HTMLInputElement>(null)
  return (
    <>
      <Tool sign="files" title="Add files" onClick={() => input.current?.click()}>
        <span className="wide-only">Add files</span>
        <span className="narrow-only">Files</span>
      </Tool>
      <input
        ref={input}
        type="file"
        multiple
        hidden
        data-testid="file-input"
        aria-label="Add files"
        onChange={(event) => {
          const { currentTarget } = event
          void actions.addFiles([...(currentTarget.files ?? [])].map((file) => ({ file })))
          currentTarget.value = ''
        }}
      />
    </>
  )
}

function Clear() {
  const something = useApp((state) => state.text !== '' || state.files.length > 0)
  const restorable = useApp((state) => state.cleared !== null)
  if (!something && restorable) {
    return (
      <Tool sign="restore" title="Bring back what was cleared" onClick={() => actions.restore()}>
        Restore
      </Tool>
    )
  }
  return (
    <Tool
      sign="clear"
      title="Clear paste and files"
      data-testid="clear"
      disabled={!something}
      onClick={() => actions.clear()}
    >
      Clear
    </Tool>
  )
}

const nextTheme: Record<Theme, Theme> = { system: 'light', light: 'dark', dark: 'system' }

/** A disc: half for the system's theme, empty for light, full for dark. */
const discs: Record<Theme, string> = {
  system: 'M8 2a6 6 0 0 1 0 12z',
  light: '',
  dark: 'M8 2a6 6 0 0 1 0 12A6 6 0 0 1 8 2z',
}

function ThemeSwitch() {
  const theme = useApp((state) => state.theme)
  const label = `Theme: ${theme}. Change to ${nextTheme[theme]}`
  return (
    <button
      type="button"
      className="tool tool-icon"
      aria-label={label}
      title={label}
      onClick={() => actions.setTheme(nextTheme[theme])}
    >
      <svg viewBox="0 0 16 16" aria-hidden="true">
        <circle cx="8" cy="8" r="6" />
        <path d={discs[theme]} />
      </svg>
    </button>
  )
}
