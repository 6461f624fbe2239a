import { describe, expect, it } from 'vitest'
import { inspect } from '../../inspect.ts'
import { at, read } from '../testing/reading.ts'

const page = (title: string, sentence: string) =>
  `<html>\n<head><title>${title}</title></head>\n<body>\n<center><h1>400 Bad Request</h1></center>\n<center>${sentence}</center>\n<hr><center>nginx</center>\n</body>\n</html>\n`
const noCertificate = page('400 No required SSL certificate was sent', 'No required SSL certificate was sent')
const verdictOf = async (text: string) => (await inspect({ documents: [{ name: 'paste', text }] })).verdict

describe('an answer that says that TLS is the matter', () => {
  it('is read with its status and its place', () => {
    const [capture] = read(`HTTP/1.1 400 Bad Request\nServer: nginx\n\n${noCertificate}`).captures
    expect(capture).toMatchObject({ kind: 'message', toolLabel: 'HTTP answer', answer: { status: 400 } })
    const text = `HTTP/1.1 400 Bad Request\nServer: nginx\n\n${noCertificate}`
    expect(at(text, capture?.answer?.span)).toContain('No required SSL certificate was sent')
  })

  it.each([
    [noCertificate, 'client-certificate-missing'],
    ['{"message":"No required TLS certificate was sent"}\n', 'client-certificate-missing'],
    [page('400 The SSL certificate error', 'The SSL certificate error'), 'client-certificate-rejected'],
    [
      page('400 The plain HTTP request was sent to HTTPS port', 'The plain HTTP request was sent to HTTPS port'),
      'not-tls',
    ],
    ['Client sent an HTTP request to an HTTPS server.\n', 'not-tls'],
  ])('leads to its cause: %j', async (text, cause) => {
    expect(await verdictOf(text)).toMatchObject({ status: 'broken', cause })
  })

  it('is nothing where the words are not there', async () => {
    expect(read(page('400 Bad Request', 'Something else')).captures).toEqual([])
    expect((await verdictOf('HTTP/1.1 200 OK\n\nhello\n')).cause).toBe('undeterminable')
  })
})
