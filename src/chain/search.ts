/**
 * Path building: all paths from a leaf over the pool, best first, within named budgets.
 * The search is a best-first walk over single edges: each step tries one more issuer of one partial path, so memory and
 * time are bounded by the steps, whatever duplicates, cycles or meshes of cross-signs the pool holds.
 */
import { lacksParameters } from '../x509/crypto-dsa.ts'
import type { Certificate, SignatureStatus, SignatureVerifier } from '../x509/model.ts'
import type { PathEnd } from './checks/check.ts'
import { validityAt } from './checks/validity.ts'
import { anchorDistances } from './distance.ts'
import { createHeap } from './heap.ts'
import { createIssuerFinder, type Issuers } from './issuers.ts'
import { matchKeyId } from './key-ids.ts'
import { searchLimits } from './limits.ts'
import type { BuildOptions, BuildResult, BuiltPath, SearchLimits } from './model.ts'
import { createPathList } from './path-list.ts'
import { nameAndKey, type Pool, type PoolEntry } from './pool.ts'
import { validatePath } from './validate.ts'
import { createWork } from './work.ts'
import { workingKeys } from './working-keys.ts'

/** A partial path, linked from its top down to the leaf. */
interface Node {
  readonly entry: PoolEntry
  /** {@link nameAndKey} of the certificate; none comes twice on a path. */
  readonly key: string
  readonly below?: Node
  /** Is the certificate below signed with this one's key? */
  readonly signature?: SignatureStatus
  readonly depth: number
  /** Sum of what speaks against the edges taken. */
  readonly penalty: number
  /** An anchor is below already: only another anchor makes the longer path worth telling. */
  readonly beyondAnchor: boolean
}

/** The issuers of a partial path that are still to be tried. */
interface Cursor {
  readonly node: Node
  readonly issuers: Issuers
  group: number
  member: number
  followed: boolean
  /** Expected length of a whole path, plus penalties: least first. */
  cost: number
  readonly order: number
}

/** What speaks against an edge, in certificates of detour that it is worth. */
const penalties = { keyMismatch: 4, outOfDate: 3, unverified: 2, invalid: 8, anchorByKeyOnly: 1 } as const

/**
 * Cost of a path whose names lead to no anchor: more than any real one, and the same at every depth, so that the
 * search goes up to the end of one such path before it tries the next.
 */
const unreachable = 50

/**
 * Builds and judges the paths of a leaf.
 *
 * @param leaf need not be in the pool
 * @param verifier checks signatures; an `unverified` one is followed but makes no path valid
 * @param options `limits` replaces single budgets of `chain/limits.ts`
 * @returns valid paths first, then anchored ones, then the longest known; never throws, never without a path
 */
