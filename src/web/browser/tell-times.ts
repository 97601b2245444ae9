/** Says each time of the page where its reader sits. */
export function tellTimes(): void {
  const zone = document.getElementById('zone');
  const { timeZone } = Intl.DateTimeFormat().resolvedOptions();
  if (zone !== null) zone.textContent = `Times in ${timeZone}`;
  for (const place of document.querySelectorAll('[data-zone-name]')) place.textContent = timeZone;
  for (const field of document.querySelectorAll<HTMLInputElement>('[data-zone]')) field.value = timeZone;
  for (const time of document.querySelectorAll<HTMLTimeElement>('time[datetime]')) {
    const at = new Date(time.dateTime);
    const clock = at.toLocaleTimeString('en-GB');
    time.textContent = time.dataset['form'] === 'day' ? `${at.toLocaleDateString('sv-SE')} ${clock}` : clock;
    time.title = `${time.dateTime} (${timeZone})`;
  }
}
