import { App, HTTPReceiver, LogLevel } from '@slack/bolt';

/** Starts a bolt app on PORT that knows one workspace; listen adds what it listens to. */
export async function startBolt(listen) {
  const { PORT, SLACK_SIGNING_SECRET, SLACK_BOT_TOKEN, SLACK_API_URL } = process.env;
  const receiver = new HTTPReceiver({
    signingSecret: SLACK_SIGNING_SECRET,
    logLevel: LogLevel.ERROR,
    customRoutes: [{ path: '/readyz', method: 'GET', handler: (_request, response) => response.end('ready') }],
  });
  const app = new App({
    receiver,
    logLevel: LogLevel.ERROR,
    convoStore: false,
    authorize: async () => ({ botToken: SLACK_BOT_TOKEN, botId: 'B0BENCH', botUserId: 'U0BOT' }),
    clientOptions: { slackApiUrl: SLACK_API_URL },
  });
  listen(app);
  await app.start({ port: Number(PORT), host: '127.0.0.1' });
}
