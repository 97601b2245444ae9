import type { RunRef } from '../../client.ts';
import type { Sights } from '../sights.ts';
import type { RunSight } from '../views/run-sight.ts';
import { inOnePiece } from '../views/part.tsx';
import type { Message } from './live-stream.ts';
import { changedParts, type Replaced } from './changed-parts.ts';
import type { RunFeeds, Told } from './run-feeds.ts';

export interface LivePageWish {
  readonly ref: RunRef;
  /** Pages of the same key show the same. */
  readonly key: string;
  readonly render: (sight: RunSight) => string;
}

type Send = (message: Message) => void;

/** Renders each page once, however many people look at it. */
export class LivePages {
  private readonly feeds: RunFeeds;
  private readonly sights: Sights;
  private readonly pages = new Map<string, LivePage>();

  constructor(feeds: RunFeeds, sights: Sights) {
    this.feeds = feeds;
    this.sights = sights;
  }

  /** Sends the whole page, then what changes of it. Answers how to stop. */
  follow(wish: LivePageWish, send: Send): () => void {
    const page = this.pages.get(wish.key) ?? this.open(wish);
    page.listeners.add(send);
    if (page.html !== null) send({ event: 'replace', data: whole(page.html) });
    return () => {
      page.listeners.delete(send);
      if (page.listeners.size > 0) return;
      page.leave();
      this.pages.delete(wish.key);
    };
  }

  private open({ ref, key, render }: LivePageWish): LivePage {
    const page: LivePage = {
      html: null,
      listeners: new Set(),
      leave: () => undefined,
      turn: Promise.resolve(),
    };
    this.pages.set(key, page);
    const tell = async (told: Told) => {
      if (told.kind === 'trouble') return sendAll(page, { event: 'trouble', data: told.text });
      const html = render(await this.sights.of(ref, told.run));
      const data = page.html === null ? whole(html) : changedParts(page.html, html);
      page.html = html;
      if (data.length > 0) sendAll(page, { event: 'replace', data });
      if (told.run.endedAt !== null) sendAll(page, { event: 'over', data: '' });
    };
    page.leave = this.feeds.follow(ref, (told) => {
      // One after the other: a page must never go back to what it was.
      page.turn = page.turn
        .then(() => tell(told))
        .catch((error: unknown) => sendAll(page, { event: 'trouble', data: String(error) }));
    });
    return page;
  }
}

interface LivePage {
  html: string | null;
  readonly listeners: Set<Send>;
  leave: () => void;
  turn: Promise<void>;
}

function whole(html: string): Replaced {
  return [['live', inOnePiece(html)]];
}

function sendAll({ listeners }: LivePage, message: Message): void {
  for (const send of listeners) send(message);
}
