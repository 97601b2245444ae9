/** Why something was not done; nothing where nothing was refused. */
export function Refused({ why }: { readonly why: string | null }) {
  if (why === null) return null;
  return (
    <p class="refused" role="alert">
      {why}
    </p>
  );
}
