import type { FormFacts } from '../../core/form.js';
import type { Account } from '../../core/webcast.js';

/** What the account adds to the create form: its live profiles by name, and whether multicast is offered. */
export function createFacts(account: Account | undefined): FormFacts {
  if (!account) return { choices: {}, without: ['multicast'] };
  const defaultFirst = [...account.profiles].sort((a, b) => Number(b.isDefault) - Number(a.isDefault));
  const profile = defaultFirst.map((one) => ({
    value: String(one.id),
    label: one.isDefault ? `${one.name} (default)` : one.name,
  }));
  const category = account.categories.map(({ id, name }) => ({ value: String(id), label: name }));
  return { choices: { profile, category }, without: account.multicast ? [] : ['multicast'] };
}
