import { Fragment } from 'react'
import { visible } from '../../core/visible.ts'

/** A name from the paste: as text, unseen characters written out, kept apart from the direction of its surroundings. */
export function Name({ children, className }: { children: string; className?: string }) {
  return (
    <bdi className={className ? `name ${className}` : 'name'}>
      <Breakable>{visible(children)}</Breakable>
    </bdi>
  )
}

/** Letters a word may have before it is offered to be broken; shorter ones move to the next line whole. */
const longestWhole = 32

/** Text whose long words may wrap after separators. */
export function Breakable({ children }: { children: string }) {
  const parts = children
    .split(/(?<=\s)/)
    .flatMap((word) => (word.length > longestWhole ? word.split(/(?<=[./,@:=_-])(?=[^\s])/) : word))
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
