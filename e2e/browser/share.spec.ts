import type { Browser, Page } from '@playwright/test'
import { scenarioOf } from '../lab/scenarios.ts'
import { expect, open, paste, test } from './fixtures.ts'

const kinds = ['findings', 'certificates', 'input'] as const

/** The link that the dialog shows, once it is made. */
async function linkOf(page: Page, kind: (typeof kinds)[number], passphrase = ''): Promise<string> {
  if (!(await page.getByRole('dialog').isVisible())) await page.getByTestId('share').click()
  await page.getByTestId('share-kind').selectOption(kind)
  await page.getByRole('dialog').getByTestId('passphrase').fill(passphrase)
  const output = page.getByTestId('share-link')
  const letter = passphrase === '' ? kind.charAt(0) : 'x'
  await expect(output).toHaveValue(new RegExp(`#w1${letter}[\\w-]+e$`), { timeout: 20_000 })
  return output.inputValue()
}

/** Opens a link as somebody else would, and hands over what was asked of the network once it was there. */
async function openElsewhere(browser: Browser, link: string): Promise<{ page: Page; requests: string[] }> {
  const context = await browser.newContext()
  const page = await context.newPage()
  await page.goto(link, { waitUntil: 'networkidle' })
  const requests: string[] = []
  context.on('request', (request) => requests.push(request.url()))
  return { page, requests }
}

for (const kind of kinds) {
  test(`a link of kind ${kind} shows the same verdict in another browser`, async ({ page, lab, browser }) => {
    await open(page)
    await paste(page, await lab.capture(scenarioOf('missing-intermediate-root-unknown')))
    const headline = (await page.getByTestId('verdict').getByRole('heading').textContent()) ?? ''
    const link = await linkOf(page, kind)
    const other = await openElsewhere(browser, link)
    await expect(other.page.getByTestId('verdict').getByRole('heading')).toHaveText(headline)
    await expect(other.page.getByTestId('finding').first()).toBeVisible()
    await expect(other.page.getByTestId('from-link').locator('[data-verified]')).toHaveAttribute(
      'data-verified',
      kind === 'findings' ? 'no' : 'same',
    )
    await expect(other.page).toHaveTitle(/^Broken: missing-intermediate/)
    expect(other.requests).toEqual([])
    await other.page.context().close()
  })
}

test('an encrypted link needs its passphrase', async ({ page, lab, browser }) => {
  test.slow()
  await open(page)
  await paste(page, await lab.capture(scenarioOf('missing-intermediate-root-unknown')))
  await expect(page.getByTestId('verdict')).toBeVisible()
  const link = await linkOf(page, 'certificates', 'correct horse')
  const { page: other } = await openElsewhere(browser, link)
  const banner = other.getByTestId('from-link')
  await expect(banner).toHaveAttribute('data-state', 'locked')
  await expect(other.getByTestId('verdict')).toHaveCount(0)
  await other.getByTestId('passphrase').fill('wrong horse')
  await banner.getByRole('button').click()
  await expect(banner.getByRole('alert')).toBeVisible({ timeout: 20_000 })
  await other.getByTestId('passphrase').fill('correct horse')
  await banner.getByRole('button').click()
  await expect(other.getByTestId('verdict')).toHaveAttribute('data-cause', 'missing-intermediate', { timeout: 20_000 })
  await other.context().close()
})

test('a redacted link names nobody', async ({ page, lab, browser }) => {
  await open(page)
  await paste(page, await lab.capture(scenarioOf('private-ca-root-sent')))
  await expect(page.getByTestId('verdict')).toBeVisible()
  await page.getByTestId('share').click()
  await page.getByLabel('All of these').check()
  await expect(page.getByTestId('share-kind').locator('option:enabled')).toHaveText(['Findings only'])
  const replaced = await page.getByTestId('redaction').locator('tbody td:first-child').allTextContents()
  expect(replaced.length).toBeGreaterThan(3)
  const link = await linkOf(page, 'findings')
  const { page: other } = await openElsewhere(browser, link)
  await expect(other.getByTestId('verdict')).toBeVisible()
  const shown = ((await other.locator('#results').textContent()) ?? '').toLowerCase()
  for (const value of replaced) expect(shown).not.toContain(value.toLowerCase())
  expect(shown).toContain('host-1')
  await other.context().close()
})

const secrets = {
  key: 'MIGHAgEAMBMGByqGSM49AgEGCCqGSM49AwEHBG0wawIBAQQgZJ',
  master: '00112233445566778899AABBCCDDEEFF00112233445566778899AABBCCDDEEFF',
  bearer: 'Bearer abcdefghijklmnop',
  cookie: 'session=qrstuvwx',
  proxy: 'hunter2proxy',
  store: 'hunter2store',
  token: 'eyJhbGciOiJub25lIn0.eyJzdWIiOiJwbGFudGVkIn0.c2lnbmF0dXJl',
}

