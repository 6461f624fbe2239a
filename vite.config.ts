import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import react from '@vitejs/plugin-react'
import { defineConfig, type Plugin } from 'vite'

/** `integrity`-style source of an inline script or style, for the content security policy. */
const hashSource = (text: string) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`

/** Hashes of the inline elements of one kind; elements with `src` have no text and are covered by 'self'. */
function inlineSources(html: string, element: 'script' | 'style'): string {
  const found = html.matchAll(new RegExp(`<${element}\\b(?![^>]*\\ssrc=)[^>]*>([\\s\\S]*?)</${element}>`, 'gi'))
  return [...found].map((match) => ` ${hashSource(match[1] ?? '')}`).join('')
}

/** The policy that keeps every paste on the machine: nothing can be fetched, sent, framed or submitted anywhere. */
export function contentSecurityPolicy(html: string): string {
  return [
    "default-src 'none'",
    `script-src 'self'${inlineSources(html, 'script')}`,
    `style-src 'self'${inlineSources(html, 'style')}`,
    "img-src 'self' data:",
    "font-src 'self'",
    "worker-src 'self' blob:",
    "manifest-src 'self'",
    "connect-src 'none'",
    "form-action 'none'",
    "base-uri 'none'",
  ].join('; ')
}

/** Puts the policy first in the built page; development needs the connection for hot reloading. */
function policyPlugin(): Plugin {
  return {
    name: 'weaklink:content-security-policy',
    apply: 'build',
    transformIndexHtml: {
      order: 'post',
      handler: (html) => ({
        html,
        tags: [
          {
            tag: 'meta',
            attrs: { 'http-equiv': 'Content-Security-Policy', content: contentSecurityPolicy(html) },
            injectTo: 'head-prepend',
          },
        ],
      }),
    },
  }
}

/** Constants stay where they are: inlined, the text of the public suffix list would be there twice. */
const rolldownOptions = { optimization: { inlineConst: false } }

export default defineConfig({
  base: './',
  define: { __VERSION__: JSON.stringify(JSON.parse(readFileSync('package.json', 'utf8')).version) },
  plugins: [react(), policyPlugin()],
  build: {
    target: 'baseline-widely-available',
    outDir: 'dist',
    // The polyfill would load modules with fetch, which the policy forbids and modern browsers do not need.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    rolldownOptions,
  },
  worker: { format: 'es', rolldownOptions },
})
