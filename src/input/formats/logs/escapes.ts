/** Takes the backslash from the quotes of a line that is a string in JSON (container runtimes, collectors); offsets stay. */
export const plainQuotes = (text: string): string => (text.includes('\\"') ? text.replaceAll('\\"', ' "') : text)
