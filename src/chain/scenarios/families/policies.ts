import { inhibitAnyPolicy, policies, policyConstraints, policyMappings } from '../make/extensions.ts'
import type { Family, Question } from '../make/workshop.ts'

const [one, two, three, any] = [
  '1.3.6.1.4.1.99999.1.1',
  '1.3.6.1.4.1.99999.1.2',
  '1.3.6.1.4.1.99999.1.3',
  '2.5.29.32.0',
]
const explicit = policyConstraints({ requireExplicit: 0 })
const unchecked: Question = { differs: 'OpenSSL processes policies only with -policy_check' }

export const policiesFamily: Family = {
  title: 'Certificate policies, mappings and constraints',
  source: 'RFC 5280 sections 4.2.1.4, 4.2.1.5, 4.2.1.11, 4.2.1.14 and 6.1; RFC 9618',
  make(shop) {
    const root = shop.ca('root')
    const key = shop.key()
    const under = (label: string, ...more: NonNullable<Parameters<typeof shop.ca>[1]>['more'] & object) =>
      shop.ca(label, { by: root, more })
    const leafOf = (
      label: string,
      by: ReturnType<typeof under>,
      ...more: Parameters<typeof under> extends [string, ...infer M] ? M : never
    ) => shop.leaf(label, { by, key, more })

    const plain = under('plain', policies(one))
    leafOf('same', plain, policies(one))
    leafOf('other', plain, policies(two))
    leafOf('none', plain)
    shop.expect('one policy all the way', 'same plain root', '', { policy: 'explicit' })
    shop.expect('policies that differ, where none is required', 'other plain root')
    shop.expect('policies that differ, where one is required', 'other plain root', '0 policy', {
      policy: 'explicit',
    })
    shop.expect('no policy, where one is required', 'none plain root', '0 policy', { policy: 'explicit' })
    shop.expect('one policy, where another is accepted', 'same plain root', '0 policy', {
      policy: `explicit ${two}`,
    })
    shop.expect('one policy, where it is accepted', 'same plain root', '', { policy: `explicit ${one}` })

    const strict = under('strict', policies(one), explicit)
    leafOf('strict-same', strict, policies(one))
    leafOf('strict-other', strict, policies(two))
    leafOf('strict-any', strict, policies(any))
    shop.expect('a CA that requires a policy, and the leaf has it', 'strict-same strict root')
    shop.expect(
      'a CA that requires a policy, and the leaf has another',
      'strict-other strict root',
      '0 policy',
      unchecked,
    )
    shop.expect('anyPolicy in the leaf', 'strict-any strict root')

    const mapped = under('mapped', policies(`${one} ${three}`), policyMappings([[one, two]]), explicit)
    leafOf('mapped-two', mapped, policies(two))
    leafOf('mapped-one', mapped, policies(one))
    leafOf('mapped-three', mapped, policies(three))
    shop.expect('a mapped policy', 'mapped-two mapped root')
    shop.expect('the policy that was mapped away', 'mapped-one mapped root', '0 policy', unchecked)
    shop.expect('a policy beside the mapping', 'mapped-three mapped root')
    shop.expect('mappings inhibited by the reader', 'mapped-two mapped root', '0 policy', {
      policy: 'no-mapping',
      ...unchecked,
    })
    const toAny = under('to-any', policies(one), policyMappings([[one, any]]))
    leafOf('below-to-any', toAny, policies(one))
    shop.expect('a mapping to anyPolicy', 'below-to-any to-any root', '1 policy', unchecked)

    const wildcard = under('wildcard', policies(any), explicit)
    leafOf('wildcard-one', wildcard, policies(one))
    shop.expect('anyPolicy in the CA', 'wildcard-one wildcard root')
    shop.expect('anyPolicy inhibited by the reader', 'wildcard-one wildcard root', '0 policy', {
      policy: 'no-any',
      ...unchecked,
    })
    const inhibited = under('inhibited', policies(any), explicit, inhibitAnyPolicy(0))
    leafOf('inhibited-any', inhibited, policies(any))
    leafOf('inhibited-one', inhibited, policies(one))
    shop.expect(
      'anyPolicy of a leaf below a CA that inhibits it',
      'inhibited-any inhibited root',
      '0 policy',
      unchecked,
    )
    shop.expect('a named policy below the same CA', 'inhibited-one inhibited root')
    const later = under('later', policies(one), policyConstraints({ requireExplicit: 1 }))
    leafOf('later-none', later)
    shop.expect(
      'a policy required one certificate further down, which the leaf is',
      'later-none later root',
      '0 policy',
      unchecked,
    )
    const muchLater = under('much-later', policies(one), policyConstraints({ requireExplicit: 2 }))
    leafOf('much-later-none', muchLater)
    shop.expect('a policy required further down than the path goes', 'much-later-none much-later root')
    leafOf('twice', plain, policies(`${one} ${one}`))
    shop.expect('a policy listed twice', 'twice plain root', '0 malformed-extension', unchecked)
    leafOf('empty-constraints', plain, policyConstraints({}))
    shop.expect(
      'policy constraints that constrain nothing',
      'empty-constraints plain root',
      '0 malformed-extension',
      unchecked,
    )
    const rootStrict = shop.ca('root-strict', { more: [policies(one), explicit] })
    shop.leaf('below-root-strict', { by: rootStrict, key })
    shop.expect('a root that requires a policy is not processed', 'below-root-strict root-strict')
  },
}
