/** The typed client of the engine's worker: the latest request wins, and a worker stuck on an old one is replaced. */
import type { Report } from '../report/types.ts'
import type { LinkAnswer, LinkRequest } from './link-messages.ts'
import type {
  EngineDocument,
  EngineOptions,
  EngineResponse,
  InspectRequest,
  LinkMessage,
  UnpackedFile,
  UnpackRequest,
} from './messages.ts'

/** How long a worker may go on with a request nobody waits for, in milliseconds. Above, a restart is cheaper. */
const outdatedGrace = 1500

export type EngineAnswer =
  | { readonly kind: 'report'; readonly report: Report }
  /** A newer request took its place. */
  | { readonly kind: 'superseded' }
  | { readonly kind: 'failed'; readonly message: string }

export interface Engine {
  /**
   * Starts the worker ahead of the first request, and lets it judge `documents` unseen, so that its code is compiled
   * and its trust data read when the request comes.
   */
  warm(documents: readonly EngineDocument[]): void
  /** Never rejects: what goes wrong is an answer of kind `failed`. */
  inspect(documents: readonly EngineDocument[], options: EngineOptions): Promise<EngineAnswer>
  /** Makes or opens a link. Never rejects; `failed` when the worker was lost meanwhile. */
  link(request: LinkRequest): Promise<LinkAnswer>
  /** The files of an archive. Never rejects: what cannot be unpacked is in the list with the reason. */
  unpack(name: string, bytes: Uint8Array): Promise<readonly UnpackedFile[]>
  /** Drops what is under way. */
  cancel(): void
}

/** The part of `Worker` the client uses. */
export type EnginePort = Pick<Worker, 'postMessage' | 'terminate' | 'onmessage' | 'onerror' | 'onmessageerror'>

interface Job {
  readonly request: InspectRequest
  readonly settle: (answer: EngineAnswer) => void
}

export function startWorker(): EnginePort {
  return new Worker(new URL('./engine.worker.ts', import.meta.url), { type: 'module', name: 'weaklink-engine' })
}

/** @param start makes a worker; called again after one has failed or was replaced. */
export function createEngine(start: () => EnginePort = startWorker): Engine {
  let port: EnginePort | null = null
  let lastId = 0
  let running: Job | null = null
  let waiting: Job | null = null
  /** True when the answer to `running` is no longer wanted. */
  let outdated = false
  let timer: ReturnType<typeof setTimeout> | undefined
  /** Archives being unpacked, by the number of the request. They are not superseded by anything. */
  const unpacking = new Map<
    number,
    { readonly name: string; readonly settle: (files: readonly UnpackedFile[]) => void }
  >()
  const links = new Map<number, (answer: LinkAnswer) => void>()

  function open(): EnginePort {
    if (port) return port
    const opened = start()
    opened.onmessage = (event: MessageEvent<EngineResponse>) => receive(event.data)
    opened.onerror = (event) => {
      event.preventDefault?.()
      fail(event.message || 'The analysis could not be loaded.')
    }
    opened.onmessageerror = () => fail('The answer of the analysis could not be read.')
    port = opened
    return opened
  }

  function close() {
    clearTimeout(timer)
    port?.terminate()
    port = null
    running = null
    outdated = false
    for (const settle of links.values()) settle({ ok: false, fault: 'failed' })
    links.clear()
    for (const id of [...unpacking.keys()]) notUnpacked(id)
  }

  function notUnpacked(id: number) {
    const job = unpacking.get(id)
    unpacking.delete(id)
    const refused = `${job?.name} could not be unpacked. Add it once more, or unpack it and add its files.`
    job?.settle([{ name: job.name, refused }])
  }

  function fail(message: string) {
    const job = outdated ? waiting : running
    const next = outdated ? null : waiting
    close()
    waiting = null
    job?.settle({ kind: 'failed', message })
    if (next) send(next)
  }

  function send(job: Job) {
    try {
      open().postMessage(job.request)
      running = job
      outdated = false
    } catch (error) {
      running = null
      job.settle({ kind: 'failed', message: error instanceof Error ? error.message : String(error) })
    }
  }

  function receive(response: EngineResponse) {
    if ('files' in response) {
      unpacking.get(response.id)?.settle(response.files)
      unpacking.delete(response.id)
      return
    }
    if (unpacking.has(response.id)) return notUnpacked(response.id)
    if ('link' in response) {
      links.get(response.id)?.(response.link)
      links.delete(response.id)
      return
    }
    if (!running || response.id !== running.request.id) return
    clearTimeout(timer)
    const { settle } = running
    const wanted = !outdated
    running = null
    outdated = false
    if (wanted) {
      settle(response.ok ? { kind: 'report', report: response.report } : { kind: 'failed', message: response.message })
    }
    sendWaiting()
  }

  function sendWaiting() {
    const job = waiting
    waiting = null
    if (job) send(job)
  }

  /** Marks what runs as unwanted, and gives the worker a while to be done with it. */
  function outdate() {
    waiting?.settle({ kind: 'superseded' })
    waiting = null
    if (!running || outdated) return
    running.settle({ kind: 'superseded' })
    outdated = true
    timer = setTimeout(() => {
      close()
      sendWaiting()
    }, outdatedGrace)
  }

  return {
    warm(documents) {
      if (running) return
      try {
        // `receive` drops the answer: no job has this number.
        open().postMessage({ id: 0, documents, options: {} } satisfies InspectRequest)
      } catch {
        // The first request meets the same error, and answers with it.
      }
    },
    inspect(documents, options) {
      return new Promise((settle) => {
        outdate()
        lastId += 1
        const job: Job = { request: { id: lastId, documents, options }, settle }
        if (running) waiting = job
        else send(job)
      })
    },
    link(link) {
      return new Promise((settle) => {
        lastId += 1
        links.set(lastId, settle)
        try {
          open().postMessage({ id: lastId, link } satisfies LinkMessage)
        } catch {
          links.delete(lastId)
          settle({ ok: false, fault: 'failed' })
        }
      })
    },
    unpack(name, bytes) {
      return new Promise((settle) => {
        lastId += 1
        unpacking.set(lastId, { name, settle })
        try {
          open().postMessage({ id: lastId, archive: { name, bytes } } satisfies UnpackRequest)
        } catch {
          notUnpacked(lastId)
        }
      })
    },
    cancel: outdate,
  }
}
