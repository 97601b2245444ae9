import { readUpState } from './state.ts';

/** Address of the control room that the folder's `up` serves; null where it serves none. */
export function controlRoomOf(directory: string): string | null {
  return readUpState(directory)?.controlRoom ?? null;
}
