/** Attribute types of names: dotted OIDs and the many spellings of their short names. */
import { type Oid, oid } from '../core/brand.ts'
import { nameAttributeAliases, nameAttributes } from '../standards/oids.ts'

const oidsBySpelling: ReadonlyMap<string, string> = new Map([
  ...Object.entries(nameAttributes).map(([dotted, name]): [string, string] => [name.toLowerCase(), dotted]),
  ...Object.entries(nameAttributeAliases),
  // `UID` (userId) and `uid` (uniqueIdentifier) differ by case alone in OpenSSL; every other tool means userId.
  ['uid', '0.9.2342.19200300.100.1.1'],
])

const dotted = /^(?:oid\.)?(\d+(?:\.\d+)+)$/i

/** Short name of an OID as OpenSSL prints it, else the OID. */
export function attributeType(type: Oid): string {
  return nameAttributes[type] ?? type
}

/**
 * The OID that a printed attribute type stands for.
 * @param spelling as `CN`, `commonName`, `E`, `OID.2.5.4.97`; in any case
 * @returns undefined when unknown
 */
export function attributeOid(spelling: string): Oid | undefined {
  const known = oidsBySpelling.get(spelling.toLowerCase()) ?? dotted.exec(spelling)?.[1]
  return known === undefined ? undefined : oid(known)
}
