// The baseline of the start: both platforms' own libraries, loaded and listening, and nothing of ours.
import { CloudAdapter, ConfigurationBotFrameworkAuthentication } from 'botbuilder';
import { startBolt } from './bolt.mjs';

const auth = new ConfigurationBotFrameworkAuthentication({ MicrosoftAppId: '', MicrosoftAppPassword: '' });
const adapter = new CloudAdapter(auth);
adapter.onTurnError = async (_turn, error) => {
  throw error;
};
await startBolt((app) => {
  app.command('/webcast', async ({ ack }) => {
    await ack();
  });
});
