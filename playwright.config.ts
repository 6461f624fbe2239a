import { defineConfig } from '@playwright/test'

/** Set by scripts/e2e.mjs; without it Playwright's own browser is used. */
const browser: { executablePath?: string; args?: string[] } = JSON.parse(process.env.WEAKLINK_E2E_BROWSER ?? '{}')
const port = Number(process.env.WEAKLINK_E2E_PORT ?? 4179)
const baseURL = `http://localhost:${port}/`

export default defineConfig({
  testDir: 'e2e/browser',
  testMatch: '**/*.spec.ts',
  fullyParallel: true,
  forbidOnly: true,
  retries: 0,
  workers: 2,
  timeout: 30_000,
  expect: { timeout: 10_000 },
  reporter: [['list'], ['json']],
  use: {
    baseURL,
    launchOptions: browser,
    viewport: { width: 1440, height: 900 },
    permissions: ['clipboard-read', 'clipboard-write'],
    trace: 'off',
  },
  projects: [{ name: 'chromium', use: { browserName: 'chromium' } }],
  webServer: {
    command: `node node_modules/vite/bin/vite.js preview --host localhost --port ${port} --strictPort`,
    url: baseURL,
    reuseExistingServer: false,
  },
})
