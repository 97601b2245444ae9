import { duration } from '../../present/measures.ts';

/** A moment, in the zone of whoever renders it until the page says it in that of its reader. */
export function Moment({ iso, form = 'time' }: { readonly iso: string; readonly form?: 'time' | 'day' }) {
  const [day, time] = new Date(iso).toISOString().split('T');
  const clock = `${(time ?? '').slice(0, 8)} UTC`;
  return (
    <time datetime={iso} data-form={form}>
      {form === 'day' ? `${day} ${clock}` : clock}
    </time>
  );
}

/** How long something has gone on; the page counts on by itself. */
export function Since({ iso, nowMs }: { readonly iso: string; readonly nowMs: number }) {
  return (
    <span class="since" data-since={iso}>
      {duration(Date.parse(iso), nowMs)}
    </span>
  );
}
