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

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** Everything that XML 1.0 has no character for, lone halves of a pair among it; not even an escape could name it. */
const unwritable = /[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu;

const escaped = (text: string): string =>
  text.replace(unwritable, '').replace(/[&<>"']/g, (character) => escapes[character] ?? character);

/** Writes an element as one line of XML; whatever a text holds, it stays text. */
export function writeXml({ name, attributes, children, text }: Element): string {
  const said = Object.entries(attributes).map(([key, value]) => ` ${key}="${escaped(value)}"`);
  return `<${name}${said.join('')}>${children.length > 0 ? children.map(writeXml).join('') : escaped(text)}</${name}>`;
}

const meanings: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

function unescaped(text: string): string {
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|(\w+));/g, (whole, decimal, hex, name) => {
    if (name !== undefined) return meanings[name] ?? whole;
    const code = decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal);
    return code <= 0x10ffff ? String.fromCodePoint(code) : '';
  });
}

const local = (name: string): string => name.slice(name.indexOf(':') + 1);

const token =
  /<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<!\[CDATA\[([\s\S]*?)\]\]>|<!DOCTYPE[^>]*>|<(\/?)([\w:.-]+)((?:\s+[\w:.-]+\s*=\s*(?:"[^"]*"|'[^']*'))*)\s*(\/?)>|([^<]+)|(<)/g;

function attributesOf(text: string): Readonly<Record<string, string>> {
  const found = text.matchAll(/([\w:.-]+)\s*=\s*(?:"([^"]*)"|'([^']*)')/g);
  return Object.fromEntries([...found].map(([, name = '', one, other]) => [name, unescaped(one ?? other ?? '')]));
}

/** Reads an XML document as Kaltura keeps one: elements or text, not both mixed; undefined when it is none. */
export function readXml(xml: string): Element | undefined {
  interface Open {
    readonly name: string;
    readonly attributes: Readonly<Record<string, string>>;
    readonly children: Element[];
    text: string;
  }
  const outside: Open = { name: '', attributes: {}, children: [], text: '' };
  const open: Open[] = [outside];
  for (const [, cdata, closing, name, attributes = '', selfClosing, text, stray] of xml.matchAll(token)) {
    const current = open.at(-1);
    if (current === undefined || stray !== undefined) return undefined;
    if (cdata !== undefined) current.text += cdata;
    else if (text !== undefined) current.text += unescaped(text);
    else if (name === undefined) continue;
    else if (closing) {
      if (current === outside || current.name !== local(name)) return undefined;
      open.pop();
    } else {
      const child: Open = { name: local(name), attributes: attributesOf(attributes), children: [], text: '' };
      current.children.push(child);
      if (!selfClosing) open.push(child);
    }
  }
  const [root, ...more] = outside.children;
  return open.length === 1 && more.length === 0 && outside.text.trim() === '' ? root : undefined;
}
