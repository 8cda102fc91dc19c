// SPDX-License-Identifier: Apache-2.0

package dev.futures.support;

import java.io.File;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.locks.LockSupport;

/**
 * Where tasks wait until a test lets them go on. Made of files, so that it works between
 * processes as well as between threads.
 */
public record Gate(File directory) implements Serializable {

    private static final String ENTERED = "entered-";

    public static Gate in(Path directory) throws IOException {
        return new Gate(Files.createTempDirectory(directory, "gate").toFile());
    }

    /** For tasks: says that it is here, waits until the gate is open. */
    public <T> T pass(T value) throws Exception {
        enter();
        Await.until("the gate is open", open()::exists);
        return value;
    }

    /** For tasks: says that it is here and stays until it is interrupted or killed. */
    public void blockForEver() throws Exception {
        enter();
        Work.blockForEver();
    }

    /** For tasks: says that it is here and listens to nothing any more. */
    public void spinForEver() throws Exception {
        enter();
        Work.spinForEver();
    }

    public void enter() throws IOException {
        Files.createTempFile(this.directory.toPath(), ENTERED, "");
    }

    /** For tests: how many tasks have come. */
    public int entered() {
        String[] names = this.directory.list((directory, name) -> name.startsWith(ENTERED));
        return (names != null) ? names.length : 0;
    }

    /** For tests. */
    public void awaitEntered(int count) throws InterruptedException {
        Await.until(count + " tasks have entered", () -> entered() >= count);
    }

    /**
     * For code that nothing may stop: waits until the gate is open, interrupted or not.
     */
    public void passDeaf() throws IOException {
        enter();
        while (!open().exists()) {
            LockSupport.parkNanos(1_000_000);
            Thread.interrupted();
        }
    }

    /** For tests: lets everybody pass, now and later. */
    public void letPass() throws IOException {
        boolean unused = open().createNewFile();
    }

    /** For tasks that look themselves. */
    public boolean isOpen() {
        return open().exists();
    }

    private File open() {
        return new File(this.directory, "open");
    }

}
