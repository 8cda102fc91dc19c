// SPDX-License-Identifier: Apache-2.0

const POLL_MILLIS = 700;
const RETRY_MILLIS = 1500;
const REQUEST_TIMEOUT_MILLIS = 10_000;
const FIRST_PAGES = 12;
const MORE_PAGES = 300;
const REPLACED_MILLIS = 10_000;
const RISEN_MILLIS = 4_000;
const NOTICE_MILLIS = 20_000;
const MAX_NOTICES = 4;

const STATES = {
  STORING: 'Storing', WAITING: 'Waiting', RUNNING: 'Inspecting', DONE: 'Done', FAILED: 'Failed', CANCELLED: 'Cancelled'
};
const HOSTILE_NAMES = {
  'endless-loop': 'Endless loop', 'out-of-memory': 'Out of memory', halt: 'Halt the JVM', kill: 'Kill the process'
};

const $ = (id) => document.getElementById(id);

/* ---------- small helpers ---------- */

function setText(element, text) {
  if (element.textContent !== text) {
    element.textContent = text;
  }
}

function setTitled(element, text) {
  setText(element, text);
  if (element.title !== text) {
    element.title = text;
  }
}

function setData(element, name, value) {
  if (element.dataset[name] !== value) {
    element.dataset[name] = value;
  }
}

function setBusy(button, busy) {
  button.setAttribute('aria-disabled', String(busy));
}

const isBusy = (button) => button.getAttribute('aria-disabled') === 'true';

function fromTemplate(id) {
  return $(id).content.firstElementChild.cloneNode(true);
}

function byTestId(root, id) {
  return root.querySelector(`[data-testid="${id}"]`);
}

/** Makes the children of a parent the given elements in the given order, moving as few as possible. */
function arrange(parent, elements) {
  const wanted = new Set(elements);
  for (const child of [...parent.children]) {
    if (!wanted.has(child)) {
      child.remove();
    }
  }
  let next = parent.firstElementChild;
  for (const element of elements) {
    if (element === next) {
      next = next.nextElementSibling;
    }
    else {
      parent.insertBefore(element, next);
    }
  }
}

const count = (number, one, many) => `${number.toLocaleString('en')} ${number === 1 ? one : many}`;

function size(bytes) {
  if (bytes < 1024) {
    return `${bytes} B`;
  }
  const kilobytes = bytes / 1024;
  return kilobytes < 1024 ? `${Math.round(kilobytes)} KB` : `${(kilobytes / 1024).toFixed(1)} MB`;
}

function duration(seconds, exact = false) {
  if (exact && seconds < 10) {
    return seconds < 0.05 ? 'less than 0.1 s' : `${seconds.toFixed(1)} s`;
  }
  const whole = Math.max(0, Math.floor(seconds));
  if (whole < 60) {
    return `${whole} s`;
  }
  if (whole < 3600) {
    return `${Math.floor(whole / 60)} min ${whole % 60 ? `${whole % 60} s` : ''}`.trim();
  }
  const minutes = Math.floor(whole / 60);
  return minutes < 2880 ? `${Math.floor(minutes / 60)} h ${minutes % 60} min` : `${Math.floor(minutes / 1440)} days`;
}

/** The seconds of an ISO-8601 duration such as PT1M30S. */
function isoSeconds(text) {
  const match = /^PT(?:(\d+)H)?(?:(\d+)M)?(?:([\d.]+)S)?$/.exec(text ?? '');
  return match ? Number(match[1] ?? 0) * 3600 + Number(match[2] ?? 0) * 60 + Number(match[3] ?? 0) : null;
}

/* the clock of the server, as far as it is more than a rounding error off ours */
let clockOffset = 0;

function noteServerClock(response) {
  const date = Date.parse(response.headers.get('Date') ?? '');
  const offset = date - Date.now();
  clockOffset = Math.abs(offset) > 3000 ? offset : 0;
}

function secondsSince(instant, until) {
  const end = until ? Date.parse(until) : Date.now() + clockOffset;
  return Math.max(0, (end - Date.parse(instant)) / 1000);
}

