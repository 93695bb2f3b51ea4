import { Agent, request } from 'node:http';
import { startServer } from './child.mjs';
import { median, percentile, post } from './load.mjs';

const patience = 20_000;
/** How many links are handed out and pressed. */
const links = 200;
/** Milliseconds that a page may take. */
const most = 20;

/**
 * Measures the pages of one-time links on loopback: looked at by many at once, guessed, and pressed one by one. A press
 * waits for Kaltura, which stands in the process of the benchmark, so that it has no bound.
 */
export async function measurePages({ slack, kaltura, program, duration, rounds, say }) {
  const publicUrl = 'https://bench.example.test';
  await addUser(kaltura, program.env.KALTURA_SERVICE_URL, 'ada@example.test');
  const server = await startServer(program.file, { ...program.env, PUBLIC_URL: publicUrl });
  const agent = new Agent({ keepAlive: true, maxSockets: 16 });
  const rows = [];

  /** Asks for a page again and again for one turn, so many at once, and gives the p99 in milliseconds. */
  async function look({ path, status }, atOnce) {
    const latencies = [];
    const until = performance.now() + duration;
    const work = async () => {
      while (performance.now() < until) latencies.push(await timed(server.port, 'GET', path, status, agent));
    };
    await Promise.all(Array.from({ length: atOnce }, work));
    return percentile(latencies, 99);
  }

  /** Measures a page and the program's smallest answer turn by turn, so that the machine's share can be seen. */
  async function compare(figure, page, atOnce) {
    const turns = [];
    for (let turn = 0; turn < rounds; turn += 1) {
      turns.push({ page: await look(page, atOnce), least: await look({ path: '/healthz', status: 200 }, atOnce) });
    }
    const p99 = median(turns.map((turn) => turn.page));
    const least = median(turns.map((turn) => turn.least));
    say(`${figure}, ${atOnce} at once: ${p99.toFixed(1)} ms, /healthz ${least.toFixed(1)} ms`);
    rows.push({
      figure: `${figure}, p99 at ${atOnce} at once`,
      ours: `${p99.toFixed(1)} ms`,
      baseline: 'its own /healthz',
      theirs: `${least.toFixed(1)} ms`,
      result: `+${median(turns.map((turn) => turn.page - turn.least)).toFixed(1)} ms`,
      bound: `< ${most} ms`,
      holds: p99 < most,
    });
  }

  try {
    const planned = await type(slack, server, 'create "Pages" --start "in 10 minutes"', /\b\d_[a-z0-9]{8}\b/);
    const paths = [];
    for (let index = 0; index < links; index += 1) {
      const link = await type(slack, server, `studio ${planned}`, /https:\/\/bench\.example\.test(\/go\/[\w-]{43})/);
      paths.push(link.slice(publicUrl.length));
    }
    const good = { path: paths[0], status: 200 };
    for (let turn = 0; turn < 3; turn += 1) await look(good, 16);
    await compare('page of a link', good, 1);
    await compare('page of a link', good, 16);
    await compare('page of a guessed link', { path: `/go/${'A'.repeat(43)}`, status: 404 }, 16);
    const pressed = [];
    for (const path of paths) pressed.push(await timed(server.port, 'POST', path, 200, agent));
    rows.push({
      figure: "press, with Kaltura's two answers, median one by one",
      ours: `${percentile(pressed, 50).toFixed(1)} ms`,
      baseline: '',
      theirs: '',
    });
  } finally {
    agent.destroy();
    await server.stop();
  }
  return rows;
}

/** Types a line and gives what the pattern finds in the answer. */
function type(slack, server, text, pattern) {
  return new Promise((resolve, reject) => {
    const stop = slack.watch(({ body }) => {
      const found = pattern.exec(body.startsWith('{') ? body : [...new URLSearchParams(body).values()].join('\n'));
      if (!found) return;
      clearTimeout(late);
      stop();
      resolve(found[0]);
    });
    const late = setTimeout(() => {
      stop();
      reject(new Error(`No answer to ${text} came within ${patience / 1000} s.`));
    }, patience);
    const [signed] = slack.sign(text, 1);
    post(server.port, signed).catch(reject);
  });
}

/** Milliseconds from sending a request to the last byte of its answer. */
function timed(port, method, path, status, agent) {
  return new Promise((resolve, reject) => {
    const began = performance.now();
    const sent = request({ host: '127.0.0.1', port, path, method, agent }, (answer) => {
      answer.resume();
      answer.once('end', () => {
        if (answer.statusCode === status) resolve(performance.now() - began);
        else reject(new Error(`${method} of a page answers ${answer.statusCode} in place of ${status}.`));
      });
    });
    sent.once('error', reject);
    sent.end();
  });
}

async function addUser({ account }, url, id) {
  const call = async (service, action, body) => {
    const init = { method: 'POST', headers: { 'content-type': 'application/json' } };
    const where = `${url}/api_v3/service/${service}/action/${action}`;
    return (await fetch(where, { ...init, body: JSON.stringify({ format: 1, ...body }) })).json();
  };
  const ks = await call('session', 'start', { secret: account.adminSecret, partnerId: account.partnerId, type: 2 });
  await call('user', 'add', { ks, user: { objectType: 'KalturaUser', id } });
}
