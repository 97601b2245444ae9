import { PreloginPayload } from './tedious.ts';

export interface ServerVersion {
  /** 15 is SQL Server 2019, 16 is 2022. */
  readonly major: number;
  readonly minor: number;
  readonly build: number;
}

/** Source: MS-TDS 2.2.6.5 "PRELOGIN", ENCRYPTION option. */
const ENCRYPTION = { off: 0, on: 1, notSupported: 2, required: 3 } as const;
type Encryption = (typeof ENCRYPTION)[keyof typeof ENCRYPTION];

/** Source: MS-TDS 2.2.6.5 "PRELOGIN", PL_OPTION_TOKEN. */
const OPTION = { version: 0, encryption: 1, instance: 2, threadId: 3, mars: 4, terminator: 0xff } as const;

/** The answer to a client's PRELOGIN, and whether TLS starts after it. */
export function answerPrelogin(offer: Buffer, version: ServerVersion, hasCertificate: boolean) {
  const encryption = hasCertificate
    ? encryptionFor(new PreloginPayload(offer).encryption)
    : ENCRYPTION.notSupported;
  const encrypted = encryption !== ENCRYPTION.notSupported;
  return { answer: preloginAnswer(version, encryption), encrypted };
}

/**
 * Whoever can encrypt does, for the whole session: a client that would encrypt its login only is told that
 * all of it must be. One that cannot encrypt comes in clear.
 */
function encryptionFor(asked: number): Encryption {
  if (asked === ENCRYPTION.notSupported) return ENCRYPTION.notSupported;
  return asked === ENCRYPTION.on ? ENCRYPTION.on : ENCRYPTION.required;
}

function preloginAnswer(version: ServerVersion, encryption: Encryption): Buffer {
  const versionData = Buffer.from([
    version.major,
    version.minor,
    version.build >> 8,
    version.build & 0xff,
    0,
    0,
  ]);
  const options: readonly (readonly [token: number, data: Buffer])[] = [
    [OPTION.version, versionData],
    [OPTION.encryption, Buffer.from([encryption])],
    [OPTION.instance, Buffer.from([0])],
    [OPTION.threadId, Buffer.alloc(0)],
    [OPTION.mars, Buffer.from([0])],
  ];
  const directory = Buffer.alloc(options.length * 5 + 1, OPTION.terminator);
  let start = directory.length;
  for (const [index, [token, data]] of options.entries()) {
    directory.writeUInt8(token, index * 5);
    directory.writeUInt16BE(start, index * 5 + 1);
    directory.writeUInt16BE(data.length, index * 5 + 3);
    start += data.length;
  }
  return Buffer.concat([directory, ...options.map(([, data]) => data)]);
}