/* ---------- messages ---------- */

function announce(text) {
  const line = document.createElement('p');
  line.textContent = text;
  $('announcer').append(line);
  setTimeout(() => line.remove(), 5000);
}

function notify(text) {
  const notice = document.createElement('div');
  notice.className = 'notice';
  notice.setAttribute('role', 'alert');
  const words = document.createElement('p');
  words.textContent = text;
  const close = document.createElement('button');
  close.type = 'button';
  close.className = 'small';
  close.textContent = 'Dismiss';
  close.addEventListener('click', () => notice.remove());
  notice.append(words, close);
  const notices = $('notices');
  notices.append(notice);
  while (notices.children.length > MAX_NOTICES) {
    notices.firstElementChild.remove();
  }
  setTimeout(() => notice.remove(), NOTICE_MILLIS);
}

/* ---------- talking to the server ---------- */

/** A refusal by the server, with words for the person who asked. */
class Refusal extends Error {
  constructor(status, message) {
    super(message);
    this.status = status;
  }
}

async function request(path, options = {}) {
  const { timeout = REQUEST_TIMEOUT_MILLIS, ...rest } = options;
  const signal = timeout ? AbortSignal.timeout(timeout) : undefined;
  const response = await fetch(path, { cache: 'no-store', signal, ...rest });
  if (!response.ok) {
    throw new Refusal(response.status, await refusalText(response));
  }
  return response;
}

async function refusalText(response) {
  try {
    const problem = await response.json();
    return problem.detail || problem.title || `The server answered ${response.status}.`;
  }
  catch {
    return response.status === 413 ? 'The file is too large.' : `The server answered ${response.status}.`;
  }
}

/** Does what a person asked for, and tells them if it could not be done. */
async function attempt(what, action) {
  try {
    return await action();
  }
  catch (failure) {
    const reason = failure instanceof Refusal ? failure.message : 'The server cannot be reached.';
    notify(`${what}: ${reason}`);
    return null;
  }
  finally {
    pollNow();
  }
}

const post = (path, options) => request(path, { method: 'POST', ...options });

/* ---------- documents ---------- */

const cards = new Map();
let firstDocumentsSeen = false;

class DocumentCard {

  constructor(id) {
    this.id = id;
    this.cells = [];
    this.shown = FIRST_PAGES;
    this.element = fromTemplate('document-template');
    setData(this.element, 'id', id);
    this.name = byTestId(this.element, 'document-name');
    this.state = this.element.querySelector('.state');
    this.facts = this.element.querySelector('.facts');
    this.progress = this.element.querySelector('progress');
    this.progressText = this.element.querySelector('.progress-text');
    this.failure = byTestId(this.element, 'document-error');
    this.pages = this.element.querySelector('.pages');
    this.strip = this.element.querySelector('.strip');
    this.more = this.element.querySelector('.more');
    this.cancel = byTestId(this.element, 'cancel-button');
    this.remove = byTestId(this.element, 'remove-button');
    this.cancel.addEventListener('click', () => this.onCancel());
    this.remove.addEventListener('click', () => this.onRemove());
    this.more.addEventListener('click', () => this.onMore());
  }

  get finished() {
    return ['DONE', 'FAILED', 'CANCELLED'].includes(this.document.state);
  }

  get title() {
    const { kind, name } = this.document;
    return kind === 'hostile' ? HOSTILE_NAMES[name] ?? name : name;
  }

  update(documentNow) {
    const before = this.document?.state;
    this.document = documentNow;
    setData(this.element, 'state', documentNow.state);
    setData(this.element, 'kind', documentNow.kind);
    setTitled(this.name, this.title);
    setText(this.state, this.stateText());
    setText(this.facts, this.factsText().join(' · '));
    this.facts.title = [...this.factsText(), documentNow.sha256 ? `SHA-256 ${documentNow.sha256}` : ''].join('\n').trim();
    this.updateButtons();
    this.updateProgress();
    this.updateFailure();
    this.updatePages();
    return before !== documentNow.state && before !== undefined && this.finished;
  }

