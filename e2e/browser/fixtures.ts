/** What the browser tests share: the lab, the ways text and files reach the page, and what no page may ever do. */
import { test as base, expect, type Page } from '@playwright/test'
import { opensslVersion } from '../lab/pki.ts'
import { type Lab, startLab } from '../lab/scenarios.ts'

interface PageFixtures {
  /** Scripts that failed, and what the content security policy had to stop. Every test ends with both empty. */
  misdeeds: string[]
}

interface WorkerFixtures {
  lab: Lab
}

/** Set by the page's own listener; read when the test ends. */
type Watched = Window & { policyViolations?: string[] }

export const test = base.extend<PageFixtures, WorkerFixtures>({
  lab: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright reads the names of what is needed from the pattern
    async ({}, use) => {
      if ((await opensslVersion()) === undefined) {
        base.skip(true, 'the lab needs OpenSSL 1.1.1 or later as `openssl`')
        return
      }
      const lab = await startLab()
      await use(lab)
      await lab.stop()
    },
    { scope: 'worker', timeout: 60_000 },
  ],
  misdeeds: [
    async ({ page }, use) => {
      const misdeeds: string[] = []
      page.on('pageerror', (error) => misdeeds.push(`script: ${error.message}`))
      page.on('console', (message) => {
        if (message.type() === 'error') misdeeds.push(`console: ${message.text()}`)
      })
      await page.addInitScript(() => {
        const watched = window as Watched
        watched.policyViolations = []
        document.addEventListener('securitypolicyviolation', (event) => {
          watched.policyViolations?.push(`policy: ${event.effectiveDirective} ${event.blockedURI}`)
        })
      })
      await use(misdeeds)
      const violations = await page.evaluate(() => (window as Watched).policyViolations ?? []).catch(() => [])
      expect([...misdeeds, ...violations], 'nothing failed in the page, and the policy had nothing to stop').toEqual([])
    },
    { auto: true },
  ],
})

export { expect }

/** Opens the page and waits for the editor, which takes the place of a plain field. */
export async function open(page: Page, waitUntil: 'load' | 'networkidle' = 'load'): Promise<void> {
  await page.goto('./', { waitUntil })
  await expect(page.locator('[data-testid="paste"][contenteditable="true"]')).toBeVisible()
  await expect(page.getByTestId('paste')).toHaveCount(1)
}

/** Pastes as a user does: with the clipboard and the keyboard. */
export async function paste(page: Page, text: string): Promise<void> {
  await page.evaluate((content) => navigator.clipboard.writeText(content), text)
  await page.getByTestId('paste').focus()
  await page.keyboard.press('ControlOrMeta+a')
  await page.keyboard.press('ControlOrMeta+v')
}

/** Drops files on the page, as from a file manager. */
export async function drop(page: Page, files: readonly { name: string; bytes: Uint8Array }[]): Promise<void> {
  const contents = files.map(({ name, bytes }) => ({ name, bytes: [...bytes] }))
  await page.evaluate((dropped) => {
    const dataTransfer = new DataTransfer()
    for (const { name, bytes } of dropped) dataTransfer.items.add(new File([new Uint8Array(bytes)], name))
    for (const type of ['dragenter', 'dragover', 'drop']) {
      document.body.dispatchEvent(new DragEvent(type, { dataTransfer, bubbles: true, cancelable: true }))
    }
  }, contents)
}
