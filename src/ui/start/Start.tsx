import { useState } from 'react'
import { whatIsRead } from '../../core/what-is-read.ts'
import { Command } from '../controls/Command.tsx'
import { examples, openExample } from '../examples/examples.ts'
import { History } from '../history/History.tsx'
import { captureCommands, cleanHost } from './capture-commands.ts'
import './start.css'

/** The empty page: what to run, ready to copy, and something to try. */
export function Start() {
  const [typed, setTyped] = useState('')
  const commands = captureCommands(cleanHost(typed) || 'example.com')
  return (
    <div className="start">
      <section aria-labelledby="start-title">
        <h2 id="start-title">Find the broken link in a TLS chain</h2>
        <p>Run one of these where the connection fails, and paste everything it prints.</p>
        <label className="start-host">
          Host
          <input
            className="field mono"
            placeholder="example.com"
            value={typed}
            onChange={(event) => setTyped(event.currentTarget.value)}
            spellCheck={false}
            autoCapitalize="off"
            autoComplete="off"
            inputMode="url"
          />
        </label>
        <dl className="start-commands">
          {commands.map(({ title, when, command }) => (
            <div key={title}>
              <dt>
                {title} <span className="muted">{when}</span>
              </dt>
              <dd>
                <Command text={command} label={`the command: ${title}`} />
              </dd>
            </div>
          ))}
        </dl>
        <p className="muted">
          This is read, several of them in one paste as well, and files and folders dropped anywhere:
        </p>
        <dl className="start-read muted">
          {whatIsRead.map(({ kind, names }) => (
            <div key={kind}>
              <dt>{kind}</dt>
              <dd>{names.join(', ')}</dd>
            </div>
          ))}
        </dl>
      </section>
      <section aria-labelledby="examples-title">
        <h2 id="examples-title" className="start-examples-title">
          Or try an example
        </h2>
        <ul className="start-examples">
          {examples.map((example) => (
            <li key={example.slug}>
              <button type="button" data-testid="example" onClick={() => void openExample(example)}>
                <span>{example.title}</span>
                <small>{example.detail}</small>
              </button>
            </li>
          ))}
        </ul>
      </section>
      <History />
    </div>
  )
}
