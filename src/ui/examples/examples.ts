/** Captures to try the page with. The texts are loaded after the first paint. */
import { actions } from '../../store/app.ts'

export interface Example {
  readonly slug: string
  readonly title: string
  readonly detail: string
  load(): Promise<{ readonly text: string }>
}

export const examples: readonly Example[] = [
  {
    slug: 'missing-intermediate',
    title: 'Missing intermediate',
    detail: 'A load balancer sends its own certificate and nothing else.',
    load: () => import('./missing-intermediate.ts'),
  },
  {
    slug: 'intercepted',
    title: 'Intercepted by a proxy',
    detail: 'A company proxy answers in the server’s place.',
    load: () => import('./intercepted.ts'),
  },
  {
    slug: 'wrong-name',
    title: 'Wrong name',
    detail: 'A complete chain, for another host.',
    load: () => import('./wrong-name.ts'),
  },
]

/** Fetches the texts while the page is still loading: afterwards it makes no request, and works without a network. */
export async function preloadExamples() {
  const texts = await Promise.all(examples.map((example) => example.load().catch(() => ({ text: '' }))))
  actions.warm(texts.at(-1)?.text ?? '')
}

export async function openExample(example: Example) {
  const { text } = await example.load()
  actions.setText(text)
}
