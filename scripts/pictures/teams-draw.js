// Runs within the page of the picture: draws one card into each place for one.
const spacing = { small: 4, default: 8, medium: 12, large: 16, extraLarge: 24, padding: 0 };
const shades = (strong, subtle) => ({ default: strong, subtle });
const foregroundColors = {
  default: shades('#242424', '#616161'),
  accent: shades('#5b5fc7', '#5b5fc7'),
  good: shades('#237b4b', '#237b4b'),
  warning: shades('#835c00', '#835c00'),
  attention: shades('#c4314b', '#c4314b'),
};
const fontSizes = { small: 12, default: 14, medium: 14, large: 18, extraLarge: 24 };
const fontWeights = { lighter: 300, default: 400, bolder: 600 };
const hostConfig = {
  spacing,
  fontTypes: {
    default: { fontFamily: "'Segoe UI', Selawik, 'Liberation Sans', Arial, sans-serif", fontSizes, fontWeights },
    monospace: { fontFamily: "Consolas, 'Liberation Mono', monospace", fontSizes, fontWeights },
  },
  lineHeights: { small: 16, default: 20, medium: 20, large: 24, extraLarge: 32 },
  separator: { lineThickness: 1, lineColor: '#e0e0e0' },
  containerStyles: {
    default: { backgroundColor: '#ffffff', foregroundColors },
    emphasis: { backgroundColor: '#f5f5f5', foregroundColors },
  },
  factSet: {
    title: { weight: 'Bolder', wrap: true, maxWidth: 150 },
    value: { wrap: true },
    spacing: 10,
  },
  actions: {
    maxActions: 6,
    spacing: 'default',
    buttonSpacing: 8,
    actionsOrientation: 'horizontal',
    actionAlignment: 'left',
    showCard: { actionMode: 'inline', inlineTopMargin: 16 },
  },
};

const escapeHtml = (text) => text.replace(/[&<>"]/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** The little markdown that the program writes: escapes, bold and links; emoji become images. */
const processWith = (emoji) => (text, result) => {
  const kept = [];
  const held = text.replace(/\\([!-/:-@[-`{-~])/g, (_, sign) => `\uE000${kept.push(sign) - 1}\uE001`);
  result.outputHtml = `<p>${escapeHtml(held)
    .replace(/\*\*(.+?)\*\*/g, '<b>$1</b>')
    .replace(/\[([^\]]+)\]\(([^)\s]+)\)/g, '<a href="$2">$1</a>')
    .replace(/\uE000(\d+)\uE001/g, (_, index) => escapeHtml(kept[Number(index)]))}</p>`;
  for (const [sign, src] of Object.entries(emoji))
    result.outputHtml = result.outputHtml.replaceAll(sign, `<img class="emoji" src="${src}" alt="">`);
  result.didProcess = true;
};

globalThis.drawCards = (cards, emoji) => {
  const { AdaptiveCard, HostConfig } = globalThis.AdaptiveCards;
  AdaptiveCard.onProcessMarkdown = processWith(emoji);
  const places = document.querySelectorAll('.card');
  cards.forEach((payload, index) => {
    const card = new AdaptiveCard();
    card.hostConfig = new HostConfig(hostConfig);
    card.parse(payload);
    const drawn = card.render();
    // The place has the padding of Teams' own frame.
    drawn.style.padding = '0';
    places[index].append(drawn);
  });
};
