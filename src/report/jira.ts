/** The report in the wiki markup of Jira and Confluence. */
import { visibleLines } from '../core/visible.ts'
import { type Block, reportBlocks } from './blocks.ts'
import type { Report } from './types.ts'

/** Makes text inert: Jira takes these for markup, at any place, unless a backslash stands before them. */
const escapeJira = (text: string): string =>
  visibleLines(text)
    .replace(/\n+/g, ' ')
    .replace(/[\\*_{}[\]!|^~+?#-]/g, (character) => `\\${character}`)

/** What stands between {noformat} is taken as it is, but for the word that ends it. */
const preformatted = (text: string): string =>
  `{noformat}\n${visibleLines(text).replaceAll('{noformat}', '{ noformat}')}\n{noformat}`

/** @param link where the report can be opened, if there is one */
export const reportJira = (report: Report, link?: string): string =>
  `${reportBlocks(report, link).map(blockJira).join('\n\n')}\n`

function blockJira(block: Block): string {
  switch (block.kind) {
    case 'heading':
      return `h${block.level + 1}. ${escapeJira(block.text)}`
    case 'paragraph':
      return block.label === undefined
        ? escapeJira(block.text)
        : `${escapeJira(block.label)}: *${escapeJira(block.text)}*`
    case 'facts':
      return block.rows.map(([label, value]) => `|| ${escapeJira(label)} | ${escapeJira(value)} |`).join('\n')
    case 'list':
      return block.items.map((item) => `${block.ordered ? '#' : '*'} ${escapeJira(item)}`).join('\n')
    case 'link':
      return `[${escapeJira(block.text)}|${block.href}]`
    case 'code':
      return `*${escapeJira(block.title)}*\n${preformatted(block.text)}`
  }
}