  stateText() {
    const { kind, state } = this.document;
    return kind === 'hostile' && state === 'RUNNING' ? 'Running' : STATES[state] ?? state;
  }

  factsText() {
    const { kind, size: bytes, pages, title, author, failedPages, sha256 } = this.document;
    if (kind === 'hostile') {
      return ['hostile task'];
    }
    return [
      size(bytes),
      pages && this.finished ? count(pages, 'page', 'pages') : null,
      title ? `“${title}”` : null,
      author ? `by ${author}` : null,
      failedPages ? `${count(failedPages, 'page', 'pages')} could not be shown` : null,
      sha256 ? `fingerprint ${sha256.slice(0, 12)}` : null
    ].filter(Boolean);
  }

  updateButtons() {
    const { finished } = this;
    if (finished && document.activeElement === this.cancel) {
      this.remove.hidden = false;
      this.remove.focus({ preventScroll: true });
    }
    this.cancel.hidden = finished;
    this.remove.hidden = !finished;
    this.cancel.setAttribute('aria-label', `Cancel ${this.title}`);
    this.remove.setAttribute('aria-label', `Remove ${this.title} from the list`);
  }

  updateProgress() {
    const { kind, state, pages, pagesDone } = this.document;
    const measured = kind === 'document';
    this.progress.hidden = !measured || this.finished;
    if (measured && !this.finished) {
      this.progress.max = pages || 1;
      this.progress.value = pages ? pagesDone : 0;
      this.progress.setAttribute('aria-label', `Progress of ${this.title}`);
    }
    setText(this.progressText, this.progressWords(state));
  }

  progressWords(state) {
    const { kind, pages, pagesDone, submittedAt, startedAt, finishedAt, timeLimit } = this.document;
    const pagesWords = pages ? `${pagesDone} of ${pages} pages` : null;
    const time = duration(secondsSince(startedAt ?? submittedAt, finishedAt), this.finished);
    const limit = kind === 'hostile' ? isoSeconds(timeLimit) : null;
    switch (state) {
      case 'STORING':
        return 'being stored';
      case 'WAITING':
        return `waiting for a worker, ${time}`;
      case 'RUNNING':
        return [pagesWords, limit ? `${time} of at most ${duration(limit)}` : time].filter(Boolean).join(' · ');
      case 'DONE':
        return `done in ${time}`;
      default:
        return [pages && pagesDone < pages ? `${pagesWords} done` : null, `${startedAt ? 'ended' : 'not started'} after ${time}`].filter(Boolean).join(' · ');
    }
  }

  updateFailure() {
    const [first, ...rest] = (this.document.error ?? '').trim().split('\n');
    this.failure.hidden = !first;
    setText(this.failure.querySelector('.failure-line'), first);
    const details = this.failure.querySelector('details');
    details.hidden = rest.length === 0;
    setText(details.querySelector('pre'), rest.join('\n'));
  }

  /* Pages that are still to come have an empty cell, so that nothing moves when they arrive. */
  updatePages() {
    const { kind, pages, pagesDone } = this.document;
    const expected = this.finished ? pagesDone : pages ?? 1;
    this.pages.hidden = kind !== 'document' || expected === 0;
    const visible = this.pages.hidden ? 0 : Math.min(expected, this.shown);
    while (this.cells.length > visible) {
      this.cells.pop().element.remove();
    }
    while (this.cells.length < visible) {
      const cell = new PageCell(this, this.cells.length + 1);
      this.cells.push(cell);
      this.strip.append(cell.element);
    }
    for (const cell of this.cells) {
      cell.update(cell.page <= pagesDone);
    }
    const left = expected - visible;
    this.more.hidden = left <= 0;
    setText(this.more, left <= MORE_PAGES ? `Show all ${expected} pages` : `Show ${MORE_PAGES} more of ${expected} pages`);
  }

  onMore() {
    const firstNew = this.shown;
    this.shown += MORE_PAGES;
    this.strip.classList.add('whole');
    this.updatePages();
    this.cells[firstNew]?.focus();
  }

