import type { Delivery, Dialog } from '../../doubles/teams/index.js';

/** The dialog that something opened. */
export function dialogOf(opened: Delivery | undefined): Dialog {
  if (!opened?.dialog) throw new Error(`No dialog opened: ${opened?.answer}`);
  return opened.dialog;
}

/** The two fields of a start at 15:00 so many days from now. */
export const startIn = (days: number): Record<string, string> => ({
  'start.date': new Date(Date.now() + days * 24 * 60 * 60_000).toISOString().slice(0, 10),
  'start.time': '15:00',
});
