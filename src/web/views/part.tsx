import type { Child } from 'hono/jsx';
import { raw } from 'hono/html';

/**
 * A piece of a page that changes by itself: when nothing else has changed, it alone is sent. Its child is one
 * element that carries the same id. Parts do not hold parts.
 */
export function Part({ id, children }: { readonly id: string; readonly children: Child }) {
  return (
    <>
      {raw(`<!--[${id}-->`)}
      {children}
      {raw('<!--]-->')}
    </>
  );
}

/** A page taken apart: what holds its parts together, and each of them by its id. */
export interface Pieces {
  readonly skeleton: string;
  readonly parts: ReadonlyMap<string, string>;
}

/** Text of the page's own is escaped, so that nothing but `Part` makes such a mark. */
const PART = /<!--\[([^>]*?)-->([\s\S]*?)<!--\]-->/g;

export function takenApart(html: string): Pieces {
  const parts = new Map<string, string>();
  const skeleton = html.replaceAll(PART, (_whole, id: string, part: string) => {
    parts.set(id, part);
    return `<!--[${id}]-->`;
  });
  return { skeleton, parts };
}

/** The page as it is sent, without the marks. */
export function inOnePiece(html: string): string {
  return html.replaceAll(PART, '$2');
}
