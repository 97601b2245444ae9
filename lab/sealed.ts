import { createCipheriv, createDecipheriv, createHmac, randomBytes } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';

/** Text that only the lab can read back. */
export type Sealed = string;

/** Seals what the estate must know but nobody may read from its file. */
export interface Sealer {
  /** The same text is sealed to the same letters, so that putting a value back leaves no trace. */
  seal(text: string): Sealed;
  unseal(sealed: Sealed): string;
}

const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** A sealer whose key lies in a file that only its owner can read; made where there is none. */
export function sealerFrom(keyFile: string): Sealer {
  if (!existsSync(keyFile)) writeFileSync(keyFile, randomBytes(32), { mode: 0o600, flag: 'wx' });
  const key = readFileSync(keyFile);
  return {
    seal(text) {
      const nonce = createHmac('sha256', key).update(text).digest().subarray(0, NONCE_BYTES);
      const cipher = createCipheriv('aes-256-gcm', key, nonce);
      const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
      return `sealed:${Buffer.concat([nonce, cipher.getAuthTag(), body]).toString('base64')}`;
    },
    unseal(sealed) {
      const bytes = Buffer.from(sealed.replace(/^sealed:/, ''), 'base64');
      const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, NONCE_BYTES));
      decipher.setAuthTag(bytes.subarray(NONCE_BYTES, NONCE_BYTES + TAG_BYTES));
      return (
        decipher.update(bytes.subarray(NONCE_BYTES + TAG_BYTES), undefined, 'utf8') + decipher.final('utf8')
      );
    },
  };
}
