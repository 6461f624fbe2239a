/**
 * Pictures of the built page at four widths, light and dark, empty and with a paste.
 * Usage: node e2e/shots.mjs OUTDIR [paste-file]
 */
import { existsSync, mkdirSync, readFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { chromium } from '@playwright/test'
import { build, preview } from 'vite'
import { findBrowser } from '../scripts/browser.mjs'

const root = fileURLToPath(new URL('..', import.meta.url))
const widths = [320, 768, 1440, 1920]
const schemes = ['light', 'dark']

const [directory, pasteFile] = process.argv.slice(2)
if (!directory) {
  console.error('usage: node e2e/shots.mjs OUTDIR [paste-file]')
  process.exit(2)
}
const text = pasteFile === undefined ? undefined : readFileSync(pasteFile, 'utf8')
mkdirSync(directory, { recursive: true })

/** Puts text where a user pastes, and waits for the verdict on it. */
async function paste(page) {
  await page.evaluate((content) => navigator.clipboard.writeText(content), text)
  await page.getByTestId('paste').focus()
  await page.keyboard.press('ControlOrMeta+v')
  await page.getByTestId('verdict').waitFor()
  await page.waitForLoadState('networkidle')
}

if (!existsSync(path.join(root, 'dist/index.html'))) await build({ root, logLevel: 'warn' })
const server = await preview({ root, logLevel: 'warn', preview: { host: 'localhost', port: 4190, strictPort: false } })
const browser = await chromium.launch(findBrowser())
try {
  for (const colorScheme of schemes) {
    for (const width of widths) {
      const viewport = { width, height: width < 700 ? 640 : 900 }
      const context = await browser.newContext({ viewport, colorScheme, reducedMotion: 'reduce' })
      await context.grantPermissions(['clipboard-read', 'clipboard-write'])
      const page = await context.newPage()
      const shoot = async (state, fullPage) => {
        const file = path.join(directory, `${state}-${width}-${colorScheme}.png`)
        await page.screenshot({ path: file, fullPage })
        const overflow = await page.evaluate(
          () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
        )
        console.log(`${file}${overflow > 0 ? ` (scrolls sideways by ${overflow} px)` : ''}`)
      }
      await page.goto(server.resolvedUrls.local[0], { waitUntil: 'networkidle' })
      await shoot('empty', true)
      if (text !== undefined) {
        await paste(page)
        await shoot('paste', false)
        await shoot('paste-whole', true)
      }
      await context.close()
    }
  }
} finally {
  await browser.close()
  await server.close()
}
