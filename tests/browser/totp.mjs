// An authenticator app: RFC 6238, SHA-1, six digits, 30 seconds.
import { createHmac } from 'node:crypto'

const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'

function bytesOf(base32) {
  const bits = [...base32.replace(/[\s=]/g, '').toUpperCase()].map((c) => letters.indexOf(c).toString(2).padStart(5, '0')).join('')
  return Buffer.from(bits.match(/.{8}/g).map((byte) => Number.parseInt(byte, 2)))
}

export function codeOf(secret, step) {
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(step))
  const hash = createHmac('sha1', bytesOf(secret)).update(counter).digest()
  return String((hash.readUInt32BE(hash[19] & 15) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}

export class Authenticator {
  usedStep = 0

  constructor(secret) {
    this.secret = secret
  }

  /** A code that was not given before. The server takes one step ahead, so waiting is seldom needed. */
  async next() {
    const now = () => Math.floor(Date.now() / 30_000)
    while (now() + 1 <= this.usedStep) await new Promise((done) => setTimeout(done, 500))
    this.usedStep = Math.max(now(), this.usedStep + 1)
    return codeOf(this.secret, this.usedStep)
  }
}
