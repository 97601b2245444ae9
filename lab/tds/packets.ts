/** Source: MS-TDS 2.2.3.1.1 "Type". */
export const MESSAGE = {
  batch: 0x01,
  rpc: 0x03,
  response: 0x04,
  attention: 0x06,
  transaction: 0x0e,
  login: 0x10,
  sspi: 0x11,
  prelogin: 0x12,
} as const;

/** Source: MS-TDS 2.2.3.1 "Packet Header". */
export const HEADER_LENGTH = 8;

/** One message of the protocol: the payload of all packets up to the one that says it is the last. */
export interface TdsMessage {
  readonly type: number;
  readonly payload: Buffer;
  /** The client gave this message up half-way; it must not be acted upon. */
  readonly ignored: boolean;
}

/** Source: MS-TDS 2.2.3.1.2 "Status". */
const STATUS = { endOfMessage: 0x01, ignore: 0x02 } as const;

/** Puts messages together from whatever pieces the line delivers. */
export class MessageReader {
  private unread: Buffer = Buffer.alloc(0);
  private payloads: Buffer[] = [];

  /** The messages that this piece completes, in order. Throws when it is not the protocol. */
  read(chunk: Buffer): readonly TdsMessage[] {
    this.unread = this.unread.length === 0 ? chunk : Buffer.concat([this.unread, chunk]);
    const messages: TdsMessage[] = [];
    for (let packet = this.nextPacket(); packet !== null; packet = this.nextPacket()) {
      this.payloads.push(packet.subarray(HEADER_LENGTH));
      const status = packet.readUInt8(1);
      if ((status & STATUS.endOfMessage) === 0) continue;
      const payload = Buffer.concat(this.payloads);
      messages.push({ type: packet.readUInt8(0), payload, ignored: (status & STATUS.ignore) !== 0 });
      this.payloads = [];
    }
    return messages;
  }

  private nextPacket(): Buffer | null {
    if (this.unread.length < HEADER_LENGTH) return null;
    const length = this.unread.readUInt16BE(2);
    if (length < HEADER_LENGTH) throw new Error(`a TDS packet says that it is ${length} bytes long`);
    if (this.unread.length < length) return null;
    const packet = this.unread.subarray(0, length);
    this.unread = this.unread.subarray(length);
    return packet;
  }
}

/** A message cut into packets, ready for the line. `sessionId` goes into each header. */
export function packetsOf(type: number, payload: Buffer, packetSize: number, sessionId = 0): Buffer {
  const room = packetSize - HEADER_LENGTH;
  const count = Math.max(1, Math.ceil(payload.length / room));
  const packets = Buffer.alloc(payload.length + count * HEADER_LENGTH);
  for (let index = 0; index < count; index++) {
    const piece = payload.subarray(index * room, (index + 1) * room);
    const start = index * packetSize;
    packets.writeUInt8(type, start);
    packets.writeUInt8(index === count - 1 ? STATUS.endOfMessage : 0, start + 1);
    packets.writeUInt16BE(piece.length + HEADER_LENGTH, start + 2);
    packets.writeUInt16BE(sessionId & 0xffff, start + 4);
    packets.writeUInt8((index + 1) & 0xff, start + 6);
    piece.copy(packets, start + HEADER_LENGTH);
  }
  return packets;
}
