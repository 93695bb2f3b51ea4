import type { Secret } from './secret.js';
import type { Instant } from './webcast.js';

/** A run of text: plain words, or words that each platform marks in its own way. User text is always plain data. */
export type Piece =
  | string
  | { readonly bold: string }
  | { readonly code: string }
  | { readonly link: string; readonly url: string }
  | { readonly time: Instant }
  | { readonly person: string }
  | { readonly group: string }
  | { readonly everyone: 'here' | 'channel' };

export type Text = string | readonly Piece[];

/** A question asked in the platform's own dialog before a button acts. */
export interface Confirm {
  readonly title: string;
  readonly text: string;
  readonly yes: string;
  readonly no: string;
}

/** A button that types a command line for the person, or opens an address. */
export type Button =
  | {
      readonly label: string;
      readonly line: string;
      readonly style?: 'primary' | 'danger';
      readonly confirm?: Confirm;
    }
  | { readonly label: string; readonly url: string };

/** A line a person may choose from, with the value it stands for. */
export interface Choice {
  readonly value: string;
  readonly label: string;
  readonly hint?: string;
}

export type LampState = 'on' | 'off' | 'warn' | 'bad';
export type StepState = 'done' | 'doing' | 'todo' | 'failed';

/** What a message is made of; every platform draws every kind. */
export type PublicNode =
  | { readonly kind: 'title'; readonly text: string }
  | { readonly kind: 'text'; readonly text: Text; readonly style?: 'plain' | 'quiet' }
  | { readonly kind: 'facts'; readonly facts: readonly { readonly label: string; readonly value: Text }[] }
  | {
      readonly kind: 'lamps';
      readonly lamps: readonly { readonly label: string; readonly state: LampState; readonly text: string }[];
    }
  | { readonly kind: 'time'; readonly label: string; readonly at: Instant }
  | { readonly kind: 'list'; readonly items: readonly Text[] }
  | { readonly kind: 'table'; readonly columns: readonly string[]; readonly rows: readonly (readonly string[])[] }
  | { readonly kind: 'code'; readonly label?: string; readonly code: string }
  | { readonly kind: 'image'; readonly url: string; readonly alt: string }
  | {
      readonly kind: 'chart';
      readonly title: string;
      readonly unit: string;
      readonly points: readonly { readonly at: Instant; readonly value: number }[];
    }
  | { readonly kind: 'links'; readonly links: readonly { readonly label: string; readonly url: string }[] }
  | { readonly kind: 'buttons'; readonly buttons: readonly Button[] }
  /** Asks for one webcast: choosing types the line with {} replaced by its entry id; the platform searches as one types. */
  | { readonly kind: 'pick'; readonly label: string; readonly line: string; readonly choices: readonly Choice[] }
  | {
      readonly kind: 'progress';
      readonly steps: readonly { readonly text: string; readonly state: StepState }[];
    }
  | { readonly kind: 'divider' };

/** What only one person may see. */
export type SecretNode =
  | { readonly kind: 'secret'; readonly label: string; readonly value: Secret }
  /** A button that opens an address which works for this person. */
  | { readonly kind: 'door'; readonly label: string; readonly address: Secret };

/** A text file for one person; how it reaches them is the platform's own affair. */
export interface FileNode {
  readonly kind: 'file';
  /** With its ending, such as attendance.csv. */
  readonly name: string;
  /** The media type, such as text/csv. */
  readonly type: string;
  readonly text: string;
}

export type PrivateNode = PublicNode | SecretNode | FileNode;

/** Whether a node may be shown to one person only. */
export const isPrivate = (node: PrivateNode): node is SecretNode | FileNode =>
  node.kind === 'secret' || node.kind === 'door' || node.kind === 'file';

/** The nodes of one kind. */
export type NodeOf<K extends PrivateNode['kind']> = Extract<PrivateNode, { kind: K }>;

/** A message as data: summary is the plain sentence for notifications and screen readers. */
export interface View<N extends PrivateNode = PublicNode> {
  readonly summary: string;
  readonly nodes: readonly N[];
}

/** A view for one person; a View fits, but this does not fit where a View is asked for. */
export type PrivateView = View<PrivateNode>;

/** How large a file is, in words: "820 bytes", "3.1 KB". */
export function sayFileSize({ text }: FileNode): string {
  const bytes = new TextEncoder().encode(text).length;
  if (bytes < 1000) return `${bytes} ${bytes === 1 ? 'byte' : 'bytes'}`;
  const [size, unit] = bytes < 1_000_000 ? [bytes / 1000, 'KB'] : [bytes / 1_000_000, 'MB'];
  return `${size.toFixed(1)} ${unit}`;
}

/** The files of a view. */
export const filesOf = (view: PrivateView): readonly FileNode[] => view.nodes.filter((node) => node.kind === 'file');

/** The words of a text without any marking; times as ISO 8601 in UTC. */
export function plain(text: Text): string {
  if (typeof text === 'string') return text;
  return text
    .map((piece) => {
      if (typeof piece === 'string') return piece;
      if ('bold' in piece) return piece.bold;
      if ('code' in piece) return piece.code;
      if ('link' in piece) return piece.link;
      if ('time' in piece) return new Date(piece.time).toISOString();
      if ('person' in piece) return `@${piece.person}`;
      if ('group' in piece) return `@${piece.group}`;
      if ('everyone' in piece) return `@${piece.everyone}`;
      const never: never = piece;
      return never;
    })
    .join('');
}

/** A view of a title and sentences, the commonest answer. */
export function say(title: string, ...texts: readonly Text[]): View {
  return {
    summary: title,
    nodes: [{ kind: 'title', text: title }, ...texts.map((text): PublicNode => ({ kind: 'text', text }))],
  };
}
