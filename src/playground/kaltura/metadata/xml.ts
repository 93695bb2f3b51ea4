/** An XML element with what it holds. */
export interface Element {
  /** Without a namespace prefix. */
  name: string;
  attributes: Record<string, string>;
  children: Element[];
  text: string;
}

/** What is wrong with a document, as libxml words it. */
export class XmlError extends Error {}

const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };
const NAME = '[A-Za-z_][\\w.-]*(?::[A-Za-z_][\\w.-]*)?';
const TOKEN = new RegExp(
  `<\\?[^]*?\\?>|<!--[^]*?-->|<!\\[CDATA\\[([^]*?)\\]\\]>|<(/?)(${NAME})((?:\\s+${NAME}\\s*=\\s*(?:"[^"<]*"|'[^'<]*'))*)\\s*(/?)>|([^<]+)|<(/?)(${NAME})?`,
  'g',
);

function decode(text: string): string {
  return text.replace(
    /&(?:#(\d+)|#x([0-9a-fA-F]+)|(\w+));/g,
    (whole, decimal?: string, hex?: string, name?: string) => {
      if (decimal !== undefined) return String.fromCodePoint(Number(decimal));
      if (hex !== undefined) return String.fromCodePoint(Number.parseInt(hex, 16));
      return ENTITIES[name ?? ''] ?? whole;
    },
  );
}

function readAttributes(text: string): Record<string, string> {
  const attributes: Record<string, string> = {};
  for (const [, name = '', double, single] of text.matchAll(
    new RegExp(`(${NAME})\\s*=\\s*(?:"([^"]*)"|'([^']*)')`, 'g'),
  )) {
    attributes[name] = decode(double ?? single ?? '');
  }
  return attributes;
}

const local = (name: string) => name.slice(name.indexOf(':') + 1);

/** Words the open elements of a document that ends too soon, innermost first. */
function prematureEnd(open: Element[]): string[] {
  return [...open].reverse().map(({ name }) => `Premature end of data in tag ${name} line 1`);
}

/** Reads an XML document. Throws XmlError with one line per problem. */
export function parseXml(xml: string): Element {
  const open: Element[] = [];
  let root: Element | undefined;
  for (const [, cdata, closing, name, attributes = '', selfClosing, text, , broken] of xml.matchAll(TOKEN)) {
    const current = open.at(-1);
    if (cdata !== undefined) {
      if (current) current.text += cdata;
    } else if (text !== undefined) {
      if (current) current.text += decode(text);
      else if (text.trim() !== '' && root) throw new XmlError('Extra content at the end of the document');
      else if (text.trim() !== '') throw new XmlError("Start tag expected, '<' not found");
    } else if (name === undefined) {
      if (broken === undefined && !/<$/.test(xml)) continue;
      if (broken === undefined) throw new XmlError('StartTag: invalid element name');
      throw new XmlError([`Couldn't find end of Start Tag ${local(broken)} line 1`, ...prematureEnd(open)].join('\n'));
    } else if (closing) {
      if (current?.name !== local(name)) {
        throw new XmlError(`Opening and ending tag mismatch: ${current?.name ?? ''} line 1 and ${local(name)}`);
      }
      open.pop();
    } else {
      const element: Element = { name: local(name), attributes: readAttributes(attributes), children: [], text: '' };
      if (current) current.children.push(element);
      else if (root) throw new XmlError('Extra content at the end of the document');
      else root = element;
      if (!selfClosing) open.push(element);
    }
  }
  if (open.length > 0) throw new XmlError(prematureEnd(open).join('\n'));
  if (!root) throw new XmlError('Document is empty');
  return root;
}
