export const findingsDictionary = (): Uint8Array => new Uint8Array()
export const inputDictionary = (): Uint8Array => new Uint8Array()
