import { readZone, type Zone } from '../../core/webcast.js';

/** Reads an IANA time zone's name; undefined when there is no such zone. */
export type ReadZone = (told: string) => Zone | undefined;

/** Zones remembered at most, more than there are names; the capitals that a client writes make names of their own. */
const most = 1000;

/** Every turn tells a zone, and looking one up costs more than checking the turn's signature: it is done once for each. */
export function createReadZone(): ReadZone {
  const known = new Map<string, Zone>();
  return (told) => {
    const zone = known.get(told) ?? readZone(told);
    if (zone === undefined || known.has(told)) return zone;
    if (known.size >= most) known.clear();
    known.set(told, zone);
    return zone;
  };
}
