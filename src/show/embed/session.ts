import type { Addresses } from '../../core/ports.js';
import { viewerPrivileges } from '../../core/tools.js';
import type { EntryId } from '../../core/webcast.js';
import { scriptAddress } from '../player.js';
import { cssOf, type Embedding } from './look.js';
import { setupOf } from './setup.js';

/** A viewer's session that a server mints. */
export interface ViewerSession {
  readonly at: Addresses;
  readonly entry: EntryId;
  /** Seconds from its making. */
  readonly seconds: number;
}

/** The page of a protected webcast: it asks its own server for the session of this visitor, and holds none. */
export function protectedPageOf(embedding: Embedding): string {
  const { at, player, entry, size } = embedding;
  const target = `kaltura_player_${entry}`;
  return `<div id="${target}" style="${cssOf(size ?? { kind: 'ratio', width: 16, height: 9 })}"></div>
<script src="${scriptAddress(at, player)}"></script>
<script type="module">
  const answer = await fetch('/viewer-session', { method: 'POST' });
  if (!answer.ok) throw new Error('The server gives this viewer no session');
  const ks = await answer.text();
  const player = KalturaPlayer.setup(${setupOf(embedding, `'${target}'`, 2, 'ks')});
  player.loadMedia({ entryId: '${entry}' });
</script>`;
}

/** A function for Node 18 and later. */
export const nodeOf = ({ at, entry, seconds }: ViewerSession): string => `import { env } from 'node:process';

// Answer POST /viewer-session with this, as text, with "Cache-Control: no-store".
export async function viewerSession(userId = '') {
  const answer = await fetch('${at.service}/api_v3/service/session/action/start', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({
      format: 1,
      partnerId: ${at.partnerId},
      secret: env.KALTURA_USER_SECRET,
      type: 0,
      userId,
      expiry: ${seconds},
      privileges: '${viewerPrivileges(entry)}',
    }),
  });
  const ks = await answer.json();
  if (typeof ks !== 'string') throw new Error(\`Kaltura refuses a viewer session: \${ks.code}\`);
  return ks;
}`;

/** A function for Python 3, with nothing but its own library. */
export const pythonOf = ({ at, entry, seconds }: ViewerSession): string => `import json, os, urllib.request

def viewer_session(user_id=""):
    body = {
        "format": 1,
        "partnerId": ${at.partnerId},
        "secret": os.environ["KALTURA_USER_SECRET"],
        "type": 0,
        "userId": user_id,
        "expiry": ${seconds},
        "privileges": "${viewerPrivileges(entry)}",
    }
    request = urllib.request.Request(
        "${at.service}/api_v3/service/session/action/start",
        json.dumps(body).encode(),
        {"Content-Type": "application/json"},
    )
    with urllib.request.urlopen(request, timeout=10) as answer:
        ks = json.load(answer)
    if not isinstance(ks, str):
        raise RuntimeError("Kaltura refuses a viewer session: " + ks["code"])
    return ks`;

/** A function for PHP 8. */
export const phpOf = ({ at, entry, seconds }: ViewerSession): string => `<?php
function viewerSession(string $userId = ''): string
{
    $body = [
        'format' => 1,
        'partnerId' => ${at.partnerId},
        'secret' => getenv('KALTURA_USER_SECRET'),
        'type' => 0,
        'userId' => $userId,
        'expiry' => ${seconds},
        'privileges' => '${viewerPrivileges(entry)}',
    ];
    $context = stream_context_create(['http' => [
        'method' => 'POST',
        'header' => 'Content-Type: application/json',
        'content' => json_encode($body),
        'timeout' => 10,
    ]]);
    $answer = file_get_contents('${at.service}/api_v3/service/session/action/start', false, $context);
    $ks = json_decode($answer);
    if (!is_string($ks)) {
        throw new RuntimeException('Kaltura refuses a viewer session: ' . ($ks->code ?? 'no answer'));
    }
    return $ks;
}`;
