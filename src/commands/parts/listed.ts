import type { PublicNode, Text } from '../../core/view.js';

/** A list under its heading; nothing where there is nothing to list. */
export const listed = (head: string, items: readonly Text[]): readonly PublicNode[] =>
  items.length === 0
    ? []
    : [
        { kind: 'text', text: [{ bold: head }] },
        { kind: 'list', items },
      ];
