import type { EventPlan, Speaker } from '../core/eventdata.js';
import { type Element, element } from './xml.js';

const seconds = (milliseconds: number): string => String(Math.floor(milliseconds / 1000));

const textOf = (children: readonly Element[], name: string): string =>
  children.find((child) => child.name === name)?.text ?? '';

function put(children: readonly Element[], name: string, value: string | undefined): readonly Element[] {
  if (value === undefined) return children;
  return [...children.filter((child) => child.name !== name), element(name, value)];
}

/** What KMS_KWEBCAST2 has to hold: that it is a webcast, and whether it is presented in a browser alone unless a portal said so. */
export function webcastElements(standing: readonly Element[]): readonly Element[] {
  const marked = put(standing, 'IsKwebcastEntry', '1');
  return marked.some(({ name }) => name === 'IsSelfServe') ? marked : put(marked, 'IsSelfServe', '0');
}

/** What KMS_EVENTS3 has to hold: the times of the plan beside what stands; times that nobody knows are left alone. */
export function eventElements(standing: readonly Element[], plan: EventPlan): readonly Element[] {
  const begun = put(standing, 'StartTime', plan.start === undefined ? undefined : seconds(plan.start));
  const ended = put(begun, 'EndTime', plan.end === undefined ? undefined : seconds(plan.end));
  return put(ended, 'Timezone', plan.zone);
}

/** The times in a KMS_EVENTS3 document, in milliseconds; undefined for what is no moment. */
export function timesOf(standing: readonly Element[]) {
  const momentOf = (name: string): number | undefined => {
    const words = textOf(standing, name);
    return /^\d{1,11}$/.test(words) ? Number(words) * 1000 : undefined;
  };
  return { start: momentOf('StartTime'), end: momentOf('EndTime'), zone: textOf(standing, 'Timezone') };
}

const presenter = 'Presenter';
const keys = { id: 'PresenterId', name: 'Name', title: 'Title', bio: 'Bio', link: 'Link', picture: 'Image' } as const;

/** The speakers of a KMS_EVENTS3 document; one without an id goes by the name. */
export function speakersIn(standing: readonly Element[]): readonly Speaker[] {
  return standing
    .filter(({ name }) => name === presenter)
    .map(({ children }) => ({
      id: textOf(children, keys.id) || textOf(children, keys.name),
      name: textOf(children, keys.name),
      title: textOf(children, keys.title),
      bio: textOf(children, keys.bio),
      link: textOf(children, keys.link),
      picture: textOf(children, keys.picture),
    }));
}

/** The document with these speakers in place of those it had; what else is known of one who stays is kept. */
export function withSpeakers(standing: readonly Element[], speakers: readonly Speaker[]): readonly Element[] {
  const [known, others] = [
    standing.filter(({ name }) => name === presenter),
    standing.filter(({ name }) => name !== presenter),
  ];
  const own: readonly string[] = Object.values(keys);
  const written = speakers.map((speaker) => {
    const before = known.find((one) => speakersIn([one])[0]?.id === speaker.id);
    const kept = before?.children.filter(({ name }) => !own.includes(name)) ?? [];
    const said = Object.entries(keys).flatMap(([key, name]) => {
      const value = { ...speaker }[key as keyof Speaker];
      return value === '' ? [] : [element(name, value)];
    });
    return element(presenter, [...said, ...kept]);
  });
  return [...others, ...written];
}
