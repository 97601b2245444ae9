import type { Context } from 'hono';
import type { ContentfulStatusCode } from 'hono/utils/http-status';
import { inOnePiece } from '../views/part.tsx';
import { rendered } from '../views/rendered.ts';

/** A whole page as an answer. What it tells is of this moment, and of this person. */
export function page(
  c: Context,
  content: { toString(): unknown },
  status: ContentfulStatusCode = 200,
): Response {
  c.header('Cache-Control', 'no-store');
  return c.html(`<!DOCTYPE html>${inOnePiece(rendered(content))}`, status);
}
