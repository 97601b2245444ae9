import type { Building } from '../model/build-estate.ts';
import type { Estate } from '../model/estate.ts';

/** What stands in an estate already before a run comes to it: made by other people, and healthy. */
export interface Beginning {
  readonly name: string;
  /** What is there, in one sentence. */
  readonly title: string;
  /** Adds it to an estate whose machines are fresh. */
  readonly build: (estate: Estate, building: Building) => void;
}
