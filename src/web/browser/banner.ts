const place = document.getElementById('trouble');
let trouble = { connection: '', server: place?.textContent ?? '' };

/**
 * Says above the page why what it shows may be old: the way to the control room, and who does not answer it. Neither
 * of them ends the other.
 */
export function sayTrouble(change: Partial<typeof trouble>): void {
  trouble = { ...trouble, ...change };
  const text = trouble.connection === '' ? trouble.server : trouble.connection;
  if (place === null || place.textContent === text) return;
  place.textContent = text;
  place.hidden = text === '';
}
