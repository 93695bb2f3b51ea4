import { readFileSync } from 'node:fs';

export interface Property {
  name: string;
  type: string;
  enumType?: string;
  readonly?: boolean;
  insertonly?: boolean;
  time?: boolean;
  multiLingual?: boolean;
  minLength?: number;
  maxLength?: number;
  minValue?: number;
  maxValue?: number;
  writeonly?: boolean;
}

export interface Parameter {
  name: string;
  type: string;
  enumType?: string;
  optional?: boolean;
  default?: string;
}

interface ObjectType {
  base: string | undefined;
  isAbstract: boolean;
  props: Property[];
}

interface EnumType {
  type: 'int' | 'string';
  values: string[];
}

/** The file holds one line of text per action, class and enumeration; scripts/distil-kaltura.mjs writes it. */
interface SchemaFile {
  services: Record<string, Record<string, string>>;
  objects: Record<string, string>;
  enums: Record<string, string>;
  errors: Record<string, string>;
}

/** One action of the API as its own schema describes it. */
export interface ActionSchema {
  name: string;
  params: Parameter[];
}

const BOUNDS = ['minLength', 'maxLength', 'minValue', 'maxValue'] as const;
const FLAGS = ['readonly', 'insertonly', 'writeonly', 'time', 'multiLingual', 'optional'] as const;

const file: SchemaFile = JSON.parse(readFileSync(new URL('./schema.json', import.meta.url), 'utf8'));
const objects = new Map(Object.entries(file.objects).map(([name, line]) => [name, parseObject(line)]));
const enums = new Map(Object.entries(file.enums).map(([name, line]) => [name, parseEnum(line)]));
const actions = new Map(
  Object.entries(file.services).map(([service, table]) => [
    service,
    new Map(Object.entries(table).map(([name, line]) => [name.toLowerCase(), { name, params: parseParameters(line) }])),
  ]),
);
const chains = new Map<string, Property[]>();
const tables = new Map<string, Map<string, Property>>();

/** Reads `name type enum=X readonly maxLength=100 default=1`. */
function parseMember(line: string): Property & Parameter {
  const [name = '', type = '', ...words] = line.split(' ');
  const member: Property & Parameter = { name, type };
  for (const word of words) {
    const [key = '', value = ''] = word.split('=');
    if (key === 'enum') member.enumType = value;
    else if (key === 'default') member.default = word.slice('default='.length);
    else if (isBound(key)) member[key] = Number(value);
    else if (isFlag(key)) member[key] = true;
  }
  return member;
}

function isBound(key: string): key is (typeof BOUNDS)[number] {
  return BOUNDS.some((bound) => bound === key);
}

function isFlag(key: string): key is (typeof FLAGS)[number] {
  return FLAGS.some((flag) => flag === key);
}

function parseParameters(line: string): Parameter[] {
  return line === '' ? [] : line.split('; ').map(parseMember);
}

function parseObject(line: string): ObjectType {
  const [head = '', ...props] = line.split('; ');
  const isAbstract = head.startsWith('!');
  const base = isAbstract ? head.slice(1) : head;
  return { base: base === '' ? undefined : base, isAbstract, props: props.map(parseMember) };
}

function parseEnum(line: string): EnumType {
  const [type, ...values] = line.split('|');
  return { type: type === 'int' ? 'int' : 'string', values };
}

/** Finds the actions of a service; ids are compared in lower case as the server does. */
export function findService(service: string): Map<string, ActionSchema> | undefined {
  return actions.get(service.toLowerCase());
}

/** Says whether the schema knows an object type. */
export function isObjectType(type: string): boolean {
  return objects.has(type);
}

/** Says whether a type cannot be instantiated. */
export function isAbstract(type: string): boolean {
  return objects.get(type)?.isAbstract === true;
}

/** Says whether a type is another one or inherits from it. */
export function isKindOf(type: string, base: string): boolean {
  for (let name: string | undefined = type; name !== undefined; name = objects.get(name)?.base) {
    if (name === base) return true;
  }
  return false;
}

/** Lists the properties of a type, inherited ones first, in the order in which the server answers them. */
export function propertiesOf(type: string): Property[] {
  const known = chains.get(type);
  if (known) return known;
  const object = objects.get(type);
  const chain = object ? [...(object.base ? propertiesOf(object.base) : []), ...object.props] : [];
  chains.set(type, chain);
  return chain;
}

/** Finds one property of a type, inherited ones included. */
export function findProperty(type: string, name: string): Property | undefined {
  let table = tables.get(type);
  if (!table) {
    table = new Map(propertiesOf(type).map((property) => [property.name, property]));
    tables.set(type, table);
  }
  return table.get(name);
}

/** Finds an enumeration by its type name. */
export function findEnum(name: string | undefined): EnumType | undefined {
  return name === undefined ? undefined : enums.get(name);
}

/** Finds the message template of an error code; its arguments stand between @ signs. */
export function findError(code: string): string | undefined {
  return file.errors[code];
}

/** Gives the member type of `array<X>` and `map<X>`, or undefined for any other type. */
export function memberType(type: string): string | undefined {
  return /^(?:array|map)<(.*)>$/.exec(type)?.[1];
}
