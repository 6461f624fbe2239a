declare const brand: unique symbol

/** A primitive that carries its meaning in its type. */
export type Brand<T, Name extends string> = T & { readonly [brand]: Name }

/** Milliseconds since 1970-01-01T00:00:00Z. */
export type UnixMs = Brand<number, 'UnixMs'>

/** SHA-256 of DER bytes, 64 lower-case hexadecimal digits. */
export type Sha256 = Brand<string, 'Sha256'>

/** Object identifier in dotted form, as `2.5.29.15`. */
export type Oid = Brand<string, 'Oid'>

/** Takes a number of milliseconds since 1970 as an instant. */
export const unixMs = (value: number): UnixMs => value as UnixMs

/** Takes a dotted string as an object identifier. */
export const oid = (value: string): Oid => value as Oid
