/** Reads the PEM of the fixtures; they are well formed. */
export function parsePem(pem: string): Uint8Array {
  const binary = atob(pem.replace(/-----[^-]+-----|\s/g, ''))
  return Uint8Array.from(binary, (character) => character.charCodeAt(0))
}
