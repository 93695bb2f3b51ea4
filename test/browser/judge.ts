import { readFileSync } from 'node:fs';
import axe from 'axe-core';
import type { Page } from 'playwright-core';
import { z } from 'zod';

/** Relative luminance of WCAG 2.2 for a colour as the browser computes it: rgb(1, 2, 3). */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = (colour.match(/[\d.]+/g) ?? []).map((value) => {
    const share = Number(value) / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

/** The contrast of two colours, from 1 to 21. */
export function contrastOf(one: string, other: string): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

/** What of a page is judged: the marks that Lighthouse's accessibility audits look at on pages of this kind. */
const seenSchema = z.object({
  lang: z.string(),
  title: z.string(),
  mains: z.number(),
  headings: z.array(z.string()),
  zoomable: z.boolean(),
  refresh: z.string(),
  doubledIds: z.number(),
  unnamed: z.number(),
  /** Elements that hold words of their own, with the colours they are read in. */
  texts: z.array(z.object({ words: z.string(), colour: z.string(), background: z.string() })),
  targets: z.array(z.object({ words: z.string(), height: z.number(), width: z.number() })),
  wide: z.boolean(),
  focus: z.object({ words: z.string(), width: z.number(), colour: z.string(), around: z.string() }),
});
type Seen = z.output<typeof seenSchema>;

/** Written for the browser, whose types would be another world than that of the tests. */
const script = readFileSync(new URL('./look.js', import.meta.url), 'utf8');
const look = async (page: Page): Promise<Seen> => seenSchema.parse(await page.evaluate(script));

const brokenSchema = z.array(z.object({ id: z.string(), nodes: z.array(z.object({ failureSummary: z.string() })) }));

/** The rules of axe-core that the page breaks: all of WCAG 2.2 A and AA and its good practice, more than Lighthouse scores. */
async function brokenRules(page: Page): Promise<string[]> {
  // Given as text, since the page's policy lets no script be added to it.
  await page.evaluate(axe.source);
  const run = `axe.run(document, ${JSON.stringify({ runOnly: rules, resultTypes: ['violations'] })})`;
  const broken = brokenSchema.parse(await page.evaluate(`${run}.then(({ violations }) => violations)`));
  return broken.flatMap(({ id, nodes }) => nodes.map(({ failureSummary }) => `${id}: ${failureSummary}`));
}

const rules = ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'];

/** What is wrong with a page for people who use it by eye, keyboard or screen reader, in both colour schemes. */
export async function findBarriers(page: Page): Promise<string[]> {
  const barriers: string[] = [];
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    barriers.push(...(await brokenRules(page)).map((broken) => `${colorScheme}: ${broken}`));
    const seen = await look(page);
    const check = (holds: boolean, barrier: string) => void (holds || barriers.push(`${colorScheme}: ${barrier}`));
    check(seen.lang === 'en', 'the language of the page is not said');
    check(seen.title.trim() !== '', 'the page has no title');
    check(seen.mains === 1, `there are ${seen.mains} main landmarks`);
    check(seen.headings.join() === 'H1', `the headings are ${seen.headings.join()}`);
    check(seen.zoomable, 'the page cannot be zoomed');
    check(seen.refresh === '' || seen.refresh.startsWith('0;'), 'the page goes on while it is being read');
    check(seen.doubledIds === 0, 'ids stand twice');
    check(seen.unnamed === 0, 'a link or button has no name');
    check(!seen.wide, 'the page is wider than the window');
    for (const { words, colour, background } of seen.texts) {
      const contrast = contrastOf(colour, background);
      check(contrast >= 4.5, `contrast ${contrast.toFixed(2)} of "${words.slice(0, 40)}"`);
    }
    for (const { words, height, width } of seen.targets) {
      check(height >= 24 && width >= 24, `"${words}" is ${width} by ${height} pixels`);
    }
  }
  return barriers;
}

/** The outline of what has the focus, and the colour around it. */
export const focusOf = async (page: Page): Promise<Seen['focus']> => (await look(page)).focus;
