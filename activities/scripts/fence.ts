/**
 * What a statement does about the fence of its instance before anything else: the first of a change takes it,
 * every further one sees to it that its session still holds it.
 */
export type AboutFence = 'nothing' | keyof typeof fencePreludes;

/** The files that stand before such statements; no scripts by themselves. */
export const fencePreludes = { 'takes it': 'take-fence.sql', 'holds it': 'under-fence.sql' } as const;
