/**
 * The few globals that browsers, workers and Node share and the engine uses.
 * Declared by hand because everything from `core` to `inspect.ts` compiles without DOM types.
 */

declare class TextDecoder {
  constructor(label?: string, options?: { fatal?: boolean; ignoreBOM?: boolean })
  decode(input?: Uint8Array): string
}

declare class TextEncoder {
  encode(input?: string): Uint8Array<ArrayBuffer>
}

declare function atob(data: string): string
declare function btoa(data: string): string