  async onCancel() {
    if (isBusy(this.cancel)) {
      return;
    }
    setBusy(this.cancel, true);
    await attempt(`${this.title} could not be cancelled`, () => post(`api/documents/${this.id}/cancel`));
    setBusy(this.cancel, false);
  }

  async onRemove() {
    if (isBusy(this.remove)) {
      return;
    }
    setBusy(this.remove, true);
    const done = await attempt(`${this.title} could not be removed`,
        () => request(`api/documents/${this.id}`, { method: 'DELETE' }));
    setBusy(this.remove, false);
    if (done) {
      const neighbour = this.element.nextElementSibling ?? this.element.previousElementSibling;
      cards.delete(this.id);
      this.element.remove();
      (neighbour?.querySelector('.cancel:not([hidden]), .remove:not([hidden])') ?? $('choose-button')).focus();
      updateSummary();
    }
  }

}

/** The place of one page in the strip of a document: empty at first, then a thumbnail to open. */
class PageCell {

  constructor(card, page) {
    this.card = card;
    this.page = page;
    this.element = document.createElement('li');
    this.element.append(this.placeholder());
  }

  placeholder() {
    const cell = document.createElement('span');
    cell.className = 'cell';
    cell.append(this.number());
    return cell;
  }

  number() {
    const number = document.createElement('span');
    number.textContent = this.page;
    return number;
  }

  update(done) {
    if (done && !this.button) {
      this.element.replaceChildren(this.thumbnail());
    }
    else if (!done && this.button) {
      this.button = null;
      this.element.replaceChildren(this.placeholder());
    }
  }

  thumbnail() {
    this.button = document.createElement('button');
    this.button.type = 'button';
    this.button.dataset.testid = 'thumbnail';
    this.button.dataset.page = this.page;
    this.button.setAttribute('aria-label', `Open page ${this.page} of ${this.card.title}`);
    this.image = document.createElement('img');
    this.image.alt = '';
    this.image.loading = 'lazy';
    this.image.decoding = 'async';
    this.image.addEventListener('error', () => this.button?.classList.add('broken'));
    this.image.addEventListener('load', () => this.button?.classList.remove('broken'));
    this.image.src = thumbnailUrl(this.card.id, this.page);
    this.button.append(this.image, this.number());
    this.button.addEventListener('click', () => openPage(this.card, this.page));
    return this.button;
  }

  retry() {
    if (this.button?.classList.contains('broken')) {
      this.image.src = `${thumbnailUrl(this.card.id, this.page)}?again=${Date.now()}`;
    }
  }

  focus() {
    this.button?.focus();
  }

}

const thumbnailUrl = (id, page) => `api/documents/${encodeURIComponent(id)}/pages/${page}/thumbnail`;
const textUrl = (id, page) => `api/documents/${encodeURIComponent(id)}/pages/${page}/text`;

function showDocuments(documents) {
  const known = new Set(documents.map((each) => each.id));
  for (const id of [...cards.keys()]) {
    if (!known.has(id)) {
      cards.delete(id);
    }
  }
  const ended = [];
  for (const each of documents) {
    let card = cards.get(each.id);
    if (!card) {
      card = new DocumentCard(each.id);
      cards.set(each.id, card);
    }
    if (card.update(each)) {
      ended.push(card);
    }
  }
  arrange($('document-list'), documents.map((each) => cards.get(each.id).element));
  firstDocumentsSeen = true;
  updateSummary();
  announceEnded(ended);
  updateDialog();
}

function updateSummary() {
  const inState = (...states) => [...cards.values()].filter((card) => states.includes(card.document.state)).length;
  const parts = [[inState('RUNNING'), 'at work'], [inState('STORING', 'WAITING'), 'waiting'], [inState('DONE'), 'done'],
    [inState('FAILED'), 'failed'], [inState('CANCELLED'), 'cancelled']];
  setText($('summary'), parts.filter(([number]) => number > 0).map(([number, what]) => `${number} ${what}`).join(', '));
  const empty = cards.size === 0;
  $('nothing').hidden = !empty || !firstDocumentsSeen;
  $('intro').hidden = !empty;
}