export async function buildPaths(
  leaf: Certificate,
  pool: Pool,
  verifier: SignatureVerifier,
  options: BuildOptions,
): Promise<BuildResult> {
  const budget: SearchLimits = { ...searchLimits, ...options.limits }
  const finder = createIssuerFinder(pool, verifier, options.at, budget.signatureChecks)
  const distance = anchorDistances(leaf, pool)
  const paths = createPathList(budget.paths)
  const exhausted = new Set<keyof SearchLimits>()
  const work = createWork(budget)
  const queue = createHeap<Cursor>(isBefore)
  let steps = 0
  let cursors = 0

  async function finish(node: Node, end: PathEnd, issuers?: Issuers): Promise<void> {
    if (node.beyondAnchor && end !== 'anchor') return
    const nodes = leafFirst(node)
    const certificates = nodes.map(({ entry }) => entry.certificate)
    const own = (await finder.selfSignature(node.entry.certificate)) ?? 'unverified'
    const found = nodes.slice(1).map(({ signature }) => signature ?? 'unverified')
    const signatures = [...(await withInheritedKeys(certificates, found)), own]
    const namesakes = issuers?.namesakes ?? []
    const problems = validatePath({ certificates, signatures, end, namesakes }, options, work)
    const anchored = end === 'anchor'
    const path: BuiltPath = {
      certificates,
      sources: nodes.map(({ entry }) => entry.source),
      signatures,
      anchored,
      valid: anchored && problems.every(({ severity }) => severity !== 'fatal'),
      problems,
    }
    paths.add(path, node.penalty + node.depth)
  }

  /** Checks what a key without parameters signed with those that this very path hands down to it. */
  async function withInheritedKeys(
    certificates: readonly Certificate[],
    signatures: readonly SignatureStatus[],
  ): Promise<readonly SignatureStatus[]> {
    const needy = ({ publicKey }: Certificate) => lacksParameters(publicKey)
    if (!certificates.some(needy)) return signatures
    const keys = workingKeys(certificates)
    const settled = [...signatures]
    for (const [index, status] of signatures.entries()) {
      const [subject, issuer, publicKey] = [certificates[index], certificates[index + 1], keys[index + 1]]
      if (status !== 'unverified' || subject === undefined || issuer === undefined || publicKey === undefined) continue
      if (!needy(issuer) || publicKey === issuer.publicKey) continue
      settled[index] = (await finder.check(subject, { ...issuer, publicKey })) ?? 'unverified'
    }
    return settled
  }

  async function visit(node: Node): Promise<void> {
    const { certificate } = node.entry
    const kind = pool.anchorKind(certificate)
    const anchor = kind === 'identity' || (kind === 'key' && node.depth > 0)
    const own = await finder.selfSignature(certificate)
    const selfSigned = own === 'valid' || own === 'unverified'
    if (anchor) {
      const penalty = node.penalty + (kind === 'key' ? penalties.anchorByKeyOnly : 0)
      await finish({ ...node, penalty }, 'anchor')
    }
    if (selfSigned) return anchor ? undefined : finish(node, 'self-signed')
    const open = anchor ? { ...node, beyondAnchor: true } : node
    if (node.depth + 1 >= budget.pathLength) {
      exhausted.add('pathLength')
      return finish(open, 'limit')
    }
    const issuers = await finder.issuersOf(certificate)
    if (issuers.groups.length === 0) {
      const end = issuers.limited ? 'limit' : own === 'invalid' ? 'self-signed' : 'no-issuer'
      return finish(open, end, issuers)
    }
    const above = distance(certificate.issuer.key)
    const cost = open.penalty + (above === undefined ? unreachable : open.depth + 1 + above)
    queue.push({ node: open, issuers, group: 0, member: 0, followed: false, cost, order: cursors++ })
  }

  /** Tries the next issuer of a partial path, and puts the path back when more are left. */
  async function step(cursor: Cursor): Promise<void> {
    const { node, issuers } = cursor
    const group = issuers.groups[cursor.group]
    const entry = group?.members[cursor.member]
    if (group === undefined || entry === undefined) throw new RangeError('a cursor beyond its issuers')
    cursor.member++
    if (cursor.member >= group.members.length) {
      cursor.group++
      cursor.member = 0
    }
    const key = nameAndKey(entry.certificate)
    const repeats = onPath(node, key)
    const more = cursor.group < issuers.groups.length
    if (!repeats) {
      cursor.followed = true
      const penalty = node.penalty + edgePenalty(node.entry.certificate, entry, group.status)
      const { beyondAnchor } = node
      await visit({ entry, key, below: node, signature: group.status, depth: node.depth + 1, penalty, beyondAnchor })
    }
    if (more) queue.push(cursor)
    else if (!cursor.followed) await finish(node, 'circle', issuers)
  }

  function edgePenalty(subject: Certificate, issuer: PoolEntry, status: SignatureStatus): number {
    return (
      (matchKeyId(subject, issuer.certificate) === 'mismatch' ? penalties.keyMismatch : 0) +
      (validityAt(issuer.certificate, options.at) === 'valid' ? 0 : penalties.outOfDate) +
      (status === 'valid' ? 0 : penalties[status])
    )
  }

  let latest: Node = {
    entry: pool.get(leaf.sha256) ?? { certificate: leaf, source: 'supplied' },
    key: nameAndKey(leaf),
    depth: 0,
    penalty: 0,
    beyondAnchor: false,
  }
  await visit(latest)
  while (queue.size > 0) {
    if (paths.full && paths.hasValid) {
      exhausted.add('paths')
      break
    }
    if (steps >= budget.searchSteps) {
      exhausted.add('searchSteps')
      break
    }
    const cursor = queue.pop()
    if (cursor === undefined) break
    steps++
    latest = cursor.node
    await step(cursor)
  }
  if (paths.size === 0) await finish(latest, 'limit')
  if (paths.dropped) exhausted.add('paths')
  if (finder.exhausted) exhausted.add('signatureChecks')
  for (const spent of work.exhausted) exhausted.add(spent)
  return {
    paths: paths.best(),
    budgetExhausted: exhausted.size > 0,
    exhausted: [...exhausted],
    work: { steps, signatureChecks: finder.checks, ...work.spent },
  }
}

/** Cheapest first; of equals the one further up, so that a whole path is found early; then in the order found. */
function isBefore(a: Cursor, b: Cursor): boolean {
  if (a.cost !== b.cost) return a.cost < b.cost
  return a.node.depth === b.node.depth ? a.order < b.order : a.node.depth > b.node.depth
}

function leafFirst(node: Node): Node[] {
  const nodes: Node[] = []
  for (let at: Node | undefined = node; at !== undefined; at = at.below) nodes.push(at)
  return nodes.reverse()
}

function onPath(node: Node, key: string): boolean {
  for (let at: Node | undefined = node; at !== undefined; at = at.below) {
    if (at.key === key) return true
  }
  return false
}
