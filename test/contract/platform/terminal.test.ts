import { createTerminal } from '../../../src/adapters/terminal/index.js';
import { instant, type Zone } from '../../../src/core/webcast.js';
import { openStreams } from '../../doubles/streams.js';
import { openProduct } from './product.js';
import { describePlatform, type Ground } from './suite.js';

const clock = { now: () => instant(Date.UTC(2026, 10, 22, 12)), wait: async () => {} };

async function openTerminal(): Promise<Ground> {
  const product = await openProduct(clock);
  const { input, output, printed, shows } = openStreams();
  const { dispatch, log, newId } = product;
  const zone = 'Europe/Berlin' as Zone;
  const platform = createTerminal({
    ...{ input, output, dispatch, newId, log, zone },
    colours: false,
    interactive: false,
    banner: [],
    onEnd: () => {},
  });
  await platform.start();
  /** What is printed stands in blocks under a heading that says who reads it. */
  const blocks = (heading: RegExp) =>
    printed()
      .split(/\n(?=#terminal|\(only you\))/)
      .map((block) => block.trim())
      .filter((block) => heading.test(block));
  const place = { tenant: 'terminal', channel: 'terminal', direct: false };
  return {
    product,
    platform,
    place,
    whom: { place, person: { id: 'you', zone }, wayBack: undefined },
    channel: () => blocks(/^#terminal/),
    private: () => blocks(/^\(only you\)/),
    async says(line, until) {
      input.write(`${line}\n`);
      await shows(until);
    },
    async saysTwice(line, until) {
      input.write(`${line}\n${line}\n`);
      await shows(until);
    },
    async fills(answers, until) {
      const { Title, Start, ...rest } = answers;
      const more = ['Notes', 'Count', 'Sound', 'Size'].map((label) =>
        typeof rest[label] === 'boolean' ? (rest[label] ? 'on' : 'off') : rest[label],
      );
      input.write(['ask', Title, Start, 'y', ...more, ''].map((line) => `${line}\n`).join(''));
      await shows(until);
    },
    async stop() {
      await platform.stop();
      await product.stop();
    },
  };
}

describePlatform('terminal', openTerminal, {
  editsKeepPlace: 'what is printed cannot be taken back',
  sameDeliveryTwice: 'each typed line is a delivery of its own',
});
