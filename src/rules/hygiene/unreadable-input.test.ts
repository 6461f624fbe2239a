import { describe, expect, it } from 'vitest'
import { bundle } from '../testing/helpers/capture.ts'
import { judge } from '../testing/helpers/judge.ts'
import { unreadableInput as rule } from './unreadable-input.ts'

const block = (bytes: readonly number[]) =>
  `-----BEGIN CERTIFICATE-----\n${Buffer.from(bytes).toString('base64')}\n-----END CERTIFICATE-----\n`
/** A SEQUENCE of an INTEGER: whole DER, and no certificate. */
const number = [0x30, 0x12, 0x02, 0x10, ...Array.from({ length: 16 }, (_, index) => index + 1)]

describe('unreadable-input', () => {
  it('warns of a block that holds no certificate, and reads the rest', async () => {
    const judged = await judge(rule, bundle('shop') + block(number))
    expect(judged).toMatchObject({
      kind: 'fail',
      severity: 'warning',
      owner: 'reporter',
      findings: 1,
      title: 'The CERTIFICATE block is no readable certificate.',
    })
    expect(judged.explanation).toContain('Everything else was read.')
    expect(judged.quotes[0]).toContain('-----BEGIN CERTIFICATE-----')
  })

  it('gives a finding for each of them', async () => {
    expect(await judge(rule, block(number) + bundle('shop') + block(number))).toMatchObject({
      kind: 'fail',
      findings: 2,
    })
  })

  it('leaves a block that is cut off to the rule about that', async () => {
    expect(await judge(rule, bundle('shop').slice(0, -200))).toMatchObject({ kind: 'pass' })
  })

  it('passes what can be read, and an empty input', async () => {
    for (const paste of [bundle('shop', 'root'), '']) expect(await judge(rule, paste)).toMatchObject({ kind: 'pass' })
  })
})
