import { describe, expect, it } from '@jest/globals';
import { instant, type Zone } from '../../../src/core/webcast.js';
import { eventElements, speakersIn, webcastElements, withSpeakers } from '../../../src/kaltura/eventxml.js';
import { element, readXml, writeXml } from '../../../src/kaltura/xml.js';
import { fitTo, readXsd } from '../../../src/kaltura/xsd.js';

const plan = {
  name: 'Town Hall',
  start: instant(1_800_000_600_999),
  end: instant(1_800_004_200_000),
  zone: 'Europe/Berlin' as Zone,
};
const ada = {
  id: 'p1',
  name: 'Ada Lovelace',
  title: 'Analyst',
  bio: '',
  link: 'https://example.com/ada',
  picture: '',
};

/** An XSD with these elements; a name with a star is required, one with parts in brackets is a group. */
function xsdOf(...names: readonly string[]): string {
  const write = (said: string): string => {
    const [, name = '', star, parts] = /^(\w+)(\*?)(?:\((.*)\))?$/.exec(said) ?? [];
    const open = `<xs:element name="${name}" minOccurs="${star ? 1 : 0}" maxOccurs="unbounded"`;
    if (parts === undefined) return `${open} type="xs:string"/>`;
    const inner = parts.split(' ').map(write).join('');
    return `${open}><xs:complexType><xs:sequence>${inner}</xs:sequence></xs:complexType></xs:element>`;
  };
  const inner = names.map(write).join('');
  return `<?xml version="1.0"?>\n<!-- made by hand -->\n<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema">\n<xs:element name="metadata"><xs:complexType><xs:sequence>${inner}</xs:sequence></xs:complexType></xs:element></xs:schema>`;
}

function arranged(xsd: string, children: ReturnType<typeof webcastElements>): string | readonly string[] {
  const schema = readXsd(xsd);
  if (!schema) throw new Error('no schema');
  const fitted = fitTo(schema, children);
  return fitted.kind === 'fits' ? writeXml(fitted.document) : fitted.fields;
}

