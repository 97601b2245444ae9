import { inOnePiece } from '../views/part.tsx';
import { changedParts, type Replaced } from '../views/changed-parts.ts';
import { messageOf, type Message } from './live-stream.ts';

/** Where a page comes from: begins to tell what it is now and each time that it has changed. Answers how to stop. */
export type PageSource = (audience: Audience) => () => void;

export interface Audience {
  /** What the page is now. Told one after the other: a page never goes back to what it was. */
  readonly show: (html: () => Promise<string>) => void;
  /** Who does not answer, so that the page may be old; null where all do. */
  readonly trouble: (text: string | null) => void;
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
  /** Null before the source has told. */
  private trouble: { readonly ofSource: string | null; readonly ofPage: string | null } | null = null;
  private turn: Promise<void> = Promise.resolve();

  constructor(source: PageSource) {
    this.leave = source({
      show: (html) => this.next(async () => this.show(await html())),
      trouble: (ofSource) => this.say({ ofSource }),
      over: () => this.next(() => this.send(messageOf('over'))),
    });
  }

  add(send: Send): void {
    this.listeners.add(send);
    if (this.trouble !== null) send(messageOf('trouble', this.words));
    if (this.html !== null) send(messageOf('replace', whole(this.html)));
  }

  remove(send: Send): 'nobody is left' | 'others are left' {
    this.listeners.delete(send);
    if (this.listeners.size > 0) return 'others are left';
    this.leave();
    return 'nobody is left';
  }

  private next(work: () => Promise<void> | void): void {
    this.turn = this.turn.then(work).catch((error: unknown) => this.say({ ofPage: String(error) }));
  }

  private show(html: string): void {
    const replaced = this.html === null ? whole(html) : changedParts(this.html, html);
    this.html = html;
    if (replaced.length > 0) this.send(messageOf('replace', replaced));
    this.say({ ofPage: null });
  }

  private get words(): string {
    return this.trouble?.ofSource ?? this.trouble?.ofPage ?? '';
  }

  private say(change: Partial<NonNullable<LivePage['trouble']>>): void {
    const before = this.trouble === null ? null : this.words;
    this.trouble = { ofSource: null, ofPage: null, ...this.trouble, ...change };
    if (this.words !== before) this.send(messageOf('trouble', this.words));
  }

  private send(message: Message): void {
    for (const send of this.listeners) send(message);
  }
}

function whole(html: string): Replaced {
  return [['live', inOnePiece(html)]];
}
