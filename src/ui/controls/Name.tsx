import { Fragment } from 'react'
import { visible } from '../text/visible.ts'

/** A name from the paste: as text, unseen characters written out, kept apart from the direction of its surroundings. */
export function Name({ children, className }: { children: string; className?: string }) {
  return (
    <bdi className={className ? `name ${className}` : 'name'}>
      <Breakable>{visible(children)}</Breakable>
    </bdi>
  )
}

/** Text that may wrap after separators. */
export function Breakable({ children }: { children: string }) {
  const parts = children.split(/(?<=[./,@:=_-])(?=[^\s])/)
  let at = 0
  return parts.map((part) => {
    const key = at
    at += part.length
    return (
      <Fragment key={key}>
        {key > 0 && <wbr />}
        {part}
      </Fragment>
    )
  })
}
