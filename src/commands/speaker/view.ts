import type { Speaker } from '../../core/eventdata.js';
import { writeLine } from '../../core/parse.js';
import type { Button, PublicNode, Text, View } from '../../core/view.js';
import type { Webcast } from '../../core/webcast.js';

/** How many speakers get a button; platforms show a handful in a row. */
const mostButtons = 5;

/** The line-up as it stands, with a button that takes each out. */
export function speakersOf({ id }: Webcast, speakers: readonly Speaker[], title: string): View {
  const nodes: PublicNode[] = [{ kind: 'title', text: title }];
  if (speakers.length === 0) nodes.push({ kind: 'text', text: 'Nobody is in the line-up.' });
  else nodes.push({ kind: 'list', items: speakers.map(speakerWords) });
  nodes.push({
    kind: 'text',
    text: 'Kaltura portals show it. It gives nobody any rights in the studio.',
    style: 'quiet',
  });
  const buttons = speakers.slice(0, mostButtons).map(
    (one): Button => ({
      label: `Remove ${one.name}`.slice(0, 60),
      line: writeLine('speaker', `remove ${one.id}`, { webcast: id }),
      confirm: {
        title: 'Take out of the line-up?',
        text: `${one.name.slice(0, 100)} is not shown with this webcast any more.`,
        yes: 'Remove',
        no: 'Keep',
      },
    }),
  );
  if (buttons.length > 0) nodes.push({ kind: 'buttons', buttons });
  return { summary: title, nodes };
}

function speakerWords({ name, title, bio, link, picture }: Speaker): Text {
  const more = [title, bio].filter((text) => text !== '').join(' · ');
  return [
    { bold: name },
    ...(more === '' ? [] : [` · ${more}`]),
    ...(isPage(link) ? [' · ', { link: 'page', url: link }] : []),
    ...(isPage(picture) ? [' · ', { link: 'picture', url: picture }] : []),
  ];
}

/** A portal may have put anything there. */
const isPage = (address: string): boolean => URL.canParse(address) && /^https?:$/.test(new URL(address).protocol);

/** Says that the account has no place for a line-up. */
export function noPlaceForSpeakers({ name }: Webcast): View {
  const title = `No line-up for ${name}`;
  const text =
    'This Kaltura account has no place for one (the metadata profile KMS_EVENTS3). An administrator of Kaltura adds it with the events or webcasting module.';
  return {
    summary: title,
    nodes: [
      { kind: 'title', text: title },
      { kind: 'text', text },
    ],
  };
}
