import { Component, type ReactNode } from 'react'

interface Props {
  /** What is drawn inside, as it is named in the message. */
  readonly what: string
  /** A change of it is a new chance. */
  readonly resetKey?: unknown
  readonly children: ReactNode
}

/** Keeps a fault in drawing one part from taking the page, and the paste, with it. */
export class ErrorBoundary extends Component<Props, { error: Error | null }> {
  override state = { error: null as Error | null }

  static getDerivedStateFromError(error: unknown) {
    return { error: error instanceof Error ? error : new Error(String(error)) }
  }

  override componentDidUpdate(previous: Props) {
    if (this.state.error && previous.resetKey !== this.props.resetKey) this.setState({ error: null })
  }

  override render() {
    const { error } = this.state
    if (!error) return this.props.children
    return (
      <div className="fault" role="alert">
        <p>
          <strong>This page could not draw {this.props.what}.</strong> What you pasted is kept.
        </p>
        <p className="muted mono">{error.message}</p>
        <p>
          <button type="button" className="button" onClick={() => this.setState({ error: null })}>
            Draw it again
          </button>
        </p>
      </div>
    )
  }
}
