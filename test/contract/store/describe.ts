import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { instant } from '../../../src/core/webcast.js';
import type { OpenStore } from '../../../src/store/index.js';
import { describeBroadcasts } from './broadcasts.js';
import { describeClaims } from './claims.js';
import { describeCrew } from './crew.js';
import { describeDurability } from './durability.js';
import type { Ground } from './harness.js';
import { describeInstallations } from './installations.js';
import { describeLive } from './live.js';
import { describeMarks } from './marks.js';
import { describeMigrations } from './migrations.js';
import { describeNotes } from './notes.js';
import { describeOffers } from './offers.js';
import { describeOutbox } from './outbox.js';
import { describePlaces } from './places.js';
import { describeQuestions } from './questions.js';
import { describeReferences } from './references.js';
import { describeRetirement } from './retire.js';
import { describeStanding } from './standing.js';
import { describeTickets } from './tickets.js';
import { describeUpkeep } from './upkeep.js';

/** What every test of the suite works with: a store on ground of its own. */
export interface Bench {
  readonly store: () => OpenStore;
  readonly ground: () => Ground;
}

/** Says what a store does, whatever database is under it. */
export function describeStore(name: string, makeGround: () => Promise<Ground>): void {
  describe(`the store on ${name}`, () => {
    let ground: Ground;
    let store: OpenStore;

    beforeEach(async () => {
      ground = await makeGround();
      store = await ground.open();
    });

    afterEach(async () => {
      await ground.clear();
    });

    const bench: Bench = { store: () => store, ground: () => ground };
    describeClaims(bench);
    describeNotes(bench);
    describePlaces(bench);
    describeRetirement(bench);
    describeLive(bench);
    describeOutbox(bench);
    describeBroadcasts(bench);
    describeMarks(bench);
    describeStanding(bench);
    describeQuestions(bench);
    describeUpkeep(bench);
    describeInstallations(bench);
    describeReferences(bench);
    describeTickets(bench);
    describeCrew(bench);
    describeOffers(bench);
    describeMigrations(bench);
    describeDurability(bench);

    it('closes more than once without complaint', async () => {
      await store.close();
      await expect(store.close()).resolves.toBeUndefined();
    });

    it('finds everything again when it is opened anew', async () => {
      await store.claimOnce('announced', instant(1));
      await store.close();
      const again = await ground.open();
      expect(await again.claimOnce('announced', instant(2))).toBe(false);
    });
  });
}
