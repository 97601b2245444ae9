import { randomBytes, scrypt, timingSafeEqual } from 'node:crypto';

/**
 * Costs of a new hash: 32 MiB and about a tenth of a second for each guess.
 *
 * Source: OWASP, *Password Storage Cheat Sheet*, scrypt: N=2^15, r=8, p=3.
 */
const COSTS: Costs = { ln: 15, r: 8, p: 3 };
const SALT_BYTES = 16;
const HASH_BYTES = 32;

interface Costs {
  /** Logarithm of N to the base of 2. */
  readonly ln: number;
  readonly r: number;
  readonly p: number;
}

/** What is kept of a password: costs, salt and hash. Source: *PHC string format*. */
export const PASSWORD_HASH =
  /^\$scrypt\$ln=(1[0-9]|20),r=([1-9]|[12]\d|3[0-2]),p=([1-9]|1[0-6])\$([A-Za-z0-9+/]{22,86})\$([A-Za-z0-9+/]{43})$/;

export async function hashOf(password: string): Promise<string> {
  const salt = randomBytes(SALT_BYTES);
  const { ln, r, p } = COSTS;
  const hash = await derived(password, salt, COSTS);
  return `$scrypt$ln=${ln},r=${r},p=${p}$${unpadded(salt)}$${unpadded(hash)}`;
}

/** Whether a password is the one that was hashed. Takes as long for a wrong one as for the right one. */
export async function isPassword(password: string, kept: string): Promise<boolean> {
  const [, ln, r, p, salt = '', hash = ''] = PASSWORD_HASH.exec(kept) ?? [];
  if (ln === undefined) return false;
  const costs = { ln: Number(ln), r: Number(r), p: Number(p) };
  const found = await derived(password, Buffer.from(salt, 'base64'), costs);
  return timingSafeEqual(found, Buffer.from(hash, 'base64'));
}

/** The same letters may be typed as different characters. Source: NIST SP 800-63B, section 5.1.1.2, NFKC. */
function derived(password: string, salt: Buffer, { ln, r, p }: Costs): Promise<Buffer> {
  const N = 2 ** ln;
  // What the algorithm takes, and a reserve. Source: Node.js, *crypto.scrypt*, maxmem.
  const maxmem = 128 * N * r + 128 * r * p + 1_048_576;
  return new Promise((resolve, reject) => {
    scrypt(password.normalize('NFKC'), salt, HASH_BYTES, { N, r, p, maxmem }, (error, key) => {
      if (error) reject(error);
      else resolve(key);
    });
  });
}

function unpadded(bytes: Buffer): string {
  return bytes.toString('base64').replaceAll('=', '');
}
