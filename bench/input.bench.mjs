import { openSources } from '../scripts/source-server.mjs'

const option = (name, otherwise) => {
  const at = process.argv.indexOf(name)
  return at === -1 ? otherwise : process.argv[at + 1]
}
const sizes = option('--sizes', '1,2,4,10').split(',').map(Number)
const whole = process.argv.includes('--inspect')

const sources = await openSources()
const { load } = sources
const { readDocument } = await load('input/read.ts')
const { inspect } = await load('inspect.ts')
const nginx = await load('input/testing/logs/nginx.ts')
const { kongLine } = await load('input/testing/logs/kong.ts')
const { javaFailures, javaTrace } = await load('input/testing/messages/java.ts')
const { missingIssuerSteps, sClientRun } = await load('input/testing/s-client.ts')
await sources.close()

/** The same characters in every run. */
function random(seed) {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

/** As many characters as asked for, of pieces that know their number. */
function fill(characters, piece) {
  const parts = []
  let length = 0
  for (let index = 0; length < characters; index++) {
    const part = piece(index)
    parts.push(part)
    length += part.length
  }
  return parts.join('').slice(0, characters)
}

function characters(count, alphabet, lineLength) {
  const next = random(7)
  return fill(count, () => {
    let line = ''
    while (line.length < lineLength) line += alphabet[Math.floor(next() * alphabet.length)]
    return `${line}\n`
  })
}

const ascii = Array.from({ length: 95 }, (_, index) => String.fromCharCode(32 + index)).join('')
const base64 = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/'

const nginxPiece = (index) => {
  const more = { second: index, connection: index }
  const line =
    index % 4 === 0
      ? nginx.upstreamLine(nginx.sslFailed('0A000086', 'certificate verify failed'), more)
      : index % 4 === 1
        ? nginx.handshakeLine(nginx.sslFailed('0A000418', 'tlsv1 alert unknown ca', 48), more)
        : index % 4 === 2
          ? nginx.requestLine('client SSL certificate verify error: (2:unable to get issuer certificate)', more)
          : nginx.upstreamLine('connect() failed (111: Connection refused)', { ...more, path: `/pay/${index}` })
  return `${line}\n`
}
const kongPiece = (index) => `${kongLine({ status: index % 3 === 0 ? 502 : 200, proxyLatency: index % 90 })}\n`
const javaPiece = (index) => javaTrace({ causes: index % 2 === 0 ? javaFailures.path : javaFailures.expired })

/** 500 captures, or as many as fit, and application data behind each to fill the size. */
function captures(count) {
  const run = (index) =>
    sClientRun({
      generation: index % 2 === 0 ? '3.0' : '1.1.1',
      command: `$ openssl s_client -connect api${index}.harbour.example:443`,
      steps: missingIssuerSteps,
      result: [21, 'unable to verify the first certificate'],
    })
  const padding = Math.max(0, Math.floor(count / 500) - run(0).length)
  return fill(count, (index) => `${run(index)}${'<p>an answer of the server</p>\n'.repeat(Math.ceil(padding / 31))}`)
}

const kinds = {
  nginx: (count) => fill(count, nginxPiece),
  kong: (count) => fill(count, kongPiece),
  java: (count) => fill(count, javaPiece),
  s_client: captures,
  ascii: (count) => characters(count, ascii, 90),
  'one line': (count) => characters(count, ascii, count),
  quoted: (count) => fill(count, (index) => `> ${nginxPiece(index)}`),
  base64: (count) => characters(count, base64, 64),
}

const wanted = option('--kinds', Object.keys(kinds).join(',')).split(',')
const million = 1_000_000
const row = (cells) => cells.map((cell, index) => (index === 0 ? cell.padEnd(10) : cell.padStart(10))).join('')
console.log(row(['', ...sizes.map((size) => `${size} MB`), 'growth']))
for (const kind of wanted) {
  const make = kinds[kind]
  if (!make) throw new Error(`no such kind: ${kind}`)
  const times = []
  for (const size of sizes) {
    const text = make(size * million)
    const start = performance.now()
    if (whole) await inspect({ documents: [{ name: 'paste', text }] }, { now: Date.UTC(2026, 11, 1) })
    else readDocument({ name: 'paste', text }, 0)
    times.push(performance.now() - start)
  }
  const growth = times.at(-1) / times[0] / (sizes.at(-1) / sizes[0])
  console.log(row([kind, ...times.map((time) => `${time.toFixed(0)} ms`), growth.toFixed(2)]))
}
