import type { Socket } from 'node:net';
import { Duplex } from 'node:stream';
import { createSecureContext, TLSSocket } from 'node:tls';
import { HEADER_LENGTH, MESSAGE, packetsOf } from './packets.ts';

export interface Certificate {
  /** PEM; both may hold a chain, the endpoint's own first. */
  readonly key: string;
  readonly cert: string;
}

const HANDSHAKE_PACKET_SIZE = 4096;

/**
 * Encrypts a line whose two ends have agreed on it in PRELOGIN. The handshake travels inside PRELOGIN
 * packets, what follows does not. TLS 1.3 cannot do this (its handshake has no such end), so 1.2 it is.
 *
 * Source: MS-TDS 3.3.5.2 "TLS/SSL Negotiation State"; SQL Server speaks TLS 1.3 in TDS 8.0 only.
 */
export function secureInPrelogin(socket: Socket, certificate: Certificate): TLSSocket {
  const { key, cert } = certificate;
  const secureContext = createSecureContext({ key, cert, maxVersion: 'TLSv1.2' });
  return new TLSSocket(new PreloginTunnel(socket), { isServer: true, secureContext });
}

/** Carries TLS records over the socket, wrapped in PRELOGIN packets until the client stops wrapping. */
class PreloginTunnel extends Duplex {
  private readonly socket: Socket;
  private unread: Buffer = Buffer.alloc(0);
  private wrapped = true;

  constructor(socket: Socket) {
    super();
    this.socket = socket;
    socket.on('data', (chunk: Buffer) => this.receive(chunk));
    socket.once('end', () => this.push(null));
    socket.once('close', () => this.destroy());
  }

  override _read(): void {
    // Nothing to ask for: what the socket receives is pushed as it comes.
  }

  override _write(chunk: Buffer, _encoding: BufferEncoding, written: (error?: Error | null) => void): void {
    this.sendOn(chunk, written);
  }

  /** One flight of the handshake must be one message: a client sends nothing until it has read it all. */
  override _writev(
    pieces: readonly { readonly chunk: Buffer }[],
    written: (error?: Error | null) => void,
  ): void {
    this.sendOn(Buffer.concat(pieces.map(({ chunk }) => chunk)), written);
  }

  override _final(finished: (error?: Error | null) => void): void {
    this.socket.end(() => finished());
  }

  override _destroy(error: Error | null, destroyed: (error?: Error | null) => void): void {
    this.socket.destroy();
    destroyed(error);
  }

  private sendOn(records: Buffer, written: (error?: Error | null) => void): void {
    const bytes = this.wrapped ? packetsOf(MESSAGE.prelogin, records, HANDSHAKE_PACKET_SIZE) : records;
    this.socket.write(bytes, written);
  }

  private receive(chunk: Buffer): void {
    this.unread = Buffer.concat([this.unread, chunk]);
    while (this.unread.length > 0) {
      // The server's last flight is still wrapped, so what ends the wrapping is the client's first bare record.
      this.wrapped &&= this.unread.readUInt8(0) === MESSAGE.prelogin;
      const length = this.wrapped ? this.packetLength() : this.unread.length;
      if (length === null) return;
      this.push(this.unread.subarray(this.wrapped ? HEADER_LENGTH : 0, length));
      this.unread = this.unread.subarray(length);
    }
  }

  private packetLength(): number | null {
    if (this.unread.length < HEADER_LENGTH) return null;
    const length = Math.max(HEADER_LENGTH, this.unread.readUInt16BE(2));
    return length <= this.unread.length ? length : null;
  }
}
