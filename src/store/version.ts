declare const __VERSION__: string

/** Version of the program, as links and the footer name it. */
export const version: string = typeof __VERSION__ === 'string' ? __VERSION__ : 'development'
