interface RefusedProps {
  readonly why: string | null;
  /** The reason that somebody gave, where the form of it may be gone. */
  readonly wrote?: string;
}

/** Why something was not done; nothing where nothing was refused. */
export function Refused({ why, wrote = '' }: RefusedProps) {
  if (why === null) return null;
  return (
    <p class="refused" role="alert">
      {why}
      {wrote !== '' && ` You wrote: “${wrote}”`}
    </p>
  );
}
