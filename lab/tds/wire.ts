import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import { MESSAGE, MessageReader, packetsOf, type TdsMessage } from './packets.ts';
import { type Certificate, secureInPrelogin } from './tls-in-prelogin.ts';

/** Source: MS-TDS 2.2.3.1.3 "Length": what both sides use until LOGIN7 has settled another size. */
export const FIRST_PACKET_SIZE = 4096;

/** One client's line as messages, in clear at first and encrypted from `secure` on. */
export class Wire {
  /** Bytes of the packets that are sent, until sign-in settles another. */
  packetSize = FIRST_PACKET_SIZE;
  private readonly socket: Socket;
  private readonly sessionId: number;
  private readonly reader = new MessageReader();
  private readonly arrived: TdsMessage[] = [];
  private stream: Duplex;
  private waiting: ((message: TdsMessage | null) => void) | null = null;
  private gone = false;

  constructor(socket: Socket, sessionId: number) {
    this.socket = socket;
    this.sessionId = sessionId;
    this.stream = socket;
    this.listen(socket);
    socket.once('close', () => this.ended());
  }

  /** The next message; null once the line is gone. One caller at a time. */
  async next(): Promise<TdsMessage | null> {
    const message = this.arrived.shift();
    if (message !== undefined) return message;
    if (this.gone) return null;
    return new Promise((resolve) => (this.waiting = resolve));
  }

  /** Sends one response message. */
  send(tokens: Buffer): void {
    if (this.stream.writable) {
      this.stream.write(packetsOf(MESSAGE.response, tokens, this.packetSize, this.sessionId));
    }
  }

  /** From here on everything is encrypted; the client has been told so and starts the handshake. */
  secure(certificate: Certificate): void {
    this.socket.removeAllListeners('data');
    this.stream = secureInPrelogin(this.socket, certificate);
    this.listen(this.stream);
  }

  /** Closes the line when all that was sent has left. */
  end(): void {
    this.stream.end(() => this.socket.destroySoon());
  }

  /** Cuts the line at once: the client sees a reset, not an orderly end. */
  drop(): void {
    this.socket.resetAndDestroy();
  }

  private listen(stream: Duplex): void {
    stream.on('data', (chunk: Buffer) => this.receive(chunk));
    // A line that breaks, or a client that refuses the certificate, is a line that is gone: see 'close'.
    stream.on('error', () => this.socket.destroy());
  }

  private receive(chunk: Buffer): void {
    try {
      for (const message of this.reader.read(chunk)) this.deliver(message);
    } catch {
      this.socket.destroy();
    }
  }

  private deliver(message: TdsMessage): void {
    if (this.waiting === null) {
      this.arrived.push(message);
      return;
    }
    const resolve = this.waiting;
    this.waiting = null;
    resolve(message);
  }

  private ended(): void {
    this.gone = true;
    this.waiting?.(null);
    this.waiting = null;
  }
}
