// What may be attached. The daemon has the last word; here it is said before a large file travels in vain.
export const extensions = ['pdf', 'doc', 'docx', 'xls', 'xlsx', 'jpg', 'jpeg', 'png', 'gif', 'zip']
export const maxBytes = 100 * 1024 * 1024

/** The code of the problem that the daemon would answer, after the whole file was sent. */
export function refusal(file: { name: string; size: number }): string | undefined {
  const dot = file.name.lastIndexOf('.')
  if (dot < 1 || !extensions.includes(file.name.slice(dot + 1).toLowerCase())) return 'file_type_refused'
  if (file.size > maxBytes) return 'too_large'
  return file.size === 0 ? 'file_empty' : undefined
}