test('no secret of a paste reaches a link, an export, the storage, the title or an attribute', async ({
  page,
  lab,
  browser,
}) => {
  await open(page)
  const capture = await lab.capture(scenarioOf('missing-intermediate-root-unknown'))
  const planted = [
    capture,
    `    Master-Key: ${secrets.master}`,
    `> Authorization: ${secrets.bearer}`,
    `< Set-Cookie: ${secrets.cookie}`,
    `$ curl -U me:${secrets.proxy} -x proxy.example:3128 https://shop.example/`,
    `java -Djavax.net.ssl.keyStorePassword=${secrets.store} -jar app.jar`,
    `token ${secrets.token}`,
    `-----BEGIN PRIVATE KEY-----\n${secrets.key}\n-----END PRIVATE KEY-----`,
  ].join('\n')
  await paste(page, planted)
  await expect(page.locator('[data-rule="secret-in-paste"]').first()).toBeVisible()
  for (const kind of kinds) {
    const link = await linkOf(page, kind)
    const { page: other } = await openElsewhere(browser, link)
    await expect(other.getByTestId('verdict')).toBeVisible()
    const held = await other.evaluate(() => `${document.documentElement.outerHTML}\n${document.title}`)
    for (const secret of Object.values(secrets)) expect(held).not.toContain(secret)
    await other.context().close()
  }
  const download = page.waitForEvent('download')
  await page.getByTestId('export-markdown').click()
  const { readFile } = await import('node:fs/promises')
  const exported = await readFile(await (await download).path(), 'utf8')
  const kept = await page.evaluate(() => {
    const attributes = [...document.querySelectorAll('*')].flatMap((element) =>
      [...element.attributes].map(({ value }) => value),
    )
    return [
      document.title,
      location.href,
      ...attributes,
      ...Object.values(localStorage),
      ...Object.values(sessionStorage),
    ].join('\n')
  })
  for (const secret of Object.values(secrets)) {
    expect(exported).not.toContain(secret)
    expect(kept).not.toContain(secret)
  }
})

test('a damaged, cut, newer or foreign link gives a message and a page that works', async ({ page, lab }) => {
  const capture = await lab.capture(scenarioOf('missing-intermediate-root-unknown'))
  for (const [fragment, words] of [
    ['w1fAAAAAAAAAAAAe', 'Something changed it'],
    ['w1fAAAAAAAAAAAA', 'Its end is missing'],
    ['w9fAAAAAAAAAAAAe', 'A newer version'],
  ] as const) {
    await page.goto('about:blank')
    await page.goto(`./#${fragment}`)
    await expect(page.getByTestId('from-link')).toContainText(words)
    await expect(page.getByTestId('verdict')).toHaveCount(0)
    await expect(page.locator('[data-testid="paste"][contenteditable="true"]')).toBeVisible()
    await paste(page, capture)
    await expect(page.getByTestId('verdict')).toHaveAttribute('data-cause', 'missing-intermediate')
    await expect(page.getByTestId('from-link')).toHaveCount(0)
    expect(new URL(page.url()).hash).toBe('')
  }
  await page.goto('about:blank')
  await page.goto('./#some-anchor')
  await expect(page.getByTestId('from-link')).toHaveCount(0)
})

test('a pasted link opens, and Back returns to a link that was left', async ({ page, lab }) => {
  await open(page)
  await paste(page, await lab.capture(scenarioOf('missing-intermediate-root-unknown')))
  await expect(page.getByTestId('verdict')).toBeVisible()
  const link = await linkOf(page, 'findings')
  await page.keyboard.press('Escape')
  await page.getByTestId('clear').click()
  await paste(page, link)
  await expect(page.getByTestId('from-link')).toHaveAttribute('data-state', 'open')
  await expect(page.getByTestId('verdict')).toHaveAttribute('data-cause', 'missing-intermediate')
  await page.goto('about:blank')
  await page.goto(link)
  await expect(page.getByTestId('from-link')).toHaveAttribute('data-state', 'open')
  await expect(page.locator('[data-testid="paste"][contenteditable="true"]')).toBeVisible()
  await paste(page, await lab.capture(scenarioOf('private-ca-root-sent')))
  await expect(page.getByTestId('verdict')).toHaveAttribute('data-cause', 'private-ca')
  await page.goBack()
  await expect(page.getByTestId('from-link')).toBeVisible()
  await expect(page.getByTestId('verdict')).toHaveAttribute('data-cause', 'missing-intermediate')
})

test('a history is kept only when it is wanted, and deleted when asked', async ({ page, lab }) => {
  const capture = await lab.capture(scenarioOf('missing-intermediate-root-unknown'))
  const stored = () => page.evaluate(() => indexedDB.databases().then((all) => all.map(({ name }) => name)))
  await open(page)
  await paste(page, capture)
  await expect(page.getByTestId('verdict')).toBeVisible()
  expect(await stored()).toEqual([])
  await page.getByTestId('clear').click()
  await page.getByLabel('Keep verdicts in this browser').check()
  await paste(page, capture)
  await expect(page.getByTestId('verdict')).toBeVisible()
  await page.waitForTimeout(500)
  await page.getByTestId('clear').click()
  const entries = page.getByTestId('history').locator('li')
  await expect(entries).toHaveCount(1)
  await page.reload()
  await entries.first().getByRole('button').click()
  await expect(page.getByTestId('verdict')).toHaveAttribute('data-cause', 'missing-intermediate')
  await page.getByTestId('from-link').getByRole('button', { name: 'Close' }).click()
  await page.getByRole('button', { name: 'Delete all' }).click()
  await expect(entries).toHaveCount(0)
})
