import { scenarioOf } from '../lab/scenarios.ts'
import { expect, open, paste, test } from './fixtures.ts'

test.describe('the pages of the rules', () => {
  test('open from a finding, without a network, and close with Escape', async ({ page, context, lab }) => {
    await open(page, 'networkidle')
    await paste(page, await lab.capture(scenarioOf('missing-intermediate-root-unknown')))
    await context.setOffline(true)
    const button = page.getByRole('button', { name: 'What is this? missing-intermediate' })
    await button.focus()
    await page.keyboard.press('Enter')
    const dialog = page.getByRole('dialog', { name: 'missing-intermediate' })
    await expect(dialog).toBeVisible()
    for (const part of ['Why it matters', 'How Weaklink tells', 'How to fix it', 'To try it', 'Sources'])
      await expect(dialog.getByRole('heading', { name: part })).toBeVisible()
    await expect(dialog).toContainText('20 (unable to get local issuer certificate)')
    await page.keyboard.press('Escape')
    await expect(dialog).toHaveCount(0)
    await expect(button).toBeFocused()
  })

  test('are listed, searched, and read with the keyboard', async ({ page }) => {
    await open(page)
    await page.getByRole('button', { name: 'All rules' }).click()
    const dialog = page.getByTestId('help-dialog')
    await expect(dialog.getByTestId('help-rule').nth(40)).toBeVisible()
    await dialog.getByTestId('help-search').fill('64 ip address mismatch')
    await expect(dialog.getByRole('status')).toHaveText('1 rule')
    await page.keyboard.press('Tab')
    await page.keyboard.press('Enter')
    await expect(dialog.getByTestId('help-page')).toHaveAttribute('data-rule', 'hostname-mismatch')
    await dialog.getByRole('button', { name: 'All rules' }).click()
    await expect(dialog.getByTestId('help-search')).toHaveValue('64 ip address mismatch')
    await dialog.getByTestId('help-search').fill('xyzzy')
    await expect(dialog.getByRole('status')).toHaveText('No rule holds these words.')
  })

  for (const scheme of ['light', 'dark'] as const) {
    test(`fit 320 px, ${scheme}`, async ({ page }) => {
      await page.emulateMedia({ colorScheme: scheme })
      await page.setViewportSize({ width: 320, height: 640 })
      await open(page)
      await page.getByRole('button', { name: 'All rules' }).click()
      const dialog = page.getByTestId('help-dialog')
      const overflow = () => dialog.evaluate((element) => element.scrollWidth - element.clientWidth)
      expect(await overflow()).toBe(0)
      for (const slug of ['client-certificate-requested', 'missing-intermediate', 'product-default-certificate']) {
        await dialog.getByRole('button', { name: slug, exact: true }).click()
        await expect(dialog.getByTestId('help-page')).toHaveAttribute('data-rule', slug)
        expect(await overflow(), slug).toBe(0)
        await dialog.getByRole('button', { name: 'All rules' }).click()
      }
    })
  }
})
