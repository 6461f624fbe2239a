import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Report } from '../report/types.ts'
import { createEngine, type EnginePort } from './client.ts'
import type { EngineResponse, InspectRequest, UnpackedFile } from './messages.ts'

class FakePort {
  requests: InspectRequest[] = []
  terminated = false
  onmessage: ((event: { data: EngineResponse }) => void) | null = null
  onerror: ((event: { message: string }) => void) | null = null
  onmessageerror: (() => void) | null = null
  postMessage(request: InspectRequest) {
    this.requests.push(request)
  }
  terminate() {
    this.terminated = true
  }
  unpacked(id: number, files: readonly UnpackedFile[]) {
    this.onmessage?.({ data: { id, files } })
  }
  answer(name: string) {
    const id = this.requests.at(-1)?.id ?? 0
    this.onmessage?.({ data: { id, ok: true, report: { trustData: name } as Report } })
  }
}

function setup() {
  const ports: FakePort[] = []
  const engine = createEngine(() => {
    const port = new FakePort()
    ports.push(port)
    return port as unknown as EnginePort
  })
  return { engine, ports }
}

const document = (text: string) => [{ name: 'paste', text }]

describe('engine client', () => {
  beforeEach(() => {
    vi.useFakeTimers()
  })
  afterEach(() => {
    vi.useRealTimers()
  })

  it('answers with the report', async () => {
    const { engine, ports } = setup()
    const answer = engine.inspect(document('a'), {})
    ports[0]?.answer('a')
    expect(await answer).toMatchObject({ kind: 'report', report: { trustData: 'a' } })
  })

  it('gives way to the latest request, and sends only that one when the worker is free', async () => {
    const { engine, ports } = setup()
    const first = engine.inspect(document('a'), {})
    const second = engine.inspect(document('b'), {})
    const third = engine.inspect(document('c'), {})
    expect(await first).toEqual({ kind: 'superseded' })
    expect(await second).toEqual({ kind: 'superseded' })
    ports[0]?.answer('a')
    expect(ports[0]?.requests.map(({ documents }) => documents[0]?.text)).toEqual(['a', 'c'])
    ports[0]?.answer('c')
    expect(await third).toMatchObject({ kind: 'report', report: { trustData: 'c' } })
  })

  it('replaces a worker that goes on with an unwanted request', async () => {
    const { engine, ports } = setup()
    void engine.inspect(document('a'), {})
    const second = engine.inspect(document('b'), {})
    vi.advanceTimersByTime(1499)
    expect(ports[0]?.terminated).toBe(false)
    vi.advanceTimersByTime(1)
    expect(ports[0]?.terminated).toBe(true)
    ports[1]?.answer('b')
    expect(await second).toMatchObject({ kind: 'report', report: { trustData: 'b' } })
  })

  it('lets a wanted request take its time', () => {
    const { engine, ports } = setup()
    void engine.inspect(document('a'), {})
    vi.advanceTimersByTime(60_000)
    expect(ports[0]?.terminated).toBe(false)
  })

  it('says so when the worker fails, and starts another for the next request', async () => {
    const { engine, ports } = setup()
    const first = engine.inspect(document('a'), {})
    ports[0]?.onerror?.({ message: 'no such file' })
    expect(await first).toEqual({ kind: 'failed', message: 'no such file' })
    const second = engine.inspect(document('b'), {})
    ports[1]?.answer('b')
    expect(await second).toMatchObject({ kind: 'report' })
  })

  it('says so when no worker can be started', async () => {
    const engine = createEngine(() => {
      throw new Error('workers are switched off')
    })
    expect(await engine.inspect(document('a'), {})).toEqual({ kind: 'failed', message: 'workers are switched off' })
  })

  describe('unpacking', () => {
    const bytes = Uint8Array.of(0x50, 0x4b)

    it('answers with the files of the archive, whatever is judged meanwhile', async () => {
      const { engine, ports } = setup()
      const files = engine.unpack('a.zip', bytes)
      const report = engine.inspect(document('a'), {})
      ports[0]?.unpacked(1, [{ name: 'a.zip/x', bytes }])
      ports[0]?.answer('a')
      expect(await files).toEqual([{ name: 'a.zip/x', bytes }])
      expect(await report).toMatchObject({ kind: 'report' })
    })

    it('says so when the worker fails or is replaced', async () => {
      const { engine, ports } = setup()
      const files = engine.unpack('a.zip', bytes)
      ports[0]?.onerror?.({ message: 'broken' })
      expect((await files)[0]?.refused).toContain('a.zip could not be unpacked')
      const again = engine.unpack('b.zip', bytes)
      ports[1]?.onmessage?.({ data: { id: 2, ok: false, message: 'x' } })
      expect((await again)[0]?.refused).toContain('b.zip could not be unpacked')
    })
  })
})
