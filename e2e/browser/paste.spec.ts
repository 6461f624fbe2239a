import { scenarioOf } from '../lab/scenarios.ts'
import { drop, expect, open, paste, test } from './fixtures.ts'

/** Stories that end the same whether or not the lab's root is imported: the page knows public roots only. */
const stories = [
  'healthy-for-client',
  'missing-intermediate-root-unknown',
  'wrong-order',
  'no-sni',
  'expired-leaf',
  'self-signed-leaf',
  'private-ca-root-sent',
  'interception-known-product',
  'cloudflare-origin',
  'hostname-mismatch',
  'bad-signature',
  'client-certificate-missing-tls13',
  'plain-http',
  'connection-refused',
  'cut-by-head',
]

test.describe('a pasted capture', () => {
  for (const name of stories) {
    const scenario = scenarioOf(name)
    test(`says ${scenario.expect.cause} when ${scenario.title}`, async ({ page, lab }) => {
      const text = await lab.capture(scenario)
      await open(page)
      await paste(page, text)
      const verdict = page.getByTestId('verdict')
      await expect(verdict).toHaveAttribute('data-cause', scenario.expect.cause)
      if (scenario.expect.status) await expect(verdict).toHaveAttribute('data-status', scenario.expect.status)
      for (const rule of scenario.expect.rules ?? []) {
        await expect(page.locator(`[data-testid="finding"][data-rule="${rule}"]`).first()).toBeAttached()
      }
    })
  }

  test('draws the missing certificate between the leaf and nothing', async ({ page, lab }) => {
    await open(page)
    await paste(page, await lab.capture(scenarioOf('missing-intermediate-root-unknown')))
    const rungs = page.getByTestId('chain').getByTestId('certificate')
    await expect(rungs.first()).toHaveAttribute('data-sha256', /^[0-9a-f]{64}$/)
    const missing = page.getByTestId('chain').locator('[data-missing="true"]')
    await expect(missing).toHaveCount(1)
    await expect(missing).toContainText('Shop Lab Issuing CA 1')
    const finding = page.locator('[data-testid="finding"][data-rule="missing-intermediate"]')
    await expect(finding).toHaveAttribute('data-severity', 'error')
    await expect(finding).toHaveAttribute('data-confidence', /^(certain|likely|hint)$/)
  })

  test('draws every certificate of a complete chain, none missing', async ({ page, lab }) => {
    await open(page)
    await paste(page, await lab.capture(scenarioOf('private-ca-root-sent')))
    const rungs = page.getByTestId('chain').getByTestId('certificate')
    await expect(rungs).toHaveCount(4)
    await expect(page.locator('[data-missing="true"]')).toHaveCount(0)
  })

  test('is judged anew when another takes its place, and cleared', async ({ page, lab }) => {
    await open(page)
    const verdict = page.getByTestId('verdict')
    for (const name of ['expired-leaf', 'plain-http', 'self-signed-leaf']) {
      const scenario = scenarioOf(name)
      await paste(page, await lab.capture(scenario))
      await expect(verdict).toHaveAttribute('data-cause', scenario.expect.cause)
    }
    await page.getByTestId('clear').click()
    await expect(verdict).toHaveCount(0)
    await expect(page.getByTestId('paste')).not.toContainText('CERTIFICATE')
  })

  test('can be typed as well', async ({ page }) => {
    await open(page)
    await page.getByTestId('paste').focus()
    await page.keyboard.type('curl: (60) SSL certificate problem: certificate has expired')
    await expect(page.getByTestId('verdict')).toHaveAttribute('data-status', /broken|inconclusive/)
  })

  test('offers commands to copy', async ({ page, lab }) => {
    await open(page)
    await paste(page, await lab.capture(scenarioOf('missing-intermediate-root-unknown')))
    const copy = page.getByRole('button', { name: /^Copy the next command/ }).first()
    await copy.click()
    await expect(page.getByRole('button', { name: /^Copied/ }).first()).toBeVisible()
    expect(await page.evaluate(() => navigator.clipboard.readText())).toContain('openssl')
  })
})

test.describe('files', () => {
  test('a DER and a PEM file are read when chosen', async ({ page, lab }) => {
    await open(page)
    const { leaf, ca } = lab.world
    await page.getByTestId('file-input').setInputFiles([
      { name: 'leaf.cer', mimeType: 'application/octet-stream', buffer: Buffer.from(leaf.expired.der) },
      { name: 'issuing.pem', mimeType: 'application/x-pem-file', buffer: Buffer.from(ca.issuing.cert) },
    ])
    await expect(page.getByTestId('verdict')).toHaveAttribute('data-cause', 'expired-leaf')
    await expect(page.getByTestId('chain').locator('[data-sha256]')).toHaveCount(2)
  })

  test('a DER and a PEM file are read when dropped', async ({ page, lab }) => {
    await open(page)
    const { leaf, ca } = lab.world
    await drop(page, [
      { name: 'leaf.der', bytes: leaf.expired.der },
      { name: 'issuing.crt', bytes: Buffer.from(ca.issuing.cert) },
    ])
    await expect(page.getByTestId('verdict')).toHaveAttribute('data-cause', 'expired-leaf')
    await expect(page.getByTestId('chain').locator('[data-sha256]')).toHaveCount(2)
  })
})
