import type { ButtonHTMLAttributes, ReactNode } from 'react'

const signs = {
  files: 'M9 2H4.5v12h7V4.5zM9 2v2.5h2.5M8 7v4M6 9h4',
  share: 'M5.5 6.5H3.5v7h9v-7h-2M8 10V2.5M5.5 5 8 2.5 10.5 5',
  clear: 'M4 4l8 8M12 4l-8 8',
  restore: 'M3.5 6.5h6a3.25 3.25 0 0 1 0 6.5H6M6 4 3.5 6.5 6 9',
}

interface Props extends ButtonHTMLAttributes<HTMLButtonElement> {
  readonly sign: keyof typeof signs
  readonly children: ReactNode
}

/** A button of the tool bar: a word, and on the narrowest pages a sign whose name is that word. */
export function Tool({ sign, children, ...rest }: Props) {
  return (
    <button type="button" className="tool" {...rest}>
      <svg className="tool-sign" viewBox="0 0 16 16" aria-hidden="true">
        <path d={signs[sign]} />
      </svg>
      <span className="tool-word">{children}</span>
    </button>
  )
}
