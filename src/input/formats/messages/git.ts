/** Messages of git over HTTPS: its own words around those of libcurl's backend. Source: git http.c, remote-curl.c. */
import { libcurlPatterns } from './libcurl.ts'
import type { MessageTable } from './pattern.ts'

export const git: MessageTable = {
  id: 'git',
  label: 'git',
  possible:
    /unable to access '|RPC failed; curl|\bcurl \d{1,3} (?:SSL|Failed|Could)|unable to update url base from redirection/,
  patterns: libcurlPatterns,
  between: /^(?:Cloning into|fatal: |error: |remote: )/,
}
