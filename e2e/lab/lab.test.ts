import { writeFile } from 'node:fs/promises'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { inspect } from '../../src/inspect.ts'
import { opensslVersion } from './pki.ts'
import { type Lab, scenarios, startLab } from './scenarios.ts'

const openssl = await opensslVersion()
if (openssl === undefined) console.warn('lab: skipped, it needs OpenSSL 1.1.1 or later as `openssl`')

describe.skipIf(openssl === undefined)(`the lab, with ${openssl}`, () => {
  let lab: Lab

  beforeAll(async () => {
    lab = await startLab()
  })

  afterAll(async () => {
    await lab?.stop()
  })

  test.for(scenarios)('$name', async (scenario) => {
    const text = await lab.capture(scenario)
    if (process.env.WEAKLINK_LAB_OUT) await writeFile(`${process.env.WEAKLINK_LAB_OUT}/${scenario.name}.txt`, text)
    for (const pattern of scenario.shows) expect(text, 'the capture shows the scenario').toMatch(pattern)
    if (scenario.sends)
      expect(text.match(/^ \d+ s:/gm), 'the server sends the chain as told').toHaveLength(scenario.sends)
    for (const pattern of scenario.lacks ?? []) expect(text, 'the capture is cut').not.toMatch(pattern)

    const report = await inspect({ documents: [{ name: 'paste', text }] }, lab.inspectOptions(scenario))
    const { cause, status, rules = [] } = scenario.expect
    expect.soft(report.verdict.cause, report.verdict.headline).toBe(cause)
    if (status) expect.soft(report.verdict.status, report.verdict.headline).toBe(status)
    expect.soft(report.findings.map(({ rule }) => rule)).toEqual(expect.arrayContaining([...rules]))
  })
})
