import { describe, expect, it } from '@jest/globals';
import { namePeople } from '../../../../src/adapters/teams/naming.js';
import { plain, type View } from '../../../../src/core/view.js';

const view: View = {
  summary: 'Presenters',
  nodes: [
    { kind: 'title', text: 'Presenters' },
    { kind: 'text', text: [{ person: 'id-of-ann' }, ' was told.'] },
    { kind: 'list', items: [[{ person: 'id-of-ann' }, ' as ann.smith'], [{ person: 'id-of-bob' }]] },
    { kind: 'facts', facts: [{ label: 'Asked by', value: [{ person: 'id-of-bob' }] }] },
  ],
};

async function read(names: Readonly<Record<string, string>>, asked: string[] = []) {
  const named = await namePeople(view, 'contoso', async (tenant, person) => {
    asked.push(`${tenant} ${person}`);
    return names[person];
  });
  return named.nodes.flatMap((node) => {
    if (node.kind === 'text') return [plain(node.text)];
    if (node.kind === 'list') return node.items.map(plain);
    return node.kind === 'facts' ? node.facts.map(({ value }) => plain(value)) : [];
  });
}

describe('messages for one person in Teams', () => {
  it('name people in texts, lists and facts', async () => {
    const names = { 'id-of-ann': 'Ann Smith', 'id-of-bob': 'Bob Ray' };
    expect(await read(names)).toEqual(['Ann Smith was told.', 'Ann Smith as ann.smith', 'Bob Ray', 'Bob Ray']);
  });

  it('keep the id of whom nobody knows', async () => {
    expect(await read({ 'id-of-ann': 'Ann Smith' })).toContain('@id-of-bob');
  });

  it('ask for each person once', async () => {
    const asked: string[] = [];
    await read({}, asked);
    expect(asked).toEqual(['contoso id-of-ann', 'contoso id-of-bob']);
  });
});
