// The emoji of the program's messages as drawings, so that the pictures need no font for them.
import { createElement } from 'react';

const disc = (fill, ring) => `<circle cx="8" cy="8" r="6.4" fill="${fill}" stroke="${ring}" stroke-width="1.2"/>`;
const line = (path, colour) =>
  `<path d="${path}" fill="none" stroke="${colour}" stroke-width="2.1" stroke-linecap="round" stroke-linejoin="round"/>`;

const drawings = {
  large_green_circle: disc('#3fae5a', '#348f4b'),
  large_yellow_circle: disc('#f2c744', '#d3a92b'),
  red_circle: disc('#dd3b4b', '#b92f3d'),
  white_circle: disc('#f1f1f1', '#a9a9a9'),
  white_check_mark: `<rect x="1.2" y="1.2" width="13.6" height="13.6" rx="3" fill="#3fae5a"/>${line('M4.5 8.4l2.5 2.5 4.7-5.4', '#fff')}`,
  x: line('M3.5 3.5l9 9M12.5 3.5l-9 9', '#dd3b4b'),
  hourglass_flowing_sand: `<path d="M4.6 2.5h6.8v2.4L8.7 8l2.7 3.1v2.4H4.6v-2.4L7.3 8 4.6 4.9z" fill="#f3e3b5"/>
<path d="M8 8.6l2.4 2.9v1.6H5.6v-1.6z" fill="#d9a441"/>${line('M4 2.2h8M4 13.8h8', '#8a6d3b')}`,
  page_facing_up: `<path d="M3.2 1.5h6.6l3 3v10H3.2z" fill="#fff" stroke="#8a94a6" stroke-width="1.1"/>${line('M5.6 7.2h4.8M5.6 10.4h4.8', '#b3bccb')}`,
};

const imageOf = (drawing) => {
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 16 16">${drawing}</svg>`;
  return `data:image/svg+xml,${encodeURIComponent(svg)}`;
};

/** The same drawings by their signs, as addresses of images. */
export const emojiImages = Object.fromEntries(
  Object.entries({
    '🟢': 'large_green_circle',
    '🟡': 'large_yellow_circle',
    '🔴': 'red_circle',
    '⚪': 'white_circle',
    '✅': 'white_check_mark',
    '❌': 'x',
    '⏳': 'hourglass_flowing_sand',
    '📄': 'page_facing_up',
  }).map(([sign, name]) => [sign, imageOf(drawings[name])]),
);

/** The library's hook for an emoji: our drawing, or its own sign where there is none. */
export function drawEmoji(emoji, sign) {
  const found = drawings[emoji.name];
  if (!found) return sign(emoji);
  return createElement('img', { className: 'emoji', src: imageOf(found), alt: emoji.name });
}
