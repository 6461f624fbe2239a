import type { Capture, ClientAuth } from './model.ts'

/** Nothing is known of client certificates. */
export const noClientAuth: ClientAuth = { requested: 'unknown', acceptableCas: [], sent: 'unknown' }

/** What every capture has to say of itself. */
type Essentials = Pick<Capture, 'document' | 'span' | 'tool' | 'toolLabel' | 'kind'>

/** A capture with what was read; everything else is empty or unknown. */
export const newCapture = (facts: Essentials & Partial<Capture>): Capture => ({
  role: 'client',
  blocks: [],
  chainList: [],
  chainListComplete: false,
  printed: [],
  verifyPath: [],
  verifyErrors: [],
  failures: [],
  clientAuth: noClientAuth,
  ...facts,
})
