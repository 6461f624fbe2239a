import type { Format } from '../format.ts'
import { errorLines } from './errors.ts'
import { pemBundle } from './pem.ts'
import { sClient } from './s-client.ts'
import { verify } from './verify.ts'
import { x509 } from './x509.ts'

/** Every text format; the first that knows a line has it. `pemBundle` takes the PEM that no other claims. */
export const formats: readonly Format[] = [sClient, verify, x509, errorLines, pemBundle]
