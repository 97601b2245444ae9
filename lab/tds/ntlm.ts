import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import { NtlmPayload } from './tedious.ts';

/** The server's question in an NTLM sign-in; the answer must use its nonce. */
export interface NtlmChallenge {
  readonly nonce: Buffer;
  /** The CHALLENGE_MESSAGE to send. */
  readonly message: Buffer;
}

/** Who the client claims to be, and the proof that it knows the password. */
export interface NtlmProof {
  readonly domain: string;
  readonly user: string;
  readonly response: Buffer;
  /** What the response was made over, besides the nonce. */
  readonly clientData: Buffer;
}

/** Source: MS-NLMP 2.2.2.5 "NEGOTIATE". */
const FLAGS =
  0x00000001 | // strings are Unicode
  0x00000200 | // NTLM
  0x00008000 | // always sign (negotiated, never used: TDS signs nothing)
  0x00020000 | // the target is a server
  0x00080000 | // extended session security
  0x00800000; // target information follows
/** Source: MS-NLMP 2.2.2.1 "AV_PAIR". */
const AV = { end: 0, computer: 1, domain: 2 } as const;
const SIGNATURE = Buffer.from('NTLMSSP\0', 'latin1');
const RESPONSE_LENGTH = 16;

/** The hash by which Windows knows a password: MD4 of its UTF-16. Source: MS-NLMP 3.3.1 "NTOWFv1". */
export function ntHash(password: string): Buffer {
  return NtlmPayload.prototype.ntHash(password);
}

export function isNtlm(token: Buffer): boolean {
  return token.subarray(0, SIGNATURE.length).equals(SIGNATURE);
}

/**
 * A new question. tedious expects the target name first in it, then the target information.
 *
 * Source: MS-NLMP 2.2.1.2 "CHALLENGE_MESSAGE".
 */
export function createNtlmChallenge(computer: string): NtlmChallenge {
  const nonce = randomBytes(8);
  const target = Buffer.from(computer, 'utf16le');
  const information = Buffer.concat([
    pair(AV.domain, target),
    pair(AV.computer, target),
    pair(AV.end, Buffer.alloc(0)),
  ]);
  const head = Buffer.alloc(56);
  SIGNATURE.copy(head);
  head.writeUInt32LE(2, 8);
  writeField(head, 12, target.length, head.length);
  head.writeUInt32LE(FLAGS, 20);
  nonce.copy(head, 24);
  writeField(head, 40, information.length, head.length + target.length);
  return { nonce, message: Buffer.concat([head, target, information]) };
}

/** Source: MS-NLMP 2.2.1.3 "AUTHENTICATE_MESSAGE". */
export function readNtlmProof(message: Buffer): NtlmProof {
  if (!isNtlm(message)) throw new Error('the client answered the NTLM challenge with something else');
  const answer = fieldAt(message, 20);
  const start = message.readUInt32LE(24);
  // tedious declares the response alone and lets the data that it was made over follow undeclared.
  const clientData = answer.length > RESPONSE_LENGTH ? answer : message.subarray(start);
  return {
    domain: fieldAt(message, 28).toString('utf16le'),
    user: fieldAt(message, 36).toString('utf16le'),
    response: answer.subarray(0, RESPONSE_LENGTH),
    clientData: clientData.subarray(RESPONSE_LENGTH),
  };
}

/**
 * True if the proof was made with the password behind `hash`. Only NTLMv2 proves anything here.
 *
 * Source: MS-NLMP 3.3.2 "NTLM v2 Authentication". Clients differ on whether the domain is upper-cased too.
 */
export function proves(proof: NtlmProof, hash: Buffer, nonce: Buffer): boolean {
  const made = Buffer.concat([nonce, proof.clientData]);
  return [proof.domain, proof.domain.toUpperCase()].some((domain) => {
    const key = hmacMd5(hash, Buffer.from(proof.user.toUpperCase() + domain, 'utf16le'));
    return proof.response.length === RESPONSE_LENGTH && timingSafeEqual(hmacMd5(key, made), proof.response);
  });
}

function hmacMd5(key: Buffer, data: Buffer): Buffer {
  return createHmac('md5', key).update(data).digest();
}

function pair(id: number, value: Buffer): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt16LE(id, 0);
  head.writeUInt16LE(value.length, 2);
  return Buffer.concat([head, value]);
}

function writeField(message: Buffer, position: number, length: number, start: number): void {
  message.writeUInt16LE(length, position);
  message.writeUInt16LE(length, position + 2);
  message.writeUInt32LE(start, position + 4);
}

function fieldAt(message: Buffer, position: number): Buffer {
  const start = message.readUInt32LE(position + 4);
  return message.subarray(start, start + message.readUInt16LE(position));
}
