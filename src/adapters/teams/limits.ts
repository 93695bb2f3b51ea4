/** Bytes of a whole message as UTF-16, Teams' 100 KB with room for what the platform itself adds to it. */
export const messageSize = 96 * 1024;

/** Characters of a typed line; longer ones are refused in words. */
export const longestLine = 4000;

/** Actions of one set that a client shows without a menu. */
export const actionsInSet = 6;

/** What is drawn at most of one node. */
export const drawn = { items: 100, rows: 60, columns: 10, choices: 100, points: 200, chartRows: 12 } as const;

/** How large a message is for Teams, in bytes. */
export const sizeOf = (message: object): number => Buffer.byteLength(JSON.stringify(message), 'utf16le');
