# SPDX-License-Identifier: Apache-2.0
"""Carries out the commands on standard input in a pool of two threads."""
import sys
import threading
from concurrent.futures import ThreadPoolExecutor


def no_op():
    pass


def flood(pool, tasks):
    futures = [pool.submit(no_op) for _ in range(tasks)]
    for future in futures:
        future.result()


def flood_from(pool, tasks, submitters):
    if submitters == 1:
        flood(pool, tasks)
        return
    threads = [
        threading.Thread(target=flood, args=(pool, tasks // submitters))
        for _ in range(submitters)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()


def round_trips(pool, times):
    for _ in range(times):
        pool.submit(no_op).result()


COMMANDS = {"flood": flood_from, "round_trips": round_trips}

with ThreadPoolExecutor(max_workers=2) as executor:
    for line in sys.stdin:
        name, *arguments = line.split()
        COMMANDS[name](executor, *map(int, arguments))
        print("done", flush=True)
