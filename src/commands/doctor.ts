import type { Check } from '../core/checkup.js';
import { asGiven, type Context, defineCommand, type Reply } from '../core/command.js';
import { BotError } from '../core/errors.js';
import { accountChecks, botChecks, type CheckGroup, checkupOf, clockCheck } from '../show/checkup.js';

export const doctor = defineCommand({
  name: 'doctor',
  summary: 'Checks the Kaltura account, the chat platform and the bot, and says what works without what is missing.',
  examples: ['doctor'],
  role: 'producer',
  params: {},
  settle: (values) => asGiven(values),
  async run(_, context): Promise<readonly Reply[]> {
    const [kaltura, chat] = await Promise.all([kalturaGroup(context), chatGroup(context)]);
    const {
      publicUrl,
      kaltura: { tools },
    } = context;
    const checks = botChecks({ publicUrl, forPeople: tools.forPeople, producers: context.whoCan('producer') });
    const groups: CheckGroup[] = [kaltura, ...chat, { title: 'This bot', checks }];
    return [{ to: 'me', view: checkupOf(groups) }];
  },
});

/** A Kaltura that cannot be asked at all is a finding too. */
async function kalturaGroup({ kaltura }: Context): Promise<CheckGroup> {
  const title = `Kaltura account ${kaltura.addresses.partnerId}`;
  try {
    const found = await kaltura.checkup();
    return { title, checks: [...accountChecks(found), clockCheck(found)] };
  } catch (error) {
    return { title, checks: [failed('Kaltura', error)] };
  }
}

async function chatGroup({ checkChat }: Context): Promise<readonly CheckGroup[]> {
  if (!checkChat) return [];
  try {
    return [{ title: 'Chat', checks: await checkChat() }];
  } catch (error) {
    return [{ title: 'Chat', checks: [failed('Chat', error)] }];
  }
}

function failed(label: string, error: unknown): Check {
  if (!(error instanceof BotError)) throw error;
  return { label, state: 'broken', text: `${error.message} ${error.hint}` };
}
