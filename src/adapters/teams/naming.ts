import type { Piece, PrivateNode, PrivateView, Text } from '../../core/view.js';

/** The name of a person of a tenant; undefined where it is not known. */
export type NameOf = (tenant: string, person: string) => Promise<string | undefined>;

/** The view with people by their names: a message for one person calls nobody, and an id of the directory says nothing. */
export async function namePeople(view: PrivateView, tenant: string, nameOf: NameOf): Promise<PrivateView> {
  const people = new Set<string>();
  for (const node of view.nodes) mapTexts(node, (piece) => note(piece, people));
  const names = new Map<string, string>();
  for (const person of people) {
    const name = await nameOf(tenant, person);
    if (name !== undefined) names.set(person, name);
  }
  if (names.size === 0) return view;
  return { ...view, nodes: view.nodes.map((node) => mapTexts(node, (piece) => write(piece, names))) };
}

function note(piece: Piece, people: Set<string>): Piece {
  if (typeof piece === 'object' && 'person' in piece) people.add(piece.person);
  return piece;
}

function write(piece: Piece, names: ReadonlyMap<string, string>): Piece {
  const name = typeof piece === 'object' && 'person' in piece ? names.get(piece.person) : undefined;
  return name === undefined ? piece : { bold: name };
}

/** The node with each piece of its texts taken through a step; people stand in texts, facts and lists. */
function mapTexts(node: PrivateNode, step: (piece: Piece) => Piece): PrivateNode {
  const each = (text: Text): Text => (typeof text === 'string' ? text : text.map(step));
  if (node.kind === 'text') return { ...node, text: each(node.text) };
  if (node.kind === 'list') return { ...node, items: node.items.map(each) };
  if (node.kind === 'facts')
    return { ...node, facts: node.facts.map(({ label, value }) => ({ label, value: each(value) })) };
  return node;
}
