import { StrictMode } from 'react'
import { createRoot } from 'react-dom/client'
import { App } from './ui/App.tsx'

const container = document.getElementById('app')
if (!container) throw new Error('index.html has no #app element')

createRoot(container).render(
  <StrictMode>
    <App />
  </StrictMode>,
)
