import { chmodSync, readFileSync } from 'node:fs'
import { defineConfig, type Plugin } from 'vite'

/** Lets the command be run by its path. */
function executablePlugin(): Plugin {
  return {
    name: 'weaklink:executable',
    writeBundle(options, bundle) {
      for (const name of Object.keys(bundle)) chmodSync(`${options.dir}/${name}`, 0o755)
    },
  }
}

/** The command line as one file that needs nothing but Node. */
export default defineConfig({
  define: { __VERSION__: JSON.stringify(JSON.parse(readFileSync('package.json', 'utf8')).version) },
  plugins: [executablePlugin()],
  build: {
    ssr: 'src/cli/main.ts',
    target: 'node20',
    outDir: 'dist/cli',
    emptyOutDir: false,
    copyPublicDir: false,
    rolldownOptions: {
      optimization: { inlineConst: false },
      output: {
        format: 'es',
        entryFileNames: 'weaklink.mjs',
        banner: '#!/usr/bin/env node',
        codeSplitting: false,
      },
    },
  },
  ssr: { noExternal: true, target: 'node' },
})
