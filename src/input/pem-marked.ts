/** Finds the PEM blocks that have at least one of their markers. */
import { limits } from '../core/limits.ts'
import type { MappedText } from './mapped-text.ts'
import { makeBlock, type PemBlock, tooMany } from './pem-block.ts'
import { scanBackward, scanForward } from './pem-body.ts'
import { findMarkers, type Marker } from './pem-markers.ts'

/** Blocks of a text in order, disjoint. */
export function findMarked(source: MappedText): PemBlock[] {
  const { text } = source
  const markers = findMarkers(text)
  const blocks: PemBlock[] = []
  let covered = 0
  const take = (block: PemBlock) => {
    if (blocks.length < limits.certificates || block.secret) blocks.push(block)
    else if (blocks.length === limits.certificates) blocks.push(tooMany(source, block.start))
    covered = block.end
  }
  for (let index = 0; index < markers.length; index++) {
    const marker = markers[index] as Marker
    const next = markers[index + 1]
    if (marker.kind === 'END') {
      const start = covered + scanBackward(text.slice(covered, marker.start))
      if (marker.start - start >= minimumBody) {
        take(makeBlock(source, [marker.label], start, marker.end, start, marker.start, 'begin'))
      }
      covered = marker.end
      continue
    }
    const stretch = text.slice(marker.end, next?.start ?? text.length)
    const scan = scanForward(stretch)
    const alone = standsAlone(stretch)
    if (next?.kind === 'END' && (scan.foreign <= 3 || scan.elided) && (alone || scan.end >= minimumBody)) {
      take(makeBlock(source, [marker.label, next.label], marker.start, next.end, marker.end, next.start))
      index++
    } else if (scan.end >= minimumBody || alone) {
      const end = marker.end + scan.end
      take(makeBlock(source, [marker.label], marker.start, end, marker.end, end, 'end'))
    } else covered = marker.end
  }
  return blocks
}

/** Shorter bodies are prose or a `sed` expression that names the markers. */
const minimumBody = 16

/** Between markers of `sed -n '/-BEGIN CERTIFICATE-/,/-END CERTIFICATE-/p'` stands something on the same line. */
const standsAlone = (rest: string): boolean => /^(?:[ \t"']|\\[rt])*(?:\\?\n|$|\\n|%0[aA])/.test(rest.slice(0, 40))