function announceEnded(ended) {
  if (ended.length > 3) {
    announce(`${ended.length} documents have ended.`);
    return;
  }
  for (const card of ended) {
    const { state, error, pages } = card.document;
    const words = { DONE: `is done, ${count(pages ?? 0, 'page', 'pages')}`, CANCELLED: 'was cancelled' };
    announce(`${card.title} ${words[state] ?? `failed: ${(error ?? '').split('\n')[0]}`}`);
  }
}

/* ---------- adding documents ---------- */

const uploads = [];
let uploading = false;
let uploadsDone = 0;

function addFiles(files) {
  uploads.push(...files);
  if (!uploading) {
    uploading = true;
    uploadAll().finally(() => { uploading = false; });
  }
}

/* One file per request: a file that is refused does not take the others with it. */
async function uploadAll() {
  uploadsDone = 0;
  while (uploads.length > 0) {
    const file = uploads.shift();
    uploadsDone++;
    setText($('drop-hint'), `Sending ${uploadsDone} of ${uploadsDone + uploads.length}: ${file.name}`);
    const form = new FormData();
    form.append('files', file, file.name);
    await attempt(`${file.name} was not accepted`, () => post('api/documents', { body: form, timeout: 0 }));
  }
  setText($('drop-hint'), 'or drop files anywhere on this page');
}

function listenForFiles() {
  const input = $('file-input');
  $('choose-button').addEventListener('click', () => input.click());
  input.addEventListener('change', () => {
    addFiles([...input.files]);
    input.value = '';
  });
  const hasFiles = (event) => [...(event.dataTransfer?.types ?? [])].includes('Files');
  const overlay = (shown) => { $('drop-overlay').hidden = !shown; };
  document.addEventListener('dragover', (event) => {
    if (hasFiles(event)) {
      event.preventDefault();
      overlay(true);
    }
  });
  document.addEventListener('dragleave', (event) => {
    if (!event.relatedTarget) {
      overlay(false);
    }
  });
  document.addEventListener('drop', (event) => {
    overlay(false);
    if (hasFiles(event)) {
      event.preventDefault();
      addFiles([...event.dataTransfer.files]);
    }
  });
}

function onClickOnce(button, what, path) {
  button.addEventListener('click', async () => {
    if (isBusy(button)) {
      return;
    }
    setBusy(button, true);
    await attempt(what, () => post(path));
    setBusy(button, false);
  });
}

/* ---------- the page dialog ---------- */

let opened = null;

function openPage(card, page) {
  const dialog = $('page-dialog');
  opened = { id: card.id, page: 0, card };
  turnTo(page);
  dialog.showModal();
  $(page < card.document.pagesDone ? 'page-next' : 'page-close').focus();
}

function turnTo(page) {
  const pagesDone = opened.card.document.pagesDone;
  if (page < 1 || page > pagesDone || page === opened.page) {
    return;
  }
  opened.page = page;
  const image = $('page-image');
  image.src = thumbnailUrl(opened.id, page);
  image.alt = `Page ${page}`;
  loadText(opened.id, page);
  updateDialog();
}

async function loadText(id, page) {
  const text = $('page-text');
  let words;
  try {
    words = await (await request(textUrl(id, page))).text();
  }
  catch (failure) {
    words = failure instanceof Refusal ? `The text cannot be shown: ${failure.message}` : 'The server cannot be reached.';
  }
  if (opened?.id === id && opened.page === page) {
    text.classList.toggle('empty', words.trim() === '');
    text.textContent = words.trim() === '' ? 'There is no text on this page.' : words;
    text.scrollTop = 0;
  }
}

function updateDialog() {
  if (!opened) {
    return;
  }
  if (!cards.has(opened.id)) {
    notify(`${opened.card.title} is no longer on the server.`);
    $('page-dialog').close();
    return;
  }
  const { pages, pagesDone } = opened.card.document;
  setTitled($('page-title'), opened.card.title);
  setText($('page-position'), `Page ${opened.page} of ${pages ?? pagesDone}`);
  setBusy($('page-previous'), opened.page <= 1);
  setBusy($('page-next'), opened.page >= pagesDone);
}

