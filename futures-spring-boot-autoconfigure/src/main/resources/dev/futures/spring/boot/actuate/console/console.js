// SPDX-License-Identifier: Apache-2.0

import * as api from './api.js';
import { Details } from './details.js';
import { fields, show, text } from './dom.js';
import * as format from './format.js';
import { History } from './history.js';
import { Overview } from './overview.js';

const INTERVAL = 2000;

const page = fields(document);
const overview = new Overview(page);
const histories = new Map();

let details = null;
let timer = 0;
let polling = null;
let answered = null;

/** Asks now, or joins what is being asked, and asks again after a while if somebody looks. */
function poll() {
  clearTimeout(timer);
  polling ??= ask().finally(() => {
    polling = null;
    clearTimeout(timer);
    if (!document.hidden) {
      timer = setTimeout(poll, INTERVAL);
    }
  });
  return polling;
}

async function ask() {
  const asked = details;
  try {
    const [{ pools }, pool] = await Promise.all([api.pools(), asked && api.pool(asked.name)]);
    remember(pools);
    overview.update(pools, histories);
    if (asked && asked === details) {
      showDetails(pool);
    }
    if (!asked || pool) {
      trouble('');
    }
    answered = Date.now();
    text(page.updated, `Updated ${format.time(answered)}`);
  }
  catch (failure) {
    if (!(failure instanceof api.Trouble)) {
      console.error(failure);
    }
    trouble(answered ? `${failure.message} What you see is of ${format.time(answered)}.` : failure.message);
  }
}

function remember(pools) {
  for (const name of histories.keys()) {
    if (!(name in pools)) {
      histories.delete(name);
    }
  }
  for (const [name, pool] of Object.entries(pools)) {
    if (!histories.has(name)) {
      histories.set(name, new History());
    }
    histories.get(name).add(Date.now() / 1000, pool);
  }
}

function showDetails(pool) {
  if (pool) {
    details.update(pool, histories.get(details.name) ?? new History());
    show(page.details, true);
  }
  else {
    trouble(`There is no pool ${details.name}, or not any more. Go back to all pools.`);
  }
}

function trouble(message) {
  text(page.banner, message);
  show(page.banner, message !== '');
}

/** The part of the address after the # says which pool is shown: it can be kept, sent and gone back from. */
function route(initial) {
  const name = new URLSearchParams(location.hash.slice(1)).get('pool');
  if (details?.name === name && details) {
    return;
  }
  details?.gone();
  details = name ? new Details(page, name, refresh) : null;
  document.title = name ? `${name} – Pools` : 'Pools';
  show(page.overview, !details);
  show(page.details, false);
  page.status.textContent = '';
  refresh().then(() => {
    if (!initial) {
      (details ?? overview).focus();
    }
  });
  scrollTo(0, 0);
}

/** Asks anew, even if an answer is on its way: it may be from before. */
async function refresh() {
  await polling;
  await poll();
}

document.querySelector('.skip').addEventListener('click', (event) => {
  event.preventDefault();
  document.getElementById('main').focus();
});
page.home.href = `${location.pathname}${location.search}#`;
text(page.host, location.host);
addEventListener('hashchange', () => route(false));
document.addEventListener('visibilitychange', () => {
  clearTimeout(timer);
  if (!document.hidden) {
    poll();
  }
});
route(true);
