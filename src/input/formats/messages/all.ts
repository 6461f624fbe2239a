/** The formats of runtimes' messages. The first that knows a line has it: those with names of their own before those with few. */
import type { Format } from '../../format.ts'
import { apple } from './apple.ts'
import { browser } from './browser.ts'
import { dotnet } from './dotnet.ts'
import { messageFormat } from './format.ts'
import { git } from './git.ts'
import { go } from './go.ts'
import { javaFormat } from './java.ts'
import { node } from './node.ts'
import { php } from './php.ts'
import { programs } from './programs.ts'
import { python } from './python.ts'
import { ruby } from './ruby.ts'
import { rust } from './rust.ts'
import { schannel } from './schannel.ts'

export const messageFormats: readonly Format[] = [
  javaFormat,
  ...[python, ruby, git, php, go, rust, browser, apple, node, dotnet, schannel, programs].map(messageFormat),
]