function listenInDialog() {
  const dialog = $('page-dialog');
  const turnBy = (step) => opened && turnTo(opened.page + step);
  $('page-previous').addEventListener('click', () => turnBy(-1));
  $('page-next').addEventListener('click', () => turnBy(1));
  $('page-close').addEventListener('click', () => dialog.close());
  dialog.addEventListener('keydown', (event) => {
    const step = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
    if (step && !event.altKey && !event.ctrlKey && !event.metaKey) {
      event.preventDefault();
      turnBy(step);
    }
  });
  dialog.addEventListener('click', (event) => {
    if (event.target === dialog) {
      dialog.close();
    }
  });
  dialog.addEventListener('close', () => {
    const { card, page } = opened;
    opened = null;
    $('page-text').textContent = '';
    $('page-image').removeAttribute('src');
    card.cells[page - 1]?.focus();
  });
}

/* ---------- pools ---------- */

const poolCards = new Map();

class PoolCard {

  constructor(name) {
    this.name = name;
    this.workers = new Map();
    this.element = fromTemplate('pool-template');
    setData(this.element, 'pool', name);
    setText(this.element.querySelector('h3'), name);
    this.queue = byTestId(this.element, 'pool-queue');
    this.restarts = byTestId(this.element, 'pool-restarts');
    this.rows = this.element.querySelector('tbody');
  }

  update(pool) {
    const { kind, state, queueDepth, queueCapacity, workerCounts, restarts, workers } = pool;
    const kindWords = kind === 'process' ? 'pool of processes' : 'pool of threads';
    this.put('.pool-kind', state === 'running' ? kindWords : `${kindWords}, ${state}`);
    setText(this.queue, String(queueDepth));
    this.put('.capacity', queueCapacity ? `of ${queueCapacity}` : '');
    this.put('.busy', String(workerCounts.busy));
    this.put('.workers', workerCounts.live === workerCounts.maximum
      ? `of ${workerCounts.maximum}` : `of ${workerCounts.live} (max ${workerCounts.maximum})`);
    this.updateRestarts(restarts);
    this.put('.counters', this.countersText(pool.tasks));
    this.updateWorkers(workers, kind);
  }

  put(selector, text) {
    setText(this.element.querySelector(selector), text);
  }

  updateRestarts(restarts) {
    if (this.restartCount !== undefined && restarts > this.restartCount) {
      this.risenUntil = Date.now() + RISEN_MILLIS;
    }
    if (restarts < (this.restartCount ?? 0)) {
      // the server itself was restarted
      this.workers.clear();
    }
    this.restartCount = restarts;
    setText(this.restarts, String(restarts));
    this.element.querySelector('.restarts').classList.toggle('risen', Date.now() < (this.risenUntil ?? 0));
  }

  countersText({ succeeded, failed, cancelled, timedOut, rejected }) {
    const parts = [[failed, 'failed'], [timedOut, 'timed out'], [cancelled, 'cancelled'], [rejected, 'rejected']];
    return [`${count(succeeded, 'task', 'tasks')} succeeded`,
      ...parts.filter(([number]) => number > 0).map(([number, what]) => `${number} ${what}`)].join(', ');
  }

  updateWorkers(workers, kind) {
    for (const worker of workers) {
      if (!this.workers.has(worker.name)) {
        this.workers.set(worker.name, new WorkerRow(this));
      }
      // the endpoint leaves out what is null
      this.workers.get(worker.name).update({ pid: null, task: null, ...worker }, kind);
    }
    const names = new Set(workers.map((worker) => worker.name));
    for (const name of [...this.workers.keys()]) {
      if (!names.has(name)) {
        this.workers.delete(name);
      }
    }
    arrange(this.rows, workers.map((worker) => this.workers.get(worker.name).element));
  }

}

class WorkerRow {

  constructor(pool) {
    this.pool = pool;
    this.element = fromTemplate('worker-template');
  }

