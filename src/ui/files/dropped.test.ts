import { describe, expect, it } from 'vitest'
import { droppedFiles } from './dropped.ts'

type Tree = { readonly [name: string]: Tree | string | null }

/** An entry as browsers give it: `null` is a file that cannot be read. Folders give two entries at a time. */
function entry(name: string, content: Tree | string | null, parent = ''): FileSystemEntry {
  const fullPath = `${parent}/${name}`
  if (typeof content === 'string' || content === null) {
    const file = (resolve: (file: File) => void, reject: (error: Error) => void) =>
      content === null ? reject(new Error('gone')) : resolve(new File([content], name))
    return { name, fullPath, isFile: true, isDirectory: false, file } as unknown as FileSystemEntry
  }
  const children = Object.entries(content).map(([key, value]) => entry(key, value, fullPath))
  const createReader = () => {
    const left = [...children]
    return { readEntries: (resolve: (entries: FileSystemEntry[]) => void) => resolve(left.splice(0, 2)) }
  }
  return { name, fullPath, isFile: false, isDirectory: true, createReader } as unknown as FileSystemEntry
}

const transfer = (tree: Tree): DataTransfer => {
  const items = Object.entries(tree).map(([name, content]) => ({
    kind: 'file',
    webkitGetAsEntry: () => entry(name, content),
  }))
  return { items, files: [] } as unknown as DataTransfer
}

describe('what was dropped', () => {
  it('has the files of folders with their paths, in order', async () => {
    const { files, problems } = await droppedFiles(
      transfer({ 'a.pem': 'a', certs: { 'z.pem': 'z', sub: { 'b.pem': 'b' }, 'c.pem': 'c', '.DS_Store': 'x' } }),
    )
    expect(files.map(({ path }) => path)).toEqual(['a.pem', 'certs/c.pem', 'certs/sub/b.pem', 'certs/z.pem'])
    expect(problems).toEqual([])
  })

  it('names what cannot be read, and takes the rest', async () => {
    const { files, problems } = await droppedFiles(transfer({ certs: { 'a.pem': null, 'b.pem': 'b' } }))
    expect(files).toHaveLength(1)
    expect(problems).toEqual([{ name: 'certs/a.pem', reason: 'The browser could not read it.' }])
  })

  it('does not go on for ever', async () => {
    let deep: Tree = { 'a.pem': 'a' }
    for (let level = 0; level < 20; level++) deep = { deeper: deep }
    expect((await droppedFiles(transfer(deep))).problems[0]?.reason).toContain('Only 8 folders')
    const many = Object.fromEntries(Array.from({ length: 1_200 }, (_, index) => [`f${index}`, 'x']))
    expect((await droppedFiles(transfer({ many }))).files).toHaveLength(1_001)
  })

  it('takes files where the browser does not tell them from folders', async () => {
    const file = new File(['a'], 'a.pem')
    const plain = { items: [{ kind: 'file', webkitGetAsEntry: () => null }], files: [file] } as unknown as DataTransfer
    expect((await droppedFiles(plain)).files).toEqual([{ file }])
  })
})
