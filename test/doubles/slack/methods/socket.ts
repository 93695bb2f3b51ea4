import type { Method } from './method.js';

const openConnection: Method = ({ platform, workspace }) => {
  const ticket = platform.ids.secret('ticket', 24);
  platform.tickets.add(ticket);
  return { url: `${platform.url.replace('http', 'ws')}/link/?ticket=${ticket}&app_id=${workspace.appId}` };
};

/** apps.connections.open: where a Socket Mode app connects. */
export const socketMethods: Record<string, Method> = { 'apps.connections.open': openConnection };
