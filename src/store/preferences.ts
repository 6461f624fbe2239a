/** What is kept between visits: the theme, the width of the panes, and how links are made. Never the paste. */
import { type RedactionClass, redactionClasses } from '../report/identities.ts'
import type { Theme } from './state.ts'

const themeKey = 'weaklink.theme'
const splitKey = 'weaklink.split'
const platformKey = 'weaklink.platform'
const linkBaseKey = 'weaklink.link-base'
const redactionKey = 'weaklink.redaction'
const historyKey = 'weaklink.history'

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

/** Address that links begin with, where it is not that of this page; empty: this page's. */
export function readLinkBase(): string {
  return read(linkBaseKey) ?? ''
}

export function saveLinkBase(address: string) {
  write(linkBaseKey, address === '' ? null : address)
}

/** What is replaced by placeholders in links and exports. */
export function readRedaction(): ReadonlySet<RedactionClass> {
  const chosen = (read(redactionKey) ?? '').split(' ')
  return new Set(redactionClasses.filter((one) => chosen.includes(one)))
}

export function saveRedaction(classes: ReadonlySet<RedactionClass>) {
  write(redactionKey, classes.size === 0 ? null : [...classes].join(' '))
}

/** Are verdicts to be kept in this browser? Off until the user says so. */
export function readKeepHistory(): boolean {
  return read(historyKey) === 'on'
}

export function saveKeepHistory(on: boolean) {
  write(historyKey, on ? 'on' : null)
}

/** Slug of the platform whose fixes were chosen last. */
export function readPlatform(): string | null {
  const value = read(platformKey)
  return value !== null && /^[a-z0-9-]{1,40}$/.test(value) ? value : null
}

export function savePlatform(platform: string) {
  write(platformKey, platform)
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
