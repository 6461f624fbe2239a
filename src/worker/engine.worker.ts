/** The engine's worker: one request in, one response out. Trust data and PKI code load here and nowhere else. */
import { inspect } from '../inspect.ts'
import type { EngineRequest, EngineResponse } from './messages.ts'

// The page compiles with DOM types, where `self` is a Window: only these two members of a worker are used.
const scope = self as unknown as {
  onmessage: ((event: MessageEvent<EngineRequest>) => void) | null
  postMessage(message: EngineResponse): void
}

scope.onmessage = async ({ data }) => {
  const { id, documents, options } = data
  try {
    const report = await inspect({ documents }, { ...options, now: Date.now() })
    scope.postMessage({ id, ok: true, report })
  } catch (error) {
    scope.postMessage({ id, ok: false, message: error instanceof Error ? error.message : String(error) })
  }
}
