import { readFile } from 'node:fs/promises'
import { scenarioOf } from '../lab/scenarios.ts'
import { drop, expect, open, paste, test } from './fixtures.ts'

test('dropping the missing intermediates completes the chain to serve', async ({ page, lab }) => {
  const { leaf, ca } = lab.world
  await open(page)
  await paste(page, await lab.capture(scenarioOf('missing-intermediate-root-unknown')))
  const save = page.getByTestId('repair-download')
  const region = page.getByRole('region', { name: 'Files' })
  const missing = region.locator('[data-missing="true"]')
  await expect(save).toBeVisible()
  await expect(region).toContainText('the chain to serve, not yet whole')
  await expect(missing).toHaveCount(1)
  await expect(missing).toContainText('Shop Lab Issuing CA 1')

  await drop(page, [{ name: 'issuing.der', bytes: ca.issuing.der }])
  await expect(missing).toHaveCount(1)
  await expect(missing).toContainText('Shop Lab Policy CA')

  await drop(page, [
    { name: 'policy.cer', bytes: ca.policy.der },
    { name: 'root.cer', bytes: ca.root.der },
  ])
  await expect(missing).toHaveCount(0)
  await expect(region).not.toContainText('not yet whole')
  const [download] = await Promise.all([page.waitForEvent('download'), save.click()])
  expect(download.suggestedFilename()).toBe('fullchain.pem')
  expect(await readFile(await download.path(), 'utf8')).toBe(leaf.good.cert + ca.issuing.cert + ca.policy.cert)
})
