// Runs in the page: tells what judge.ts judges.
(() => {
  const clear = /^rgba\(.*, 0\)$|^transparent$/;
  const backgroundOf = (element) => {
    if (!element) return 'rgb(255, 255, 255)';
    const { backgroundColor } = getComputedStyle(element);
    return clear.test(backgroundColor) ? backgroundOf(element.parentElement) : backgroundColor;
  };
  const all = [...document.body.querySelectorAll('*')];
  const named = [...document.querySelectorAll('a, button')];
  const ids = all.map(({ id }) => id).filter((id) => id !== '');
  const contentOf = (selector) => document.querySelector(selector)?.getAttribute('content') ?? undefined;
  const isWords = (node) => node.nodeType === Node.TEXT_NODE && node.textContent.trim() !== '';
  const focused = document.activeElement ?? document.body;
  const { outlineStyle, outlineWidth, outlineColor } = getComputedStyle(focused);
  return {
    lang: document.documentElement.lang,
    title: document.title,
    mains: document.querySelectorAll('main').length,
    headings: [...document.querySelectorAll('h1, h2, h3, h4, h5, h6')].map(({ tagName }) => tagName),
    zoomable: !/user-scalable\s*=\s*(no|0)|maximum-scale/.test(contentOf('meta[name=viewport]') ?? 'user-scalable=no'),
    refresh: contentOf('meta[http-equiv=refresh]') ?? '',
    doubledIds: ids.length - new Set(ids).size,
    unnamed: named.filter((element) => element.textContent.trim() === '').length,
    texts: all
      .filter((element) => [...element.childNodes].some(isWords))
      .map((element) => ({
        words: element.textContent,
        colour: getComputedStyle(element).color,
        background: backgroundOf(element),
      })),
    targets: named.map((element) => {
      const { height, width } = element.getBoundingClientRect();
      return { words: element.textContent, height, width };
    }),
    wide: document.documentElement.scrollWidth > document.documentElement.clientWidth,
    focus: {
      words: focused.textContent,
      width: outlineStyle === 'none' ? 0 : Number.parseFloat(outlineWidth),
      colour: outlineColor,
      around: getComputedStyle(document.body).backgroundColor,
    },
  };
})();
