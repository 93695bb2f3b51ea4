import type { Account } from '../account.js';
import { makeMetadataProfile } from '../services/metadataProfile.js';

interface Element {
  name: string;
  label: string;
  type?: 'textType' | 'dateType' | 'objectType';
  values?: string[];
  isRequired?: boolean;
  isRepeated?: boolean;
  children?: Element[];
}

const type = (name: string, base: string) =>
  `<xsd:complexType name="${name}"><xsd:simpleContent><xsd:extension base="xsd:${base}"/></xsd:simpleContent></xsd:complexType>`;

function writeElement(
  { name, label, type: declared = 'textType', values, isRequired, isRepeated, children }: Element,
  id: string,
): string {
  const occurs = `minOccurs="${isRequired ? 1 : 0}" maxOccurs="${isRepeated ? 'unbounded' : 1}"`;
  const info = `<xsd:annotation><xsd:appinfo><label>${label}</label><key>${name}</key><searchable>true</searchable></xsd:appinfo></xsd:annotation>`;
  const open = `<xsd:element id="${id}" name="${name}" ${occurs}`;
  if (children) {
    const inner = children.map((child, index) => writeElement(child, `${id}_${index + 1}`)).join('');
    return `${open}>${info}<xsd:complexType><xsd:sequence>${inner}</xsd:sequence></xsd:complexType></xsd:element>`;
  }
  if (!values) return `${open} type="${declared}">${info}</xsd:element>`;
  const list = values.map((value) => `<xsd:enumeration value="${value}"/>`).join('');
  return `${open}>${info}<xsd:simpleType><xsd:restriction base="listType">${list}</xsd:restriction></xsd:simpleType></xsd:element>`;
}

function writeXsd(elements: Element[]): string {
  const sequence = elements.map((element, index) => writeElement(element, `md_${index + 1}`)).join('');
  const types = type('textType', 'string') + type('dateType', 'long') + type('objectType', 'string');
  const list = '<xsd:simpleType name="listType"><xsd:restriction base="xsd:string"/></xsd:simpleType>';
  return `<xsd:schema xmlns:xsd="http://www.w3.org/2001/XMLSchema"><xsd:element name="metadata"><xsd:complexType><xsd:sequence>${sequence}</xsd:sequence></xsd:complexType></xsd:element>${types}${list}</xsd:schema>`;
}

const QUESTIONS: Element[] = [
  { name: 'Assignees', label: 'Assignees', isRepeated: true },
  {
    name: 'State',
    label: 'State',
    values: ['Pending', 'Assigned', 'Answered', 'FollowUp', 'Done', 'Cleared', 'Deleted'],
  },
  { name: 'ThreadId', label: 'Thread' },
  { name: 'Type', label: 'Type', values: ['Question', 'Answer', 'Announcement', 'AnswerOnAir'], isRequired: true },
  { name: 'ThreadCreatorId', label: 'Thread creator' },
];
const WEBCAST: Element[] = [
  { name: 'SlidesDocEntryId', label: 'Slides' },
  { name: 'IsKwebcastEntry', label: 'Webcast' },
  { name: 'IsSelfServe', label: 'Self-serve' },
];
const EVENTS: Element[] = [
  { name: 'StartTime', label: 'Start', type: 'dateType' },
  { name: 'EndTime', label: 'End', type: 'dateType' },
  { name: 'Timezone', label: 'Time zone' },
  {
    name: 'Presenter',
    label: 'Presenter',
    isRepeated: true,
    children: ['PresenterId', 'Name', 'Title', 'Bio', 'Link', 'Image'].map((name) => ({ name, label: name })),
  },
];

/** Puts the questions-and-answers profile of everybody into an account. */
export function seedQuestionProfile(account: Account, now: number): void {
  const profile = makeMetadataProfile(
    account,
    {
      name: 'Kaltura-QnA',
      systemName: 'Kaltura-QnA',
      description: 'The default schema used for working with the Q and A feature',
      metadataObjectType: 'annotationMetadata.Annotation',
    },
    writeXsd(QUESTIONS),
    now,
    1,
  );
  profile.partnerId = 0;
}

/** Adds the profiles of the webcasting and the events module. */
export function seedWebcastProfiles(account: Account, now: number): void {
  const profile = (name: string, systemName: string, elements: Element[]) =>
    makeMetadataProfile(account, { name, systemName, metadataObjectType: '1' }, writeXsd(elements), now);
  profile('KwebcastProfile', 'KMS_KWEBCAST2', WEBCAST);
  profile('EventsProfile3', 'KMS_EVENTS3', EVENTS);
}
