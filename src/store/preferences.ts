/** What is kept between visits: the theme and the width of the panes. Never the paste. */
import type { Theme } from './state.ts'

const themeKey = 'weaklink.theme'
const splitKey = 'weaklink.split'

export function readTheme(): Theme {
  const value = read(themeKey)
  return value === 'light' || value === 'dark' ? value : 'system'
}

export function saveTheme(theme: Theme) {
  write(themeKey, theme === 'system' ? null : theme)
}

/** Width of the paste pane in per cent of the page. */
export function readSplit(): number {
  const value = Number(read(splitKey) ?? Number.NaN)
  return value >= 20 && value <= 75 ? value : 42
}

export function saveSplit(percent: number) {
  write(splitKey, String(Math.round(percent)))
}

// Storage throws where it is switched off, and on some `file://` pages.
function read(key: string): string | null {
  try {
    return localStorage.getItem(key)
  } catch {
    return null
  }
}

function write(key: string, value: string | null) {
  try {
    if (value === null) localStorage.removeItem(key)
    else localStorage.setItem(key, value)
  } catch {
    // The setting holds for this visit.
  }
}
