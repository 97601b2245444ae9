/** Of several addresses only those of the owner's subnet are online, and the group may be called partially so. */
export function groupIsOnline(state: string): boolean {
  return state === 'Online' || state === 'PartialOnline';
}
