/** Captures to try the page with. Each text is loaded when it is asked for. */
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

export async function openExample(example: Example) {
  const { text } = await example.load()
  actions.setText(text)
}
