/** Builds the page and serves it on this machine until Ctrl-C. Usage: npm start */
import { fileURLToPath } from 'node:url'
import { build, preview } from 'vite'

const root = fileURLToPath(new URL('..', import.meta.url))

await build({ root, logLevel: 'warn' })
const server = await preview({ root, logLevel: 'warn', preview: { host: 'localhost', port: 4173, strictPort: false } })

for (const signal of ['SIGINT', 'SIGTERM']) {
  process.once(signal, async () => {
    await server.close()
    process.exit(0)
  })
}

console.log(`Weaklink is running at ${server.resolvedUrls.local[0]}`)
console.log('Everything stays on this machine. Press Ctrl-C to stop.')
