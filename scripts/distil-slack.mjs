// Distils what the Slack double needs from the collected Slack material:
//   node scripts/distil-slack.mjs [samples folder]
// reads <folder>/slack-webapi-contract.json and <folder>/slack/*.json, writes test/fixtures/slack/*.json.
import { mkdir, readdir, readFile, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const samples = process.argv[2] ?? join(root, '../shared/samples');
const target = join(root, 'test/fixtures/slack');

/** Methods the collected contract lacks, from Slack's method reference. */
const additions = {
  'usergroups.users.list': {
    bot_scopes: ['usergroups:read'],
    tier: 't2',
    json_body: false,
    required: ['usergroup'],
    args: { usergroup: 'string', include_disabled: 'boolean', team_id: 'string' },
    errors: ['no_such_subteam', 'plan_upgrade_required'],
  },
  'apps.connections.open': {
    bot_scopes: ['connections:write'],
    tier: 't1',
    json_body: false,
    required: [],
    args: {},
    errors: ['forbidden_team', 'internal_error'],
  },
};

/** Any method may answer these, whatever its own page lists. */
const platformErrors = ['invalid_arguments', 'invalid_json', 'json_not_object', 'invalid_auth', 'token_expired'];

/** Errors seen on the platform that a method's page does not list. */
const observedErrors = {
  'chat.postMessage': ['msg_too_long', 'metadata_too_large'],
  'chat.postEphemeral': ['msg_blocks_too_long', 'is_inactive'],
  'chat.update': ['msg_blocks_too_long', 'is_archived'],
  'chat.delete': ['message_not_found', 'cant_delete_message'],
  'views.update': ['invalid_arguments'],
  'conversations.info': ['method_not_supported_for_channel_type'],
};

const contract = { ...JSON.parse(await readFile(join(samples, 'slack-webapi-contract.json'), 'utf8')), ...additions };
const listed = Object.values(contract).map((method) => method.errors ?? []);
const common = listed[0].filter(
  (error) => listed.filter((errors) => errors.includes(error)).length > listed.length * 0.8,
);

const methods = Object.fromEntries(
  Object.entries(contract).map(([name, method]) => [
    name,
    {
      scopes: method.bot_scopes ?? [],
      tier: method.tier,
      json: method.json_body,
      required: method.required,
      args: method.args,
      errors: [...new Set([...(method.errors ?? []), ...(observedErrors[name] ?? [])])].filter(
        (error) => !common.includes(error),
      ),
    },
  ]),
);

/** The fields that hold what a person or an app made, not the shape of the delivery. */
const free = new Set([
  'values',
  'blocks',
  'private_metadata',
  'text',
  'placeholder',
  'selected_option',
  'title',
  'close',
  'submit',
]);

/** Lists the key paths of a payload; lists count as their items, free content ends a path. */
function keyPaths(value, path = '') {
  if (Array.isArray(value)) return [...new Set(value.flatMap((item) => keyPaths(item, `${path}[]`)))];
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, item]) => {
    const here = path === '' ? key : `${path}.${key}`;
    return free.has(key) ? [here] : [here, ...keyPaths(item, here)];
  });
}

const index = JSON.parse(await readFile(join(samples, 'slack/INDEX.json'), 'utf8'));
const shapes = {};
for (const file of (await readdir(join(samples, 'slack'))).sort()) {
  const name = file.replace(/\.json$/, '');
  if (!['form', 'interactive', 'json'].includes(index[name]?.kind)) continue;
  const payload = JSON.parse(await readFile(join(samples, 'slack', file), 'utf8'));
  shapes[name] = { kind: index[name].kind, keys: [...new Set(keyPaths(payload))].sort() };
}

const states = JSON.parse(await readFile(join(samples, 'slack/view_submission_all_inputs.json'), 'utf8')).view.state
  .values;
const empty = JSON.parse(await readFile(join(samples, 'slack/view_submission_all_empty.json'), 'utf8')).view.state
  .values;
const byElement = (values) =>
  Object.fromEntries(
    Object.values(values)
      .flatMap((actions) => Object.values(actions))
      .map((state) => [state.type, state])
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );

await mkdir(target, { recursive: true });
const write = (name, value) => writeFile(join(target, name), `${JSON.stringify(value, null, 1)}\n`);
await write('contract.json', { commonErrors: [...new Set([...common, ...platformErrors])].sort(), methods });
await write('shapes.json', shapes);
await write('states.json', { filled: byElement(states), empty: byElement(empty) });
