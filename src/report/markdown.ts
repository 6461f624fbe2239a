/** The report as Markdown, for a ticket or a merge request. */
import { visibleLines } from '../core/visible.ts'
import { type Block, reportBlocks } from './blocks.ts'
import type { Report } from './types.ts'

/** Makes text inert: no markup, links or HTML from a paste, and nothing that begins a list, a rule or a heading. */
const escapeMarkdown = (text: string): string =>
  visibleLines(text)
    .replace(/[\\`*_{}[\]<>#|~&]/g, (character) => `\\${character}`)
    .replace(/^(\s*)([-+=])/gm, '$1\\$2')
    .replace(/^(\s*\d+)([.)])/gm, '$1\\$2')

/** The same in one line. */
const oneLine = (text: string): string => escapeMarkdown(text.replace(/\s*\n\s*/g, ' '))

/** A fence that the content cannot close. */
function fenced(content: string): string {
  const longest = Math.max(2, ...[...content.matchAll(/`+/g)].map((run) => run[0].length))
  const fence = '`'.repeat(longest + 1)
  return `${fence}\n${visibleLines(content)}\n${fence}`
}

/** @param link where the report can be opened, if there is one */
export const reportMarkdown = (report: Report, link?: string): string =>
  `${reportBlocks(report, link).map(blockMarkdown).filter(Boolean).join('\n\n')}\n`

function blockMarkdown(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return `${'#'.repeat(block.level + 1)} ${oneLine(block.text)}`
    case 'paragraph':
      return block.label === undefined
        ? escapeMarkdown(block.text)
        : `${oneLine(block.label)}: **${oneLine(block.text)}**`
    case 'facts':
      return block.rows.map(([label, value]) => `- ${oneLine(label)}: **${oneLine(value)}**`).join('\n')
    case 'list':
      return block.items.map((item, index) => `${block.ordered ? `${index + 1}.` : '-'} ${oneLine(item)}`).join('\n')
    case 'link':
      return `[${oneLine(block.text)}](<${block.href.replace(/[<>\\\s]/g, encodeURIComponent)}>)`
    case 'code':
      return `${oneLine(block.title)}:\n\n${fenced(block.text)}`
  }
}