describe('event data as XML', () => {
  it("is written in the order of the account's XSD, without what the XSD does not know", () => {
    const elements = eventElements([], plan);
    expect(arranged(xsdOf('Timezone', 'StartTime', 'EndTime'), elements)).toBe(
      '<metadata><Timezone>Europe/Berlin</Timezone><StartTime>1800000600</StartTime><EndTime>1800004200</EndTime></metadata>',
    );
    expect(arranged(xsdOf('EndTime', 'Room'), elements)).toBe('<metadata><EndTime>1800004200</EndTime></metadata>');
  });

  it('keeps what a portal has written, in the order of the XSD', () => {
    const standing = readXml('<metadata><Room>A &amp; B</Room><StartTime>1</StartTime></metadata>')?.children ?? [];
    expect(arranged(xsdOf('StartTime', 'EndTime', 'Room', 'Timezone'), eventElements(standing, plan))).toBe(
      '<metadata><StartTime>1800000600</StartTime><EndTime>1800004200</EndTime><Room>A &amp; B</Room><Timezone>Europe/Berlin</Timezone></metadata>',
    );
  });

  it('leaves times alone that nobody knows', () => {
    const standing = readXml('<metadata><StartTime>1</StartTime></metadata>')?.children ?? [];
    expect(eventElements(standing, { ...plan, start: undefined, end: undefined, zone: undefined })).toEqual(standing);
  });

  it('does not change whether a portal presents in a browser alone', () => {
    const standing = readXml('<metadata><IsSelfServe>1</IsSelfServe></metadata>')?.children ?? [];
    expect(webcastElements(standing).map(writeXml)).toEqual([
      '<IsSelfServe>1</IsSelfServe>',
      '<IsKwebcastEntry>1</IsKwebcastEntry>',
    ]);
    expect(webcastElements([]).map(writeXml)).toContain('<IsSelfServe>0</IsSelfServe>');
  });

  it('names the elements that the XSD requires and that nobody has given', () => {
    expect(arranged(xsdOf('StartTime*', 'Department*', 'CostCentre*'), eventElements([], plan))).toEqual([
      'Department',
      'CostCentre',
    ]);
  });

  it.each([
    ['markup', '</Name><Name>Eve', '&lt;/Name&gt;&lt;Name&gt;Eve'],
    ['entities', '&lt; "Ada" \'A\'', '&amp;lt; "Ada" \'A\''],
    ['CDATA', ']]><x>', ']]&gt;&lt;x&gt;'],
    ['what XML has no character for', 'A\u0000\u000b\ufffe\ud800da', 'Ada'],
    ['characters of any script', 'Ада 艾达 😀', 'Ада 艾达 😀'],
  ])('writes a name of %s as text', (_, name, written) => {
    const xml = writeXml(element('Name', name));
    expect(xml).toBe(`<Name>${written}</Name>`);
    // Whatever cannot be written is the only thing that is lost.
    expect(readXml(xml)).toEqual(element('Name', written === 'Ada' ? 'Ada' : name));
  });

  it('writes an attribute as text, and line ends as every reader gets them', () => {
    const hostile = { ...element('a', 'one\r\ntwo\rthree'), attributes: { x: "\"><b y='1'/>&\u0000" } };
    const xml = writeXml(hostile);
    expect(xml).toBe('<a x="&quot;&gt;&lt;b y=\'1\'/&gt;&amp;">one\ntwo\nthree</a>');
    expect(readXml(xml)).toEqual({ ...element('a', 'one\ntwo\nthree'), attributes: { x: "\"><b y='1'/>&" } });
  });

  it.each([
    '',
    'words',
    '<a>',
    '<a></b>',
    '<a/><b/>',
    '<a',
    '<a>< b</a>',
    '<a/>tail',
    '<a x="1" x="2"/>',
    '<m:a/>',
    '<a>&nbsp;</a>',
    '<!DOCTYPE a [<!ENTITY b "bb"><!ENTITY c "&b;&b;">]><a>&c;</a>',
    '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/hostname">]><a>&b;</a>',
  ])('reads no document in %j', (xml) => {
    expect(readXml(xml)).toBeUndefined();
  });

  it('reads a document behind a byte order mark', () => {
    expect(readXml('\uFEFF<?xml version="1.0"?><a>b</a>')).toEqual(element('a', 'b'));
  });

  it('reads prefixes, attributes, comments, CDATA and numbered characters', () => {
    const xml =
      '<?xml version="1.0"?><m:a xmlns:m="urn:m" x="1 &lt; 2"><!-- no --><m:b><![CDATA[<&]]>&#65;&#x42;</m:b><c/></m:a>\n';
    expect(readXml(xml)).toMatchObject({
      name: 'a',
      attributes: { x: '1 < 2' },
      children: [element('b', '<&AB'), element('c')],
    });
  });
});

describe('speakers as XML', () => {
  const xsd = xsdOf('StartTime', 'Presenter(PresenterId Name* Title Bio* Link Image Pronouns)');

  it('are written in the order of the XSD; what is required and unknown is empty', () => {
    expect(arranged(xsd, withSpeakers([], [ada]))).toBe(
      '<metadata><Presenter><PresenterId>p1</PresenterId><Name>Ada Lovelace</Name><Title>Analyst</Title><Bio/><Link>https://example.com/ada</Link></Presenter></metadata>',
    );
  });

  it('keep what a portal knows of them beyond what is known here', () => {
    const standing =
      readXml(
        '<metadata><Presenter><Name>Ada</Name><PresenterId>p1</PresenterId><Pronouns>she</Pronouns></Presenter></metadata>',
      )?.children ?? [];
    expect(arranged(xsd, withSpeakers(standing, [ada]))).toContain('<Pronouns>she</Pronouns>');
  });

  it('are read as they were written', () => {
    const hostile = { ...ada, id: 'p2', name: '<b>&"Eve"</b>', bio: 'a\nb' };
    const xml = arranged(xsd, withSpeakers([], [ada, hostile]));
    expect(speakersIn(readXml(String(xml))?.children ?? [])).toEqual([ada, hostile]);
  });
});
