/** What a client says in LOGIN7, as far as a server has use for it. */
export interface Login {
  /** Such as 0x74000004 for TDS 7.4. */
  readonly tdsVersion: number;
  readonly packetSize: number;
  readonly user: string;
  readonly password: string;
  readonly applicationName: string;
  /** Empty for the login's default. */
  readonly database: string;
  readonly readOnlyIntent: boolean;
  /** The first message of Windows authentication; null for a SQL login. */
  readonly sspi: Buffer | null;
}

/** Source: MS-TDS 2.2.6.4 "LOGIN7": where each fixed field and each (offset, length) pair stands. */
const AT = {
  tdsVersion: 4,
  packetSize: 8,
  optionFlags2: 25,
  typeFlags: 26,
  user: 40,
  password: 44,
  applicationName: 48,
  database: 68,
  sspi: 78,
  longSspiLength: 90,
} as const;
const INTEGRATED_SECURITY = 0x80;
const READ_ONLY_INTENT = 0x20;

export function readLogin(payload: Buffer): Login {
  const integrated = (payload.readUInt8(AT.optionFlags2) & INTEGRATED_SECURITY) !== 0;
  return {
    tdsVersion: payload.readUInt32LE(AT.tdsVersion),
    packetSize: payload.readUInt32LE(AT.packetSize),
    user: textAt(payload, AT.user),
    password: readable(field(payload, AT.password, 2)).toString('utf16le'),
    applicationName: textAt(payload, AT.applicationName),
    database: textAt(payload, AT.database),
    readOnlyIntent: (payload.readUInt8(AT.typeFlags) & READ_ONLY_INTENT) !== 0,
    sspi: integrated ? sspiOf(payload) : null,
  };
}

function textAt(payload: Buffer, position: number): string {
  return field(payload, position, 2).toString('utf16le');
}

function field(payload: Buffer, position: number, bytesPerUnit: number): Buffer {
  const start = payload.readUInt16LE(position);
  return payload.subarray(start, start + payload.readUInt16LE(position + 2) * bytesPerUnit);
}

/** A token of 65,535 bytes or more has its true length in a field of its own. */
function sspiOf(payload: Buffer): Buffer {
  const long = payload.readUInt32LE(AT.longSspiLength);
  const token = field(payload, AT.sspi, 1);
  if (token.length < 0xffff || long === 0) return token;
  const start = payload.readUInt16LE(AT.sspi);
  return payload.subarray(start, start + long);
}

/** Undoes what clients do to a password: swap the halves of each byte, then XOR with 0xA5. */
function readable(scrambled: Buffer): Buffer {
  return Buffer.from(
    scrambled.map((byte) => {
      const swapped = byte ^ 0xa5;
      return ((swapped & 0x0f) << 4) | (swapped >> 4);
    }),
  );
}
