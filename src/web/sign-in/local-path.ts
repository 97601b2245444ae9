/** Stands for this server while an address is judged. */
const HERE = 'http://here.invalid';

/** The page that somebody asked for before they signed in; never one of another server. */
export function localPath(asked: string | null | undefined): string {
  if (asked === null || asked === undefined || !URL.canParse(asked, HERE)) return '/';
  const { origin, pathname, search } = new URL(asked, HERE);
  const isHere = origin === HERE && asked.startsWith('/') && !pathname.startsWith('//');
  return isHere && !/^\/(sign-|assets)/.test(pathname) ? pathname + search : '/';
}
