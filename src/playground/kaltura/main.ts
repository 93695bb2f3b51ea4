import { explain, readOptions } from './cli.js';
import { createKalturaServer, type KalturaServerOptions } from './index.js';

async function main(): Promise<void> {
  let options: KalturaServerOptions = {};
  const fail = (error: unknown) => {
    process.stderr.write(`${explain(error, options)}\n`);
    process.exitCode = 1;
  };
  try {
    const read = readOptions(process.argv.slice(2));
    options = read.options;
    const server = createKalturaServer(options);
    const { url } = await server.start();
    process.stdout.write(`Kaltura is listening on ${url}/ (partner ${options.partnerId})\n`);
    for (const line of read.generated) process.stdout.write(`${line}\n`);
    const stop = () => server.stop().catch(fail);
    process.once('SIGTERM', stop);
    process.once('SIGINT', stop);
  } catch (error) {
    fail(error);
  }
}

await main();
