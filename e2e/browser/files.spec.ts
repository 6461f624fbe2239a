import { zipSync } from 'fflate'
import { boatyardIssuingPem, javaJks, legacyP12, modernP12, slipPem } from '../../src/input/testing/keystores.ts'
import { drop, expect, open, test } from './fixtures.ts'

const text = (content: string) => new TextEncoder().encode(content)

test.describe('key stores', () => {
  test('a PKCS#12 file asks for its password in place, and is judged when it has it', async ({ page, context }) => {
    await open(page, 'networkidle')
    const requests: string[] = []
    context.on('request', (request) => requests.push(request.url()))
    await drop(page, [{ name: 'slip.p12', bytes: modernP12 }])
    const field = page.getByLabel('Password of slip.p12')
    await expect(field).toBeVisible()
    await expect(page.getByTestId('verdict')).toHaveAttribute('data-status', 'inconclusive')
    await field.fill('wrong')
    await field.press('Enter')
    await expect(page.getByRole('alert').getByText('This password does not open it.')).toBeVisible()
    await field.fill('harbour')
    await page.getByRole('button', { name: 'Open', exact: true }).click()
    await expect(page.getByTestId('file-password')).toHaveCount(0)
    await expect(page.getByTestId('chain').locator('[data-sha256]')).toHaveCount(3)
    await expect(page.locator('.bytes')).toContainText('Slipway "Süd", private key with 3 certificates')
    expect(await page.content()).not.toContain('harbour')
    expect(await page.evaluate(() => JSON.stringify({ ...localStorage, ...sessionStorage }))).not.toContain('harbour')
    expect(requests).toEqual([])
  })

  test('the form is there on a narrow page, where the paste is folded', async ({ page }) => {
    await page.setViewportSize({ width: 360, height: 740 })
    await open(page)
    await drop(page, [{ name: 'slip.p12', bytes: modernP12 }])
    await expect(page.getByTestId('file-password')).toBeVisible()
  })

  test('a Java key store and a file with the usual password are opened without a question', async ({ page }) => {
    await open(page)
    await drop(page, [
      { name: 'slip.jks', bytes: javaJks },
      { name: 'slip.pfx', bytes: legacyP12 },
    ])
    await expect(page.getByTestId('verdict')).toBeVisible()
    await expect(page.getByTestId('file-password')).toHaveCount(0)
    await expect(page.getByTestId('certificate').first()).toBeVisible()
  })
})

test.describe('archives', () => {
  test('each file is a document of its own, and what is left out is named', async ({ page }) => {
    await open(page)
    const inner = zipSync({ 'x.pem': text(slipPem) })
    const archive = zipSync({ 'slip.pem': text(slipPem), 'issuing.pem': text(boatyardIssuingPem), 'inner.zip': inner })
    await page
      .getByTestId('file-input')
      .setInputFiles([{ name: 'all.zip', mimeType: 'application/zip', buffer: Buffer.from(archive) }])
    await expect(page.getByRole('button', { name: 'all.zip/slip.pem', exact: true })).toBeVisible()
    await expect(page.getByRole('alert').getByText('It is an archive inside of an archive.')).toBeVisible()
    await expect(page.getByTestId('chain').locator('[data-sha256]')).toHaveCount(2)
  })
})
