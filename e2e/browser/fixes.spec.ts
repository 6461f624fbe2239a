import { scenarioOf } from '../lab/scenarios.ts'
import { expect, open, paste, test } from './fixtures.ts'

test.describe('fixes', () => {
  test.beforeEach(async ({ page, lab }) => {
    await open(page)
    await paste(page, await lab.capture(scenarioOf('missing-intermediate-root-unknown')))
    await expect(page.getByTestId('fix').first()).toBeVisible()
  })

  test('begin with what fits, and offer every platform in one list', async ({ page }) => {
    await expect(page.getByTestId('fix').first()).toHaveAttribute('data-platform', 'generic')
    const options = page.getByTestId('fix-platform').first().locator('option')
    expect(await options.count()).toBeGreaterThan(20)
    await page.getByTestId('fix-platform').first().selectOption('f5')
    await expect(page.locator('[data-testid="fix"][data-platform="f5"]:visible').first()).toContainText(
      'tmsh modify ltm profile client-ssl',
    )
    await expect(page.getByRole('tab', { name: 'F5 BIG-IP' })).toHaveAttribute('aria-selected', 'true')
  })

  test('mark what is left to fill in, and copy each command as it is', async ({ page }) => {
    await page.getByTestId('fix-platform').first().selectOption('nginx')
    const fix = page.locator('[data-testid="fix"][data-platform="nginx"]:visible').first()
    await expect(fix.locator('mark', { hasText: '<FULL_CHAIN_FILE>' }).first()).toBeVisible()
    await fix.getByRole('button', { name: /^Copy the reload/ }).click()
    expect(await page.evaluate(() => navigator.clipboard.readText())).toBe('nginx -t && nginx -s reload')
    await fix.getByRole('button', { name: /^Copy the check/ }).click()
    expect(await page.evaluate(() => navigator.clipboard.readText())).toMatch(
      /^openssl s_client .*-verify_return_error/,
    )
  })

  test('can be reached and chosen with the keyboard', async ({ page }) => {
    await page.getByTestId('fix-platform').first().focus()
    await page.keyboard.type('Kong')
    await page.keyboard.press('Enter')
    await expect(page.locator('[data-testid="fix"][data-platform="kong"]:visible').first()).toBeVisible()
    await page.getByRole('tab', { name: 'Kong Gateway' }).focus()
    await page.keyboard.press('Home')
    await expect(page.getByRole('tab', { name: 'Any product' })).toBeFocused()
  })

  test('remember the platform, but not where it has only workarounds', async ({ page, lab }) => {
    await page.getByTestId('fix-platform').first().selectOption('java')
    await expect(page.locator('[data-testid="fix"][data-platform="java"]:visible').first()).toContainText('Workaround')
    await page.reload()
    await paste(page, await lab.capture(scenarioOf('private-ca-root-sent')))
    await expect(page.locator('[data-testid="fix"]:visible').first()).toHaveAttribute('data-platform', 'java')
    await paste(page, await lab.capture(scenarioOf('missing-intermediate-root-unknown')))
    await expect(page.locator('[data-testid="fix"]:visible').first()).toHaveAttribute('data-platform', 'generic')
  })

  test('come with a text for the team that has to act', async ({ page }) => {
    await page
      .getByRole('button', { name: /^Copy text for the application owner/ })
      .first()
      .click()
    const text = await page.evaluate(() => navigator.clipboard.readText())
    expect(text).toContain('What to do\n1. ')
    expect(text).toContain('How to verify\n    openssl s_client')
  })
})
