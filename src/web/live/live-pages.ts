import { inOnePiece } from '../views/part.tsx';
import { changedParts, type Replaced } from './changed-parts.ts';
import { messageOf, type Message } from './live-stream.ts';

/** Where a page comes from: begins to tell what it is now and each time that it has changed. Answers how to stop. */
export type PageSource = (audience: Audience) => () => void;

export interface Audience {
  /** What the page is now. Told one after the other: a page never goes back to what it was. */
  readonly show: (html: () => Promise<string>) => void;
  readonly trouble: (text: string) => void;
  /** It will not change any more. */
  readonly over: () => void;
}

type Send = (message: Message) => void;

/** Renders each page once, however many people look at it. */
export class LivePages {
  private readonly pages = new Map<string, LivePage>();

  /** Sends the whole page, then what changes of it. Pages of the same key show the same. Answers how to stop. */
  follow(key: string, source: PageSource, send: Send): () => void {
    const page = this.pages.get(key) ?? new LivePage(source);
    this.pages.set(key, page);
    page.add(send);
    return () => {
      if (page.remove(send) === 'nobody is left') this.pages.delete(key);
    };
  }
}

class LivePage {
  private readonly listeners = new Set<Send>();
  private readonly leave: () => void;
  private html: string | null = null;
  private turn: Promise<void> = Promise.resolve();

  constructor(source: PageSource) {
    this.leave = source({
      show: (html) => this.next(async () => this.show(await html())),
      trouble: (text) => this.send(messageOf('trouble', text)),
      over: () => this.next(() => this.send(messageOf('over'))),
    });
  }

  add(send: Send): void {
    this.listeners.add(send);
    if (this.html !== null) send(messageOf('replace', whole(this.html)));
  }

  remove(send: Send): 'nobody is left' | 'others are left' {
    this.listeners.delete(send);
    if (this.listeners.size > 0) return 'others are left';
    this.leave();
    return 'nobody is left';
  }

  private next(work: () => Promise<void> | void): void {
    const tellTrouble = (error: unknown) => this.send(messageOf('trouble', String(error)));
    this.turn = this.turn.then(work).catch(tellTrouble);
  }

  private show(html: string): void {
    const replaced = this.html === null ? whole(html) : changedParts(this.html, html);
    this.html = html;
    if (replaced.length > 0) this.send(messageOf('replace', replaced));
  }

  private send(message: Message): void {
    for (const send of this.listeners) send(message);
  }
}

function whole(html: string): Replaced {
  return [['live', inOnePiece(html)]];
}
