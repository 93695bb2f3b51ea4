import { type Element, element, readXml } from './xml.js';

/** One element that a metadata profile allows. */
interface Field {
  readonly name: string;
  readonly required: boolean;
  /** The elements inside, in their order; empty for a plain value. */
  readonly fields: readonly Field[];
}

/** What a metadata profile's XSD says of its documents. */
export interface Schema {
  readonly root: string;
  readonly fields: readonly Field[];
}

const local = (name: string): string => name.slice(name.indexOf(':') + 1);

const inside = (parent: Element | undefined, name: string): Element | undefined =>
  parent?.children.find((child) => child.name === name);

/** Reads the elements of an XSD in their order; undefined when it is none. A group of another kind than a sequence is read as one. */
export function readXsd(xsd: string): Schema | undefined {
  const schema = readXml(xsd);
  const root = schema?.name === 'schema' ? inside(schema, 'element') : undefined;
  if (!schema || root?.attributes.name === undefined) return undefined;
  const types = new Map(
    schema.children
      .filter(({ name }) => name === 'complexType')
      .map((type): [string, Element] => [type.attributes.name ?? '', type]),
  );
  const fieldsOf = (declared: Element, depth: number): readonly Field[] => {
    const type = inside(declared, 'complexType') ?? types.get(local(declared.attributes.type ?? ''));
    const group = inside(type, 'sequence') ?? inside(type, 'all');
    // A type may hold itself; nothing that is written here is so deep.
    if (group === undefined || depth > 3) return [];
    return group.children
      .filter(({ name }) => name === 'element')
      .map((one) => ({
        name: one.attributes.name ?? '',
        required: one.attributes.minOccurs !== '0',
        fields: fieldsOf(one, depth + 1),
      }));
  };
  return { root: root.attributes.name, fields: fieldsOf(root, 0) };
}

/** A document as the schema wants it, or the elements that it has to have and that nobody has given. */
export type Fitted =
  | { readonly kind: 'fits'; readonly document: Element }
  | { readonly kind: 'lacks'; readonly fields: readonly string[] };

/** Puts a document's elements in the schema's order, and leaves out what the schema does not know. */
export function fitTo(schema: Schema, children: readonly Element[]): Fitted {
  const lacks = schema.fields
    .filter(({ name, required }) => required && !children.some((child) => child.name === name))
    .map(({ name }) => name);
  if (lacks.length > 0) return { kind: 'lacks', fields: lacks };
  return { kind: 'fits', document: element(schema.root, arrange(schema.fields, children)) };
}

function arrange(fields: readonly Field[], children: readonly Element[]): readonly Element[] {
  return fields.flatMap((field) =>
    children
      .filter(({ name }) => name === field.name)
      .map((child) => (field.fields.length === 0 ? child : { ...child, children: filled(field.fields, child) })),
  );
}

/** Within a group nobody else could fill in what is required, so it is there and empty. */
function filled(fields: readonly Field[], { children }: Element): readonly Element[] {
  const missing = fields.filter(({ name, required }) => required && !children.some((child) => child.name === name));
  return arrange(fields, [...children, ...missing.map(({ name }) => element(name))]);
}
