import { Idiomorph } from 'idiomorph';
import { duration } from '../../present/measures.ts';
import { LiveConnection } from './live-connection.ts';
import { tellTimes } from './tell-times.ts';

/* Keeps a page live: replaces what changed, counts on, and says times where the reader sits. */

const address = document.body.dataset['live'];
if (address !== undefined) follow(address);
tellTimes();
setInterval(countOn, 1_000);

function follow(from: string): void {
  const connection = new LiveConnection(from, (replaced) => {
    for (const [id, html] of replaced) replace(id, html);
    tellTimes();
  });
  const openIfSeen = () => (document.visibilityState === 'visible' ? connection.open() : connection.close());
  openIfSeen();
  // A browser has few connections to one server, and the next page and its forms need one too.
  document.addEventListener('visibilitychange', openIfSeen);
  // A page that is left may be shown again later: then it connects anew.
  addEventListener('pagehide', () => connection.close());
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
