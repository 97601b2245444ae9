export const powershell = {} as const;

export const sql = {} as const;
