/** The report as one HTML file: no script, nothing loaded, fit to print. */
import { visibleLines } from '../core/visible.ts'
import { type Block, reportBlocks } from './blocks.ts'
import type { Report } from './types.ts'

const entities: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

/** Text as text, whatever is in it. */
const escapeHtml = (text: string): string =>
  visibleLines(text).replace(/[&<>"']/g, (character) => entities[character] as string)

const style = `
:root { color-scheme: light dark; }
body { max-width: 50rem; margin: 2rem auto; padding: 0 1rem; font: 14px/1.5 system-ui, sans-serif; }
h1 { font-size: 1.4rem; line-height: 1.3; } h2 { font-size: 1.1rem; margin-top: 2rem; } h3 { font-size: 1rem; margin-top: 1.5rem; }
h1, h3 { border-inline-start: 4px solid #777; padding-inline-start: .6rem; }
[data-tone=broken], [data-tone=error] { border-color: #b3261e; }
[data-tone=at-risk], [data-tone=warning] { border-color: #b07000; }
[data-tone=healthy] { border-color: #1b6e3d; }
dl { display: grid; grid-template-columns: max-content 1fr; gap: .25rem 1rem; } dt { font-weight: 600; } dd { margin: 0; overflow-wrap: anywhere; }
pre { padding: .6rem; border: 1px solid #8884; white-space: pre-wrap; overflow-wrap: anywhere; font-size: 12px; }
figure { margin: .6rem 0; } figcaption { font-weight: 600; font-size: 12px; }
li, p { overflow-wrap: anywhere; }
@media print { body { margin: 0; max-width: none; } h3, figure { break-inside: avoid; } }
`

/** @param link where the report can be opened, if there is one */
export function reportHtml(report: Report, link?: string): string {
  const title = escapeHtml(`${report.verdict.status}: ${report.verdict.cause}`)
  const body = reportBlocks(report, link).map(blockHtml).join('\n')
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<style>${style}</style>
</head>
<body>
${body}
</body>
</html>
`
}

function blockHtml(block: Block): string {
  switch (block.kind) {
    case 'heading': {
      const tone = block.tone === undefined ? '' : ` data-tone="${block.tone}"`
      return `<h${block.level}${tone}>${escapeHtml(block.text)}</h${block.level}>`
    }
    case 'paragraph':
      return block.label === undefined
        ? `<p>${escapeHtml(block.text)}</p>`
        : `<p>${escapeHtml(block.label)}: <strong>${escapeHtml(block.text)}</strong></p>`
    case 'facts':
      return `<dl>${block.rows.map(([label, value]) => `<dt>${escapeHtml(label)}</dt><dd>${escapeHtml(value)}</dd>`).join('')}</dl>`
    case 'list': {
      const tag = block.ordered ? 'ol' : 'ul'
      return `<${tag}>${block.items.map((item) => `<li>${escapeHtml(item)}</li>`).join('')}</${tag}>`
    }
    case 'link':
      return `<p><a href="${escapeHtml(block.href)}" rel="noreferrer">${escapeHtml(block.text)}</a></p>`
    case 'code':
      return `<figure><figcaption>${escapeHtml(block.title)}</figcaption><pre>${escapeHtml(block.text)}</pre></figure>`
  }
}
