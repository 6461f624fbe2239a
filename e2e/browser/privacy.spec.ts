import type { Page } from '@playwright/test'
import { pemOf } from '../lab/pki.ts'
import { scenarioOf } from '../lab/scenarios.ts'
import { drop, expect, open, paste, test } from './fixtures.ts'

/** Everything a visitor does in a minute: pastes, files, every example, opened details, clearing. */
async function useThePage(page: Page, captures: readonly string[], der: Uint8Array): Promise<void> {
  const verdict = page.getByTestId('verdict')
  for (const text of captures) {
    await paste(page, text)
    await expect(verdict).toBeVisible()
    const summaries = page.locator('[data-testid="finding"] summary')
    for (let index = 0; index < (await summaries.count()); index += 1) await summaries.nth(index).click()
    await page.getByTestId('clear').click()
    await expect(verdict).toHaveCount(0)
  }
  const count = await page.getByTestId('example').count()
  expect(count, 'there are examples to try').toBeGreaterThan(0)
  for (let index = 0; index < count; index += 1) {
    await page.getByTestId('example').nth(index).click()
    await expect(verdict).toBeVisible()
    await page.getByTestId('clear').click()
    await expect(verdict).toHaveCount(0)
  }
  await drop(page, [{ name: 'leaf.der', bytes: der }])
  await expect(verdict).toBeVisible()
}

test('nothing is requested after the page has loaded', async ({ page, context, lab }) => {
  await open(page, 'networkidle')
  const requests: string[] = []
  context.on('request', (request) => requests.push(`${request.method()} ${request.url()}`))
  const captures = [
    await lab.capture(scenarioOf('missing-intermediate-root-unknown')),
    await lab.capture(scenarioOf('private-ca-root-sent')),
  ]
  await useThePage(page, captures, lab.world.leaf.good.der)
  expect(requests).toEqual([])
})

test('everything works without a network after the page has loaded', async ({ page, context, lab }) => {
  await open(page, 'networkidle')
  const capture = await lab.capture(scenarioOf('interception-corporate'))
  await context.setOffline(true)
  await useThePage(page, [capture], lab.world.leaf.good.der)
})

test('the policy lets nothing leave, even for a script that tries', async ({ page, misdeeds }) => {
  await open(page)
  const blocked = await page.evaluate(async () => {
    const attempts = [
      fetch('https://example.com/').then(
        () => 'sent',
        () => 'blocked',
      ),
      fetch('./index.html').then(
        () => 'sent',
        () => 'blocked',
      ),
      new Promise((resolve) => {
        const image = new Image()
        image.onload = () => resolve('sent')
        image.onerror = () => resolve('blocked')
        image.src = 'https://example.com/x.png'
      }),
    ]
    return Promise.all(attempts)
  })
  expect(blocked).toEqual(['blocked', 'blocked', 'blocked'])
  // These were provoked, and each is a refusal.
  for (const misdeed of misdeeds) expect(misdeed).toMatch(/Content Security Policy/)
  misdeeds.length = 0
  await page.evaluate(() => {
    ;(window as Window & { policyViolations?: string[] }).policyViolations = []
  })
})

test('nothing pasted becomes markup, and nothing hides its direction', async ({ page, lab }) => {
  const markup = '<img src=x onerror=window.pwned=1>'
  const { pki, ca } = lab.world
  const hostile = await pki.issue({
    subject: `/O=${markup}/OU=a\u202egnp.exe\u202c/CN=shop\u2066.example`,
    names: ['api.shop.example'],
    issuer: ca.issuing,
  })
  await open(page)
  const listing = [
    '$ openssl s_client -connect api.shop.example:443 -servername api.shop.example -showcerts </dev/null',
    `depth=0 O = ${markup}, CN = shop\u202e.example`,
    'verify error:num=20:unable to get local issuer certificate',
    'CONNECTED(00000003)',
    '---',
    'Certificate chain',
    ` 0 s:O = ${markup}, CN = shop\u202e.example`,
    `   i:CN = <script>window.pwned=2</script>`,
    pemOf(hostile.der),
    '---',
    `javascript:window.pwned=3 <svg onload=window.pwned=4>`,
    'Verify return code: 20 (unable to get local issuer certificate)',
    '',
  ].join('\n')
  await paste(page, listing)
  await expect(page.getByTestId('verdict')).toBeVisible()
  await drop(page, [
    { name: `${markup}\u202e.pem`, bytes: Buffer.from(`${listing}\0${markup}\0\n`) },
    { name: 'nul.txt', bytes: Buffer.from(`\0\0${markup}\0verify error:num=10:certificate has expired\0`) },
  ])
  await expect(page.getByTestId('chain')).toBeVisible()
  const summaries = page.locator('[data-testid="finding"] summary')
  for (let index = 0; index < (await summaries.count()); index += 1) await summaries.nth(index).click()
  const names = page.getByTestId('certificate').getByRole('button', { expanded: false })
  while ((await names.count()) > 0) await names.first().click()

  const found = await page.evaluate(() => ({
    pwned: (window as Window & { pwned?: number }).pwned,
    elements: document.querySelectorAll('img[src="x"], svg[onload], [onerror], a[href^="javascript:"]').length,
    scripts: [...document.scripts].filter(({ text }) => text.includes('pwned')).length,
    // Everything but the paste itself, where the text stands as it came.
    controls: [...document.querySelectorAll('[data-testid="verdict"], [data-testid="chain"], [data-testid="finding"]')]
      .map(({ textContent }) => textContent ?? '')
      .join('')
      // biome-ignore lint/suspicious/noControlCharactersInRegex: NUL is what is looked for
      .match(/[\u0000\u202a-\u202e\u2066-\u2069]/g),
  }))
  expect(found).toEqual({ pwned: undefined, elements: 0, scripts: 0, controls: null })
})
