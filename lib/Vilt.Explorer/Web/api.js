// What is asked of the server. All addresses are relative, so the page works below any path.

const address = new URL(location.href);
const token = address.searchParams.get('token');
const client = crypto.randomUUID?.() ?? String(Math.random());

// In a frame of another site no cookie is kept: there the token stays in the address.
if (token && window.top === window) {
  address.searchParams.delete('token');
  history.replaceState(null, '', address);
}

function headers(more = {}) {
  return { 'X-Vilt-Client': client, ...(token ? { 'X-Vilt-Token': token } : {}), ...more };
}

async function checked(response) {
  if (response.ok) return response;
  let message = `The server answered ${response.status}.`;
  try { message = (await response.json()).error ?? message; } catch { /* not of ours */ }
  throw new Error(message);
}

async function send(path, options) {
  try {
    return await checked(await fetch(path, options));
  } catch (error) {
    throw error instanceof TypeError ? new Error('The server does not answer. Is vilt explore still running?') : error;
  }
}

export async function get(path) { return (await send(path, { headers: headers() })).json(); }

export async function post(path, body, signal) {
  return (await send(path, { method: 'POST', signal, headers: headers({ 'Content-Type': 'application/json' }), body: JSON.stringify(body) }));
}

export async function postJson(path, body, signal) { return (await post(path, body, signal)).json(); }

export async function upload(file) {
  return (await send('api/pictures', { method: 'POST', headers: headers({ 'Content-Type': 'application/octet-stream' }), body: file })).json();
}

const pictures = new Map();

/** The address of a picture; loaded by a request, since an image element can't send the token. */
export function picture(path) {
  if (!pictures.has(path)) {
    const loading = send(path, { headers: headers() }).then(response => response.blob()).then(blob => URL.createObjectURL(blob));
    loading.catch(() => pictures.delete(path));
    pictures.set(path, loading);
  }
  return pictures.get(path);
}

/** Server-sent events of a request: each one's name and data. */
export async function* events(path, body, signal) {
  const response = await send(path, {
    method: 'POST', signal, body: JSON.stringify(body),
    headers: headers({ 'Content-Type': 'application/json', Accept: 'text/event-stream' }),
  });
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const { value, done } = await reader.read();
    if (done) return;
    rest += value;
    for (let end; (end = rest.indexOf('\n\n')) >= 0; rest = rest.slice(end + 2)) {
      const lines = rest.slice(0, end).split('\n');
      const name = lines.find(line => line.startsWith('event: '))?.slice(7) ?? 'message';
      yield { name, data: JSON.parse(lines.filter(line => line.startsWith('data: ')).map(line => line.slice(6)).join('\n')) };
    }
  }
}
