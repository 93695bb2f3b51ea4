import {
  DOMImplementation,
  DOMParser,
  type Document,
  type Node,
  onErrorStopParsing,
  ParseError,
  XMLSerializer,
  type Element as XmlElement,
} from '@xmldom/xmldom';

/** An XML element; names are without their namespace prefix. */
export interface Element {
  readonly name: string;
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly Element[];
  /** What stands between the tags, where there are no elements. */
  readonly text: string;
}

/** An element with text, or with other elements. */
export function element(name: string, content: string | readonly Element[] = ''): Element {
  const text = typeof content === 'string' ? content : '';
  return { name, attributes: {}, children: typeof content === 'string' ? [] : content, text };
}

/** Everything that XML 1.0 has no character for, lone halves of a pair among it; not even an escape could name it. */
const unwritable = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;

/** Text as a reader of the document gets it: XML has one kind of line end. */
const writable = (text: string): string => text.replace(unwritable, '').replace(/\r\n?/g, '\n');

/** Writes an element as XML without a declaration; whatever a text holds, it stays text. */
export function writeXml(element: Element): string {
  const document = new DOMImplementation().createDocument(null, '');
  return new XMLSerializer().serializeToString(build(document, element), { requireWellFormed: true });
}

function build(document: Document, { name, attributes, children, text }: Element): XmlElement {
  const built = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) built.setAttribute(key, writable(value));
  if (children.length === 0) built.textContent = writable(text);
  for (const child of children) built.appendChild(build(document, child));
  return built;
}

/** Reads an XML document as Kaltura keeps one: elements or text, not both mixed; undefined when it is none. */
export function readXml(xml: string): Element | undefined {
  try {
    // A byte order mark is none of the document's characters, and the parser takes it for one.
    const document = new DOMParser({ onError: onErrorStopParsing }).parseFromString(
      xml.replace(/^\uFEFF/, ''),
      'text/xml',
    );
    return document.documentElement === null ? undefined : read(document.documentElement);
  } catch (error) {
    if (error instanceof ParseError) return undefined;
    throw error;
  }
}

function read(found: XmlElement): Element {
  const nodes = [...found.childNodes];
  return {
    name: localName(found),
    attributes: Object.fromEntries([...found.attributes].map(({ name, value }) => [name, value])),
    children: nodes.filter(isElement).map(read),
    text: nodes
      .filter(isText)
      .map(({ nodeValue }) => nodeValue ?? '')
      .join(''),
  };
}

const localName = ({ localName, tagName }: XmlElement): string => localName ?? tagName;
const isElement = (node: Node): node is XmlElement => node.nodeType === node.ELEMENT_NODE;
const isText = ({ nodeType, TEXT_NODE, CDATA_SECTION_NODE }: Node): boolean =>
  nodeType === TEXT_NODE || nodeType === CDATA_SECTION_NODE;
