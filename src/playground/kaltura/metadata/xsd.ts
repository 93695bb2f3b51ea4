import { type Element, parseXml, XmlError } from './xml.js';

/** A field of a metadata profile as its XSD declares it. */
export interface Field {
  name: string;
  label: string | undefined;
  key: string | undefined;
  isSearchable: boolean;
  base: string;
  values: string[];
  min: number;
  max: number;
  children: Field[];
}

const NO_ELEMENT = 'The document has no document element.';

const escapeHtml = (text: string) =>
  text
    .replace(/&/g, '&amp;')
    .replace(/</g, '&lt;')
    .replace(/>/g, '&gt;')
    .replace(/"/g, '&quot;')
    .replace(/'/g, '&#039;');

/** Words problems of a document as the server does: one per line, each with the line it is on, HTML-escaped. */
export function describeProblems(problems: string[], xml: string): string {
  const line = xml.split('\n')[0] ?? '';
  return problems
    .map((problem) => `${escapeHtml(problem)}\n at line ${problem === NO_ELEMENT ? '-1 ' : `1 [${escapeHtml(line)}]`}`)
    .join('\n');
}

function find(element: Element, ...path: string[]): Element | undefined {
  const [name, ...rest] = path;
  if (name === undefined) return element;
  for (const child of element.children) {
    const found = child.name === name ? find(child, ...rest) : undefined;
    if (found) return found;
  }
  return undefined;
}

const local = (type: string) => type.slice(type.indexOf(':') + 1);

function readField(element: Element, types: Map<string, Element>): Field {
  const info = find(element, 'annotation', 'appinfo');
  const restriction = find(element, 'simpleType', 'restriction');
  const named = types.get(local(element.attributes.type ?? restriction?.attributes.base ?? ''));
  const extension = named && (find(named, 'simpleContent', 'extension') ?? find(named, 'restriction'));
  const declared = element.attributes.type ?? 'string';
  const { maxOccurs = '1', minOccurs = '1', name = '' } = element.attributes;
  const sequence = find(element, 'complexType', 'sequence');
  return {
    name,
    label: info && find(info, 'label')?.text,
    key: info && find(info, 'key')?.text,
    isSearchable: (info && find(info, 'searchable')?.text) === 'true',
    base: local(extension?.attributes.base ?? (named ? 'string' : declared)),
    values: (restriction?.children ?? [])
      .filter((child) => child.name === 'enumeration')
      .map((child) => child.attributes.value ?? ''),
    min: Number(minOccurs),
    max: maxOccurs === 'unbounded' ? Number.POSITIVE_INFINITY : Number(maxOccurs),
    children: sequence ? readSequence(sequence, types) : [],
  };
}

function readSequence(sequence: Element, types: Map<string, Element>): Field[] {
  return sequence.children.filter(({ name }) => name === 'element').map((element) => readField(element, types));
}

/** Reads the root element and the fields of an XSD. Throws XmlError when it is no XML. */
export function readXsd(xsd: string): { root: string; fields: Field[] } {
  const schema = parseXml(xsd);
  const types = new Map(
    schema.children
      .filter(({ name }) => name === 'complexType' || name === 'simpleType')
      .map((type) => [type.attributes.name ?? '', type]),
  );
  const root = find(schema, 'element');
  if (schema.name !== 'schema' || !root) throw new XmlError('The document is no XML schema');
  const sequence = find(root, 'complexType', 'sequence');
  return { root: root.attributes.name ?? '', fields: sequence ? readSequence(sequence, types) : [] };
}

const INTEGERS = new Set(['long', 'int', 'integer', 'short']);

function checkValue(element: Element, field: Field): string | undefined {
  const { text, name } = element;
  if (INTEGERS.has(field.base) && !/^\s*[+-]?\d+\s*$/.test(text)) {
    return `Element '${name}': '${text}' is not a valid value of the atomic type 'xs:${field.base}'.`;
  }
  if (field.values.length > 0 && !field.values.includes(text)) {
    const set = field.values.map((value) => `'${value}'`).join(', ');
    return `Element '${name}': [facet 'enumeration'] The value '${text}' is not an element of the set {${set}}.`;
  }
  return undefined;
}

function expectation(fields: Field[]): string {
  const names = fields.map(({ name }) => name).join(', ');
  return fields.length === 1 ? `Expected is ( ${names} ).` : `Expected is one of ( ${names} ).`;
}

/** The fields that may come next, up to and with the first that must. */
function nextFields(fields: Field[], index: number, count: number): Field[] {
  const next: Field[] = [];
  for (let at = index; at < fields.length; at += 1) {
    const field = fields[at];
    if (!field) break;
    const used = at === index ? count : 0;
    if (used < field.max) next.push(field);
    if (used < field.min) break;
  }
  return next;
}

function checkSequence(parent: Element, fields: Field[]): string | undefined {
  let index = 0;
  let count = 0;
  for (const child of parent.children) {
    const next = nextFields(fields, index, count);
    const field = next.find(({ name }) => name === child.name);
    if (!field) {
      const expected = next.length > 0 ? ` ${expectation(next)}` : '';
      return `Element '${child.name}': This element is not expected.${expected}`;
    }
    const position = fields.indexOf(field);
    count = position === index ? count + 1 : 1;
    index = position;
    const problem = field.children.length > 0 ? checkSequence(child, field.children) : checkValue(child, field);
    if (problem !== undefined) return problem;
  }
  const missing = nextFields(fields, index, count);
  const required = missing.at(-1);
  if (!required || required.min === 0 || (fields[index] === required && count >= required.min)) return undefined;
  return `Element '${parent.name}': Missing child element(s). ${expectation(missing)}`;
}

/** Checks a document against an XSD: the problems as the server words them, or none. */
export function validateXml(xml: string, xsd: string): string[] {
  const { root, fields } = readXsd(xsd);
  let document: Element;
  try {
    document = parseXml(xml);
  } catch (error) {
    if (!(error instanceof XmlError)) throw error;
    return [...error.message.split('\n'), NO_ELEMENT];
  }
  if (document.name !== root) {
    return [`Element '${document.name}': No matching global declaration available for the validation root.`];
  }
  const problem = checkSequence(document, fields);
  return problem === undefined ? [] : [problem];
}
