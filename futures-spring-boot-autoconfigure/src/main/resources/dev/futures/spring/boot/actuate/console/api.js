// SPDX-License-Identifier: Apache-2.0

// The endpoint "futures", found from where this file is: base paths, context paths and ports do not matter.
const root = new URL(document.documentElement.dataset.futures, import.meta.url);

const PATIENCE = 10_000;

/** The application did not answer as hoped; the message says what to do. */
export class Trouble extends Error {
  constructor(message, status) {
    super(message);
    this.status = status;
  }
}

/** What the clock of the application is ahead of ours, in milliseconds. */
let ahead = 0;

export function now() {
  return Date.now() + ahead;
}

export async function pools() {
  return json(await request('GET', []));
}

/** One pool, or null if there is none of that name. */
export async function pool(name) {
  try {
    return await json(await request('GET', [name]));
  }
  catch (trouble) {
    if (trouble.status === 404) {
      return null;
    }
    throw trouble;
  }
}

export function write(name, body) {
  return request('POST', [name], body);
}

export function cancel(name, task) {
  return request('DELETE', [name, String(task)]);
}

async function request(method, parts, body) {
  const url = [root.href, ...parts.map(encodeURIComponent)].join('/');
  let response;
  try {
    response = await fetch(url, {
      method,
      headers: headers(body),
      body: body && JSON.stringify(body),
      cache: 'no-store',
      redirect: 'manual',
      signal: AbortSignal.timeout(PATIENCE),
    });
  }
  catch {
    throw new Trouble('The application cannot be reached. The console keeps trying; see whether it still runs.', 0);
  }
  // A redirect leads to a page for signing in.
  const status = response.type === 'opaqueredirect' ? 401 : response.status;
  if (status < 200 || status > 299) {
    throw new Trouble(await explanation(status, response), status);
  }
  notice(response.headers.get('Date'));
  return response;
}

function headers(body) {
  // With this header Spring Security answers 401, and browsers ask for no password every other second.
  const all = { 'Accept': 'application/json', 'X-Requested-With': 'XMLHttpRequest' };
  if (body) {
    all['Content-Type'] = 'application/json';
  }
  const token = /(?:^|;\s*)XSRF-TOKEN=([^;]+)/.exec(document.cookie);
  if (token) {
    all['X-XSRF-TOKEN'] = decodeURIComponent(token[1]);
  }
  return all;
}

async function json(response) {
  try {
    return await response.json();
  }
  catch {
    throw new Trouble(`The answer of ${root.pathname} is no JSON. See whether a proxy answers instead of the`
      + ' application.', response.status);
  }
}

/** What else than an answer came: the endpoint gives a reason, others a message or detail. */
async function complaint(response) {
  try {
    return (await response.json()) ?? {};
  }
  catch {
    return {};
  }
}

async function explanation(status, response) {
  const { reason, message, detail } = await complaint(response);
  if (reason) {
    return `The application refused it: ${reason}.`;
  }
  switch (status) {
    case 401:
      return 'You are not signed in (401). Sign in to the application, then load this page again.';
    case 403:
      return 'You may not do this (403). Sign in as somebody with access to the endpoint futures; if changes alone are'
        + ' refused, see to the CSRF protection of the actuator endpoints.';
    case 404:
      return 'The endpoint futures was not found (404). Expose it next to the console:'
        + ' management.endpoints.web.exposure.include=futures,futuresconsole';
    case 405:
      return 'The endpoint futures is read-only (405). Set management.endpoint.futures.access=unrestricted.';
    default:
      return `The application answered with status ${status}${said(message ?? detail)}. See its log.`;
  }
}

function said(words) {
  return words ? `: ${words}` : '';
}

function notice(date) {
  const told = Date.parse(date ?? '');
  // It has no milliseconds, and the way takes its time.
  if (!Number.isNaN(told)) {
    ahead = Math.abs(told - Date.now()) > 3000 ? told - Date.now() : 0;
  }
}
