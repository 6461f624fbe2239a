/**
 * Writes docs/report.schema.json, the JSON Schema (2020-12) of the report, from src/report/schema.ts.
 *
 * Usage: node scripts/report-schema.mjs
 */
import { writeFileSync } from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { createServer } from 'vite'

const root = fileURLToPath(new URL('..', import.meta.url))
const server = await createServer({
  root,
  configFile: false,
  appType: 'custom',
  logLevel: 'error',
  server: { middlewareMode: true, hmr: false, ws: false, watch: null },
  optimizeDeps: { noDiscovery: true },
})
try {
  const { reportJsonSchema } = await server.ssrLoadModule('/src/report/testing/json-schema.ts')
  writeFileSync(path.join(root, 'docs', 'report.schema.json'), reportJsonSchema())
} finally {
  await server.close()
}
