import { version } from '../../../package.json'
import './footer.css'

export function Footer() {
  return (
    <footer className="footer">
      <p>Nothing leaves this page: it makes no request. To check, disconnect the network; it works all the same.</p>
      <p>Weaklink {version}</p>
    </footer>
  )
}
