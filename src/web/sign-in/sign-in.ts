import type { Hono, MiddlewareHandler } from 'hono';
import type { Visit } from '../visit.ts';

/** One way in which people say who they are. */
export interface SignIn {
  /** Its pages; they are open to everybody. */
  readonly routes: Hono<Visit>;
  /** Lets nobody pass who has not signed in; tells the routes behind it who it is. */
  readonly required: MiddlewareHandler<Visit>;
}
