import { useApp } from '../store/app.ts'
import { ErrorBoundary } from './controls/ErrorBoundary.tsx'
import { FileDrop } from './files/FileDrop.tsx'
import { Footer } from './footer/Footer.tsx'
import { Header } from './header/Header.tsx'
import { PastePane } from './paste/PastePane.tsx'
import { useLinks } from './share/use-links.ts'
import { Announcer } from './shell/Announcer.tsx'
import { Results } from './shell/Results.tsx'
import { Splitter } from './shell/Splitter.tsx'
import { usePage } from './shell/use-page.ts'
import './styles/theme.css'
import './styles/base.css'
import './styles/controls.css'
import './styles/print.css'

export function App() {
  usePage()
  useLinks()
  const status = useApp((state) => state.status)
  return (
    <ErrorBoundary what="the page">
      <button type="button" className="skip" onClick={() => document.getElementById('results')?.focus()}>
        Skip to the results
      </button>
      <Header />
      <main className="page" data-state={status === 'empty' ? 'empty' : 'full'}>
        <PastePane />
        <Splitter />
        <Results />
      </main>
      <Footer />
      <FileDrop />
      <Announcer />
    </ErrorBoundary>
  )
}
