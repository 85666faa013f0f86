/** The light margin around a QR code, without which readers do not find it. */
export const quiet = 4

/** One path for all dark modules; neighbours in a row are one rectangle. Rows come as "1" and "0". */
export function qrPath(rows: readonly string[]): string {
  let path = ''
  rows.forEach((row, y) => {
    for (const { index, 0: run } of row.matchAll(/1+/g)) path += `M${index} ${y}h${run.length}v1h-${run.length}z`
  })
  return path
}

/** A secret in groups of four, as it is typed. */
export const grouped = (secret: string) => secret.replace(/\s/g, '').match(/.{1,4}/g)?.join(' ') ?? ''
