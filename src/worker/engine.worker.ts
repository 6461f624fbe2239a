/** The engine's worker: one request in, one response out. Trust data and PKI code load here and nowhere else. */
import { inspect, loadFileReaders, loadPostQuantum, unpackDocuments } from '../inspect.ts'
import type { LinkAnswer, LinkRequest } from './link-messages.ts'
import type { EngineRequest, EngineResponse } from './messages.ts'

// The page compiles with DOM types, where `self` is a Window: only these two members of a worker are used.
const scope = self as unknown as {
  onmessage: ((event: MessageEvent<EngineRequest>) => void) | null
  postMessage(message: EngineResponse): void
}

const loadLinks = () => import('./links.ts')

// Code that few inputs need is fetched at once, while the page is still loading: later it makes no request, and works
// without a network. What cannot be fetched now is tried again when it is needed, and says so then.
for (const load of [loadLinks, loadFileReaders, loadPostQuantum]) load().catch(() => {})

scope.onmessage = async ({ data }) => {
  if ('link' in data) {
    scope.postMessage({ id: data.id, link: await answerLink(data.link) })
    return
  }
  const { id } = data
  try {
    if ('archive' in data) {
      scope.postMessage({ id, files: await unpackDocuments([data.archive]) })
      return
    }
    const { documents, options } = data
    const report = await inspect({ documents }, { ...options, now: Date.now() })
    scope.postMessage({ id, ok: true, report })
  } catch (error) {
    scope.postMessage({ id, ok: false, message: error instanceof Error ? error.message : String(error) })
  }
}

async function answerLink(request: LinkRequest): Promise<LinkAnswer> {
  try {
    const { makeLink, openFragment } = await loadLinks()
    return await (request.task === 'make' ? makeLink(request) : openFragment(request))
  } catch {
    return { ok: false, fault: 'failed' }
  }
}
