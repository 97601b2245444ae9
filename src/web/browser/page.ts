import { Idiomorph } from 'idiomorph';
import { duration } from '../../present/measures.ts';
import { tellTimes } from './tell-times.ts';

/* Keeps a page live: replaces what changed, counts on, and says times where the reader sits. */

let trouble = { connection: '', server: document.getElementById('trouble')?.textContent ?? '' };
const address = document.body.dataset['live'];
if (address !== undefined) follow(address);
tellTimes();
setInterval(countOn, 1_000);

/** The browser connects again by itself; each connection begins with all that there is to see. */
function follow(from: string): void {
  const events = new EventSource(from);
  events.addEventListener('open', () => sayTrouble({ connection: '' }));
  events.addEventListener('replace', ({ data }: MessageEvent<string>) => {
    for (const [id, html] of JSON.parse(data) as readonly (readonly [string, string])[]) replace(id, html);
    tellTimes();
  });
  events.addEventListener('trouble', ({ data }: MessageEvent<string>) =>
    sayTrouble({ server: JSON.parse(data) as string }),
  );
  events.addEventListener('over', () => events.close());
  events.addEventListener('error', () => {
    const isOver = events.readyState === EventSource.CLOSED;
    sayTrouble({
      connection: isOver
        ? 'The page is not live any more: load it again.'
        : 'The connection is lost; trying again. What is shown may be old.',
    });
  });
  // A page that is left may be shown again later: then it connects anew.
  addEventListener('pagehide', () => events.close());
  addEventListener('pageshow', ({ persisted }) => persisted && location.reload());
}

function replace(id: string, html: string): void {
  const old = document.getElementById(id);
  if (old === null) return;
  void Idiomorph.morph(old, html, {
    morphStyle: 'outerHTML',
    callbacks: {
      // What somebody is typing, or has opened, is theirs.
      beforeNodeMorphed: (node: Node) =>
        !(node instanceof HTMLTextAreaElement && node.value !== node.defaultValue),
      beforeAttributeUpdated: (name: string) => name !== 'open',
    },
  });
}

/** Of the way to the control room, and of who does not answer it: neither of them ends the other. */
function sayTrouble(change: Partial<typeof trouble>): void {
  trouble = { ...trouble, ...change };
  const text = trouble.connection === '' ? trouble.server : trouble.connection;
  const place = document.getElementById('trouble');
  if (place === null || place.textContent === text) return;
  place.textContent = text;
  place.hidden = text === '';
}

/** The same words as the server's. */
function countOn(): void {
  for (const place of document.querySelectorAll<HTMLElement>('[data-since]')) {
    const since = Date.parse(place.dataset['since'] ?? '');
    place.textContent = duration(since, Date.now());
  }
  for (const line of document.querySelectorAll<SVGLineElement>('line.now')) {
    if (line.dataset['at'] === undefined) continue;
    const passedMs = Math.max(0, Date.now() - Number(line.dataset['at']));
    const from = Number(line.dataset['x']);
    const x = `${Math.min(100, from + passedMs * Number(line.dataset['speed']))}%`;
    line.setAttribute('x1', x);
    line.setAttribute('x2', x);
  }
}
