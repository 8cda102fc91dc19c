// SPDX-License-Identifier: Apache-2.0

import * as api from './api.js';
import { text } from './dom.js';

const FADING = 15_000;

let fading = 0;

/** What can be done to a pool. What would lose work is asked about first; what came of each is said. */
export class Operations {

  #page;
  #pool;
  #done;

  /**
   * @param page the fields of the page: its dialog and its status line
   * @param pool the name of the pool
   * @param done called after each operation, to show what is now
   */
  constructor(page, pool, done) {
    this.#page = page;
    this.#pool = pool;
    this.#done = done;
  }

  resize(workers) {
    return this.#run(`resize ${this.#pool}`, () => api.write(this.#pool, { maxWorkers: workers }),
      `${this.#pool} may have ${workers === 1 ? '1 worker' : `${workers} workers`} now.`);
  }

  pause() {
    return this.#act('pause', `${this.#pool} is paused: what runs goes on, and no task starts until it is resumed.`);
  }

  resume() {
    return this.#act('resume', `${this.#pool} is resumed.`);
  }

  heal() {
    return this.#act('heal', `${this.#pool} is asked to heal.`);
  }

  async recycleAll() {
    if (await this.#confirm('Recycle all workers?', `The processes of ${this.#pool} end: idle ones at once, busy ones after`
      + ' the task that they run. Fresh ones are started when tasks need them.', 'Recycle all')) {
      await this.#act('recycle', `All workers of ${this.#pool} are being recycled, busy ones after their task.`);
    }
  }

  async recycle(worker) {
    if (await this.#confirm('Recycle this worker?', `The process of ${worker} ends: at once if it is idle, otherwise after`
      + ' the task that it runs. A fresh one is started when tasks need it.', 'Recycle')) {
      await this.#run(`recycle ${worker}`, () => api.write(this.#pool, { action: 'recycle', worker }),
        `${worker} is being recycled, if it is busy after its task.`);
    }
  }

  async cancel(task) {
    if (!await this.#confirm('Cancel this task?', `${task.name} (${task.id}) is stopped for good, and its work is lost.`,
      'Cancel the task')) {
      return;
    }
    await this.#run(`cancel ${task.name}`, async () => {
      try {
        await api.cancel(this.#pool, task.id);
        return null;
      }
      catch (trouble) {
        if (trouble.status === 404) {
          return `${task.name} (${task.id}) had already ended.`;
        }
        throw trouble;
      }
    }, `${task.name} (${task.id}) is cancelled.`);
  }

  #act(action, outcome) {
    return this.#run(`${action} ${this.#pool}`, () => api.write(this.#pool, { action }), outcome);
  }

  async #run(what, action, outcome) {
    this.#say('');
    try {
      const other = await action();
      this.#say(typeof other === 'string' ? other : outcome, 'good');
    }
    catch (trouble) {
      this.#say(`Could not ${what}. ${trouble.message}`, 'bad');
    }
    await this.#done();
  }

  /** Success is said for a while; what went wrong stays until something else is done. */
  #say(message, outcome = '') {
    const { status } = this.#page;
    clearTimeout(fading);
    status.dataset.outcome = outcome;
    text(status, message);
    if (outcome === 'good') {
      fading = setTimeout(() => text(status, ''), FADING);
    }
  }

  #confirm(title, explanation, confirm) {
    const { dialog, dialogTitle, dialogText, dialogConfirm, dialogCancel } = this.#page;
    text(dialogTitle, title);
    text(dialogText, explanation);
    text(dialogConfirm, confirm);
    dialog.returnValue = '';
    dialogConfirm.onclick = () => dialog.close('confirmed');
    dialogCancel.onclick = () => dialog.close('');
    return new Promise((resolve) => {
      dialog.addEventListener('close', () => resolve(dialog.returnValue === 'confirmed'), { once: true });
      dialog.showModal();
      dialogCancel.focus();
    });
  }

}
