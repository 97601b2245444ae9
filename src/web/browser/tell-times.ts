const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
const clockFormat = new Intl.DateTimeFormat('en-GB', { timeStyle: 'medium' });
/** Year, month and day, as ISO 8601 has them. */
const dayFormat = new Intl.DateTimeFormat('sv-SE', { dateStyle: 'short' });

/** Says the times within an element, else each of the page, where their reader sits. */
export function tellTimes(within: ParentNode = document): void {
  const zone = document.getElementById('zone');
  if (zone !== null) zone.textContent = `Times in ${timeZone}`;
  for (const place of within.querySelectorAll('[data-zone-name]')) place.textContent = timeZone;
  for (const field of within.querySelectorAll<HTMLInputElement>('[data-zone]')) field.value = timeZone;
  for (const time of within.querySelectorAll<HTMLTimeElement>('time[datetime]')) {
    const { clock, day } = toldHere(time.dateTime);
    time.textContent = time.dataset['form'] === 'day' ? `${day} ${clock}` : clock;
    time.title = `${time.dateTime} (${timeZone})`;
  }
  for (const text of within.querySelectorAll<SVGTextElement>('text[data-iso]')) {
    const { clock, day } = toldHere(text.dataset['iso'] ?? '');
    const form = text.dataset['form'];
    if (form === 'time') text.textContent = clock;
    else if (form === 'minute') text.textContent = clock.slice(0, 5);
    else text.textContent = `${day.slice(5)} ${clock.slice(0, 5)}`;
  }
}

function toldHere(iso: string): { readonly clock: string; readonly day: string } {
  const at = new Date(iso);
  return { clock: clockFormat.format(at), day: dayFormat.format(at) };
}
