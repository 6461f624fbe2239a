import { useId } from 'react'
import { pagesWith, type RulePageData } from './rule-page-data.ts'

/** Every rule by its name and one sentence, causes first. */
export function RuleList({
  pages,
  words,
  onWords,
  onChoose,
}: {
  pages: readonly RulePageData[]
  words: string
  onWords: (words: string) => void
  onChoose: (slug: string) => void
}) {
  const id = useId()
  const found = pagesWith(words, pages)
  const groups = [
    { title: 'Causes: can lead a verdict', rules: found.filter(({ cause }) => cause) },
    { title: 'Further findings', rules: found.filter(({ cause }) => !cause) },
  ]
  return (
    <>
      <p className="help-search">
        <label htmlFor={id}>Search</label>
        <input
          id={id}
          className="field"
          type="search"
          data-testid="help-search"
          placeholder="a word, or a code of OpenSSL"
          value={words}
          onChange={(event) => onWords(event.currentTarget.value)}
        />
      </p>
      <p className="muted" role="status">
        {found.length === 0 ? 'No rule holds these words.' : `${found.length} ${found.length === 1 ? 'rule' : 'rules'}`}
      </p>
      {groups.map(
        ({ title, rules }) =>
          rules.length > 0 && (
            <section key={title}>
              <h3>{title}</h3>
              <ul className="help-list">
                {rules.map((rule) => (
                  <li key={rule.slug}>
                    <button
                      type="button"
                      className="link mono"
                      data-testid="help-rule"
                      onClick={() => onChoose(rule.slug)}
                    >
                      {rule.slug}
                    </button>
                    <span>{rule.title}</span>
                  </li>
                ))}
              </ul>
            </section>
          ),
      )}
    </>
  )
}
