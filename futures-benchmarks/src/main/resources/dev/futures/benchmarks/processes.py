# SPDX-License-Identifier: Apache-2.0
"""Carries out the commands on standard input in a pool of processes."""
import os
import sys
from concurrent.futures import ProcessPoolExecutor

PAYLOAD = os.urandom(10 * 1024 * 1024)


def no_op():
    pass


def same(value):
    return value


def settle(processor):
    if processor != "any":
        os.sched_setaffinity(0, {int(processor)})


def round_trips(pool, times):
    for _ in range(times):
        pool.submit(no_op).result()


def map_all(pool, inputs, chunk):
    for _ in pool.map(same, range(inputs), chunksize=chunk):
        pass


def payloads(pool, times):
    for _ in range(times):
        if len(pool.submit(same, PAYLOAD).result()) != len(PAYLOAD):
            raise ValueError("the payload did not come back")


COMMANDS = {"round_trips": round_trips, "map": map_all, "payloads": payloads}


def main():
    """The first command is the pool: its workers, and the processors of this process and of theirs."""
    _, workers, own, theirs = sys.stdin.readline().split()
    settle(own)
    with ProcessPoolExecutor(int(workers), initializer=settle, initargs=(theirs,)) as pool:
        print("done", flush=True)
        for line in sys.stdin:
            name, *arguments = line.split()
            COMMANDS[name](pool, *map(int, arguments))
            print("done", flush=True)


# Processes that are not forked import this file.
if __name__ == "__main__":
    main()
