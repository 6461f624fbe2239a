/** Lets scripts and benchmarks load the TypeScript of the sources as it is. */
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { createServer } from 'vite'

/** The repository. */
export const root = fileURLToPath(new URL('..', import.meta.url))

/**
 * @returns `load(file)` gives the module of a file below src, or of an absolute path; `close()` ends it
 */
export async function openSources() {
  const server = await createServer({
    root,
    configFile: false,
    logLevel: 'error',
    appType: 'custom',
    server: { middlewareMode: true, hmr: false, ws: false, watch: null },
    optimizeDeps: { noDiscovery: true, include: [] },
  })
  return {
    load: (file) => server.ssrLoadModule(path.resolve(root, 'src', file)),
    close: () => server.close(),
  }
}
