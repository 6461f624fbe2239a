import type pages from './rule-pages.json'

/** A rule's page, as scripts/rule-docs.mjs writes it from the rule. */
export type RulePageData = (typeof pages)[number]

/** Pages that hold all of the words, in title or text; a code of OpenSSL is a word too. */
export function pagesWith(words: string, pages: readonly RulePageData[]): readonly RulePageData[] {
  const wanted = words.toLowerCase().split(/\s+/).filter(Boolean)
  return pages.filter((page) => {
    const text = [page.slug, page.title, page.why, page.fails, ...page.codes].join('\n').toLowerCase()
    return wanted.every((word) => text.includes(word))
  })
}
