// The baseline of help and of the unknown sub-command: bolt as its guide starts it, with one listener that only acknowledges.
import { startBolt } from './bolt.mjs';

await startBolt((app) => {
  app.command('/webcast', async ({ ack }) => {
    await ack();
  });
});
