/** One shape for all HTTP libraries of Java: make the store, build an SSLContext, hand it to the library. */
import type { Facts } from './facts.ts'
import { contextCode, imports, javaPrepare, javaVerify } from './java-code.ts'
import type { Platform, Recipe, Source } from './platform.ts'
import { trustSteps, trustWarning } from './trust.ts'

export interface Library {
  readonly slug: string
  readonly name: string
  readonly source: Source
  /** Classes to import besides those of the SSLContext. */
  readonly imports: readonly string[]
  /** What comes after the SSLContext, which is named `context`. */
  readonly use: (facts: Facts) => string
  /** What a reader of the code has to know. */
  readonly notes: readonly string[]
  readonly evidence: Recipe['evidence']
}

/** A platform with the recipes of a library. */
export function javaLibrary(library: Library): Platform {
  const code = (facts: Facts): string =>
    `${imports(facts, ...library.imports)}\n\n${contextCode(facts)}\n${library.use(facts)}`
  return {
    slug: library.slug,
    name: library.name,
    group: 'java',
    source: library.source,
    recipes: [
      {
        jobs: ['trust-ca', 'supply-intermediate'],
        side: 'client',
        title: (facts) =>
          facts.job === 'trust-ca'
            ? `Give ${library.name} the CA`
            : `Give ${library.name} the intermediate that the server does not send`,
        steps: (facts) => [
          ...trustSteps(facts),
          'Make a trust store with the roots of the JDK and this certificate, and hand it to the client.',
          ...library.notes,
        ],
        prepare: javaPrepare,
        command: code,
        language: 'java',
        verify: javaVerify,
        warning: trustWarning,
        evidence: library.evidence,
      },
      {
        jobs: ['client-certificate'],
        side: 'client',
        title: `Present a client certificate with ${library.name}`,
        steps: [
          'Put key, certificate and intermediates into one PKCS#12 file, and hand it to the client.',
          'A header such as "Authorization: Bearer" has nothing to do with it and stays as it is.',
          ...library.notes,
        ],
        prepare: javaPrepare,
        command: code,
        language: 'java',
        verify: javaVerify,
        evidence: library.evidence,
      },
    ],
  }
}
