/** The page's one store, and the hook that reads it. */
import { useStore } from 'zustand/react'
import { createEngine } from '../worker/client.ts'
import type { State } from './state.ts'
import { createAppStore } from './store.ts'

export const appStore = createAppStore(createEngine())

export const actions = appStore.actions

/** Reads a part of the state; the component draws again when that part changes. */
export function useApp<T>(select: (state: State) => T): T {
  return useStore(appStore, select)
}