  update(worker, kind) {
    this.noteReplacement(worker);
    const replaced = Date.now() < (this.replacedUntil ?? 0);
    setData(this.element, 'pid', worker.pid === null ? '' : String(worker.pid));
    setData(this.element, 'state', worker.state);
    this.element.classList.toggle('replaced', replaced);
    this.put('.worker-name', worker.name);
    this.put('.worker-pid', this.pidText(worker, kind, replaced));
    this.put('.task', worker.task?.name ?? (worker.state === 'starting' ? 'new process' : worker.state));
    this.put('.age', `${worker.task ? `${worker.state} ` : ''}for ${duration(secondsSince(worker.since))}`);
    this.put('.done', String(worker.tasksDone));
    this.put('.worker-restarts', String(worker.restarts));
  }

  put(selector, text) {
    setTitled(this.element.querySelector(selector), text);
  }

  noteReplacement({ name, pid, restarts }) {
    const newProcess = pid !== null && this.pid !== undefined && pid !== this.pid;
    const newThread = pid === null && this.pid === undefined && restarts > (this.restarts ?? restarts);
    if (newProcess || newThread) {
      this.replacedUntil = Date.now() + REPLACED_MILLIS;
      announce(`Pool ${this.pool.name} has replaced worker ${name}.`);
    }
    this.pid = pid ?? this.pid;
    this.restarts = restarts;
  }

  pidText({ pid, state }, kind, replaced) {
    if (kind !== 'process') {
      return replaced ? 'new thread' : 'thread';
    }
    if (pid === null) {
      return state === 'starting' ? 'starting' : 'no process';
    }
    return replaced ? `new pid ${pid}` : `pid ${pid}`;
  }

}

function showPools(pools) {
  const names = Object.keys(pools).sort((one, other) =>
    (pools[one].kind === 'process' ? 0 : 1) - (pools[other].kind === 'process' ? 0 : 1) || one.localeCompare(other));
  for (const name of names) {
    if (!poolCards.has(name)) {
      poolCards.set(name, new PoolCard(name));
    }
    poolCards.get(name).update(pools[name]);
  }
  arrange($('pool-list'), names.map((name) => poolCards.get(name).element));
}

/* ---------- polling ---------- */

let connected = true;
let wake = () => {};
let wakeAgain = false;

/** Ends the pause between two polls; a poll under way is followed by another at once. */
function pollNow() {
  wakeAgain = true;
  wake();
}

function pause(millis) {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, millis);
    wake = () => {
      clearTimeout(timer);
      resolve();
    };
    if (wakeAgain) {
      wake();
    }
  });
}

function whenVisible() {
  return new Promise((resolve) => {
    if (!document.hidden) {
      resolve();
      return;
    }
    document.addEventListener('visibilitychange', () => resolve(whenVisible()), { once: true });
  });
}

async function read(path) {
  const response = await request(path);
  noteServerClock(response);
  return response.json();
}

function setConnected(now) {
  if (now === connected) {
    return;
  }
  connected = now;
  $('connection-lost').hidden = now;
  if (now) {
    announce('The connection is back.');
    cards.forEach((card) => card.cells.forEach((cell) => cell.retry()));
  }
}

async function poll() {
  const [documents, pools] = await Promise.allSettled([read('api/documents'), read('actuator/futures')]);
  if (documents.status === 'fulfilled') {
    showDocuments(documents.value);
  }
  if (pools.status === 'fulfilled') {
    showPools(pools.value.pools);
  }
  setText($('pools-note'), pools.status === 'fulfilled' ? 'who is working on what, right now'
    : 'these figures cannot be read at the moment');
  setConnected(documents.status === 'fulfilled');
}

async function pollForever() {
  for (;;) {
    await whenVisible();
    wakeAgain = false;
    try {
      await poll();
    }
    catch (failure) {
      console.error(failure);
    }
    await pause(connected ? POLL_MILLIS : RETRY_MILLIS);
  }
}

listenForFiles();
listenInDialog();
onClickOnce($('samples-button'), 'The sample documents could not be added', 'api/samples');
for (const button of document.querySelectorAll('#hostile button[data-kind]')) {
  onClickOnce(button, 'The task could not be submitted', `api/hostile/${button.dataset.kind}`);
}
pollForever();
