// SPDX-License-Identifier: Apache-2.0

/**
 * How a task gets to where the classes are other ones, and its outcome back: what pools
 * of processes and pools of interpreters have in common. Only authors of executors need
 * this package; it is part of the engine and may change with it.
 * <p>
 * {@link dev.futures.serial.Payloads} turns objects into bytes and back. Each message is
 * a stream of its own, and what is remembered from one task to the next changes nothing
 * but the time it takes. Writing and reading run code of users ({@code writeObject},
 * {@code readObject}) that may throw anything, which is the trouble of that one task.
 * <p>
 * A stream of the JDK describes each class in it, which takes longer than most tasks that
 * travel. So what is common does without: numbers, truth values, texts, and lists of them
 * have a form of their own, about which a filter is asked as it would be for the stream;
 * and what this library itself puts around the code of a user is taken apart, so that
 * code which captures nothing is written once and, where it is run, read once. All else
 * is a stream, and within one task it is one, so that objects that are shared arrive
 * shared. Numbers and texts arrive equal and not identical.
 * <p>
 * An array of 16 KiB or more, and every {@link java.nio.ByteBuffer}, is not written into
 * the stream: a stand-in is, and the bytes themselves go beside it, in a
 * {@link dev.futures.serial.Parcel}. So they are not copied on their way out, and on
 * their way in they are read into the array that the object then has. A stand-in is read
 * from bytes that nobody may trust: it can name a part that is there, once, and nothing
 * else.
 * <p>
 * A result is simply an object. An exception is a {@link dev.futures.serial.Failure}: the
 * object and, for the case that it cannot be rebuilt on the other side, its name and
 * stack trace as text. So a failure always arrives: as the exception itself, with a
 * {@link dev.futures.RemoteStackTrace} that says where it comes from, or as a
 * {@link dev.futures.RemoteTaskException}.
 * <p>
 * Both kinds of pool have to find the same classes as the application; the plain class
 * path is read by {@link dev.futures.serial.ClassPathEntries}.
 */
@NullMarked
package dev.futures.serial;

import org.jspecify.annotations.NullMarked;
