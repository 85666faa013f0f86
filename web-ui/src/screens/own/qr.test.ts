import { describe, expect, it } from 'vitest'
import { grouped, qrPath } from './qr'

/** What the path paints, as rows again. */
function painted(path: string, size: number): string[] {
  const rows = Array.from({ length: size }, () => Array<string>(size).fill('0'))
  for (const [, x, y, width] of path.matchAll(/M(\d+) (\d+)h(\d+)v1h-\3z/g)) {
    for (let i = 0; i < Number(width); i += 1) rows[Number(y)][Number(x) + i] = '1'
  }
  return rows.map((row) => row.join(''))
}

describe('a QR code as a path', () => {
  it('paints the dark modules, and no others', () => {
    const rows = ['1111111', '1000001', '1011101', '1011101', '1011101', '1000001', '1111111']
    expect(painted(qrPath(rows), 7)).toEqual(rows)
  })
  it('draws neighbours as one rectangle', () => {
    expect(qrPath(['0110', '0000', '1001'])).toBe('M1 0h2v1h-2zM0 2h1v1h-1zM3 2h1v1h-1z')
  })
  it('is empty without modules', () => expect(qrPath([])).toBe(''))
})

describe('a secret for typing', () => {
  it('stands in groups of four', () => expect(grouped('JBSWY3DPEHPK3PXPAB')).toBe('JBSW Y3DP EHPK 3PXP AB'))
  it('may be empty', () => expect(grouped('')).toBe(''))
})
