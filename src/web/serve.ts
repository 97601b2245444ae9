import { openClient } from '../client.ts';
import type { ServerWish } from '../client/server-link.ts';
import { listening, type Listening } from './listening.ts';
import { readSettings } from './settings/settings.ts';

export interface ControlRoomWish {
  readonly server: ServerWish;
  /** 0: any that is free. */
  readonly port: number;
  /** Who signs in by the link of the folder. */
  readonly owner: string;
}

/** Serves the pages, as the settings of the folder say, until it is closed. Throws an OperatorError where it cannot. */
export async function serveControlRoom({ server, port, owner }: ControlRoomWish): Promise<Listening> {
  const settings = readSettings(server.directory);
  const client = await openClient(server);
  try {
    const served = await listening({ client, settings, directory: server.directory, port, owner });
    return {
      address: served.address,
      async close() {
        await served.close();
        await client.close();
      },
    };
  } catch (error) {
    await client.close();
    throw error;
  }
}
