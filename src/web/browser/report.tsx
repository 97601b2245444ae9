import { Idiomorph } from 'idiomorph';
import { historyOf } from '../../present/history.ts';
import { Moments } from '../report/moments.ts';
import { MomentHead, MomentView, VIEW_NAMES, viewIdOf } from '../report/moment-views.tsx';
import { DOCUMENT_ID, type ReportDocument } from '../report/report-document.ts';
import type { Jump } from '../report/scrubber.tsx';
import { changedParts } from '../views/changed-parts.ts';
import { inOnePiece } from '../views/part.tsx';
import { rendered } from '../views/rendered.ts';
import type { RunSight } from '../views/run-sight.ts';
import type { ViewName } from '../views/views.ts';
import { tellTimes } from './tell-times.ts';

/* Lets the reader of a report move through the run: every moment is made from the events in the file. */

const report = JSON.parse(element(DOCUMENT_ID).textContent) as ReportDocument;
const moments = new Moments(report);
const slider = element('moment') as HTMLInputElement;
const words = wordsOfEvents();
const decisive = report.events.filter(({ decisions = [] }) => decisions.length > 0).map(({ n }) => n);
let view: ViewName = VIEW_NAMES[0] ?? 'steps';
let shown = moments.count;
let only: Pick<RunSight, 'only'> = {};
/** By its id, how each piece of the moment was drawn last. */
const drawn = new Map<string, string>();

element('scrubber').hidden = false;
for (const button of document.querySelectorAll<HTMLElement>('.script-only')) button.hidden = false;
slider.addEventListener('input', () => show(Number(slider.value)));
for (const button of document.querySelectorAll<HTMLButtonElement>('[data-jump]')) {
  button.addEventListener('click', () => show(momentAt(button.dataset['jump'] as Jump)));
}
for (const button of document.querySelectorAll<HTMLButtonElement>('[data-moment]')) {
  button.addEventListener('click', () => {
    show(Number(button.dataset['moment']));
    element('scrubber').scrollIntoView();
    slider.focus();
  });
}
for (const name of VIEW_NAMES) {
  tabOf(name)?.addEventListener('click', (event) => {
    event.preventDefault();
    choose(name);
  });
}
// The history's choice is made by addresses on a page, and here by hand.
document.addEventListener('click', (event) => {
  const link = event.target instanceof Element ? event.target.closest<HTMLAnchorElement>('.choice a') : null;
  if (link === null) return;
  event.preventDefault();
  only = link.search === '?only=decisions' ? { only: 'decisions' } : {};
  renderView(view);
});
document.body.classList.add('scripted');
addEventListener('beforeprint', () => VIEW_NAMES.forEach(renderView));
// A reload keeps what was chosen before in the slider.
slider.value = String(shown);
choose(view);
tellMoment();
tellTimes();

function show(n: number): void {
  shown = Math.min(Math.max(1, n), moments.count);
  slider.value = String(shown);
  replace('moment-head', rendered(<MomentHead sight={moments.sightAt(shown)} />));
  renderView(view);
  tellMoment();
}

function momentAt(jump: Jump): number {
  switch (jump) {
    case 'first':
      return 1;
    case 'before':
      return shown - 1;
    case 'after':
      return shown + 1;
    case 'last':
      return moments.count;
    case 'decision-before':
      return decisive.findLast((n) => n < shown) ?? shown;
    case 'decision-after':
      return decisive.find((n) => n > shown) ?? shown;
  }
}

/** One view at a time is made anew at each move; the others when they are looked at. */
function choose(name: ViewName): void {
  view = name;
  for (const each of VIEW_NAMES) {
    element(viewIdOf(each)).hidden = each !== name;
    if (each === name) tabOf(each)?.setAttribute('aria-current', 'true');
    else tabOf(each)?.removeAttribute('aria-current');
  }
  renderView(name);
}

function renderView(name: ViewName): void {
  replace(
    viewIdOf(name),
    rendered(<MomentView name={name} sight={{ ...moments.sightAt(shown), ...only }} />),
  );
}

/** Moves only what is another than it was. */
function replace(id: string, html: string): void {
  const before = drawn.get(id);
  drawn.set(id, html);
  const changed = before === undefined ? [[id, inOnePiece(html)] as const] : changedParts(before, html, id);
  for (const [part, text] of changed) {
    void Idiomorph.morph(element(part), text, {
      morphStyle: 'outerHTML',
      // What somebody opened is theirs.
      callbacks: { beforeAttributeUpdated: (name: string) => name !== 'open' && name !== 'hidden' },
    });
    tellTimes(element(part));
  }
}

function tellMoment(): void {
  const event = report.events[shown - 1];
  const place = element('moment-words');
  const time = document.createElement('time');
  time.dateTime = event?.at ?? '';
  time.dataset['form'] = 'day';
  const text = words.get(shown) ?? '';
  place.replaceChildren(`Event ${shown} of ${moments.count}, `, time, text === '' ? '' : `: ${text}`);
  tellTimes(place);
  slider.setAttribute('aria-valuetext', `Event ${shown} of ${moments.count}`);
}

/** What is told of each event that the history tells of. */
function wordsOfEvents(): ReadonlyMap<number, string> {
  const told = new Map<number, string>();
  for (const { n, text } of historyOf(report.events))
    told.set(n, told.has(n) ? `${told.get(n)} ${text}` : text);
  return told;
}

function tabOf(name: ViewName): HTMLAnchorElement | null {
  return document.querySelector(`nav.views a[href="#${viewIdOf(name)}"]`);
}

function element(id: string): HTMLElement {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`The report has no #${id}`);
  return found;
}
