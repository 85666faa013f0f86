/** The screen to return to after signing in: only one of this server's own. */
export const backTo = (to: string | undefined) => (to?.startsWith('/') && !to.startsWith('//') ? to : '/')
