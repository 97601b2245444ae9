export const powershell = {} as const;
