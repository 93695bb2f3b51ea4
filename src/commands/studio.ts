import { defineTool } from './parts/tool.js';

export const studio = defineTool({
  name: 'studio',
  summary: 'A private link into the webcasting studio, where presenters show slides, camera and screen.',
  errand: 'studio',
  what: 'Studio',
});
