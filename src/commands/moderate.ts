import { defineTool } from './parts/tool.js';

export const moderate = defineTool({
  name: 'moderate',
  summary: 'A private link into the moderator view, where questions are answered.',
  errand: 'moderator',
  what: 'Moderator view',
});
