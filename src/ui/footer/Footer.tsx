import { version } from '../../../package.json'
import { HelpButton } from '../help/HelpButton.tsx'
import './footer.css'

export function Footer() {
  return (
    <footer className="footer">
      <p>Nothing leaves this page: it makes no request. To check, disconnect the network; it works all the same.</p>
      <p>
        <HelpButton>All rules</HelpButton> Weaklink {version}
      </p>
    </footer>
  )
}
